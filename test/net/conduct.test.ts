import assert from "node:assert/strict";
import type { RPC } from "@libp2p/gossipsub/message";
import { Conduct, MAX_TOPICS, weigh } from "../../src/net/conduct.ts";
import { MAX_FRAME } from "../../src/net/link.ts";

const rpc = (part: Partial<RPC> = {}): RPC => ({ subscriptions: [], messages: [], ...part });
const frame = (size: number, topic = "a"): RPC => rpc({ messages: [{ topic, data: new Uint8Array(size) }] });
const names = (count: number, from = 0): RPC =>
  rpc({ subscriptions: Array.from({ length: count }, (_, at) => ({ subscribe: true, topic: `topic ${from + at}` })) });
const turns = (count: number): RPC => {
  const graft = Array.from({ length: count }, () => ({ topicID: "a" }));
  return rpc({ control: { ihave: [], iwant: [], idontwant: [], prune: [], graft } });
};

describe("conduct", () => {
  it("has nothing against mail of every size, a venue's topics on and off, and a heartbeat's turns", () => {
    const conduct = new Conduct();
    for (let second = 0; second < 600; second++) {
      assert.equal(conduct.judge(frame(MAX_FRAME), second * 1000), 0);
      assert.equal(conduct.judge(names(10), second * 1000), 0);
      assert.equal(conduct.judge(turns(10), second * 1000), 0);
    }
  });

  it("strikes for each frame that is none, and harder the larger it is", () => {
    const conduct = new Conduct();
    assert.equal(conduct.judge(frame(0), 0), 1);
    assert.equal(conduct.judge(frame(1, "x".repeat(200)), 0), 1);
    assert.equal(conduct.judge(frame(MAX_FRAME + 1), 0), 1);
    assert.equal(conduct.judge(frame(4 * 1024 * 1024), 0), 64);
  });

  it("strikes for topics without end, at once or one by one", () => {
    const [once, slowly] = [new Conduct(), new Conduct()];
    assert.equal(once.judge(names(MAX_TOPICS), 0), 0);
    assert.ok(once.judge(names(1000, 1000), 0) >= 15);
    let strikes = 0;
    for (let at = 0; at < 1000; at++) strikes += slowly.judge(names(1, at), at * 1000);
    assert.equal(strikes, 1000 - MAX_TOPICS);
  });

  it("strikes for joining and leaving faster than anybody has to, and forgets it with time", () => {
    const conduct = new Conduct();
    assert.equal(conduct.judge(turns(200), 0), 0);
    assert.ok(conduct.judge(turns(200), 0) > 0);
    assert.equal(conduct.judge(turns(200), 60_000), 0);
  });

  it("weighs what control messages cost to read", () => {
    const ids = Array.from({ length: 5000 }, () => new Uint8Array(20));
    const control = { ihave: [], iwant: [{ messageIDs: ids }], idontwant: [], prune: [], graft: [] };
    assert.ok(weigh(rpc({ control })).bytes >= 100_000);
  });
});
