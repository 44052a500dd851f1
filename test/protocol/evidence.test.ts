/** Row 15 of the attacks as far as operations go, and what an author had acknowledged. */
import assert from "node:assert/strict";
import { backdated, takeHeads } from "../../src/protocol/evidence.ts";
import { act } from "../../src/protocol/group.ts";
import { MAX_OP_PARENTS } from "../../src/protocol/limits.ts";
import type { SignedOp } from "../../src/protocol/membership.ts";
import { readOp } from "../../src/protocol/membership.ts";
import { forge, names, settled } from "./replicas.ts";
import { graphOf, meet, NOW, Person, room, talkingRoom } from "./room.ts";

type Three = readonly [Person, Person, Person];
const three = (): Three => room(["Ana", "Bo", "Cy"]) as unknown as Three;

describe("attack 15: two operations at one place", () => {
  it("are their own proof, on every replica, in any order, however often they were handed on", () => {
    const [ana, bo, cy] = three();
    const heads = bo.view.heads;
    const one = forge(bo, { kind: "rekey" }, heads);
    const two = forge(bo, { kind: "rekey" }, heads, { at: NOW + 1 });
    assert.equal(one.op.seq, two.op.seq);
    for (const order of [
      [one, two],
      [two, one],
    ]) {
      const handed = order.map(({ bytes }) => readOp(bytes) as SignedOp);
      const replica = graphOf([...ana.ops, ...handed]);
      assert.deepEqual([...replica.forks.keys()], [bo.member]);
      assert.deepEqual(
        replica.forks.get(bo.member)!.map(({ id }) => id),
        handed.map(({ id }) => id),
      );
    }
    // Nobody is put out by it: a restored copy looks the same.
    assert.equal(names(settled([...ana.ops, one, two])), "Ana Bo Cy");
    // Also where the two went to different people.
    ana.learn([one]);
    cy.learn([two]);
    assert.equal(ana.state.dag.forks.size + cy.state.dag.forks.size, 0);
    meet(ana, cy);
    assert.deepEqual([...ana.state.dag.forks.keys()], [...cy.state.dag.forks.keys()]);
  });

  it("are no matter of those who work at the same time, nor of one who goes on", () => {
    const people = three();
    for (const one of people) one.act({ kind: "rekey" });
    meet(...people);
    for (const one of people) one.act({ kind: "rekey" });
    meet(...people);
    assert.equal(people[0].state.dag.forks.size, 0);
  });
});

describe("no backdating against what an author had acknowledged", () => {
  it("shows where the author's chain had named the heads", async () => {
    const people = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as Three;
    const [ana, bo, cy] = people;
    const early = bo.view.heads;
    ana.act({ kind: "rekey" });
    meet(...people);
    const said = await bo.rotate();
    for (const one of [ana, cy]) assert.equal((await one.follow(said)).kind, "chain");
    assert.deepEqual(backdated(cy.state, bo.member), []);
    const late = forge(bo, { kind: "rekey" }, early);
    cy.learn([late]);
    ana.learn([late]);
    for (const one of [ana, cy])
      assert.deepEqual(
        backdated(one.state, bo.member).map(({ id }) => id),
        [late.id],
      );
    assert.ok(cy.view.members.has(bo.member), "and nothing follows from it");
    // What Bo knew is nothing that Cy had acknowledged.
    ana.learn([forge(cy, { kind: "rekey" }, early)]);
    assert.deepEqual(backdated(ana.state, cy.member), []);
  });

  it("shows where acks had named them, and never for what was made before or after in good order", () => {
    const people = three();
    const [ana, bo, cy] = people;
    const early = bo.view.heads;
    ana.act({ kind: "rekey" });
    bo.act({ kind: "rekey" });
    meet(...people);
    cy.state = takeHeads(cy.state, bo.member, bo.view.heads);
    assert.deepEqual(backdated(cy.state, bo.member), [], "what lies below what it named");
    bo.act({ kind: "rekey" });
    cy.learn(bo.ops);
    assert.deepEqual(backdated(cy.state, bo.member), [], "what rests on it");
    const late = forge(bo, { kind: "rekey" }, early, { at: NOW + 1 });
    cy.learn([late]);
    assert.equal(backdated(cy.state, bo.member).length, 1);
    // An older word does not displace a newer one, nor does one about what is unknown here.
    const heads = cy.state.peers.get(bo.member)?.heads;
    assert.equal(takeHeads(cy.state, bo.member, early), cy.state);
    assert.equal(takeHeads(cy.state, bo.member, ["00".repeat(32) as never]), cy.state);
    assert.deepEqual(cy.state.peers.get(bo.member)?.heads, heads);
  });

  it("never shows for an honest device, whatever flood of heads there is, and keeps none from acting", async () => {
    const people = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as Three;
    const [ana, bo, cy] = people;
    const line = bo.view.heads;
    cy.act({ kind: "rekey" });
    meet(...people);
    const said = await ana.rotate();
    await cy.follow(said);
    const forks = Array.from({ length: 3 * MAX_OP_PARENTS }, (_, i) =>
      forge(bo, { kind: "rekey" }, line, { at: NOW + i }),
    );
    ana.learn(forks);
    cy.learn(forks);
    for (let i = 0; i < 6; i++) {
      const done = act(ana.state, { kind: "rekey" }, NOW);
      assert.ok(done);
      ana.state = done.state;
    }
    cy.learn(ana.ops);
    assert.deepEqual(backdated(cy.state, ana.member), []);
    // Also one that has acknowledged nothing: what it signs rests on all that it has signed.
    const eve = new Person("Eve");
    eve.join(cy.invite(), cy.ops);
    eve.learn(forks.map((_, i) => forge(bo, { kind: "rekey" }, line, { at: NOW + 1000 + i })));
    for (let i = 0; i < 6; i++) assert.ok(eve.tryAct({ kind: "rekey" }));
  });
});
