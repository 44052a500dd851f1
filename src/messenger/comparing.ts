/**
 * Seven emoji between two persons: who asks commits to a nonce, the other answers with theirs once their person agrees, and
 * only then the first opens theirs. SPEC.md §16.
 */
import { usage } from "../errors.ts";
import { equalBytes, hex } from "../protocol/codec.ts";
import type { PairWord } from "../protocol/control.ts";
import type { Side } from "../protocol/compare.ts";
import { pairCommit, pairEmoji } from "../protocol/compare.ts";
import type { ListSeen } from "../protocol/deviceHistory.ts";
import { readList } from "../protocol/deviceHistory.ts";
import { devicesOf, isMember } from "../protocol/group.ts";
import { listHash } from "../protocol/devices.ts";
import { sealPairwise } from "../protocol/sending.ts";
import type { ComparisonView, DeviceId, GroupId, MemberId, PersonId, PersonView } from "../types.ts";
import type { Outcome } from "./api.ts";
import { Budget } from "./budget.ts";
import { topicOf } from "./chains.ts";
import { createGroup, directWith } from "./changes.ts";
import type { Comparison } from "./comparisons.ts";
import { begin, end, isLive, set, viewOf } from "./comparisons.ts";
import { inOwnTime, WITHIN } from "./ownTime.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { shareMismatch } from "./sharedChecks.ts";
import { afterwards, keepCompared, keepRecord, needContact, needWhole } from "./verifying.ts";

/** Persons who may be asking at once, and how often one may ask. */
const MAX_COMPARISONS = 16;
const ASKS = 6;

/** Their device in a group: the one of their newest card, else any. */
const deviceIn = (session: Session, group: GroupId, person: PersonId) => {
  const newest = session.people.get(person)?.card.device;
  const held = session.groups.get(group);
  if (!held || !isMember(held.state)) return undefined;
  const theirs = devicesOf(held.state.view).filter((one) => one.person === person);
  return theirs.find(({ card }) => card.device === newest);
};

/** A group that both are in with the devices that they use now: their own, if there is one. */
const commonGroup = (session: Session, person: PersonId): GroupId | undefined => {
  const direct = directWith(session, person);
  if (direct && deviceIn(session, direct, person)) return direct;
  return [...session.groups.keys()].toSorted().find((group) => {
    const there = deviceIn(session, group, person);
    return there !== undefined && session.groups.get(group)?.state.view.members.has(there.key as MemberId);
  });
};

const send = (step: Step, { group, session, agreement }: Comparison, say: PairWord): void => {
  const { state } = step.held(group) as Held;
  if (!isMember(state)) return;
  const sealed = sealPairwise(state, agreement, { kind: "compare", session, say }, step.context);
  step.hold(sealed.state);
  step.publish(topicOf(step, state), sealed.frames);
};

const own = ({ person, self }: Session): Side => ({ person, list: listHash(self.devices) });

const answer = (step: Step, one: Comparison): void =>
  send(step, one, { kind: "nonce", nonce: one.nonce, list: step.session.self.devices });

const ask = async (session: Session, person: PersonId): Promise<ComparisonView> => {
  needContact(session, person);
  const group =
    commonGroup(session, person) ??
    (await session.step((step) =>
      createGroup(step, { name: "", open: false, direct: true, guests: "ask", with: [person] }),
    ));
  const there = deviceIn(session, group, person);
  if (!there) throw usage("not-in", "no device of theirs is in a caucus with you; ask them to come online once");
  const nonce = session.options.random(32);
  const about = { group, session: hex(session.options.random(16)) };
  const one: Comparison = {
    ...about,
    person,
    device: there.card.device,
    agreement: there.agreement,
    starter: true,
    nonce,
    state: "waiting",
    expires: session.clock.now() + WITHIN,
  };
  const commit = pairCommit({ ...about, starter: own(session), other: { person } }, nonce);
  await session.step(async (step) => {
    if (session.comparisons.has(person)) return;
    send(step, one, { kind: "commit", commit, list: session.self.devices, until: one.expires });
    session.comparisons.set(person, one);
    step.after(() => begin(session, one));
  });
  // They may have asked in the same moment.
  const now = session.comparisons.get(person) ?? one;
  if (now.state === "asked") await agree(session, now);
  return viewOf(session, session.comparisons.get(person) ?? now);
};

/** See `MessengerApi.compare`. */
export const compare = async (session: Session, person: PersonId): Promise<ComparisonView> => {
  if (person === session.person) throw usage("to-yourself", "that is you; name somebody else");
  const one = session.comparisons.get(person);
  if (!one) return ask(session, person);
  if (one.state === "asked") await agree(session, one);
  return viewOf(session, session.comparisons.get(person) ?? one);
};

const agree = (session: Session, one: Comparison): Promise<void> =>
  session.step(async (step) => {
    const now = session.comparisons.get(one.person);
    if (now?.session !== one.session || now.state !== "asked") return;
    answer(step, now);
    session.comparisons.set(one.person, { ...now, state: "waiting" });
    step.after(() => set(session, { ...now, state: "waiting" }));
  });

