/** Whose names look alike. A name never stands for an identity; two that look alike are pointed out. */
import type { Card } from "../protocol/identity.ts";
import type { PersonId } from "../types.ts";
import type { Session } from "./session.ts";
import { skeletons } from "./skeleton.ts";

/** Look-alikes that are named. */
const MAX_NAMED = 8;

/** Who bears which name. */
class Names {
  readonly #bySkeleton = new Map<string, Set<PersonId>>();
  readonly #names = new Map<PersonId, string>();

  put(person: PersonId, name: string | undefined): void {
    const before = this.#names.get(person);
    if (before === name) return;
    for (const one of skeletons(before ?? "")) {
      const bearers = this.#bySkeleton.get(one);
      bearers?.delete(person);
      if (bearers?.size === 0) this.#bySkeleton.delete(one);
    }
    if (name === undefined) return void this.#names.delete(person);
    this.#names.set(person, name);
    for (const one of skeletons(name))
      this.#bySkeleton.set(one, (this.#bySkeleton.get(one) ?? new Set<PersonId>()).add(person));
  }

  /** Others of a name that looks like this person's, known longest first. */
  *like(person: PersonId): Generator<PersonId> {
    const seen = new Set([person]);
    for (const skeleton of skeletons(this.#names.get(person) ?? ""))
      for (const one of this.#bySkeleton.get(skeleton) ?? []) {
        if (seen.has(one)) continue;
        seen.add(one);
        yield one;
      }
  }
}

/** Begins to point them out. */
export const watchNames = (session: Session): void => {
  const { people, person: self } = session;
  const names = new Names();
  const learn = (person: PersonId, card: Card | undefined): void => {
    if (person !== self) names.put(person, card?.name);
  };
  for (const [person, { card }] of people.all()) learn(person, card);
  people.onCard = learn;
  people.alike = (person) => {
    names.put(self, session.profile.name);
    const settled = (one: PersonId): boolean => {
      const check = people.trust.get(one)?.check;
      return one === self || (check !== undefined && check.name === people.get(one)?.card.name);
    };
    const out: PersonId[] = [];
    // Whoever was compared under the name that they bear is not the one in doubt.
    const beyondDoubt = settled(person);
    for (const one of names.like(person)) {
      if (beyondDoubt && !settled(one)) continue;
      out.push(one);
      if (out.length === MAX_NAMED) break;
    }
    return out;
  };
  for (const [person] of people.all()) {
    const view = people.view(person);
    if (view && person !== self && view.looksLike.length > 0) session.events.emit("person", view);
  }
};
