/**
 * A hostile node. Told a daemon's address, for how many seconds, and how often it has to get through on each protocol (then it
 * goes on for up to three times as long where it is kept from that), it says ten things a second on every protocol that
 * the daemon speaks: garbage, lengths that nobody should believe, truncations, replays and forgeries of what honest
 * neighbours said. Whenever it is cut, it comes back as somebody else. At last it prints how often it got through.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { RPC } from "@libp2p/gossipsub/message";
import type { Connection } from "@libp2p/interface";
import * as lp from "it-length-prefixed";
import { makeVenue } from "../../src/messenger/venue.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { syncMessage } from "../../src/net/syncMessages.ts";
import { dialLink, falseNeighbour } from "../net/bareNode.ts";
import { createMailbox } from "../net/mailbox.ts";

/** What the attacker prints. */
export interface AttackReport {
  /** By protocol: how many streams took what was said. */
  readonly said: Readonly<Record<string, number>>;
  readonly connections: number;
  readonly overheard: number;
}

const EVERY_MS = 100;
const [address = "", seconds = "20", least = "0"] = process.argv.slice(2);
const venue = makeVenue("couloir");
const bucket: string = venue.buckets[0]!;
const bytes = (n: number): Uint8Array => new Uint8Array(randomBytes(n));
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!;

/** An honest neighbour of the daemon, which hears what there is to replay. */
const overheard: Uint8Array[] = [];
const box = createMailbox();
const spy = new Libp2pLink({ host: nodeHost({}), hints: [address] });
spy.subscribe([...venue.buckets, venue.presence]);
await spy.start({
  ...box.handlers,
  onFrame: async (_topic, frame) => {
    overheard.push(frame);
    return "accept";
  },
});

const prefixed = (body: Uint8Array): Uint8Array => lp.encode.single(body).subarray();
const rpc = (frames: readonly Uint8Array[], topic = bucket): Uint8Array =>
  prefixed(RPC.encode({ subscriptions: [], messages: frames.map((data) => ({ topic, data })) }));
/** An honest frame, or one of its look. */
const frame = (): Uint8Array => (overheard.length > 0 ? Uint8Array.from(pick(overheard)) : bytes(1024));
const forged = (from: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(from);
  const at = 3 + Math.floor(Math.random() * (copy.length - 3));
  copy[at] = copy[at]! ^ 1;
  return copy;
};
const hello = (): Uint8Array =>
  prefixed(
    syncMessage.encode({
      kind: "hello",
      topics: [bucket],
      quota: 1e9,
      slots: [{ topic: 0, slot: 1, count: 1e6, fingerprint: bytes(16), closed: false }],
    }),
  );
const hugeLength = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x7f);

const sayings: readonly (() => readonly Uint8Array[])[] = [
  () => [bytes(1000)],
  () => [hugeLength, bytes(100_000)],
  () => [prefixed(bytes(5000)).subarray(0, 2000)],
  () => [prefixed(new Uint8Array(0))],
  () => [prefixed(bytes(2_000_000))],
  () => [rpc([frame()])],
  () => [rpc([frame()], venue.presence)],
  () => [rpc([forged(frame())])],
  () => [rpc([frame().subarray(0, 40)])],
  () => [rpc([bytes(65_537)])],
  () => [hello()],
  () => [
    hello(),
    prefixed(syncMessage.encode({ kind: "give", parts: [{ topic: bucket, slot: 1, frames: [frame(), bytes(300)] }] })),
  ],
  () => [hello().subarray(0, 20)],
  () => Array.from({ length: 50 }, () => Uint8Array.of(1)),
];

let connections = 0;
let current: Promise<Connection> | undefined;
const connect = async (): Promise<Connection> => {
  const node = await falseNeighbour();
  connections += 1;
  const connection = await dialLink(node, [address]);
  connection.addEventListener("close", () => {
    current = undefined;
    void Promise.resolve(node.stop()).catch(() => undefined);
  });
  return connection;
};
const connection = async (): Promise<Connection> => {
  try {
    current ??= connect();
    return await current;
  } catch (error) {
    current = undefined;
    throw error;
  }
};

const said: Record<string, number> = {};
const say = async (protocol: string, parts: readonly Uint8Array[]): Promise<void> => {
  try {
    const stream = await (await connection()).newStream(protocol, { signal: AbortSignal.timeout(1000) });
    for (const part of parts) stream.send(part);
    said[protocol] = (said[protocol] ?? 0) + 1;
    // Half of them end in order, the others just stop.
    const end = (): void =>
      void (Math.random() < 0.5 ? stream.close().catch(() => undefined) : stream.abort(new Error("bye")));
    setTimeout(end, EVERY_MS);
  } catch {
    // Refused, reset or cut: all of them right answers.
  }
};

const attack = async (protocol: string, until: number): Promise<void> => {
  const last = until + 2000 * Number(seconds);
  const goesOn = (): boolean => {
    const now = performance.now();
    return now < until || (now < last && (said[protocol] ?? 0) < Number(least));
  };
  for (let turn = Math.floor(Math.random() * sayings.length); goesOn(); turn += 1) {
    void say(protocol, sayings[turn % sayings.length]!());
    await delay(EVERY_MS);
  }
};

const first = await connection();
await first.newStream("/couloir/alive/1");
const node = await falseNeighbour();
const probe = await dialLink(node, [address]);
const { protocols } = await new Promise<{ protocols: string[] }>((resolve) => {
  node.addEventListener("peer:identify", ({ detail }) => resolve(detail));
});
await probe.close();
process.stdout.write(`${JSON.stringify({ protocols })}\n`);

const until = performance.now() + Number(seconds) * 1000;
await Promise.all(protocols.map((protocol) => attack(protocol, until)));
const report: AttackReport = { said, connections, overheard: overheard.length };
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
