/**
 * Verifiers that answer by promises, as a browser's own does, for a protocol whose decoders do not wait.
 *
 * `withVerdicts` runs a pure piece of work. A signature that nobody has decided yet counts as bad meanwhile and goes to
 * the late engine; once its verdicts are there the work runs again, as often as that takes: an operation's signature
 * first, then that of the card inside. Only the last run counts. All signatures of one run are decided side by side.
 */
import { hex } from "./codec.ts";
import { sha256 } from "./primitives.ts";

/** Decides the equation for a key and a signature whose edges are already checked. Never rejects. */
export interface LateEngine {
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): Promise<boolean>;
}

let engine: LateEngine | undefined;

/** `undefined`: everything is decided at once again. `useLateEngine` of `engines.ts` tests an engine before. */
export const setLateEngine = (candidate: LateEngine | undefined): void => {
  engine = candidate;
};

/** One piece of work that is under way, and what it knows by now. */
interface Run {
  readonly verdicts: Map<string, boolean>;
  readonly open: Map<string, Promise<boolean>>;
}
let run: Run | undefined;

/** What the work under way knows of a signature: `false` also while it is being decided. `undefined`: decide at once. */
export const lateVerdict = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean | undefined => {
  if (!run || !engine) return undefined;
  const name = hex(sha256(publicKey, signature, message));
  const known = run.verdicts.get(name);
  if (known === undefined && !run.open.has(name)) run.open.set(name, engine.verify(signature, message, publicKey));
  return known ?? false;
};

/** What pure, synchronous `work` gives once every signature in it is decided, by the late engine where there is one. */
export const withVerdicts = async <T>(work: () => T): Promise<T> => {
  const verdicts = new Map<string, boolean>();
  for (;;) {
    const current: Run = { verdicts, open: new Map() };
    const before = run;
    run = current;
    let result: T;
    try {
      result = work();
    } finally {
      run = before;
    }
    if (current.open.size === 0) return result;
    for (const [name, verdict] of current.open) verdicts.set(name, await verdict);
  }
};
