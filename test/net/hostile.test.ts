import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { RPC } from "@libp2p/gossipsub/message";
import type { Connection, Libp2p } from "@libp2p/interface";
import * as lp from "it-length-prefixed";
import { ALIVE_PROTOCOL } from "../../src/net/alive.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import type { LinkOptions } from "../../src/net/linkOptions.ts";
import { silentLog, type NetLog } from "../../src/net/netLog.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { SYNC_PROTOCOL } from "../../src/net/sync.ts";
import { syncMessage } from "../../src/net/syncMessages.ts";
import { bareNode, dialLink, falseNeighbour, GOSSIP_PROTOCOL, IDENTIFY_PROTOCOL, speak } from "./bareNode.ts";
import { createMailbox, frameOf, malformedFrame, topicOf, until, type Mailbox } from "./mailbox.ts";

const topic = topicOf("bucket/0");
const bytes = (n: number): Uint8Array => new Uint8Array(randomBytes(n));
const prefixed = (body: Uint8Array): Uint8Array => lp.encode.single(body).subarray();
const rpc = (frames: readonly Uint8Array[], where: string = topic): Uint8Array =>
  prefixed(RPC.encode({ subscriptions: [], messages: frames.map((data) => ({ topic: where, data })) }));
/** A length that nobody should believe, and no content. */
const hugeLength = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x7f);
const lengthOf5Mb = Uint8Array.of(0xc0, 0x96, 0xb1, 0x02);
/** What is written to any stream that reads length-prefixed messages. */
const garbage = (): Uint8Array[][] => [
  [bytes(1000)],
  [hugeLength],
  [hugeLength, bytes(200_000)],
  [prefixed(bytes(5000))],
  [prefixed(bytes(5000)).subarray(0, 2000)],
  [prefixed(new Uint8Array(0)), prefixed(new Uint8Array(0))],
  [new Uint8Array(10).fill(0xff)],
  Array.from({ length: 50 }, () => prefixed(bytes(100))),
];

