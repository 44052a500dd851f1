/** The negotiation's tools among several persons: what rings and what does not, and boards that everybody sees alike. */
import assert from "node:assert/strict";
import type { GroupId, MessageId, Stand, ToolWord } from "../../src/types.ts";
import type { BoardView, CallView, RollCallView } from "../../src/types/tools.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const CALL = { kind: "call", act: "floor", text: "paragraph 4", seconds: 90 } as const;
const heard = (to: MessageId, delegation: string, stand: Stand): ToolWord => ({
  kind: "stand",
  to,
  delegation,
  stand,
  told: { by: "KE" },
});

const says = async (who: SimPerson, caucus: GroupId, word: ToolWord): Promise<MessageId> =>
  (await who.does(who.messenger.sayTool(caucus, word))).message;
const callOf = async (who: SimPerson, caucus: GroupId, message: MessageId): Promise<CallView> => {
  const view = await who.does(who.messenger.tool(caucus, message));
  assert.equal(view.tool, "call");
  return view as CallView;
};
const boardOf = async (who: SimPerson, caucus: GroupId, message: MessageId): Promise<BoardView> =>
  (await who.does(who.messenger.tool(caucus, message))) as BoardView;
const rings = async (who: SimPerson): Promise<readonly MessageId[]> =>
  (await who.does(who.messenger.ringing())).map(({ message }) => message);
/** What of a board is the same for everybody. */
const shared = ({ rows, terms, tally, short, changes }: BoardView): unknown => ({ rows, terms, tally, short, changes });
const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

