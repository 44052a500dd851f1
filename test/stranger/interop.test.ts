/** The stranger among messengers of ours, on a simulated network: what the one says the others read. */
import assert from "node:assert/strict";
import type { GroupId, PersonId } from "../../src/types.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";
import type { Stranger } from "./asking.ts";
import { comesIn } from "./onNetwork.ts";

const texts = (stranger: Stranger, caucus: GroupId): readonly string[] =>
  stranger.caucuses.get(caucus)!.said.flatMap(({ content }) => (content.kind === "text" ? [content.text] : []));

const viewOf = (who: SimPerson, caucus: GroupId) => who.messenger.caucuses().find((one) => one.caucus === caucus)!;

describe("a stranger's implementation among messengers", () => {
  it("comes in by a code, reads, is read, acknowledges, and once removed reads no more", async () => {
    const { alice, bob, world } = await meet(911, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await alice.says(caucus, "before");
    await world.settles(60_000);
    const stranger = await comesIn(world, "stranger");
    await world.passes(5000);
    stranger.ask(await alice.invites(caucus));
    await world.settles(60_000);
    const person = stranger.self.card.person as PersonId;
    const voice = stranger.caucuses.get(caucus)!;
    for (const who of [alice, bob]) {
      assert.deepEqual(who.members(caucus), ["alice", "bob", "stranger"]);
      assert.ok(
        viewOf(who, caucus).members.every(({ confirmed }) => confirmed),
        "attested",
      );
    }

    const hello = await alice.says(caucus, "hello, stranger");
    await world.settles(60_000);
    await bob.says(caucus, "from Bob too");
    await bob.says(caucus, "and again, on the same chain");
    await world.settles(60_000);
    assert.deepEqual(texts(stranger, caucus), ["hello, stranger", "from Bob too", "and again, on the same chain"]);
    const receipts = await alice.does(alice.messenger.receipts(caucus, hello.message));
    assert.deepEqual(
      receipts.filter((one) => one.person === person).map(({ read }) => read),
      [true],
    );

    voice.say({ kind: "text", text: "good evening", reply: null });
    const said = voice.say({ kind: "text", text: "written from the page alone", reply: hello.message });
    await world.settles(60_000);
    for (const who of [alice, bob]) {
      const line = (await who.lines(caucus)).at(-1)!;
      assert.deepEqual([line.message, line.name, line.reply, line.missing], [said, "stranger", hello.message, 0]);
      assert.deepEqual((await who.reads(caucus)).slice(-5), [...texts(stranger, caucus)]);
    }
    assert.deepEqual(
      voice.said.map(({ id }) => id),
      (await bob.lines(caucus)).slice(-5).map(({ message }) => message),
    );

    await alice.does(alice.messenger.remove(caucus, person));
    await world.settles(60_000);
    await bob.says(caucus, "among ourselves");
    await world.settles(60_000);
    assert.ok(!voice.isIn);
    assert.ok(!texts(stranger, caucus).includes("among ourselves"));
    assert.throws(() => voice.say({ kind: "text", text: "still here?", reply: null }));
    assert.deepEqual(voice.forged, []);
    for (const who of [alice, bob]) assert.deepEqual(who.members(caucus), ["alice", "bob"]);
  });

  it("is brought in by its card, asks for what it lacks, serves who comes after it, and leaves", async () => {
    const { alice, bob, carol, world } = await meet(912, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob]);
    const stranger = await comesIn(world, "stranger");
    const person = stranger.self.card.person as PersonId;
    await world.settles(60_000);
    await alice.does(alice.messenger.add(caucus, person));
    await world.settles(60_000);
    assert.deepEqual(bob.members(caucus), ["alice", "bob", "stranger"]);

    const voice = stranger.caucuses.get(caucus)!;
    voice.rekey();
    await world.settles(10_000);
    const prekeys = [...voice.prekeys];
    voice.prekeys.clear();
    await alice.says(caucus, "sealed to a prekey that is gone");
    await world.passes(2000);
    assert.deepEqual([texts(stranger, caucus), voice.lacking.size], [[], 1]);
    for (const [number, secret] of prekeys) voice.prekeys.set(number, secret);
    await world.settles(60_000);
    assert.deepEqual([texts(stranger, caucus), voice.lacking.size], [["sealed to a prekey that is gone"], 0]);

    world.network.radio("stranger", false);
    await bob.says(caucus, "while the stranger is away");
    await carol.joins(await bob.invites(caucus));
    await world.settles(60_000);
    world.network.radio("stranger", true);
    await world.settles(60_000);
    voice.say({ kind: "text", text: "welcome, Carol", reply: null });
    await world.settles(60_000);
    await carol.says(caucus, "thank you");
    await world.settles(60_000);
    assert.deepEqual(texts(stranger, caucus), [
      "sealed to a prekey that is gone",
      "while the stranger is away",
      "welcome, Carol",
      "thank you",
    ]);
    assert.deepEqual(await carol.reads(caucus), ["welcome, Carol", "thank you"]);

    voice.leave();
    await world.settles(60_000);
    for (const who of [alice, bob, carol]) assert.deepEqual(who.members(caucus), ["alice", "bob", "carol"]);
    assert.deepEqual(voice.forged, []);
  });
});
