/** A clock for lapses of time, which never goes back. */
import type { Clock, Millis } from "../types.ts";

/**
 * The time of `clock` where that goes on, as it does over a sleep. Somebody may set a machine's clock while this runs, as the
 * doctor tells them: until a clock that was set back is as late again, nothing would be due, dead, or allowed once more.
 */
export const steadyClock = (clock: Clock): Clock => {
  let ahead: Millis = 0;
  let last: Millis = -Infinity;
  return {
    now: () => {
      const now = clock.now();
      ahead = Math.max(ahead, last - now);
      last = now + ahead;
      return last;
    },
    after: (ms, fn) => clock.after(ms, fn),
  };
};
