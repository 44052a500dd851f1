/** The name of somebody who is in a caucus, or was. */
import type { GroupId, PersonId } from "../../../src/types.ts";
import type { Controller } from "../controller.ts";
import { t } from "../i18n/index.ts";
import { plainName } from "../text.ts";

/** "You" for this person, a word in its place where there is no name. */
export const nameIn = (app: Controller, caucus: GroupId, person: PersonId): string => {
  if (person === app.me) return t("you");
  return plainName(app.member(caucus, person)?.name ?? app.person(person)?.name ?? "") || t("nameless");
};
