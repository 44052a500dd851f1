import { useSignal } from "@preact/signals";
import type { BoardView } from "../../../src/types/tools.ts";
import { t } from "../i18n/index.ts";
import { Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { delegationsIn, distinct } from "./boards.ts";
import { NeedsField } from "./NeedsField.tsx";
import { useSay } from "./useSay.ts";

interface TermsFormProps {
  readonly view: BoardView;
  readonly onDone: () => void;
}

/** For whoever put the proposition: what decides over it, and whether it is still open. */
export const TermsForm = ({ view, onDone }: TermsFormProps) => {
  const { caucus, message, terms } = view;
  const needs = useSignal(terms.needs);
  const more = useSignal("");
  const { busy, say } = useSay(caucus);
  const delegations = distinct([...terms.delegations, ...delegationsIn(more.value)]);
  const change = async (closed: boolean): Promise<void> => {
    if (await say({ kind: "terms", to: message, terms: { needs: needs.peek(), delegations, closed } })) onDone();
  };
  return (
    <div class="stack">
      <NeedsField of={delegations.length} value={needs.value} onInput={(value) => (needs.value = value)} />
      <Field
        label={t("board-more-delegations")}
        hint={t("board-more-hint")}
        value={more.value}
        onInput={(value) => (more.value = value)}
      />
      <div class="keys keys--even">
        <Key kind={terms.closed ? "plain" : "danger"} disabled={busy} onPress={() => void change(!terms.closed)}>
          {t(terms.closed ? "board-reopen" : "board-close")}
        </Key>
        <Key kind="go" disabled={busy} onPress={() => void change(terms.closed)}>
          {t("board-change-yes")}
        </Key>
      </div>
      <p class="hint">{t("board-close-hint")}</p>
    </div>
  );
};
