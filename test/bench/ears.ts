/** When what was said by one daemon arrives at others. */
import type { GroupId, MessageId, MessageView } from "../../src/types.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { Running } from "../helpers/venueProcess.ts";

/** One message of a daemon: when it was said by this machine's clock. */
export interface Said {
  readonly caucus: GroupId;
  readonly at: number;
}

/** What was just sent is not known as such yet when it arrives. */
const KNOWN_AFTER_MS = 5_000;

/** Daemons that are listened to. */
export class Ears {
  readonly #tails: Running[] = [];
  #deafUntil = 0;
  readonly said = new Map<MessageId, Said>();
  /** When a message was said, and how many ms later it was where; without what was said in a cut. */
  readonly delays: (readonly [at: number, ms: number])[] = [];

  /** Notes from now on when what arrives at a daemon. */
  listen(node: VenueNode): void {
    const seen = new Set<MessageId>();
    const tail = node.start(["tail", "--data", node.folder, "--json"]);
    tail.onLine((line) => {
      const { message } = JSON.parse(line) as MessageView;
      if (seen.has(message)) return;
      seen.add(message);
      this.arrived(message, Date.now());
    });
    this.#tails.push(tail);
  }

  /** Something was there at this moment. */
  arrived(message: MessageId, at: number): void {
    setTimeout(() => {
      const known = this.said.get(message);
      if (known !== undefined && known.at > this.#deafUntil) this.delays.push([known.at, at - known.at]);
    }, KNOWN_AFTER_MS).unref();
  }

  /** What is said from now on does not count, until `hearAfter`. */
  deafen(): void {
    this.#deafUntil = Infinity;
  }
  hearAfter(ms: number): void {
    this.#deafUntil = Date.now() + ms;
  }

  /** Ends what listens. */
  quiet(): void {
    for (const tail of this.#tails) tail.kill("SIGKILL");
  }
}
