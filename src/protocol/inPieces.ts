/** Much pure work that verifies signatures, for whoever can wait: a few at a time, so that others have the thread between. */
import type { Pause } from "../types.ts";
import { withVerdicts } from "./lateEngine.ts";

/** Of one piece: a few milliseconds without their signatures, which are decided side by side. */
const PIECE = 32;

/** What `work` gives for each of `all`, in their order, once its signatures are decided. */
export const inPieces = async <T, R>(all: readonly T[], work: (one: T) => R, pause?: Pause): Promise<readonly R[]> => {
  const out: R[] = [];
  for (let at = 0; at < all.length; at += PIECE) {
    await pause?.();
    out.push(...(await withVerdicts(() => all.slice(at, at + PIECE).map(work))));
  }
  return out;
};
