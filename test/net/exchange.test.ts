import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { generateKeyPair } from "@libp2p/crypto/keys";
import type { Libp2p } from "@libp2p/interface";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import * as lp from "it-length-prefixed";
import { browserHost, pageLinks } from "../../src/net/browserHost.ts";
import { Connections } from "../../src/net/connections.ts";
import { Exchange, PEERS_PROTOCOL } from "../../src/net/exchange.ts";
import { peersMessage } from "../../src/net/peersMessage.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import type { HostFactory, LinkOptions } from "../../src/net/linkOptions.ts";
import { silentLog } from "../../src/net/netLog.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { streamChannel } from "../../src/net/streamChannel.ts";
import { systemClock } from "../../src/net/systemClock.ts";
import { falseNeighbour, speak } from "./bareNode.ts";
import { startHub, type Hub, type HubChoice } from "./hub.ts";
import { createMailbox, frameOf, topicOf, until, type Mailbox } from "./mailbox.ts";

interface Node {
  readonly link: Libp2pLink;
  readonly box: Mailbox;
  readonly inside: Libp2p;
  /** Every address that was dialed. */
  readonly dialed: string[];
}

const topic = topicOf("bucket/0");
const newPeer = async (): Promise<string> => peerIdFromPrivateKey(await generateKeyPair("Ed25519")).toString();

