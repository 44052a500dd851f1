/** A member who says of a chain of theirs that it ended sooner than it did: whoever hears that first reads no less. */
import assert from "node:assert/strict";
import { contents } from "../../src/content/message.ts";
import { loadGroup } from "../../src/messenger/parts.ts";
import { loadSelf } from "../../src/messenger/selfRecord.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import { rotate, sealMessage } from "../../src/protocol/sending.ts";
import { meet } from "../helpers/simWorld.ts";

/** Dave says one thing more than he says that he said; Bob hears of the next chain before that, or after. */
const story = async (seed: number, { first }: { readonly first: "end" | "restart" | "words" }) => {
  const { alice, bob, dave, world } = await meet(seed, ["alice", "bob", "dave"]);
  const caucus = await alice.creates("Caucus", [bob, dave]);
  await world.settles();
  await dave.says(caucus, "one");
  await world.settles();
  const copy = await dave.copiesDisk();
  const { state } = (await loadGroup(copy, caucus))!;
  const { self } = await loadSelf(copy, world.random.bytes);
  await dave.stops();
  const context = { self, now: world.clock.now(), random: world.random.bytes };
  const draft = { nonce: world.random.bytes(16), content: contents.encode({ kind: "text", text: "two" }) };
  const running = { ...state, send: { ...state.send!, ended: false } };
  const { frame } = sealMessage(running, draft, [], context);
  const turned = await rotate(running, context);
  const topic = makeVenue("couloir", 1).bucketOf(state.view.bucket);
  const [words, end] = [[frame], turned.frames].map((frames) =>
    frames.map((one) => ({ by: "dave", topic, frame: one })),
  );
  world.splits([alice], [bob]);
  await world.passes(20_000);
  world.network.replay("alice", [...words!, ...end!]);
  world.network.replay("bob", first === "words" ? [...words!, ...end!] : end!);
  await world.settles();
  if (first === "restart") await bob.restarts();
  world.heals();
  await world.settles(600_000);
  return { alice: await alice.reads(caucus), bob: await bob.reads(caucus) };
};

describe("a chain of which its author says that it ended sooner than it did", () => {
  for (const [i, first] of (["end", "restart", "words"] as const).entries())
    it(`is read by all alike, where one heard first of its ${first}`, async () => {
      assert.deepEqual(await story(975 + i, { first }), { alice: ["one", "two"], bob: ["one", "two"] });
    });
});
