/** Whoever is out goes on talking under the keys that they had: nobody answers them, and nobody asks because of them. */
import assert from "node:assert/strict";
import { loadGroup } from "../../src/messenger/parts.ts";
import { loadSelf } from "../../src/messenger/selfRecord.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import { type Control, controls as codec, signedBodies } from "../../src/protocol/control.ts";
import { sealEnvelope, slotFor } from "../../src/protocol/envelope.ts";
import { chainIdOf, signDistribution } from "../../src/protocol/distribution.ts";
import type { GroupState } from "../../src/protocol/group.ts";
import { act, isMember } from "../../src/protocol/group.ts";
import { viewId } from "../../src/protocol/resolve.ts";
import { CONTROL_CONTEXT, sealMeta, sealPairwise } from "../../src/protocol/sending.ts";
import { signingPair } from "../../src/protocol/signature.ts";
import type { ChainId, FileId, GroupId, MemberId, OpId, Random, Tag } from "../../src/types.ts";
import { fileOf } from "../helpers/simFile.ts";
import { meet } from "../helpers/simWorld.ts";

const LONG = 600_000;
const venue = makeVenue("couloir", 1);

/** Alice, Bob, Carol and Dave, of whom Dave may be removed; Dave's program is closed, and what was on its disk goes on. */
const scene = async (seed: number, { out }: { readonly out: boolean }) => {
  const { alice, bob, carol, dave, world } = await meet(seed, ["alice", "bob", "carol", "dave"]);
  const caucus = await alice.creates("Caucus", [bob, carol, dave]);
  await world.settles();
  for (const one of [alice, bob, carol, dave]) await one.says(caucus, `${one.name} is here`);
  await bob.does(bob.messenger.sendFile(caucus, fileOf("annex.pdf", 900)));
  await world.settles();
  const copy = await dave.copiesDisk();
  const annex = (await Array.fromAsync(copy.range({ space: "file" }))).find(({ key }) =>
    key.name.startsWith("about "),
  )!;
  const { state } = (await loadGroup(copy, caucus))!;
  const { self } = await loadSelf(copy, world.random.bytes);
  if (out) await alice.removes(caucus, dave);
  await world.settles();
  for (const one of [alice, bob, carol]) await one.says(caucus, `${one.name} goes on`);
  await world.settles();
  await dave.stops();
  await world.passes(LONG);
  const bobs = [...state.view.members.values()].find(({ person }) => person === bob.id)!;
  const sends = (frames: readonly Uint8Array[]): void =>
    world.network.replay(
      "bob",
      frames.map((frame) => ({ by: "dave", topic: venue.bucketOf(state.view.bucket), frame })),
    );
  // Beyond the numbers that the program used after the copy.
  let metaNext = state.send!.metaNext + 8;
  const says = (control: Control, way: "meta" | "pair"): void => {
    const context = { self, now: world.clock.now(), random: world.random.bytes };
    const { frames } =
      way === "meta"
        ? sealMeta({ ...state, send: { ...state.send!, metaNext: metaNext++ } }, control, context)
        : sealPairwise(state, bobs.card.agreement, control, context);
    sends(frames);
  };
  const held = async () => (await loadGroup(await bob.copiesDisk(), caucus))!;
  /** Who says something, from now on. */
  const heardFrom = async (): Promise<readonly string[]> => {
    const before = world.network.published.length;
    await world.passes(LONG);
    const since = world.network.published.slice(before).filter(({ topic }) => topic !== venue.presence);
    return since.map(({ by, frame }) => `${by} ${frame.length}`);
  };
  const chain = [...state.receive.values()].find(({ sender }) => sender === bobs.member)!.chain;
  return { world, state, says, sends, held, heardFrom, chain, file: annex.key.name.slice(6) as FileId };
};

