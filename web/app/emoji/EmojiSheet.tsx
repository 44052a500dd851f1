import { useSignal, useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { GroupId, MessageId } from "../../../src/types.ts";
import { language, t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { SearchField } from "../parts/Field.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { fine } from "../pointer.ts";
import { EmojiGrid } from "./EmojiGrid.tsx";
import { GROUPS, type Emoji, type EmojiSet, type Group } from "./emojiSet.ts";
import { findEmoji } from "./findEmoji.ts";
import { GroupTabs } from "./GroupTabs.tsx";
import { handyOf } from "./handy.ts";
import { emojiIn } from "./loadEmoji.ts";
import { SkinTones } from "./SkinTones.tsx";
import { toned } from "./skinTone.ts";
import { write } from "./writing.ts";

interface EmojiSheetProps {
  readonly caucus: GroupId;
  /** To which the emoji is a reaction; without it one is written. */
  readonly message?: MessageId;
}

/** All emoji: by words, and by groups. */
export const EmojiSheet = ({ caucus, message }: EmojiSheetProps) => {
  const app = useController();
  const handy = handyOf(app);
  const set = useSignal<EmojiSet | undefined>(undefined);
  const away = useSignal(false);
  const sought = useSignal("");
  const wanted = useSignal<Group | "recent" | undefined>(undefined);
  const picked = useRef<string | undefined>(undefined);
  const sheet = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    const now = language.value;
    away.value = false;
    void Promise.all([emojiIn(now), handy.ready]).then(
      ([found]) => {
        if (now === language.peek()) set.value = found;
      },
      () => {
        away.value = true;
      },
    );
  });
  const all = set.value;
  const byEmoji = useMemo(
    () =>
      new Map(
        Array.from(all?.groups.values() ?? [])
          .flat()
          .map((one) => [one.emoji, one]),
      ),
    [all],
  );
  // What was used while this sheet is open comes first in the next one: nothing moves under a finger.
  const recent = useMemo(
    () => handy.recent.peek().flatMap((emoji) => [byEmoji.get(emoji)].filter((one) => one !== undefined)),
    [byEmoji],
  );
  const groups = recent.length > 0 ? (["recent", ...GROUPS] as const) : GROUPS;
  const group = wanted.value ?? groups[0];
  const found = useMemo(() => all && findEmoji(all, sought.value), [all, sought.value]);
  const searching = sought.value.trim() !== "";
  const shown = (searching ? found : group === "recent" ? recent : all?.groups.get(group)) ?? [];
  const tone = handy.tone.value;

  const conversation = message === undefined ? undefined : app.conversation.value;
  const mine = message && conversation?.reactions.value.get(message)?.find((one) => one.people.includes(app.me))?.emoji;
  const pick = (one: Emoji) => {
    // A second press, before the sheet is gone, is none.
    if (picked.current !== undefined) return;
    const emoji = toned(one.emoji, tone);
    picked.current = emoji;
    app.router.back();
    void handy.use(one.emoji);
    if (message !== undefined && conversation) void app.act(() => conversation.react(message, emoji, mine));
  };
  useLayoutEffect(
    () => () => {
      // In a field that a modal dialog covers no caret can be set.
      const emoji = picked.current;
      if (message === undefined && emoji !== undefined) queueMicrotask(() => write(caucus, emoji));
    },
    [caucus, message],
  );
  const field = () => sheet.current?.querySelector<HTMLElement>("input");
  const press = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229 || event.target !== field()) return;
    const [first] = shown;
    if (event.key === "ArrowDown") sheet.current?.querySelector<HTMLElement>(".emoji-grid [tabindex='0']")?.focus();
    else if (event.key === "Enter" && searching && first) pick(first);
    else return;
    event.preventDefault();
  };

  return (
    <Sheet title={t(message === undefined ? "emoji" : "react")} body="stack stack--tight">
      <div class="emoji stack stack--tight" ref={sheet} onKeyDown={press}>
        <div class="emoji__head stack stack--tight">
          <SearchField
            label={t("emoji-search")}
            value={sought.value}
            autofocus={fine()}
            onInput={(value) => {
              sought.value = value;
            }}
          />
          <p class={searching ? "quiet" : "vh"} role="status">
            {searching && all && t(shown.length > 0 ? "search-found" : "emoji-none", { count: shown.length })}
          </p>
          {away.value && <p class="quiet">{t("error-hub-away")}</p>}
          {all && !searching && (
            <GroupTabs
              groups={groups}
              chosen={group}
              onChoose={(one) => {
                wanted.value = one;
              }}
            />
          )}
        </div>
        {all && !searching && group === "people" && (
          <SkinTones names={all.tones} tone={tone} onChoose={(one) => void handy.setTone(one)} />
        )}
        {shown.length > 0 && (
          <EmojiGrid
            key={searching ? sought.value : group}
            label={searching ? t("emoji-search") : t(`emoji-group-${group}`)}
            emoji={shown}
            tone={tone}
            chosen={mine}
            onPick={pick}
            onLeave={() => field()?.focus()}
          />
        )}
      </div>
    </Sheet>
  );
};
