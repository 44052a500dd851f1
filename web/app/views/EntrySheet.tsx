import type { GroupId, MessageId } from "../../../src/types.ts";
import { isoOf } from "../emoji/isoOf.ts";
import { QuickRow } from "../emoji/QuickRow.tsx";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import type { IconName } from "../parts/icons.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { clock } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { DOT, plainName, plainText } from "../text.ts";
import { copyText } from "../qr/copyText.ts";
import { gist } from "./Entry.tsx";
import { ChangeRows } from "./ChangeRows.tsx";
import { EntryFacts } from "./EntryFacts.tsx";
import { PinRow } from "./PinRow.tsx";
import { RecordRows } from "./RecordRows.tsx";
import { Wordings } from "./Wordings.tsx";

interface EntrySheetProps {
  readonly caucus: GroupId;
  readonly message: MessageId;
}

/** What can be done with an entry. */
export const EntrySheet = ({ caucus, message }: EntrySheetProps) => {
  const app = useController();
  const conversation = app.conversation.value;
  const line = conversation?.line(message);
  if (!conversation || !line) return <Sheet title={t("entry-more")}>{t("quote-not-here")}</Sheet>;
  const marks = conversation.reactions.value.get(message) ?? [];
  const mine = marks.find((one) => one.people.includes(app.me))?.emoji;
  const react = (emoji: string) => {
    app.router.back();
    void app.act(() => conversation.react(message, emoji, mine));
  };
  // Of a tool's word, what its author wrote; its line of text is there for clients that know no better.
  const written = line.tool && "text" in line.tool ? line.tool.text : line.text;
  const copy = async () => {
    app.router.back();
    app.say((await copyText(plainText(written), document.body)) ? "copied" : "copied-not");
  };
  const rows: readonly { icon: IconName; id: string; act: () => void; show: boolean }[] = [
    {
      icon: "reply",
      id: "entry-answer",
      show: true,
      act: () => {
        app.router.back();
        conversation.answer(line);
      },
    },
    { icon: "copy", id: "entry-copy", show: written !== "", act: () => void copy() },
    {
      icon: "tally",
      id: "entry-receipts",
      show: line.sender === app.me,
      act: () => app.router.open({ over: "receipts", caucus, message }),
    },
    {
      icon: "people",
      id: "entry-person",
      show: line.sender !== app.me,
      act: () => {
        app.router.go({ at: "person", person: line.sender });
      },
    },
  ];
  const title = (
    <>
      <bdi>{line.sender === app.me ? t("you") : plainName(line.name) || t("nameless")}</bdi>
      {DOT}
      {clock(line.sentAt)}
    </>
  );
  return (
    <Sheet title={title} body="stack stack--tight">
      <p class="quiet cut" dir="auto">
        {gist(line)}
      </p>
      <Wordings line={line} />
      <EntryFacts line={line} />
      <QuickRow label={t("react")} caucus={caucus} message={message} chosen={mine} onPick={react} />
      <div class="rows rows--open">
        {rows
          .filter((row) => row.show)
          .map((row) => (
            <button type="button" class="set" key={row.id} onClick={row.act}>
              <Icon name={row.icon} />
              <span class="grow">{t(row.id)}</span>
            </button>
          ))}
        {app.caucus(caucus)?.state === "joined" && <PinRow line={line} conversation={conversation} />}
        <RecordRows line={line} />
        <ChangeRows line={line} />
      </div>
      {marks.length > 0 && (
        <dl class="facts">
          {marks.map(({ emoji, people }) => (
            <>
              <dt>
                {emoji} {isoOf(emoji)}
              </dt>
              <dd>
                {people.map((person, at) => (
                  <>
                    {at > 0 && DOT}
                    <bdi>
                      {person === app.me
                        ? t("you")
                        : plainName(app.member(caucus, person)?.name ?? app.person(person)?.name ?? "") ||
                          t("nameless")}
                    </bdi>
                  </>
                ))}
              </dd>
            </>
          ))}
        </dl>
      )}
    </Sheet>
  );
};
