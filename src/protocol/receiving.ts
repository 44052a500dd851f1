/**
 * The receiving side of a group: from a frame and the place that its tag names to the state after it. Decrypt order is
 * tag → AEAD → signature, and only then is a key consumed: whoever holds a chain and not its signing key cannot burn
 * its indices. SPEC.md §6, §9.
 */
import type { ChainId, MemberId, MessageId, Millis, OpId, PersonId, Tag } from "../types.ts";
import { hex } from "./codec.ts";
import type { Control, Original, Placed } from "./control.ts";
import { controls, controlSigned, messageId, messageSigned, placedMessages, signedBodies } from "./control.ts";
import type { Distribution } from "./distribution.ts";
import {
  allHybrid,
  chainIdOf,
  distributionHash,
  distributions,
  openHead,
  openSecret,
  openWhole,
  someHybrid,
} from "./distribution.ts";
import type { WholeDistribution } from "./distribution.ts";
import type { EnvelopeKey } from "./envelope.ts";
import { openEnvelope, readHeader } from "./envelope.ts";
import type { HybridSecret } from "./hybrid.ts";
import type { GroupState } from "./group.ts";
import { devicesOf, pairWith, peerOf, persons, withTip } from "./group.ts";
import { withVerdicts } from "./lateEngine.ts";
import { HOUR, LIFETIME_HOURS, MAX_AHEAD_HOURS, MAX_CHAINS, META_WINDOW, RETAIN } from "./limits.ts";
import { newPair, pairFrameKey, receiveNumber, receivePairNumber } from "./pairwise.ts";
import type { View } from "./resolve.ts";
import { mayResolve, resolve, viewId } from "./resolve.ts";
import type { Member } from "./draft.ts";
import type { Context } from "./sending.ts";
import { CONTROL_CONTEXT, messageContext } from "./sending.ts";
import type { ReceiveChain } from "./senderKey.ts";
import { chainKeys, keyAt, metaKey } from "./senderKey.ts";
import { verify } from "./signature.ts";

/** A message that opened, with all that places it. */
export interface Received {
  readonly message: MessageId;
  readonly author: MemberId;
  readonly person: PersonId;
  readonly chain: ChainId;
  readonly placed: Placed;
  readonly audience: readonly PersonId[];
  /** Of the view that it was sealed for. */
  readonly heads: readonly OpId[];
  /** Kept beside the text, to hand on; deleted with it. */
  readonly key: Uint8Array;
  readonly original: Original;
}

/** `stale`: opened or consumed before. `forged`: sealed with the right key by somebody who may not. */
export type MessageOpened =
  | { readonly kind: "message"; readonly state: GroupState; readonly received: Received }
  | { readonly kind: "stale" }
  | { readonly kind: "forged" };

const memberCard = (
  view: View,
  member: MemberId,
): { readonly person: PersonId; readonly agreement: Uint8Array } | undefined => {
  const one = view.members.get(member) ?? view.gone.get(member);
  return one && { person: one.person, agreement: one.card.agreement };
};

const verifyBy = (chain: ReceiveChain, signature: Uint8Array, covered: Uint8Array): boolean =>
  verify(signature, covered, chain.signer);

/** A body that its chain's own key signed for its place, with the rest of what was signed. */
export interface PlacedOriginal {
  readonly placed: Placed;
  readonly original: Original;
}

/** Where a signed body must belong. */
export interface PlaceSigned {
  readonly distribution: Uint8Array;
  readonly signer: Uint8Array;
  readonly index: number;
  readonly slot: number;
  readonly tag: Tag;
}

/** The one way in for a message, however its bytes came: it was signed by its chain for just this place. */
export const readPlaced = (plain: Uint8Array, at: PlaceSigned): PlacedOriginal | undefined => {
  const signed = signedBodies.decode(plain);
  const placed = signed && placedMessages.decode(signed.body);
  if (!signed || placed?.index !== at.index) return undefined;
  const covered = messageSigned(at.distribution, at.slot, at.tag, signed.body);
  if (!verify(signed.signature, covered, at.signer)) return undefined;
  const { nonce, acks } = placed;
  return { placed, original: { slot: at.slot, tag: at.tag, nonce, acks, signature: signed.signature } };
};

