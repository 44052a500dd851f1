/** Tells what changed about people's keys and names, once it is on disk. */
import { persons } from "../protocol/group.ts";
import type { PersonId, PersonView, Trust } from "../types.ts";
import { caucusView } from "./caucuses.ts";
import type { Session } from "./session.ts";

/** New names of one person that are told of in one run: a device that changes its name for ever tires nobody. */
const MAX_NAMES = 8;

/** What was told of somebody last. */
export interface Told {
  readonly trust: Trust;
  readonly names: ReadonlySet<string>;
}

const WORDS: Partial<Record<Trust, (name: string) => string>> = {
  changed: (name) => `${name} has a device that you have not compared. What you write where it would read is held.`,
  forked: (name) =>
    `Two lists of ${name}'s devices contradict each other. What you write where they would read is held.`,
};

/** Emits what `of` is now, in the caucuses that they are in. */
const tellCaucusesOf = (session: Session, of: PersonId): void => {
  for (const [group, { state }] of session.groups) {
    const view = persons(state.view).has(of) ? caucusView(session, group) : undefined;
    if (view) session.events.emit("caucus", view);
  }
};

const tell = (session: Session, view: PersonView): void => {
  const { person, trust, name, knownAs } = view;
  const { events, told, people } = session;
  const before = told.get(person);
  const known = before?.names ?? new Set<string>();
  told.set(person, { trust, names: known.has(name) || known.size > MAX_NAMES ? known : new Set([...known, name]) });
  events.emit("person", view);
  tellCaucusesOf(session, person);
  const words = before && before.trust !== trust ? WORDS[trust] : undefined;
  if (words) events.emit("notice", { level: "warn", code: `keys-${trust}`, text: words(name), person });
  if (!people.trust.get(person)?.check || knownAs === undefined || known.has(name) || known.size > MAX_NAMES) return;
  events.emit("notice", { level: "info", code: "renamed", text: `${knownAs} is called ${name} now.`, person });
};

/** Everything since the last time. */
export const tellTrust = (session: Session): void => {
  const { people } = session;
  const changed = [...people.trust.changed];
  people.trust.changed.clear();
  for (const person of changed) {
    const view = person === session.person ? undefined : people.view(person);
    if (view) tell(session, view);
  }
};

/** What was so when the process began is no news; what has changed since is. */
export const beginTelling = (session: Session): void => {
  const { people, told } = session;
  for (const { person, check } of people.trust.all()) {
    const view = people.view(person);
    if (!view) continue;
    const before =
      people.trust.changed.has(person) && check ? [check.name] : [view.name, ...(check ? [check.name] : [])];
    const trust = people.trust.changed.has(person) && check ? "verified" : view.trust;
    told.set(person, { trust, names: new Set(before) });
  }
  tellTrust(session);
};
