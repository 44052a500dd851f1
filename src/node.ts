/**
 * Couloir on Node: a profile in a folder, the local network, and a messenger over both. `openMessenger` is all that most
 * programs need; `openFolder` keeps opening the folder and joining the network apart.
 */
import { randomBytes } from "@noble/hashes/utils.js";
import type { CouloirError } from "./errors.ts";
import { exportIdentity, openIdentity, type MovedIdentity } from "./messenger/identityFile.ts";
import { plantIdentity } from "./messenger/identityPlanting.ts";
import { Messenger } from "./messenger/messenger.ts";
import { VenueDoor } from "./messenger/venueDoor.ts";
import { Dialable } from "./net/dialable.ts";
import { FollowingLink } from "./net/followingLink.ts";
import type { Libp2pLink } from "./net/libp2pLink.ts";
import { thisMachine } from "./net/machine.ts";
import { mdnsDiscovery } from "./net/mdnsDiscovery.ts";
import { silentLog, type NetLog } from "./net/netLog.ts";
import { nodeHost, type HubOptions } from "./net/nodeHost.ts";
import type { Surroundings } from "./net/survey.ts";
import { systemClock } from "./net/systemClock.ts";
import { nodeEngine } from "./nodeEngine.ts";
import { useEngine } from "./protocol/engines.ts";
import { openProfile, type Passphrase } from "./store/openNode.ts";
import { put } from "./store/record.ts";
import type { Store } from "./store/store.ts";
import type { Profile } from "./types.ts";
import { xWingLater } from "./xWingLater.ts";

export { changePassphrase, profileLock, wipeProfile, type Passphrase } from "./store/openNode.ts";
export type { NetLog } from "./net/netLog.ts";

/** How a folder is opened and how its messenger joins the network. */
export interface FolderOptions {
  /** Holds the profile: keys, caucuses, messages. Made when it is not there; for one process at a time. */
  readonly folder: string;
  /**
   * Asks for the passphrase, or knows it. It locks a new folder; an existing one must be locked with it. Without it a new
   * folder is readable by whoever can read your files.
   */
  readonly passphrase?: Passphrase;
  /**
   * The venue's name, or its code (`couloir-venue:…`) with all that belongs to it: who gives another one hears nothing of
   * this messenger. The one of last time by default, and `"couloir"` at first.
   */
  readonly venue?: string;
  /** Parts that the venue is cut into, 1 or 8; all devices of a venue need the same. As last time by default. */
  readonly buckets?: number;
  /** `"new"`: makes a key for the venue, unless it has one. `"none"`: does without. As last time by default. */
  readonly venueKey?: "new" | "none";
  /** Bytes of others' sealed mail that are kept for them; 256 MB by default, 1 GB on a hub. */
  readonly carry?: number;
  /** IP addresses or multiaddrs to listen on; by default any free port on all IPv4 networks of this machine. */
  readonly listen?: readonly string[];
  /** Multiaddrs to dial from the start. */
  readonly peers?: readonly string[];
  /** Finds others, and is found, by multicast; `true` by default. */
  readonly mdns?: boolean;
  /** Says nothing of this person to the venue; `false` by default. */
  readonly hidden?: boolean;
  /** Invitations wait for `accept` or `decline` instead of being accepted; `false` by default. */
  readonly ask?: boolean;
  /** Gets what the network layer has to say, without content; nothing by default. */
  readonly log?: NetLog;
  /** Told of each record on disk that cannot be read any more. Without it, reading such a record throws. */
  readonly onDamaged?: (error: CouloirError) => void;
}

/** What makes a daemon a hub: the WebSockets of an HTTP server that somebody else runs. */
export interface HubPart extends HubOptions {
  /** 32 bytes: the transport identity, which a hub keeps over restarts. */
  readonly seed: Uint8Array;
  /** Takes WebRTC straight from pages as well; `false` by default. See `NodeHostOptions`. */
  readonly webrtcDirect?: boolean;
}

/** A folder that this process has opened. */
export interface OpenFolder {
  /** Joins the network; once. */
  start(hub?: HubPart): Promise<Messenger>;
  /** Dials what `typedAddresses` makes of a typed address; whether somebody answered. `false` before `start`. */
  dial(addresses: readonly string[]): Promise<boolean>;
  /** What this device sees of its network; takes seconds. `undefined` before `start`. */
  survey(): Promise<Surroundings | undefined>;
  /** The person of this folder as an encrypted file, for another device; see `identityFile.ts`. */
  exportIdentity(passphrase: string): Promise<Uint8Array>;
  /** Whom such a file holds, for `plant`. Rejects `refused` "wrong-passphrase" and `invalid` "identity-damaged". */
  openIdentity(file: Uint8Array, passphrase: string): Promise<MovedIdentity>;
  /** Puts a person into a folder that is new, before `start`. */
  plant(identity: MovedIdentity): Promise<void>;
  /** What `keep` put there under this name, sealed like everything else; `undefined` where nothing is. */
  kept(name: string): Promise<unknown>;
  /** Keeps something small of a program's own: text, numbers, bytes, and lists and records of them. */
  keep(name: string, value: unknown): Promise<void>;
  /** Leaves the network, closes the folder and forgets its keys. */
  close(): Promise<void>;
}

