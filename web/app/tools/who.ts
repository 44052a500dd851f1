/** Who and which delegation, as cards and boards show them. */
import type { GroupId, PersonId, Profile } from "../../../src/types.ts";
import type { Who } from "../../../src/types/tools.ts";
import type { Controller } from "../controller.ts";
import { country } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { plainName } from "../text.ts";

const NOBODY = { flag: "", delegation: "" };

/** What stands on somebody's placard, also of one who has left. */
export const placardOf = (app: Controller, caucus: GroupId, person: PersonId): Pick<Profile, "flag" | "delegation"> =>
  person === app.me ? app.profile.value : (app.member(caucus, person) ?? app.person(person) ?? NOBODY);

/** "You", a name, or a word in its place. */
export const nameOf = (app: Controller, { person, name }: Who): string =>
  person === app.me ? t("you") : plainName(name) || t("nameless");

/** Names that are said in a row; of more there is an ellipsis. */
const IN_A_ROW = 5;

/** Some of many, by name. */
export const namesOf = (app: Controller, all: readonly Who[]): readonly string[] => [
  ...all.slice(0, IN_A_ROW).map((one) => nameOf(app, one)),
  ...(all.length > IN_A_ROW ? ["…"] : []),
];

const isCountry = (delegation: string): boolean => /^[A-Z]{2}$/.test(delegation);

/** A delegation by its name: a country's in the reader's language. */
export const landOf = (delegation: string): string =>
  (isCountry(delegation) ? country(delegation) : plainName(delegation)) || t("nameless");

/** What stands on a delegation's placard. */
export const placardFor = (delegation: string): Pick<Profile, "flag" | "delegation"> =>
  isCountry(delegation) ? { flag: delegation, delegation: "" } : { flag: "", delegation };
