/**
 * A group as one device knows it: the data, and what follows from it without a key being used. Sending is in
 * `sending.ts`, receiving in `receiving.ts`, `receivingControl.ts` and `following.ts`. All functions are pure but for the
 * operation graph, which only grows.
 */
import type { ChainId, GroupId, MemberId, Millis, OpId, PersonId, Random, ViewId } from "../types.ts";
import type { Ack, Stand } from "./control.ts";
import type { Recipient } from "./distribution.ts";
import type { Card, OwnPrekey, Pair, Prekey, Self } from "./identity.ts";
import { newPrekey, pairOf } from "./identity.ts";
import { MAX_OP_PARENTS, MAX_TIPS, MAX_WAITING_OPS, RETAIN } from "./limits.ts";
import type { OpBody, SignedOp } from "./membership.ts";
import { groupOf, makeOp, proveUnseat } from "./membership.ts";
import type { PairState } from "./pairwise.ts";
import type { View } from "./resolve.ts";
import type { Dag } from "./dag.ts";
import { admit, resolve } from "./resolve.ts";
import type { ReceiveChain } from "./senderKey.ts";
import { signingPair } from "./signature.ts";
import { hex } from "./codec.ts";

/** This device's place in a group. */
export interface Seat {
  readonly member: MemberId;
  /** Seed of `GK`. */
  readonly secret: Uint8Array;
  /** Newest first. */
  readonly prekeys: readonly OwnPrekey[];
}

/** The chain that this device sends on. */
export interface SendChain {
  readonly chain: ChainId;
  readonly view: ViewId;
  readonly slot: number;
  readonly distribution: Uint8Array;
  /** Chain key at `index`. */
  readonly key: Uint8Array;
  readonly index: number;
  /** Seed of the chain's signing key. */
  readonly signer: Uint8Array;
  readonly meta: Uint8Array;
  readonly metaNext: number;
  /** Keys of the devices that were served; those of them that were pointed at the distribution. */
  readonly served: readonly string[];
  readonly pointed: readonly string[];
  readonly heads: readonly OpId[];
  readonly startedAt: Millis;
  /** A process that starts ends it: nothing may be sent on it but what announces its successor. */
  readonly ended: boolean;
}

/** What a device keeps of a chain of its own, to seal the secret anew for somebody who was served and lost it. */
export interface SentChain {
  readonly chain: ChainId;
  readonly distribution: Uint8Array;
  readonly secret: Uint8Array;
  readonly served: readonly string[];
  readonly startedAt: Millis;
}

/** What is known of another member's device. */
export interface Peer {
  readonly member: MemberId;
  /** Newest prekey, by number. */
  readonly prekey?: Prekey;
  readonly acks: ReadonlyMap<ChainId, Ack>;
  /** What it said that it knows. */
  readonly heads?: readonly OpId[];
  /** An attestation has shown that it is the device of its person. */
  readonly confirmed: boolean;
  /** Chains that began by then were let go of to make room: they are not opened again. */
  readonly floor?: Millis;
}

/** How a chain was sealed. */
export interface Sealing {
  /** Of the prekey that came with it, which is newer in every later chain. */
  readonly number: number;
  /** Every box is closed to a later quantum computer. */
  readonly hybrid: boolean;
}

export interface GroupState {
  readonly group: GroupId;
  readonly dag: Dag;
  readonly waiting: ReadonlyMap<OpId, SignedOp>;
  readonly view: View;
  readonly seat: Seat;
  readonly send?: SendChain;
  readonly sent: ReadonlyMap<ChainId, SentChain>;
  readonly receive: ReadonlyMap<ChainId, ReceiveChain>;
  /** By hex of the other device's agreement key. */
  readonly pairs: ReadonlyMap<string, PairState>;
  readonly peers: ReadonlyMap<MemberId, Peer>;
  /** How the newest chain of each member was sealed, this device's own with them. */
  readonly sealings: ReadonlyMap<MemberId, Sealing>;
  /** What this device told about chains last. */
  readonly acked: ReadonlyMap<ChainId, Ack>;
  /** How many messages of a chain its person has seen. */
  readonly read: ReadonlyMap<ChainId, number>;
  /** Messages that are no other message's parent, in the order of their arrival. */
  readonly tips: readonly Stand[];
}

