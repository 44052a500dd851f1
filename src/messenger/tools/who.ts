/** Persons by name, as views of tools show them. */
import type { PersonId } from "../../types.ts";
import type { Who } from "../../types/tools.ts";
import { nameOf } from "../lines.ts";
import type { Held } from "../parts.ts";
import type { Session } from "../session.ts";

/** Gives the name of anybody in a group; asked for each person once. */
export const namesIn = (session: Session, { state }: Held): ((person: PersonId) => Who) => {
  const known = new Map<PersonId, Who>();
  return (person) => {
    const before = known.get(person);
    if (before) return before;
    const name = person === session.person ? session.profile.name : nameOf(session.people, state.view, person);
    const who = { person, name };
    known.set(person, who);
    return who;
  };
};
