/**
 * Every LevelDB key, in one place. Records are addressed symbolically by a `RecordKey`; its bytes are
 *
 *     space (1) ‖ [ scope (16) ] ‖ [ ordered, shown ] ‖ [ item ]
 *
 * | space          | scope | ordered, shown               | item              |
 * |----------------|-------|------------------------------|-------------------|
 * | `10` profile   |       |                              | H(name) 16        |
 * | `11` contact   |       |                              | H(person) 16      |
 * | `12` group     |       |                              | H(group) 16       |
 * | `13` op        | group |                              | H(op) 16          |
 * | `14` part      | group |                              | H(part) 16        |
 * | `15` message   | group | time u64 BE ‖ message id 16  |                   |
 * | `16` place     | group |                              | H(message) 16     |
 * | `17` outbox    | group | seq u64 BE                   |                   |
 * | `18` mail      | topic | slot u16 BE                  | E(envelope id) 32 |
 * | `19` file      |       |                              | H(name) 16        |
 * | `1a` chunk     | file  | index u32 BE                 |                   |
 * | `1b` head      | group |                              | H(chain) 16       |
 * | `1e` trust     |       |                              | H(person) 16      |
 * | `1f` tool      | group | time u64 BE ‖ message id 16  |                   |
 * | `20` change    | about |                              | H(chain) 16       |
 * | `21` fade      | group | time u64 BE ‖ message id 16  |                   |
 *
 * scope = HMAC-SHA256(K_key, space ‖ 00 ‖ id)[:16] and H(id) = HMAC-SHA256(K_key, space ‖ 01 ‖ scope ‖ id)[:16], ids as
 * their UTF-8 text. The space is inside, so one group has unrelated scopes in different spaces. E is AES-256 under a
 * third key: 32 bytes are two blocks. It can be undone, so that a hundred thousand envelope ids are listed from keys
 * alone; ids are hashes, never repeated and never chosen block by block, which is all that a bare block cipher needs.
 * A record whose item is hashed carries the id inside its sealed value.
 *
 * **What the keys show** to whoever holds the disk and not the profile key: how many records of each kind there are, and
 * how they fall into groups; when the messages of a group were written, to the millisecond, with their random ids (only
 * members ever see these); how many posts wait in each outbox; how much mail expires in which hour; how many files there
 * are, and the size of each to a few kilobytes; which of a group's messages are words of a tool; how many messages were
 * changed or taken back, and on how many chains each; which messages do not stay, and when each goes, or that one went less than
 * four days ago. Who knows the times of a caucus's messages can recognise the caucus by them. No name, no person's, group's,
 * operation's, chain's or envelope's id and no topic can be read, or checked against a capture of the network.
 */
import { CouloirError } from "../errors.ts";
import { concat, hex, unhex, utf8 } from "../protocol/codec.ts";
import type { ChainId, EnvelopeId, GroupId, MessageId, Millis, OpId, PersonId, Topic } from "../types.ts";
import type { Records } from "./records.ts";

/** The address of one record. */
export type RecordKey =
  | { readonly space: "profile"; readonly name: string }
  | { readonly space: "contact"; readonly person: PersonId }
  | { readonly space: "group"; readonly group: GroupId }
  | { readonly space: "op"; readonly group: GroupId; readonly op: OpId }
  | { readonly space: "part"; readonly group: GroupId; readonly part: string }
  | { readonly space: "message"; readonly group: GroupId; readonly time: Millis; readonly message: MessageId }
  | { readonly space: "place"; readonly group: GroupId; readonly message: MessageId }
  | { readonly space: "outbox"; readonly group: GroupId; readonly seq: number }
  | { readonly space: "mail"; readonly topic: Topic; readonly slot: number; readonly envelope: EnvelopeId }
  | { readonly space: "file"; readonly name: string }
  | { readonly space: "chunk"; readonly file: string; readonly index: number }
  | { readonly space: "head"; readonly group: GroupId; readonly chain: ChainId }
  | { readonly space: "trust"; readonly person: PersonId }
  | { readonly space: "tool"; readonly group: GroupId; readonly time: Millis; readonly message: MessageId }
  | { readonly space: "change"; readonly about: string; readonly chain: ChainId }
  | { readonly space: "fade"; readonly group: GroupId; readonly time: Millis; readonly message: MessageId };
/** The kinds of records. */
export type Space = RecordKey["space"];
/** The keys of one space. */
export type KeyOf<S extends Space> = Extract<RecordKey, { readonly space: S }>;
/** What lies under a key. */
export type RecordOf<K extends { readonly space: Space }> = Records[K["space"]];