/** A chain that nobody will ever place: on an operation that there is not, by a key that was made up. */
const madeUp = (group: GroupId, startedAt: number, random: Random): Uint8Array => {
  const [seat, signer] = [random(32), signingPair(random(32)).public];
  const sender = Buffer.from(signingPair(seat).public).toString("hex") as MemberId;
  const heads = [Buffer.from(random(32)).toString("hex") as OpId];
  const about = { group, heads, view: viewId(group, heads), sender, chain: chainIdOf(group, sender, signer), signer };
  const prekey = { number: 1, key: random(32) };
  return signDistribution({ ...about, commit: random(32), prekey, startedAt }, random(105), seat).bytes;
};

describe("somebody who is out", () => {
  const id = <T>(n: number, random: Random): T => Buffer.from(random(n)).toString("hex") as T;
  const controls: Record<
    string,
    (about: { readonly chain: ChainId; readonly file: FileId; readonly random: Random }) => Control
  > = {
    "a want of operations": () => ({ kind: "want", heads: [], chains: [] }),
    "a want of a chain": ({ chain }) => ({ kind: "want", heads: [], chains: [chain] }),
    "heads that there are not": ({ random }) => ({ kind: "acks", acks: [], heads: [id<OpId>(32, random)] }),
    "chains that there are not": ({ random }) => {
      const acks = [{ chain: id<ChainId>(16, random), got: 1, read: 1 }];
      return { kind: "acks", acks, heads: [] };
    },
    "a file that is looked for": ({ file }) => ({ kind: "seek", files: [file] }),
  };
  for (const [i, [what, control]] of Object.entries(controls).entries())
    it(`has nobody answer, nor ask: ${what}`, async () => {
      const { world, says, heardFrom, chain, file } = await scene(960 + i, { out: true });
      for (const way of ["meta", "pair"] as const) says(control({ chain, file, random: world.random.bytes }), way);
      assert.deepEqual(await heardFrom(), []);
    });

  it("has nobody ask for what lies where it points", async () => {
    const { world, state, says, sends, held, heardFrom } = await scene(970, { out: true });
    const random = world.random.bytes;
    const at = { key: random(32), tag: id<Tag>(16, random) };
    says({ kind: "pointer", ...at }, "pair");
    const distribution = madeUp(state.group, world.clock.now(), random);
    const body = codec.encode({ kind: "distribution", distribution, ops: [] });
    const how = { slot: slotFor(world.clock.now()), random, context: CONTROL_CONTEXT };
    sends([sealEnvelope(at, signedBodies.encode({ body, signature: random(64) }), how)]);
    assert.deepEqual(await heardFrom(), []);
    assert.equal((await held()).marks.heldChains.length, 1);
  });

  it("is heard where it counts: of what they had said, and what they sign", async () => {
    const { world, state, says, held } = await scene(971, { out: true });
    const seat = (which: GroupState) => which.view.members.get(state.seat.member);
    assert.ok(isMember(state) && !seat((await held()).state));
    const { bytes } = act(state, { kind: "leave", cut: [] }, world.clock.now())!.op;
    says({ kind: "ops", ops: [bytes] }, "meta");
    await world.settles();
    const { dag, view } = (await held()).state;
    assert.ok(dag.all().some((op) => op.op.body.kind === "leave"));
    assert.ok(view.gone.has(state.seat.member));
  });
});

describe("a chain that is announced", () => {
  for (const out of [true, false])
    it(`under another's keys is passed over, by ${out ? "one who is out" : "a member"}`, async () => {
      const { world, state, says, held, heardFrom } = await scene(out ? 972 : 973, { out });
      const random = world.random.bytes;
      for (const way of ["meta", "pair"] as const) {
        const distribution = madeUp(state.group, world.clock.now(), random);
        says({ kind: "successor", distribution, nonce: random(24), ops: random(64) }, way);
        says({ kind: "distribution", distribution, ops: [] }, way);
      }
      assert.deepEqual(await heardFrom(), []);
      assert.deepEqual((await held()).marks.heldChains, []);
    });
});
