import assert from "node:assert/strict";
import type { SignedOp } from "../../src/protocol/membership.ts";
import { whyVoid } from "../../src/protocol/whyVoid.ts";
import { graphOf, inviteBody, meet, Person, raise, room } from "./room.ts";
import { another, seat } from "./siblings.ts";

type Three = readonly [Person, Person, Person];
const kinds = (ops: readonly SignedOp[]): readonly string[] => ops.map(({ op }) => op.body.kind);
/** What a device makes of what it had and what it is told. */
const isIn = (who: Person, told: readonly SignedOp[]): boolean => {
  who.learn(told);
  return who.view.members.has(who.member);
};

describe("why somebody never came in", () => {
  it("is the removal of who brought them in, with what that rests on, and nothing that came after", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
    const eve = new Person("Eve");
    const join = eve.join(bo.invite(), bo.ops);
    ana.act({ kind: "rekey" });
    ana.remove(bo);
    const fay = new Person("Fay");
    fay.join(ana.invite(), ana.ops);
    ana.learn(fay.ops);
    ana.remove(cy);
    ana.learn(eve.ops);
    const told = whyVoid(ana.state.dag, join.id);
    assert.deepEqual(kinds(told), ["rekey", "remove"]);
    assert.ok(!isIn(eve, told));
  });

  it("is the other JOIN, of who has the one place that there was", () => {
    const [ana] = room(["Ana", "Bo", "Cy"]) as Three;
    const invite = ana.invite({ uses: 1 });
    const [eve, fay] = ["Eve", "Fay"].map((name) => new Person(name)) as [Person, Person];
    const joins = [eve, fay].map((one) => ({ one, join: one.join(invite, ana.ops) }));
    ana.learn(joins.map(({ join }) => join));
    const out = joins.find(({ one }) => !ana.view.members.has(one.member))!;
    ana.act({ kind: "rekey" });
    const told = whyVoid(ana.state.dag, out.join.id);
    assert.deepEqual(kinds(told), ["join"]);
    assert.ok(!isIn(out.one, told));
  });

  it("is all that may be it where nothing is alone", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
    const invite = bo.invite({ uses: 2 });
    ana.learn(bo.ops);
    const people = ["Eve", "Fay", "Gus"].map((name) => new Person(name));
    const joins = people.map((one) => ({ one, join: one.join(invite, ana.ops) }));
    for (const one of [ana, cy]) one.learn(joins.map(({ join }) => join));
    const out = joins.find(({ one }) => !ana.view.members.has(one.member))!;
    ana.act({ kind: "rekey" });
    const told = whyVoid(ana.state.dag, out.join.id);
    assert.deepEqual(kinds(told), ["join", "join"]);
    assert.ok(!isIn(out.one, told));
  });

  it("is nothing where nothing is beside it", () => {
    const [ana, bo] = room(["Ana", "Bo", "Cy"]) as Three;
    const join = bo.ops.find(({ op }) => op.author === bo.member)!;
    assert.deepEqual(whyVoid(graphOf(ana.ops.slice(0, 3)), join.id), []);
    assert.deepEqual(whyVoid(graphOf(ana.ops.slice(0, 1)), join.id), []);
  });

  it("is, of what was brought by fewer others, the one: it need not be the first that was made", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
    raise(ana, cy);
    meet(ana, bo, cy);
    const eve = new Person("Eve");
    const join = eve.join(bo.invite(), bo.ops);
    cy.act({ kind: "rekey" });
    for (const one of [ana, cy]) one.remove(bo);
    const told = whyVoid(graphOf([...cy.ops, ...ana.ops, ...eve.ops]), join.id);
    assert.deepEqual(
      told.map(({ op }) => [op.body.kind, op.author]),
      [["remove", ana.member]],
    );
    assert.ok(!isIn(eve, told));
  });

  it("is, of a second device, what takes along who seated it", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
    const invite = ana.invite({ uses: 1 });
    bo.learn(ana.ops);
    bo.act({ kind: "rekey" });
    const [eve, fay] = ["Eve", "Fay"].map((name) => new Person(name)) as [Person, Person];
    const joins = [eve, fay].map((one) => ({ one, join: one.join(invite, bo.ops) }));
    ana.remove(cy);
    ana.learn([...bo.ops, ...joins.map(({ join }) => join)]);
    const { one } = joins.find(({ one: { member } }) => !ana.view.members.has(member))!;
    const phone = another(one, "phone");
    seat(one, phone);
    ana.learn(one.ops);
    const device = ana.ops.find(({ op }) => op.body.kind === "device")!;
    ana.act({ kind: "rekey" });
    const told = whyVoid(ana.state.dag, device.id);
    assert.deepEqual(kinds(told), ["join"]);
    assert.ok(!isIn(phone, told));
  });

  it("is nothing where an invitation is withdrawn on top of it: what is beside it is nobody's business", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
    const { hail: _, ...body } = inviteBody(bo.random(32), bo.random);
    const invite = bo.act({ ...body, card: new Person("Eve").card.bytes });
    ana.remove(cy);
    ana.act({ kind: "rekey" });
    bo.act({ kind: "revoke", invite: invite.id });
    meet(ana, bo);
    assert.ok(!ana.view.invites.has(invite.id));
    assert.deepEqual(whyVoid(ana.state.dag, invite.id), []);
  });
});
