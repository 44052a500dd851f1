/** What follows on somebody else's frame is said after a short wait of one's own, not the moment it came. SPEC.md §16. */
import type { Millis } from "../types.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

const SHORTEST = 400;
const SPREAD = 4;

/** How long a comparison may take. */
export const WITHIN: Millis = 600_000;

/** Runs a step in a moment: 0.4 to 1.4 s. */
export const inOwnTime = (session: Session, work: (step: Step) => Promise<void>): void => {
  const [a] = session.options.random(1) as unknown as [number];
  session.clock.after(SHORTEST + a * SPREAD, () => {
    if (!session.closed) session.track(session.step(work).catch(() => undefined));
  });
};
