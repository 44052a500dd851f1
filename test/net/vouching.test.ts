/** Who has the venue's key, and what those who have not get: the exchange, and the shares and links that follow from it. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { RPC } from "@libp2p/gossipsub/message";
import type { Libp2p } from "@libp2p/interface";
import * as lp from "it-length-prefixed";
import type { Channel } from "../../src/net/channel.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { venueHello, VENUE_PROTOCOL, venueProofMessage } from "../../src/net/venueMessages.ts";
import { entryLimits } from "../../src/net/shares.ts";
import { exchangeVenue, type VenueSide } from "../../src/net/vouching.ts";
import { venueMark, venueProof } from "../../src/protocol/venue.ts";
import { dialLink, falseNeighbour, GOSSIP_PROTOCOL, speak } from "./bareNode.ts";
import { channelPair } from "./channelPair.ts";
import { createMailbox, frameOf, topicOf, until, type Mailbox } from "./mailbox.ts";

const random = (n: number): Uint8Array => new Uint8Array(randomBytes(n));
const KEY = random(16);

/** A device in the venue, with a key of it or without. */
const sideWith = (key?: Uint8Array, { name = "geneva", buckets = 8 } = {}): VenueSide => ({
  claim: () => ({ mark: venueMark(name), buckets, keyed: key !== undefined }),
  prove: (of) => key && venueProof({ name, key }, of),
});

const both = ([a, b]: readonly [Channel, Channel], sides: readonly [VenueSide, VenueSide]) =>
  Promise.all([
    exchangeVenue(a, sides[0], { self: "ana", peer: "ben", random }),
    exchangeVenue(b, sides[1], { self: "ben", peer: "ana", random }),
  ]);

describe("the exchange about the venue", () => {
  it("shows each that the other has the key, where both have it", async () => {
    const [ana, ben] = await both(channelPair(), [sideWith(KEY), sideWith(KEY)]);
    assert.deepEqual([ana.proved, ben.proved], [true, true]);
    assert.deepEqual(ana.claim, { mark: venueMark("geneva"), buckets: 8, keyed: true });
  });

  it("proves nothing with another key, without one, or by the same key in another venue", async () => {
    for (const other of [sideWith(random(16)), sideWith(), sideWith(KEY, { name: "new york" })]) {
      const [ana, ben] = await both(channelPair(), [sideWith(KEY), other]);
      assert.deepEqual([ana.proved, ben.proved], [false, false]);
    }
  });

  it("tells who has no key nothing but that there is one: a proof looks like the noise of who has none", async () => {
    const sent = async (side: VenueSide): Promise<Uint8Array> => {
      const [near, far] = channelPair();
      await both([near, far], [side, sideWith()]);
      return near.sent[1] as Uint8Array;
    };
    const [proof, again, noise] = [await sent(sideWith(KEY)), await sent(sideWith(KEY)), await sent(sideWith())];
    assert.equal(proof.length, noise.length);
    assert.notDeepEqual(proof, again, "nothing in it repeats");
    assert.ok(!Buffer.from(proof).includes(Buffer.from(KEY)));
  });

  /** Somebody without the key between two who have it, or with what was said elsewhere before. */
  const againstAna = async (answer: (helloOfAna: Uint8Array) => Promise<readonly [Uint8Array, Uint8Array]>) => {
    const [near, far] = channelPair();
    const finding = exchangeVenue(near, sideWith(KEY), { self: "ana", peer: "mallory", random });
    const [hello, proof] = await answer((await far.receive()) as Uint8Array);
    await far.send(hello);
    await far.receive();
    await far.send(proof);
    return (await finding).proved;
  };

  it("attack: what another proved on another connection is worth nothing here", async () => {
    const [ben, other] = channelPair();
    await both([other, ben], [sideWith(KEY), sideWith(KEY)]);
    const [hello, proof] = ben.sent as [Uint8Array, Uint8Array];
    assert.equal(await againstAna(async () => [hello, proof]), false);
  });

  it("attack: nor does it help to pass a challenge on to somebody who has the key", async () => {
    const relayed = await againstAna(async (hello) => {
      const [near, far] = channelPair();
      void exchangeVenue(near, sideWith(KEY), { self: "ben", peer: "mallory", random }).catch(() => undefined);
      const helloOfBen = (await far.receive()) as Uint8Array;
      await far.send(hello);
      return [helloOfBen, (await far.receive()) as Uint8Array];
    });
    assert.equal(relayed, false);
  });

  it("attack: nor to send back what one was sent", async () => {
    const [near, far] = channelPair();
    const finding = exchangeVenue(near, sideWith(KEY), { self: "ana", peer: "mallory", random });
    await far.send((await far.receive()) as Uint8Array);
    await far.send((await far.receive()) as Uint8Array);
    assert.equal((await finding).proved, false);
  });

  it("ends where the other side says something else, or nothing", async () => {
    for (const messages of [
      [random(5)],
      [venueHello.encode({ ...sideWith().claim(), nonce: random(32) }), random(40)],
      [],
    ]) {
      const [near, far] = channelPair();
      const finding = exchangeVenue(near, sideWith(KEY), { self: "ana", peer: "mallory", random });
      for (const message of messages) await far.send(message);
      await far.close();
      await assert.rejects(finding);
    }
  });
});