describe("the exchange of peers", () => {
  const stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });

  const hub = async (choice: HubChoice = {}): Promise<Hub> => {
    const made = await startHub(choice);
    made.link.subscribe([topic]);
    stops.push(() => made.stop());
    return made;
  };
  /** A node that nobody can dial. */
  const page = async (
    hints: readonly string[],
    host: HostFactory = browserHost(),
    links: LinkOptions["links"] = pageLinks,
  ): Promise<Node> => {
    const dialed: string[] = [];
    let inside: Libp2p | undefined;
    const watched: HostFactory = async (parts) => {
      const node = await host(parts);
      const dial = node.dial.bind(node);
      node.dial = (address, options) => {
        dialed.push(String(address));
        return dial(address, options);
      };
      inside = node;
      return node;
    };
    const link = new Libp2pLink({ host: watched, hints, ...(links && { links }) });
    const box = createMailbox();
    link.subscribe([topic]);
    stops.push(() => link.stop());
    await link.start(box.handlers);
    return { link, box, inside: inside as unknown as Libp2p, dialed };
  };
  const reachable = ({ link, inside }: Node): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (link.status().addresses.some((address) => address.includes("/p2p-circuit"))) resolve();
      };
      inside.addEventListener("self:peer:update", look);
      look();
    });
  const hasDialed = ({ dialed }: Node, address: string): Promise<void> =>
    new Promise((resolve) => {
      const push = dialed.push.bind(dialed);
      dialed.push = (...more) => {
        if (more.includes(address)) resolve();
        return push(...more);
      };
      if (dialed.includes(address)) resolve();
    });
  const asks = async ({ inside }: Node, at: Hub): Promise<ReturnType<typeof peersMessage.decode>> => {
    const connection = inside.getConnections().find(({ remotePeer }) => at.address.endsWith(remotePeer.toString()));
    const stream = await connection?.newStream(PEERS_PROTOCOL);
    const bytes = stream && (await streamChannel(stream, 8192).receive());
    return bytes && peersMessage.decode(bytes);
  };

  it("tells a page of the others that the hub relays for, and of other hubs", async () => {
    const [one, other] = [await hub({ webrtcDirect: true }), await hub({ webrtcDirect: true })];
    one.link.hint([other.address]);
    await until([one.box, other.box], () => one.box.peers() === 1 && other.box.peers() === 1);
    const [ana, ben] = [await page([one.address]), await page([one.address])];
    await Promise.all([reachable(ana), reachable(ben)]);
    const idOfBen = ben.link.status().peerId;
    const told = await asks(ana, one);
    assert.ok(told);
    assert.deepEqual(told.pages, [idOfBen]);
    assert.equal(told.hubs.filter(({ address }) => address.includes("/webrtc-direct/certhash/")).length, 1);
    const at = { peer: other.link.status().peerId, address: `/ip4/127.0.0.1/tcp/${other.port}/ws` };
    assert.ok(told.hubs.some((known) => known.peer === at.peer && known.address === at.address));
    // And a page makes use of both.
    await until([ana.box], () => ana.link.neighbours().includes(at.peer));
    await ana.inside.handle("/webrtc-signaling/0.0.1", () => {});
    ana.link.wake();
    await hasDialed(ana, `${one.address}/p2p-circuit/webrtc/p2p/${idOfBen}`);
  });

  it("tells nothing of who has gone, and nothing to who can be dialed", async () => {
    const one = await hub();
    const [ana, ben] = [await page([one.address]), await page([one.address])];
    await Promise.all([reachable(ana), reachable(ben)]);
    await ben.link.stop();
    await until([one.box], () => one.box.peers() === 1);
    assert.deepEqual((await asks(ana, one))?.pages, []);
    const daemon = await page([one.address], nodeHost({ listen: ["127.0.0.1"] }));
    await until([daemon.box], () => daemon.box.peers() === 1);
    await daemon.inside.handle("/webrtc-signaling/0.0.1", () => {});
    daemon.link.wake();
    const frame = frameOf(1);
    daemon.box.keep(topic, frame);
    await daemon.link.publish(topic, frame);
    await until([ana.box], () => ana.box.has(frame));
    assert.ok(daemon.dialed.every((address) => !address.includes("p2p-circuit")));
  });

  it("finds a hub again that was away, and can be reached through it again", async () => {
    const seed = new Uint8Array(randomBytes(32));
    const first = await hub({ seed });
    const ana = await page([first.address]);
    await Promise.all([reachable(ana), until([ana.box], () => ana.box.peers() === 1)]);
    await first.stop();
    await until([ana.box], () => ana.box.peers() === 0);
    const again = await hub({ seed, port: first.port });
    assert.equal(again.address, first.address);
    ana.link.wake();
    await until([ana.box, again.box], () => ana.box.peers() === 1 && again.box.peers() === 1);
    await reachable(ana);
  });

  it("comes to no harm by a hub that says anything", async () => {
    const fakes = await Promise.all(Array.from({ length: 32 }, newPeer));
    const [self, liar] = [await falseNeighbour(), await falseNeighbour([], true, ["/ip4/127.0.0.1/tcp/0"])];
    stops.push(
      async () => self.stop(),
      async () => liar.stop(),
    );
    await self.handle("/webrtc-signaling/0.0.1", () => {});
    const selfId = self.peerId.toString();
    const places = (addresses: readonly string[]): { peer: string; address: string }[] =>
      addresses.map((address, i) => ({ peer: fakes[i] as string, address }));
    const hubs = (...addresses: readonly string[]): Uint8Array =>
      peersMessage.encode({ pages: [], hubs: places(addresses), peers: [] });
    const daemons = (...addresses: readonly string[]): Uint8Array =>
      peersMessage.encode({ pages: [], hubs: [], peers: places(addresses) });
    const outside = ["/ip4/8.8.8.8/tcp/80/ws", "/dns4/example.org/tcp/80/ws", "/dns4/example.org/tcp/443/tls/ws"];
    const certhash = "uEiDikp5KVUgkLta1EjUN-IKbHk-dUBg8VzKgf5nXxLK46w";
    const odd = [
      "/ip4/10.0.0.1/tcp/1",
      "/ip4/10.0.0.1/udp/1/webrtc-direct",
      "nonsense",
      "",
      "/ip4/10.0.0.1/tcp/1/ws/ws",
    ];
    const lies: readonly (readonly [said: Uint8Array, found: number])[] = [
      [new Uint8Array(0), 0],
      [new Uint8Array(randomBytes(9000)), 0],
      [new Uint8Array(randomBytes(200)), 0],
      [peersMessage.encode({ pages: fakes, hubs: [], peers: [] }), 32],
      [peersMessage.encode({ pages: ["", "x", "12D3KooW", selfId], hubs: [], peers: [] }), 0],
      [hubs(...outside, ...odd), 0],
      [hubs("/ip4/10.0.0.1/tcp/1/ws"), 1],
      [hubs(`/ip4/10.0.0.1/udp/1/webrtc-direct/certhash/${certhash}`), 1],
      [hubs(`/ip4/8.8.8.8/udp/1/webrtc-direct/certhash/${certhash}`), 0],
      [daemons(...outside, "/ip4/8.8.8.8/tcp/1", "/ip4/10.0.0.1/tcp/1/ws", "/dns4/example.org/tcp/1", "nonsense"), 0],
      [daemons("/ip4/10.0.0.1/tcp/1", "/ip6/fe80::1/tcp/1"), 2],
    ];
    const connection = await self.dial(liar.getMultiaddrs());
    const entry = new Connections(selfId, systemClock).open(connection, []);
    for (const [said, count] of lies) {
      await liar.handle(
        PEERS_PROTOCOL,
        async (stream) => {
          stream.send(lp.encode.single(said));
          await stream.close().catch(() => undefined);
        },
        { force: true },
      );
      const found: string[] = [];
      await new Promise<void>((resolve) => {
        const exchange = new Exchange({
          node: self,
          clock: systemClock,
          random: (n) => new Uint8Array(randomBytes(n)),
          log: { ...silentLog, debug: () => resolve() },
          plan: { found: (_, keys) => void found.push(...keys) },
          entries: () => [entry],
          answers: true,
          lacks: () => true,
          isVouched: () => true,
          onBroken: () => assert.fail("broken off after one answer"),
          onFound: resolve,
        });
        exchange.met(entry, [PEERS_PROTOCOL]);
      });
      assert.equal(found.length, count, found.join(" "));
    }
  });

  it("answers others while one asks without end", async () => {
    const one = await hub();
    const [ana, ben] = [await page([one.address]), await page([one.address])];
    await Promise.all([reachable(ana), reachable(ben)]);
    const connection = ana.inside.getConnections()[0];
    assert.ok(connection !== undefined);
    await Promise.all(
      Array.from({ length: 50 }, () => speak(connection, PEERS_PROTOCOL, new Uint8Array(randomBytes(2000)))),
    );
    assert.deepEqual(await asks(ben, one), { pages: [ana.link.status().peerId], hubs: [], peers: [] });
  });

  it("brings daemons together that know one of them, without multicast", async () => {
    const all: Node[] = [];
    const [first, ...others] = [0, 1, 2, 3, 4];
    all.push(await page([], nodeHost({ listen: ["127.0.0.1"] }), {}));
    const at = all[first as number]?.link.status().addresses ?? [];
    for (const _ of others) all.push(await page(at, nodeHost({ listen: ["127.0.0.1"] }), {}));
    await until(
      all.map(({ box }) => box),
      () => all.every(({ link }) => link.neighbours().length === all.length - 1),
    );
  });

  it("attack: takes few addresses from a neighbour that names thousands, and cuts one that answers with garbage", async () => {
    const [self, liar] = [await falseNeighbour(), await falseNeighbour([], true, ["/ip4/127.0.0.1/tcp/0"])];
    stops.push(
      async () => self.stop(),
      async () => liar.stop(),
    );
    const fakes = await Promise.all(Array.from({ length: 16 }, newPeer));
    let said = 0;
    let garbage = false;
    await liar.handle(PEERS_PROTOCOL, async (stream) => {
      const peers = fakes.map((peer, i) => ({ peer, address: `/ip4/10.0.${said}.${i}/tcp/1` }));
      said++;
      stream.send(lp.encode.single(garbage ? new Uint8Array(9) : peersMessage.encode({ pages: [], hubs: [], peers })));
      await stream.close().catch(() => undefined);
    });
    const connection = await self.dial(liar.getMultiaddrs());
    const entry = new Connections(self.peerId.toString(), systemClock).open(connection, []);
    const found = new Set<string>();
    const broken: string[] = [];
    let over = (): void => {};
    const exchange = new Exchange({
      node: self,
      clock: systemClock,
      random: (n) => new Uint8Array(randomBytes(n)),
      log: { ...silentLog, debug: () => over() },
      plan: { found: (_, keys) => keys.forEach((key) => found.add(key)) },
      entries: () => [entry],
      answers: true,
      lacks: () => true,
      isVouched: () => true,
      onBroken: (peer) => void broken.push(peer),
      onFound: () => over(),
    });
    entry.exchanges = true;
    const asksOnce = (): Promise<void> =>
      new Promise((resolve) => {
        over = resolve;
        exchange.askAll();
      });
    for (let i = 0; i < 8; i++) await asksOnce();
    assert.equal(found.size, 48);
    garbage = true;
    for (let i = 0; i < 5; i++) await asksOnce();
    assert.deepEqual(broken, [liar.peerId.toString()]);
  });
});
