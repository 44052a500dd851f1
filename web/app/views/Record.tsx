import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { CaucusView } from "../../../src/types.ts";
import type { Conversation } from "../conversation.ts";
import { apart } from "../parts/apart.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { day, when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { plainName, plainText } from "../text.ts";
import { rowsOf, type Row } from "../record.ts";
import { Entry } from "./Entry.tsx";

interface RecordProps {
  readonly conversation: Conversation;
  readonly caucus: CaucusView;
}

/** Pixels from the end that still count as being there. */
const NEAR = 48;
/** Pixels from the beginning at which older lines are fetched. */
const EARLY = 240;

const RowView = ({ row, conversation, caucus }: RecordProps & { readonly row: Row }) => {
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
          <span dir="auto">{plainText(row.line.text)}</span>
        </li>
      );
    case "pin":
    case "again":
    case "granted": {
      const screens = apart.value;
      return screens && <screens.LaterRow row={row} conversation={conversation} />;
    }
    case "entry":
      return <Entry {...row} conversation={conversation} caucus={caucus} />;
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

/** What was said, newest at the end. Stays at the end while the reader is there, and in place while they are not. */
export const Record = ({ conversation, caucus }: RecordProps) => {
  const app = useController();
  const body = useRef<HTMLDivElement>(null);
  const place = useRef({ end: true, begun: false, height: 0, top: 0, first: "", last: "", departing: 0 });
  const missed = useSignal(0);
  const away = useSignal(false);
  const rows = useComputed(() => rowsOf(conversation.lines.value, conversation.unread?.from));
  const found = conversation.found.value;
  const lines = conversation.lines.value;
  const screens = apart.value;
  const departing = useComputed(() => app.files.outgoing.value?.count(conversation.caucus) ?? 0).value;

  const markRead = () => {
    if (place.current.end && document.visibilityState === "visible") void app.markRead(conversation.caucus);
  };

  useLayoutEffect(() => {
    const pane = body.current;
    const before = place.current;
    if (!pane || !conversation.loaded.value) return;
    const first = lines[0]?.message ?? "";
    const last = lines.at(-1)?.message ?? "";
    if (!before.begun) {
      const marker = pane.querySelector("[data-unread]");
      if (marker) marker.scrollIntoView({ block: "start" });
      else pane.scrollTop = pane.scrollHeight;
      if (marker) pane.scrollTop -= pane.clientHeight / 4;
    } else if (before.end || departing > before.departing || (last !== before.last && lines.at(-1)?.sender === app.me))
      pane.scrollTop = pane.scrollHeight;
    else if (first !== before.first) pane.scrollTop = before.top + pane.scrollHeight - before.height;
    const end = pane.scrollHeight - pane.scrollTop - pane.clientHeight < NEAR;
    if (before.begun && !end && last !== before.last && lines.at(-1)?.sender !== app.me) missed.value += 1;
    place.current = { end, begun: true, height: pane.scrollHeight, top: pane.scrollTop, first, last, departing };
    away.value = !end;
  });

  useEffect(markRead, [caucus.unread, lines.at(-1)?.message]);

  useEffect(() => {
    const pane = body.current;
    if (!pane) return undefined;
    // The pane shrinks when a keyboard opens, and grows when the draft does: the end stays in sight.
    const watch = new ResizeObserver(() => {
      if (place.current.end) pane.scrollTop = pane.scrollHeight;
    });
    watch.observe(pane);
    document.addEventListener("visibilitychange", markRead);
    return () => {
      watch.disconnect();
      document.removeEventListener("visibilitychange", markRead);
    };
  }, []);

  useEffect(() => {
    if (found) body.current?.querySelector(`[data-message="${found}"]`)?.scrollIntoView({ block: "center" });
  }, [found]);

  const scrolled = () => {
    const pane = body.current;
    if (!pane || !place.current.begun) return;
    const end = pane.scrollHeight - pane.scrollTop - pane.clientHeight < NEAR;
    place.current = { ...place.current, end, height: pane.scrollHeight, top: pane.scrollTop };
    away.value = !end;
    if (end) {
      missed.value = 0;
      markRead();
    }
    if (pane.scrollTop < EARLY && conversation.older.peek()) void app.act(() => conversation.loadOlder());
  };

  const toEnd = () => {
    place.current.end = true;
    body.current?.scrollTo({ top: body.current.scrollHeight });
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
      <ol class="record">
        {rows.value.map((row) => (
          <RowView key={row.key} row={row} conversation={conversation} caucus={caucus} />
        ))}
        <Waiting caucus={caucus} />
      </ol>
      {screens && departing > 0 && <screens.Departures conversation={conversation} count={departing} />}
      {conversation.loaded.value && lines.length === 0 && (
        <div class="record__begin quiet">
          <Icon name="lock" size="m" />
          <p>{t(caucus.open ? "begin-open" : "begin-closed")}</p>
        </div>
      )}
      {away.value && (
        <div class="record__end">
          <Key icon="down" onPress={toEnd}>
            {missed.value > 0 ? t("new-below", { count: missed.value }) : t("to-end")}
          </Key>
        </div>
      )}
    </div>
  );
};
