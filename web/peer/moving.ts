/**
 * An identity on its way to another device: the root key, what the person says of themselves, and the place in
 * the list of devices that the new one goes on from, under a passphrase. Small enough for a QR code; as a file it is the same with a head.
 *
 *     01 ‖ salt(16) ‖ nonce(24) ‖ XChaCha20-Poly1305(CBOR), key by Argon2id at the cost of a key box
 *
 * What arrives is always a new device: two that shared keys would each break what the other one seals.
 */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "@noble/hashes/utils.js";
import { base64urlnopad } from "@scure/base";
import { invalid, refused, usage } from "../../src/errors.ts";
import { loadSelf } from "../../src/messenger/selfRecord.ts";
import { bytes, codec, concat, equalBytes, hex, struct, text, uint, utf8 } from "../../src/protocol/codec.ts";
import { deviceLists, newSelf, type Self } from "../../src/protocol/identity.ts";
import { signingPair } from "../../src/protocol/signature.ts";
import type { DeviceId, PersonId, Profile } from "../../src/types.ts";
import type { Store } from "../../src/store/store.ts";
import type { Heavy } from "./heavy.ts";

const FORMAT = 1;
const SALT = 16;
const NONCE = 24;
const MAX = 8192;
const HEAD = utf8("couloir identity 1\n");
const domain = utf8("couloir/move/1");

const body = codec(
  struct({
    seed: bytes(32),
    /** The number and the hash of the list of devices so far. */
    version: uint(),
    previous: bytes(32),
    name: text(128),
    flag: text(2),
    delegation: text(128),
    guest: uint(1),
  }),
  4096,
);

/** What came over. */
export interface Moved {
  readonly self: Self;
  readonly profile: Profile;
}

const damaged = () => invalid("identity-damaged", "this is no identity of couloir, or a part of it is missing");

const box = async (store: Store, passphrase: string, { stretch }: Pick<Heavy, "stretch">): Promise<Uint8Array> => {
  if (passphrase === "") throw usage("passphrase-empty", "an empty passphrase protects nothing");
  const { self, profile } = await loadSelf(store, randomBytes);
  const list = deviceLists.open(self.devices)?.body;
  if (list === undefined) throw damaged();
  const plain = body.encode({
    seed: self.person.secret,
    version: list.version,
    previous: sha256(self.devices),
    name: profile.name,
    flag: profile.flag,
    delegation: profile.delegation,
    guest: self.guest ? 1 : 0,
  });
  const [salt, nonce] = [randomBytes(SALT), randomBytes(NONCE)];
  const key = await stretch(passphrase, salt);
  const sealed = xchacha20poly1305(key, nonce, domain).encrypt(plain);
  key.fill(0);
  plain.fill(0);
  return concat(Uint8Array.of(FORMAT), salt, nonce, sealed);
};

/** For the fragment of a link, and a QR code: text without anything that an address would have to escape. */
export const sealedMove = async (store: Store, passphrase: string, work: Pick<Heavy, "stretch">): Promise<string> =>
  base64urlnopad.encode(await box(store, passphrase, work));

/** For a file. */
export const sealedIdentity = async (
  store: Store,
  passphrase: string,
  work: Pick<Heavy, "stretch">,
): Promise<Uint8Array> => concat(HEAD, await box(store, passphrase, work));

const unwrapped = (from: Uint8Array | string): Uint8Array => {
  if (typeof from !== "string") {
    if (from.length > MAX || !equalBytes(from.subarray(0, HEAD.length), HEAD)) throw damaged();
    return from.subarray(HEAD.length);
  }
  const fragment = from
    .trim()
    .replace(/^.*#/, "")
    .replace(/^move=/, "");
  if (fragment.length > MAX) throw damaged();
  try {
    return base64urlnopad.decode(fragment);
  } catch {
    throw damaged();
  }
};

/**
 * A new device of the identity in a file, or in a link or its fragment. `refused` "wrong-passphrase"; `invalid`
 * "identity-damaged" for anything else.
 */
export const openMoved = async (
  from: Uint8Array | string,
  passphrase: string,
  { stretch }: Pick<Heavy, "stretch">,
): Promise<Moved> => {
  const sealed = unwrapped(from);
  if (sealed[0] !== FORMAT || sealed.length < 1 + SALT + NONCE + 16) throw damaged();
  const salt = sealed.slice(1, 1 + SALT);
  const nonce = sealed.slice(1 + SALT, 1 + SALT + NONCE);
  const key = await stretch(passphrase, salt);
  let plain: Uint8Array;
  try {
    plain = xchacha20poly1305(key, nonce, domain).decrypt(sealed.subarray(1 + SALT + NONCE));
  } catch {
    throw refused("wrong-passphrase", "wrong passphrase; try again with the one that was chosen on the other device");
  } finally {
    key.fill(0);
  }
  const found = body.decode(plain);
  if (found === undefined) throw damaged();
  const { seed, version, previous, name, flag, delegation, guest } = found;
  const fresh = newSelf(randomBytes, guest === 1);
  const person = signingPair(seed);
  const list = {
    person: hex(person.public) as PersonId,
    version: version + 1,
    previous,
    devices: [{ device: hex(fresh.device.public) as DeviceId, agreement: fresh.agreement.public }],
  };
  const devices = deviceLists.sign(list, person.secret).bytes;
  return { self: { ...fresh, person, devices }, profile: { name, flag, delegation } };
};
