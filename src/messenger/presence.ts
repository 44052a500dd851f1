/**
 * Shows this person to the venue, if they want to be seen: when they come, when there is something new to show, and from
 * time to time, the more rarely the more are here. Whoever comes later is told by neighbours: see `rollCall.ts`.
 */
import { isMember } from "../protocol/group.ts";
import type { Millis } from "../types.ts";
import { stillGood } from "./codes.ts";
import { ownDevice } from "./own.ts";
import type { Listing } from "./presenceFrame.ts";
import { showPresence } from "./presenceFrame.ts";
import { pauseFor } from "./presencePace.ts";
import type { Session } from "./session.ts";

const SOON = 500;
/** Between two shows, whatever there is to show. */
const SHORTEST_PAUSE = 4000;
/** Until the last word is on its way, and the link may be cut. */
const FAREWELL = 150;

export class PresenceClock {
  readonly #session: Session;
  #cancel: (() => void) | undefined;
  #last = -Infinity;
  /** Until then the venue does not wait for a word of this device. */
  #promised = -Infinity;
  #due = Infinity;

  constructor(session: Session) {
    this.#session = session;
  }

  start(): void {
    this.#plan(SOON);
  }

  /** There is something new to show. */
  soon(): void {
    this.#plan(Math.max(SOON, this.#last + SHORTEST_PAUSE - this.#session.clock.now()));
  }

  /** Neighbours came: those who have not heard of this device in time are to. */
  met(): void {
    if (this.#promised <= this.#session.clock.now()) this.soon();
  }

  /** Says that this device goes, if anybody knows that it was here. */
  async leave(): Promise<void> {
    const { clock } = this.#session;
    this.#cancel?.();
    if (this.#promised <= clock.now()) return;
    this.#promised = -Infinity;
    void this.#publish(0);
    await new Promise<void>((resolve) => clock.after(FAREWELL, resolve));
  }

  #lot(): number {
    const [lot] = this.#session.options.random(1) as unknown as [number];
    return lot / 256;
  }

  #plan(wait: Millis): void {
    const { options, clock, closed } = this.#session;
    if (options.hidden || closed) return;
    const due = clock.now() + wait + this.#lot() * SOON;
    if (this.#due <= due) return;
    this.#cancel?.();
    this.#due = due;
    this.#cancel = clock.after(due - clock.now(), () => {
      this.#due = Infinity;
      this.#show();
    });
  }

  #show(): void {
    const { clock, people, link, links, closed, revoked } = this.#session;
    const now = clock.now();
    const devices = people.here.count(now);
    link.crowd?.(devices);
    const pause = pauseFor(devices, this.#lot());
    this.#plan(pause);
    // Whoever is not somebody yet shows nothing.
    if (closed || revoked || links?.offering === true || link.status().peers === 0) return;
    this.#last = now;
    this.#promised = now + pause + SOON;
    // A neighbour that has not told its topics yet, or whose stream has just gone down, takes it a little later.
    const unheard = (): void => {
      this.#promised = -Infinity;
      this.soon();
    };
    this.#session.track(this.#publish(pause + SOON).then((count) => (count === 0 ? unheard() : undefined)));
  }

  /** The number of neighbours that took it. */
  #publish(next: Millis): Promise<number> {
    const { self, card, venue, clock, options, people, person, link } = this.#session;
    const now = clock.now();
    const { random } = options;
    const frame = showPresence(self, card, { listings: this.#listings(), next, venue, now, random });
    // With its own among them, a device answers for itself as for others, and is told nothing of itself.
    people.here.hear({ person, device: ownDevice(self), at: now, next, frame }, now);
    return link.publish(venue.presence, frame).catch(() => 0);
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
