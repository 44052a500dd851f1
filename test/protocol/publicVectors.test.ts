/** Public vectors against the primitives of SPEC.md §1, through the very functions that the protocol calls. */
import assert from "node:assert/strict";
import {
  createPrivateKey,
  createPublicKey,
  decapsulate,
  diffieHellman,
  encapsulate,
  type KeyObject,
} from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { ml_kem768 as mlKem } from "@noble/post-quantum/ml-kem.js";
import { AEAD_ChaCha20Poly1305, KDF_HKDF_SHA256 } from "@panva/hpke-noble";
import { concat, hex, unhex } from "../../src/protocol/codec.ts";
import { openBox, sealBox } from "../../src/protocol/hpke.ts";
import { agree, derive, label, mac, seal, unseal } from "../../src/protocol/primitives.ts";
import { seeded } from "./seeded.ts";
import { wycheproof } from "./wycheproof.ts";

const bytesOf = (fields: readonly string[]): readonly Uint8Array[] => fields.map((field) => unhex(field));
type Bytes4 = readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
type Bytes6 = readonly [...Bytes4, Uint8Array, Uint8Array];

describe("Wycheproof", () => {
  it("X25519: agrees wherever there is a secret, and never on zeros", () => {
    for (const [id, , ...fields] of wycheproof("x25519")) {
      const [to, secret, shared] = bytesOf(fields) as unknown as Bytes4;
      const zero = shared.every((byte) => byte === 0);
      const given = agree(secret, to);
      assert.equal(given && hex(given), zero ? undefined : hex(shared), `${id}`);
      // What OpenSSL says of the same points.
      assert.equal(
        hexOf(() => native(secret, to)),
        zero ? undefined : hex(shared),
        `${id}, natively`,
      );
    }
  });

  it("XChaCha20-Poly1305: seals and opens the same, and opens nothing altered", () => {
    for (const [id, result, ...fields] of wycheproof("xchacha20_poly1305")) {
      const [key, nonce, aad, plain, ciphertext, tag] = bytesOf(fields) as unknown as Bytes6;
      const opened = unseal(key, nonce, concat(ciphertext, tag), aad);
      assert.equal(opened && hex(opened), result === "valid" ? hex(plain) : undefined, `${id}`);
      if (result === "valid") assert.equal(hex(seal(key, nonce, plain, aad)), hex(concat(ciphertext, tag)), `${id}`);
    }
  });

  it("ChaCha20-Poly1305, as HPKE uses it", async () => {
    const aead = AEAD_ChaCha20Poly1305();
    for (const [id, result, ...fields] of wycheproof("chacha20_poly1305")) {
      const [key, nonce, aad, plain, ciphertext, tag] = bytesOf(fields) as unknown as Bytes6;
      const opened = await aead.Open(key, nonce, aad, concat(ciphertext, tag)).catch(() => undefined);
      assert.equal(opened && hex(opened), result === "valid" ? hex(plain) : undefined, `${id}`);
      if (result === "valid")
        assert.equal(hex(await aead.Seal(key, nonce, aad, plain)), hex(concat(ciphertext, tag)), `${id}`);
    }
  });

  it("HKDF-SHA256, as `derive` and as HPKE use it", async () => {
    const kdf = KDF_HKDF_SHA256();
    for (const [id, result, ikm = "", salt = "", info = "", size = "", okm = ""] of wycheproof("hkdf_sha256")) {
      const [secret, salted, purpose] = [unhex(ikm), unhex(salt), unhex(info)];
      const ours = hexOf(() => expand(sha256, extract(sha256, secret, salted), purpose, Number(size)));
      assert.equal(ours, result === "valid" ? okm : undefined, `${id}`);
      if (result !== "valid") continue;
      const theirs = await kdf.Expand(await kdf.Extract(salted, secret), purpose, Number(size));
      assert.equal(hex(theirs), okm, `${id}`);
      const named = derive(secret, salted, "a purpose", 48);
      assert.equal(hex(named), hex(expand(sha256, extract(sha256, secret, salted), label("a purpose"), 48)), `${id}`);
    }
  });

  it("HMAC-SHA256", () => {
    for (const [id, result, ...fields] of wycheproof("hmac_sha256")) {
      const [key, text, tag] = bytesOf(fields.slice(0, 3)) as unknown as Bytes4;
      const made = mac(key, text).subarray(0, Number(fields[3]) / 8);
      assert.equal(hex(made) === hex(tag), result === "valid", `${id}`);
    }
  });

  it("ML-KEM-768: secrets, and what is no key or no box", () => {
    for (const [id, result, ...fields] of wycheproof("mlkem_768")) {
      const [seed, box, secret] = bytesOf(fields) as unknown as Bytes4;
      const opened = hexOf(() => mlKem.decapsulate(box, mlKem.keygen(seed).secretKey));
      assert.equal(opened, result === "valid" ? hex(secret) : undefined, `${id}`);
    }
    for (const [id, result, ...fields] of wycheproof("mlkem_768_encaps")) {
      const [randomness, key, box, secret] = bytesOf(fields) as unknown as Bytes4;
      const sealed = hexOf(() => {
        const { cipherText, sharedSecret } = mlKem.encapsulate(key, randomness);
        return concat(cipherText, sharedSecret);
      });
      assert.equal(sealed, result === "valid" ? hex(concat(box, secret)) : undefined, `encapsulation ${id}`);
    }
  });
});

