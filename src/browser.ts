/**
 * Couloir in a page: a profile in this browser's IndexedDB, the hubs of the local network, and a messenger over both.
 * Works where a page is no secure context. `openPage` is all that most pages need; `runPage` leaves it to the caller
 * which of several tabs writes.
 *
 * The browser's own Ed25519 verifies signatures where there is one and its verdicts are the protocol's; elsewhere
 * JavaScript does, on a worker if the caller has one to give. Signing is JavaScript's, and all else: on the page's thread,
 * with pauses.
 *
 * @example
 *
 *     const { messenger } = await openPage({ hints: ["/ip4/192.168.8.20/tcp/4700/ws"], guest: true });
 */
import { randomBytes } from "@noble/hashes/utils.js";
import type { Connection, Libp2p } from "@libp2p/interface";
import type { CouloirError } from "./errors.ts";
import { Messenger } from "./messenger/messenger.ts";
import { VenueDoor } from "./messenger/venueDoor.ts";
import { browserHost, pageLinks } from "./net/browserHost.ts";
import { Dialable } from "./net/dialable.ts";
import { FollowingLink } from "./net/followingLink.ts";
import type { HostFactory } from "./net/linkOptions.ts";
import { silentLog, type NetLog } from "./net/netLog.ts";
import { systemClock } from "./net/systemClock.ts";
import { findEngine } from "./pageEngine.ts";
import { pauses } from "./pauses.ts";
import { BrowserHome } from "./store/browserHome.ts";
import { browserKey, openBrowserStore, type KeyBoxes } from "./store/openBrowser.ts";
import type { Store } from "./store/store.ts";
import type { VerifyingWorker } from "./verdicts.ts";
import { xWingLater } from "./xWingLater.ts";

export { BrowserHome } from "./store/browserHome.ts";
export { browserKey, browserLock, keyBoxes, type KeyBoxes } from "./store/openBrowser.ts";
export { type Batch, type Verdicts, verdictsOf, type VerifyingWorker } from "./verdicts.ts";

/** Bytes of mail that a page keeps: browsers give little, and phones have other uses for it. */
const PAGE_CARRIES = 32 * 1024 * 1024;

/** How a page joins the network. */
export interface RunOptions {
  /** Multiaddrs of hubs, dialed from the start and again whenever they are lost. */
  readonly hints?: readonly string[];
  /** Addresses of codes that a person followed, as `onFollow` told them. */
  readonly followed?: readonly string[];
  /** Told the addresses of each code that a person follows: hubs that this page came by. */
  readonly onFollow?: (addresses: readonly string[]) => void;
  /** Hosts besides those of local networks that may be dialed: the one that the page came from, those that a person typed. */
  readonly hosts?: readonly string[];
  /** The venue's name or its code; the one of last time by default, and `"couloir"` at first. */
  readonly venue?: string;
  /** Parts that the venue is cut into, 1 or 8; as last time by default. */
  readonly buckets?: number;
  /** The page came over plain http from another machine: marks the person as a guest, for ever. `false` by default. */
  readonly guest?: boolean;
  /** Says nothing of this person to the venue; `false` by default. */
  readonly hidden?: boolean;
  /** Invitations wait for `accept` or `decline` instead of being accepted; `false` by default. */
  readonly ask?: boolean;
  /** Gets what the network layer has to say, without content; nothing by default. */
  readonly log?: NetLog;
  /** Told of each record that cannot be read any more. Without it, reading such a record throws. */
  readonly onDamaged?: (error: CouloirError) => void;
  /** Told when a write found that another tab has taken over: close, nothing can be saved any more. */
  readonly onLost?: () => void;
  /** The network; `browserHost` by default. */
  readonly host?: HostFactory;
  /**
   * Makes a worker that verifies signatures where the browser does not: one that posts `verdictsOf` each `Batch` that it
   * is sent. On this thread by default, and wherever it fails. Asked once a page.
   */
  readonly verifier?: () => VerifyingWorker;
}

/** What is known only once the records are open. */
export type Kept = Pick<RunOptions, "hints" | "followed" | "hosts" | "venue" | "buckets">;

/** How a page opens its profile. */
export interface PageOptions extends RunOptions {
  /** Several profiles may lie side by side; `"couloir"` by default. */
  readonly profile?: string;
  /** Locks a new profile; an existing one must be locked with it. */
  readonly passphrase?: string;
  /** Where Argon2id runs; on this thread by default. */
  readonly boxes?: KeyBoxes;
}

/** One open connection, as a person may be told of it. */
export interface PageLink {
  readonly peer: string;
  readonly address: string;
  /** `hub`: a WebSocket to it, or WebRTC where that does not go. `relayed`: to somebody else, through a hub. `direct`: WebRTC to a device. */
  readonly path: "hub" | "relayed" | "direct";
}

