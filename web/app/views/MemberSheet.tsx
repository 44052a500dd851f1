import type { CaucusMember, CaucusView, GroupId, PersonId } from "../../../src/types.ts";
import { decide, takesTwo, type Destiny } from "../governing.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { plainName } from "../text.ts";
import { Sure } from "../trust/Sure.tsx";
import { Motions } from "./Motions.tsx";

interface DecisionsProps {
  readonly caucus: CaucusView;
  readonly member: CaucusMember;
  readonly name: string;
}

/** What an admin may decide about somebody. */
const Decisions = ({ caucus, member, name }: DecisionsProps) => {
  const app = useController();
  const { person, role, state } = member;
  const moved = (to: Destiny): boolean => caucus.motions?.some((one) => one.about === person && one.to === to) === true;
  const row = (to: Destiny) => ({
    question: `${t(`member-${to}-sure`, { name })}${takesTwo(caucus, person, to) ? ` ${t("takes-two")}` : ""}`,
    yes: t(`member-${to}-yes`),
    onYes: () => void decide(app, caucus.caucus, { about: person, to }),
  });
  const other = role === "admin" ? "member" : "admin";
  return (
    <>
      {state === "joined" && !moved(other) && (
        <Sure icon="sliders" label={t(`member-to-${other}`)} hint={t(`member-to-${other}-hint`)} {...row(other)} />
      )}
      {!moved("out") && (
        <Sure icon="door" label={t("held-remove", { name })} hint={t("member-out-hint")} {...row("out")} />
      )}
    </>
  );
};

interface MemberSheetProps {
  readonly caucus: GroupId;
  readonly person: PersonId;
}

/** Somebody as one of a caucus: what they are in it, and what its admins may decide about that. */
export const MemberSheet = ({ caucus: id, person }: MemberSheetProps) => {
  const app = useController();
  const caucus = app.caucus(id);
  const member = app.member(id, person);
  if (!caucus || !member) return <Sheet title={t("nameless")}>{t("member-gone")}</Sheet>;
  const name = plainName(member.name) || t("nameless");
  const motions = caucus.motions?.filter((one) => one.about === person) ?? [];
  return (
    <Sheet title={<bdi>{name}</bdi>} body="stack">
      {member.equivocated && (
        <NoticeBox tone="wax" icon={<Icon name="broken" size="m" />} title={t("twofold", { name })}>
          {t("twofold-hint", { name })}
        </NoticeBox>
      )}
      <Motions caucus={caucus} motions={motions} />
      <div class="rows rows--open">
        <button type="button" class="set" onClick={() => app.router.go({ at: "person", person })}>
          <Icon name="people" />
          <span class="grow">
            {t("entry-person")}
            <small>{t("member-card-hint")}</small>
          </span>
          <Icon name="onward" size="s" />
        </button>
        {caucus.admin && person !== app.me && <Decisions caucus={caucus} member={member} name={name} />}
      </div>
    </Sheet>
  );
};
