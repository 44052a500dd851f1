/** Shows this person to the venue, if they want to be seen: now and then, and soon after somebody came. */
import { isMember } from "../protocol/group.ts";
import { stillGood } from "./codes.ts";
import type { Listing } from "./people.ts";
import { SHOW_EVERY, showPresence } from "./people.ts";
import type { Session } from "./session.ts";

const SOON = 500;
/** Between two shows: short for the first who come, doubled by each show for a crowd, short again after a calm. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 4_000;
const CALM = 30_000;

export class PresenceClock {
  readonly #session: Session;
  #cancel: (() => void) | undefined;
  #last = -Infinity;
  #pause = FIRST_PAUSE;
  #due = Infinity;

  constructor(session: Session) {
    this.#session = session;
  }

  start(): void {
    this.#plan(SOON);
  }

  /** Somebody came, or there is something new to show. */
  soon(): void {
    const now = this.#session.clock.now();
    this.#plan(Math.max(SOON, this.#last + this.#pause - now));
  }

  #plan(wait: number): void {
    const { options, clock, closed } = this.#session;
    if (options.hidden || closed) return;
    const [jitter] = options.random(1) as unknown as [number];
    const due = clock.now() + wait + jitter * 2;
    if (this.#due <= due) return;
    this.#cancel?.();
    this.#due = due;
    this.#cancel = clock.after(due - clock.now(), () => {
      this.#due = Infinity;
      this.#show();
      this.#plan(SHOW_EVERY);
    });
  }

  #show(): void {
    const session = this.#session;
    const now = session.clock.now();
    // Whoever is not somebody yet shows nothing.
    if (session.closed || session.revoked || session.links?.offering === true) return;
    if (session.link.status().peers === 0) return;
    this.#pause = now - this.#last > CALM ? FIRST_PAUSE : Math.min(this.#pause * 2, LONGEST_PAUSE);
    this.#last = now;
    const frame = showPresence(session.self, session.card, {
      listings: this.#listings(),
      venue: session.venue,
      now,
      random: session.options.random,
    });
    session.track(session.link.publish(session.venue.presence, frame).catch(() => 0));
  }

  #listings(): readonly Listing[] {
    const out: Listing[] = [];
    for (const [caucus, { state }] of this.#session.groups) {
      const code = this.#session.openCodes.get(caucus);
      if (code && state.view.policy.open && isMember(state) && stillGood(state.view, code))
        out.push({ caucus, name: state.view.name, code });
    }
    return out;
  }
}
