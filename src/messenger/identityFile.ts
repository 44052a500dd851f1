/**
 * A person as one encrypted file, to move to another device or to come back from a lost one: root key, device list,
 * words, contacts, and what was said. Not in it are this device's keys, its seats, chains and message keys: what opens it
 * is always a new device (two that shared keys would break what each other seals), reads what was said, and comes into
 * its caucuses again by invitation.
 *
 *     "couloir identity 2\n" ‖ u16 length ‖ key box ‖ nonce(24) ‖ XChaCha20-Poly1305(CBOR, aad = all before the nonce)
 *
 * The key box (`keyBox.ts`) holds a fresh key under the passphrase.
 */
import { invalid, usage } from "../errors.ts";
import type { ShapeOf } from "../protocol/codec.ts";
import { bool, bytes, bytesUpTo, codec, concat, equalBytes, id, list, struct, text, utf8 } from "../protocol/codec.ts";
import type { Self } from "../protocol/identity.ts";
import { newDeviceOf, readCard } from "../protocol/identity.ts";
import { withVerdicts } from "../protocol/lateEngine.ts";
import { MAX_OP_BYTES, MAX_OPS } from "../protocol/limits.ts";
import { seal, u16, unseal } from "../protocol/primitives.ts";
import { unwrapKey, wrapKey } from "../store/keyBox.ts";
import type { Store } from "../store/store.ts";
import type { GroupId, Profile, Random } from "../types.ts";
import type { Line } from "./lines.ts";
import { lineShape } from "./lines.ts";
import { readContacts } from "./people.ts";
import { loadSelf, rootOf } from "./selfRecord.ts";

/** Bytes of a whole file; of these, for what is neither a contact nor a caucus. */
export const MAX_IDENTITY_FILE = 32_000_000;
const SPARE = 64_000;
const MAX_LINES = 2000;
const MAX_CAUCUSES = 512;
const MAX_CONTACTS = 5000;
const HEAD = utf8("couloir identity 2\n");
const NONCE = 24;

const caucus = struct({
  group: id<GroupId>(32),
  ops: list(bytesUpTo(MAX_OP_BYTES + 80), MAX_OPS),
  lines: list(lineShape, MAX_LINES),
});
const body = codec(
  struct({
    /** Seed of the root key. */
    person: bytes(32),
    devices: bytesUpTo(4096),
    name: text(128),
    flag: text(2),
    delegation: text(128),
    guest: bool,
    contacts: list(struct({ card: bytesUpTo(4096), blocked: bool }), MAX_CONTACTS),
    caucuses: list(caucus, MAX_CAUCUSES),
  }),
  MAX_IDENTITY_FILE,
);

/** A caucus as it comes over: its operations and what was said, oldest first. */
export type MovedCaucus = ShapeOf<typeof caucus>;

/** What a file holds, for a new device of the same person. */
export interface MovedIdentity {
  readonly self: Self;
  readonly profile: Profile;
  readonly contacts: readonly { readonly card: Uint8Array; readonly blocked: boolean }[];
  readonly caucuses: readonly MovedCaucus[];
}

/** How a key is locked by a passphrase; pages do it off their main thread. */
export interface KeyLock {
  wrap(key: Uint8Array, passphrase: string): Promise<Uint8Array>;
  unwrap(box: Uint8Array, passphrase: string): Promise<Uint8Array>;
}
const keyBox: KeyLock = { wrap: wrapKey, unwrap: unwrapKey };

export interface IdentityFileOptions {
  readonly random: Random;
  readonly lock?: KeyLock;
}

const damaged = () =>
  invalid(
    "identity-damaged",
    "this is no identity file of couloir, or it is damaged; make it anew on the other device",
  );

/** The newest lines that fit, oldest first. Keys of messages stay behind. */
const linesOf = async (store: Store, group: GroupId, room: number): Promise<readonly Line[]> => {
  const out: Line[] = [];
  for await (const { value } of store.range({ space: "message", group }, { reverse: true, limit: MAX_LINES })) {
    const line = lineShape.from(value);
    if (!line || line.gone?.how === "forgotten") continue;
    // 34 bytes an id in CBOR, rounded up; ten for what every line has.
    room -= line.content.length + 36 * (line.audience.length + line.reached.length + line.read.length + 10);
    if (room < 0) break;
    const { original: _signed, ...rest } = line;
    out.push({ ...rest, key: new Uint8Array(32) });
  }
  return out.reverse();
};

