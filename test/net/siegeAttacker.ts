/**
 * Attackers in a process of their own: `node siegeAttacker.ts` with a `SiegeOrder` on stdin. Each has one trick and plays
 * it on all of the besieged in turn, and comes back as somebody else when it is cut. Prints what came of it, and ends.
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setPriority } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { RPC } from "@libp2p/gossipsub/message";
import type { Connection, Libp2p } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import * as lp from "it-length-prefixed";
import { ALIVE_PROTOCOL } from "../../src/net/alive.ts";
import { slotFor } from "../../src/protocol/envelope.ts";
import { SYNC_PROTOCOL } from "../../src/net/sync.ts";
import { syncMessage, type SyncMessage } from "../../src/net/syncMessages.ts";
import { falseNeighbour, GOSSIP_PROTOCOL, IDENTIFY_PROTOCOL } from "./bareNode.ts";
import { frameOf } from "./mailbox.ts";
import { spoofing } from "./spoofer.ts";

/** What attackers are told. */
export interface SiegeOrder {
  readonly targets: readonly string[];
  readonly topic: string;
  /** Which of the tricks each of them has, by number. */
  readonly tricks: readonly TrickName[];
  readonly seconds: number;
  /** Frames that were said before, in base64. */
  readonly day: readonly string[];
  /** Where half-open dials come from; the attackers' own address by default. */
  readonly from?: string;
  /** Garbage has the look of envelopes, and not that of the frames of mailboxes. */
  readonly envelopes?: boolean;
  /** How the besieged ask for each other by multicast; for `spoofs`. */
  readonly tag?: string;
  /** How much attackers give way to others on this machine, which in truth is not theirs. */
  readonly nice?: number;
}

/** What one trick came to. */
export interface TrickReport {
  said: number;
  /** Connections that the other side ended. */
  cut: number;
}
export type SiegeNews = Partial<Record<TrickName, TrickReport>>;

const bytes = (n: number): Uint8Array => new Uint8Array(randomBytes(n));
const prefixed = (body: Uint8Array): Uint8Array => lp.encode.single(body).subarray();
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

const [line] = (await once(createInterface({ input: process.stdin }), "line")) as [string];
const order = JSON.parse(line) as SiegeOrder;
const { topic, targets, tag = "" } = order;
if (order.nice !== undefined) setPriority(order.nice);
const day = order.day.map((frame) => new Uint8Array(Buffer.from(frame, "base64")));
const LENGTH_OF_5_MB = Uint8Array.of(0xc0, 0x96, 0xb1, 0x02);
const PATIENCE = 5000;
/** Violators go on until each was cut, but not for ever. */
const LONGER = 60_000;
const VIOLATIONS: ReadonlySet<string> = new Set(["topics", "large", "meshes", "liar", "noise"]);
/** These need no connection. */
const APART: ReadonlySet<string> = new Set(["dials", "spoofs"]);
let until = Infinity;

const rpc = (part: Partial<RPC>): Uint8Array => prefixed(RPC.encode({ subscriptions: [], messages: [], ...part }));
const mail = (frames: readonly Uint8Array[]): Uint8Array =>
  rpc({ messages: frames.map((data) => ({ topic, data })) as RPC["messages"] });
const sync = (...messages: readonly SyncMessage[]): Uint8Array[] =>
  messages.map((message) => prefixed(syncMessage.encode(message)));
const hello: SyncMessage = {
  kind: "hello",
  topics: [topic],
  quota: 1e12,
  slots: many(24, (slot) => ({ topic: 0, slot, count: 1e6, fingerprint: bytes(16), closed: false })),
};

/** Where garbage says that it expires. */
const garbageSlot = order.envelopes === true ? slotFor(Date.now()) : 3;
const garbage = (): Uint8Array => {
  const frame = frameOf(garbageSlot, order.envelopes === true ? 1024 : 512);
  if (order.envelopes === true) frame.set([1, garbageSlot >> 8, garbageSlot & 0xff]);
  return frame;
};

/** What is said in one turn, on which protocol. */
type Turn = readonly [protocol: string, parts: readonly Uint8Array[]];
let step = 0;

