/** Roll calls as people see them: whom any of their messages has reached. */
import type { RollCallOf } from "../../content/rollCalls.ts";
import { persons } from "../../protocol/group.ts";
import type { CalledView, RollCallView } from "../../types/tools.ts";
import { receiptsOf } from "../history.ts";
import type { Held } from "../parts.ts";
import type { Session } from "../session.ts";
import { namesIn } from "./who.ts";

/** Of what was said once more, the last so many are looked at: a receipt of one before has long been told. */
const LOOKED_AT = 16;

/** One roll call. */
export const rollCallView = async (session: Session, held: Held, call: RollCallOf): Promise<RollCallView> => {
  const who = namesIn(session, held);
  const { message, by, at, text, again, read: said } = call;
  const people = new Map(
    [...persons(held.state.view)]
      .filter((person) => person !== by)
      .map((person) => {
        const saidSo = said.get(person);
        const read = saidSo !== undefined;
        return [person, { ...who(person), reached: read, read, ...(read && { saidSo }) } as CalledView] as const;
      }),
  );
  for (const one of [message, ...again.slice(-LOOKED_AT)])
    for (const { person, reached, read } of (await receiptsOf(session, held, one)) ?? []) {
      const known = people.get(person);
      if (known) people.set(person, { ...known, reached: known.reached || reached, read: known.read || read });
    }
  const all = [...people.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return {
    tool: "rollCall",
    caucus: held.state.group,
    message,
    by: who(by),
    at,
    text,
    reached: all.filter(({ reached }) => reached).length,
    read: all.filter(({ read }) => read).length,
    of: all.length,
    people: all,
    missing: all.filter(({ reached }) => !reached).map(({ person, name }) => ({ person, name })),
    again: again.length,
  };
};
