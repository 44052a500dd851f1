/** JavaScript's Ed25519 on this thread, one signature after the other, with pauses: for a page that has nothing better. */
import type { LateEngine } from "./protocol/lateEngine.ts";
import { decide } from "./protocol/signature.ts";
import type { Pause } from "./types.ts";

/** Its verdicts are those of the engine that decides at once: no need to test it. */
export const patientEngine = (pause: Pause): LateEngine => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    verify: (signature, message, publicKey) => {
      const verdict = last.then(pause).then(() => decide(signature, message, publicKey));
      last = verdict;
      return verdict;
    },
  };
};