describe("a hostile neighbour", () => {
  interface Node {
    readonly link: Libp2pLink;
    readonly box: Mailbox;
  }
  let nodes: Node[];
  let strangers: Libp2p[];
  let connection: Connection;
  let dismissals: number;
  const log: NetLog = {
    ...silentLog,
    info: (_, words) => {
      if (words.includes("dismissed")) dismissals++;
    },
  };

  const start = async (options: Partial<LinkOptions> = {}): Promise<Node> => {
    const node = {
      link: new Libp2pLink({ host: nodeHost({ listen: ["127.0.0.1"] }), ...options }),
      box: createMailbox(),
    };
    nodes.push(node);
    node.link.subscribe([topic]);
    await node.link.start(node.box.handlers);
    return node;
  };
  const settled = (done: () => boolean): Promise<void> =>
    until(
      nodes.map(({ box }) => box),
      done,
    );
  const victim = (): Node => nodes[0] as Node;
  const attacker = async (identifies = true): Promise<Connection> => {
    const node = await falseNeighbour([], identifies);
    strangers.push(node);
    return dialLink(node, victim().link.status().addresses);
  };
  /** What two honest nodes say to each other through the victim arrives, by gossip and by catch-up. */
  const honestTrafficFlows = async (): Promise<void> => {
    for (const { box, link } of nodes) {
      const frame = frameOf(1);
      box.keep(topic, frame);
      assert.ok((await link.publish(topic, frame)) > 0);
      await settled(() => nodes.every((other) => other.box.has(frame)));
    }
    const late = await start();
    late.link.hint(victim().link.status().addresses);
    await settled(() => late.box.caughtUp.length > 0 && late.box.size() >= nodes.length - 1);
    nodes.pop();
    await late.link.stop();
  };

  beforeEach(async () => {
    nodes = [];
    strangers = [];
    dismissals = 0;
    await start({ log });
    for (let i = 0; i < 2; i++) (await start()).link.hint(victim().link.status().addresses);
    await settled(() => victim().box.peers() === 2);
    connection = await attacker();
  });
  afterEach(async () => {
    await Promise.all([...nodes.map(({ link }) => link.stop()), ...strangers.map((node) => node.stop())]);
  });

  for (const protocol of [SYNC_PROTOCOL, GOSSIP_PROTOCOL, ALIVE_PROTOCOL, IDENTIFY_PROTOCOL])
    it(`may say anything on ${protocol}`, async () => {
      for (const parts of garbage()) {
        if (connection.status !== "open") connection = await attacker();
        await speak(connection, protocol, ...parts);
      }
      await honestTrafficFlows();
    });

  it("may answer identify with anything, or not at all", async () => {
    for (const parts of garbage()) {
      const node = await falseNeighbour([], false);
      strangers.push(node);
      await node.handle(IDENTIFY_PROTOCOL, (stream) => {
        for (const part of parts) if (stream.writeStatus === "writable") stream.send(part);
      });
      await dialLink(node, victim().link.status().addresses);
    }
    await attacker(false);
    await honestTrafficFlows();
  });

  it("may open streams without end and say nothing on them", async () => {
    for (const protocol of [SYNC_PROTOCOL, GOSSIP_PROTOCOL, ALIVE_PROTOCOL, IDENTIFY_PROTOCOL])
      await Promise.all(Array.from({ length: 80 }, () => speak(connection, protocol)));
    await honestTrafficFlows();
  });

  it("may send frames of every wrong size, signed ones, and topics nobody has", async () => {
    const frames = [new Uint8Array(0), bytes(65_537), bytes(1_000_000), bytes(1)];
    await speak(
      connection,
      GOSSIP_PROTOCOL,
      ...frames.map((frame) => rpc([frame])),
      rpc([frameOf(1)], "x".repeat(500)),
    );
    const signed = { topic, data: frameOf(1), from: bytes(38), seqno: bytes(8), signature: bytes(64), key: bytes(36) };
    const odd = prefixed(RPC.encode({ subscriptions: [], messages: [signed, { topic }, { topic: "" }] }));
    await speak(connection, GOSSIP_PROTOCOL, odd, rpc([frameOf(1)], "elsewhere"));
    await honestTrafficFlows();
    const own = nodes.length + 1;
    assert.ok(victim().box.size() <= own, "only what honest nodes sent, and the frame of one byte at most");
  });

  const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  const graft = many(1000, () => ({ topicID: topic }));
  const joining = { ihave: [], iwant: [], idontwant: [], prune: [], graft };
  const subscriptions = (): RPC["subscriptions"] =>
    many(1000, () => ({ subscribe: true, topic: bytes(20).toString() }));
  for (const [violation, parts] of [
    ["malformed frames", () => many(40, () => rpc([malformedFrame()]))],
    ["what is no RPC", () => many(40, () => prefixed(new Uint8Array(10).fill(0xff)))],
    ["a frame of 4 MB", () => [rpc([bytes(4 * 1024 * 1024 - 100)])]],
    ["the announcement of an RPC of 5 MB", () => [lengthOf5Mb]],
    ["topics without end", () => many(3, () => prefixed(RPC.encode({ subscriptions: subscriptions(), messages: [] })))],
    [
      "entries to the mesh without end",
      () => many(3, () => prefixed(RPC.encode({ subscriptions: [], messages: [], control: joining }))),
    ],
  ] as const)
    it(`is cut for ${violation}, and kept out`, async () => {
      const closed = new Promise((resolve) => connection.addEventListener("close", resolve));
      void speak(connection, GOSSIP_PROTOCOL, ...parts());
      await closed;
      assert.equal(dismissals, 1, "not for its silence");
      const node = strangers[0] as Libp2p;
      const again = await dialLink(node, victim().link.status().addresses).catch(() => undefined);
      if (again !== undefined && again.status === "open")
        await new Promise((resolve) => again.addEventListener("close", resolve));
      await honestTrafficFlows();
    });

  it("gains nothing by replays", async () => {
    const frames = Array.from({ length: 20 }, () => frameOf(2));
    await speak(connection, GOSSIP_PROTOCOL, ...frames.map((frame) => rpc([frame])));
    await settled(() => frames.every((frame) => nodes.every(({ box }) => box.has(frame))));
    const before = victim().box.calls();
    for (let i = 0; i < 50; i++) await speak(connection, GOSSIP_PROTOCOL, ...frames.map((frame) => rpc([frame])));
    await honestTrafficFlows();
    assert.ok(victim().box.calls() - before < 100, "a replay is dropped before the messenger");
  });

  it("floods in its own share only: neither honest frames nor memory suffer", async () => {
    const flood = async (): Promise<void> => {
      for (let i = 0; i < 300 && connection.status === "open"; i++)
        await speak(connection, GOSSIP_PROTOCOL, rpc(Array.from({ length: 60 }, () => frameOf(7, 4096))));
    };
    const before = process.memoryUsage().arrayBuffers;
    const flooding = flood();
    await honestTrafficFlows();
    await honestTrafficFlows();
    connection.abort(new Error("enough"));
    await flooding;
    // What the mailboxes of this test keep is theirs; the link's own buffers are what is meant.
    const kept = nodes.reduce((sum, { box }) => sum + box.size() * 4096, 0);
    assert.ok(process.memoryUsage().arrayBuffers - before - kept < 256 * 1024 * 1024);
  });

  it("may subscribe to topics without end, and send control messages without end", async () => {
    const subscriptions = Array.from({ length: 1000 }, () => ({ subscribe: true, topic: bytes(40).toString() }));
    const many = prefixed(RPC.encode({ subscriptions, messages: [] }));
    const ids = Array.from({ length: 1000 }, () => bytes(20));
    const control = {
      ihave: [{ topicID: topic, messageIDs: ids }],
      iwant: [{ messageIDs: ids }],
      graft: [{ topicID: topic }, { topicID: "nowhere" }],
      prune: [{ topicID: topic, peers: [], backoff: Number.MAX_SAFE_INTEGER }],
      idontwant: [{ messageIDs: ids.slice(0, 500) }],
    };
    const noisy = prefixed(RPC.encode({ subscriptions: [], messages: [], control }));
    await speak(
      connection,
      GOSSIP_PROTOCOL,
      ...Array.from({ length: 30 }, () => many),
      ...Array.from({ length: 30 }, () => noisy),
    );
    await honestTrafficFlows();
  });

  it("may begin catch-ups that lead nowhere, all at once", async () => {
    const hello = prefixed(
      syncMessage.encode({
        kind: "hello",
        topics: [topic],
        quota: 1e12,
        slots: Array.from({ length: 4096 }, (_, slot) => ({
          topic: 0,
          slot,
          count: 9,
          fingerprint: bytes(16),
          closed: false,
        })),
      }),
    );
    // Each under another salt: all ids of the slot are read anew.
    const loops = Array.from({ length: 100 }, () =>
      prefixed(
        syncMessage.encode({
          kind: "compare",
          salt: bytes(16),
          parts: Array.from({ length: 16 }, (_, slot) => ({ topic, slot, ranges: [{ kind: "list" as const }] })),
        }),
      ),
    );
    await Promise.all(Array.from({ length: 20 }, () => speak(connection, SYNC_PROTOCOL, hello, ...loops)));
    await Promise.all(Array.from({ length: 20 }, () => speak(connection, SYNC_PROTOCOL, hello)));
    await honestTrafficFlows();
  });
});

describe("a stranger on the network", () => {
  it("that does not speak our protocols is hung up on, whoever dialed", async () => {
    const stranger = await bareNode();
    const box = createMailbox();
    const link = new Libp2pLink({ host: nodeHost({ listen: ["127.0.0.1"] }) });
    await link.start(box.handlers);
    const connection = await dialLink(stranger, link.status().addresses);
    if (connection.status === "open") await new Promise((resolve) => connection.addEventListener("close", resolve));
    assert.equal(link.status().peers, 0);
    await Promise.all([stranger.stop(), link.stop()]);
  });
});
