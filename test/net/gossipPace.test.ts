import assert from "node:assert/strict";
import { generateKeyPair } from "@libp2p/crypto/keys";
import { gossipsub, type GossipSub, type GossipSubComponents } from "@libp2p/gossipsub";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { gossipPace } from "../../src/net/gossipPace.ts";
import { gossipPolicy, type GossipPolicyOf } from "../../src/net/gossipPolicy.ts";
import { routerService, type Router, type RouterHooks } from "../../src/net/gossipRouter.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { createMailbox } from "./mailbox.ts";

const sizes = [0, 1, 5, 30, 100, 150, 200, 500, 2000, 2 ** 40];

describe("the pace of gossip", () => {
  it("is a heartbeat a second in a room, half as many in a crowd, and has no steps in between", () => {
    const beats = sizes.map((devices) => gossipPace(devices).heartbeatInterval);
    assert.deepEqual(beats, [1000, 1000, 1000, 1000, 1000, 1500, 2000, 2000, 2000, 2000]);
    for (let devices = 0; devices < 400; devices++) {
      const more = gossipPace(devices + 1).heartbeatInterval - gossipPace(devices).heartbeatInterval;
      assert.ok(more >= 0 && more <= 20, `at ${devices}`);
    }
  });

  it("leaves the lines that a node asks for and grants alone: what suits 5 suits 500", () => {
    for (const mostLinks of [3, 12, 200])
      for (const devices of sizes) {
        const { D, Dlo, Dhi, Dscore, Dout } = gossipPolicy({ mostLinks, devices });
        assert.deepEqual([D, Dlo, Dscore, Dout], [3, 2, 2, 1]);
        assert.ok(Dhi >= mostLinks && Dhi > D);
      }
  });

  it("is asked for anew when the link hears how many devices are in the room", async () => {
    const asked: number[] = [];
    const gossip: GossipPolicyOf = (place) => {
      asked.push(place.devices);
      return gossipPolicy(place);
    };
    const link = new Libp2pLink({ host: nodeHost({ listen: ["127.0.0.1"] }), gossip });
    await link.start(createMailbox().handlers);
    link.crowd(500);
    await link.stop();
    assert.deepEqual(asked, [28, 500]);
  });

  it("follows the number of devices in the package's own router, and nothing else of it changes", async () => {
    const privateKey = await generateKeyPair("Ed25519");
    const policy = gossipPolicy({ mostLinks: 12, devices: 5 });
    let made: GossipSub | undefined;
    const service = routerService({} as RouterHooks, policy, (options) => (components) => {
      made = gossipsub(options)(components);
      return made;
    });
    service.adapt(gossipPace(500));
    service.create({
      privateKey,
      peerId: peerIdFromPrivateKey(privateKey),
      registrar: {},
      logger: {
        forComponent: () => Object.assign(() => undefined, { error: () => undefined, trace: () => undefined }),
      },
    } as unknown as GossipSubComponents);
    const { opts } = made as Router;
    const before = { ...opts };
    const beats = [500, 5].map((devices) => {
      service.adapt(gossipPolicy({ mostLinks: 12, devices }));
      return opts.heartbeatInterval;
    });
    assert.deepEqual(beats, [2000, 1000]);
    assert.deepEqual({ ...opts }, before);
  });
});