describe("RFC 9180", () => {
  interface Vector {
    readonly mode: "base" | "psk";
    readonly info: string;
    readonly ikmE: string;
    readonly skRm: string;
    readonly pkRm: string;
    readonly psk?: string;
    readonly psk_id?: string;
    readonly enc: string;
    readonly aad: string;
    readonly pt: string;
    readonly ct: string;
  }
  const vectors = JSON.parse(
    readFileSync(join(import.meta.dirname, "..", "vectors", "rfc9180", "hpke.json"), "utf8"),
  ) as readonly Vector[];

  for (const mode of ["base", "psk"] as const)
    it(`HPKE in ${mode} mode seals to the byte, and opens`, async () => {
      const vector = vectors.find((one) => one.mode === mode) as Vector;
      const options = {
        info: unhex(vector.info),
        aad: unhex(vector.aad),
        ...(vector.psk !== undefined && { psk: { psk: unhex(vector.psk), pskId: unhex(vector.psk_id ?? "") } }),
      };
      assert.equal(options.psk !== undefined, mode === "psk");
      const box = await sealBox(unhex(vector.pkRm), unhex(vector.pt), { ...options, ikm: unhex(vector.ikmE) });
      assert.equal(box && hex(box), vector.enc + vector.ct);
      const opened = await openBox(unhex(vector.skRm), unhex(vector.enc + vector.ct), options);
      assert.equal(opened && hex(opened), vector.pt);
      const { psk: _, ...without } = options;
      const other = mode === "psk" ? without : { ...options, psk: { psk: new Uint8Array(32), pskId: label("x") } };
      assert.equal(await openBox(unhex(vector.skRm), unhex(vector.enc + vector.ct), other), undefined);
    });
});

describe("ML-KEM-768 beside OpenSSL's", () => {
  const random = seeded("ml-kem");
  // DER around a raw key (RFC 9935): the algorithm's name, then the 1184 bytes of a key or the 64 of its seed.
  const publicHead = unhex("308204b2300b0609608648016503040402038204a100");
  const secretHead = unhex("3054020100300b060960864801650304040204428040");
  const publicKey = (raw: Uint8Array): KeyObject =>
    createPublicKey({ key: Buffer.from(concat(publicHead, raw)), format: "der", type: "spki" });
  const secretKey = (seed: Uint8Array): KeyObject =>
    createPrivateKey({ key: Buffer.from(concat(secretHead, seed)), format: "der", type: "pkcs8" });

  it("makes the same key of a seed, and each opens what the other sealed, or altered", () => {
    for (let i = 0; i < 6; i++) {
      const seed = random(64);
      const pair = mlKem.keygen(seed);
      const theirs = secretKey(seed);
      const exported = createPublicKey(theirs).export({ format: "der", type: "spki" });
      assert.equal(hex(exported), hex(concat(publicHead, pair.publicKey)));
      const ours = mlKem.encapsulate(pair.publicKey, random(32));
      assert.equal(hex(decapsulate(theirs, ours.cipherText)), hex(ours.sharedSecret));
      const native = encapsulate(publicKey(pair.publicKey));
      assert.equal(hex(mlKem.decapsulate(new Uint8Array(native.ciphertext), pair.secretKey)), hex(native.sharedKey));
      // Whoever alters a box gets a secret that follows from it and is nobody's: the same on both sides.
      const bent = ours.cipherText.slice();
      bent[i * 100] = (bent[i * 100] as number) ^ (1 << i);
      const implicit = mlKem.decapsulate(bent, pair.secretKey);
      assert.equal(hex(decapsulate(theirs, bent)), hex(implicit));
      assert.notEqual(hex(implicit), hex(ours.sharedSecret));
    }
  });

  it("refuses the same keys and boxes: numbers that are too large, other lengths", () => {
    const { publicKey: good, secretKey: secret } = mlKem.keygen(random(64));
    const cases: (readonly [string, Uint8Array])[] = [
      ["good", good],
      ["one byte short", good.subarray(1)],
      ["one byte more", concat(good, Uint8Array.of(0))],
      ["nothing", new Uint8Array(0)],
    ];
    // A coefficient of 12 bits may be 3328 at most; each is set to 3328, 3329 (q) and 4095 in three places.
    for (const at of [0, 300, 1149])
      for (const value of [3328, 3329, 4095]) {
        const key = good.slice();
        key[at] = value & 0xff;
        key[at + 1] = ((key[at + 1] as number) & 0xf0) | (value >> 8);
        cases.push([`${value} at ${at}`, key]);
      }
    for (const [name, key] of cases) {
      const ours = hexOf(() => mlKem.encapsulate(key, random(32)).sharedSecret);
      assert.equal(ours !== undefined, /^(good|3328)/.test(name), name);
      // In DER a length stands before the key, so that only whole ones can be handed over.
      if (key.length !== good.length) continue;
      const theirs = hexOf(() => encapsulate(publicKey(key)).sharedKey);
      assert.equal(ours === undefined, theirs === undefined, `${name}, natively`);
    }
    for (const length of [0, 1087, 1089]) assert.throws(() => mlKem.decapsulate(new Uint8Array(length), secret));
  });
});

const hexOf = (make: () => Uint8Array): string | undefined => {
  try {
    return hex(make());
  } catch {
    return undefined;
  }
};

/** X25519 by OpenSSL, from raw keys (DER heads of RFC 8410). */
const native = (secret: Uint8Array, to: Uint8Array): Uint8Array =>
  diffieHellman({
    privateKey: createPrivateKey({
      key: Buffer.from(concat(unhex("302e020100300506032b656e04220420"), secret)),
      format: "der",
      type: "pkcs8",
    }),
    publicKey: createPublicKey({
      key: Buffer.from(concat(unhex("302a300506032b656e032100"), to)),
      format: "der",
      type: "spki",
    }),
  });
