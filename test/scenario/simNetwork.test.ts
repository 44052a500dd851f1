/** The simulated network itself, with nodes that only keep frames. */
import assert from "node:assert/strict";
import type { Verdict } from "../../src/net/link.ts";
import { SimClock } from "../helpers/simClock.ts";
import { CALM, ROUGH, type EdgeOptions } from "../helpers/simConnection.ts";
import { FrameNode } from "../helpers/simFrames.ts";
import { SimNetwork } from "../helpers/simNetwork.ts";
import { SimRandom } from "../helpers/simRandom.ts";

const names = ["a", "b", "c", "d"] as const;

interface Setting {
  readonly edge?: EdgeOptions;
  readonly full?: boolean;
  readonly judge?: (text: string) => Verdict;
}

const nodes = async (seed: number, setting: Setting = {}) => {
  const clock = new SimClock();
  const { edge = CALM, full = true, judge } = setting;
  const network = new SimNetwork({ clock, seed, edge, full });
  const all = names.map((name) => new FrameNode(network.link(name), "topic", judge));
  for (const node of all) await node.starts();
  await clock.pass(2_000);
  const [a, b, c, d] = all as [FrameNode, FrameNode, FrameNode, FrameNode];
  return { clock, network, all, a, b, c, d };
};

describe("simulated network", () => {
  it("brings a frame to everybody once", async () => {
    const { clock, a, all } = await nodes(1);
    assert.equal(await a.says("hello"), 3);
    await clock.pass(1_000);
    for (const node of all) assert.deepEqual(node.holds, ["hello"]);
    for (const node of all.slice(1)) assert.equal(node.heard.length, 1);
  });

  it("forwards only what is accepted", async () => {
    const judge = (text: string): Verdict => (text === "bad" ? "reject" : "accept");
    const { clock, network, a, c } = await nodes(2, { full: false, judge });
    network.wire("a", "b");
    network.wire("b", "c");
    await clock.pass(1_000);
    await a.says("good");
    await a.says("bad");
    await clock.pass(1_000);
    assert.deepEqual(
      c.heard.map(({ frame }) => frame),
      ["good"],
    );
  });

  it("repairs all loss by catching up", async () => {
    const { clock, a, d, all } = await nodes(3, { edge: { ...ROUGH, drop: 0.2 } });
    const said = Array.from({ length: 20 }, (_, at) => `frame ${at}`);
    for (const text of said) await (text.length % 2 === 0 ? a : d).says(text);
    await clock.pass(300_000);
    for (const node of all) assert.deepEqual(node.holds, said.toSorted());
  });

  it("keeps a frame from those beyond a split until it heals", async () => {
    const { clock, network, a, b, c, d } = await nodes(4);
    network.split(["a", "b"], ["c", "d"]);
    await a.says("left");
    await d.says("right");
    await clock.pass(60_000);
    assert.deepEqual(
      [a, b, c, d].map(({ holds }) => holds[0]),
      ["left", "left", "right", "right"],
    );
    assert.deepEqual(
      [a, b, c, d].map(({ peerCounts }) => peerCounts.at(-1)),
      [1, 1, 1, 1],
    );
    network.heal();
    await clock.pass(10_000);
    for (const node of [a, b, c, d]) assert.deepEqual(node.holds, ["left", "right"]);
    assert.ok(a.caughtUp.length > 0);
  });

  it("believes in a neighbour for a while who is gone already", async () => {
    const { clock, network, a } = await nodes(5);
    network.radio("b", false);
    assert.equal(await a.says("into the air"), 3);
    await clock.pass(15_000);
    assert.equal(await a.says("now I know"), 2);
  });

  it("loses in one direction only", async () => {
    const { clock, network, a, b } = await nodes(6, { full: false });
    network.conditions({ ...CALM, drop: 1 }, { from: "a", to: "b" });
    network.wire("a", "b");
    await clock.pass(1_000);
    await a.says("lost");
    await b.says("heard");
    await clock.pass(1_000);
    assert.deepEqual(a.holds, ["heard", "lost"]);
    assert.deepEqual(b.holds, ["heard"]);
  });

  it("offers duplicates and replays past the cache", async () => {
    const { clock, network, a, b } = await nodes(7, { full: false, edge: { ...CALM, duplicate: 1 } });
    network.wire("a", "b");
    await clock.pass(1_000);
    await a.says("twice");
    await clock.pass(200_000);
    network.replay("b", network.published);
    await clock.pass(1_000);
    assert.deepEqual(b.holds, ["twice"]);
    assert.deepEqual(
      b.heard.map(({ from }) => from.startsWith("a-b")),
      [true, true, false],
    );
  });

  it("gives nothing to a dead program and everything to the next", async () => {
    const { clock, network, a, b } = await nodes(8);
    b.link.kill();
    await a.says("meanwhile");
    await clock.pass(30_000);
    assert.deepEqual(b.heard, []);
    const again = new FrameNode(network.link("b"), "topic");
    await again.starts();
    await clock.pass(10_000);
    assert.deepEqual(again.holds, ["meanwhile"]);
  });

  it("has room for 500 hosts with a few neighbours each", async () => {
    const clock = new SimClock();
    const network = new SimNetwork({ clock, seed: 11, full: false });
    const random = new SimRandom("wires");
    const all = Array.from({ length: 500 }, (_, at) => new FrameNode(network.link(`${at}`), "topic"));
    for (const [at, node] of all.entries()) {
      for (let wires = 3; wires > 0; wires -= 1) network.wire(`${at}`, `${(at + random.between(1, 499)) % 500}`);
      await node.starts();
    }
    await clock.pass(2_000);
    for (let turn = 0; turn < 5; turn += 1) await all[turn * 100]?.says(`frame ${turn}`);
    await clock.pass(2_000);
    assert.equal(all.filter(({ holds }) => holds.length === 5).length, 500);
  });

  it("is the same run again from the same seed", async () => {
    const run = async (seed: number): Promise<string> => {
      const { clock, network, a, c } = await nodes(seed, { edge: ROUGH });
      for (let turn = 0; turn < 10; turn += 1) {
        await (turn % 2 === 0 ? a : c).says(`frame ${turn}`);
        await clock.pass(3_000);
      }
      network.split(["a"], ["b", "c", "d"]);
      await clock.pass(30_000);
      network.heal();
      await clock.pass(60_000);
      return network.trace.map(({ at, what }) => `${at} ${what}`).join("\n");
    };
    const first = await run(9);
    assert.equal(await run(9), first);
    assert.notEqual(await run(10), first);
  });
});
