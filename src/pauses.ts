/** Long work in JavaScript on a page's own thread, in pieces between which the page answers taps. */
import type { Pause } from "./types.ts";

/** Milliseconds of one piece: less than a frame of the screen. */
const PIECE = 10;

/** Behind what waits already. Timers would be held back in a page that nobody looks at. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/** Waits its turn when `PIECE` has passed since it did last. All work of a thread shares one. `now`: milliseconds. */
export const pauses = (now: () => number = () => performance.now()): Pause => {
  let since = now();
  return async () => {
    if (now() - since < PIECE) return;
    await turn();
    since = now();
  };
};
