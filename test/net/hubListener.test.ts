import assert from "node:assert/strict";
import type { CircuitRelayService } from "@libp2p/circuit-relay-v2";
import type { Libp2p } from "@libp2p/interface";
import { browserHost, pageLinks } from "../../src/net/browserHost.ts";
import { hubSockets } from "../../src/net/hubListener.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import type { HostFactory } from "../../src/net/linkOptions.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { startHub, type Hub, type HubChoice } from "./hub.ts";
import { createMailbox, frameOf, topicOf, until, type Mailbox } from "./mailbox.ts";

const topic = topicOf("bucket/0");

interface Guest {
  readonly link: Libp2pLink;
  readonly box: Mailbox;
  readonly inside: Libp2p;
}

/** Resolves when others can come to this one through a relay. */
const reachable = ({ link, inside }: Guest): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (link.status().addresses.some((address) => address.includes("/p2p-circuit"))) resolve();
    };
    inside.addEventListener("self:peer:update", look);
    look();
  });

describe("a hub", () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });

  const hub = async (choice: HubChoice = {}): Promise<Hub> => {
    const made = await startHub(choice);
    made.link.subscribe([topic]);
    stops.push(() => made.stop());
    return made;
  };
  const guest = async (hubs: readonly string[], host = browserHost()): Promise<Guest> => {
    let inside: Libp2p | undefined;
    const seen: HostFactory = async (parts) => {
      inside = await host(parts);
      return inside;
    };
    const link = new Libp2pLink({ host: seen, hints: hubs, links: pageLinks });
    const box = createMailbox();
    link.subscribe([topic]);
    stops.push(() => link.stop());
    await link.start(box.handlers);
    return { link, box, inside: inside as unknown as Libp2p };
  };

  it("takes part over its HTTP server's port, which it announces", async () => {
    const { link, box, address, port } = await hub();
    assert.equal(address, `/ip4/127.0.0.1/tcp/${port}/ws/p2p/${link.status().peerId}`);
    const page = await guest([address]);
    await until([box, page.box], () => box.peers() === 1 && page.box.peers() === 1);
    const frame = frameOf(1);
    page.box.keep(topic, frame);
    assert.equal(await page.link.publish(topic, frame), 1);
    await until([box], () => box.has(frame));
    assert.deepEqual(page.link.neighbours(), [link.status().peerId]);
  });

  it("serves forty behind one address at once, and keeps no place for who has gone", async () => {
    const made = await hub();
    const guests = await Promise.all(Array.from({ length: 40 }, () => guest([made.address])));
    const boxes = [made.box, ...guests.map(({ box }) => box)];
    await until(boxes, () => made.box.peers() === 40 && guests.every(({ box }) => box.peers() >= 1));
    const frame = frameOf(1);
    made.box.keep(topic, frame);
    assert.equal(await made.link.publish(topic, frame), 40);
    await until(boxes, () => boxes.every((box) => box.has(frame)));
    await Promise.all(guests.map(reachable));
    const [first] = guests as [Guest];
    const { peerId } = first.link.status();
    const at = `/ip4/127.0.0.1/tcp/${made.port}/ws/p2p/${made.link.status().peerId}/p2p-circuit/p2p/${peerId}`;
    assert.ok(first.link.status().addresses.includes(at));
    const { services } = made.inside as Libp2p<{ relay: CircuitRelayService }>;
    const { reservations } = services.relay;
    const ended: string[] = [];
    for (const [peer, { signal }] of reservations) signal.clear = () => void ended.push(String(peer));
    const all = [...reservations.keys()].map(String);
    await Promise.all(guests.map(({ link }) => link.stop()));
    await until([made.box], () => made.box.peers() === 0);
    assert.equal(reservations.size, 0);
    assert.ok(all.length > 0);
    assert.deepEqual(ended.sort(), all.sort(), "nothing waits for their time to be over");
  });

  it("knows its guests by the addresses that its server sees", async () => {
    const made = await hub();
    const { box } = await guest([made.address]);
    await until([made.box, box], () => made.box.peers() === 1);
    assert.match(made.link.links()[0]?.address ?? "", /^\/ip4\/127\.0\.0\.1\/tcp\/\d+\/ws/);
    assert.ok(!made.link.links()[0]?.address.includes(`/tcp/${made.port}/`));
  });

  it("announces what its server is reached at: a name and a certificate's port as well", async () => {
    const sockets = hubSockets();
    const addresses = ["/dns4/hub.example.org/tcp/443/tls/ws", "10.1.2.3"];
    const link = new Libp2pLink({ host: nodeHost({ listen: ["127.0.0.1"], hub: { sockets, port: 80, addresses } }) });
    stops.push(() => link.stop());
    await link.start(createMailbox().handlers);
    const { addresses: told, peerId } = link.status();
    for (const address of ["/dns4/hub.example.org/tcp/443/tls/ws", "/ip4/10.1.2.3/tcp/80/ws"])
      assert.ok(told.includes(`${address}/p2p/${peerId}`), told.join(" "));
  });

  it("turns sockets away before it starts and after it stops, and survives what is not libp2p", async () => {
    const made = await hub();
    const url = `ws://127.0.0.1:${made.port}/`;
    const closing = async (use: (socket: WebSocket) => void): Promise<number> => {
      const socket = new WebSocket(url);
      socket.addEventListener("open", () => use(socket));
      return new Promise((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    };
    await Promise.all([
      closing((socket) => socket.send("text")),
      closing((socket) => socket.send(new Uint8Array(2 * 1024 * 1024))),
      closing((socket) => socket.send(new Uint8Array(100_000).fill(0xff))),
      closing((socket) => socket.close()),
    ]);
    const { box } = await guest([made.address]);
    await until([made.box, box], () => made.box.peers() === 1);
    await made.link.stop();
    assert.equal(await closing(() => {}), 1013);
  });

  it("is reached by daemons over its WebSockets as well", async () => {
    const { box, address } = await hub();
    const daemon = await guest([address], nodeHost({ listen: ["127.0.0.1"] }));
    await until([box, daemon.box], () => box.peers() === 1 && daemon.box.peers() === 1);
  });
});
