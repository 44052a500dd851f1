import { useSignal } from "@preact/signals";
import type { PersonId, PersonView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { NoticeBox } from "../parts/Empty.tsx";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { MainPane } from "../parts/Pane.tsx";
import { LargeCard } from "../parts/Placard.tsx";
import { plainName } from "../text.ts";
import { BringInto } from "./BringInto.tsx";
import { KeyOf } from "./KeyOf.tsx";
import { presenceOf } from "./personState.ts";
import { Titles } from "./Titles.tsx";

/** One notice at most: the weightiest of what one should know before writing to somebody. */
const TrustNotice = ({ person, name }: { readonly person: PersonView; readonly name: string }) => {
  if (person.blocked) {
    return (
      <NoticeBox icon={<Icon name="stop" size="m" />} title={t("person-blocked")}>
        {t("person-blocked-hint")}
      </NoticeBox>
    );
  }
  if (person.guest) {
    return (
      <NoticeBox tone="amber" icon={<Icon name="door" size="m" />} title={t("person-guest")}>
        {t("person-guest-hint", { name })}
      </NoticeBox>
    );
  }
  if (person.verified) {
    return (
      <NoticeBox tone="go" icon={<Icon name="seal" size="m" />} title={t("verified")}>
        {t("person-verified-hint", { name })}
      </NoticeBox>
    );
  }
  return (
    <NoticeBox tone="amber" icon={<Icon name="unsealed" size="m" />} title={t("person-unverified")}>
      {t("person-unverified-hint", { name })}
    </NoticeBox>
  );
};

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
            <Key kind="go" tall onPress={() => void app.membership.direct(id)}>
              {t("person-message")}
            </Key>
            <Key tall onPress={() => app.router.go({ at: "new-caucus", with: [id] })}>
              {t("person-new-caucus")}
            </Key>
          </div>
        )}
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
          {!person.blocked && <BringInto person={person} />}
          <KeyOf person={id} label={t("person-key")} hint={t("person-key-hint", { name })} />
        </div>
        <Block person={person} name={name} />
      </div>
    </MainPane>
  );
};
