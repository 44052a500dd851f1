import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { foundIn, type Found } from "../../../src/content/finding.ts";
import type { GroupId, MessageView } from "../../../src/types.ts";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { SearchField } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { excerpt, markedName, Search } from "../search.ts";
import { DOT } from "../text.ts";
import { toolGist } from "../tools/toolGist.ts";

interface SearchSheetProps {
  /** Only there; everywhere without. */
  readonly caucus?: GroupId;
  /** What is looked for at first. */
  readonly words?: string;
}

const Pieces = ({ pieces }: { readonly pieces: readonly Found[] }) => (
  <>{pieces.map(({ text, found }) => (found ? <mark>{text}</mark> : text))}</>
);

interface HitProps {
  readonly line: MessageView;
  readonly words: readonly string[];
  /** Names its caucus. */
  readonly named: boolean;
}

const Hit = ({ line, words, named }: HitProps) => {
  const app = useController();
  const caucus = named ? app.caucus(line.caucus) : undefined;
  const go = async (): Promise<void> => {
    if (app.conversation.peek()?.caucus === line.caucus) app.router.back();
    else app.openCaucus(line.caucus);
    const found = await app.act(async () => app.conversation.peek()?.find(line.message));
    if (found === false) app.say("quote-not-here");
  };
  return (
    <li>
      <button type="button" class="set" onClick={() => void go()}>
        <span class="grow">
          <b class="person__name">
            <bdi>
              {line.sender === app.me ? t("you") : <Pieces pieces={markedName(line.name, words)} />}
              {line.name === "" && t("nameless")}
            </bdi>
          </b>
          <span dir="auto">
            <Pieces pieces={line.tool ? foundIn(toolGist(line.tool), words) : excerpt(line, words)} />
          </span>
          <small>
            {caucus && (
              <>
                <bdi>{app.title(caucus) || t("nameless")}</bdi>
                {DOT}
              </>
            )}
            {when(line.sentAt, Date.now())}
          </small>
        </span>
        <Icon name="onward" size="s" />
      </button>
    </li>
  );
};

/** Words, and where they stand in what was said: newest first. */
export const SearchSheet = ({ caucus, words: first = "" }: SearchSheetProps) => {
  const app = useController();
  const search = useMemo(() => new Search(app.backend.api, caucus), [app, caucus]);
  const sought = useSignal(first);
  useSignalEffect(() => {
    const now = sought.value;
    void app.act(() => search.seek(now));
  });
  useEffect(() => () => search.stop(), [search]);
  const { words, lines, looked, state } = search.findings.value;
  const view = caucus === undefined ? undefined : app.caucus(caucus);
  return (
    <Sheet
      title={view ? <bdi>{app.title(view) || t("nameless")}</bdi> : t("search-everywhere")}
      body="stack stack--tight"
    >
      <SearchField
        label={t("search-words")}
        value={sought.value}
        autofocus
        onInput={(value) => {
          sought.value = value;
        }}
      />
      <p class="quiet" role="status">
        {words.length === 0 && t("search-hint")}
        {words.length > 0 && state === "looking" && t("search-looking", { count: looked })}
        {words.length > 0 &&
          state !== "looking" &&
          t(lines.length > 0 ? "search-found" : "search-none", { count: lines.length })}
      </p>
      <ul class={lines.length > 0 ? "rows rows--open" : ""}>
        {lines.map((line) => (
          <Hit key={line.message} line={line} words={words} named={caucus === undefined} />
        ))}
      </ul>
      {state === "paused" && <Key onPress={() => void app.act(() => search.more())}>{t("search-more")}</Key>}
    </Sheet>
  );
};