/** Opens an envelope whose key is known: `undefined` for what is not by that chain at that place. */
export const openPlaced = (
  frame: Uint8Array,
  { key, tag }: EnvelopeKey,
  { now, ...at }: Omit<PlaceSigned, "slot" | "tag"> & { readonly now: number },
): PlacedOriginal | undefined => {
  const plain = openEnvelope(key, frame, messageContext(at.distribution, at.index));
  const header = readHeader(frame, now);
  return plain && header && readPlaced(plain, { ...at, slot: header.slot, tag });
};

/** Opens a frame whose tag is that of message `index` of a chain. */
export const openMessage = (
  state: GroupState,
  chainId: ChainId,
  index: number,
  frame: Uint8Array,
  now: number,
): MessageOpened => {
  const chain = state.receive.get(chainId);
  const at = chain && keyAt(chain, index);
  const author = chain && memberCard(state.view, chain.sender);
  if (!chain || !at || !author) return { kind: "stale" };
  const { distribution, signer } = chain;
  const opened = openPlaced(frame, at.key, { distribution, signer, index, now });
  if (!opened) return { kind: "forged" };
  const { placed, original } = opened;
  const message = messageId(chain.sender, placed.nonce, placed.content);
  return {
    kind: "message",
    received: {
      message,
      author: chain.sender,
      person: author.person,
      chain: chainId,
      placed,
      audience: audienceOf(state, chain.heads, chain.sender),
      heads: chain.heads,
      key: at.key.key,
      original,
    },
    state: {
      ...state,
      receive: new Map(state.receive).set(chainId, at.after),
      tips: withTip(state.tips, { message, time: placed.time }, placed.parents),
    },
  };
};

/** What is below some heads never changes: asked for with every message, and worked out once for a chain's. */
const audiences = new WeakMap<readonly OpId[], readonly PersonId[]>();

/** Persons whom a chain serves, its sender left out. `heads`: always the same where they are a chain's. */
export const audienceOf = (state: GroupState, heads: readonly OpId[], sender: MemberId): readonly PersonId[] => {
  const known = audiences.get(heads);
  if (known) return known;
  const then = resolve(state.dag, heads);
  const view = then ?? state.view;
  const out = new Set(persons(view));
  const person = memberCard(view, sender)?.person;
  if (person) out.delete(person);
  const made = [...out];
  if (then) audiences.set(heads, made);
  return made;
};

/** A control frame that opened. `from`: whose it is. */
export interface ControlOpened {
  readonly state: GroupState;
  readonly from: MemberId;
  readonly control: Control;
}

/** Opens a frame under a member's meta key. `undefined`: not by that member, or seen before. */
export const openMeta = (
  state: GroupState,
  chainId: ChainId,
  number: number,
  frame: Uint8Array,
  now: number,
): ControlOpened | undefined => {
  const chain = state.receive.get(chainId);
  const window = chain && receiveNumber(chain.metaNext, chain.metaSkipped, number, META_WINDOW);
  const plain = chain && openEnvelope(metaKey(chain.meta, chain.distribution, number).key, frame, CONTROL_CONTEXT);
  const signed = plain && signedBodies.decode(plain);
  const header = readHeader(frame, now);
  const control = signed && controls.decode(signed.body);
  if (!chain || !window || !signed || !header || !control) return undefined;
  if (!verifyBy(chain, signed.signature, controlSigned(chain.distribution, header.slot, number, signed.body)))
    return undefined;
  const after = { ...chain, metaNext: window.next, metaSkipped: window.skipped };
  return { state: { ...state, receive: new Map(state.receive).set(chainId, after) }, from: chain.sender, control };
};

/** Opens a pairwise frame. */
export const openPairwise = (
  state: GroupState,
  agreement: Uint8Array,
  number: number,
  frame: Uint8Array,
  context: Context,
): { readonly state: GroupState; readonly control: Control } | undefined => {
  const name = hex(agreement);
  const counters = state.pairs.get(name) ?? newPair;
  const window = receivePairNumber(counters, number, context.now);
  const pair = pairWith(context.self, agreement);
  const plain = pair && openEnvelope(pairFrameKey(pair, state.group, agreement, number).key, frame, CONTROL_CONTEXT);
  const control = plain && controls.decode(plain);
  if (!window || !control) return undefined;
  const after = { ...counters, receiveNext: window.next, receiveSkipped: window.skipped };
  return { state: { ...state, pairs: new Map(state.pairs).set(name, after) }, control };
};

