import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { CaucusView } from "../../../src/types.ts";
import type { Conversation } from "../conversation.ts";
import { apart } from "../parts/apart.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { IconKey, Key } from "../parts/Key.tsx";
import { day, when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { plainName } from "../text.ts";
import { rowsOf, type Row } from "../record.ts";
import { Entry, noticeWords } from "./Entry.tsx";
import { Hold } from "./hold.ts";

interface RecordProps {
  readonly conversation: Conversation;
  readonly caucus: CaucusView;
}

/** Pixels from either end of what is held at which more is fetched, at the least. */
const EARLY = 600;

interface RowProps {
  readonly row: Exclude<Row, { row: "entry" }>;
  readonly conversation: Conversation;
}

/** What stands between entries. */
const RowView = ({ row, conversation }: RowProps) => {
  switch (row.row) {
    case "day":
      return (
        <li class="day">
          <span>{day(row.at)}</span>
        </li>
      );
    case "unread": {
      const { unread } = conversation;
      return (
        <li class="unread" data-unread>
          <span>{unread && t("unread-since", { count: unread.count, time: when(unread.since, Date.now()) })}</span>
        </li>
      );
    }
    case "gap":
      return (
        <li class="note">
          <Icon name="clock" size="m" />
          <span>{t("gap", { count: row.missing })}</span>
        </li>
      );
    case "note":
      return (
        <li class="note">
          <Icon name="info" size="m" />
          <span dir="auto">{noticeWords(row.line)}</span>
        </li>
      );
    case "pin":
    case "withdrawn":
    case "again":
    case "granted":
    case "lasting":
    case "coming": {
      const screens = apart.value;
      return screens && <screens.LaterRow row={row} conversation={conversation} />;
    }
  }
};

/** Members of whom something has come that this device cannot open. */
const Waiting = ({ caucus }: { readonly caucus: CaucusView }) => (
  <>
    {caucus.members
      .filter((one) => one.unopened)
      .map((one) => (
        <li class="note" key={one.person}>
          <Icon name="key" size="m" />
          <span>{t("waiting-key-note", { name: plainName(one.name) || t("nameless") })}</span>
        </li>
      ))}
  </>
);

/** The caucus, the same as before as long as nothing of it changed that entries show. */
const useSteady = (caucus: CaucusView): CaucusView => {
  const { last: _, unread: __, unreadFrom: ___, unreadSince: ____, ...shown } = caucus;
  const key = JSON.stringify(shown);
  const kept = useRef({ key, caucus });
  if (kept.current.key !== key) kept.current = { key, caucus };
  return kept.current.caucus;
};

/** What was said, newest at the end. Stays at the end while the reader is there, and in place while they are not. */
export const Record = ({ conversation, caucus }: RecordProps) => {
  const app = useController();
  const body = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const hold = useRef<Hold>(undefined);
  const seen = useRef({ last: "", departing: 0, landings: 0 });
  const away = useSignal(false);
  const rows = useComputed(() =>
    rowsOf(conversation.lines.value, {
      unreadFrom: conversation.unread?.from,
      lastings: app.caucus(conversation.caucus)?.lastings,
      comings: app.caucus(conversation.caucus)?.comings,
      me: app.me,
      whole: !conversation.older.value,
      newest: !conversation.newer.value,
    }),
  );
  const landings = conversation.landings.value;
  const newer = conversation.newer.value;
  const missed = conversation.missed.value;
  const last = conversation.lines.value.at(-1);
  const screens = apart.value;
  const steady = useSteady(caucus);
  const departing = useComputed(() => app.files.outgoing.value?.count(conversation.caucus) ?? 0).value;

  const markRead = () => {
    if (hold.current?.end && document.visibilityState === "visible") void app.markRead(conversation.caucus);
  };

  /** Takes down where the reader is, and what follows from it. */
  const note = (at: Hold) => {
    at.note();
    if (conversation.newer.peek()) at.end = false;
    conversation.follow(at.end);
    away.value = !at.end;
  };

  const toEnd = () => {
    hold.current?.toEnd();
    void app.act(() => conversation.toEnd());
  };

  useLayoutEffect(() => {
    const pane = body.current;
    const before = seen.current;
    if (!pane || !conversation.loaded.value) return;
    const at = hold.current ?? new Hold(pane);
    const own = last?.sender === app.me && last.message !== before.last;
    if (landings > before.landings) {
      if (!at.show(`[data-message="${conversation.found.peek() ?? ""}"]`, "middle")) at.toEnd();
    } else if (!hold.current) {
      if (!at.show("[data-unread]", "upper")) at.toEnd();
    } else if (departing > before.departing || (own && !newer)) toEnd();
    else at.keep();
    hold.current = at;
    seen.current = { last: last?.message ?? "", departing, landings };
    note(at);
  });

  useEffect(markRead, [caucus.unread, last?.message]);

  useEffect(() => {
    const pane = body.current;
    if (!pane) return undefined;
    // The pane shrinks when a keyboard opens, and what is in it grows when the rest of it comes: the end stays in sight.
    const watch = new ResizeObserver(() => {
      const at = hold.current;
      if (!at?.end) return;
      if (conversation.following.peek()) at.toEnd();
      // The reader wished for more of it, and reads on where they were.
      else note(at);
    });
    for (const one of [pane, list.current]) if (one) watch.observe(one);
    document.addEventListener("visibilitychange", markRead);
    return () => {
      watch.disconnect();
      document.removeEventListener("visibilitychange", markRead);
    };
  }, []);

  const scrolled = () => {
    const pane = body.current;
    const at = hold.current;
    if (!pane || !at) return;
    note(at);
    if (at.end) markRead();
    const early = Math.max(EARLY, pane.clientHeight);
    if (pane.scrollTop < early) void app.act(() => conversation.loadOlder());
    else if (at.below < early) void app.act(() => conversation.loadNewer());
  };

  return (
    <div
      class="pane__body record__pane"
      ref={body}
      onScroll={scrolled}
      tabIndex={0}
      role="region"
      aria-label={t("record")}
    >
      {conversation.older.value && (
        <div class="record__older">
          <Key kind="plain" onPress={() => void app.act(() => conversation.loadOlder())}>
            {t("older")}
          </Key>
        </div>
      )}
      <ol class="record" ref={list}>
        {rows.value.map((row) =>
          row.row === "entry" ? (
            <Entry
              key={row.key}
              line={row.line}
              more={row.more}
              on={row.on}
              last={row.last}
              conversation={conversation}
              caucus={steady}
            />
          ) : (
            <RowView key={row.key} row={row} conversation={conversation} />
          ),
        )}
        {!newer && <Waiting caucus={caucus} />}
      </ol>
      {screens && departing > 0 && <screens.Departures conversation={conversation} count={departing} />}
      {conversation.loaded.value && !last && (
        <div class="record__begin quiet">
          <Icon name="lock" size="m" />
          <p>{t(caucus.open ? "begin-open" : "begin-closed")}</p>
        </div>
      )}
      {away.value && (
        <div class="record__end">
          {missed > 0 ? (
            <Key icon="down" onPress={toEnd}>
              {t("new-below", { count: missed })}
            </Key>
          ) : (
            <IconKey icon="down" label={t("to-end")} onPress={toEnd} />
          )}
        </div>
      )}
    </div>
  );
};
