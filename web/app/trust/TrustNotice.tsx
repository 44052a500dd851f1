import type { PersonView } from "../../../src/types.ts";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { plainName } from "../text.ts";
import { isBroken } from "../verification.ts";

interface TrustNoticeProps {
  readonly person: PersonView;
  readonly name: string;
}

/** One notice at most: the weightiest of what one should know before writing to somebody. */
export const TrustNotice = ({ person, name }: TrustNoticeProps) => {
  const app = useController();
  if (person.blocked) {
    return (
      <NoticeBox icon={<Icon name="stop" size="m" />} title={t("person-blocked")}>
        {t("person-blocked-hint")}
      </NoticeBox>
    );
  }
  if (isBroken(person.trust)) {
    return (
      <NoticeBox tone="wax" icon={<Icon name="broken" size="m" />} title={t(`trust-${person.trust}`, { name })}>
        {t(`trust-${person.trust}-hint`, { name })}
      </NoticeBox>
    );
  }
  if (person.looksLike.length > 0) {
    const others = person.looksLike.map((one) =>
      one === app.me ? t("alike-you") : plainName(app.person(one)?.name ?? "") || t("nameless"),
    );
    return (
      <NoticeBox tone="wax" icon={<Icon name="warn" size="m" />} title={t("alike-title")}>
        {t("alike-hint", { names: others })}
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
        {person.checkedAt === undefined
          ? t("person-verified-hint", { name })
          : t(person.checkedBy === "emoji" ? "person-verified-emoji" : "person-verified-code", {
              name,
              time: when(person.checkedAt, Date.now()),
            })}
      </NoticeBox>
    );
  }
  return (
    <NoticeBox tone="amber" icon={<Icon name="unsealed" size="m" />} title={t("person-unverified")}>
      {t("person-unverified-hint", { name })}
    </NoticeBox>
  );
};
