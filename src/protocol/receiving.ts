/**
 * The receiving side of a group: from a frame and the place that its tag names to the state after it. Decrypt order is
 * tag → AEAD → signature, and only then is a key consumed: whoever holds a chain and not its signing key cannot burn
 * its indices. SPEC.md §6, §9.
 */
import type { ChainId, MemberId, MessageId, OpId, PersonId } from "../types.ts";
import { hex } from "./codec.ts";
import type { Control, Placed } from "./control.ts";
import { controls, controlSigned, messageId, messageSigned, placedMessages, signedBodies } from "./control.ts";
import type { Distribution } from "./distribution.ts";
import { BOX_BYTES, chainIdOf, distributionHash, distributions, openSecret } from "./distribution.ts";
import { openEnvelope, readHeader } from "./envelope.ts";
import type { GroupState } from "./group.ts";
import { devicesOf, pairWith, peerOf, persons, withTip } from "./group.ts";
import { MAX_CHAINS, META_WINDOW } from "./limits.ts";
import { opId, readOp } from "./membership.ts";
import type { SignedOp } from "./membership.ts";
import { newPair, pairFrameKey, receiveNumber, receivePairNumber } from "./pairwise.ts";
import type { View } from "./resolve.ts";
import { resolve } from "./resolve.ts";
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
}

/** `stale`: opened or consumed before. `forged`: sealed with the right key by somebody who may not. */
export type MessageOpened =
  | { readonly kind: "message"; readonly state: GroupState; readonly received: Received }
  | { readonly kind: "stale" }
  | { readonly kind: "forged"; readonly reason: string };

const memberCard = (
  view: View,
  member: MemberId,
): { readonly person: PersonId; readonly agreement: Uint8Array } | undefined => {
  const one = view.members.get(member) ?? view.gone.get(member);
  return one && { person: one.person, agreement: one.card.agreement };
};

const verifyBy = (chain: ReceiveChain, signature: Uint8Array, covered: Uint8Array): boolean =>
  verify(signature, covered, chain.signer);

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
  const plain = openEnvelope(at.key.key, frame, messageContext(chain.distribution, index));
  const signed = plain && signedBodies.decode(plain);
  const header = readHeader(frame, now);
  if (!signed || !header) return { kind: "forged", reason: "ciphertext" };
  const placed = placedMessages.decode(signed.body);
  if (
    !placed ||
    placed.index !== index ||
    !verifyBy(chain, signed.signature, messageSigned(chain.distribution, header.slot, at.key.tag, signed.body))
  )
    return { kind: "forged", reason: "signature" };
  const message = messageId(chain.sender, placed.nonce, placed.content);
  return {
    kind: "message",
    received: {
      message,
      author: chain.sender,
      person: author.person,
      chain: chainId,
      placed,
      audience: audienceOf(state, chain),
      heads: chain.heads,
      key: at.key.key,
    },
    state: {
      ...state,
      receive: new Map(state.receive).set(chainId, at.after),
      tips: withTip(state.tips, { message, time: placed.time }, placed.parents),
    },
  };
};

const audienceOf = (state: GroupState, chain: ReceiveChain): readonly PersonId[] => {
  const view = resolve(state.dag, chain.heads) ?? state.view;
  const out = new Set(persons(view));
  const sender = memberCard(view, chain.sender)?.person;
  if (sender) out.delete(sender);
  return [...out];
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

/** Decodes operations, dropping what is none and what is `known` already: signatures are checked once. */
export const readOps = (raw: readonly Uint8Array[], known: (id: OpId) => boolean = () => false): readonly SignedOp[] =>
  raw.flatMap((one) => (known(opId(one)) ? [] : (readOp(one) ?? [])));

/** `missing`: operations that the distribution's view rests on are not here yet; keep it and ask. */
export type ChainOpened =
  | { readonly kind: "chain"; readonly state: GroupState; readonly chain: ReceiveChain }
  | { readonly kind: "missing"; readonly sender: MemberId }
  | { readonly kind: "known" }
  | { readonly kind: "absent" }
  | { readonly kind: "forged"; readonly reason: string };

/** Opens a distribution (or one box sealed anew for it) and begins to follow its chain. */
export const openDistribution = async (
  state: GroupState,
  raw: Uint8Array,
  context: Context,
  box?: Uint8Array,
): Promise<ChainOpened> => {
  const body = distributions.open(raw)?.body;
  if (!body || body.group !== state.group) return { kind: "forged", reason: "distribution" };
  if (state.receive.has(body.chain) || body.sender === state.seat.member) return { kind: "known" };
  // Who is gone cannot begin a chain, whatever view it says it was for: what counts of theirs is in chains of the cut.
  const gone = state.view.gone.get(body.sender);
  if (gone && !gone.cut.has(body.chain)) return { kind: "known" };
  const view = resolve(state.dag, body.heads);
  if (!view) return { kind: "missing", sender: body.sender };
  const sender = view.members.get(body.sender);
  if (!sender || view.view !== body.view || !state.dag.minimal(body.heads)) return { kind: "forged", reason: "view" };
  if (body.chain !== chainIdOf(body.group, body.sender, body.signer)) return { kind: "forged", reason: "chain" };
  // One box more than the view has devices would be somebody who is not shown.
  if (body.boxes.length !== BOX_BYTES * (devicesOf(view).length - 1)) return { kind: "forged", reason: "boxes" };
  const pair = pairWith(context.self, sender.card.agreement);
  if (!pair) return { kind: "forged", reason: "agreement key" };
  const device = hex(context.self.device.public);
  for (const key of [state.seat.member, device]) {
    const prekeys = key === device ? context.self.prekeys : state.seat.prekeys;
    const opened = await openSecret(body, box ?? body.boxes, { key, prekeys, pair, senderPerson: sender.person });
    if (opened.kind === "forged") return opened;
    if (opened.kind === "opened") return begin(state, { raw, body, secret: opened.secret, now: context.now });
  }
  return { kind: "absent" };
};

const begin = (
  state: GroupState,
  {
    raw,
    body,
    secret,
    now,
  }: { readonly raw: Uint8Array; readonly body: Distribution; readonly secret: Uint8Array; readonly now: number },
): ChainOpened => {
  const keys = chainKeys(secret);
  const chain: ReceiveChain = {
    chain: body.chain,
    sender: body.sender,
    view: body.view,
    heads: body.heads,
    distribution: distributionHash(raw),
    signer: body.signer,
    openedAt: now,
    key: keys.chain,
    index: 0,
    skipped: new Map(),
    meta: keys.meta,
    metaNext: 0,
    metaSkipped: new Set(),
  };
  const receive = new Map(state.receive).set(chain.chain, chain);
  const others = [...receive.values()].filter((one) => one.sender === body.sender);
  for (const old of others.slice(0, Math.max(0, others.length - MAX_CHAINS))) receive.delete(old.chain);
  const before = body.close && receive.get(body.close.chain);
  if (before && body.close && before.sender === body.sender)
    receive.set(before.chain, { ...before, count: body.close.count });
  return { kind: "chain", chain, state: withPeer({ ...state, receive }, body) };
};

const withPeer = (state: GroupState, body: Distribution): GroupState => {
  const before = peerOf(state, body.sender);
  const prekey = before.prekey && before.prekey.number >= body.prekey.number ? before.prekey : body.prekey;
  return { ...state, peers: new Map(state.peers).set(body.sender, { ...before, prekey, confirmed: true }) };
};
