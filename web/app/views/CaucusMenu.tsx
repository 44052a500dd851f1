import { useSignal } from "@preact/signals";
import type { GroupId } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { CaucusTerms } from "./CaucusTerms.tsx";
import { FindRows } from "./Finding.tsx";

/** What can be done with a caucus. */
export const CaucusMenu = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const sure = useSignal(false);
  const caucus = app.caucus(id);
  if (!caucus) return <Sheet title={t("more")}>{t("not-there-hint")}</Sheet>;
  const muted = app.preferences.muted.value.has(id);
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
        <label class="set">
          <Icon name={muted ? "mute" : "bell"} />
          <span class="grow">
            {t("menu-mute")}
            <small>{t("menu-mute-hint")}</small>
          </span>
          <input class="switch" type="checkbox" checked={muted} onChange={() => app.preferences.setMuted(id, !muted)} />
        </label>
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
