import assert from "node:assert/strict";
import { browserHost, pageLinks } from "../../src/net/browserHost.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { startHub, type Hub, type HubChoice } from "./hub.ts";
import { createMailbox, frameOf, topicOf, until, type Mailbox } from "./mailbox.ts";

const topic = topicOf("bucket/0");

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
  const guest = async (
    hubs: readonly string[],
    host = browserHost(),
  ): Promise<{ readonly link: Libp2pLink; readonly box: Mailbox }> => {
    const link = new Libp2pLink({ host, hints: hubs, links: pageLinks });
    const box = createMailbox();
    link.subscribe([topic]);
    stops.push(() => link.stop());
    await link.start(box.handlers);
    return { link, box };
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

  it("is reached by daemons over its WebSockets as well", async () => {
    const { box, address } = await hub();
    const daemon = await guest([address], nodeHost({ listen: ["127.0.0.1"] }));
    await until([box, daemon.box], () => box.peers() === 1 && daemon.box.peers() === 1);
  });
});
