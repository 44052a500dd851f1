import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Profile } from "../../../src/types.ts";
import type { Boot } from "../boot.ts";
import { Choice, Field } from "../parts/Field.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { isBehindOwn } from "../parts/ownCertificate.ts";
import { LargeCard } from "../parts/Placard.tsx";
import { LANGUAGES, language, t } from "../i18n/index.ts";
import { plainName } from "../text.ts";
import { CountryField, ORGANISATION } from "./CountryField.tsx";
import { Checks, JoinTop } from "./JoinTop.tsx";
import { Restore } from "./Restore.tsx";
import { useWhence } from "./whence.ts";

/** Characters of a passphrase at the least: four words are more. */
const SHORTEST = 8;

/** Who are you? Nothing else is asked. */
export const Join = ({ boot }: { readonly boot: Boot }) => {
  const name = useSignal("");
  const land = useSignal("");
  const organisation = useSignal("");
  const passphrase = useSignal("");
  const wrong = useSignal<"name" | "country" | "passphrase" | undefined>(undefined);
  const trouble = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const origin = boot.origin.value;
  const { kind, invited, moved, forgetful, guarded } = useWhence(boot);
  const restorable = kind !== "daemon";
  const profile = useComputed<Profile>(() => ({
    name: plainName(name.value),
    flag: land.value === ORGANISATION ? "" : land.value,
    delegation: land.value === ORGANISATION ? plainName(organisation.value) : "",
  }));

  const missing = (): "name" | "country" | "passphrase" | undefined => {
    const { name: who, flag, delegation } = profile.peek();
    if (!who) return "name";
    if (!flag && !delegation) return "country";
    const needed = boot.origin.peek()?.passphrase === "required" || passphrase.peek() !== "";
    return needed && passphrase.peek().length < SHORTEST ? "passphrase" : undefined;
  };
  const join = async () => {
    if (busy.peek()) return;
    wrong.value = missing();
    if (wrong.peek()) return;
    busy.value = true;
    trouble.value = await boot.join({
      profile: profile.peek(),
      ...(passphrase.peek() && { passphrase: passphrase.peek() }),
    });
    busy.value = false;
  };
  const link = async () => {
    if (busy.peek()) return;
    const needed = boot.origin.peek()?.passphrase === "required" || passphrase.peek() !== "";
    wrong.value = needed && passphrase.peek().length < SHORTEST ? "passphrase" : undefined;
    if (wrong.peek()) return;
    busy.value = true;
    trouble.value = await boot.link(passphrase.peek());
    busy.value = false;
  };
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [wrong.value]);
  const passphraseField = (
    <Field
      label={t("passphrase")}
      secret
      autocomplete="new-password"
      value={passphrase.value}
      hint={t(guarded ? "passphrase-file-hint" : "passphrase-hint")}
      onInput={(value) => {
        passphrase.value = value;
      }}
      {...(wrong.value === "passphrase" && { wrong: t("passphrase-short") })}
    />
  );
  return (
    <div class="join">
      <JoinTop boot={boot} />
      <main class="join__main">
        <h1 class="vh">{t("join-title")}</h1>
        {/* Who scanned the code of an identity has come for that. */}
        {restorable && moved && <Restore boot={boot} moved />}
        <LargeCard who={profile.value} wish={{ land: t("join-country-wish"), name: t("join-name") }} />
        {invited && (
          <NoticeBox tone="go" icon={<Icon name="table" size="m" />} title={t("join-invited")}>
            {t("join-invited-hint")}
          </NoticeBox>
        )}
        {forgetful && (
          <NoticeBox tone="amber" icon={<Icon name="warn" size="m" />} title={t("forgetful")}>
            {t("forgetful-hint", { address: origin?.hub?.urls[0] ?? location.origin })}
          </NoticeBox>
        )}
        {isBehindOwn(origin?.hub) && (
          <NoticeBox tone="amber" icon={<Icon name="lock" size="m" />} title={t("own-certificate")}>
            {t("own-certificate-hint")}
          </NoticeBox>
        )}
        <form
          class="stack"
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void join();
          }}
        >
          <Field
            label={t("join-name")}
            autocomplete="name"
            maxLength={80}
            required
            value={name.value}
            onInput={(value) => {
              name.value = value;
            }}
            {...(wrong.value === "name" && { wrong: t("join-name-missing") })}
          />
          <CountryField land={land} organisation={organisation} wrong={wrong.value === "country"} />
          {guarded && passphraseField}
          <Choice
            legend={t("language")}
            options={LANGUAGES.map((one) => ({
              value: one.language,
              label: one.name,
              lang: one.tag,
              dir: one.dir,
            }))}
            value={language.value}
            onChoose={(value) => boot.speak(value)}
            across={3}
          />
          {boot.unspoken.value && (
            <p class="hint hint--wrong" role="alert">
              {t(boot.unspoken.value)}
            </p>
          )}
          <Key kind="go" tall wide submit disabled={busy.value}>
            {t(busy.value ? "joining" : "join")}
          </Key>
          {trouble.value && (
            <p class="hint hint--wrong" role="alert">
              {t(trouble.value)}
            </p>
          )}
          <p class="hint">{t(guarded ? "join-hint-file" : "join-hint")}</p>
          <Checks boot={boot} kind="only-phone t-meta" />
          {origin?.passphrase === "optional" && (
            <details>
              <summary class="key key--plain">{t("passphrase-add")}</summary>
              {passphraseField}
            </details>
          )}
        </form>
        {origin && restorable && !moved && (
          <>
            <div class="keys join__link">
              <Key kind="plain" onPress={() => void link()}>
                {t("join-link")}
              </Key>
            </div>
            <Restore boot={boot} />
          </>
        )}
      </main>
    </div>
  );
};