/** Opens a frame whose key a pointer named. The distribution in it is signed by itself. */
export const openPointed = (key: Uint8Array, frame: Uint8Array): Control | undefined => {
  const plain = openEnvelope(key, frame, CONTROL_CONTEXT);
  const signed = plain && signedBodies.decode(plain);
  return signed && controls.decode(signed.body);
};

/**
 * `missing`: operations that the distribution's view rests on are not here yet; keep it and ask. `later`: its sender has named
 * so many views that this one has to wait; keep it, and ask for its chain. `hybrid`: the exchange by
 * which its box was sealed. `absent`: no box that opens; `served`: there must be one, for this device is in the view;
 * `unknown`: it was sealed by an exchange that this device does not know of.
 */
export type ChainOpened =
  | {
      readonly kind: "chain";
      readonly state: GroupState;
      readonly chain: ReceiveChain;
      readonly agreement: Uint8Array;
      readonly hybrid?: HybridSecret;
    }
  | { readonly kind: "missing"; readonly sender: MemberId; readonly heads: readonly OpId[] }
  | { readonly kind: "later"; readonly sender: MemberId; readonly chain: ChainId }
  | { readonly kind: "known" }
  | {
      readonly kind: "absent";
      readonly agreement: Uint8Array;
      readonly person: PersonId;
      readonly served: boolean;
      readonly unknown: boolean;
    }
  | { readonly kind: "forged"; readonly reason: string };

/** What a head says, once that is proved: whose the chain is, and for which view. */
export interface HeadRead {
  readonly kind: "head";
  readonly body: Distribution;
  readonly view: View;
  readonly sender: Member;
}

/** What keeps a head from being read, now or for ever. */
type HeadUnread = Extract<ChainOpened, { readonly kind: "missing" | "later" | "forged" }>;

/** Verifies a distribution's head against the operations that are here. SPEC.md §5. */
export const readHead = (state: GroupState, head: Uint8Array, now: Millis): HeadRead | HeadUnread =>
  placeHead(state, distributions.open(head)?.body, now);

const placeHead = (state: GroupState, body: Distribution | undefined, now: Millis): HeadRead | HeadUnread => {
  if (!body || body.group !== state.group) return { kind: "forged", reason: "distribution" };
  const { dag, group } = state;
  const { chain, heads } = body;
  if (!heads.every((head) => dag.has(head))) return { kind: "missing", sender: body.sender, heads };
  // Before a view is made of what anybody can write down.
  if (!dag.minimal(heads) || body.view !== viewId(group, heads)) return { kind: "forged", reason: "view" };
  if (chain !== chainIdOf(group, body.sender, body.signer)) return { kind: "forged", reason: "chain" };
  const by = memberCard(state.view, body.sender) && body.sender;
  if (!mayResolve(dag, heads, { by, now })) return { kind: "later", sender: body.sender, chain };
  const view = resolve(dag, heads);
  const sender = view?.members.get(body.sender);
  if (!view || !sender) return { kind: "forged", reason: "view" };
  // One box more than the view has devices would be somebody who is not shown.
  if (body.served !== devicesOf(view).length - 1) return { kind: "forged", reason: "boxes" };
  return { kind: "head", body, view, sender };
};

/**
 * Whether a chain may still be opened by a box. Chains are forgotten only later than this, or in the order in which they
 * began, so what was forgotten is never opened again; no list is needed. SPEC.md §6.
 */
const openable = (state: GroupState, { sender, startedAt }: Distribution, now: number): boolean =>
  now - startedAt < RETAIN && startedAt - now < AHEAD && startedAt > (state.peers.get(sender)?.floor ?? -1);

/** A chain may begin so far ahead of one's own clock: as far as its frames may. */
const AHEAD = (MAX_AHEAD_HOURS - LIFETIME_HOURS + 1) * HOUR;

/** A distribution, or with a `box` sealed anew its head: `undefined` for what is not well signed. */
export const readWhole = (raw: Uint8Array, box?: Uint8Array): Promise<WholeDistribution | undefined> =>
  withVerdicts(() => (box ? openHead(raw, box) : openWhole(raw)));

