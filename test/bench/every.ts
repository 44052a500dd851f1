import { setTimeout as delay } from "node:timers/promises";

/** Acts every so many ms until `ends` is aborted; late where an act takes longer, and never twice at once. */
export const every = async (ms: number, ends: AbortSignal, act: () => Promise<void>): Promise<void> => {
  let next = performance.now();
  while (!ends.aborted) {
    await act();
    next = Math.max(next + ms, performance.now());
    await delay(Math.max(1, next - performance.now()), undefined, { signal: ends }).catch(() => undefined);
  }
};