describe("a call", () => {
  it("rings at the others until the first has it, and is told as it changes", async () => {
    const { alice, bob, carol, dave, world } = await meet(911, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Draft 7", [bob, carol, dave]);
    await world.settles();
    const told: MessageId[] = [];
    bob.messenger.on("tool", ({ message }) => told.push(message));
    const call = await says(alice, caucus, CALL);
    await world.passes(3_000);
    assert.deepEqual([await rings(alice), await rings(bob), await rings(carol)], [[], [call], [call]]);
    assert.deepEqual(new Set(told), new Set([call]));
    await says(dave, caucus, { kind: "answer", to: call, answer: "cannot" });
    await world.passes(3_000);
    assert.deepEqual([await rings(dave), await rings(bob)], [[], [call]], "whoever cannot is quiet alone");
    await says(carol, caucus, { kind: "answer", to: call, answer: "has" });
    assert.deepEqual(await rings(carol), []);
    await world.passes(3_000);
    assert.deepEqual(await rings(bob), []);
    for (const who of [alice, bob, carol]) {
      const { state, taken } = await callOf(who, caucus, call);
      assert.deepEqual([state, taken?.name], ["taken", "carol"]);
    }
    const line = (await bob.lines(caucus)).find(({ message }) => message === call)!;
    assert.deepEqual([line.kind, line.text, line.tool], ["call", "Now! take the floor: paragraph 4", CALL]);
    const view = bob.messenger.caucuses().find((one) => one.caucus === caucus)!;
    assert.deepEqual([view.unread, view.last?.message], [1, call], "the answer is nothing to read");
    const read = async (options: object): Promise<readonly string[]> =>
      (await Array.fromAsync(bob.messenger.history(caucus, options))).map(({ kind }) => kind);
    assert.deepEqual((await read({ limit: 3 })).slice(-3), ["call", "answer", "answer"]);
    assert.equal((await read({ limit: 1, without: "changes" })).at(-1), "call", "whatever was answered since");
  });

  it("that comes late never rings, nor one too many, nor one of somebody blocked, nor over a restart that took too long", async () => {
    const { alice, bob, carol, world } = await meet(912, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Draft 7", [bob, carol]);
    await world.settles();
    bob.goesOffline();
    const late = await says(alice, caucus, CALL);
    await world.passes(100_000);
    bob.comesOnline();
    await world.settles();
    assert.equal((await callOf(bob, caucus, late)).state, "expired");
    assert.deepEqual(await rings(bob), []);
    await alice.does(
      assert.rejects(
        alice.messenger.sayTool(caucus, { kind: "answer", to: late, answer: "over" }),
        refused("too-late"),
      ),
    );
    const first = await says(alice, caucus, CALL);
    await alice.does(assert.rejects(alice.messenger.sayTool(caucus, CALL), refused("too-soon")));
    await world.passes(3_000);
    await bob.restarts();
    assert.deepEqual(await rings(bob), [first], "a program that begins in time rings");
    await bob.stops();
    await world.passes(95_000);
    await bob.starts();
    await world.passes(3_000);
    assert.deepEqual(await rings(bob), []);
    await bob.does(bob.messenger.block(alice.id));
    await says(alice, caucus, CALL);
    await world.passes(3_000);
    assert.deepEqual([(await rings(bob)).length, (await rings(carol)).length], [0, 1]);
  });

  it("rings for no longer than it says where clocks are off, and not at all where they are off by more than a minute", async () => {
    const { alice, bob, carol, world } = await meet(913, ["alice", "bob", "carol"], {
      skew: { bob: -30_000, carol: -90_000 },
    });
    const caucus = await alice.creates("Draft 7", [bob, carol]);
    await world.settles();
    const call = await says(alice, caucus, CALL);
    await world.passes(3_000);
    assert.deepEqual([await rings(bob), await rings(carol)], [[call], []]);
    await world.passes(91_000);
    assert.deepEqual(await rings(bob), []);
  });
});

describe("a board", () => {
  it("is the same for everybody after a partition, and over restarts", async () => {
    const { alice, bob, carol, dave, world } = await meet(914, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Draft 7", [bob, carol, dave]);
    await world.settles();
    const terms = { needs: 3, delegations: ["KE", "BR", "FR", "EG"], closed: false };
    const board = await says(alice, caucus, { kind: "board", text: "“should” for “shall”", terms });
    await world.settles();
    world.splits([alice, bob], [carol, dave]);
    await says(bob, caucus, heard(board, "BR", "support"));
    await says(carol, caucus, heard(board, "BR", "against"));
    await says(dave, caucus, { kind: "asking", to: board, delegation: "EG", on: true });
    await says(alice, caucus, { kind: "terms", to: board, terms: { ...terms, needs: 2 } });
    await world.settles();
    assert.notDeepEqual(shared(await boardOf(alice, caucus, board)), shared(await boardOf(carol, caucus, board)));
    world.heals();
    await world.settles();
    const one = await boardOf(alice, caucus, board);
    assert.equal(one.terms.needs, 2);
    assert.equal(one.changes, 2);
    assert.deepEqual(
      one.rows[3]?.askedBy.map(({ name }) => name),
      ["dave"],
    );
    assert.deepEqual(one.for, { own: 0, hearsay: one.rows[1]?.stand === "support" ? 1 : 0 });
    assert.equal(one.short, 2);
    await dave.restarts();
    for (const who of [bob, carol, dave]) assert.deepEqual(shared(await boardOf(who, caucus, board)), shared(one));
    const [brief] = (await bob.does(bob.messenger.table(caucus))).boards;
    assert.deepEqual([brief?.message, brief?.text], [board, "“should” for “shall”"]);
  });

  it("shows what is only saved here, forgets nothing of it once it is out, and counts nothing of whoever is removed before", async () => {
    const { alice, bob, world } = await meet(915, ["alice", "bob"]);
    const caucus = await alice.creates("Draft 7", [bob]);
    await world.settles();
    const board = await says(alice, caucus, {
      kind: "board",
      text: "x",
      terms: { needs: 1, delegations: [], closed: false },
    });
    await world.settles();
    bob.goesOffline();
    await world.passes(20_000);
    await says(bob, caucus, heard(board, "CL", "support"));
    assert.equal((await boardOf(bob, caucus, board)).rows[0]?.said?.by.name, "bob");
    await alice.removes(caucus, bob);
    bob.comesOnline();
    await world.settles();
    assert.deepEqual((await boardOf(alice, caucus, board)).rows, []);
  });

  it("comes with the history that a newcomer is granted, and with a person who moves", async () => {
    const { alice, bob, carol, world } = await meet(919, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Draft 7", [bob]);
    await world.settles();
    const terms = { needs: 1, delegations: ["BR"], closed: false };
    const board = await says(alice, caucus, { kind: "board", text: "x", terms });
    await world.passes(3_000);
    await says(bob, caucus, heard(board, "BR", "support"));
    await world.settles();
    await alice.adds(caucus, carol, { history: "all" });
    await world.settles();
    const one = shared(await boardOf(alice, caucus, board));
    assert.deepEqual(shared(await boardOf(carol, caucus, board)), one);
    const file = await bob.backsUp("corridor diplomacy");
    await bob.stops();
    const again = world.person("bob again");
    await again.takesOver(file, "corridor diplomacy");
    await again.starts();
    await world.settles();
    assert.deepEqual(shared(await boardOf(again, caucus, board)), one);
  });

  it("lets nobody say what others would not count", async () => {
    const { alice, bob, world } = await meet(916, ["alice", "bob"]);
    await alice.does(alice.messenger.setProfile({ name: "alice", flag: "KE", delegation: "Kenya" }));
    const caucus = await alice.creates("Draft 7", [bob]);
    await world.settles();
    const terms = { needs: 1, delegations: ["KE"], closed: false };
    const board = await says(alice, caucus, { kind: "board", text: "x", terms });
    await world.settles();
    const refuses = (who: SimPerson, word: unknown, code: string): Promise<void> =>
      who.does(assert.rejects(who.messenger.sayTool(caucus, word as ToolWord), refused(code), code));
    await says(alice, caucus, { kind: "stand", to: board, delegation: "KE", stand: "sponsor" });
    assert.deepEqual((await boardOf(alice, caucus, board)).for, { own: 1, hearsay: 0 });
    await refuses(alice, { kind: "stand", to: board, delegation: "BR", stand: "support" }, "told-by-whom");
    await refuses(bob, { kind: "terms", to: board, terms }, "not-yours");
    await refuses(bob, { kind: "asking", to: caucus.slice(0, 32), delegation: "KE", on: true }, "unknown-tool");
    await refuses(bob, { kind: "board", text: "x", terms: { ...terms, delegations: ["KE", "KE"] } }, "bad-delegation");
    await refuses(bob, { kind: "board", text: "x".repeat(2001), terms }, "bad-tool");
    await refuses(bob, { kind: "call", act: "shout", text: "", seconds: 90 }, "bad-tool");
    await refuses(bob, { ...CALL, seconds: 600 }, "bad-tool");
    await says(alice, caucus, { kind: "terms", to: board, terms: { ...terms, closed: true } });
    await world.settles();
    await refuses(bob, heard(board, "KE", "against"), "board-closed");
    const nonce = "ab".repeat(16);
    const once = await bob.does(bob.messenger.sayTool(caucus, CALL, { nonce }));
    const again = await bob.does(bob.messenger.sayTool(caucus, CALL, { nonce }));
    assert.equal(again.message, once.message, "asked again, it is one call and not one too soon");
  });
});

describe("a huddle", () => {
  it("is told, moved by whoever called it, answered by everybody, and leaves the table", async () => {
    const { alice, bob, carol, world } = await meet(917, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Draft 7", [bob, carol]);
    await world.settles();
    const { sentAt: at } = await alice.says(caucus, "we have to talk");
    const plan = { place: "Corridor B", starts: at + 1_800_000, minutes: 10, off: false };
    const huddle = await says(alice, caucus, { kind: "huddle", text: "who speaks", plan });
    await world.passes(3_000);
    await says(bob, caucus, { kind: "answer", to: huddle, answer: "late" });
    await bob.does(
      assert.rejects(bob.messenger.sayTool(caucus, { kind: "plan", to: huddle, plan }), refused("not-yours")),
    );
    await says(alice, caucus, { kind: "plan", to: huddle, plan: { ...plan, place: "Bar" } });
    await world.passes(3_000);
    for (const who of [alice, bob, carol]) {
      const [view] = (await who.does(who.messenger.table(caucus))).huddles;
      assert.deepEqual(
        [view?.plan.place, view?.state, view?.answers.map(({ name, answer }) => `${name} ${answer}`)],
        ["Bar", "ahead", ["alice coming", "bob late"]],
      );
      assert.deepEqual(
        view?.silent.map(({ name }) => name),
        ["carol"],
      );
    }
    assert.equal(
      bob.messenger.caucuses().find((one) => one.caucus === caucus)?.unread,
      2,
      "the plan is nothing to read",
    );
    await world.passes(1_800_000 + 26 * 60_000);
    assert.deepEqual((await bob.does(bob.messenger.table(caucus))).huddles, []);
    const late = { kind: "answer", to: huddle, answer: "coming" } as const;
    await carol.does(assert.rejects(carol.messenger.sayTool(caucus, late), refused("too-late")));
  });
});

describe("a roll call", () => {
  it("says by name whom it reached and who read it, and said once more it is the same and nothing new to who has it", async () => {
    const { alice, bob, carol, world } = await meet(918, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Draft 7", [bob, carol]);
    await world.settles();
    await carol.stops();
    const word = { kind: "rollCall", text: "Be in the room at 15:50." } as const;
    const call = await says(alice, caucus, word);
    await world.settles();
    const view = async (who: SimPerson) => {
      const one = await who.does(who.messenger.tool(caucus, call));
      assert.equal(one.tool, "rollCall");
      const { reached, read, of, missing, again } = one as RollCallView;
      return [reached, read, of, missing.map(({ name }) => name), again];
    };
    assert.deepEqual(await view(alice), [1, 0, 2, ["carol"], 0]);
    await says(bob, caucus, { kind: "answer", to: call, answer: "read" });
    await world.passes(3_000);
    assert.deepEqual(await view(alice), [1, 1, 2, ["carol"], 0]);
    await bob.does(assert.rejects(bob.messenger.sayTool(caucus, { ...word, again: call }), refused("not-yours")));
    const again = await says(alice, caucus, { ...word, again: call });
    await world.passes(3_000);
    const unread = (who: SimPerson) => who.messenger.caucuses().find((one) => one.caucus === caucus)?.unread;
    assert.equal(unread(bob), 1, "the first, and not the second");
    await carol.starts();
    await world.settles();
    assert.deepEqual(await view(alice), [2, 1, 2, [], 1]);
    assert.deepEqual(await view(carol), [2, 1, 2, [], 1]);
    await says(carol, caucus, { kind: "answer", to: again, answer: "read" });
    await world.passes(3_000);
    assert.deepEqual(await view(bob), [2, 2, 2, [], 1]);
  });
});
