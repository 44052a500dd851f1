/** Row 12 of the attacks, by the word of a second: lost since, seconded once more, or not seconded yet. */
import assert from "node:assert/strict";
import type { OpBody, SignedOp } from "../../../src/protocol/membership.ts";
import { fromOps, newSeat } from "../../../src/protocol/group.ts";
import { HOUR } from "../../../src/protocol/limits.ts";
import type { OpId } from "../../../src/types.ts";
import { forge, names, settled, union } from "../replicas.ts";
import { graphOf, meet, NOW, Person, raise, removal } from "../room.ts";
import { another, seat } from "../siblings.ts";
import { admins, before, byTwo, knownTo, people, role } from "./admins.ts";

describe("attack 12: a second who has lost their place", () => {
  it("is none: who was raised by their word is not", () => {
    const [ana, bo, cy] = people("Ana", "Bo", "Cy");
    ana.act(role(ana, "member"));
    meet(ana, bo, cy);
    const invite = bo.invite({ uses: 1 });
    const puppet = new Person("Puppet");
    const came = puppet.join(invite, bo.ops);
    meet(ana, bo, cy, puppet);
    byTwo(bo, puppet, role(bo, "admin"));
    assert.equal(admins(bo.view), "Bo", "where nobody is an admin everybody is");
    const zoe = new Person("Zoe");
    const earlier = union(ana).filter(({ id }) => id !== came.id);
    zoe.state = fromOps(graphOf(earlier), newSeat(zoe.random))!;
    const first = before(came, (n) => forge(zoe, zoe.joinBody(invite, zoe.state.seat), [invite.id], { at: NOW - n }));
    const view = settled([...union(ana, bo, cy, puppet), first]);
    assert.equal(names(view), "Ana Bo Cy Zoe");
    assert.equal(admins(view), "");
  });
});

describe("attack 12: the word of who is an admin no more", () => {
  it("seconds nothing, however they went", () => {
    const goes: readonly ((bo: Person, ana: Person, cy: Person) => unknown)[] = [
      (bo) => bo.act({ kind: "leave", cut: [] }),
      (bo) => bo.act(role(bo, "member")),
      (bo, ana, cy) => byTwo(ana, cy, role(bo, "member")),
    ];
    for (const go of goes) {
      const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
      const [ana, bo, cy, dee, eve] = all;
      raise(ana, bo, cy);
      meet(...all);
      byTwo(ana, bo, role(dee, "admin"));
      meet(...all);
      bo.act({ kind: "motion", line: dee.line, to: "out" });
      bo.act({ kind: "motion", line: eve.line, to: "admin" });
      meet(...all);
      go(bo, ana, cy);
      meet(...all);
      assert.equal(ana.tryAct(removal(ana.view, dee.person)), undefined);
      assert.equal(ana.tryAct(role(eve, "admin")), undefined);
    }
  });

  it("is one, said however often, and stands as it was said last", () => {
    const all = people("Ana", "Bo", "Cy", "Dee");
    const [ana, bo, cy, dee] = all;
    raise(ana, bo, cy);
    meet(...all);
    const said = { kind: "motion", line: dee.line, to: "admin" } as const;
    bo.act(said);
    const last = bo.act(said);
    assert.deepEqual([...bo.view.motions.keys()], [last.id]);
    // Once more, as of so long ago that it has lapsed, beside that and applied later: it would be taken back unseen.
    for (let i = 0; i < 4; i++) cy.act({ kind: "rekey" });
    bo.learn(cy.ops);
    const old = forge(bo, said, cy.view.heads, { at: NOW - 100 * HOUR });
    assert.ok(graphOf([...union(bo, cy), old]).has(old.id));
    assert.deepEqual([...settled([...union(bo, cy), old]).motions.keys()], [last.id]);
  });
});

describe("attack 12: one of two who was for a third", () => {
  it("can put the other out alone, as of the moment between: it looks like who is removed and raises somebody meanwhile", () => {
    for (const down of [false, true]) {
      const [ana, bo, cy, dee] = people("Ana", "Bo", "Cy", "Dee");
      raise(ana, bo);
      meet(ana, bo, cy, dee);
      const [motion] = byTwo(ana, bo, role(cy, "admin"));
      meet(ana, bo, cy, dee);
      const body = down ? role(ana, "member") : removal(bo.view, ana.person);
      const alone = forge(bo, body, [motion.id]);
      assert.equal(admins(settled([...union(ana, bo, cy, dee), alone])), down ? "Bo Cy" : "Bo");
      // Not once anything was said since with a device of theirs.
      bo.act({ kind: "rekey" });
      assert.equal(admins(settled([...union(ana, bo, cy, dee), alone])), "Ana Bo Cy");
    }
  });
});

