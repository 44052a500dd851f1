import type { CaucusView, MessageView, PersonId } from "../../../src/types.ts";
import type { Conversation } from "../conversation.ts";
import type { Controller } from "../controller.ts";
import { apart } from "../parts/apart.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { IconKey } from "../parts/Key.tsx";
import { Codes, Mark, Name, Placard, type Presence } from "../parts/Placard.tsx";
import { clock } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { cut, plainFileName, plainName, plainText } from "../text.ts";
import { fine } from "../pointer.ts";
import { ReceiptLine } from "./ReceiptLine.tsx";
import { Words } from "./Words.tsx";

interface EntryProps {
  readonly line: MessageView;
  /** Photos that are shown with it. */
  readonly more: readonly MessageView[];
  readonly on: boolean;
  readonly last: boolean;
  readonly conversation: Conversation;
  readonly caucus: CaucusView;
}

const NOBODY = { flag: "", delegation: "" };

/** Flag and delegation of somebody who wrote here, also of one who has left. */
const profileIn = (app: Controller, caucus: CaucusView, person: PersonId) =>
  person === app.me
    ? app.profile.value
    : (caucus.members.find((one) => one.person === person) ?? app.person(person) ?? NOBODY);

/** What stands for words that could not be shown. */
export const noticeWords = ({ notice, text }: MessageView): string =>
  notice ? t(notice === "unknown" ? "line-unknown" : "line-unsigned") : plainText(text);

/** What an entry says in one line, for a quotation. */
export const gist = (line: MessageView, length = 140): string => {
  if (line.kind === "withdrawn") return t("taken-back");
  if (line.kind === "notice") return noticeWords(line);
  if (line.tool) return apart.value?.toolGist(line.tool) ?? "";
  const words = cut(plainText(line.text).replace(/\s+/g, " "), length);
  if (words || !line.file) return words;
  if (line.file.voice) return t("voice");
  return line.file.picture ? t("photo") : plainFileName(line.file.name);
};

const Quote = ({ line, conversation }: Pick<EntryProps, "line" | "conversation">) => {
  const app = useController();
  const { reply } = line;
  if (!reply) return null;
  const answered = conversation.line(reply);
  const find = async () => {
    if ((await app.act(() => conversation.find(reply))) === false) app.say("quote-not-here");
  };
  const name = answered ? (answered.sender === app.me ? t("you") : plainName(answered.name) || t("nameless")) : "";
  return (
    <button type="button" class="reply" onClick={() => void find()}>
      <Icon name="reply" size="s" />
      <b>
        <span class="vh">{t("in-answer-to")} </span>
        <bdi>{name}</bdi>
      </b>
      <span class="cut" dir="auto">
        {answered ? gist(answered) : t("quote-elsewhere")}
      </span>
    </button>
  );
};

const Reactions = ({ line, conversation, caucus }: Pick<EntryProps, "line" | "conversation" | "caucus">) => {
  const app = useController();
  const reactions = conversation.reactions.value.get(line.message);
  if (!reactions) return null;
  const mine = reactions.find((one) => one.people.includes(app.me))?.emoji;
  return (
    <div class="reactions">
      {reactions.map(({ emoji, people }) => (
        <button
          type="button"
          key={emoji}
          aria-pressed={emoji === mine}
          onClick={() => void app.act(() => conversation.react(line.message, emoji, mine))}
        >
          <span>{emoji}</span>
          <Codes people={people.map((person) => profileIn(app, caucus, person))} />
        </button>
      ))}
    </div>
  );
};

/** One entry of the record. */
export const Entry = ({ line, more, on, last, conversation, caucus }: EntryProps) => {
  const app = useController();
  const screens = apart.value;
  const own = line.sender === app.me;
  const member = own ? undefined : caucus.members.find((one) => one.person === line.sender);
  const presence: Presence = own ? "own" : member?.online ? "here" : "away";
  const actions = () => app.router.open({ over: "entry", caucus: caucus.caucus, message: line.message });
  return (
    <li
      class={`entry${on ? " entry--on" : ""}`}
      data-own={own ? "" : undefined}
      data-found={conversation.found.value === line.message ? "" : undefined}
      data-message={line.message}
      onContextMenu={(event) => {
        // A long press on a phone; a mouse keeps its own menu.
        if (fine()) return;
        event.preventDefault();
        actions();
      }}
      onClick={(event) => {
        // Not every phone tells of a long press. A press that selects text, or that something in the entry takes, is none.
        const taken = event.target instanceof Element && event.target.closest("a, button, .card");
        if (!fine() && !taken && getSelection()?.isCollapsed !== false) actions();
      }}
    >
      {!on && (
        <>
          <Placard who={profileIn(app, caucus, line.sender)} presence={presence} />
          <div class="entry__head">
            <span class="name row">
              {own ? t("you") : <Name name={line.name} />}
              {member && <Mark trust={member.trust} />}
              {member?.guest && <span class="tag">{t("guest")}</span>}
            </span>
            <time>
              {line.goesAt !== undefined && screens && <screens.FadingMark />}
              {clock(line.sentAt)}
            </time>
          </div>
        </>
      )}
      <div class="entry__body">
        <Quote line={line} conversation={conversation} />
        {line.file && screens && (
          <screens.Attachment line={line} file={line.file} more={more} conversation={conversation} />
        )}
        {line.tool ? screens && <screens.ToolCard line={line} /> : line.text !== "" && <Words line={line} />}
        {[line, ...more].map((one) => (
          <Reactions key={one.message} line={one} conversation={conversation} caucus={caucus} />
        ))}
        {screens && <screens.EntryMarks line={line} onPress={actions} />}
        {own && <ReceiptLine line={more.at(-1) ?? line} last={last && !line.tool} caucus={caucus} />}
      </div>
      <div class="entry__keys">
        <IconKey icon="reply" label={t("entry-answer")} onPress={() => conversation.answer(line)} />
        <IconKey icon="face" label={t("entry-more")} onPress={actions} />
      </div>
    </li>
  );
};
