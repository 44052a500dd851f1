import { useSignal } from "@preact/signals";
import type { CaucusMember, CaucusView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { approve, refuse } from "../inviting.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Mark, Name, Placard } from "../parts/Placard.tsx";
import { plainName } from "../text.ts";
import { GuestQuestion } from "./GuestQuestion.tsx";

interface AskingMemberProps {
  readonly caucus: CaucusView;
  readonly member: CaucusMember;
}

/** Somebody who followed a code and waits to be let in. */
export const AskingMember = ({ caucus, member }: AskingMemberProps) => {
  const app = useController();
  const asking = useSignal(false);
  const admit = (): void => void approve(app, caucus.caucus, member.person);
  const name = plainName(member.name) || t("nameless");
  return (
    <li>
      <div class="person">
        <Placard who={member} presence={member.online ? "here" : "away"} />
        <span class="grow">
          <span class="person__name">
            <Name name={member.name} />
            <Mark trust={member.trust} />
            {member.guest && <span class="tag">{t("guest")}</span>}
          </span>
          <span class="person__state">{t("member-asks")}</span>
        </span>
      </div>
      {!asking.value && caucus.mayInvite && (
        <div class="inset keys keys--even room-after">
          <Key onPress={() => void refuse(app, caucus.caucus, { person: member.person, name })}>
            {t("member-refuse")}
          </Key>
          <Key
            kind="go"
            onPress={() => {
              if (member.guest && !caucus.open) asking.value = true;
              else admit();
            }}
          >
            {t("member-admit")}
          </Key>
        </div>
      )}
      {asking.value && (
        <div class="inset">
          <GuestQuestion onYes={admit} onNo={() => (asking.value = false)} />
        </div>
      )}
    </li>
  );
};
