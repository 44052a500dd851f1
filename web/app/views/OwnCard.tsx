import { useComputed, useSignal } from "@preact/signals";
import type { Profile } from "../../../src/types.ts";
import { country } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Field } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Placard } from "../parts/Placard.tsx";
import { plainName } from "../text.ts";
import { CountryField, ORGANISATION } from "./CountryField.tsx";

const Editing = ({ profile, onDone }: { readonly profile: Profile; readonly onDone: () => void }) => {
  const app = useController();
  const name = useSignal(profile.name);
  const land = useSignal(profile.flag || ORGANISATION);
  const organisation = useSignal(profile.delegation);
  const wrong = useSignal<"name" | "country" | undefined>(undefined);
  const next = useComputed<Profile>(() => ({
    name: plainName(name.value),
    flag: land.value === ORGANISATION ? "" : land.value,
    delegation: land.value === ORGANISATION ? plainName(organisation.value) : "",
  }));
  const save = async (): Promise<void> => {
    const { name: who, flag, delegation } = next.peek();
    wrong.value = who === "" ? "name" : flag === "" && delegation === "" ? "country" : undefined;
    if (!wrong.peek() && (await app.setProfile(next.peek()))) onDone();
  };
  return (
    <form
      class="stack room"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={t("profile-name")}
        autocomplete="name"
        maxLength={80}
        required
        value={name.value}
        {...(wrong.value === "name" && { wrong: t("profile-name-missing") })}
        onInput={(value) => {
          name.value = value;
        }}
      />
      <CountryField land={land} organisation={organisation} wrong={wrong.value === "country"} />
      <p class="hint">{t("profile-hint")}</p>
      <div class="keys keys--even">
        <Key onPress={onDone}>{t("cancel")}</Key>
        <Key submit kind="go">
          {t("profile-save")}
        </Key>
      </div>
    </form>
  );
};

/** Who one is to the others; pressed, it can be changed. */
export const OwnCard = () => {
  const app = useController();
  const editing = useSignal(false);
  const profile = app.profile.value;
  if (editing.value) return <Editing profile={profile} onDone={() => (editing.value = false)} />;
  const land = profile.flag ? country(profile.flag) : plainName(profile.delegation);
  return (
    <button type="button" class="row row--key key-row" onClick={() => (editing.value = true)}>
      <Placard who={profile} presence="own" />
      <span class="grow">
        <b>
          <bdi>{plainName(profile.name) || t("nameless")}</bdi>
        </b>
        <span class="faint">{t("set-change", { land: land || t("people-no-land") })}</span>
      </span>
      <Icon name="onward" size="s" />
    </button>
  );
};
