/**
 * Honest nodes and attackers among them. The honest ones live here, vouched for by each other; the attackers in processes
 * of their own, strangers to all. Counts what got through, what was kept of theirs, who was cut, and memory.
 */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { PeerInfo } from "@libp2p/interface";
import { generateKeyPair } from "@libp2p/crypto/keys";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { multiaddr } from "@multiformats/multiaddr";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { mdnsDiscovery, type MdnsService } from "../../src/net/mdnsDiscovery.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { defaultShareLimits, type ShareLimits } from "../../src/net/shares.ts";
import { createMailbox, frameOf, topicOf, until, type Mailbox } from "./mailbox.ts";
import type { SiegeNews, SiegeOrder, TrickName } from "./siegeAttacker.ts";

/** How large, and for how long. */
export interface SiegeOptions {
  readonly honest: number;
  /** One attacker each, by its trick; each list is a process. */
  readonly attackers: readonly (readonly TrickName[])[];
  readonly seconds: number;
  /** What a node takes in altogether. */
  readonly shares?: Partial<ShareLimits>;
  /** False answers of multicast that each honest node hears in a second. */
  readonly spoofed: number;
}

/** What came of it. */
export interface SiegeReport {
  /** Of what was said while the attack lasted (but for its last seconds): how much had arrived by its end, 0 to 1. */
  readonly during: number;
  readonly said: number;
  /** The most that a node let in from its strangers in a second, on the average, and their share: frames. */
  readonly letIn: number;
  readonly share: number;
  /** Frames of attackers that a node holds at the end, at most, wherever they came from. */
  readonly garbage: number;
  readonly news: SiegeNews;
  /** Bytes of heap and buffers beyond what the mailboxes hold, at most. */
  readonly heap: number;
  /** Dials of spoofed addresses that a node began in a second, on the average. */
  readonly spoofs: number;
}

const ATTACKER = fileURLToPath(new URL("siegeAttacker.ts", import.meta.url));
const topic = topicOf("bucket/0");
const SAY_EVERY = 500;
/** What was said so shortly before the end need not have arrived by then. */
const UNDER_WAY = 3000;
const DAY_SLOTS = 24;
const DAY_FRAMES = 1200;
const FRAME = 512;

interface Honest {
  readonly link: Libp2pLink;
  readonly box: Mailbox;
  /** Frames of attackers that came over a stranger's link and were new here. */
  letIn: number;
  held: number;
}

const bytesInUse = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Where those are who are not there. */
const NOWHERE = "10.66.";
const NO_ANSWER = 1000;

/** Answers by multicast that anybody on the network may give: of peers that are not there. */
const spoofer = async (perSecond: number): Promise<{ readonly service: MdnsService; readonly stop: () => void }> => {
  const ids = await Promise.all(
    Array.from({ length: 50 }, async () => peerIdFromPrivateKey(await generateKeyPair("Ed25519"))),
  );
  let tell: (info: PeerInfo) => void = () => {};
  let count = 0;
  const timer = setInterval(() => {
    for (let n = 0; n < perSecond / 20; n++) {
      const host = `${NOWHERE}${count % 251}.${1 + (count % 241)}`;
      tell({ id: ids[count++ % ids.length]!, multiaddrs: [multiaddr(`/ip4/${host}/tcp/4001`)] });
    }
  }, 50);
  const service: MdnsService = {
    start: async () => {},
    stop: async () => {},
    addEventListener: (_: string, listener: unknown) => {
      tell = (detail) => (listener as (event: { detail: PeerInfo }) => void)({ detail });
    },
  };
  return { service, stop: () => clearInterval(timer) };
};

/** A process of attackers. */
const attackWith = (
  order: SiegeOrder,
): { readonly lines: Interface; readonly child: ChildProcessByStdio<Writable, Readable, null> } => {
  const child = spawn(process.execPath, [ATTACKER], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(order));
  return { child, lines: createInterface({ input: child.stdout }) };
};

