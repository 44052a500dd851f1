/** The machine's clock as the injected one. */
import type { Clock } from "../types.ts";

/** Real time and timers. Timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, fn) {
    const timer: unknown = setTimeout(fn, ms);
    // In Node only: a browser's timer is a number.
    if (typeof timer === "object" && timer !== null && "unref" in timer) (timer as { unref(): void }).unref();
    return () => clearTimeout(timer as number);
  },
};

/** Resolves after `ms`. */
export const delay = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });

/** What `promise` gives, or a rejection after `ms`; the timer is cleared either way. */
export const within = async <T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T> => {
  let cancel = (): void => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(ms, () => reject(new Error("no progress in time")));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
};
