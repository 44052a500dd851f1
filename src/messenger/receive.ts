/** From a frame whose tag is known to the group's next state and what people see of it. */
import { hex } from "../protocol/codec.ts";
import type { Control } from "../protocol/control.ts";
import type { Distribution, WholeDistribution } from "../protocol/distribution.ts";
import type { GroupState } from "../protocol/group.ts";
import { takeHeads } from "../protocol/evidence.ts";
import { addOps, isMember, isServed, memberWith, peerOf } from "../protocol/group.ts";
import { grantOf } from "../protocol/handing.ts";
import { withVerdicts } from "../protocol/lateEngine.ts";
import type { SignedOp } from "../protocol/membership.ts";
import { opId } from "../protocol/membership.ts";
import { removes } from "../protocol/reach.ts";
import { proveOps, readProved } from "../protocol/proving.ts";
import { type ChainOpened, openDistribution, openOps, readWhole } from "../protocol/following.ts";
import { openMessage } from "../protocol/receiving.ts";
import { openMeta, openPairwise, openPointed } from "../protocol/receivingControl.ts";
import type { GroupId, MemberId } from "../types.ts";
import { noteForks, noteSecond, noteSecondHead, retellProofs, takeProof } from "./accusing.ts";
import { takeAcknowledgements, takeMessage } from "./arrivals.ts";
import { caucusView } from "./caucuses.ts";
import { heardChain, missedBox, takeKem } from "./exchanges.ts";
import { takeHolds, takeSeek } from "./fileWords.ts";
import { takeIn } from "./fairly.ts";
import { greetGranted } from "./granting.ts";
import { handoutsOf } from "./handouts.ts";
import { forgetHeads } from "./heads.ts";
import { hasChain, lackChain } from "./lacking.ts";
import { holdChain, isHeldChain, releaseChain } from "./heldChains.ts";
import { findNewest } from "./newest.ts";
import { adoptList, isOwnGroup } from "./own.ts";
import type { Held } from "./parts.ts";
import { expectPointers } from "./pointers.ts";
import type { Step } from "./step.ts";
import { resayChanges } from "./resaying.ts";
import { suspect, suspectBackdating } from "./suspicions.ts";
import type { Place } from "./tagBook.ts";
import { takeKeys } from "./takingKeys.ts";
import { tellVoided } from "./tellingAlone.ts";
import { wantsOf } from "./wants.ts";

/** Places of distributions that are on the way. */
const MAX_POINTERS = 256;

type GroupPlace = Extract<Place, { readonly group: GroupId; readonly kind: "message" | "meta" | "pair" | "pointed" }>;

/** Opens a frame at a place inside a group. */
export const openInGroup = async (step: Step, place: GroupPlace, frame: Uint8Array): Promise<void> => {
  const held = step.held(place.group);
  if (!held) return;
  const { state, marks } = held;
  switch (place.kind) {
    case "message": {
      const opened = await withVerdicts(() => openMessage(state, place.chain, place.index, frame, step.now));
      if (opened.kind === "stale") return noteSecond(step, place, frame);
      if (opened.kind !== "message") return;
      step.hold(opened.state);
      await takeMessage(step, place.group, opened.received);
      return;
    }
    case "meta": {
      const opened = await withVerdicts(() => openMeta(state, place.chain, place.number, frame, step.now));
      if (!opened) return;
      step.hold(opened.state);
      await takeControl(step, place.group, opened.control, opened.from);
      return;
    }
    case "pair": {
      const opened = openPairwise(state, place.agreement, place.number, frame, step.context);
      if (!opened) return;
      step.hold(opened.state);
      if (opened.control.kind === "pointer") return takePointer(step, place, opened.control);
      await takeControl(step, place.group, opened.control, memberWith(opened.state, place.agreement));
      return;
    }
    case "pointed": {
      const control = openPointed(place.key, frame);
      if (control?.kind !== "distribution" && control?.kind !== "successor") return;
      const pointer = marks.pointers.find((one) => hex(one.key) === hex(place.key));
      const pointers = marks.pointers.filter((one) => one !== pointer);
      step.hold(state, { ...marks, pointers });
      const known = state.receive;
      const named = await takeAnnounced(step, place.group, { control, asks: isServed(state, pointer?.by) });
      const opened = (step.held(place.group) as Held).state.receive;
      if (named && opened.has(named.chain) && !known.has(named.chain)) reintroduce(step, place.group, named.sender);
      return;
    }
  }
};

