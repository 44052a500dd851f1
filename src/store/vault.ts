/**
 * Encryption at rest, without the files. A profile has one random 32-byte key; three keys come from it by HKDF:
 * K_val seals values, K_key makes LevelDB keys, K_id encrypts envelope ids in them. See `keyBox.ts` for how the profile
 * key itself is kept.
 *
 * A sealed value is `01 ‖ nonce(24) ‖ XChaCha20-Poly1305(K_val)`, with the domain, the format byte and the LevelDB key
 * as associated data: a value opens only where it was put. The format is that of sealing alone, and not the schema's
 * version, so that a migration need not rewrite what it does not change. Not hidden: the length of values.
 */
import { ecb } from "@noble/ciphers/aes.js";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "@noble/hashes/utils.js";
import { CouloirError } from "../errors.ts";
import { concat, utf8 } from "../protocol/codec.ts";
import type { Random } from "../types.ts";
import type { KeyCipher } from "./keys.ts";

/** How long a profile key is. */
export const profileKeyBytes = 32;

const format = 1;
const nonceBytes = 24;
const domain = utf8("couloir/at-rest/1");
const derive = (profileKey: Uint8Array, use: string): Uint8Array =>
  hkdf(sha256, profileKey, domain, utf8(`couloir/at-rest/1/${use}`), 32);

/** Seals and opens values and makes keys, until it is told to forget. */
export class Vault implements KeyCipher {
  readonly #valueKey: Uint8Array;
  readonly #nameKey: Uint8Array;
  readonly #idKey: Uint8Array;
  readonly #random: Random;
  #forgotten = false;

  /** Does not keep `profileKey`; the caller may zero it. */
  constructor(profileKey: Uint8Array, random: Random = randomBytes) {
    if (profileKey.length !== profileKeyBytes)
      throw new CouloirError("internal", "bad-key", "a profile key has 32 bytes");
    this.#valueKey = derive(profileKey, "values");
    this.#nameKey = derive(profileKey, "keys");
    this.#idKey = derive(profileKey, "ids");
    this.#random = random;
  }

  /** Seals `value` to the place `key`. */
  seal(key: Uint8Array, value: Uint8Array): Uint8Array {
    this.#check();
    const nonce = this.#random(nonceBytes);
    const box = xchacha20poly1305(this.#valueKey, nonce, associated(key)).encrypt(value);
    return concat(Uint8Array.of(format), nonce, box);
  }

  /** The value sealed to the place `key`, or `undefined` if these bytes are anything else. */
  open(key: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
    this.#check();
    if (sealed[0] !== format || sealed.length < 1 + nonceBytes + 16) return undefined;
    const nonce = sealed.subarray(1, 1 + nonceBytes);
    try {
      return xchacha20poly1305(this.#valueKey, nonce, associated(key)).decrypt(sealed.subarray(1 + nonceBytes));
    } catch {
      return undefined;
    }
  }

  mac(data: Uint8Array): Uint8Array {
    this.#check();
    return hmac(sha256, this.#nameKey, data).subarray(0, 16);
  }

  veil(id: Uint8Array): Uint8Array {
    this.#check();
    return ecb(this.#idKey, { disablePadding: true }).encrypt(id);
  }

  unveil(ids: Uint8Array): Uint8Array {
    this.#check();
    return ids.length === 0 ? ids : ecb(this.#idKey, { disablePadding: true }).decrypt(ids);
  }

  /** Zeroes the keys; nothing can be sealed or opened any more. */
  forget(): void {
    this.#forgotten = true;
    for (const key of [this.#valueKey, this.#nameKey, this.#idKey]) key.fill(0);
  }

  // Zeroed keys still encrypt; to use them by mistake would write what anyone can read.
  #check(): void {
    if (this.#forgotten) throw new CouloirError("storage", "store-closed", "this profile is locked; open it again");
  }
}

const associated = (key: Uint8Array): Uint8Array => concat(domain, Uint8Array.of(format), key);
