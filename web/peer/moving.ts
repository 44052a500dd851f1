/**
 * An identity on its way to another device, by a file (`identityFile.ts`) or by a link that fits a QR code. The link has
 * the root key, the list of devices and the words, under a passphrase; no contact and nothing that was said.
 *
 *     01 ‖ salt(16) ‖ nonce(24) ‖ XChaCha20-Poly1305(CBOR), key by Argon2id at the cost of a key box; base64url
 */
import { randomBytes } from "@noble/hashes/utils.js";
import { base64urlnopad } from "@scure/base";
import { invalid, refused, usage } from "../../src/errors.ts";
import { exportIdentity, openIdentity, type MovedIdentity } from "../../src/messenger/identityFile.ts";
import { loadSelf, rootOf } from "../../src/messenger/selfRecord.ts";
import { bool, bytes, bytesUpTo, codec, concat, struct, text, utf8 } from "../../src/protocol/codec.ts";
import { newDeviceOf } from "../../src/protocol/identity.ts";
import { seal, unseal } from "../../src/protocol/primitives.ts";
import type { Store } from "../../src/store/store.ts";
import type { Heavy } from "./heavy.ts";

export { plant } from "./profile.ts";

const FORMAT = 1;
const SALT = 16;
const NONCE = 24;
const LONGEST = 8192;
const domain = utf8("couloir/move/1");

const body = codec(
  struct({
    person: bytes(32),
    devices: bytesUpTo(4096),
    name: text(128),
    flag: text(2),
    delegation: text(128),
    guest: bool,
  }),
  5000,
);

const damaged = () => invalid("identity-damaged", "this link is no identity of couloir, or a part of it is missing");

/** The fragment of a link, without `move=`: text without anything that an address would have to escape. */
export const sealedMove = async (store: Store, passphrase: string, work: Pick<Heavy, "stretch">): Promise<string> => {
  if (passphrase === "") throw usage("passphrase-empty", "an empty passphrase protects nothing");
  const { self, profile } = await loadSelf(store, randomBytes);
  const { devices, guest } = self;
  const plain = body.encode({ ...profile, person: rootOf(self), devices, guest });
  const [salt, nonce] = [randomBytes(SALT), randomBytes(NONCE)];
  const key = await work.stretch(passphrase, salt);
  const box = seal(key, nonce, plain, domain);
  key.fill(0);
  plain.fill(0);
  return base64urlnopad.encode(concat(Uint8Array.of(FORMAT), salt, nonce, box));
};

/** For a file. */
export const sealedIdentity = (store: Store, passphrase: string, lock: Heavy): Promise<Uint8Array> =>
  exportIdentity(store, passphrase, { random: randomBytes, lock });

const openLink = async (
  link: string,
  passphrase: string,
  { stretch }: Pick<Heavy, "stretch">,
): Promise<MovedIdentity> => {
  const fragment = link
    .trim()
    .replace(/^.*#/, "")
    .replace(/^move=/, "");
  if (fragment.length > LONGEST || !/^[\w-]+$/.test(fragment)) throw damaged();
  const sealed = bytesOf(fragment);
  if (sealed[0] !== FORMAT || sealed.length < 1 + SALT + NONCE + 16) throw damaged();
  const box = sealed.subarray(1 + SALT + NONCE);
  const key = await stretch(passphrase, sealed.slice(1, 1 + SALT));
  const plain = unseal(key, sealed.subarray(1 + SALT, 1 + SALT + NONCE), box, domain);
  key.fill(0);
  if (plain === undefined)
    throw refused("wrong-passphrase", "wrong passphrase; try again with the one that was chosen on the other device");
  const read = body.decode(plain);
  const self = read && newDeviceOf({ seed: read.person, devices: read.devices, guest: read.guest }, randomBytes);
  if (read === undefined || self === undefined) throw damaged();
  const { name, flag, delegation } = read;
  return { self, profile: { name, flag, delegation }, contacts: [], caucuses: [] };
};

const bytesOf = (fragment: string): Uint8Array => {
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
export const openMoved = (from: Uint8Array | string, passphrase: string, lock: Heavy): Promise<MovedIdentity> =>
  typeof from === "string"
    ? openLink(from, passphrase, lock)
    : openIdentity(from, passphrase, { random: randomBytes, lock });
