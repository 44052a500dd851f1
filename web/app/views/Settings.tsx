import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Holdings } from "../../peer/backend.ts";
import type { Controller } from "../controller.ts";
import { number, when } from "../i18n/format.ts";
import { LANGUAGES, language, t } from "../i18n/index.ts";
import { NoticeBox } from "../parts/Empty.tsx";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import type { IconName } from "../parts/icons.ts";
import { Key } from "../parts/Key.tsx";
import { isBehindOwn } from "../parts/ownCertificate.ts";
import { MainPane } from "../parts/Pane.tsx";
import { QuietRows } from "../quiet/QuietRows.tsx";
import { fine } from "../pointer.ts";
import { TEXT_SIZES, THEMES } from "../preferences.ts";
import { plainName } from "../text.ts";
import { KeyOf } from "./KeyOf.tsx";
import { OwnCard } from "./OwnCard.tsx";
import { Titles } from "./Titles.tsx";

const Part = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) => (
  <section>
    <h2 class="group-head">{title}</h2>
    <div class="rows">{children}</div>
  </section>
);

interface RowProps {
  readonly icon: IconName;
  readonly label: string;
  readonly hint?: ComponentChildren;
}

const Row = ({ icon, label, hint }: RowProps) => (
  <div class="set">
    <Icon name={icon} />
    <span class="grow">
      {label}
      {hint && <small>{hint}</small>}
    </span>
  </div>
);

const Way = ({ icon, label, hint, onPress }: RowProps & { readonly onPress: () => void }) => (
  <button type="button" class="set" onClick={onPress}>
    <Icon name={icon} />
    <span class="grow">
      {label}
      {hint && <small>{hint}</small>}
    </span>
    <Icon name="onward" size="s" />
  </button>
);

interface PickProps<V extends string | number> {
  readonly icon: IconName;
  readonly label: string;
  readonly across: 2 | 3 | 4;
  readonly options: readonly { readonly value: V; readonly label: string; readonly lang?: string }[];
  readonly value: V;
  readonly onChoose: (value: V) => void;
}

const Pick = <V extends string | number>({ icon, label, across, options, value, onChoose }: PickProps<V>) => (
  <div class="set set--stack" role="group" aria-label={label}>
    <Icon name={icon} />
    <span class="grow">{label}</span>
    <div class={`choice across-${across}`}>
      {options.map((option) => (
        <button
          type="button"
          key={option.value}
          lang={option.lang}
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  </div>
);

const KINDS = { page: "set-kind-page", tab: "set-kind-tab", daemon: "set-kind-daemon", file: "set-kind-file" } as const;

const trustHint = ({ backend, kind }: Controller): string => {
  if (backend.guest) return "set-guest-hint";
  if (kind.value === "file") return "set-file-hint";
  return kind.value !== "daemon" && isBehindOwn(backend.hub) ? "set-own-certificate-hint" : "set-full-hint";
};

/** How the screens look, who one is, what this device holds, and the way out. */
export const Settings = () => {
  const app = useController();
  const { backend, preferences, router } = app;
  const holdings = useSignal<Holdings | undefined>(undefined);
  useEffect(() => {
    backend.holdings().then(
      (value) => (holdings.value = value),
      () => undefined,
    );
  }, []);
  const backup = holdings.value?.backup;
  const blocked = app.people.value.filter((person) => person.blocked);
  const hub = backend.hub;
  return (
    <MainPane title={t("tab-settings")} way="tab">
      <div class="wrap narrow stack stack--loose">
        <OwnCard />
        <Part title={t("set-reading")}>
          <Pick
            icon="globe"
            label={t("set-language")}
            across={3}
            options={LANGUAGES.map(({ language: value, name, tag: lang }) => ({ value, label: name, lang }))}
            value={language.value}
            onChoose={(value) => preferences.setLanguage(value)}
          />
          <Pick
            icon="letters"
            label={t("set-text-size")}
            across={4}
            options={TEXT_SIZES.map((value) => ({ value, label: t("set-percent", { percent: number(value) }) }))}
            value={preferences.textSize.value}
            onChoose={(value) => preferences.setTextSize(value)}
          />
          <Pick
            icon="contrast"
            label={t("set-appearance")}
            across={3}
            options={THEMES.map((value) => ({ value, label: t(`set-theme-${value}`) }))}
            value={preferences.theme.value}
            onChoose={(value) => preferences.setTheme(value)}
          />
          {fine() && <Way icon="edit" label={t("keys-title")} onPress={() => router.open({ over: "keys" })} />}
        </Part>
        <Part title={t("set-alerts")}>
          <QuietRows />
          <Row icon="none" label={t("set-locked")} hint={t("set-locked-hint")} />
        </Part>
        <Part title={t("set-identity")}>
          <Way
            icon="pocket"
            label={t("devices-title")}
            hint={t("set-devices-hint")}
            onPress={() => router.open({ over: "devices" })}
          />
          <Way
            icon="move"
            label={t("set-move")}
            hint={t("set-move-hint")}
            onPress={() => router.open({ over: "move" })}
          />
          <Way
            icon="keep"
            label={t("set-backup")}
            hint={
              backup === undefined
                ? t(backend.kind === "daemon" ? "set-never-backed" : "set-never-backed-page")
                : t("set-backed-up", { when: when(backup, Date.now()) })
            }
            onPress={() => router.open({ over: "move" })}
          />
          <Way
            icon="pocket"
            label={t("mail-title")}
            hint={t("set-mail-hint")}
            onPress={() => router.open({ over: "mail" })}
          />
          <Row
            icon="lock"
            label={t(backend.locked ? "set-locked-keys" : "set-open-keys")}
            hint={t(backend.locked ? "set-locked-keys-hint" : "set-open-keys-hint")}
          />
          <KeyOf person={app.me} label={t("set-key")} hint={t("set-key-hint")} />
        </Part>
        <Part title={t("set-about")}>
          <Row icon="info" label={t(KINDS[app.kind.value])} hint={t(trustHint(app))} />
          {hub && (
            <Row
              icon="hub"
              label={t("set-hub", { name: plainName(hub.name) })}
              hint={t("set-hub-hint", { url: hub.urls[0] ?? "" })}
            />
          )}
          {blocked.length > 0 && (
            <Row
              icon="stop"
              label={t("set-blocked", { people: blocked.length })}
              hint={<Titles names={blocked.map((person) => plainName(person.name))} />}
            />
          )}
        </Part>
        <section class="stack">
          <h2 class="group-head">{t("set-end")}</h2>
          <NoticeBox tone="wax" icon={<Icon name="wipe" size="m" />} title={t("set-wipe")}>
            {t("set-wipe-hint")}
          </NoticeBox>
          <Key kind="wax" tall wide onPress={() => router.open({ over: "wipe" })}>
            {t("set-wipe-key")}
          </Key>
        </section>
      </div>
    </MainPane>
  );
};