/**
 * Also of somebody who is out: they may have come in anew, which what they point at tells. Each device has a share of the
 * places, and what lies there is signed.
 */
const takePointer = (
  step: Step,
  { group, agreement }: { readonly group: GroupId; readonly agreement: Uint8Array },
  { tag, key }: Extract<Control, { readonly kind: "pointer" }>,
): void => {
  const { state, marks } = step.held(group) as Held;
  const pointers = takeIn(
    marks.pointers,
    { tag, key, by: hex(agreement) },
    { most: MAX_POINTERS, of: ({ by = "" }) => by },
  );
  step.hold(state, { ...marks, pointers });
  step.expect(expectPointers(step.session, group, pointers));
};

/**
 * Somebody who points at their chain has not heard of this device for long, or never: if this device's chain was only
 * announced to them under an older one, they have perhaps forgotten that too. The next chain is pointed at them.
 */
const reintroduce = (step: Step, group: GroupId, sender: MemberId): void => {
  const { state } = step.held(group) as Held;
  const { send } = state;
  if (!send?.served.includes(sender) || send.pointed.includes(sender)) return;
  step.hold({ ...state, send: { ...send, ended: true, served: send.served.filter((one) => one !== sender) } });
};

const newOps = (step: Step, group: GroupId, raw: readonly Uint8Array[]): Promise<readonly SignedOp[]> => {
  const { dag } = (step.held(group) as Held).state;
  return readProved(raw, { dag, pause: step.context.pause });
};

type Announced = Extract<Control, { readonly kind: "distribution" | "successor" }>;

/**
 * A chain and the operations that it rests on; what its head says. `from`: who alone may announce it there. `asks`: whether
 * what it rests on is asked for also while its sender has no seat here.
 */
const takeAnnounced = async (
  step: Step,
  group: GroupId,
  { control, from, asks = false }: { readonly control: Announced; readonly from?: MemberId; readonly asks?: boolean },
): Promise<Distribution | undefined> => {
  const whole = await readWhole(control.distribution);
  // Another's, or one that is made up, would be held, and asked for, in the name of who did not say it.
  if (from && whole && whole.body.sender !== from) return undefined;
  const ops = control.kind === "distribution" ? control.ops : await sealedOps(step, group, { whole, control });
  await takeOps(step, group, await newOps(step, group, ops));
  return takeDistribution(step, group, { raw: control.distribution, whole, asks });
};

/** Those of a distribution that waits already are asked for: nobody has the same boxes opened again and again. */
const sealedOps = async (
  step: Step,
  group: GroupId,
  {
    whole,
    control,
  }: {
    readonly whole: WholeDistribution | undefined;
    readonly control: Extract<Control, { readonly kind: "successor" }>;
  },
): Promise<readonly Uint8Array[]> => {
  const { state, marks } = step.held(group) as Held;
  if (!whole || isHeldChain(marks.heldChains, whole)) return [];
  return openOps(state, whole, control, step.context);
};

/** What counts whoever says it: it is signed by whom it is of, or, of acknowledgements, marks what was sent to them. */
const OF_ANYBODY: ReadonlySet<Control["kind"]> = new Set(["distribution", "successor", "ops", "box", "proof", "acks"]);

