import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { BoardView, RowView } from "../../../src/types/tools.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Choice, Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { delegationsIn, SCALE, type Position } from "./boards.ts";
import { momentOf, timeText } from "./moments.ts";
import { useSay } from "./useSay.ts";
import { landOf } from "./who.ts";

interface WordFormProps {
  readonly view: BoardView;
  readonly row: Pick<RowView, "delegation" | "stand" | "said">;
  /** It is this person's own delegation: its word needs nobody who told it. */
  readonly own: boolean;
}

/** A word about where a delegation stands: its own, or what somebody told. */
export const WordForm = ({ view, row, own }: WordFormProps) => {
  const app = useController();
  const { caucus, message, history } = view;
  const { delegation, stand, said } = row;
  const id = useId();
  const chosen = useSignal<Position>(stand);
  const teller = useSignal("");
  const due = useSignal(said?.due === undefined ? "" : timeText(said.due));
  const { busy, say } = useSay(caucus);
  const told = delegationsIn(teller.value)[0] ?? "";
  const mine = history.find((one) => one.by.person === app.me && one.delegation === delegation);
  const note = async (): Promise<void> => {
    const until = chosen.peek() === "awaiting" ? momentOf(due.peek(), Date.now()) : undefined;
    const word = { stand: chosen.peek(), ...(!own && { told: { by: told } }), ...(until && { due: until }) };
    if (await say({ kind: "stand", to: message, delegation, ...word })) teller.value = "";
  };
  const takeBack = (): void => {
    if (!mine) return;
    const word = { stand: "none", ...(mine.told && { told: { by: mine.told.by } }) } as const;
    void say({ kind: "stand", to: message, delegation, ...word });
  };
  return (
    <section class="stack">
      <Choice
        legend={t(own ? "board-position" : "board-heard", { land: landOf(delegation) })}
        value={chosen.value}
        onChoose={(value) => (chosen.value = value)}
        options={SCALE.map((value) => ({ value, label: t(`board-${value}`) }))}
      />
      {!own && (
        <Field
          label={t("board-told-by")}
          hint={t("board-told-by-hint")}
          value={teller.value}
          maxLength={64}
          onInput={(value) => (teller.value = value)}
        />
      )}
      {chosen.value === "awaiting" && (
        <div class="field">
          <label for={id}>{t("board-due-field")}</label>
          <input
            class="input"
            id={id}
            type="time"
            value={due.value}
            onInput={({ currentTarget }) => (due.value = currentTarget.value)}
          />
        </div>
      )}
      <div class="keys keys--even">
        {mine && mine.stand !== "none" && (
          <Key kind="danger" disabled={busy} onPress={takeBack}>
            {t("board-take-back")}
          </Key>
        )}
        <Key kind="go" disabled={busy || (!own && told === "")} onPress={() => void note()}>
          {t("board-note")}
        </Key>
      </div>
    </section>
  );
};