/** Records that lie together and are read as one range. */
export type Scope =
  | { readonly space: "profile" | "contact" | "group" | "file" | "trust" }
  | {
      readonly space: "op" | "part" | "message" | "place" | "outbox" | "head" | "tool" | "fade";
      readonly group: GroupId;
    }
  | { readonly space: "mail"; readonly topic: Topic }
  | { readonly space: "chunk"; readonly file: string }
  | { readonly space: "change"; readonly about: string };

interface Positions {
  readonly message: { readonly time: Millis; readonly message?: MessageId };
  readonly tool: { readonly time: Millis; readonly message?: MessageId };
  readonly fade: { readonly time: Millis; readonly message?: MessageId };
  readonly outbox: { readonly seq: number };
  readonly mail: { readonly slot: number };
  readonly chunk: { readonly index: number };
}
/** A place in a space's order; spaces in hashed order have none. A time without a message is all messages of that time. */
export type Position<S extends Space> = S extends keyof Positions ? Positions[S] : never;

/** A part of a scope, read forwards or backwards. */
export interface Bounds<S extends Space> {
  readonly gt?: Position<S>;
  readonly gte?: Position<S>;
  readonly lt?: Position<S>;
  readonly lte?: Position<S>;
  readonly limit?: number;
  readonly reverse?: boolean;
}

/** The keyed functions that keys are made with. */
export interface KeyCipher {
  /** 16 bytes that tell nothing about `data`. */
  mac(data: Uint8Array): Uint8Array;
  /** Encrypts one 32-byte id. */
  veil(id: Uint8Array): Uint8Array;
  /** Decrypts any number of ids, end to end. */
  unveil(ids: Uint8Array): Uint8Array;
}

interface Layout {
  readonly code: number;
  readonly scope?: string;
  /** In key order: a number of so many bytes or, for the message id, hex of so many bytes. */
  readonly ordered: readonly { readonly field: string; readonly width: number; readonly id?: true }[];
  readonly item?: string;
  readonly veiled?: true;
}

const slot = { field: "slot", width: 2 };
const linePlace = [
  { field: "time", width: 8 },
  { field: "message", width: 16, id: true },
] as const;
const layouts: { readonly [S in Space]: Layout } = {
  profile: { code: 0x10, ordered: [], item: "name" },
  contact: { code: 0x11, ordered: [], item: "person" },
  group: { code: 0x12, ordered: [], item: "group" },
  op: { code: 0x13, scope: "group", ordered: [], item: "op" },
  part: { code: 0x14, scope: "group", ordered: [], item: "part" },
  message: { code: 0x15, scope: "group", ordered: linePlace },
  place: { code: 0x16, scope: "group", ordered: [], item: "message" },
  outbox: { code: 0x17, scope: "group", ordered: [{ field: "seq", width: 8 }] },
  mail: { code: 0x18, scope: "topic", ordered: [slot], item: "envelope", veiled: true },
  file: { code: 0x19, ordered: [], item: "name" },
  chunk: { code: 0x1a, scope: "file", ordered: [{ field: "index", width: 4 }] },
  head: { code: 0x1b, scope: "group", ordered: [], item: "chain" },
  trust: { code: 0x1e, ordered: [], item: "person" },
  tool: { code: 0x1f, scope: "group", ordered: linePlace },
  change: { code: 0x20, scope: "about", ordered: [], item: "chain" },
  fade: { code: 0x21, scope: "group", ordered: linePlace },
};

/** The version of the data folder: a plain u32, so that any version can read it. */
export const schemaKey = Uint8Array.of(0x00);
/** A sealed constant: opens only under the profile key that this database was made with. */
export const checkKey = Uint8Array.of(0x01);
/** How long the hash of a scope is. */
const hashBytes = 16;
/** How many scope hashes are remembered: a hash costs a third of what sealing the record does. */
const rememberedScopes = 1024;

type Fields = Readonly<Record<string, string | number | undefined>>;
const fieldsOf = (value: object): Fields => value as Fields;

const bigEndian = (value: number, width: number, field: string): Uint8Array => {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** (8 * width))
    throw new CouloirError("internal", "bad-key", `${field} is no number that a key can hold`);
  const out = new Uint8Array(width);
  for (let at = width - 1, rest = value; at >= 0; at--, rest = Math.floor(rest / 256)) out[at] = rest % 256;
  return out;
};

const fromBigEndian = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

const idBytes = (value: unknown, width: number, field: string): Uint8Array => {
  if (typeof value !== "string" || value.length !== 2 * width)
    throw new CouloirError("internal", "bad-key", `${field} is no id of ${width} bytes`);
  return unhex(value);
};

/** The ordered part, as far as it is given. */
const orderedBytes = (layout: Layout, fields: Fields): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (const { field, width, id } of layout.ordered) {
    const value = fields[field];
    if (value === undefined) break;
    parts.push(id ? idBytes(value, width, field) : bigEndian(Number(value), width, field));
  }
  return concat(...parts);
};

