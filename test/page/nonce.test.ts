/** A send that is asked for again, because nobody knows whether it was saved, is one message. */
import assert from "node:assert/strict";
import { CouloirError } from "../../src/errors.ts";
import { meet } from "../helpers/simWorld.ts";

describe("a send with a nonce", () => {
  const nonce = "00112233445566778899aabbccddeeff";

  it("is one message before it leaves, after it has arrived, and after a restart", async () => {
    const { alice, bob, world } = await meet(611, ["alice", "bob"]);
    const caucus = await alice.writesTo(bob);
    const told: string[] = [];
    alice.messenger.on("message", ({ text }) => told.push(text));
    const first = await alice.does(alice.messenger.send(caucus, "once", { nonce }));
    const again = await alice.does(alice.messenger.send(caucus, "once", { nonce }));
    assert.equal(again.message, first.message);
    await world.settles();
    const later = await alice.does(alice.messenger.send(caucus, "once", { nonce }));
    assert.equal(later.message, first.message);
    assert.equal(later.state, "sent");
    await alice.restarts();
    const restarted = await alice.does(alice.messenger.send(caucus, "once", { nonce }));
    assert.equal(restarted.message, first.message);
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["once"]);
    assert.deepEqual(told, ["once"]);
    await world.audit();
  });

  it("is another message with other words, and as a reaction one reaction", async () => {
    const { alice, bob, world } = await meet(612, ["alice", "bob"]);
    const caucus = await alice.writesTo(bob);
    const { message } = await alice.does(alice.messenger.send(caucus, "one", { nonce }));
    await alice.does(alice.messenger.send(caucus, "two", { nonce }));
    const reaction = await alice.does(alice.messenger.react(caucus, message, "🤝", { nonce }));
    assert.equal((await alice.does(alice.messenger.react(caucus, message, "🤝", { nonce }))).message, reaction.message);
    await world.settles();
    const seen = (await bob.lines(caucus)).map(({ text }) => text);
    assert.deepEqual(seen.toSorted(), ["one", "two", "🤝"].toSorted());
    await assert.rejects(
      alice.messenger.send(caucus, "x", { nonce: "short" }),
      (error) => error instanceof CouloirError && error.code === "bad-nonce",
    );
    await world.audit();
  });
});
