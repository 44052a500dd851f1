/** Which Ed25519 verifies in a page. */
import { browserEngine } from "./browserEngine.ts";
import { systemClock } from "./net/systemClock.ts";
import { patientEngine } from "./patientEngine.ts";
import { useLateEngine } from "./protocol/engines.ts";
import type { LateEngine } from "./protocol/lateEngine.ts";
import { setLateEngine } from "./protocol/lateEngine.ts";
import type { Pause } from "./types.ts";
import type { VerifyingWorker } from "./verdicts.ts";

const takeOver = async (verifier: () => VerifyingWorker, here: LateEngine): Promise<void> => {
  const { workerEngine } = await import("./workerEngine.ts");
  await useLateEngine(workerEngine(verifier, { instead: here, clock: systemClock }));
};

/**
 * The browser's own where there is one and its verdicts are the protocol's. Elsewhere JavaScript: on this thread with
 * pauses, until a worker has shown that it can. Nothing needs to wait for that; `settled` tells when it has, or will not.
 * Never rejects.
 */
export const findEngine = async (
  pause: Pause,
  verifier?: () => VerifyingWorker,
): Promise<{ readonly settled: Promise<void> }> => {
  const own = browserEngine();
  if (own !== undefined) {
    try {
      await useLateEngine(own);
      return { settled: Promise.resolve() };
    } catch {
      // It differs: JavaScript decides.
    }
  }
  const here = patientEngine(pause);
  setLateEngine(here);
  const taken = verifier === undefined ? Promise.resolve() : takeOver(verifier, here);
  return { settled: taken.catch(() => undefined) };
};