/** The first key after all keys that begin with `prefix`; spaces start below `ff`, so there always is one. */
const after = (prefix: Uint8Array): Uint8Array => {
  let length = prefix.length;
  while (prefix[length - 1] === 0xff) length--;
  const out = prefix.slice(0, length);
  out[length - 1] = (out[length - 1] ?? 0) + 1;
  return out;
};

/** Where the slot lies in keys that have one. */
export const slotOf = (key: Uint8Array): number => fromBigEndian(key.subarray(1 + hashBytes, 3 + hashBytes));

/** A half-open range of keys. */
export interface Span {
  readonly gte: Uint8Array;
  readonly lt: Uint8Array;
}

/** All keys of a space, whatever their scope. */
export const spaceSpan = (space: Space): Span => {
  const code = layouts[space].code;
  return { gte: Uint8Array.of(code), lt: Uint8Array.of(code + 1) };
};

/** Turns symbolic keys into bytes and back, under one profile key. */
export interface Keyspace {
  /** The LevelDB key. */
  bytes(key: RecordKey): Uint8Array;
  /** The id that the key hides for good, which is sealed in with the record; `null` where the key can be read back. */
  item(key: RecordKey): string | null;
  /** The keys of a scope within bounds. */
  span<C extends Scope>(scope: C, bounds?: Bounds<C["space"]>): Span;
  /** The symbolic key of bytes that lie in `scope`, with the record's `item`. */
  parse<C extends Scope>(scope: C, bytes: Uint8Array, item: string | null): KeyOf<C["space"]>;
  /** The slots and envelope ids of many keys of mail at once. */
  envelopes(keys: readonly Uint8Array[]): { readonly slot: number; readonly envelope: EnvelopeId }[];
}

/** The keys under one profile key. */
export const keyspace = (cipher: KeyCipher): Keyspace => {
  const scopes = new Map<string, Uint8Array>();

  const prefix = (layout: Layout, fields: Fields): Uint8Array => {
    if (layout.scope === undefined) return Uint8Array.of(layout.code);
    const id = String(fields[layout.scope]);
    const name = `${layout.code}:${id}`;
    let bytes = scopes.get(name);
    if (bytes === undefined) {
      bytes = concat(Uint8Array.of(layout.code), cipher.mac(concat(Uint8Array.of(layout.code, 0), utf8(id))));
      if (scopes.size >= rememberedScopes) scopes.clear();
      scopes.set(name, bytes);
    }
    return bytes;
  };

  const itemBytes = (layout: Layout, start: Uint8Array, fields: Fields): Uint8Array => {
    if (layout.item === undefined) return new Uint8Array(0);
    const id = fields[layout.item];
    if (layout.veiled) return cipher.veil(idBytes(id, 32, layout.item));
    return cipher.mac(concat(Uint8Array.of(layout.code, 1), start.subarray(1), utf8(String(id))));
  };

  const envelopes: Keyspace["envelopes"] = (keys) => {
    const ids = hex(cipher.unveil(concat(...keys.map((key) => key.subarray(-32)))));
    return keys.map((key, at) => ({ slot: slotOf(key), envelope: ids.slice(64 * at, 64 * at + 64) as EnvelopeId }));
  };

  return {
    bytes: (key) => {
      const layout = layouts[key.space];
      const fields = fieldsOf(key);
      const start = prefix(layout, fields);
      return concat(start, orderedBytes(layout, fields), itemBytes(layout, start, fields));
    },
    item: (key) => {
      const { item, veiled } = layouts[key.space];
      return item === undefined || veiled ? null : String(fieldsOf(key)[item]);
    },
    span: (scope, { gt, gte, lt, lte } = {}) => {
      const layout = layouts[scope.space];
      const start = prefix(layout, fieldsOf(scope));
      const at = (position: object): Uint8Array => concat(start, orderedBytes(layout, fieldsOf(position)));
      return {
        gte: gt ? after(at(gt)) : gte ? at(gte) : start,
        lt: lt ? at(lt) : lte ? after(at(lte)) : after(start),
      };
    },
    parse: <C extends Scope>(scope: C, bytes: Uint8Array, item: string | null) => {
      const layout = layouts[scope.space];
      const out: Record<string, unknown> = { ...scope };
      let at = prefix(layout, fieldsOf(scope)).length;
      for (const { field, width, id } of layout.ordered) {
        const part = bytes.subarray(at, (at += width));
        out[field] = id ? hex(part) : fromBigEndian(part);
      }
      if (layout.veiled) out["envelope"] = envelopes([bytes])[0]?.envelope;
      else if (layout.item !== undefined) out[layout.item] = item;
      return out as unknown as KeyOf<C["space"]>;
    },
    envelopes,
  };
};