/** Opens a distribution and begins to follow its chain. */
export const openDistribution = async (
  state: GroupState,
  whole: WholeDistribution | undefined,
  context: Context,
): Promise<ChainOpened> => {
  const named = whole?.body;
  if (!whole || !named || named.group !== state.group) return { kind: "forged", reason: "distribution" };
  if (state.receive.has(named.chain) || named.sender === state.seat.member) return { kind: "known" };
  // Who is gone cannot begin a chain, whatever view it says it was for: what counts of theirs is in chains of the cut.
  const gone = state.view.gone.get(named.sender);
  if ((gone && !gone.cut.has(named.chain)) || !openable(state, named, context.now)) return { kind: "known" };
  const read = placeHead(state, named, context.now);
  if (read.kind !== "head") return read;
  const { body, sender, view } = read;
  const pair = pairWith(context.self, sender.card.agreement);
  if (!pair) return { kind: "forged", reason: "agreement key" };
  const { agreement } = sender.card;
  const device = hex(context.self.device.public);
  const hybrids = context.hybrids?.known(agreement) ?? [];
  const { boxes } = whole;
  const own = new Set<string>([state.seat.member, device]);
  // A box that bears none of the marks that this device can make was sealed by a secret that it does not have.
  const served = devicesOf(view).some((one) => own.has(one.key));
  let unknown = served && someHybrid(boxes);
  for (const key of own) {
    const prekeys = key === device ? context.self.prekeys : state.seat.prekeys;
    const opened = await openSecret(body, boxes, { key, prekeys, pair, hybrids, senderPerson: sender.person });
    if (opened.kind === "forged") return opened;
    if (opened.kind === "opened") {
      const { state: after, chain } = begin(state, { whole, secret: opened.secret, now: context.now });
      return { kind: "chain", state: after, chain, agreement, ...(opened.hybrid && { hybrid: opened.hybrid }) };
    }
    if (opened.slot) unknown = false;
  }
  return { kind: "absent", agreement, person: sender.person, served, unknown };
};

const begin = (
  state: GroupState,
  { whole, secret, now }: { readonly whole: WholeDistribution; readonly secret: Uint8Array; readonly now: number },
): { readonly state: GroupState; readonly chain: ReceiveChain } => {
  const { body, head } = whole;
  const keys = chainKeys(secret);
  const chain: ReceiveChain = {
    chain: body.chain,
    sender: body.sender,
    view: body.view,
    heads: body.heads,
    distribution: distributionHash(head),
    signer: body.signer,
    startedAt: body.startedAt,
    openedAt: now,
    key: keys.chain,
    index: 0,
    skipped: new Map(),
    meta: keys.meta,
    metaNext: 0,
    metaSkipped: new Set(),
  };
  const receive = new Map(state.receive).set(chain.chain, chain);
  const before = body.close && receive.get(body.close.chain);
  if (before && body.close && before.sender === body.sender)
    receive.set(before.chain, { ...before, count: body.close.count });
  const others = [...receive.values()].filter((one) => one.sender === body.sender);
  others.sort((a, b) => a.startedAt - b.startedAt);
  const dropped = others.slice(0, Math.max(0, others.length - MAX_CHAINS));
  for (const old of dropped) receive.delete(old.chain);
  const after = withPeer({ ...state, receive }, body, dropped.at(-1)?.startedAt);
  return { chain, state: withSealing(after, body, !whole.alone && allHybrid(whole.boxes)) };
};

/** Whether everybody's box was closed to a later quantum computer; who sees one box alone cannot tell. */
const withSealing = (state: GroupState, { sender, prekey }: Distribution, hybrid: boolean): GroupState => {
  const before = state.sealings.get(sender);
  if (before && before.number >= prekey.number) return state;
  return { ...state, sealings: new Map(state.sealings).set(sender, { number: prekey.number, hybrid }) };
};

const withPeer = (state: GroupState, body: Distribution, dropped: number | undefined): GroupState => {
  const before = peerOf(state, body.sender);
  const prekey = before.prekey && before.prekey.number >= body.prekey.number ? before.prekey : body.prekey;
  const floor = dropped ?? before.floor;
  const peer = { ...before, prekey, confirmed: true, ...(floor !== undefined && { floor }) };
  return { ...state, peers: new Map(state.peers).set(body.sender, peer) };
};