/** See `MessengerApi.endComparison`. */
export const endComparison = async (session: Session, person: PersonId, outcome: Outcome): Promise<PersonView> => {
  const one = session.comparisons.get(person);
  if (!one || (outcome !== "cancel" && one.state !== "compare"))
    throw usage("no-comparison", "there are no emoji of the two of you to say that of");
  const { card } = needContact(session, person);
  const { list } = one;
  const after = await session.step(async (step) => {
    const record = session.people.trust.of(card);
    if (outcome === "cancel") send(step, one, { kind: "stop" });
    if (outcome === "differ") {
      keepRecord(step, { ...record, mismatch: true });
      await shareMismatch(step, person);
    }
    if (outcome !== "match" || !list) return undefined;
    return keepCompared(step, record, { seen: list, by: "emoji", name: card.name });
  });
  end(session, one, outcome === "cancel" ? "cancelled" : outcome);
  const view = afterwards(session, person);
  if (after && list) needWhole(after, list, card.name);
  return view;
};

/** How often each person may ask, by session. */
const budgets = new WeakMap<Session, Map<PersonId, Budget>>();
const mayAsk = (step: Step, person: PersonId): boolean => {
  const all = budgets.get(step.session) ?? new Map<PersonId, Budget>();
  budgets.set(step.session, all);
  const budget = all.get(person) ?? new Budget(ASKS, WITHIN);
  all.set(person, budget);
  return budget.take(step.now);
};

interface From {
  readonly group: GroupId;
  readonly from: MemberId;
}

/** Their device lists what it sends from. */
const listFrom = (raw: Uint8Array, person: PersonId, device: DeviceId): ListSeen | undefined => {
  const list = readList(raw);
  return list?.person === person && list.devices.includes(device) ? list : undefined;
};

const takeAsk = (
  step: Step,
  { group, from }: From,
  { session: id, say }: { readonly session: string; readonly say: Extract<PairWord, { readonly kind: "commit" }> },
): void => {
  const { session } = step;
  const { view } = (step.held(group) as Held).state;
  const { person, card } = view.members.get(from) ?? {};
  if (!person || !card || person === session.person || session.people.blocked(person)) return;
  const list = listFrom(say.list, person, card.device);
  // A clock that is off by some minutes is no reason to miss it.
  if (!list || step.now > say.until + WITHIN || !session.people.get(person) || !mayAsk(step, person)) return;
  const before = session.comparisons.get(person);
  if (!before && session.comparisons.size >= MAX_COMPARISONS) return;
  // Both asked: the lower number counts, and both have agreed.
  const both = before?.starter === true && before.state === "waiting";
  if (both && before.session < id) return;
  const one: Comparison = {
    group,
    session: id,
    person,
    device: card.device,
    agreement: card.agreement,
    starter: false,
    nonce: step.context.random(32),
    state: both ? "waiting" : "asked",
    expires: step.now + WITHIN,
    commit: say.commit,
    list,
  };
  // In memory at once: what follows may stand in the same step.
  session.comparisons.set(person, one);
  step.after(() => begin(session, one));
  if (both) inOwnTime(session, async (later) => (isLive(session, one) ? answer(later, one) : undefined));
};

/** What both have committed to is open. */
const show = (step: Step, one: Comparison, their: { readonly nonce: Uint8Array; readonly list: ListSeen }): void => {
  const { session } = step;
  const [mine, theirs] = [own(session), { person: one.person, list: their.list.hash }];
  const [starter, other] = one.starter ? [mine, theirs] : [theirs, mine];
  const nonces = one.starter ? { starter: one.nonce, other: their.nonce } : { starter: their.nonce, other: one.nonce };
  const emoji = pairEmoji({ group: one.group, session: one.session, starter, other }, nonces);
  const shown: Comparison = { ...one, list: their.list, state: "compare", emoji };
  session.comparisons.set(one.person, shown);
  step.after(() => set(session, shown));
};

/** A word of somebody who compares with this person. Answers go by themselves only where this person began or agreed. */
export const takePairWord = async (
  step: Step,
  from: From,
  { session: id, say }: { readonly session: string; readonly say: PairWord },
): Promise<void> => {
  if (say.kind === "commit") return takeAsk(step, from, { session: id, say });
  const { session } = step;
  const sender = (step.held(from.group) as Held).state.view.members.get(from.from);
  const one = sender && session.comparisons.get(sender.person);
  if (!one || one.session !== id || one.group !== from.group || one.device !== sender.card.device) return;
  if (say.kind === "stop") step.after(() => (isLive(session, one) ? end(session, one, "cancelled") : undefined));
  else if (one.state !== "waiting") return;
  else if (say.kind === "nonce" && one.starter) {
    const list = listFrom(say.list, one.person, one.device);
    if (!list) return;
    show(step, one, { nonce: say.nonce, list });
    inOwnTime(session, async (later) => send(later, one, { kind: "reveal", nonce: one.nonce }));
  } else if (say.kind === "reveal" && one.list && one.commit) {
    const { group, list } = one;
    const about = { group, session: id, starter: { person: one.person, list: list.hash }, other: own(session) };
    if (equalBytes(pairCommit(about, say.nonce), one.commit)) show(step, one, { nonce: say.nonce, list });
    else step.after(() => end(session, one, "broken"));
  }
};
