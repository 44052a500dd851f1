import type { CaucusMember, GroupId } from "../../../src/types.ts";
import type { Controller } from "../controller.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Mark, Name, Placard } from "../parts/Placard.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { DOT } from "../text.ts";
import { isBroken } from "../verification.ts";
import { AskingMember } from "./AskingMember.tsx";
import { Contests, Motions } from "./Motions.tsx";
import { QuantumLine } from "./QuantumLine.tsx";
import { rosterOf } from "./roster.ts";

const stateOf = (app: Controller, one: CaucusMember): string => {
  if (one.state === "invited") return t("member-invited");
  if (one.equivocated) return t("twofold-short");
  const words = [t(one.person === app.me || one.online ? "here" : "away")];
  if (isBroken(one.trust)) words.push(t(one.trust === "changed" ? "key-changed" : "keys-differ"));
  if (one.guest) words.push(t("guest-link"));
  if (!one.confirmed) words.push(t("waiting-key-short"));
  if (one.person !== app.me && one.app === "vouched") words.push(t("app-vouched-short"));
  return words.join(DOT);
};

/** Who can read this: everybody of a caucus, and what is known of each. */
export const Readers = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const caucus = app.caucus(id);
  if (!caucus) return <Sheet title={t("readers")}>{t("not-there-hint")}</Sheet>;
  const asking = caucus.members.filter((one) => one.state === "asked");
  const terms = [...(caucus.adminsInvite ? [t("terms-admins")] : []), ...(caucus.noGuests ? [t("terms-guests")] : [])];
  const open = (one: CaucusMember): void => {
    if (one.person === app.me) return;
    if (one.equivocated || (caucus.admin && !caucus.direct)) {
      app.router.open({ over: "member", caucus: id, person: one.person });
    } else app.router.go({ at: "person", person: one.person });
  };
  const others = caucus.members.filter((one) => one.state !== "asked");
  return (
    <Sheet title={t("readers")}>
      <QuantumLine caucus={caucus} />
      {terms.length > 0 && (
        <p class="row quiet t-side room-after">
          <Icon name="door" size="m" />
          {terms.join(DOT)}
        </p>
      )}
      {caucus.state === "joined" && <Motions caucus={caucus} motions={caucus.motions ?? []} />}
      <Contests caucus={caucus} />
      {caucus.comparedAt !== undefined && (
        <p class="row quiet t-side room-after">
          <Icon name="seal" class="mark" />
          {t("room-compared", { time: when(caucus.comparedAt, Date.now()) })}
        </p>
      )}
      {asking.length > 0 && caucus.state === "joined" && (
        <ul class="rows rows--open bleed">
          {asking.map((one) => (
            <AskingMember key={one.person} caucus={caucus} member={one} />
          ))}
        </ul>
      )}
      <ul class="rows rows--open bleed">
        {rosterOf(app, others).map((one) => (
          <li key={one.person}>
            <button
              type="button"
              class="person"
              aria-disabled={one.person === app.me || undefined}
              onClick={() => open(one)}
            >
              <Placard who={one} presence={one.person === app.me ? "own" : one.online ? "here" : "away"} />
              <span class="grow">
                <span class="person__name">
                  {one.person === app.me ? t("you") : <Name name={one.name} />}
                  {one.person !== app.me && <Mark trust={one.trust} />}
                  {one.role === "admin" && <span class="quiet t-side">{t("member-admin")}</span>}
                </span>
                <span class="person__state">{stateOf(app, one)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
};
