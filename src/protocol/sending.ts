/**
 * The sending side of a group: new chains, messages, control frames. Each function takes a state and gives the state
 * after it with the frames to publish; whoever calls commits the state before any frame leaves. SPEC.md §5, §6, §9.
 */
import type { ChainId, MessageId, Millis, Pause, PersonId, Random, Tag } from "../types.ts";
import { concat, hex } from "./codec.ts";
import type { Ack, Control, Original, Placed, Stand } from "./control.ts";
import { controls, controlSigned, messageId, messageSigned, placedMessages, signedBodies } from "./control.ts";
import {
  allHybrid,
  BOX_BYTES,
  chainIdOf,
  commitment,
  distributionHash,
  openWhole,
  sealSecret,
  signDistribution,
} from "./distribution.ts";
import type { EnvelopeKey } from "./envelope.ts";
import { MAX_PLAINTEXT, sealEnvelope, slotFor } from "./envelope.ts";
import type { GroupState, SendChain, Served } from "./group.ts";
import { act, isMember, pairWith, served, withTip } from "./group.ts";
import type { HybridSecrets } from "./hybrid.ts";
import type { Self } from "./identity.ts";
import { personOf, rotatePrekeys } from "./identity.ts";
import { withVerdicts } from "./lateEngine.ts";
import { FOLLOW, HOUR, LIFETIME_HOURS, MAX_OP_PARENTS, MAX_PARENTS } from "./limits.ts";
import type { SignedOp } from "./membership.ts";
import { newPair, nextNumber, pairFrameKey } from "./pairwise.ts";
import { label, u16 } from "./primitives.ts";
import { chainKeys, metaKey, step } from "./senderKey.ts";
import { sign, signingPair } from "./signature.ts";
import { sealOps } from "./successor.ts";

/** Who acts, when, and with which randomness. */
export interface Context {
  readonly self: Self;
  readonly now: Millis;
  readonly random: Random;
  /** Absent where no exchange was ever made. */
  readonly hybrids?: HybridSecrets;
  /** Taken between the pieces of long work, where the host has one. */
  readonly pause?: Pause;
}

export interface Sent {
  readonly state: GroupState;
  readonly frames: readonly Uint8Array[];
}

/** Authenticated in every control frame beside its key. */
export const CONTROL_CONTEXT = label("control");
export const messageContext = (distribution: Uint8Array, index: number): Uint8Array =>
  concat(label("message"), distribution, u16(index));

/** A control frame under this device's meta key: for exactly those that its newest chain served. */
export const sealMeta = (state: GroupState, control: Control, context: Context): Sent => {
  const { send } = state;
  if (!send) throw new RangeError("no chain to send a control frame on");
  const at = metaKey(send.meta, send.distribution, send.metaNext);
  return {
    state: { ...state, send: { ...send, metaNext: send.metaNext + 1 } },
    frames: [sealControl(at, control, { send, number: send.metaNext, context })],
  };
};

/** Signs what announces a chain to those who know none before it: no frame under a meta key has this number. */
const POINTED = 0xffff_ffff;

const sealControl = (
  at: EnvelopeKey,
  control: Control,
  { send, number, context }: { readonly send: SendChain; readonly number: number; readonly context: Context },
): Uint8Array => {
  const slot = slotFor(context.now);
  const body = controls.encode(control);
  const signature = sign(controlSigned(send.distribution, slot, number, body), send.signer);
  return sealEnvelope(at, signedBodies.encode({ body, signature }), {
    slot,
    random: context.random,
    context: CONTROL_CONTEXT,
  });
};

/** A control frame for one device only. `state` unchanged when its key is no usable one. */
export const sealPairwise = (state: GroupState, agreement: Uint8Array, control: Control, context: Context): Sent => {
  const pair = pairWith(context.self, agreement);
  if (!pair) return { state, frames: [] };
  const name = hex(agreement);
  const counters = state.pairs.get(name) ?? newPair;
  const number = nextNumber(counters, context.now);
  const at = pairFrameKey(pair, state.group, context.self.agreement.public, number);
  const frame = sealEnvelope(at, controls.encode(control), {
    slot: slotFor(context.now),
    random: context.random,
    context: CONTROL_CONTEXT,
  });
  return {
    state: { ...state, pairs: new Map(state.pairs).set(name, { ...counters, sendNext: number + 1 }) },
    frames: [frame],
  };
};

/** Bytes of operations in one frame of several. */
const CHUNK = MAX_PLAINTEXT - 4096;