describe("a venue with a key", () => {
  const topic = topicOf("bucket/0");
  interface Node {
    readonly link: Libp2pLink;
    readonly box: Mailbox;
  }
  let nodes: Node[];
  let strangers: Libp2p[];
  const changes = new Set<() => void>();

  const start = async (side: VenueSide): Promise<Node> => {
    const box = createMailbox();
    const link = new Libp2pLink({ host: nodeHost({ listen: ["127.0.0.1"] }), venue: side });
    const node = { link, box };
    nodes.push(node);
    link.subscribe([topic]);
    await link.start({ ...box.handlers, onVenue: () => changes.forEach((one) => one()) });
    return node;
  };
  /** Waits until something is so; looked at whenever a link learns of the venue, or a mailbox changes. */
  const settled = (done: () => boolean): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => void (done() && resolve());
    changes.add(look);
    void until(
      nodes.map(({ box }) => box),
      done,
    ).then(resolve);
    look();
    return promise.finally(() => changes.delete(look));
  };
  const standing = ({ link }: Node) => link.status().venue;

  beforeEach(() => {
    nodes = [];
    strangers = [];
  });
  afterEach(async () => {
    await Promise.all([...nodes.map(({ link }) => link.stop()), ...strangers.map((node) => node.stop())]);
  });

  it("vouches for those who prove it, and tells the others what they lack", async () => {
    const hub = await start(sideWith(KEY));
    const [ana, ben, cy] = [
      await start(sideWith(KEY)),
      await start(sideWith()),
      await start(sideWith(KEY, { buckets: 1 })),
    ];
    for (const { link } of [ana, ben, cy]) link.hint(hub.link.status().addresses);
    await settled(() => standing(hub)?.vouched === 2 && standing(hub)?.strangers === 1);
    await settled(() => standing(ben)?.keyed === 1 && standing(cy)?.otherwise === 1);
    assert.equal(standing(ana)?.vouched, 1);
    assert.equal(standing(ben)?.strangers, 0, "who knows of no key vouches for everybody");
    assert.equal(standing(cy)?.buckets, 8);
  });

  it("books a neighbour anew when the key comes while they are connected", async () => {
    let known = sideWith();
    const late: VenueSide = { claim: () => known.claim(), prove: (of) => known.prove(of) };
    const [hub, ana] = [await start(sideWith(KEY)), await start(late)];
    ana.link.hint(hub.link.status().addresses);
    await settled(() => standing(hub)?.strangers === 1 && standing(ana)?.keyed === 1);
    known = sideWith(KEY);
    ana.link.venueChanged();
    await settled(() => standing(hub)?.vouched === 1 && standing(ana)?.vouched === 1);
  });

  it("attack: who floods without the key gets through what strangers have together, however many they are", async () => {
    const victim = await start(sideWith(KEY));
    const ana = await start(sideWith(KEY));
    ana.link.hint(victim.link.status().addresses);
    await settled(() => standing(victim)?.vouched === 1);
    const before = victim.box.calls();
    const began = performance.now();
    const rpc = (): Uint8Array => {
      const messages = Array.from({ length: 60 }, () => ({ topic, data: frameOf(1) }));
      return lp.encode.single(RPC.encode({ subscriptions: [], messages })).subarray();
    };
    for (let i = 0; i < 3; i++) {
      const node = await falseNeighbour([]);
      strangers.push(node);
      const connection = await dialLink(node, victim.link.status().addresses);
      void speak(connection, GOSSIP_PROTOCOL, ...Array.from({ length: 10 }, rpc));
    }
    await settled(() => victim.box.calls() - before >= 3);
    // An honest member is heard meanwhile.
    const frame = frameOf(2);
    ana.box.keep(topic, frame);
    await ana.link.publish(topic, frame);
    await settled(() => victim.box.has(frame));
    const seconds = (performance.now() - began) / 1000;
    const { strangers: room, burstSeconds } = entryLimits(28);
    const most = room.frames * (burstSeconds + seconds) + 2;
    assert.ok(victim.box.calls() - before <= most, `${victim.box.calls() - before} of 1800 frames, and not ${most}`);
  });

  it("answers nobody's proofs without end, and goes on after any garbage", async () => {
    const victim = await start(sideWith(KEY));
    const node = await falseNeighbour([]);
    strangers.push(node);
    const connection = await dialLink(node, victim.link.status().addresses);
    const noise = lp.encode.single(venueProofMessage.encode({ proof: random(32) })).subarray();
    for (let i = 0; i < 20; i++) await speak(connection, VENUE_PROTOCOL, noise, random(300));
    assert.equal(victim.link.trust(node.peerId.toString()), "stranger");
    const ana = await start(sideWith(KEY));
    ana.link.hint(victim.link.status().addresses);
    await settled(() => standing(victim)?.vouched === 1);
  });
});