/** The tips with one more message, less those that it answers. */
export const withTip = (tips: readonly Stand[], tip: Stand, parents: readonly Stand[]): readonly Stand[] => {
  const inner = new Set([tip, ...parents].map(({ message }) => message));
  return [...tips.filter(({ message }) => !inner.has(message)), tip].slice(-MAX_TIPS);
};

export const newSeat = (random: Random): Seat => {
  const pair = signingPair(random(32));
  return { member: hex(pair.public) as MemberId, secret: pair.secret, prekeys: [newPrekey(1, random)] };
};

/** A state from a graph that holds a CREATE; `undefined` when it does not. */
export const fromOps = (dag: Dag, seat: Seat): GroupState | undefined => {
  const view = resolve(dag);
  return (
    view && {
      group: view.group,
      dag,
      waiting: new Map(),
      view,
      seat,
      sent: new Map(),
      receive: new Map(),
      pairs: new Map(),
      peers: new Map(),
      sealings: new Map(),
      acked: new Map(),
      read: new Map(),
      tips: [],
    }
  );
};

/** Adds operations in whatever order they came; those that cannot be added yet wait, up to a bound. `now`: of what others sent. */
export const addOps = (
  state: GroupState,
  ops: readonly SignedOp[],
  now?: Millis,
): { readonly state: GroupState; readonly added: readonly SignedOp[] } => {
  const open = new Map(state.waiting);
  for (const op of ops) if (groupOf(op) === state.group && !state.dag.has(op.id)) open.set(op.id, op);
  const added: SignedOp[] = [];
  for (let progress = true; progress;) {
    progress = false;
    for (const op of open.values()) {
      const verdict = admit(state.dag, op, now);
      if (verdict === "waiting") continue;
      open.delete(op.id);
      if (verdict === "ok") {
        added.push(op);
        progress = true;
      }
    }
  }
  while (open.size > MAX_WAITING_OPS) open.delete(open.keys().next().value as OpId);
  const view = added.length > 0 ? (resolve(state.dag) ?? state.view) : state.view;
  return { state: { ...state, waiting: open, view }, added };
};

/** Heads to build on; with more than fit, first those above what this device signed and acknowledged: else it would look backdated. */
const parentsFor = ({ dag, view: { heads }, seat, send }: GroupState): readonly OpId[] => {
  if (heads.length <= MAX_OP_PARENTS) return heads;
  const first = new Set<OpId>(heads.filter((head) => dag.get(head)?.op.author === seat.member));
  for (const said of send?.heads ?? []) {
    const above = heads.find((head) => dag.closure([head])?.has(dag.indexOf(said) as number));
    if (above) first.add(above);
  }
  return [...new Set([...first, ...heads])].slice(0, MAX_OP_PARENTS);
};

/** Signs an operation of this device on top of all that it knows, and adds it. `undefined`: not entitled to it. */
export const act = (
  state: GroupState,
  body: OpBody,
  now: Millis,
): { readonly state: GroupState; readonly op: SignedOp } | undefined => {
  const { member, secret } = state.seat;
  const seq = state.dag.by(member).length;
  const op = makeOp({ group: state.group, parents: parentsFor(state), seq, at: now, body }, secret);
  const { state: next, added } = addOps(state, [op]);
  return added.length > 0 ? { state: next, op } : undefined;
};

/** Takes out seats of one's own person whose devices a list revokes: by the word of that person's root key. */
export const unseatDevices = (
  state: GroupState,
  body: Omit<Extract<OpBody, { readonly kind: "unseat" }>, "kind" | "proof">,
  { root, now }: { readonly root: Uint8Array; readonly now: Millis },
): ReturnType<typeof act> => {
  const { group, seat } = state;
  const proof = proveUnseat(root, { group, author: seat.member, parents: parentsFor(state), devices: body.devices });
  return act(state, { kind: "unseat", ...body, proof }, now);
};

