/** In which order the members of a caucus stand. */
import type { CaucusMember } from "../../../src/types.ts";
import type { Controller } from "../controller.ts";
import { compare } from "../i18n/format.ts";

/** This person first, then who is here, then the others, each by name. */
export const rosterOf = (app: Controller, members: readonly CaucusMember[]): readonly CaucusMember[] =>
  members.toSorted(
    (a, b) =>
      Number(b.person === app.me) - Number(a.person === app.me) ||
      Number(b.online) - Number(a.online) ||
      compare(a.name, b.name),
  );
