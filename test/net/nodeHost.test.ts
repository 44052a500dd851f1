import assert from "node:assert/strict";
import { gossipsub } from "@libp2p/gossipsub";
import type { IdentifyResult, Libp2p } from "@libp2p/interface";
import { messageId } from "../../src/net/gossipRouter.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { nodeHost, type NodeHostOptions } from "../../src/net/nodeHost.ts";
import { bareNode, dialLink } from "./bareNode.ts";
import { createMailbox, frameOf, topicOf, until, type Mailbox } from "./mailbox.ts";

const topic = topicOf("bucket/0");

describe("a daemon's libp2p node", () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });

  const link = async (
    options: NodeHostOptions = {},
    links = {},
    syncInterval?: number,
  ): Promise<{ readonly link: Libp2pLink; readonly box: Mailbox }> => {
    const host = nodeHost({ listen: ["127.0.0.1"], ...options });
    const made = new Libp2pLink({ host, links, ...(syncInterval && { syncInterval }) });
    const box = createMailbox();
    stops.push(() => made.stop());
    made.subscribe([topic]);
    await made.start(box.handlers);
    return { link: made, box };
  };
  const host = async (options: NodeHostOptions = {}): Promise<Libp2p> => {
    const node = await nodeHost({ listen: ["127.0.0.1"], ...options })({ gossip: gossipsub() });
    await node.start();
    stops.push(async () => node.stop());
    return node;
  };
  const bare = async (): Promise<Libp2p> => {
    const node = await bareNode();
    stops.push(async () => node.stop());
    return node;
  };

  it("hears and reaches sixteen peers behind one address", async () => {
    const hub = await link({}, { most: 32, small: 32 });
    // They want no more links than this one, and ask for no others.
    const guests = await Promise.all(Array.from({ length: 16 }, () => link({}, { least: 1 })));
    const boxes = [hub.box, ...guests.map(({ box }) => box)];
    for (const guest of guests) guest.link.hint(hub.link.status().addresses);
    await until(boxes, () => hub.box.peers() === 16 && guests.every(({ box }) => box.peers() === 1));
    const down = frameOf(1);
    hub.box.keep(topic, down);
    assert.equal(await hub.link.publish(topic, down), 16);
    await until(boxes, () => boxes.every((box) => box.has(down)));
    for (const guest of guests) {
      const up = frameOf(1);
      guest.box.keep(topic, up);
      assert.equal(await guest.link.publish(topic, up), 1);
      await until(boxes, () => boxes.every((box) => box.has(up)));
    }
  });

  it("fetches what is kept of a topic that it hears later", async () => {
    // No round comes to help.
    const [carrier, page] = await Promise.all([link({}, {}, 3_600_000), link({}, {}, 3_600_000)]);
    const later = topicOf("bucket/1");
    carrier.link.subscribe([later]);
    const frame = frameOf(1);
    carrier.box.keep(later, frame);
    page.link.hint(carrier.link.status().addresses);
    const boxes = [carrier.box, page.box];
    // At once, and when gossip has settled.
    await until(boxes, () => page.box.caughtUp.length === 2);
    assert.ok(!page.box.has(frame));
    page.link.subscribe([later]);
    await until(boxes, () => page.box.has(frame));
  });

  it("accepts twenty connections at once from one address", async () => {
    const node = await host();
    const dialers = await Promise.all(Array.from({ length: 20 }, bare));
    const accepted = new Promise<void>((resolve) =>
      node.addEventListener("connection:open", () => {
        if (node.getConnections().length === 20) resolve();
      }),
    );
    const dials = await Promise.allSettled(dialers.map((dialer) => dialLink(dialer, node.getMultiaddrs().map(String))));
    assert.equal(dials.filter(({ status }) => status === "fulfilled").length, 20);
    await accepted;
  });

  it("needs no crypto.subtle for gossip", async () => {
    const subtle = Object.getOwnPropertyDescriptor(Crypto.prototype, "subtle") as PropertyDescriptor;
    const [one, other] = [await link(), await link()];
    other.link.hint(one.link.status().addresses);
    await until([one.box, other.box], () => one.box.peers() === 1 && other.box.peers() === 1);
    Object.defineProperty(Crypto.prototype, "subtle", { ...subtle, get: () => undefined });
    try {
      assert.equal(crypto.subtle, undefined);
      const frame = frameOf(1);
      assert.equal(await one.link.publish(topic, frame), 1);
      await until([other.box], () => other.box.has(frame));
    } finally {
      Object.defineProperty(Crypto.prototype, "subtle", subtle);
    }
  });

  it("names a message by its topic and its bytes", () => {
    const data = frameOf(1);
    assert.deepEqual(messageId({ topic, data }), messageId({ topic, data: data.slice() }));
    assert.notDeepEqual(messageId({ topic, data }), messageId({ topic: "other", data }));
    assert.notDeepEqual(messageId({ topic, data }), messageId({ topic, data: frameOf(1) }));
    assert.equal(messageId({ topic, data }).length, 20);
  });

  it("says nothing of the person, the machine or the version of Node", async () => {
    const node = await host();
    const stranger = await bare();
    const told = new Promise<IdentifyResult>((resolve) =>
      stranger.addEventListener("peer:identify", ({ detail }) => resolve(detail)),
    );
    await dialLink(stranger, node.getMultiaddrs().map(String));
    assert.equal((await told).agentVersion, "couloir");
  });

  it("has the peer id of the seed it is given, else a fresh one", async () => {
    const seed = new Uint8Array(32).fill(7);
    const [one, same, other] = await Promise.all([host({ seed }), host({ seed }), host()]);
    assert.equal(one.peerId.toString(), same.peerId.toString());
    assert.notEqual(one.peerId.toString(), other.peerId.toString());
  });

  it("relays if it is told to", async () => {
    const [relay, plain] = await Promise.all([host({ relay: true }), host()]);
    const hop = "/libp2p/circuit/relay/0.2.0/hop";
    assert.ok(relay.getProtocols().includes(hop));
    assert.ok(!plain.getProtocols().includes(hop));
  });

  it("tells addresses of the network, and its loopback ones only where there are no others", async () => {
    const everywhere = await link({ listen: ["0.0.0.0"] });
    const { addresses } = everywhere.link.status();
    const loopback = addresses.filter((address) => address.startsWith("/ip4/127."));
    assert.ok(addresses.length > 0);
    assert.ok(loopback.length === 0 || loopback.length === addresses.length);
    for (const address of addresses) assert.match(address, /^\/ip4\/[0-9.]+\/tcp\/[1-9]\d*\/p2p\/12D3/);
  });

  it("says in one line why it cannot listen, and can be started again", async () => {
    const first = await link();
    const port = Number(first.link.status().addresses[0]?.split("/")[4]);
    const second = new Libp2pLink({ host: nodeHost({ listen: ["127.0.0.1"], port }) });
    stops.push(() => second.stop());
    const { handlers } = createMailbox();
    await assert.rejects(second.start(handlers), { name: "CouloirError", code: "cannot-listen", fault: "network" });
    await first.link.stop();
    await second.start(handlers);
    assert.equal(Number(second.status().addresses[0]?.split("/")[4]), port);
  });

  it("starts and stops in the order of the calls", async () => {
    const one = new Libp2pLink({ host: nodeHost({ listen: ["127.0.0.1"] }) });
    const { handlers } = createMailbox();
    await Promise.all([one.start(handlers), one.start(handlers), one.stop(), one.stop(), one.start(handlers)]);
    assert.equal(one.status().addresses.length, 1);
    await Promise.all([one.stop(), one.publish(topic, frameOf(1))]);
    assert.deepEqual(one.status(), { peerId: "", addresses: [], peers: 0 });
  });

  it("does not dial itself twice", async () => {
    const one = await link();
    const other = await link();
    one.link.hint(one.link.status().addresses);
    one.link.hint(other.link.status().addresses);
    await until([one.box, other.box], () => one.box.peers() === 1 && other.box.peers() === 1);
    assert.equal(one.link.status().peers, 1);
    assert.deepEqual(one.link.reachedAddresses(), [other.link.status().addresses[0]?.replace(/\/p2p\/.*/, "")]);
  });
});
