/**
 * The sender-key ratchet beside libsignal's, which knows nothing of ours: the same chain gives the same keys, in both
 * directions, and both open and refuse the same in any order of arrival. `npm run oracle`; what it compares with is under
 * the AGPL and lies in `.ci/oracle`, so that nothing of Couloir depends on it.
 *
 * Signal's profile: keys = HKDF-SHA256(seed, no salt, "WhisperGroup", 48) = iv(16) ‖ key(32) of AES-256-CBC.
 */
import assert from "node:assert/strict";
import { createCipheriv, createDecipheriv } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { hex, utf8 } from "../../src/protocol/codec.ts";
import { CHAIN_LENGTH } from "../../src/protocol/limits.ts";
import { keyAt, ratchet, type ReceiveChain } from "../../src/protocol/senderKey.ts";
import { seeded } from "../protocol/seeded.ts";

/** What is used of libsignal-client: it has types of its own only where it is installed. */
interface Signal {
  readonly ProtocolAddress: { new: (name: string, device: number) => Address };
  readonly PrivateKey: { generate: () => PrivateKey };
  readonly SenderKeyStore: new () => object;
  readonly SenderKeyDistributionMessage: {
    create(from: Address, distribution: string, store: object): Promise<Announced>;
    _new(
      version: number,
      distribution: string,
      chain: number,
      iteration: number,
      key: Uint8Array,
      pk: object,
    ): Announced;
  };
  readonly SenderKeyMessage: {
    deserialize(bytes: Uint8Array): SignalMessage;
    _new(
      version: number,
      distribution: string,
      chain: number,
      iteration: number,
      ciphertext: Uint8Array,
      key: PrivateKey,
    ): SignalMessage;
  };
  readonly PublicKey: { deserialize(bytes: Uint8Array): object };
  processSenderKeyDistributionMessage(from: Address, message: Announced, store: object): Promise<void>;
  groupEncrypt(from: Address, distribution: string, store: object, text: Uint8Array): Promise<SignalMessage>;
  groupDecrypt(from: Address, store: object, message: Uint8Array): Promise<Uint8Array>;
}
type Address = object & { readonly address?: never };
interface PrivateKey {
  getPublicKey(): object;
}
interface Announced {
  serialize(): Uint8Array;
  chainKey(): Uint8Array;
  chainId(): number;
  iteration(): number;
}
interface SignalMessage {
  serialize(): Uint8Array;
  ciphertext(): Uint8Array;
  iteration(): number;
  verifySignature(key: object): boolean;
}

const path = join(import.meta.dirname, "../../.ci/oracle/node_modules/@signalapp/libsignal-client/dist/index.js");
const signal = (await import(pathToFileURL(path).href)) as Signal;

const DISTRIBUTION = "7c2f5b1e-3d44-4f0a-9c51-0b6e9d2a8f10";
const alice = signal.ProtocolAddress.new("9d0652a3-dcc3-4d11-975f-74d61598733f", 1);

class MemoryKeys extends signal.SenderKeyStore {
  readonly #records = new Map<string, unknown>();
  saveSenderKey(_: unknown, distribution: string, record: unknown): Promise<void> {
    this.#records.set(distribution, record);
    return Promise.resolve();
  }
  getSenderKey(_: unknown, distribution: string): Promise<unknown> {
    return Promise.resolve(this.#records.get(distribution) ?? null);
  }
}

/** Signal's keys from a seed of ours. */
const cipherOf = (seed: Uint8Array): { readonly iv: Uint8Array; readonly key: Uint8Array } => {
  const both = hkdf(sha256, seed, undefined, utf8("WhisperGroup"), 48);
  return { iv: both.subarray(0, 16), key: both.subarray(16) };
};
const encrypt = (seed: Uint8Array, text: Uint8Array): Uint8Array => {
  const { iv, key } = cipherOf(seed);
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  return new Uint8Array(Buffer.concat([cipher.update(text), cipher.final()]));
};
const decrypt = (seed: Uint8Array, sealed: Uint8Array): Uint8Array => {
  const { iv, key } = cipherOf(seed);
  const cipher = createDecipheriv("aes-256-cbc", key, iv);
  return new Uint8Array(Buffer.concat([cipher.update(sealed), cipher.final()]));
};

/** The seeds of a whole chain. */
const seedsOf = (chain: Uint8Array): readonly Uint8Array[] => {
  const out: Uint8Array[] = [];
  for (let i = 0, key = chain; i < CHAIN_LENGTH; i++) {
    const { seed, next } = ratchet(key);
    out.push(seed);
    key = next;
  }
  return out;
};

/** A receiving chain of ours at its beginning. */
const chainFrom = (key: Uint8Array): ReceiveChain => ({
  ...({ chain: "00", sender: "00", view: "00" } as unknown as ReceiveChain),
  heads: [],
  distribution: new Uint8Array(32),
  signer: new Uint8Array(32),
  openedAt: 0,
  key,
  index: 0,
  skipped: new Map(),
  meta: new Uint8Array(32),
  metaNext: 0,
  metaSkipped: new Set(),
});

describe("the sender-key ratchet beside libsignal's", () => {
  const texts = Array.from({ length: CHAIN_LENGTH }, (_, i) => utf8(`message ${i}`));

  it("opens a whole chain that libsignal sealed, with keys from our ratchet alone", async () => {
    const store = new MemoryKeys();
    const announced = await signal.SenderKeyDistributionMessage.create(alice, DISTRIBUTION, store);
    assert.equal(announced.iteration(), 0);
    // The last field of the announcement: a byte for the curve, and the key.
    const signer = signal.PublicKey.deserialize(announced.serialize().slice(-33));
    const seeds = seedsOf(new Uint8Array(announced.chainKey()));
    for (const [i, text] of texts.entries()) {
      const sealed = await signal.groupEncrypt(alice, DISTRIBUTION, store, text);
      const message = signal.SenderKeyMessage.deserialize(sealed.serialize());
      assert.ok(message.verifySignature(signer));
      assert.equal(message.iteration(), i);
      assert.equal(hex(decrypt(seeds[i] as Uint8Array, message.ciphertext())), hex(text));
    }
  });

  it("seals chains that libsignal opens, and both take and refuse the same, in any order and again", async () => {
    const random = seeded("oracle");
    const arrivals = fc.array(fc.nat(CHAIN_LENGTH - 1), { minLength: 1, maxLength: 160 });
    for (const [run, order] of fc.sample(arrivals, { numRuns: 40, seed: 1 }).entries()) {
      const key = random(32);
      const signer = signal.PrivateKey.generate();
      const announced = signal.SenderKeyDistributionMessage._new(3, DISTRIBUTION, run, 0, key, signer.getPublicKey());
      const store = new MemoryKeys();
      await signal.processSenderKeyDistributionMessage(alice, announced, store);
      const seeds = seedsOf(key);
      let ours = chainFrom(key);
      for (const i of order) {
        const sealed = encrypt(seeds[i] as Uint8Array, texts[i] as Uint8Array);
        const message = signal.SenderKeyMessage._new(3, DISTRIBUTION, run, i, sealed, signer);
        const theirs = await signal.groupDecrypt(alice, store, message.serialize()).catch(() => undefined);
        const mine = keyAt(ours, i);
        ours = mine?.after ?? ours;
        assert.equal(theirs !== undefined, mine !== undefined, `message ${i} of ${order.join(" ")}`);
        if (theirs) assert.equal(hex(theirs), hex(texts[i] as Uint8Array));
      }
    }
  });
});
