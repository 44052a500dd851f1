/** What a `Libp2pLink` is made of. */
import type { GossipSub, GossipSubComponents } from "@libp2p/gossipsub";
import type { Libp2p } from "@libp2p/interface";
import type { Clock, Millis, Random } from "../types.ts";
import type { DialLimits } from "./dialPlan.ts";
import type { DiscoveryFactory } from "./discovery.ts";
import type { GossipPolicyOf } from "./gossipPolicy.ts";
import type { RouterFactory } from "./gossipRouter.ts";
import type { Machine } from "./machine.ts";
import type { NetLog } from "./netLog.ts";
import type { ShareLimits, Trust } from "./shares.ts";
import type { VenueSide } from "./vouching.ts";

/** Makes a libp2p node, not started, with identify and with `gossip` as one of its services. */
export type HostFactory = (parts: {
  readonly gossip: (components: GossipSubComponents) => GossipSub;
}) => Promise<Libp2p>;

/** What a link is made of. */
export interface LinkOptions {
  /** `nodeHost(…)` in a daemon. */
  readonly host: HostFactory;
  /** What forwards frames; gossipsub by default. */
  readonly router?: RouterFactory;
  /** How much it gossips; `gossipPolicy` by default. */
  readonly gossip?: GossipPolicyOf;
  /** `mdnsDiscovery(venue)`; none by default. */
  readonly discovery?: DiscoveryFactory;
  /** Addresses to dial from the start: remembered, from the command line, from an invite. */
  readonly hints?: readonly string[];
  /** How many links to keep; a hub keeps more. */
  readonly links?: Partial<DialLimits>;
  /** The venue as this device knows it; neighbours are told, and prove its key if there is one. */
  readonly venue?: VenueSide;
  /** Which share a neighbour gets at first; in a venue with a key a stranger's by default, else a vouched one's. */
  readonly trust?: (from: string) => Trust;
  readonly shares?: Partial<ShareLimits>;
  /** `thisMachine`; none in a page. */
  readonly machine?: Machine;
  /** Between two rounds of catch-up with a random neighbour. */
  readonly syncInterval?: Millis;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: NetLog;
}

/** The options with every default filled in. Their clock never goes back; `wall` is what this machine takes for the time. */
export type FullLinkOptions = LinkOptions &
  Required<Pick<LinkOptions, "clock" | "random" | "log" | "hints">> & { readonly wall: Clock };
