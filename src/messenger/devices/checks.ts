/** What another device of this person compared in person, taken over here: whatever is in doubt stays in doubt. SPEC.md §16. */
import { base64urlnopad } from "@scure/base";
import { readChecked } from "../../protocol/checked.ts";
import { beginHistory, covers, followList, readList, type ListSeen } from "../../protocol/deviceHistory.ts";
import { MAX_DEVICES } from "../../protocol/limits.ts";
import type { DeviceId, PersonId } from "../../types.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import type { Check, TrustRecord } from "../trustBook.ts";
import { afterwards } from "../verifying.ts";

/** By the newest list that is known here: a lost device verifies nobody. */
const isLinked = ({ card, people, person }: Session, device: DeviceId): boolean =>
  card.devices.devices.some((one) => one.device === device) && !people.devices.revoked({ person, device });

const known = ({ people }: Session, person: PersonId): TrustRecord | undefined => {
  const card = people.get(person)?.card;
  return card ? people.trust.of(card) : people.trust.get(person);
};

const keep = (step: Step, record: TrustRecord): void => {
  const { session } = step;
  // In memory at once: what doubts it may stand in the same frame.
  step.write(session.people.trust.put(record));
  step.after(() => {
    // What was held for keys that are compared now goes on its way.
    const view = afterwards(session, record.person) as ReturnType<Session["people"]["view"]>;
    if (view && !session.verification.here) session.events.emit("person", view);
  });
};

interface Said {
  readonly person: PersonId;
  readonly json: string | undefined;
  /** The device that says so. */
  readonly from: DeviceId;
}

/** What its device has signed: that a value came with another's name says nothing of who made it. */
const readCheck = (
  json: string | undefined,
): { readonly seen: ListSeen; readonly check: Check & { readonly from: DeviceId } } | undefined => {
  try {
    const value: unknown = JSON.parse(json ?? "null");
    const said = typeof value === "string" ? readChecked(base64urlnopad.decode(value)) : undefined;
    const seen = said && readList(said.list);
    if (!seen || seen.person !== said.person) return undefined;
    const { at, by, name, device } = said;
    return { seen, check: { at, by, name, devices: seen.devices, from: device } };
  } catch {
    return undefined;
  }
};

/** Somebody was compared on another device, and it was the same. */
export const takeCheck = (step: Step, person: PersonId, json: string | undefined): void => {
  const { session } = step;
  const read = readCheck(json);
  if (!read || read.seen.person !== person || person === session.person) return;
  const { seen, check } = read;
  // What this one compared it knows by itself.
  if (check.from === session.card.device || !isLinked(session, check.from)) return;
  const record = known(session, person) ?? {
    person,
    history: beginHistory(seen),
    forked: false,
    mismatch: false,
    others: [],
    vouches: [],
  };
  const { history, verdict } = followList(record.history, seen);
  // Two lists that contradict each other: what was compared there, and what came here. Their person decides, on each device.
  if (verdict === "forked") return keep(step, { ...record, forked: true, check: record.check ?? check });
  if (record.forked) return;
  const before = record.check;
  if (before && verdict === "older") return;
  const counts = before === undefined || !covers(before.devices, seen.devices);
  // Whichever of them is lost some day, what the others compared is not forgotten with it.
  const others = addCheck(record.others, counts ? before : check).filter(({ from }) => !counts || from !== check.from);
  if (counts) keep(step, { ...record, history, check, others });
  else if (before.from !== check.from) step.write(session.people.trust.put({ ...record, others }));
};

/** One of each device. */
const addCheck = (checks: readonly Check[], check: Check | undefined): readonly Check[] =>
  check ? [...checks.filter(({ from }) => from !== check.from), check].slice(-MAX_DEVICES) : checks;

/** Somebody was compared on another device, and it was not the same. */
export const takeMismatch = (step: Step, { person, json, from }: Said): void => {
  const { session } = step;
  const record = json === "true" && isLinked(session, from) ? known(session, person) : undefined;
  if (record && !record.mismatch) keep(step, { ...record, mismatch: true });
};

/**
 * What devices compared that are revoked by now counts no longer, but what others did: who blocked before they said so blocks
 * again, and who blocks for another reason blocks on.
 */
export const dropLostChecks = (step: Step): void => {
  const { session } = step;
  const { people, person } = session;
  const isLost = ({ from }: Check): boolean => from !== undefined && people.devices.revoked({ person, device: from });
  for (const record of people.trust.all()) {
    const { check, others: all, history, ...rest } = record;
    const others = all.filter((one) => !isLost(one));
    if (check && isLost(check) && covers(check.devices, history.devices)) {
      const next = others.find((one) => covers(one.devices, history.devices)) ?? others.at(-1);
      keep(step, { ...rest, history, others: others.filter((one) => one !== next), ...(next && { check: next }) });
    } else if (others.length < all.length) step.write(people.trust.put({ ...record, others }));
  }
};
