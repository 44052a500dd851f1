import { useSignal } from "@preact/signals";
import type { PersonId, PersonView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import type { IconName } from "../parts/icons.ts";
import { Key } from "../parts/Key.tsx";
import { MainPane } from "../parts/Pane.tsx";
import { LargeCard } from "../parts/Placard.tsx";
import { plainName } from "../text.ts";
import { AppRow } from "../trust/AppRow.tsx";
import { TrustNotice } from "../trust/TrustNotice.tsx";
import { WaysOut } from "../trust/WaysOut.tsx";
import { isBroken } from "../verification.ts";
import { BringInto } from "./BringInto.tsx";
import { KeyOf } from "./KeyOf.tsx";
import { presenceOf } from "./personState.ts";
import { Titles } from "./Titles.tsx";

const WAYS = { direct: "person-direct", mesh: "person-mesh", none: "person-unreached" } as const;

const Block = ({ person, name }: { readonly person: PersonView; readonly name: string }) => {
  const app = useController();
  const asking = useSignal(false);
  if (person.blocked) return null;
  if (!asking.value) {
    return (
      <div class="keys keys--flush">
        <Key kind="danger" onPress={() => (asking.value = true)}>
          {t("person-block", { name })}
        </Key>
      </div>
    );
  }
  return (
    <div class="stack stack--tight" role="alert">
      <p>{t("person-block-hint", { name })}</p>
      <div class="keys keys--even">
        <Key onPress={() => (asking.value = false)}>{t("cancel")}</Key>
        <Key kind="seal" onPress={() => void app.membership.block(person.person)}>
          {t("person-block-now")}
        </Key>
      </div>
    </div>
  );
};

interface RowProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onPress: () => void;
}

const Row = ({ icon, label, onPress }: RowProps) => (
  <button type="button" class="set" onClick={onPress}>
    <Icon name={icon} />
    <span class="grow">{label}</span>
    <Icon name="onward" size="s" />
  </button>
);

/** Somebody: their card, how far they can be trusted, how they are reached, what one shares with them. */
export const PersonSheet = ({ person: id }: { readonly person: PersonId }) => {
  const app = useController();
  const person = app.person(id);
  if (!person) {
    return (
      <MainPane title={t("nameless")}>
        <p class="wrap quiet">{t(app.ready.value ? "person-gone" : "person-loading")}</p>
      </MainPane>
    );
  }
  const name = plainName(person.name) || t("nameless");
  const broken = isBroken(person.trust);
  const verify = () => app.router.open({ over: "verify", person: id });
  const shared = app.sorted.value.filter(
    (one) => !one.direct && one.state === "joined" && one.members.some((member) => member.person === id),
  );
  return (
    <MainPane title={<bdi>{name}</bdi>}>
      <div class="wrap narrow stack stack--loose">
        <LargeCard who={person} here={person.online} />
        <TrustNotice person={person} name={name} />
        {!person.blocked && (
          <div class="keys keys--even">
            {!person.verified && !broken && (
              <Key kind="go" tall onPress={verify}>
                {t("person-verify")}
              </Key>
            )}
            <Key {...(person.verified && { kind: "go" })} tall onPress={() => void app.membership.direct(id)}>
              {t("person-message")}
            </Key>
            {(person.verified || broken) && (
              <Key tall onPress={() => app.router.go({ at: "new-caucus", with: [id] })}>
                {t("person-new-caucus")}
              </Key>
            )}
          </div>
        )}
        {broken && <WaysOut person={id} name={name} />}
        <div class="rows rows--open">
          <div class="set">
            <Icon name={person.online ? (person.path === "direct" ? "direct" : "hub") : "none"} />
            <span class="grow">
              {presenceOf(person, Date.now())}
              <small>{t(person.online ? WAYS[person.path] : "person-later")}</small>
            </span>
          </div>
          {shared.length > 0 && (
            <div class="set">
              <Icon name="table" />
              <span class="grow">
                {t("person-shared", { caucuses: shared.length })}
                <small>
                  <Titles names={shared.map((one) => app.title(one))} />
                </small>
              </span>
            </div>
          )}
          {person.knownAs && (
            <div class="set">
              <Icon name="info" />
              <span class="grow">
                {t("person-was", { name: plainName(person.knownAs) || t("nameless") })}
                <small>{t("person-was-hint")}</small>
              </span>
            </div>
          )}
          {(person.app !== "guest" || broken || person.looksLike.length > 0) && <AppRow person={person} name={name} />}
          {!person.blocked && <BringInto person={person} />}
          {!person.blocked && !person.verified && !broken && (
            <Row
              icon="plus"
              label={t("person-new-caucus")}
              onPress={() => app.router.go({ at: "new-caucus", with: [id] })}
            />
          )}
          {person.verified && <Row icon="seal" label={t("person-verify-again")} onPress={verify} />}
          <KeyOf person={id} label={t("person-key")} hint={t("person-key-hint", { name })} />
        </div>
        <Block person={person} name={name} />
      </div>
    </MainPane>
  );
};
