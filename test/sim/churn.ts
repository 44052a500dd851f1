/** People of a simulated venue who go and come back, or walk from one access point to another. */
import type { Millis } from "../../src/types.ts";
import type { SimRandom } from "../helpers/simRandom.ts";
import type { Radio } from "./radio.ts";
import type { VenueClock } from "./venueClock.ts";
import type { VenueOptions } from "./venueOptions.ts";
import type { VenuePeer } from "./venuePeer.ts";

/** What churn is made of. */
export interface ChurnParts {
  readonly clock: VenueClock;
  readonly random: SimRandom;
  readonly peers: readonly VenuePeer[];
  readonly radio: Radio;
  readonly options: Pick<VenueOptions, "churn" | "roaming" | "peers">;
}

const AWAY: readonly [Millis, Millis] = [5000, 40_000];

/** The coming and going of a venue. */
export class Churn {
  readonly #parts: ChurnParts;
  #going = false;
  #times = 0;

  constructor(parts: ChurnParts) {
    this.#parts = parts;
  }

  goesOn(going: boolean): void {
    if (going === this.#going) return;
    this.#going = going;
    if (going) this.#next((this.#times += 1));
  }

  #next(time: number): void {
    const { clock, random, peers, options } = this.#parts;
    const { churn, roaming } = options;
    const perMinute = (churn + roaming) * options.peers;
    if (perMinute <= 0) return;
    clock.after((random.float() * 120_000) / perMinute, () => {
      if (!this.#going || time !== this.#times) return;
      const peer = random.pick(peers.filter(({ running }) => running));
      if (peer !== undefined) {
        if (random.chance(churn / (churn + roaming))) this.#goes(peer);
        else this.#roams(peer);
      }
      this.#next(time);
    });
  }

  #goes(peer: VenuePeer): void {
    const { clock, random } = this.#parts;
    if (random.chance(0.5)) peer.vanishes();
    else void peer.leaves();
    const [least, most] = AWAY;
    clock.after(least + random.float() * (most - least), () => {
      if (!peer.running) void peer.comes();
    });
  }

  #roams({ place }: VenuePeer): void {
    const { random, radio } = this.#parts;
    if (place.accessPoint === undefined) return;
    radio.roam(place, random.between(0, radio.accessPoints - 1), 100 + random.float() * 700);
  }
}
