/** What stands under a person's name: whether they are here, and what to know about them. */
import type { PersonView } from "../../../src/types.ts";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { isBroken } from "../verification.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** `Here`, `Away 14 min`, `Away since 13:10`. */
export const presenceOf = (person: Pick<PersonView, "online" | "lastHeard">, now: number): string => {
  if (person.online) return t("person-here");
  const { lastHeard } = person;
  if (lastHeard === undefined) return t("person-away");
  const away = now - lastHeard;
  // Under a minute, or a clock that was put back: the number would say nothing.
  if (away < MINUTE) return t("person-away");
  if (away < HOUR) return t("person-away-minutes", { minutes: Math.floor(away / MINUTE) });
  return t("person-away-since", { time: when(lastHeard, now) });
};

/** The same, with a mark for what matters before one writes. */
export const stateOf = (person: PersonView, now: number): string => {
  const presence = presenceOf(person, now);
  if (person.blocked) return t("person-state-blocked", { presence });
  if (isBroken(person.trust)) return t("person-state-changed");
  return person.looksLike.length > 0 ? t("person-state-alike", { presence }) : presence;
};