/** The newest of `ops` that fit beside `used` bytes, in causal order. */
const fitting = (ops: readonly SignedOp[], used: number): readonly Uint8Array[] => {
  const out: Uint8Array[] = [];
  let room = MAX_PLAINTEXT - used - 1024;
  for (const op of ops.toReversed()) {
    room -= op.bytes.length + 8;
    if (room < 0) break;
    out.unshift(op.bytes);
  }
  return out;
};

/** All of `ops` in causal order, in as few lists as fit one envelope each. */
export const chunked = (ops: readonly SignedOp[]): readonly (readonly Uint8Array[])[] => {
  const out: Uint8Array[][] = [[]];
  let room = CHUNK;
  for (const { bytes } of ops) {
    room -= bytes.length + 8;
    if (room < 0) {
      out.push([]);
      room = CHUNK - bytes.length - 8;
    }
    (out.at(-1) as Uint8Array[]).push(bytes);
  }
  return out;
};

/** Operations that are not at or below `heads`. */
export const opsBeyond = (state: GroupState, heads: readonly string[]): readonly SignedOp[] => {
  const known = heads.filter((head) => state.dag.has(head as never));
  const below = state.dag.closure(known as never) ?? new Set<number>();
  return state.dag.all().filter((_, i) => !below.has(i));
};

/**
 * Starts a new chain for the view as it is: a distribution for all its devices under the old meta key (or, without one,
 * under a key of its own), and a pointer to it, pairwise, for whoever the old chain did not serve.
 */
export const rotate = async (state: GroupState, context: Context): Promise<Sent & { readonly head?: Uint8Array }> => {
  if (!isMember(state)) return { state, frames: [] };
  if (state.view.heads.length > MAX_OP_PARENTS) {
    const merged = act(state, { kind: "rekey" }, context.now);
    return merged ? rotate(merged.state, context) : { state, frames: [] };
  }
  const { self, now, random } = context;
  const { group, view } = state;
  const secret = random(32);
  const signer = signingPair(random(32));
  const chain = chainIdOf(group, state.seat.member, signer.public);
  const prekeys = rotatePrekeys(state.seat.prekeys, now, random);
  const place = { group, view: view.view, chain };
  const recipients: Served[] = [];
  const boxes: Uint8Array[] = [];
  for (const recipient of served(state)) {
    await context.pause?.();
    const pair = pairWith(self, recipient.agreement);
    const hybrid = context.hybrids?.inUse(recipient.agreement);
    const from = { pair, hybrid, member: state.seat.member, person: personOf(self), random };
    const box = pair && (await sealSecret(place, recipient, secret, { ...from, pair }));
    if (box) recipients.push(recipient);
    // A device without a usable key gets a box that nobody opens: their number says how many devices the view has.
    boxes.push(box ?? random(BOX_BYTES));
  }
  // Slots are pseudo-random: in their order, boxes tell nothing about who joined when.
  boxes.sort((a, b) => (hex(a) < hex(b) ? -1 : 1));
  const newest = prekeys[0] as { number: number; key: Uint8Array };
  const made = signDistribution(
    {
      ...place,
      heads: view.heads,
      sender: state.seat.member,
      signer: signer.public,
      commit: commitment(group, chain, secret),
      prekey: { number: newest.number, key: newest.key },
      ...(state.send && { close: { chain: state.send.chain, count: state.send.index } }),
      startedAt: now,
    },
    concat(...boxes),
    state.seat.secret,
  );
  const sealing = { number: newest.number, hybrid: allHybrid(concat(...boxes)) };
  const distribution = distributionHash(made.head);
  // Who was away for as long as mail lives may have forgotten the old chain: then all are pointed at the new one.
  const old = state.send && now - state.send.startedAt < LIFETIME_HOURS * HOUR ? state.send : undefined;
  const keys = chainKeys(secret);
  const send: SendChain = {
    chain,
    view: view.view,
    slot: slotFor(now),
    distribution,
    key: keys.chain,
    index: 0,
    signer: signer.secret,
    meta: keys.meta,
    metaNext: 0,
    served: recipients.map((one) => one.key),
    pointed: recipients.filter((one) => !old?.served.includes(one.key)).map((one) => one.key),
    heads: view.heads,
    startedAt: now,
    ended: false,
  };
  const ops = fitting(opsBeyond(state, state.send?.heads ?? []), made.bytes.length);
  // Who the old chain served may be out since: what the new one rests on is for those whom it serves.
  const control: Control = old
    ? { kind: "successor", distribution: made.bytes, ...sealOps(ops, { secret, distribution, random }) }
    : { kind: "distribution", distribution: made.bytes, ops };
  const at: EnvelopeKey = old
    ? metaKey(old.meta, old.distribution, old.metaNext)
    : { key: random(32), tag: hex(random(16)) as Tag };
  const signs = old ? { send: old, number: old.metaNext } : { send, number: POINTED };
  const frames = [sealControl(at, control, { ...signs, context })];
  let next: GroupState = {
    ...state,
    seat: { ...state.seat, prekeys },
    send,
    sealings: new Map(state.sealings).set(state.seat.member, sealing),
    sent: new Map(state.sent).set(chain, {
      chain,
      distribution: made.bytes,
      secret,
      served: send.served,
      startedAt: now,
    }),
  };
  for (const recipient of recipients) {
    if (old?.served.includes(recipient.key)) continue;
    await context.pause?.();
    const pointed = sealPairwise(next, recipient.agreement, { kind: "pointer", tag: at.tag, key: at.key }, context);
    next = pointed.state;
    frames.push(...pointed.frames);
  }
  return { state: next, frames, head: made.head };
};