/** `from` is absent where the frame itself does not say: then only what is signed inside counts. */
const takeControl = async (step: Step, group: GroupId, control: Control, from: MemberId | undefined): Promise<void> => {
  const { view } = (step.held(group) as Held).state;
  const isIn = from !== undefined && view.members.has(from);
  if (!isIn && !OF_ANYBODY.has(control.kind)) return;
  switch (control.kind) {
    case "distribution":
    case "successor":
      if (from) await takeAnnounced(step, group, { control, from });
      return;
    case "ops":
      await takeOps(step, group, await newOps(step, group, control.ops));
      wantsOf(step.session, group).answered(control.ops.map(opId));
      return;
    case "pointer":
      // Pairwise only.
      return;
    case "acks":
      if (from) {
        await takeAcknowledgements(step, group, from, control.acks);
        const { state } = step.held(group) as Held;
        const heard = takeHeads(state, from, control.heads);
        if (heard !== state) {
          step.hold(heard);
          suspectBackdating(step, group, from);
        }
      }
      // Of who is out nobody asks for what it names: it may be nothing.
      if (!isIn) return;
      wantsOf(step.session, group).hear(control.heads);
      wantsOf(step.session, group).said(control.heads);
      return;
    case "want":
      if (from) wantsOf(step.session, group).asked(from, control.heads, control.chains);
      if (from) for (const chain of control.chains) handoutsOf(step.session, group).asked(from, chain);
      return;
    case "box":
      await takeDistribution(step, group, {
        raw: control.distribution,
        whole: await readWhole(control.distribution, control.box),
      });
      return;
    case "prekey":
      if (from) takePrekey(step, group, from, control.prekey);
      return;
    case "holds":
      if (from) await takeHolds(step, group, from, control);
      return;
    case "seek":
      if (from) takeSeek(step, group, control.files);
      return;
    case "own":
      if (from && isOwnGroup(step.session, group)) await step.session.own?.take(step, from, control.body);
      return;
    case "kem":
      if (from) takeKem(step, group, from, control);
      return;
    case "compare":
      if (from) await (await step.session.verification.load()).takePairWord(step, { group, from }, control);
      return;
    case "room":
      if (from) await (await step.session.verification.load()).takeRoomWord(step, { group, from }, control);
      return;
    case "vouch":
      if (from) (await step.session.verification.load()).takeVouches(step, { group, from }, control.vouches);
      return;
    case "declined":
      if (from) (await step.session.verification.load()).takeDeclined(step, group, from, control);
      return;
    case "keys":
      if (from) await takeKeys(step, group, from, control);
      return;
    case "proof":
      await takeProof(step, group, control.proof);
      return;
    case "given":
      if (from) for (const chain of control.chains) handoutsOf(step.session, group).given(control.member, chain, from);
      return;
    case "recall": {
      const granted = from && grantOf((step.held(group) as Held).state, from);
      if (granted) handoutsOf(step.session, group).recall(from, control.after);
      return;
    }
  }
};

const takePrekey = (
  step: Step,
  group: GroupId,
  from: MemberId,
  prekey: { readonly number: number; readonly key: Uint8Array },
): void => {
  const { state } = step.held(group) as Held;
  const peer = peerOf(state, from);
  if (peer.prekey && peer.prekey.number >= prekey.number) return;
  step.hold({ ...state, peers: new Map(state.peers).set(from, { ...peer, prekey }) });
};

/** The cards and the lists of devices that operations carry. */
const learnPeople = async (step: Step, { view }: GroupState, ops: readonly SignedOp[]): Promise<void> => {
  const { people, person } = step.session;
  for (const { card, devices, op } of ops) {
    if (op.body.kind === "unseat" && devices) {
      step.write(...people.learnList(op.body.devices, devices));
      // Of a person whose known card was of the revoked device, that of the one that says so.
      const other = view.members.get(op.author)?.card;
      if (other) step.write(...people.learn(other));
    }
    if (card) step.write(...people.learn(card));
    if ((devices ?? card)?.person === person) await adoptList(step);
  }
};

