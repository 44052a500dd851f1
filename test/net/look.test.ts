/** What neighbours tell the doctor, and that nobody can use them to look into what is not theirs. */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { identify } from "@libp2p/identify";
import { noise } from "@libp2p/noise";
import { tcp } from "@libp2p/tcp";
import { yamux } from "@libp2p/yamux";
import type { Libp2p } from "@libp2p/interface";
import { createLibp2p } from "libp2p";
import { ALIVE_PROTOCOL } from "../../src/net/alive.ts";
import type { Discovery, DiscoveryFactory } from "../../src/net/discovery.ts";
import { knock, type Knock } from "../../src/net/knock.ts";
import { Knocks } from "../../src/net/knocks.ts";
import { LOOK_PROTOCOL, lookMessage } from "../../src/net/look.ts";
import type { Machine } from "../../src/net/machine.ts";
import { streamChannel } from "../../src/net/streamChannel.ts";
import { wayOf } from "../../src/net/survey.ts";
import { systemClock } from "../../src/net/systemClock.ts";
import { SYNC_PROTOCOL } from "../../src/net/sync.ts";
import { SimClock } from "../helpers/simClock.ts";
import { later, pair, start, stopAll, type Node } from "./askWorld.ts";
import { dialLink } from "./bareNode.ts";
import { until } from "./mailbox.ts";

/** A discovery that finds whom it is told to have found. */
const found =
  (...peers: readonly string[]): DiscoveryFactory =>
  () => {
    const none = async (): Promise<void> => undefined;
    const discovery: Discovery = {
      start: none,
      stop: none,
      ask: () => undefined,
      moved: () => undefined,
      heard: (peer) => peers.includes(peer),
    };
    return discovery;
  };

/** A machine on which everything is near, and that notes where it knocked. */
const machine = (answers: (port: number) => Knock = () => "open"): Machine & { readonly knocked: string[] } => {
  const knocked: string[] = [];
  return {
    knocked,
    networks: () => ["eth0 10.9.9.9"],
    isNear: () => true,
    knock: async (host, port) => {
      knocked.push(`${host}:${port}`);
      return answers(port);
    },
  };
};

const FAST = 14 * 60_000;
const portOf = ({ link }: Node): string => link.status().addresses[0]!.split("/")[4]!;

