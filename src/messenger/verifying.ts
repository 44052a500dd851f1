/** What a person decides about the keys of others: that they are right, that they will do, whose app is what it claims. */
import { refused, usage } from "../errors.ts";
import { beginHistory, covers, followList, listOf } from "../protocol/deviceHistory.ts";
import { readVerifyCode, writeVerifyCode } from "../protocol/verifyCode.ts";
import type { ListSeen } from "../protocol/deviceHistory.ts";
import type { PersonId, PersonView } from "../types.ts";
import type { Contact } from "./people.ts";
import { flushSoon } from "./saying.ts";
import type { Session } from "./session.ts";
import { shareAccepted, shareCheck } from "./sharedChecks.ts";
import type { Step } from "./step.ts";
import type { Check, TrustRecord } from "./trustBook.ts";

/** What this device shows. */
export const verifyCode = ({ self }: Session): string => writeVerifyCode(self.devices);

/** Usage error `unknown-person` for somebody of whom no card is known. */
export const needContact = ({ people }: Session, person: PersonId): Contact => {
  const contact = people.get(person);
  if (!contact) throw usage("unknown-person", "nobody of that id is known here; both of you have to be online once");
  return contact;
};

/** Writes a record, which counts once it is on disk. */
export const keepRecord = (step: Step, record: TrustRecord): void => {
  const { trust } = step.session.people;
  step.write(trust.stored(record));
  step.after(() => trust.put(record));
};

/** The view of somebody after a change, with what that let go on its way. */
export const afterwards = (session: Session, person: PersonId): PersonView => {
  for (const [group, waiting] of session.outbox) if (waiting.length > 0) flushSoon(session, group);
  return session.people.view(person) as PersonView;
};

/**
 * A list that was compared in person. One that contradicts another which was compared before changes nothing but that this
 * is known: then somebody else has their keys, or had them. Where nothing was compared before, what is shown counts.
 */
const checked = (record: TrustRecord, seen: ListSeen, check: Omit<Check, "devices">): TrustRecord => {
  const { history, verdict } = followList(record.history, seen);
  const forked = verdict === "forked";
  if (forked && record.check) return { ...record, forked };
  const fresh = { ...check, devices: seen.devices };
  return {
    ...record,
    history: forked ? beginHistory(seen) : history,
    forked,
    mismatch: false,
    check: fresh,
    others: [],
  };
};

/** Somebody was compared in person, and it was the same: what is known of them now. Their other devices hear of it. */
export const keepCompared = async (
  step: Step,
  record: TrustRecord,
  { seen, by, name }: { readonly seen: ListSeen } & Pick<Check, "by" | "name">,
): Promise<TrustRecord> => {
  const check = { at: step.now, by, name };
  const after = checked(record, seen, check);
  keepRecord(step, after);
  if (after.check?.at === check.at) await shareCheck(step, seen, check);
  return after;
};

/** Refused where lists contradict each other, or the one that was compared leaves a known device out. */
export const needWhole = ({ history, forked, check }: TrustRecord, seen: ListSeen, name: string): void => {
  const counts = check !== undefined && covers(check.devices, seen.devices);
  if (forked)
    throw refused(
      "devices-forked",
      `two lists of ${name}'s devices contradict each other: somebody else may have their keys. ${counts ? "The devices that you compared now count as verified, others do not" : "What you compared before still counts, and this does not; if you are sure who is with you, accept their keys and compare again"}`,
    );
  if (!covers(seen.devices, history.devices))
    throw refused(
      "devices-differ",
      `a device of ${name} is known here that was not compared; compare with it as well, or remove it. The others count as verified`,
    );
};

const named = ({ people }: Session, person: PersonId): string => {
  const name = people.get(person)?.card.name;
  return name === undefined
    ? `somebody who is not known here (${person.slice(0, 8)})`
    : `${name} (${person.slice(0, 8)})`;
};

/** See `MessengerApi.verify`. */
export const verify = async (session: Session, code: string, person?: PersonId): Promise<PersonView> => {
  const read = readVerifyCode(code);
  if (!read) throw usage("bad-code", "that is no whole code; scan or copy it again, from “couloir-verify:” to its end");
  const { seen } = read;
  if (seen.person === session.person) throw usage("own-code", "that is your own code; take the one that they show");
  if (person !== undefined && seen.person !== person)
    throw refused(
      "code-of-another",
      `this is the code of ${named(session, seen.person)}, not of ${named(session, person)}: whoever shows it is not whom you have under that name`,
    );
  const { card } = needContact(session, seen.person);
  const record = await session.step(async (step) => {
    return keepCompared(step, session.people.trust.of(card), { seen, by: "code", name: card.name });
  });
  const view = afterwards(session, seen.person);
  needWhole(record, seen, card.name);
  return view;
};

/** See `MessengerApi.acceptKeys`. */
export const acceptKeys = async (session: Session, person: PersonId): Promise<PersonView> => {
  const { card } = needContact(session, person);
  const { check: _dropped, ...record } = session.people.trust.of(card);
  // Of lists that contradict each other the one of their newest card counts.
  const history = record.forked ? beginHistory(listOf(card)) : record.history;
  await session.step(async (step) => {
    keepRecord(step, { ...record, history, forked: false, mismatch: false, others: [] });
    await shareAccepted(step, person);
  });
  return afterwards(session, person);
};