/** Lays siege, and waits until everything that was said is everywhere. */
export const besiege = async (options: SiegeOptions): Promise<SiegeReport> => {
  const { honest: count, attackers, seconds, spoofed } = options;
  const limits = { ...defaultShareLimits, ...options.shares };
  const friends = new Set<string>();
  const mail = new Set<string>();
  const nodes: Honest[] = [];
  const stops: (() => unknown)[] = [];
  const nameOf = (frame: Uint8Array): string => Buffer.from(frame.subarray(0, 40)).toString("base64");
  let begun = false;
  let spoofs = 0;

  const start = async (): Promise<Honest> => {
    const box = createMailbox();
    const { service, stop } = await spoofer(spoofed);
    stops.push(stop);
    const host = nodeHost({ listen: ["127.0.0.1"] });
    const link = new Libp2pLink({
      host: async (parts) => {
        const node = await host(parts);
        const dial = node.dial.bind(node);
        node.dial = async (to, how) => {
          if (!String(to).includes(NOWHERE)) return dial(to, how);
          spoofs++;
          await delay(NO_ANSWER);
          throw new Error("nobody answers");
        };
        return node;
      },
      trust: (peer) => (friends.has(peer) ? "vouched" : "stranger"),
      shares: limits,
      links: { least: count, most: 24 },
      ...(spoofed > 0 ? { discovery: mdnsDiscovery("siege", () => service) } : {}),
    });
    const node: Honest = { link, box, letIn: 0, held: 0 };
    const { handlers } = box;
    link.subscribe([topic]);
    await link.start({
      ...handlers,
      async onFrame(where, frame, from) {
        const verdict = await handlers.onFrame(where, frame, from);
        if (!begun || verdict !== "accept" || mail.has(nameOf(frame))) return verdict;
        node.held++;
        if (!friends.has(from)) node.letIn++;
        return verdict;
      },
    });
    friends.add(link.status().peerId);
    nodes.push(node);
    stops.push(() => link.stop());
    return node;
  };
  const settled = (done: () => boolean): Promise<void> =>
    until(
      nodes.map(({ box }) => box),
      done,
    );
  const kept = (): number => nodes.reduce((sum, { box }) => sum + box.size() * (FRAME + 300), 0);

  try {
    for (let n = 0; n < count; n++) await start();
    const addresses = nodes.map(({ link }) => link.status().addresses[0] ?? "");
    for (const [at, { link }] of nodes.entries()) link.hint(addresses.slice(0, at));
    await settled(() => nodes.every(({ link }) => link.neighbours().length >= count - 1));

    // A day's mail, which everybody has and the attackers will say again.
    const day = Array.from({ length: DAY_FRAMES }, (_, at) => frameOf(at % DAY_SLOTS, FRAME));
    for (const { box } of nodes) for (const frame of day) box.keep(topic, frame);
    for (const frame of day) mail.add(nameOf(frame));

    const orders = attackers.map((tricks) => ({
      targets: addresses,
      topic,
      tricks,
      seconds,
      from: "127.0.0.66",
      day: day.map((frame) => Buffer.from(frame).toString("base64")),
    }));
    begun = true;
    const before = bytesInUse() - kept();
    const processes = orders.map(attackWith);
    for (const { child } of processes) stops.push(() => child.kill("SIGKILL"));
    await Promise.all(processes.map(({ lines }) => once(lines, "line")));
    const since = performance.now();
    const spoofsBefore = spoofs;
    const over = Promise.all(
      processes.map(async ({ lines }) => {
        const [line] = (await once(lines, "line")) as [string];
        return JSON.parse(line) as SiegeNews;
      }),
    );
    let ended = false;
    void over.then(() => (ended = true));

    const said: { readonly frame: Uint8Array; readonly at: number }[] = [];
    let heap = 0;
    while (!ended) {
      for (const { box, link } of nodes) {
        const frame = frameOf(DAY_SLOTS, FRAME);
        mail.add(nameOf(frame));
        said.push({ frame, at: performance.now() });
        box.keep(topic, frame);
        void link.publish(topic, frame);
      }
      await Promise.race([delay(SAY_EVERY), over]);
      heap = Math.max(heap, bytesInUse() - kept() - before);
    }
    const lasted = (performance.now() - since) / 1000;
    const due = said.filter(({ at }) => at - since < lasted * 1000 - UNDER_WAY);
    const arrived = due.reduce((sum, { frame }) => sum + nodes.filter(({ box }) => box.has(frame)).length, 0);
    const news = mergeNews(await over);
    const letIn = Math.max(...nodes.map((node) => node.letIn)) / (lasted + limits.burstSeconds);
    const spoofRate = (spoofs - spoofsBefore) / lasted / count;
    await settled(() => said.every(({ frame }) => nodes.every(({ box }) => box.has(frame))));
    return {
      during: arrived / (due.length * count),
      said: said.length,
      letIn,
      share: limits.strangers.frames,
      garbage: Math.max(...nodes.map(({ held }) => held)),
      news,
      heap,
      spoofs: spoofRate,
    };
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
};

const mergeNews = (all: readonly SiegeNews[]): SiegeNews => {
  const sum: SiegeNews = {};
  for (const [name, { said, cut }] of all.flatMap(
    (one) => Object.entries(one) as [TrickName, SiegeNews[TrickName] & {}][],
  )) {
    const known = (sum[name] ??= { said: 0, cut: 0 });
    known.said += said;
    known.cut += cut;
  }
  return sum;
};
