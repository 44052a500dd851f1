import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Invite, InviteOptions } from "../../../src/messenger/api.ts";
import type { GroupId } from "../../../src/types.ts";
import { clock, day, sameDay } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Choice } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { QrCode } from "../qr/QrCode.tsx";
import { CopyKey } from "./CopyKey.tsx";
import { HistoryChoice, type Granted } from "./HistoryChoice.tsx";

type Kind = "one" | "several";
const HOUR = 3_600_000;

const OPTIONS: Readonly<Record<Kind, InviteOptions>> = {
  one: { uses: 1, ttl: HOUR },
  several: { uses: 10, ttl: 12 * HOUR },
};

/** A code that lets somebody into a caucus: to scan, to copy, to type. */
export const InviteSheet = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  const view = app.caucus(caucus);
  const open = view?.open === true;
  const kind = useSignal<Kind>(open ? "several" : "one");
  const history = useSignal<Granted>("none");
  const made = useSignal<ReadonlyMap<string, Invite>>(new Map());
  const failed = useSignal(false);
  const wanted = kind.value;
  const granted = history.value;
  const which = `${wanted} ${granted}`;
  const invite = made.value.get(which);

  useEffect(() => {
    if (made.peek().has(which)) return;
    failed.value = false;
    void app.membership.invite(caucus, { ...OPTIONS[wanted], history: granted }).then((one) => {
      if (one) made.value = new Map(made.peek()).set(which, one);
      else failed.value = true;
    });
  }, [which]);

  if (!view) return null;
  const link = invite && app.backend.inviteLink(invite.code);
  return (
    <Sheet
      title={t("invite-title", { caucus: app.title(view) })}
      body="stack"
      foot={
        invite && (
          <>
            {link && <CopyKey text={link} label={t("invite-copy-link")} />}
            <CopyKey text={invite.code} label={t("invite-copy-code")} />
          </>
        )
      }
    >
      <Choice
        legend={t("invite-for")}
        value={wanted}
        onChoose={(value) => {
          kind.value = value;
        }}
        options={[
          { value: "one", label: t("invite-one") },
          { value: "several", label: t("invite-several") },
        ]}
        across={2}
        hint={t(`invite-${wanted}-hint`)}
      />
      <details class="unfold">
        <summary class="set">
          <Icon name="clock" />
          <span class="grow">
            {t("grant")}
            <small>{t(`grant-${granted}`)}</small>
          </span>
          <Icon name="down" size="s" class="unfold__sign" />
        </summary>
        <HistoryChoice titled value={granted} onChoose={(value) => (history.value = value)} />
      </details>
      {invite ? (
        <>
          <QrCode text={link ?? invite.code} label={t("invite-qr")} />
          <p class="quiet t-side mid">{t(link ? "invite-scan" : "invite-scan-code")}</p>
          <textarea
            class="input invite__text"
            dir="ltr"
            rows={2}
            readOnly
            aria-label={t(link ? "invite-link" : "invite-code")}
            value={link ?? invite.code}
            onFocus={(event) => event.currentTarget.select()}
          />
          <p class="faint mid">
            {t(sameDay(invite.expires, Date.now()) ? "invite-ends-today" : "invite-ends", {
              day: day(invite.expires),
              time: clock(invite.expires),
            })}
          </p>
        </>
      ) : (
        <p class="quiet mid" role="status">
          {t(failed.value ? "invite-failed" : "invite-making")}
        </p>
      )}
      <div class="rows rows--open">
        <button type="button" class="set" onClick={() => app.router.open({ over: "poster", caucus })}>
          <Icon name="pin" />
          <span class="grow">
            {t("invite-poster")}
            <small>{t("invite-poster-row")}</small>
          </span>
          <Icon name="onward" size="s" />
        </button>
        <button type="button" class="set" onClick={() => app.router.open({ over: "codes", caucus })}>
          <Icon name="door" />
          <span class="grow">
            {t("menu-codes")}
            <small>{t("menu-codes-hint")}</small>
          </span>
          <Icon name="onward" size="s" />
        </button>
      </div>
      {!open && !view.noGuests && <p class="hint">{t("invite-guests")}</p>}
    </Sheet>
  );
};
