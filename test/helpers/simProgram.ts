/** One run of a messenger on a simulated host, from its start to its end or crash. */
// Loaded when they are needed, which takes time that does not pass here.
import "../../src/messenger/devices/apart.ts";
import "../../src/messenger/seldom.ts";
import "../../src/messenger/verification.ts";
import { Messenger } from "../../src/messenger/messenger.ts";
import { VenueDoor } from "../../src/messenger/venueDoor.ts";
import { nodeEngine } from "../../src/nodeEngine.ts";
import { useEngine } from "../../src/protocol/engines.ts";
import type { VenueDescriptor } from "../../src/protocol/venue.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import { ProgramClock } from "./simClock.ts";
import type { SimDisk } from "./simDisk.ts";
import { useSimEngine } from "./simEngine.ts";
import { simKem } from "./simKem.ts";
import type { SimNetwork } from "./simNetwork.ts";
import { SimRandom } from "./simRandom.ts";

useEngine(nodeEngine);

/** A messenger that runs, and what it runs on. */
export interface Program {
  readonly messenger: Messenger;
  readonly disk: SimDisk;
  readonly store: Store;
  /** Ends it on the spot: timers, network and disk are gone. */
  kill(): void;
}

/** What a program needs. */
export interface ProgramOptions {
  readonly name: string;
  readonly network: SimNetwork;
  readonly random: SimRandom;
  readonly disk: SimDisk;
  /** Its clock is off by so many ms. */
  readonly skew: number;
  /** Invitations wait for an answer. */
  readonly asks: boolean;
  /** It came over plain http. */
  readonly guest: boolean;
  /** It makes no exchanges against a later quantum computer. */
  readonly old: boolean;
  /** The venue as it knows it from the beginning. */
  readonly venue?: VenueDescriptor | undefined;
  /** It is a page, and hears not all buckets. */
  readonly page: boolean;
  /** Bytes of mail that it keeps. */
  readonly carry?: number | undefined;
}

useSimEngine();

/** The store of a profile; its key outlives its programs. */
export const openDisk = (name: string, disk: SimDisk, random: SimRandom): Promise<Store> =>
  Store.open(disk, new Vault(new SimRandom(`profile of ${name}`).bytes(32), random.fork("vault").bytes));

/** Opens a messenger on a disk, new or used. */
export const startProgram = async (options: ProgramOptions): Promise<Program> => {
  const { name, network, disk, random, skew, asks: ask, guest, old, page, venue, carry } = options;
  const clock = new ProgramClock(network.clock, skew);
  const link = network.link(name);
  const store = await openDisk(name, disk, random);
  const messenger = await Messenger.open({
    store,
    link,
    clock,
    random: random.bytes,
    ask,
    guest,
    hears: page ? "own" : "all",
    ...(!old && { kem: simKem }),
    ...(venue && { venue: new VenueDoor(venue) }),
    ...(carry !== undefined && { carry }),
  });
  // A dead program's work need not come to an end.
  const forget = network.clock.watch({ idle: async () => await link.orDead(messenger.idle()) });
  const kill = (): void => {
    forget();
    disk.freeze();
    clock.kill();
    link.kill();
  };
  return { messenger, disk, store, kill };
};
