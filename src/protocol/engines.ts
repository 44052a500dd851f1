/** Lets a host's own Ed25519 decide, after it gave the pure engine's verdicts on good, bad and crafted signatures. */
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { invalid } from "../errors.ts";
import { concat, equalBytes, unhex } from "./codec.ts";
import type { LateEngine } from "./lateEngine.ts";
import { setLateEngine } from "./lateEngine.ts";
import type { Engine } from "./signature.ts";
import { littleEndian, pureEngine, setEngine, signingPair, soundEdges } from "./signature.ts";

const { Point } = ed25519;
const L = Point.Fn.ORDER;
const SEED = new Uint8Array(32).fill(7);

interface Trial {
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
  readonly key: Uint8Array;
}

/** A signature whose R is of small order and whose k·A vanishes only under the cofactor: engines differ on it. */
const mixedOrder = (message: Uint8Array): Trial => {
  const { scalar } = ed25519.utils.getExtendedPublicKey(SEED);
  const torsion = Point.fromBytes(unhex(ED25519_TORSION_SUBGROUP[1] as string), true);
  const key = Point.BASE.multiply(scalar).add(torsion).toBytes();
  const nonce = littleEndian(sha512(message)) % L;
  const r = Point.BASE.multiply(nonce).toBytes();
  const k = littleEndian(sha512(concat(r, key, message))) % L;
  let s = (nonce + k * scalar) % L;
  const signature = new Uint8Array(64);
  signature.set(r);
  for (let i = 32; i < 64; i++, s >>= 8n) signature[i] = Number(s & 0xffn);
  return { key, signature, message };
};

const trials = function* (): Generator<Trial> {
  const { public: key } = signingPair(SEED);
  for (let i = 0; i < 8; i++) {
    const message = new Uint8Array(i * 9).fill(i);
    const signature = pureEngine.sign(message, SEED);
    const bad = signature.slice();
    bad[i * 8] = (bad[i * 8] as number) ^ 1;
    yield { signature, message, key };
    yield { signature: bad, message, key };
    yield mixedOrder(message);
  }
};

const expected = ({ signature, message, key }: Trial): boolean =>
  soundEdges(signature, key) && pureEngine.verify(signature, message, key);

const differs = (): never => {
  throw invalid("signature-engine", "this host's Ed25519 differs from the protocol's; not using it");
};

/** A faster engine from now on. Throws `invalid` when it differs: a host must not run with it. */
export const useEngine = (candidate: Engine): void => {
  for (const trial of trials()) {
    const { signature, message, key } = trial;
    const verdict = soundEdges(signature, key) && candidate.verify(signature, message, key);
    if (verdict !== expected(trial)) differs();
    if (!equalBytes(candidate.sign(message, SEED), pureEngine.sign(message, SEED))) differs();
  }
  setEngine(candidate);
};

/** A late engine from now on, wherever something waits for verdicts. Rejects with `invalid` when it differs. */
export const useLateEngine = async (candidate: LateEngine): Promise<void> => {
  for (const trial of trials()) {
    const { signature, message, key } = trial;
    const verdict = soundEdges(signature, key) && (await candidate.verify(signature, message, key));
    if (verdict !== expected(trial)) differs();
  }
  setLateEngine(candidate);
};