describe("attack 12: a word that was seconded once", () => {
  it("is seconded no second time beside that, to raise or take down again whom two have dealt with since", () => {
    for (const up of [true, false]) {
      const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
      const [ana, bo, cy, dee] = all;
      raise(ana, bo, cy);
      if (!up) raise(ana, bo, dee);
      meet(...all);
      const [motion] = byTwo(ana, bo, role(dee, up ? "admin" : "member"));
      meet(...all);
      byTwo(bo, ana, role(dee, up ? "member" : "admin"));
      meet(...all);
      const known = union(...all);
      const expected = up ? "Ana Bo Cy" : "Ana Bo Cy Dee";
      const more: SignedOp[] = [];
      let at: readonly OpId[] = [motion.id];
      for (let i = 0; i < 12; i++) {
        const op = forge(cy, i < 11 ? { kind: "rekey" } : role(dee, up ? "admin" : "member"), at);
        more.push(op);
        knownTo(cy, op);
        at = [op.id];
      }
      assert.ok(cy.state.dag.has(more.at(-1)!.id));
      assert.equal(admins(settled([...known, ...more])), expected);
    }
  });

  it("is seconded no more once it was done by another word: who did it had moved it too", () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee] = all;
    raise(ana, bo, cy);
    meet(...all);
    const moved = bo.act({ kind: "motion", line: dee.line, to: "admin" });
    knownTo(ana, moved);
    byTwo(bo, ana, role(dee, "admin"));
    meet(...all);
    byTwo(bo, cy, role(dee, "member"));
    meet(...all);
    const more = [moved];
    for (let i = 0; i < 12; i++) {
      more.push(forge(ana, i < 11 ? { kind: "rekey" } : role(dee, "admin"), [more.at(-1)!.id]));
      knownTo(ana, more.at(-1)!);
    }
    assert.ok(ana.state.dag.has(more.at(-1)!.id));
    assert.equal(admins(settled([...union(...all), ...more])), "Ana Bo Cy");
  });

  it("is seconded for two devices of theirs, by two at once", () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee] = all;
    raise(ana, bo, cy);
    const phone = another(dee, "Dee's phone");
    meet(...all);
    seat(dee, phone);
    meet(...all, phone);
    ana.act({ kind: "motion", line: dee.line, to: "admin" });
    meet(...all, phone);
    bo.act(role(dee, "admin"));
    cy.act(role(phone, "admin"));
    assert.equal(admins(settled(union(...all, phone))), "Ana Bo Cy Dee Dee's phone");
  });

  it("is for a seat and those that it has seated: whoever seconds it raises no other that came in with their card", () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee] = all;
    raise(ana, bo, cy);
    meet(...all);
    const invite = cy.invite();
    const bears = (name: string): Person => {
      const one = new Person(name);
      const place = newSeat(one.random);
      one.state = fromOps(graphOf(cy.ops), place)!;
      one.act(dee.joinBody(invite, place));
      return one;
    };
    const puppet = bears("Puppet");
    meet(...all, puppet);
    const phone = another(dee, "Dee's phone");
    seat(dee, phone);
    meet(...all, puppet, phone);
    ana.act({ kind: "motion", line: dee.line, to: "admin" });
    cy.learn(ana.ops);
    assert.equal(cy.tryAct(role(puppet, "admin")), undefined);
    cy.act(role(phone, "admin"));
    assert.ok(cy.tryAct(role(dee, "admin")), "a line has one admin or more");
    // Nor does who would have the puppet out have the person out, or down.
    for (const to of ["out", "member"] as const) ana.act({ kind: "motion", line: puppet.line, to });
    meet(...all, puppet, phone);
    assert.equal(cy.tryAct(removal(cy.view, dee.person)), undefined);
    assert.equal(cy.tryAct({ ...removal(cy.view, dee.person), members: [phone.member] } as OpBody), undefined);
    assert.equal(cy.tryAct(role(dee, "member")), undefined);
    // Whom two would have out goes with all seats that bear their card, however many come in by it meanwhile.
    ana.act({ kind: "motion", line: dee.line, to: "out" });
    meet(...all, puppet, phone, bears("Another"));
    cy.act(removal(cy.view, dee.person));
    assert.equal(names(settled(union(...all, puppet, phone))), "Ana Bo Cy Eve");
  });
});