export const isMember = (state: GroupState): boolean => state.view.members.has(state.seat.member);

/** A device that a sender seals to: a member's, or one that is invited by its card. */
export interface Served extends Recipient {
  readonly person: PersonId;
  readonly card: Card;
}

/** All devices of a view, with the prekeys that its operations name. */
export const devicesOf = (view: View): readonly Served[] => {
  const out: Served[] = [];
  const seated = new Set<string>();
  for (const { member, card, prekey, person } of view.members.values()) {
    seated.add(card.device);
    out.push({ key: member, agreement: card.agreement, prekey, person, card });
  }
  for (const { card } of view.invites.values()) {
    if (!card || seated.has(card.device)) continue;
    seated.add(card.device);
    out.push({ key: card.device, agreement: card.agreement, prekey: card.prekey, person: card.person, card });
  }
  return out;
};

/** Exactly the devices of the view but this one, with the newest prekeys that are known. */
export const served = (state: GroupState): readonly Served[] =>
  devicesOf(state.view)
    .filter((one) => one.key !== state.seat.member)
    .map((one) => {
      const newest = state.peers.get(one.key as MemberId)?.prekey;
      return newest && newest.number > one.prekey.number ? { ...one, prekey: newest } : one;
    });

/** Every device that may write to this one, with its pair: members, the invited, and those who are gone. */
export const counterparts = (state: GroupState): ReadonlyMap<string, Card> => {
  const out = new Map<string, Card>();
  for (const one of state.view.invites.values()) if (one.card) out.set(hex(one.card.agreement), one.card);
  for (const one of state.view.gone.values()) out.set(hex(one.card.agreement), one.card);
  for (const one of state.view.members.values()) out.set(hex(one.card.agreement), one.card);
  return out;
};

/** The pair with another device; cached by nobody here, since it is one X25519. */
export const pairWith = (self: Self, agreement: Uint8Array): Pair | undefined => pairOf(self.agreement, agreement);

/**
 * Whose pair frames come with an agreement key. Anybody can put another's key on a card of their own: the seat counts whose
 * device has shown that it holds it.
 */
export const memberWith = ({ view, peers }: GroupState, agreement: Uint8Array): MemberId | undefined => {
  const name = hex(agreement);
  const seats = [...view.members.values()].filter(({ card }) => hex(card.agreement) === name);
  return (seats.find(({ member }) => peers.get(member)?.confirmed) ?? seats[0])?.member;
};

/** Whether a device, by its agreement key in hex, has a seat or is invited by its card. */
export const isServed = (state: GroupState, agreement: string | undefined): boolean =>
  served(state).some((one) => hex(one.agreement) === agreement);

/** Persons of a view. */
export const persons = (view: View): ReadonlySet<PersonId> => {
  const out = new Set<PersonId>();
  for (const one of view.members.values()) out.add(one.person);
  for (const one of view.invites.values()) if (one.card) out.add(one.card.person);
  return out;
};

/** Forgets what RETAIN does not keep. */
export const prune = (state: GroupState, now: Millis): GroupState => {
  const young = (at: Millis): boolean => now - at < RETAIN;
  const receive = new Map([...state.receive].filter(([, one]) => young(one.openedAt) || young(one.startedAt)));
  const sent = new Map([...state.sent].filter(([, one]) => young(one.startedAt)));
  if (receive.size === state.receive.size && sent.size === state.sent.size) return state;
  const known = (chain: ChainId): boolean => receive.has(chain) || sent.has(chain);
  const kept = <T>(map: ReadonlyMap<ChainId, T>): ReadonlyMap<ChainId, T> =>
    new Map([...map].filter(([chain]) => known(chain)));
  const peers = new Map([...state.peers].map(([member, peer]) => [member, { ...peer, acks: kept(peer.acks) }]));
  return { ...state, receive, sent, peers, acked: kept(state.acked), read: kept(state.read) };
};

/** What is known of a member's device, if only that it is one. */
export const peerOf = (state: GroupState, member: MemberId): Peer =>
  state.peers.get(member) ?? { member, acks: new Map(), confirmed: false };
