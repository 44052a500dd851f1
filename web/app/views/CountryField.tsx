import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import { COUNTRIES } from "../countries.ts";
import { Field } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { compare, country } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";

/** The value of the choice that is no country. */
export const ORGANISATION = "org";

interface CountryFieldProps {
  /** Two letters, `ORGANISATION`, or empty. */
  readonly land: Signal<string>;
  readonly organisation: Signal<string>;
  readonly wrong: boolean;
}

/** For whom one speaks: a country by its ISO code, or an organisation by its name. */
export const CountryField = ({ land, organisation, wrong }: CountryFieldProps) => {
  const id = useId();
  const names = COUNTRIES.map((code) => ({ code, name: country(code) })).toSorted((a, b) => compare(a.name, b.name));
  return (
    <>
      <div class="field">
        <label for={id}>{t("join-country")}</label>
        <div class="pick">
          <select
            id={id}
            class="input"
            required
            aria-invalid={wrong || undefined}
            aria-describedby={wrong ? `${id}-said` : undefined}
            value={land.value}
            onChange={(event) => {
              land.value = event.currentTarget.value;
            }}
          >
            <option value="" disabled>
              {t("join-choose")}
            </option>
            <option value={ORGANISATION}>{t("join-organisation")}</option>
            {names.map(({ code, name }) => (
              <option value={code} key={code}>
                {name} · {code}
              </option>
            ))}
          </select>
          <Icon name="down" size="m" />
        </div>
        {wrong && (
          <p class="hint hint--wrong" id={`${id}-said`}>
            {t("join-country-missing")}
          </p>
        )}
      </div>
      {land.value === ORGANISATION && (
        <Field
          label={t("join-organisation-name")}
          autocomplete="organization"
          maxLength={80}
          value={organisation.value}
          onInput={(value) => {
            organisation.value = value;
          }}
        />
      )}
    </>
  );
};
