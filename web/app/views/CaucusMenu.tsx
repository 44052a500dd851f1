import { useSignal } from "@preact/signals";
import type { GroupId } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { ALERTS } from "../preferences.ts";
import { CaucusTerms } from "./CaucusTerms.tsx";
import { FindRows } from "./Finding.tsx";

/** What of it may stand out. */
const AlertChoice = ({ caucus }: { readonly caucus: GroupId }) => {
  const { preferences } = useController();
  const now = preferences.alert(caucus);
  return (
    <div class="set set--stack" role="group" aria-label={t("menu-alerts")}>
      <Icon name={now === "none" ? "mute" : "bell"} />
      <span class="grow">
        {t("menu-alerts")}
        <small>{t(`menu-alerts-${now}-hint`)}</small>
      </span>
      <div class="choice across-3">
        {ALERTS.map((alert) => (
          <button
            type="button"
            key={alert}
            aria-pressed={alert === now}
            onClick={() => preferences.setAlert(caucus, alert)}
          >
            {t(`menu-alerts-${alert}`)}
          </button>
        ))}
      </div>
    </div>
  );
};

/** What can be done with a caucus. */
export const CaucusMenu = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const sure = useSignal(false);
  const caucus = app.caucus(id);
  if (!caucus) return <Sheet title={t("more")}>{t("not-there-hint")}</Sheet>;
  const joined = caucus.state === "joined";
  const waiting = caucus.members.filter((one) => one.state === "asked").length;
  return (
    <Sheet title={<bdi>{app.title(caucus) || t("nameless")}</bdi>} body="stack">
      <div class="rows rows--open">
        <button type="button" class="set" onClick={() => app.router.open({ over: "readers", caucus: id })}>
          <Icon name="people" />
          <span class="grow">
            {t("readers")}
            <small>{t("readers-count", { count: caucus.members.length })}</small>
          </span>
          <Icon name="onward" size="s" />
        </button>
        <FindRows caucus={id} />
        {caucus.mayInvite && joined && !caucus.direct && (
          <button type="button" class="set" onClick={() => app.router.open({ over: "invite", caucus: id })}>
            <Icon name="qr" />
            <span class="grow">
              {t("menu-invite")}
              <small>{t("menu-invite-hint")}</small>
            </span>
            <Icon name="onward" size="s" />
          </button>
        )}
        {joined && !caucus.direct && (
          <button type="button" class="set" onClick={() => app.router.open({ over: "codes", caucus: id })}>
            <Icon name="door" />
            <span class="grow">
              {t("menu-codes")}
              <small>{waiting > 0 ? t("menu-codes-waiting", { count: waiting }) : t("menu-codes-hint")}</small>
            </span>
            <Icon name="onward" size="s" />
          </button>
        )}
        {joined && !caucus.direct && caucus.members.length > 1 && (
          <button type="button" class="set" onClick={() => app.router.open({ over: "room", caucus: id })}>
            <Icon name={caucus.comparedAt === undefined ? "unsealed" : "seal"} />
            <span class="grow">
              {t("room-title")}
              <small>
                {caucus.comparedAt === undefined
                  ? t("room-menu-hint")
                  : t("room-compared", { time: when(caucus.comparedAt, Date.now()) })}
              </small>
            </span>
            <Icon name="onward" size="s" />
          </button>
        )}
        <AlertChoice caucus={id} />
        {joined && <CaucusTerms caucus={caucus} />}
      </div>
      {joined && !sure.value && (
        <Key
          kind="danger"
          onPress={() => {
            sure.value = true;
          }}
        >
          {t("menu-leave")}
        </Key>
      )}
      {joined && sure.value && (
        <div class="stack stack--tight">
          <p class="quiet">{t("menu-leave-sure")}</p>
          <div class="keys keys--even">
            <Key
              onPress={() => {
                sure.value = false;
              }}
            >
              {t("cancel")}
            </Key>
            <Key kind="wax" onPress={() => void app.membership.leave(id)}>
              {t("menu-leave")}
            </Key>
          </div>
        </div>
      )}
    </Sheet>
  );
};
