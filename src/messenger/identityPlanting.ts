/** Putting a person who moved into an empty store, as a new device: caucuses are there to read, and have no seat. */
import { type ChainChanges, withChange } from "../content/changes.ts";
import { invalid, usage } from "../errors.ts";
import { Dag } from "../protocol/dag.ts";
import { fromOps, newSeat } from "../protocol/group.ts";
import { readCard } from "../protocol/identity.ts";
import { withVerdicts } from "../protocol/lateEngine.ts";
import { admitAll } from "../protocol/proving.ts";
import type { Change } from "../store/record.ts";
import { put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { GroupId, MessageId, Random } from "../types.ts";
import type { MovedCaucus, MovedIdentity } from "./identityFile.ts";
import { changedAt, changesRecord } from "./changeBook.ts";
import type { Line } from "./lines.ts";
import { changesOf, noMarks } from "./parts.ts";
import { People } from "./people.ts";
import { markGuest, putProfile, putSelf } from "./selfRecord.ts";
import { lineChanges } from "./step.ts";

/** Where the changes lie that are among these lines. */
const changesIn = (group: GroupId, lines: readonly Line[]): readonly Change[] => {
  const out = new Map<string, { readonly to: MessageId; readonly all: ChainChanges }>();
  for (const line of lines)
    for (const { to, ...change } of changedAt(line, [line, ...line.again])) {
      const { chain, author } = change;
      const known = out.get(to + chain)?.all ?? { chain, author, changes: [] };
      out.set(to + chain, { to, all: withChange(known, change) });
    }
  return [...out.values()].map(({ to, all }) => changesRecord({ group, to }, all));
};

const plantCaucus = async ({ group, ops, lines }: MovedCaucus, random: Random): Promise<readonly Change[]> => {
  const dag = new Dag();
  await admitAll(dag, ops);
  // A seat that nobody admitted: this device is in no caucus until it is invited.
  const state = fromOps(dag, newSeat(random));
  if (state?.group !== group)
    throw invalid("identity-damaged", "a caucus of this identity file does not hold together; make the file anew");
  const out = [...changesOf(undefined, { state, marks: noMarks }, 0)];
  for (const line of lines) {
    const { message, time } = line;
    out.push(...lineChanges(group, line));
    out.push(put({ space: "place", group, message }, [time, message]));
    if (line.goes !== undefined) out.push(put({ space: "fade", group, time: line.goes, message }, null));
  }
  return [...out, ...changesIn(group, lines)];
};

/**
 * Writes a moved identity, whole or not at all.
 *
 * @throws {CouloirError} `usage` "not-empty" when the store has a person already
 */
export const plantIdentity = async (
  store: Store,
  { self, profile, contacts, caucuses }: MovedIdentity,
  random: Random,
): Promise<void> => {
  if ((await store.get({ space: "profile", name: "self" })) !== undefined)
    throw usage("not-empty", "there is a person on this device already; wipe it first");
  const people = new People(() => 0);
  const changes: Change[] = [];
  const cards = await withVerdicts(() => contacts.map(({ card }) => readCard(card)));
  for (const [at, card] of cards.entries()) {
    if (!card) continue;
    changes.push(...people.learn(card));
    if (contacts[at]?.blocked === true) changes.push(...people.block(card.person));
  }
  for (const one of caucuses) changes.push(...(await plantCaucus(one, random)));
  await store.commit([...changes, putSelf(self), putProfile(profile), ...(self.guest ? [markGuest] : [])]);
};
