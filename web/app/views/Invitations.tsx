import { useSignal } from "@preact/signals";
import type { GroupId } from "../../../src/types.ts";
import { clock } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Name, Placard } from "../parts/Placard.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { plainName } from "../text.ts";
import { stateOf } from "./personState.ts";

/** Somebody invites: who, to what; accept, decline without a word, or block them. */
export const Invitations = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  const asking = useSignal(false);
  const busy = useSignal(false);
  const all = app.invitations.value;
  const invitation = all.find((one) => one.caucus === caucus) ?? all[0];
  if (!invitation) {
    return (
      <Sheet title={t("ask-title")}>
        <p class="quiet">{t("ask-gone")}</p>
      </Sheet>
    );
  }
  const from = app.person(invitation.from);
  const name = plainName(invitation.fromName) || t("nameless");
  const run = (act: () => Promise<unknown>) => async () => {
    if (busy.peek()) return;
    busy.value = true;
    await act();
    busy.value = false;
    asking.value = false;
    if (app.invitations.peek().length === 0) app.router.closes("invitation");
  };
  const block = async (): Promise<void> => {
    await app.membership.decline(invitation.caucus);
    await app.membership.block(invitation.from);
  };
  const foot = asking.value ? (
    <>
      <Key tall onPress={() => (asking.value = false)}>
        {t("cancel")}
      </Key>
      <Key tall kind="seal" onPress={() => void run(block)()}>
        {t("person-block-now")}
      </Key>
    </>
  ) : (
    <>
      <Key tall onPress={() => void run(() => app.membership.decline(invitation.caucus))()}>
        {t("ask-decline")}
      </Key>
      <Key tall kind="go" onPress={() => void run(() => app.membership.accept(invitation.caucus))()}>
        {t(busy.value ? "ask-accepting" : "ask-accept")}
      </Key>
    </>
  );
  return (
    <Sheet title={t("ask-title")} body="stack" foot={foot}>
      <p class="matter t-title">
        <bdi>{plainName(invitation.name) || t("nameless")}</bdi>
      </p>
      <div class="rows rows--open bleed">
        <div class="person">
          <Placard who={from ?? { flag: "", delegation: "" }} presence={from?.online ? "here" : "away"} />
          <span class="grow">
            <span class="person__name">
              <Name name={invitation.fromName} />
            </span>
            <span class="person__state">{from ? stateOf(from, Date.now()) : t("ask-unknown")}</span>
          </span>
        </div>
      </div>
      <p class="quiet">
        {t(invitation.direct ? "ask-facts-direct" : "ask-facts", {
          members: invitation.members,
          time: clock(invitation.receivedAt),
        })}
      </p>
      {asking.value ? (
        <p role="status">{t("person-block-hint", { name })}</p>
      ) : (
        <>
          <p class="hint">{t("ask-decline-hint", { name })}</p>
          <div class="keys keys--flush">
            <Key kind="danger" onPress={() => (asking.value = true)}>
              {t("person-block", { name })}
            </Key>
          </div>
        </>
      )}
      {all.length > 1 && <p class="faint">{t("ask-more", { others: all.length - 1 })}</p>}
    </Sheet>
  );
};
