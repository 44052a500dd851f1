import { useSignal, useSignalEffect } from "@preact/signals";
import type { GroupId, MessageId, Receipt } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";
import { Name, Placard } from "../parts/Placard.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { Tally } from "../parts/Tally.tsx";
import { compare } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { gist } from "./Entry.tsx";
import { receiptWords } from "./ReceiptLine.tsx";

interface ReceiptsSheetProps {
  readonly caucus: GroupId;
  readonly message: MessageId;
}

const rank = (one: Receipt): number => (one.read ? 0 : one.reached ? 1 : 2);

/** Whom an own entry was for, and how far it has come with each. */
export const ReceiptsSheet = ({ caucus, message }: ReceiptsSheetProps) => {
  const app = useController();
  const receipts = useSignal<readonly Receipt[]>([]);
  const line = app.conversation.value?.line(message);

  useSignalEffect(() => {
    // Asked anew whenever the line's own count has moved.
    if (!app.conversation.value?.line(message)) return;
    void app.receipts(caucus, message).then((found) => {
      if (found) receipts.value = found.toSorted((a, b) => rank(a) - rank(b) || compare(a.name, b.name));
      return undefined;
    });
  });

  if (!line) return <Sheet title={t("entry-receipts")}>{t("quote-not-here")}</Sheet>;
  return (
    <Sheet title={line.of > 0 ? receiptWords(line) : t("receipt-saved")}>
      <p class="quiet cut room-after" dir="auto">
        {gist(line)}
      </p>
      {line.reached === 0 && <p class="room-after">{t("receipt-nobody")}</p>}
      <ul class="rows rows--open bleed">
        {receipts.value.map((one) => {
          const member = app.member(caucus, one.person);
          const words = t(
            one.read ? "receipt-person-read" : one.reached ? "receipt-person-reached" : "receipt-person-not",
          );
          return (
            <li class="person" key={one.person}>
              <Placard
                who={member ?? app.person(one.person) ?? { flag: "", delegation: "" }}
                presence={member?.online ? "here" : "away"}
              />
              <span class="grow">
                <span class="person__name">
                  <Name name={one.name} />
                </span>
                <span class="person__state">{words}</span>
              </span>
              <span class="person__end">
                <Tally big ticks={[one.read ? "full" : one.reached ? "half" : "no"]} label={words} />
              </span>
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
};
