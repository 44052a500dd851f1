/**
 * The devices of a person: a list that the root key signs, numbered upward, each naming the one before. To revoke a device
 * is a statement, not an absence: a list names who is revoked, and whoever was named once stays so, whatever other lists
 * say. SPEC.md §3.
 */
import type { DeviceId, PersonId } from "../types.ts";
import type { Shape } from "./codec.ts";
import { bytes, codec, hex, id, list, optional, struct, uint, unhex } from "./codec.ts";
import { MAX_DEVICES } from "./limits.ts";
import { label, sha256 } from "./primitives.ts";
import { signingPair } from "./signature.ts";
import { signed } from "./signed.ts";

export interface DeviceEntry {
  readonly device: DeviceId;
  /** X25519 public key, 32 bytes. */
  readonly agreement: Uint8Array;
}

export interface DeviceList {
  readonly person: PersonId;
  readonly version: number;
  /** `listHash` of the list before this one. */
  readonly previous?: Uint8Array;
  readonly devices: readonly DeviceEntry[];
  /** For ever; the newest last. */
  readonly revoked: readonly DeviceId[];
}

const bare = {
  person: id<PersonId>(32),
  version: uint(),
  previous: optional(bytes(32)),
  devices: list(struct({ device: id<DeviceId>(32), agreement: bytes(32) }), MAX_DEVICES),
};
const plain = struct(bare);
const revoking = struct({ ...bare, revoked: list(id<DeviceId>(32), MAX_DEVICES) });

/** A list that revokes nobody has one field less. No device stands in it twice, nor both as one and as revoked. */
const shape: Shape<DeviceList> = {
  to: (value) => (value.revoked.length > 0 ? revoking : plain).to(value),
  from: (raw) => {
    const long = Array.isArray(raw) && raw.length === 5;
    const read = long ? revoking.from(raw) : plain.from(raw);
    if (!read) return undefined;
    const revoked = "revoked" in read ? (read.revoked as readonly DeviceId[]) : [];
    const all = [...read.devices.map((one) => one.device), ...revoked];
    if ((long && revoked.length === 0) || new Set(all).size !== all.length) return undefined;
    return { ...read, revoked };
  },
};
export const deviceLists = signed("devices", codec(shape, 2048), 2048, (body) => unhex(body.person));

/** What the next list names as the one before. */
export const listHash = (raw: Uint8Array): Uint8Array => sha256(label("device list"), raw);

/** A person's first list. */
export const firstList = (root: Uint8Array, entry: DeviceEntry): Uint8Array =>
  deviceLists.sign(
    { person: hex(signingPair(root).public) as PersonId, version: 1, devices: [entry], revoked: [] },
    root,
  ).bytes;

/** What a new list changes. */
export interface ListChange {
  readonly add?: readonly DeviceEntry[];
  readonly revoke?: readonly DeviceId[];
}

/** The list after `before`; the oldest leave a full one. `undefined` when `before` is not of the person with this root key. */
export const nextList = (before: Uint8Array, root: Uint8Array, change: ListChange): Uint8Array | undefined => {
  const known = deviceLists.open(before)?.body;
  const person = hex(signingPair(root).public) as PersonId;
  if (known?.person !== person) return undefined;
  const revoked = [...new Set([...known.revoked, ...(change.revoke ?? [])])].slice(-MAX_DEVICES);
  const devices = new Map([...known.devices, ...(change.add ?? [])].map((one) => [one.device, one]));
  for (const one of revoked) devices.delete(one);
  const list = {
    person,
    version: known.version + 1,
    previous: listHash(before),
    devices: [...devices.values()].slice(-MAX_DEVICES),
    revoked,
  };
  return deviceLists.sign(list, root).bytes;
};

/** What is known of a person's devices. */
export interface KnownDevices {
  /** The newest list. */
  readonly list: Uint8Array;
  readonly body: DeviceList;
  /** All that any list has named. */
  readonly revoked: ReadonlySet<DeviceId>;
}

/** Revoked devices of one person that are remembered. */
const MAX_REMEMBERED = 64;

/** What came of looking at a list. `fork`: it and the newest known one cannot both follow from one history. */
export interface Learned {
  readonly known: KnownDevices;
  readonly news: boolean;
  readonly fork: boolean;
}

/** Whether two lists, the older one first, may stand in one history; with others between them nobody can tell. */
const follows = (older: KnownDevices, newer: KnownDevices): boolean => {
  const apart = newer.body.version - older.body.version;
  if (apart > 1) return true;
  const before = apart === 1 ? newer.body.previous : undefined;
  return before !== undefined && hex(before) === hex(listHash(older.list));
};

/**
 * Takes a list of the same person into account: the higher version is the newer, of two the one with the higher hash.
 * `body`: what it says, if it has been opened already.
 */
export const learnList = (
  known: KnownDevices | undefined,
  list: Uint8Array,
  body = deviceLists.open(list)?.body,
): Learned | undefined => {
  if (!body || (known && known.body.person !== body.person)) return undefined;
  const one: KnownDevices = { list, body, revoked: new Set(body.revoked) };
  if (!known) return { known: one, news: true, fork: false };
  if (hex(known.list) === hex(list)) return { known, news: false, fork: false };
  const newer =
    body.version > known.body.version ||
    (body.version === known.body.version && hex(listHash(list)) > hex(listHash(known.list)));
  const fork = newer ? !follows(known, one) : !follows(one, known);
  const revoked = new Set([...known.revoked, ...body.revoked].slice(0, MAX_REMEMBERED));
  if (!newer && revoked.size === known.revoked.size) return { known, news: false, fork };
  return { known: { ...(newer ? one : known), revoked }, news: true, fork };
};

/** A list that is in order with both; the same on every device that makes it of these two. */
export const mergeLists = (known: KnownDevices, other: Uint8Array, root: Uint8Array): Uint8Array | undefined => {
  const body = deviceLists.open(other)?.body;
  return body && nextList(known.list, root, { add: body.devices, revoke: [...known.revoked, ...body.revoked] });
};
