import assert from "node:assert/strict";
import { knows, type Removed, whyOut } from "../../src/protocol/whyOut.ts";
import { takeHeads } from "../../src/protocol/evidence.ts";
import { inviteBody, meet, Person, raise, room } from "./room.ts";

type Three = readonly [Person, Person, Person];
const seatOf = (by: Person, { member }: Person): Removed => ({ member, by: by.view.members.get(member)!.by });
const told = (by: Person, whom: Removed, removal: Parameters<typeof whyOut>[1]): readonly string[] =>
  whyOut(by.state, removal, whom).map(({ op }) => op.body.kind);

describe("why somebody is out", () => {
  it("is the removal and what it rests on that they may lack, from their coming in on", () => {
    for (const who of ["Ana", "Cy"]) {
      const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
      raise(ana, bo);
      meet(ana, bo, cy);
      bo.act({ kind: "rekey" });
      const one = who === "Ana" ? ana : cy;
      const whom = seatOf(bo, one);
      const removal = bo.remove(one);
      const sent = whyOut(bo.state, removal.id, whom);
      assert.deepEqual(
        sent.slice(-2).map(({ op }) => op.body.kind),
        ["rekey", "remove"],
      );
      one.learn(sent);
      assert.ok(one.view.gone.has(one.member), who);
    }
  });

  it("leaves out what they acknowledged, and what came after the removal or beside it", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
    ana.act({ kind: "rekey" });
    meet(ana, bo, cy);
    ana.state = takeHeads(ana.state, cy.member, cy.view.heads);
    bo.act({ kind: "rekey" });
    ana.act({ kind: "rekey" });
    const whom = seatOf(ana, cy);
    const removal = ana.remove(cy);
    ana.act({ kind: "rekey" });
    ana.learn(bo.ops);
    assert.deepEqual(told(ana, whom, removal.id), ["rekey", "remove"]);
  });

  it("leaves out what they signed, and of who was only invited, what the invitation rests on", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
    cy.act({ kind: "rekey" });
    meet(ana, bo, cy);
    const whom = seatOf(ana, cy);
    const { hail: _, ...body } = inviteBody(ana.random(32), ana.random);
    const card = new Person("Dee").card;
    const invite = ana.act({ ...body, card: card.bytes });
    const uninvited = ana.act({ kind: "remove", person: card.person, members: [], invites: [invite.id], cut: [] });
    assert.deepEqual(told(ana, { by: invite.id }, uninvited.id), ["remove"]);
    assert.deepEqual(told(ana, whom, ana.remove(cy).id), ["invite", "remove", "remove"]);
  });

  it("of a removal that was struck is not told for the one that holds", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
    raise(ana, bo);
    meet(ana, bo, cy);
    // Bo is taken out beside his own removal of Cy, which then does not count; Ana removes Cy after that.
    const struck = bo.remove(cy);
    ana.remove(bo);
    ana.learn(bo.ops);
    assert.ok(ana.view.members.has(cy.member));
    const whom = seatOf(ana, cy);
    const removal = ana.remove(cy);
    const sent = whyOut(ana.state, removal.id, whom);
    assert.deepEqual([sent.at(-1)?.id, sent.some(({ id }) => id === struck.id)], [removal.id, true]);
    cy.learn(sent);
    assert.ok(cy.view.gone.has(cy.member));
  });

  it("is said by others too where who removed them may be unknown to them", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
    const byOf = (one: Person) => ana.view.members.get(one.member)!.by;
    assert.equal(knows(ana.state, seatOf(ana, bo), byOf(ana)), true);
    assert.equal(knows(ana.state, seatOf(ana, bo), byOf(cy)), false);
    ana.state = takeHeads(ana.state, bo.member, bo.view.heads);
    assert.equal(knows(ana.state, seatOf(ana, bo), byOf(cy)), true);
  });
});