/** Adds operations, tells what they changed, and tries again what waited for them. */
export const takeOps = async (step: Step, group: GroupId, ops: readonly SignedOp[]): Promise<void> => {
  const held = step.held(group);
  if (!held || ops.length === 0) return;
  const { dag, waiting } = held.state;
  const { pause } = step.context;
  // Of those that wait too: the invites that they came in by may be among these.
  const proved = await proveOps([...waiting.values(), ...ops], { dag, pause });
  const { state, added } = addOps(held.state, proved, step.now);
  if (added.length > 0) await step.session.groupTags.prepare(state, step.now, pause);
  if (state.waiting !== held.state.waiting || added.length > 0) step.hold(state);
  if (added.length === 0) return;
  wantsOf(step.session, group).hurry();
  if (state.view !== held.state.view) wantsOf(step.session, group).changed(state.view.heads);
  tellVoided(step, held.state, state);
  await noteForks(step, group, added);
  greetGranted(step, group, added);
  await resayChanges(step, group, added);
  retellProofs(step, group, added);
  suspect(step, group, added);
  await learnPeople(step, state, added);
  if (added.some((op) => removes(op) || op.op.body.kind === "leave")) {
    const newest = await findNewest(step.session, step.held(group) as Held);
    step.after(() => (newest ? step.session.newest.set(group, newest) : step.session.newest.delete(group)));
  }
  const was = isMember(held.state);
  step.after(() => {
    const view = caucusView(step.session, group);
    if (view) step.session.events.emit("caucus", view);
    if (was && view?.state === "gone")
      step.session.events.emit("notice", {
        level: "info",
        code: "removed",
        text: `You are no longer in “${view.name}”.`,
      });
  });
  for (const { raw } of (step.held(group) as Held).marks.heldChains)
    await takeDistribution(step, group, { raw, whole: await readWhole(raw) });
};

/** What a distribution may still become, once operations or its sender's time have come. */
const WAITS: ReadonlySet<ChainOpened["kind"]> = new Set(["missing", "later"]);

const holdOrRelease = (
  step: Step,
  group: GroupId,
  { raw, whole, waits }: { readonly raw: Uint8Array; readonly whole: WholeDistribution; readonly waits: boolean },
): void => {
  const { state, marks } = step.held(group) as Held;
  const before = marks.heldChains;
  const heldChains = waits ? holdChain(before, { raw, whole }, state) : releaseChain(before, whole);
  if (heldChains !== before) step.hold(state, { ...marks, heldChains });
};

/** Opens a chain if it can; what its head says, which is signed by whoever it names. */
const takeDistribution = async (
  step: Step,
  group: GroupId,
  {
    raw,
    whole,
    asks = false,
  }: { readonly raw: Uint8Array; readonly whole: WholeDistribution | undefined; readonly asks?: boolean },
): Promise<Distribution | undefined> => {
  const { state } = step.held(group) as Held;
  const opened = await openDistribution(state, whole, step.context);
  const { head, body: named } = whole ?? {};
  if (whole && !whole.alone) holdOrRelease(step, group, { raw, whole, waits: WAITS.has(opened.kind) });
  if (opened.kind === "chain" && head) {
    step.hold(opened.state);
    heardChain(step, opened.agreement, opened.hybrid);
    hasChain(step, group, opened.chain.chain);
    step.putHead(group, opened.chain.chain, head);
    forgetHeads(step, state, opened.state);
    suspectBackdating(step, group, opened.chain.sender);
    // Who has just come in is heard by those alone who know of it already: that tells nobody else.
    const { heads, sender } = opened.chain;
    const enters = ({ id, op }: SignedOp): boolean =>
      op.body.kind === "join" && op.author === sender && heads.includes(id);
    if (!state.dag.all().some(enters)) wantsOf(step.session, group).said(heads);
  } else if (opened.kind === "missing") {
    // Of who has no seat it may be made up. If not, the operations beside it, or the others, tell of their coming in.
    if (asks || state.view.members.has(opened.sender)) wantsOf(step.session, group).hear(opened.heads);
  } else if (opened.kind === "later") {
    lackChain(step, group, { chain: opened.chain, from: opened.sender });
  } else if (opened.kind === "known" && whole) await noteSecondHead(step, group, whole);
  else if (opened.kind === "absent") {
    if (opened.served && named) lackChain(step, group, { chain: named.chain, from: named.sender });
    if (opened.unknown) missedBox(step, opened);
  } else if (opened.kind === "forged")
    step.after(() =>
      step.session.events.emit("notice", {
        level: "warn",
        code: `forged-${opened.reason.replaceAll(" ", "-")}`,
        text: "A member's device sent keys that are not what they claim; they were refused.",
      }),
    );
  return named;
};
