import type { Conversation } from "../conversation.ts";
import { comingWords } from "../comings.ts";
import { lastingWords } from "../fading.ts";
import { clock } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import type { Change, Row } from "../record.ts";
import { cut, plainName } from "../text.ts";
import { SaidAgain } from "../tools/SaidAgain.tsx";
import { gist } from "./Entry.tsx";

/** Characters quoted of what was pinned. */
const QUOTED = 60;

interface LaterRowProps {
  readonly row: Extract<Row, { row: "pin" | "withdrawn" | "again" | "granted" | Change["row"] }>;
  readonly conversation: Conversation;
}

/** Rows that can wait until the first conversation stands: pins, what was taken back, and where this device came in. */
export const LaterRow = ({ row, conversation }: LaterRowProps) => {
  const app = useController();
  if (row.row === "granted") {
    return (
      <li class="day">
        <span>{t(row.before ? "granted-before" : "granted-now")}</span>
      </li>
    );
  }
  if (row.row === "lasting") {
    return (
      <li class="note">
        <Icon name="clock" size="m" />
        <span>{lastingWords(row.change, app.me)}</span>
      </li>
    );
  }
  if (row.row === "coming") {
    return (
      <li class="note">
        <Icon name="people" size="m" />
        <span>{comingWords(row.comings, app.me)}</span>
      </li>
    );
  }
  if (row.row === "again") return <SaidAgain line={row.line} conversation={conversation} />;
  const { reply, sender, name, text, withdrawnAt, reached } = row.line;
  const who = plainName(name) || t("nameless");
  if (row.row === "withdrawn") {
    const id = sender === app.me ? "took-back-own" : "took-back";
    return (
      <li class="note" data-message={row.line.message}>
        <Icon name="undo" size="m" />
        <span>
          {t(id, { name: who, time: clock(withdrawnAt ?? row.line.sentAt) })}
          {(sender !== app.me || reached > 0) && <> · {t("may-have-been-read")}</>}
        </span>
      </li>
    );
  }
  const pinned = reply === undefined ? undefined : conversation.line(reply);
  const words = pinned ? cut(gist(pinned), QUOTED) : t("pin-unknown");
  const what = text === "pinned" ? "on" : "off";
  const whose = sender === app.me ? "own" : "other";
  const said = t(`pin-${what}-${whose}`, { words, name: who });
  return (
    <li class="note">
      <Icon name="pin" size="m" />
      <span>{said}</span>
    </li>
  );
};