/** What the outbox holds of a message. After a first sealing its place in time is kept: it is one message for ever. */
export interface Draft {
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
  readonly time?: Millis;
  readonly parents?: readonly Stand[];
  /** In seconds; absent: it stays. */
  readonly lasts?: number;
}

export interface SealedMessage {
  readonly state: GroupState;
  readonly frame: Uint8Array;
  readonly message: MessageId;
  readonly placed: Placed;
  readonly chain: ChainId;
  /** Persons who can open it, this device's own left out. */
  readonly audience: readonly PersonId[];
  readonly key: Uint8Array;
  readonly original: Original;
}

/** Seals one message on the current chain, which must fit the view: see `needsRotation`. */
export const sealMessage = (state: GroupState, draft: Draft, acks: readonly Ack[], context: Context): SealedMessage => {
  const { send } = state;
  if (!send || send.ended || send.view !== state.view.view) throw new RangeError("the chain does not fit the view");
  const message = messageId(state.seat.member, draft.nonce, draft.content);
  const followed = state.tips.filter((tip) => tip.time < context.now + FOLLOW).slice(-MAX_PARENTS);
  const parents = draft.parents ?? followed;
  const time = draft.time ?? Math.max(context.now, ...followed.map((tip) => tip.time + 1));
  const { nonce, content, lasts } = draft;
  const placed: Placed = { index: send.index, nonce, time, parents, acks, content, ...(lasts && { lasts }) };
  const { at, next } = step(send.key, send.distribution);
  const body = placedMessages.encode(placed);
  const signature = sign(messageSigned(send.distribution, send.slot, at.tag, body), send.signer);
  const frame = sealEnvelope(at, signedBodies.encode({ body, signature }), {
    slot: send.slot,
    random: context.random,
    context: messageContext(send.distribution, send.index),
  });
  const own = personOf(context.self);
  const audience = new Set(
    served(state)
      .filter((one) => send.served.includes(one.key))
      .map((one) => one.person),
  );
  audience.delete(own);
  return {
    state: {
      ...state,
      send: { ...send, key: next, index: send.index + 1 },
      tips: withTip(state.tips, { message, time }, parents),
    },
    frame,
    message,
    placed,
    chain: send.chain,
    audience: [...audience],
    key: at.key,
    original: { slot: send.slot, tag: at.tag, nonce: draft.nonce, acks, signature },
  };
};

/**
 * A box sealed anew for a device that a chain of this device served; `undefined` when it was not served. What was closed
 * to a later quantum computer is not sealed anew in a way that is not.
 */
export const resealFor = async (
  state: GroupState,
  chain: ChainId,
  key: string,
  context: Context,
): Promise<Control | undefined> => {
  const sent = state.sent.get(chain);
  const recipient = served(state).find((one) => one.key === key);
  const pair = recipient && pairWith(context.self, recipient.agreement);
  const whole = sent && (await withVerdicts(() => openWhole(sent.distribution)));
  if (!whole || !recipient || !pair || !sent.served.includes(key)) return undefined;
  const hybrid = context.hybrids?.inUse(recipient.agreement);
  if (!hybrid && allHybrid(whole.boxes)) return undefined;
  const from = { pair, hybrid, member: state.seat.member, person: personOf(context.self), random: context.random };
  const box = await sealSecret(whole.body, recipient, sent.secret, from);
  return box && { kind: "box", distribution: whole.head, box };
};
