/** Row 11 of the attacks: one set of operations, and replicas that came to it in different ways. */
import assert from "node:assert/strict";
import { newSeat } from "../../../src/protocol/group.ts";
import { setLateEngine, withVerdicts } from "../../../src/protocol/lateEngine.ts";
import { openMessage } from "../../../src/protocol/receiving.ts";
import { admit, resolve } from "../../../src/protocol/resolve.ts";
import { pureEngine } from "../../../src/protocol/signature.ts";
import type { OpId } from "../../../src/types.ts";
import { anew, essence, forge, names, settled, union } from "../replicas.ts";
import { graphOf, meet, Person, raise, removal, room, talkingRoom } from "../room.ts";

describe("attack 11: the same operations, another way to them", () => {
  it("a member who comes in twice takes a place that nobody else is then let into by some replicas only", () => {
    const [ana] = room(["Ana"]) as [Person];
    const [first, second] = [ana.invite(), ana.invite({ uses: 1 })];
    const [eve, bo] = [new Person("Eve"), new Person("Bo")];
    const seat = newSeat(eve.random);
    const before = ana.ops;
    eve.join(first, before, seat);
    // On a branch of its own the same key comes in by the other invite too.
    for (let i = 0; i < 3; i++) ana.act({ kind: "rekey" });
    const twin = new Person("Eve");
    twin.join(second, ana.ops, seat);
    ana.learn(eve.ops);
    ana.learn(twin.ops);
    ana.act({ kind: "rekey" });
    let ops = ana.ops;
    try {
      bo.join(second, ana.ops);
      ops = bo.ops;
    } catch {
      // Nobody else comes in by it: that is for all alike.
    }
    assert.deepEqual(essence(anew(ops)), essence(settled(ops)));
  });

  /** Ana withdrew an invite by which Eve came in meanwhile, which she has not heard of; there is a second one. */
  const withdrawn = () => {
    const [ana] = room(["Ana"]) as [Person];
    const [first, second] = [ana.invite({ uses: 1 }), ana.invite({ uses: 1 })];
    const eve = new Person("Eve");
    const seat = newSeat(eve.random);
    const before = ana.ops;
    eve.join(first, before, seat);
    const early = eve.ops;
    ana.act({ kind: "revoke", invite: first.id });
    return { ana, second, seat, early };
  };

  it("whom a withdrawal kept out comes in by nothing that is said later", () => {
    const { ana, second, seat, early } = withdrawn();
    ana.learn(early);
    const again = new Person("Eve");
    try {
      again.join(second, ana.ops, seat);
      ana.learn(again.ops);
      ana.act({ kind: "role", member: seat.member, role: "admin" });
    } catch {
      // A key that was kept out comes in no more.
    }
    assert.deepEqual(essence(anew(ana.ops)), essence(settled(ana.ops)));
  });

  it("whom a withdrawal kept out on one branch, and who came in on another, is raised", () => {
    const { ana, second, seat, early } = withdrawn();
    const again = new Person("Eve");
    again.join(second, ana.ops, seat);
    ana.learn(again.ops);
    ana.learn(early);
    ana.act({ kind: "role", member: seat.member, role: "admin" });
    assert.deepEqual(essence(anew(ana.ops)), essence(settled(ana.ops)));
  });

  /** Ana and Bo are admins; Cy brings Eve in, in one of several ways, and Ana and Bo make her the third. */
  const third = (
    approval: boolean,
    known: "invite" | "nothing",
  ): { readonly people: readonly [Person, Person, Person, Person]; readonly early: readonly OpId[] } => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as unknown as [Person, Person, Person];
    const eve = new Person("Eve");
    const seat = newSeat(eve.random);
    raise(ana, bo);
    meet(ana, bo, cy);
    const before = bo.view.heads;
    const invite = cy.invite({ approval });
    const early = known === "invite" ? cy.view.heads : before;
    for (let i = 0; i < 3; i++) cy.act({ kind: "rekey" });
    if (approval) cy.act({ kind: "admit", invite: invite.id, member: seat.member, person: eve.person });
    eve.join(invite, cy.ops, seat);
    meet(ana, bo, cy, eve);
    raise(ana, bo, eve);
    meet(ana, bo, cy, eve);
    assert.equal(ana.view.members.get(eve.member)?.role, "admin");
    return { people: [ana, bo, cy, eve], early };
  };
  for (const approval of [false, true])
    for (const known of ["invite", "nothing"] as const)
      it(`no admin goes with who brought them in: a removal dated back, of whose ${approval ? "admission" : "invitation"} its author says to have known ${known === "invite" ? "only the invite" : "nothing"}`, () => {
        const { people, early } = third(approval, known);
        const [ana, bo, cy] = people;
        meet(...people);
        const late = forge(bo, removal(cy.view, cy.person), early);
        assert.equal(admit(graphOf(bo.ops), late), "ok");
        const view = settled([...union(...people), late]);
        assert.equal(names(view), "Ana Bo Eve");
        assert.equal([...view.members.values()].filter(({ role }) => role === "admin").length, 3);
        // Nor is what she does with a second one undone so.
        ana.act({ kind: "motion", person: bo.person, to: "out" });
        const eve = people[3];
        eve.learn(ana.ops);
        eve.remove(bo);
        assert.equal(names(settled([...union(ana, cy, eve), late])), "Ana Cy Eve");
      });
});

describe("attack 21: verdicts that come late", () => {
  it("a message that is read while signatures are decided leaves nobody out of a view", async () => {
    const [ana, bo] = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as [Person, Person];
    const said = ana.say("hello");
    bo.state.dag.views.clear();
    setLateEngine({ verify: async (...of) => pureEngine.verify(...of) });
    try {
      const opened = await withVerdicts(() => openMessage(bo.state, ana.chain, 0, said.frame, bo.now));
      assert.equal(opened.kind === "message" && opened.received.audience.length, 2);
    } finally {
      setLateEngine(undefined);
    }
    assert.equal(resolve(bo.state.dag)?.members.size, 3);
  });
});