/** An honest program may be cut for none of these alone; most of them are the network's own words, and too many. */
const tricks = {
  topics: () => [
    GOSSIP_PROTOCOL,
    [rpc({ subscriptions: many(1000, () => ({ subscribe: true, topic: bytes(20).toString() })) })],
  ],
  large: () => [GOSSIP_PROTOCOL, [step++ % 2 === 0 ? mail([bytes(4 * 1024 * 1024 - 200)]) : LENGTH_OF_5_MB]],
  meshes: () => {
    const turns = many(100, () => ({ topicID: topic }));
    const prune = turns.map((turn) => ({ ...turn, peers: [], backoff: Number.MAX_SAFE_INTEGER }));
    const control = { ihave: [], iwant: [], idontwant: [], graft: turns, prune };
    return [GOSSIP_PROTOCOL, [rpc({ control })]];
  },
  liar: () => [
    SYNC_PROTOCOL,
    [
      // Says that it has a million, and gives nothing; ranges that answer to no question; ids that nobody has.
      () => sync(hello, { kind: "ranges", parts: [{ ranges: [{ kind: "list" }], getting: false }] }),
      () => sync(hello, { kind: "want", parts: [{ topic, slot: 1, ids: bytes(16) }] }),
      () => sync(hello, { kind: "frames", parts: [{ done: 1, frames: [bytes(300)] }] }),
      () => [...sync(hello), prefixed(bytes(3000))],
    ][step++ % 4]!(),
  ],
  replay: () => [GOSSIP_PROTOCOL, [mail(many(20, () => day[step++ % day.length]!))]],
  garbage: () =>
    step++ % 4 === 0
      ? [
          SYNC_PROTOCOL,
          sync(hello, { kind: "give", parts: [{ topic, slot: garbageSlot, frames: many(200, garbage) }] }),
        ]
      : [GOSSIP_PROTOCOL, [mail(many(200, garbage))]],
  noise: () => [
    [GOSSIP_PROTOCOL, SYNC_PROTOCOL, ALIVE_PROTOCOL, IDENTIFY_PROTOCOL][step++ % 4]!,
    many(8, () => prefixed(bytes(200))),
  ],
  dials: () => ["", []],
  spoofs: () => ["", []],
} as const satisfies Record<string, () => Turn>;
export type TrickName = keyof typeof tricks;

const news: SiegeNews = {};
const sockets = new Set<Socket>();
const nodes = new Set<Libp2p>();

/** Connections that are opened and never say a word, from an address of their own. */
const halfOpen = (target: string): void => {
  const [, host = "", port = ""] = /ip4\/([\d.]+)\/tcp\/(\d+)/.exec(target) ?? [];
  const socket = connect({ host, port: Number(port), ...(order.from && { localAddress: order.from }) });
  sockets.add(socket);
  socket.on("error", () => undefined);
  socket.on("close", () => sockets.delete(socket));
};

/** Resolves with the attack itself, once there is a connection or a first dial was in vain. */
const attack = async (name: TrickName, number: number): Promise<() => Promise<void>> => {
  const report = (news[name] ??= { said: 0, cut: 0 });
  if (name === "spoofs")
    return spoofing(
      tag,
      () => performance.now() < until,
      () => void report.said++,
    );
  let connection: Connection | undefined;
  let target = number;
  const arrive = async (): Promise<Connection> => {
    const node = await falseNeighbour();
    nodes.add(node);
    target++;
    try {
      const opened = await node.dial(multiaddr(targets[target % targets.length]!));
      opened.addEventListener("close", () => {
        report.cut++;
        connection = undefined;
        nodes.delete(node);
        void Promise.resolve(node.stop()).catch(() => undefined);
      });
      return opened;
    } catch (error) {
      nodes.delete(node);
      await Promise.resolve(node.stop()).catch(() => undefined);
      throw error;
    }
  };
  if (!APART.has(name)) connection = await arrive().catch(() => undefined);
  return async () => {
    const goesOn = (): boolean =>
      performance.now() < until || (VIOLATIONS.has(name) && report.cut === 0 && performance.now() < until + LONGER);
    while (goesOn()) {
      try {
        if (name === "dials") {
          halfOpen(targets[target++ % targets.length]!);
          report.said++;
        } else {
          connection ??= await arrive();
          const [protocol, parts] = tricks[name]();
          const signal = AbortSignal.timeout(PATIENCE);
          const stream = await connection.newStream(protocol, { signal, maxOutboundStreams: 1000 });
          for (const part of parts) if (!stream.send(part)) await stream.onDrain({ signal });
          report.said++;
          setTimeout(() => stream.abort(new Error("done")), 3000).unref();
        }
      } catch {
        // Refused, reset or cut: all of them right answers.
        if (connection?.status !== "open") connection = undefined;
      }
      await delay(name === "dials" ? 20 : 50);
    }
  };
};

const attacks = await Promise.all(order.tricks.map((name, at) => attack(name, at)));
until = performance.now() + order.seconds * 1000;
process.stdout.write("ready\n");
await Promise.all(attacks.map((begin) => begin()));
for (const socket of sockets) socket.destroy();
process.stdout.write(`${JSON.stringify(news)}\n`, () => process.exit(0));