describe("the doctor's look at a network", () => {
  afterEach(stopAll);

  it("hears a neighbour's clock, its multicast, and whether it can come back", async () => {
    const theirs = machine(() => "silent");
    const fast = { ...systemClock, now: () => systemClock.now() + FAST };
    const one = await start({ machine: machine(), discovery: found() });
    const other = await start({ machine: theirs, discovery: found(), clock: fast });
    one.link.hint(other.link.status().addresses);
    await until([one.box, other.box], () => one.box.peers() === 1 && other.box.peers() === 1);
    const [neighbour] = (await one.link.survey())!.neighbours;
    assert.deepEqual(
      [neighbour?.way, neighbour?.inbound, neighbour?.heard, neighbour?.said?.multicast, neighbour?.said?.back],
      ["tcp", false, false, true, "silent"],
    );
    assert.ok(Math.abs((neighbour?.said?.ahead ?? 0) - FAST) < 5000);
    assert.deepEqual(theirs.knocked, [`127.0.0.1:${portOf(one)}`], "at the asker's own address, and nowhere else");
    const [back] = (await other.link.survey())!.neighbours;
    assert.deepEqual([back?.inbound, back?.said?.back], [true, "open"], "whoever dialed needs no knock");
  });

  it("hears the time that a machine has whose clock was set back while it ran", async () => {
    let ahead = FAST;
    const clock = { ...systemClock, now: () => systemClock.now() + ahead };
    const one = await start({ machine: machine(), discovery: found() });
    const other = await start({ machine: machine(), discovery: found(), clock });
    one.link.hint(other.link.status().addresses);
    await until([one.box, other.box], () => one.box.peers() === 1 && other.box.peers() === 1);
    ahead = 0;
    const [seen] = (await one.link.survey())!.neighbours;
    const [back] = (await other.link.survey())!.neighbours;
    for (const neighbour of [seen, back]) assert.ok(Math.abs(neighbour?.said?.ahead ?? FAST) < 5000);
  });

  it("is not answered by who wants to be found by nobody", async () => {
    const [one, other] = await pair({ machine: machine() });
    assert.equal(other.inside.getProtocols().includes(LOOK_PROTOCOL), false);
    assert.equal(one.inside.getProtocols().includes(LOOK_PROTOCOL), false);
    const seen = (await one.link.survey())!;
    assert.equal(seen.multicast, false);
    assert.equal(seen.neighbours[0]?.said, undefined);
    assert.equal(await other.link.survey(), undefined, "and a node without a machine has nothing to look with");
  });

  it("answers one neighbour once in a while, and knocks at what it told and no more", async () => {
    const theirs = machine();
    const asker = await start({ machine: machine(), discovery: found() });
    const other = await start({ machine: theirs, discovery: found() });
    asker.link.hint(other.link.status().addresses);
    await until([asker.box, other.box], () => asker.box.peers() === 1 && other.box.peers() === 1);
    const connection = asker.inside.getConnections()[0]!;
    const ask = async (): Promise<unknown> => {
      const channel = streamChannel(await connection.newStream(LOOK_PROTOCOL), 512);
      const bytes = await channel.receive();
      await channel.close();
      return bytes === undefined ? undefined : lookMessage.decode(bytes);
    };
    assert.notEqual(await ask(), undefined);
    await assert.rejects(ask);
    assert.equal(theirs.knocked.length, 1);
  });

  it("knocks for nobody at a machine that is not theirs, whatever they say of themselves", async () => {
    const theirs = machine();
    const other = await start({ machine: theirs, discovery: found() });
    const liar = async (): Promise<Libp2p> => {
      const node = await createLibp2p({
        addresses: { listen: [], announce: ["/ip4/10.66.66.66/tcp/22", "/ip4/10.66.66.67/tcp/80/ws"] },
        transports: [tcp()],
        connectionEncrypters: [noise()],
        streamMuxers: [yamux()],
        services: { identify: identify() },
      });
      later(async () => node.stop());
      for (const protocol of [SYNC_PROTOCOL, ALIVE_PROTOCOL, LOOK_PROTOCOL])
        await node.handle(protocol, () => undefined);
      return node;
    };
    const known = new Promise<void>((resolve) => {
      const told = new Set<string>();
      other.inside.addEventListener("peer:identify", ({ detail }) => {
        told.add(detail.peerId.toString());
        if (told.size === 2) resolve();
      });
    });
    // One asks, and the other is one of whom it could be told.
    const connection = await dialLink(await liar(), other.link.status().addresses);
    await dialLink(await liar(), other.link.status().addresses);
    await known;
    const channel = streamChannel(await connection.newStream(LOOK_PROTOCOL), 512);
    const answer = lookMessage.decode((await channel.receive())!);
    await channel.close();
    assert.deepEqual([answer?.back, answer?.others], ["untried", []]);
    assert.deepEqual(theirs.knocked, []);
  });

  it("believes no answer that is none", () => {
    for (const bytes of [[], [0xff], [0x80], Array.from({ length: 600 }, () => 0)])
      assert.equal(lookMessage.decode(Uint8Array.from(bytes)), undefined);
    const others = Array.from({ length: 5 }, () => "/ip4/10.0.0.1/tcp/1");
    assert.equal(lookMessage.decode(lookMessage.encode({ now: 1, multicast: true, back: "open", others })), undefined);
  });

  it("knocks within a budget, and not twice at one door in a moment", async () => {
    const clock = new SimClock();
    const ours = machine();
    const knocks = new Knocks(ours, clock);
    for (let port = 1; port <= 200; port++) await knocks.at(`/ip4/10.0.0.1/tcp/${port}`);
    assert.equal(ours.knocked.length, 48);
    assert.equal(await knocks.at("/ip4/10.0.0.1/tcp/1"), "open");
    assert.equal(ours.knocked.length, 48);
    assert.equal(await knocks.at("/ip4/10.0.0.1/tcp/999"), "untried");
    await clock.pass(61_000);
    assert.equal(await knocks.at("/ip4/10.0.0.1/tcp/999"), "open");
    for (const none of ["/dns4/hub.example/tcp/1", "/ip4/10.0.0.1/udp/1/webrtc-direct", "/ip4/10.0.0.1/tcp/1/ws/p2p/x"])
      assert.equal(await knocks.at(none), "untried");
  });

  it("tells an open door from a closed one", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    assert.equal(await knock("127.0.0.1", port), "open");
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await knock("127.0.0.1", port), "refused");
    assert.equal(await knock("999.1.1.1", 1), "unreachable");
  });

  it("dials at once what was typed, and says whether somebody is there", async () => {
    const [one, other] = [await start(), await start()];
    const [address = ""] = other.link.status().addresses;
    const typed = address.replace(/\/p2p\/.*$/, "");
    assert.equal(await one.link.dialNow([`${typed}/ws`, typed]), true);
    await until([one.box, other.box], () => one.box.peers() === 1 && other.box.peers() === 1);
    assert.deepEqual(one.link.reachedAddresses(), [typed]);
    assert.equal(await one.link.dialNow(one.link.status().addresses), false, "not oneself");
    assert.equal(await one.link.dialNow(["/ip4/127.0.0.1/tcp/1", "nonsense"]), false);
    assert.equal(await one.link.dialNow([]), false);
  });

  it("knows a way by its address", () => {
    for (const [address, way] of [
      ["/ip4/10.0.0.1/tcp/4001/p2p/x", "tcp"],
      ["/ip4/10.0.0.1/tcp/8020/ws/p2p/x", "hub"],
      ["/ip4/10.0.0.1/tcp/8020/ws/p2p/x/p2p-circuit/webrtc/p2p/y", "webrtc"],
      ["/ip4/10.0.0.1/udp/8020/webrtc-direct/certhash/u/p2p/x", "webrtc"],
      ["/ip4/10.0.0.1/tcp/8020/p2p/x/p2p-circuit/p2p/y", "relay"],
    ] as const)
      assert.equal(wayOf(address), way);
  });
});
