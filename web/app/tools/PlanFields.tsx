import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import { number } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { Choice, Field } from "../parts/Field.tsx";
import { timeText } from "./moments.ts";

const MINUTE = 60_000;
const LENGTHS = ["5", "10", "15", "30"] as const;
const SOON = ["5", "10", "15", "30"] as const;

/** What is being planned. */
export interface Draft {
  readonly place: Signal<string>;
  /** `14:55` */
  readonly time: Signal<string>;
  readonly minutes: Signal<number>;
}

/** Where, when and how long. */
export const PlanFields = ({ draft }: { readonly draft: Draft }) => {
  const { place, time, minutes } = draft;
  const id = useId();
  const soon = SOON.find((one) => timeText(Date.now() + Number(one) * MINUTE) === time.value);
  const short = (one: string): string => t("minutes-short", { minutes: number(Number(one)) });
  return (
    <>
      <Field
        label={t("huddle-place")}
        hint={t("huddle-place-hint")}
        value={place.value}
        maxLength={120}
        onInput={(value) => (place.value = value)}
      />
      <Choice
        legend={t("huddle-begins")}
        across={4}
        value={soon ?? ("" as (typeof SOON)[number])}
        onChoose={(value) => (time.value = timeText(Date.now() + Number(value) * MINUTE))}
        options={SOON.map((value) => ({ value, label: short(value) }))}
      />
      <div class="field">
        <label for={id}>{t("huddle-clock")}</label>
        <input
          class="input"
          id={id}
          type="time"
          required
          value={time.value}
          onInput={({ currentTarget }) => (time.value = currentTarget.value)}
        />
      </div>
      <Choice
        legend={t("huddle-length")}
        across={4}
        value={`${minutes.value}` as (typeof LENGTHS)[number]}
        onChoose={(value) => (minutes.value = Number(value))}
        options={LENGTHS.map((value) => ({ value, label: short(value) }))}
      />
    </>
  );
};
