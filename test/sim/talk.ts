/** What people of a simulated venue say: messages of their caucuses at random moments. */
import type { Millis, Topic } from "../../src/types.ts";
import type { SimRandom } from "../helpers/simRandom.ts";
import type { Ledger } from "./ledger.ts";
import type { FrameTable } from "./mail.ts";
import type { VenueClock } from "./venueClock.ts";
import type { VenuePeer } from "./venuePeer.ts";

/** What talk is made of. */
export interface TalkParts {
  readonly clock: VenueClock;
  readonly random: SimRandom;
  readonly peers: readonly VenuePeer[];
  readonly table: FrameTable;
  readonly ledger: Ledger;
  readonly topics: readonly Topic[];
  readonly perSecond: number;
  readonly lifetime: Millis;
}

/** The talk of a venue. */
export class Talk {
  readonly #parts: TalkParts;
  #going = false;
  /** Of a talk that has ended, nothing goes on when the next begins. */
  #times = 0;

  constructor(parts: TalkParts) {
    this.#parts = parts;
  }

  goesOn(going: boolean): void {
    if (going === this.#going) return;
    this.#going = going;
    if (going) this.#next((this.#times += 1));
  }

  #next(time: number): void {
    const { clock, random, perSecond } = this.#parts;
    clock.after((random.float() * 2000) / perSecond, () => {
      if (!this.#going || time !== this.#times) return;
      this.#say();
      this.#next(time);
    });
  }

  #say(): void {
    const { clock, random, peers, table, ledger, topics, lifetime } = this.#parts;
    const peer = random.pick(peers.filter(({ running }) => running));
    if (peer === undefined) return;
    const caucus = [...peer.caucuses][0] ?? 0;
    const lot = random.float();
    const at = clock.now();
    const topic = topics[caucus % topics.length] as Topic;
    const what = { kind: "message", topic, at, expires: at + lifetime, caucus, sender: peer.index } as const;
    const sent = table.make({ ...what, bytes: lot < 0.1 ? 256 : lot < 0.9 ? 1024 : 4096 });
    ledger.sent(sent);
    peer.says(sent);
  }
}
