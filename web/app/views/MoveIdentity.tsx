import { useSignal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Choice } from "../parts/Field.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { MoveAway } from "./MoveAway.tsx";
import { MoveHere } from "./MoveHere.tsx";

/** One's identity on another device: taken there, or brought here. */
export const MoveIdentity = () => {
  const { moving } = useController();
  const way = useSignal<"away" | "here">(moving.value === undefined ? "away" : "here");
  return (
    <Sheet title={t("move-title")} body="stack">
      <Choice
        legend={t("move-way")}
        across={2}
        value={way.value}
        onChoose={(value) => {
          way.value = value;
        }}
        options={[
          { value: "away", label: t("move-away") },
          { value: "here", label: t("move-here") },
        ]}
        hint={t(way.value === "away" ? "move-away-hint" : "move-here-hint")}
      />
      {way.value === "away" ? <MoveAway /> : <MoveHere />}
    </Sheet>
  );
};
