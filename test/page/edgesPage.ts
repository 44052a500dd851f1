/** The page of `signatureEdges.test.ts`: the verdict as this host gives it, by JavaScript and by the browser itself. */
import { browserEngine } from "../../src/browserEngine.ts";
import { hex, unhex } from "../../src/protocol/codec.ts";
import { useLateEngine } from "../../src/protocol/engines.ts";
import type { LateEngine } from "../../src/protocol/lateEngine.ts";
import { setLateEngine, withVerdicts } from "../../src/protocol/lateEngine.ts";
import { verify } from "../../src/protocol/signature.ts";
import { systemClock } from "../../src/net/systemClock.ts";
import { workerEngine } from "../../src/workerEngine.ts";
import { edges, message } from "../protocol/signatureEdges.ts";

/** Key, message and signature in hex. */
export type Asked = readonly [key: string, message: string, signature: string];

/** What a host says of each: by JavaScript, and by its own Ed25519 behind the checks on bytes, where it has one. */
export interface Verdicts {
  readonly pure: readonly boolean[];
  readonly native?: readonly boolean[];
  /** The browser alone, without the checks. */
  readonly bare?: readonly boolean[];
  /** What a worker says behind the checks, where there can be one. */
  readonly worker?: readonly boolean[];
}

/** A worker of this script, and nobody to stand in for it. */
const byWorker = (): LateEngine =>
  workerEngine(() => new Worker("/verifier.js"), {
    instead: { verify: () => Promise.reject(new Error("the worker has failed")) },
    clock: systemClock,
  });

export const verdictsOf = async (asked: readonly Asked[]): Promise<Verdicts> => {
  const all = asked.map(([key, text, signature]) => [unhex(key), unhex(text), unhex(signature)] as const);
  const pure = all.map(([key, text, signature]) => verify(signature, text, key));
  const late = async (engine: LateEngine): Promise<readonly boolean[]> => {
    await useLateEngine(engine);
    const verdicts = await withVerdicts(() => all.map(([key, text, signature]) => verify(signature, text, key)));
    setLateEngine(undefined);
    return verdicts;
  };
  const worker = typeof Worker === "undefined" ? {} : { worker: await late(byWorker()) };
  // Absent where the page is no secure context.
  const own = (crypto as Partial<Crypto>).subtle;
  if (own === undefined) return { pure, ...worker };
  const bare = await Promise.all(
    all.map(async ([key, text, signature]) => {
      try {
        const imported = await own.importKey("raw", copy(key), "Ed25519", false, ["verify"]);
        return await own.verify("Ed25519", imported, copy(signature), copy(text));
      } catch {
        return false;
      }
    }),
  );
  return { pure, native: await late(browserEngine() as LateEngine), bare, ...worker };
};

const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** The crafted signatures, as this host makes them. */
export const crafted = (): readonly (readonly [...Asked, good: boolean])[] =>
  edges().map(({ key, signature, good }) => [hex(key), hex(message), hex(signature), good] as const);

Object.assign(globalThis, { verdictsOf, crafted });