/** A messenger at work in a page. */
export interface OpenedPage {
  readonly messenger: Messenger;
  readonly store: Store;
  /** The open connections now. */
  links(): readonly PageLink[];
  /** Calls back when a connection opens or closes; the result unsubscribes. */
  onLinks(handler: () => void): () => void;
  /** Dials these addresses now, and again whenever they are lost; those on local networks, or of a host that was named. */
  hint(addresses: readonly string[]): void;
  /** A person has named this host: it may be dialed, wherever it is. */
  name(host: string): void;
  /** The page is looked at again, or the network is back: tries at once what it knows. */
  wake(): void;
  /** Leaves the network, closes the database, forgets the key. */
  close(): Promise<void>;
}

const pathOf = ({ remoteAddr, limits }: Connection): PageLink["path"] => {
  const address = remoteAddr.toString();
  if (/\/webrtc(?:\/|$)/.test(address)) return "direct";
  return limits !== undefined || address.includes("/p2p-circuit") ? "relayed" : "hub";
};

/** All work of a page takes turns by this one. */
const pause = pauses();

/** Once a page. */
let engine: Promise<unknown> | undefined;

/** Runs the messenger of a profile whose key and lease the caller holds. Zeroes `key`. */
export const runPage = async (
  home: BrowserHome,
  { key, lease }: { readonly key: Uint8Array; readonly lease: number },
  options: RunOptions & { readonly kept?: (store: Store) => Promise<Kept> } = {},
): Promise<OpenedPage> => {
  const { guest = false, hidden = false, ask = false, onDamaged, onLost, log = silentLog } = options;
  const { store, vault } = await openBrowserStore(home, key, {
    lease,
    ...(onDamaged === undefined ? {} : { onDamaged }),
    ...(onLost === undefined ? {} : { onLost }),
  });
  key.fill(0);
  await (engine ??= findEngine(pause, options.verifier));
  const shut = async (): Promise<void> => {
    await store.close();
    vault.forget();
  };
  const handlers = new Set<() => void>();
  const changed = (): void => handlers.forEach((handler) => handler());
  let node: Libp2p | undefined;
  const parts = { clock: systemClock, random: randomBytes };
  let leave = async (): Promise<void> => {};
  let link: FollowingLink;
  let dialable: Dialable;
  let messenger: Messenger;
  try {
    const { hints = [], followed = [], hosts = [], ...given } = { ...options, ...(await options.kept?.(store)) };
    const door = await VenueDoor.open(store, given, randomBytes);
    dialable = new Dialable(hosts);
    dialable.follow(followed);
    const makeHost = options.host ?? browserHost({ dialable });
    const host: HostFactory = async (given) => {
      node = await makeHost(given);
      node.addEventListener("connection:open", changed);
      node.addEventListener("connection:close", changed);
      return node;
    };
    const all = [...hints, ...followed, ...door.known.hubs];
    link = new FollowingLink(
      { ...parts, host, log, hints: all, links: pageLinks, venue: door },
      dialable,
      options.onFollow,
    );
    door.onKey = () => link.venueChanged();
    leave = () => link.stop();
    const told = {
      venue: door,
      hears: "own",
      guest,
      hidden,
      ask,
      carry: PAGE_CARRIES,
      kem: xWingLater,
      pause,
    } as const;
    messenger = await Messenger.open({ ...parts, store, link, ...told });
  } catch (error) {
    await leave();
    await shut();
    throw error;
  }
  return {
    messenger,
    store,
    links: () =>
      (node?.getConnections() ?? [])
        .filter(({ status }) => status === "open")
        .map((connection) => ({
          peer: connection.remotePeer.toString(),
          address: connection.remoteAddr.toString(),
          path: pathOf(connection),
        })),
    onLinks: (handler) => {
      handlers.add(handler);
      return () => {
        handlers.delete(handler);
      };
    },
    hint: (addresses) => link.hear(addresses),
    name: (host) => dialable.name(host),
    wake: () => link.wake(),
    close: async () => {
      try {
        await messenger.close();
      } finally {
        await shut();
      }
    },
  };
};

/**
 * Opens or makes the profile of this origin, and joins the network. Whoever opens it last writes: a tab that had it open
 * before is told by `onLost` and can save nothing more.
 */
export const openPage = async (options: PageOptions = {}): Promise<OpenedPage> => {
  const { profile = "couloir", passphrase, boxes } = options;
  const home = await BrowserHome.open(profile);
  try {
    const key = await browserKey(home, passphrase, boxes);
    let lease: number | undefined;
    while (lease === undefined) lease = await home.takeLease(await home.lease());
    const page = await runPage(home, { key, lease }, options);
    const close = async (): Promise<void> => {
      await page.close();
      home.close();
    };
    return { ...page, close };
  } catch (error) {
    home.close();
    throw error;
  }
};
