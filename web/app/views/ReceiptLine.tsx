import type { CaucusView, MessageView } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Tally, ticksOf } from "../parts/Tally.tsx";
import { t } from "../i18n/index.ts";
import { progressOf } from "../reading.ts";
import { DOT, plainName } from "../text.ts";

interface ReceiptProps {
  readonly line: MessageView;
  /** The last of its run: earlier ones are silent unless they wait. */
  readonly last: boolean;
  readonly caucus: CaucusView;
}

/** `Reached 7 of 7 · Read by 6` */
export const receiptWords = (line: MessageView): string => {
  const reached = t("receipt-reached", { reached: line.reached, of: line.of });
  return line.read > 0 ? `${reached}${DOT}${t("receipt-read", { read: line.read })}` : reached;
};

/** How far an own entry has come; pressed, it tells with whom. */
export const ReceiptLine = ({ line, last, caucus }: ReceiptProps) => {
  const { reach, router } = useController();
  const progress = progressOf(line, reach.value.people > 0);
  const [held] = line.heldFor ?? [];
  if (held) {
    const name = plainName(caucus.members.find((one) => one.person === held)?.name ?? "") || t("nameless");
    return (
      <button
        type="button"
        class="receipt receipt--held"
        onClick={() => router.open({ over: "held", caucus: caucus.caucus })}
      >
        <Icon name="broken" />
        {t("receipt-held", { name })}
      </button>
    );
  }
  if (progress === "waiting") {
    return (
      <span class="receipt receipt--wait">
        <Icon name="clock" />
        {t("receipt-waiting")}
      </span>
    );
  }
  if (progress === "saved" || line.of === 0) {
    return (
      <span class="receipt">
        <Icon name="keep" />
        {t("receipt-saved")}
      </span>
    );
  }
  if (!last) return null;
  const words = receiptWords(line);
  return (
    <button
      type="button"
      class="receipt"
      onClick={() => router.open({ over: "receipts", caucus: caucus.caucus, message: line.message })}
    >
      <Tally ticks={ticksOf(line.of, line.read, line.reached - line.read)} label={words} />
      <span>{words}</span>
    </button>
  );
};