const caucusesOf = async (store: Store, room: number): Promise<readonly MovedCaucus[]> => {
  const groups: GroupId[] = [];
  for await (const { value } of store.range({ space: "group" })) groups.push(value as GroupId);
  const out: MovedCaucus[] = [];
  // Each has an equal part, so that a loud one does not push a quiet one out.
  const part = room / Math.min(groups.length, MAX_CAUCUSES);
  for (const group of groups.slice(0, MAX_CAUCUSES)) {
    const ops: [number, Uint8Array][] = [];
    for await (const { value } of store.range({ space: "op", group })) ops.push(value as [number, Uint8Array]);
    const used = ops.reduce((sum, [, op]) => sum + op.length + 8, 0);
    if (used > part || ops.length > MAX_OPS) continue;
    ops.sort(([a], [b]) => a - b);
    out.push({ group, ops: ops.map(([, op]) => op), lines: await linesOf(store, group, part - used) });
  }
  return out;
};

/**
 * The person of this store as a file under a passphrase. What is saved and not yet sent stays behind.
 *
 * @throws {CouloirError} `usage` "passphrase-empty"; `refused` "not-main" on a device without the root key
 */
export const exportIdentity = async (
  store: Store,
  passphrase: string,
  { random, lock = keyBox }: IdentityFileOptions,
): Promise<Uint8Array> => {
  const { self, profile } = await loadSelf(store, random);
  const contacts = await readContacts(store);
  const used = contacts.reduce((sum, { card }) => sum + card.length + 8, 0);
  const plain = body.encode({
    ...profile,
    person: rootOf(self),
    devices: self.devices,
    guest: self.guest,
    contacts,
    caucuses: await caucusesOf(store, MAX_IDENTITY_FILE - used - SPARE),
  });
  const [key, nonce] = [random(32), random(NONCE)];
  const box = await lock.wrap(key, passphrase);
  const head = concat(HEAD, u16(box.length), box);
  const file = concat(head, nonce, seal(key, nonce, plain, head));
  key.fill(0);
  plain.fill(0);
  return file;
};

/**
 * What such a file holds, with the keys of a new device.
 *
 * @throws {CouloirError} `refused` "wrong-passphrase"; `invalid` "identity-damaged" for anything else than a whole file
 */
export const openIdentity = async (
  file: Uint8Array,
  passphrase: string,
  { random, lock = keyBox }: IdentityFileOptions,
): Promise<MovedIdentity> => {
  const at = HEAD.length;
  if (file.length > MAX_IDENTITY_FILE || file.length < at + 2 || !equalBytes(file.subarray(0, at), HEAD))
    throw damaged();
  const end = at + 2 + new DataView(file.buffer, file.byteOffset).getUint16(at);
  if (file.length < end + NONCE + 16) throw damaged();
  if (passphrase === "") throw usage("passphrase-needed", "this identity is locked by a passphrase; give it");
  const key = await lock.unwrap(file.slice(at + 2, end), passphrase).catch((error: unknown) => {
    // A damaged box speaks of data folders; here it is the file that is damaged.
    throw error instanceof Error && "code" in error && error.code === "wrong-passphrase" ? error : damaged();
  });
  const plain = unseal(key, file.subarray(end, end + NONCE), file.subarray(end + NONCE), file.subarray(0, end));
  key.fill(0);
  const read = plain && body.decode(plain);
  const self = read && newDeviceOf({ seed: read.person, devices: read.devices, guest: read.guest }, random);
  if (!read || !self) throw damaged();
  if (await withVerdicts(() => read.contacts.some(({ card }) => readCard(card) === undefined))) throw damaged();
  const { name, flag, delegation, contacts, caucuses } = read;
  return { self, profile: { name, flag, delegation }, contacts, caucuses };
};
