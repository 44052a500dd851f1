/**
 * A group's state as records: one record a part, so that a step writes what it changed and nothing else. States are
 * immutable, so "changed" is "another object".
 */
import type { Shape } from "../protocol/codec.ts";
import { bool, bytes, bytesUpTo, id, list, optional, struct, text, uint } from "../protocol/codec.ts";
import type { HistoryPlace, Stand } from "../protocol/control.ts";
import { historyPlaceShape, standShape } from "../protocol/control.ts";
import type { EnvelopeKey } from "../protocol/envelope.ts";
import type { GroupState, Peer, Sealing, Seat, SendChain, SentChain } from "../protocol/group.ts";
import { fromOps } from "../protocol/group.ts";
import type { OwnPrekey } from "../protocol/identity.ts";
import { prekeyShape } from "../protocol/identity.ts";
import type { PairState } from "../protocol/pairwise.ts";
import { Dag } from "../protocol/dag.ts";
import { admitAll } from "../protocol/proving.ts";
import type { ReceiveChain } from "../protocol/senderKey.ts";
import type { Change } from "../store/record.ts";
import { type HeldChain, heldChainShape } from "./heldChains.ts";
import { del, put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { ChainId, GroupId, MemberId, MessageId, Millis, OpId, Pause, Tag, ViewId } from "../types.ts";

const many = 1_000_000;
const chainId = id<ChainId>(16);
const opIds = list(id<OpId>(32), many);
const numbers = list(uint(), many);

const map = <K, V>(entry: Shape<{ readonly k: K; readonly v: V }>): Shape<ReadonlyMap<K, V>> => {
  const entries = list(entry, many);
  return {
    to: (value) => entries.to([...value].map(([k, v]) => ({ k, v }))),
    from: (raw) => {
      const read = entries.from(raw);
      return read && new Map(read.map(({ k, v }) => [k, v]));
    },
  };
};
const set: Shape<ReadonlySet<number>> = {
  to: (value) => numbers.to([...value]),
  from: (raw) => {
    const read = numbers.from(raw);
    return read && new Set(read);
  },
};

const envelopeKey: Shape<EnvelopeKey> = struct({ key: bytes(32), tag: id<Tag>(16) });
export const ownPrekey: Shape<OwnPrekey> = struct({
  number: uint(),
  key: bytes(32),
  secret: bytes(32),
  retired: optional(uint()),
});
export const seatShape: Shape<Seat> = struct({
  member: id<MemberId>(32),
  secret: bytes(32),
  prekeys: list(ownPrekey, many),
});

const sendChain: Shape<SendChain> = struct({
  chain: chainId,
  view: id<ViewId>(32),
  slot: uint(),
  distribution: bytes(32),
  key: bytes(32),
  index: uint(),
  signer: bytes(32),
  meta: bytes(32),
  metaNext: uint(),
  served: list(text(64), many),
  pointed: list(text(64), many),
  heads: opIds,
  startedAt: uint(),
  ended: bool,
});
const sentChain: Shape<SentChain> = struct({
  chain: chainId,
  distribution: bytesUpTo(many),
  secret: bytes(32),
  served: list(text(64), many),
  startedAt: uint(),
});
const receiveChain: Shape<ReceiveChain> = struct({
  chain: chainId,
  sender: id<MemberId>(32),
  view: id<ViewId>(32),
  heads: opIds,
  distribution: bytes(32),
  signer: bytes(32),
  startedAt: uint(),
  openedAt: uint(),
  key: bytes(32),
  index: uint(),
  skipped: map(struct({ k: uint(), v: envelopeKey })),
  meta: bytes(32),
  metaNext: uint(),
  metaSkipped: set,
  count: optional(uint()),
});
const pairState: Shape<PairState> = struct({ sendNext: uint(), receiveNext: uint(), receiveSkipped: set });
const ack = struct({ chain: chainId, got: uint(), read: uint() });
const acks = map(struct({ k: chainId, v: ack }));
const peer: Shape<Peer> = struct({
  member: id<MemberId>(32),
  prekey: optional(prekeyShape),
  acks,
  heads: optional(opIds),
  confirmed: bool,
  floor: optional(uint()),
});
const sealing: Shape<Sealing> = struct({ number: uint(), hybrid: bool });

/** Where a distribution will lie, and whose device said so, by its agreement key in hex. */
export interface Pointer extends EnvelopeKey {
  readonly by?: string;
}

/** What the messenger keeps of a group beside the protocol's state. */
export interface Marks {
  readonly unread: number;
  /** The first of them, in the order of the history. */
  readonly unreadFrom?: { readonly time: Millis; readonly message: MessageId };
  /** How many of them name this person. */
  readonly mentioned: number;
  /** Messages named as parents that have not come, newest last. */
  readonly missing: readonly Stand[];
  /** Distributions that wait for operations, the oldest first. */
  readonly heldChains: readonly HeldChain[];
  /** Distributions that somebody pointed at and that have not come, the oldest first. */
  readonly pointers: readonly Pointer[];
  /** Chains that are asked for, since when, and whose they are where their distributions have come. */
  readonly lacking: ReadonlyMap<ChainId, { readonly since: Millis; readonly from?: MemberId }>;
  /** History that this device's invite grants and that has not all come. */
  readonly recall?: Recall;
  /** Where the messages are that pin others or take pins off, in order. */
  readonly pins: readonly HistoryPlace[];
  /** Where the newest messages are by which this device changed others or took them back. Absent for none. */
  readonly changes?: readonly HistoryPlace[];
  /** Members of whom there is a proof that they said two things in one place. */
  readonly accused: ReadonlyMap<MemberId, Uint8Array>;
  /** Of what else its person was warned; see `suspicions.ts`. */
  readonly warned: ReadonlySet<string>;
}
export const noMarks: Marks = {
  unread: 0,
  mentioned: 0,
  missing: [],
  heldChains: [],
  pointers: [],
  lacking: new Map(),
  pins: [],
  accused: new Map(),
  warned: new Set(),
};

/** How far a grant of history has come. */
export interface Recall {
  readonly since: Millis;
  /** All until here has come. */
  readonly after?: HistoryPlace;
}

/** One group, whole. */
export interface Held {
  readonly state: GroupState;
  readonly marks: Marks;
}

const core = struct({
  tips: list(standShape, many),
  unread: uint(),
  missing: list(standShape, many),
});
/** Parts of their own: folders of before have none. */
const lackingShape = map(struct({ k: chainId, v: struct({ since: uint(), from: optional(id<MemberId>(32)) }) }));
const recallShape: Shape<Recall> = struct({ since: uint(), after: optional(historyPlaceShape) });
const pinsShape = list(historyPlaceShape, many);
const pointersShape: Shape<readonly Pointer[]> = list(
  struct({ key: bytes(32), tag: id<Tag>(16), by: optional(text(64)) }),
  many,
);
const proofShape = bytesUpTo(many);
const warnedShape = list(text(256), many);
const unreadFromShape = struct({ time: uint(), message: id<MessageId>(16) });
const told = struct({ acked: acks, read: map(struct({ k: chainId, v: uint() })) });

interface Part {
  /** Another object means: write it. */
  readonly same: readonly unknown[];
  readonly raw: () => unknown;
}

const collect = ({ state, marks }: Held): ReadonlyMap<string, Part> => {
  const out = new Map<string, Part>();
  const one = <T>(name: string, shape: Shape<T>, value: T, same: readonly unknown[] = [value]): void => {
    out.set(name, { same, raw: () => shape.to(value) });
  };
  const { unread, unreadFrom, missing } = marks;
  one("core", core, { tips: state.tips, unread, missing }, [state.tips, unread, missing]);
  one("told", told, { acked: state.acked, read: state.read }, [state.acked, state.read]);
  one("seat", seatShape, state.seat);
  if (unreadFrom) one("unread", unreadFromShape, unreadFrom);
  if (marks.mentioned > 0) one("mentioned", uint(), marks.mentioned);
  if (marks.lacking.size > 0) one("lacking", lackingShape, marks.lacking);
  if (marks.recall) one("recall", recallShape, marks.recall);
  for (const held of marks.heldChains) one(`held ${held.name}`, heldChainShape, held);
  if (marks.pointers.length > 0) one("pointers", pointersShape, marks.pointers);
  if (marks.pins.length > 0) one("pins", pinsShape, marks.pins);
  if (marks.changes) one("changes", pinsShape, marks.changes);
  for (const [member, value] of marks.accused) one(`accused ${member}`, proofShape, value);
  if (marks.warned.size > 0) one("warned", warnedShape, [...marks.warned], [marks.warned]);
  if (state.send) one("send", sendChain, state.send);
  for (const [chain, value] of state.receive) one(`receive ${chain}`, receiveChain, value);
  for (const [chain, value] of state.sent) one(`sent ${chain}`, sentChain, value);
  for (const [name, value] of state.pairs) one(`pair ${name}`, pairState, value);
  for (const [member, value] of state.peers) one(`peer ${member}`, peer, value);
  for (const [member, value] of state.sealings) one(`sealing ${member}`, sealing, value);
  return out;
};

const changed = (a: Part | undefined, b: Part): boolean => !a || a.same.some((value, i) => value !== b.same[i]);

/** The changes that turn the records of `before` into those of `after`. `ops`: how many operations are on disk. */
export const changesOf = (before: Held | undefined, after: Held, ops: number): readonly Change[] => {
  const { group, dag } = after.state;
  const key = (part: string) => ({ space: "part", group, part }) as const;
  const old = before ? collect(before) : new Map<string, Part>();
  const fresh = collect(after);
  const out: Change[] = before ? [] : [put({ space: "group", group }, group)];
  for (const [name, part] of fresh) if (changed(old.get(name), part)) out.push(put(key(name), part.raw()));
  for (const name of old.keys()) if (!fresh.has(name)) out.push(del(key(name)));
  for (const [i, op] of dag.all().slice(ops).entries())
    out.push(put({ space: "op", group, op: op.id }, [ops + i, op.bytes]));
  return out;
};

/** Reads one group back; `undefined` when its records do not make one (a damaged folder). */
export const loadGroup = async (store: Store, group: GroupId, pause?: Pause): Promise<Held | undefined> => {
  const ops: [number, Uint8Array][] = [];
  for await (const { value } of store.range({ space: "op", group })) ops.push(value as [number, Uint8Array]);
  const dag = new Dag();
  const raws = ops.sort(([a], [b]) => a - b).map(([, raw]) => raw);
  await admitAll(dag, raws, pause);
  const parts = new Map<string, unknown>();
  for await (const { key, value } of store.range({ space: "part", group })) parts.set(key.part, value);
  const seat = seatShape.from(parts.get("seat"));
  const base = seat && fromOps(dag, seat);
  const kept = core.from(parts.get("core"));
  const marks = told.from(parts.get("told"));
  if (!base || !kept || !marks) return undefined;
  const all = <K extends string, T>(prefix: string, shape: Shape<T>): Map<K, T> => {
    const out = new Map<K, T>();
    for (const [name, raw] of parts) {
      const value = name.startsWith(`${prefix} `) ? shape.from(raw) : undefined;
      if (value !== undefined) out.set(name.slice(prefix.length + 1) as K, value);
    }
    return out;
  };
  const send = sendChain.from(parts.get("send"));
  const unreadFrom = unreadFromShape.from(parts.get("unread"));
  const recall = recallShape.from(parts.get("recall"));
  const changes = pinsShape.from(parts.get("changes"));
  const { unread, missing, tips } = kept;
  return {
    marks: {
      unread,
      ...(unreadFrom && { unreadFrom }),
      mentioned: uint().from(parts.get("mentioned")) ?? 0,
      missing,
      heldChains: [...all("held", heldChainShape).values()].sort((a, b) => a.startedAt - b.startedAt),
      pointers: pointersShape.from(parts.get("pointers")) ?? [],
      lacking: lackingShape.from(parts.get("lacking")) ?? noMarks.lacking,
      ...(recall && { recall }),
      pins: pinsShape.from(parts.get("pins")) ?? noMarks.pins,
      ...(changes && { changes }),
      accused: all("accused", proofShape),
      warned: new Set(warnedShape.from(parts.get("warned"))),
    },
    state: {
      ...base,
      ...(send && { send: { ...send, ended: true } }),
      sent: all("sent", sentChain),
      receive: all("receive", receiveChain),
      pairs: all("pair", pairState),
      peers: all("peer", peer),
      sealings: all("sealing", sealing),
      acked: marks.acked,
      read: marks.read,
      tips,
    },
  };
};
