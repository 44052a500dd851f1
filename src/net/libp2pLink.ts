/**
 * `Link` over libp2p: gossip for what is new, catch-up for what was missed, a heartbeat on every connection, and our own
 * dialing. Works with the node of a daemon and with that of a page; which one is the host factory's business.
 */
import type { GossipSub, GossipSubComponents } from "@libp2p/gossipsub";
import type { Libp2p } from "@libp2p/interface";
import { CouloirError } from "../errors.ts";
import type { Clock, Millis, Random, Topic } from "../types.ts";
import type { DialLimits } from "./dialPlan.ts";
import type { DiscoveryFactory } from "./discovery.ts";
import type { Link, LinkHandlers, LinkStatus } from "./link.ts";
import { MeshRun } from "./meshRun.ts";
import { causeOf, silentLog, type NetLog } from "./netLog.ts";
import type { ShareLimits, Trust } from "./shares.ts";
import { systemClock } from "./systemClock.ts";

/** Makes a libp2p node, not started, with identify and with `gossip` as one of its services. */
export type HostFactory = (parts: {
  readonly gossip: (components: GossipSubComponents) => GossipSub;
}) => Promise<Libp2p>;

/** What a link is made of. */
export interface LinkOptions {
  /** `nodeHost(…)` in a daemon. */
  readonly host: HostFactory;
  /** `mdnsDiscovery(venue)`; none by default. */
  readonly discovery?: DiscoveryFactory;
  /** Addresses to dial from the start: remembered, from the command line, from an invite. */
  readonly hints?: readonly string[];
  /** How many links to keep; a hub keeps more. */
  readonly links?: Partial<DialLimits>;
  /** Which share a neighbour gets; all are vouched for by default. Asked once a connection. */
  readonly trust?: (from: string) => Trust;
  readonly shares?: Partial<ShareLimits>;
  /** Between two rounds of catch-up with a random neighbour. */
  readonly syncInterval?: Millis;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: NetLog;
}

/** The options with every default filled in. */
export type FullLinkOptions = LinkOptions & Required<Pick<LinkOptions, "clock" | "random" | "log" | "trust" | "hints">>;

const systemRandom: Random = (n) => crypto.getRandomValues(new Uint8Array(n));

/** A link that may be started and stopped any number of times. */
export class Libp2pLink implements Link {
  readonly #options: FullLinkOptions;
  readonly #topics = new Set<Topic>();
  readonly #hints = new Set<string>();
  #run: MeshRun | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: LinkOptions) {
    const { clock = systemClock, random = systemRandom, log = silentLog } = options;
    const { trust = () => "vouched", hints = [] } = options;
    this.#options = { ...options, clock, random, log, trust, hints };
    for (const hint of hints) this.#hints.add(hint);
  }

  start(handlers: LinkHandlers): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#run !== undefined) return;
      const run = new MeshRun(this.#options, handlers, this.#topics);
      try {
        await run.start();
      } catch (cause) {
        await run.stop();
        const text = `This device cannot listen on the network: ${causeOf(cause)}.`;
        throw new CouloirError("network", "cannot-listen", text, { cause });
      }
      this.#run = run;
      run.hint(Array.from(this.#hints));
    });
  }

  stop(): Promise<void> {
    return this.#inTurn(async () => {
      const run = this.#run;
      this.#run = undefined;
      await run?.stop();
    });
  }

  subscribe(topics: readonly Topic[]): void {
    for (const topic of topics) this.#topics.add(topic);
    this.#run?.subscribe(topics);
  }

  async publish(topic: Topic, frame: Uint8Array): Promise<number> {
    return (await this.#run?.publish(topic, frame)) ?? 0;
  }

  hint(addresses: readonly string[]): void {
    for (const address of addresses) this.#hints.add(address);
    this.#run?.hint(addresses);
  }

  status(): LinkStatus {
    return this.#run?.status() ?? { peerId: "", addresses: [], peers: 0 };
  }

  /** Addresses at which somebody was reached in this run, latest first, to hand over as hints in the next. */
  reachedAddresses(): readonly string[] {
    return this.#run?.reachedAddresses() ?? [];
  }

  /** Start and stop never overlap, in whatever order they are called. */
  #inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(step);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