/** What is said of the person besides. What is left out stays as it is. */
export interface OpenOptions extends FolderOptions, Partial<Profile> {}

/** A messenger that is at work. */
export interface Opened {
  readonly messenger: Messenger;
  /** Leaves the network, closes the folder and forgets its keys. */
  readonly close: () => Promise<void>;
}

const REMEMBERED = 16;
/** A hub holds a link to every browser in the building. */
const HUB_LINKS = { most: 600, strangers: 200 } as const;
/** Bytes of mail. */
const DAEMON_CARRIES = 256 * 1024 * 1024;
const HUB_CARRIES = 1024 * 1024 * 1024;
const keptKey = (name: string) => ({ space: "profile", name: `kept ${name}` }) as const;
const reachedKey = { space: "profile", name: "reached" } as const;

/** Where somebody was reached in an earlier run. A link takes any text as a hint, so only the type is checked. */
const reachedBefore = async (store: Store): Promise<readonly string[]> => {
  const known = await store.get(reachedKey);
  return Array.isArray(known) ? known.filter((one) => typeof one === "string") : [];
};

/** Keeps for the next run where somebody was reached in this one: it helps where multicast is filtered. */
const rememberReached = (messenger: Messenger, link: Libp2pLink, store: Store): void => {
  let written = "";
  messenger.on("peers", (count) => {
    const reached = link.reachedAddresses().slice(0, REMEMBERED);
    const now = reached.join();
    if (count === 0 || now === "" || now === written) return;
    written = now;
    // It only makes the next start quicker: a disk that fails says so elsewhere.
    store.commit([put(reachedKey, reached)]).catch(() => undefined);
  });
};

const tellLog =
  (log: NetLog = silentLog) =>
  (reason: string): void =>
    log.warn({ cause: reason }, "a way in is missing");

/** Opens the profile in a folder, or makes one there. Nothing is said to the network before `start`. */
export const openFolder = async (options: FolderOptions): Promise<OpenFolder> => {
  const { folder, passphrase, onDamaged, listen = [], peers = [], mdns = true } = options;
  useEngine(nodeEngine);
  const { store, vault } = await openProfile(folder, {
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(onDamaged === undefined ? {} : { onDamaged }),
  });
  const parts = { clock: systemClock, random: randomBytes };
  let leave = async (): Promise<void> => {};
  let started: Libp2pLink | undefined;
  return {
    dial: async (addresses) => (await started?.dialNow(addresses)) ?? false,
    survey: async () => started?.survey(),
    exportIdentity: (secret) => exportIdentity(store, secret, parts),
    openIdentity: (file, secret) => openIdentity(file, secret, parts),
    plant: (identity) => plantIdentity(store, identity, randomBytes),
    kept: (name) => store.get(keptKey(name)),
    keep: (name, value) => store.commit([put(keptKey(name), value)]),
    start: async (hub) => {
      const door = await VenueDoor.open(store, options, randomBytes);
      const before = await reachedBefore(store);
      const dialable = new Dialable([], (address) => thisMachine.isNear(address));
      dialable.nameAll([...peers, ...before]);
      dialable.follow(door.known.hubs);
      const host = nodeHost({
        dialable,
        ...(listen.length === 0 ? {} : { listen }),
        ...(hub === undefined
          ? {}
          : { hub, seed: hub.seed, webrtcDirect: hub.webrtcDirect ?? false, onTrouble: tellLog(options.log) }),
      });
      const linkOptions = {
        ...parts,
        log: options.log ?? silentLog,
        host,
        ...(hub === undefined ? {} : { links: HUB_LINKS }),
        hints: [...peers, ...door.known.hubs, ...before],
        venue: door,
        ...(mdns ? { discovery: mdnsDiscovery(door.known.name) } : {}),
        machine: thisMachine,
      };
      const link = new FollowingLink(linkOptions, dialable);
      door.onKey = () => link.venueChanged();
      const { hidden = false, ask = false, carry = hub === undefined ? DAEMON_CARRIES : HUB_CARRIES } = options;
      leave = () => link.stop();
      const messenger = await Messenger.open({
        ...parts,
        store,
        link,
        venue: door,
        hidden,
        ask,
        carry,
        kem: xWingLater,
      });
      leave = () => messenger.close();
      started = link;
      rememberReached(messenger, link, store);
      return messenger;
    },
    close: async () => {
      try {
        await leave();
      } finally {
        await store.close();
        vault.forget();
      }
    },
  };
};

/** Opens a folder, joins the network, and says who this is. */
export const openMessenger = async (options: OpenOptions): Promise<Opened> => {
  const folder = await openFolder(options);
  try {
    const messenger = await folder.start();
    const before = messenger.profile();
    const { name = before.name, flag = before.flag, delegation = before.delegation } = options;
    if (name !== before.name || flag !== before.flag || delegation !== before.delegation)
      await messenger.setProfile({ name, flag, delegation });
    return { messenger, close: () => folder.close() };
  } catch (error) {
    await folder.close();
    throw error;
  }
};
