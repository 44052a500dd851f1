/**
 * How the profile key is kept: as it is, or wrapped by a passphrase. Bytes in, bytes out; `keyFile.ts` does the file.
 *
 *     "couloir key 1\n" ‖ SHA-256(body)[:8] ‖ body
 *     body = CBOR of [0, key] or [1, memory KiB, passes, lanes, salt(16), nonce(24), box]
 *
 * box = XChaCha20-Poly1305 of the key under Argon2id(passphrase in Unicode NFKC, salt). The checksum tells damage from a
 * wrong passphrase. NFKC, so that one passphrase is the same from every keyboard (full-width digits of Chinese input
 * methods, composed and decomposed accents).
 */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "@noble/hashes/utils.js";
import { argon2id } from "hash-wasm";
import { CouloirError, refused, usage } from "../errors.ts";
import {
  bytes,
  bytesUpTo,
  codec,
  concat,
  equalBytes,
  struct,
  uint,
  union,
  utf8,
  type ShapeOf,
} from "../protocol/codec.ts";
import type { Random } from "../types.ts";
import { profileKeyBytes } from "./vault.ts";

/** The work that one guess at the passphrase costs. */
export interface WrapCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** About half a second on a laptop, also in a browser. */
export const defaultCost: WrapCost = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 };
/** More than any honest file asks for; one that asks for more would only hang the machine. */
const costCap: WrapCost = { memoryKiB: 1024 * 1024, passes: 16, lanes: 8 };

const head = utf8("couloir key 1\n");
const checksumBytes = 8;
const box = union({
  open: struct({ key: bytes(profileKeyBytes) }),
  locked: struct({
    memoryKiB: uint(),
    passes: uint(),
    lanes: uint(),
    salt: bytes(16),
    nonce: bytes(24),
    box: bytesUpTo(profileKeyBytes + 16),
  }),
});
const boxCodec = codec(box, 256);
type Box = ShapeOf<typeof box>;

const damaged = (): CouloirError =>
  new CouloirError(
    "storage",
    "key-file-damaged",
    "the key file of this data folder is damaged; put back a copy of it, or restore a backup into a new folder (nothing was changed)",
  );

const encode = (content: Box): Uint8Array => {
  const body = boxCodec.encode(content);
  return concat(head, sha256(body).subarray(0, checksumBytes), body);
};

const decode = (file: Uint8Array): Box => {
  const rest = file.subarray(head.length);
  if (!equalBytes(file.subarray(0, head.length), head)) {
    if (/^couloir key \d+\n/.test(new TextDecoder("latin1").decode(file.subarray(0, 32))))
      throw new CouloirError(
        "storage",
        "schema-newer",
        "the key file was written by a newer couloir; install that version or a later one",
      );
    throw damaged();
  }
  const body = rest.subarray(checksumBytes);
  const content = boxCodec.decode(body);
  if (!equalBytes(rest.subarray(0, checksumBytes), sha256(body).subarray(0, checksumBytes)) || content === undefined)
    throw damaged();
  return content;
};

const passphraseKey = async (passphrase: string, salt: Uint8Array, cost: WrapCost): Promise<Uint8Array> => {
  if (passphrase === "")
    throw usage("passphrase-empty", "an empty passphrase protects nothing; give one, or none at all");
  return argon2id({
    password: utf8(passphrase.normalize("NFKC")),
    salt,
    memorySize: cost.memoryKiB,
    iterations: cost.passes,
    parallelism: cost.lanes,
    hashLength: 32,
    outputType: "binary",
  });
};

const associated = ({ memoryKiB, passes, lanes }: WrapCost, salt: Uint8Array): Uint8Array =>
  concat(utf8(`couloir/key-box/1 ${memoryKiB} ${passes} ${lanes} `), salt);

/** Whether a key file wants a passphrase. */
export const isLocked = (file: Uint8Array): boolean => decode(file).kind === "locked";

/** The content of a key file: `profileKey` as it is, or locked by `passphrase`. */
export const wrapKey = async (
  profileKey: Uint8Array,
  passphrase?: string,
  { cost = defaultCost, random = randomBytes }: { readonly cost?: WrapCost; readonly random?: Random } = {},
): Promise<Uint8Array> => {
  if (passphrase === undefined) return encode({ kind: "open", key: profileKey });
  const salt = random(16);
  const nonce = random(24);
  const key = await passphraseKey(passphrase, salt, cost);
  const sealed = xchacha20poly1305(key, nonce, associated(cost, salt)).encrypt(profileKey);
  key.fill(0);
  return encode({ kind: "locked", ...cost, salt, nonce, box: sealed });
};

/** The profile key in a key file. A passphrase must be given exactly if the file is locked by one. */
export const unwrapKey = async (file: Uint8Array, passphrase?: string): Promise<Uint8Array> => {
  const content = decode(file);
  if (content.kind === "open") {
    if (passphrase !== undefined)
      throw usage("passphrase-unexpected", "this data folder has no passphrase; open it without one");
    return content.key;
  }
  if (passphrase === undefined)
    throw usage("passphrase-needed", "this data folder is locked by a passphrase; give it with --passphrase-file");
  if (
    content.memoryKiB > costCap.memoryKiB ||
    content.passes > costCap.passes ||
    content.lanes > costCap.lanes ||
    Math.min(content.passes, content.lanes) < 1 ||
    content.memoryKiB < 8 * content.lanes
  )
    throw new CouloirError(
      "storage",
      "key-file-absurd",
      "the key file asks for more work than any couloir sets; do not trust it",
    );
  const key = await passphraseKey(passphrase, content.salt, content);
  try {
    return xchacha20poly1305(key, content.nonce, associated(content, content.salt)).decrypt(content.box);
  } catch {
    throw refused("wrong-passphrase", "wrong passphrase; nothing was changed, try again with the right one");
  } finally {
    key.fill(0);
  }
};
