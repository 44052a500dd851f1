import assert from "node:assert/strict";
import type { GossipSub, GossipSubComponents } from "@libp2p/gossipsub";
import { gossipDegree, gossipPolicy } from "../../src/net/gossipPolicy.ts";
import { routerService, type Router, type RouterHooks } from "../../src/net/gossipRouter.ts";

describe("how much a node gossips", () => {
  it("grants whoever asks, and asks for less than it grants, in a venue of any size", () => {
    for (const links of [3, 12, 200])
      for (const peers of [0, 4, 29, 149, 499, 1999]) {
        const { D, Dlo, Dhi, Dscore, Dout } = gossipDegree({ links, peers });
        assert.ok(Dlo >= 1 && Dlo <= D && D < Dhi && Dhi >= links);
        assert.ok(Dscore <= D && Dout < Dlo && Dout <= D / 2, `${links} ${peers}`);
      }
  });

  it("follows the number of peers at run time, without a new router", () => {
    const policy = gossipPolicy({ links: 12, peers: 0 });
    const router = { handleReceivedRpc: () => Promise.resolve(), opts: { ...policy } } as unknown as Router;
    const service = routerService({} as RouterHooks, policy, () => () => router as unknown as GossipSub);
    service.adapt(gossipDegree({ links: 12, peers: 3 }));
    service.create({ registrar: {} } as unknown as GossipSubComponents);
    const degrees = [3, 499, 3].map((peers) => {
      service.adapt(gossipDegree({ links: 12, peers }));
      return router.opts.D;
    });
    assert.deepEqual(
      degrees,
      [3, 499, 3].map((peers) => gossipDegree({ links: 12, peers }).D),
    );
    assert.notEqual(degrees[0], degrees[1]);
    // What is read at the start only stays.
    assert.equal((router.opts as typeof policy).heartbeatInterval, policy.heartbeatInterval);
  });
});
