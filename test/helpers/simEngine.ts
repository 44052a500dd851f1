/**
 * Ed25519 for simulated venues: Node's own, which is some ten times as fast as the portable one, and each verdict once.
 * In one process a hundred devices check the same signature, and a verdict depends on nothing but its bytes.
 */
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { useEngine } from "../../src/protocol/engines.ts";
import type { Engine } from "../../src/protocol/signature.ts";

// RFC 8410: what stands before the 32 bytes of a key.
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const MOST_VERDICTS = 100_000;

const verdicts = new Map<string, boolean>();

const native: Engine = {
  sign(message, seed) {
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
    return new Uint8Array(sign(null, message, key));
  },
  verify(signature, message, publicKey) {
    const name = Buffer.concat([signature, publicKey, message]).toString("latin1");
    const known = verdicts.get(name);
    if (known !== undefined) return known;
    const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" });
    const verdict = verify(null, message, key, signature);
    if (verdicts.size >= MOST_VERDICTS) verdicts.clear();
    verdicts.set(name, verdict);
    return verdict;
  },
};

/** Makes every messenger of this process use it. */
export const useSimEngine = (): void => useEngine(native);
