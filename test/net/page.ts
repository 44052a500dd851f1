/** What runs in the browser in tests: a link like the app's, and its view of the network, on `window.peer`. */
import type { Connection, Libp2p } from "@libp2p/interface";
import { sha256 } from "@noble/hashes/sha2.js";
import { browserHost, pageLinks } from "../../src/net/browserHost.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { MAX_ASK_MESSAGE, type Asked, type Carrier, type Verdict } from "../../src/net/link.ts";
import { hex } from "../../src/protocol/codec.ts";
import { fingerprint } from "../../src/protocol/reconcile.ts";
import type { Topic } from "../../src/types.ts";

/** One connection, as a test wants to know it. */
export interface Seen {
  readonly peer: string;
  readonly address: string;
  readonly limited: boolean;
  readonly direction: string;
}

/** What a test waits for. */
export interface Wanted {
  /** A direct connection to this peer. */
  readonly direct?: string;
  /** A usable link to it. */
  readonly link?: string;
  /** No connection to it. */
  readonly without?: string;
  /** Others can reach this page through a relay, or cannot. */
  readonly reachable?: boolean;
}

/** What a test asks the page to do. */
export interface PagePeer {
  start(hub: string): Promise<string>;
  stop(): Promise<void>;
  /** Resolves when all that is asked for is so. */
  until(wanted: Wanted): Promise<readonly Seen[]>;
  addresses(): readonly string[];
  publish(text: string): Promise<number>;
  /** Resolves when this text has come. */
  heard(text: string): Promise<void>;
  /** Asks a neighbour, or whoever is at an address, for so many messages; how many bytes came. */
  ask(whom: Asked, messages: number): Promise<number>;
  secure(): { readonly secure: boolean; readonly subtle: boolean };
  wake(): void;
}

declare global {
  interface Window {
    peer: PagePeer;
  }
}

const topic = "bucket/0" as Topic;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** What was said and heard, in one slot, by id: what gossip loses with a hub that dies, catch-up brings. */
const kept = new Map<string, Uint8Array>();
const SLOT = 1;
const keep = (frame: Uint8Array): boolean => {
  const id = hex(sha256(frame));
  const isNew = !kept.has(id);
  kept.set(id, frame);
  return isNew;
};
const keptIds = (): Uint8Array[] =>
  Array.from(kept.values(), (frame) => sha256(frame)).sort((a, b) => (hex(a) < hex(b) ? -1 : 1));
const carrier: Carrier = {
  slots: async () =>
    kept.size === 0 ? [] : [{ topic, slot: SLOT, count: kept.size, fingerprint: fingerprint(keptIds()) }],
  ids: async () => keptIds(),
  frames: async (_topic, _slot, ids) => ids.flatMap((id) => kept.get(hex(id)) ?? []),
};
const listeners = new Set<() => void>();
const changed = (): void => {
  for (const listener of listeners) listener();
};
const once = <T>(ready: () => T | undefined): Promise<T> =>
  new Promise((resolve) => {
    const look = (): void => {
      const found = ready();
      if (found === undefined) return;
      listeners.delete(look);
      resolve(found);
    };
    listeners.add(look);
    look();
  });

let link: Libp2pLink | undefined;
let node: Libp2p | undefined;

const seen = (connection: Connection): Seen => ({
  peer: connection.remotePeer.toString(),
  address: connection.remoteAddr.toString(),
  limited: connection.limits !== undefined,
  direction: connection.direction,
});

const holds = ({ direct, link: linked, without, reachable }: Wanted, connections: readonly Seen[]): boolean => {
  const to = (id: string): readonly Seen[] => connections.filter(({ peer }) => peer === id);
  const relayed = link?.status().addresses.some((address) => address.includes("/p2p-circuit/webrtc/")) === true;
  return (
    (direct === undefined || to(direct).some(({ limited, address }) => !limited && address.includes("/webrtc"))) &&
    (linked === undefined || link?.neighbours().includes(linked) === true) &&
    (without === undefined || to(without).length === 0) &&
    (reachable === undefined || relayed === reachable)
  );
};

window.peer = {
  async start(hub) {
    link = new Libp2pLink({
      host: async (parts) => {
        node = await browserHost()(parts);
        for (const event of ["connection:open", "connection:close", "self:peer:update", "peer:identify"] as const)
          node.addEventListener(event, changed);
        return node;
      },
      hints: [hub],
      links: pageLinks,
    });
    link.subscribe([topic]);
    await link.start({
      carrier,
      async onFrame(_, frame): Promise<Verdict> {
        if (!keep(frame)) return "ignore";
        changed();
        return "accept";
      },
      onCaughtUp: () => {},
      onPeers: changed,
      async *onAsk(request) {
        for (let left = Number(decoder.decode(request)); left > 0; left--) yield new Uint8Array(MAX_ASK_MESSAGE);
      },
    });
    return link.status().peerId;
  },
  stop: async () => link?.stop(),
  until: (wanted) =>
    once(() => {
      const connections = (node?.getConnections() ?? []).map(seen);
      return holds(wanted, connections) ? connections : undefined;
    }),
  addresses: () => link?.status().addresses ?? [],
  publish: async (text) => {
    const frame = encoder.encode(text);
    keep(frame);
    return (await link?.publish(topic, frame)) ?? 0;
  },
  heard: (text) => once(() => kept.has(hex(sha256(encoder.encode(text)))) || undefined).then(() => undefined),
  async ask(whom, messages) {
    let bytes = 0;
    for await (const message of link?.ask(whom, encoder.encode(String(messages))) ?? []) bytes += message.length;
    return bytes;
  },
  secure: () => ({ secure: isSecureContext, subtle: (crypto as { subtle?: unknown }).subtle !== undefined }),
  wake: () => link?.wake(),
};
