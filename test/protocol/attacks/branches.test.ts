/** Row 12 of the attacks, by a branch of long ago: on which one alone, or one of two, has put the others out. */
import assert from "node:assert/strict";
import type { OpBody, SignedOp } from "../../../src/protocol/membership.ts";
import type { View } from "../../../src/protocol/resolve.ts";
import { fromOps } from "../../../src/protocol/group.ts";
import { HOUR } from "../../../src/protocol/limits.ts";
import { resolve } from "../../../src/protocol/resolve.ts";
import { forge, names, settled, union } from "../replicas.ts";
import { graphOf, inviteBody, meet, NOW, type Person, raise, removal } from "../room.ts";
import { another, seat, unseat } from "../siblings.ts";
import { admins, before, byTwo, knownTo, people, role } from "./admins.ts";

describe("attack 12: a branch on which one alone has put all others out of office", () => {
  it("gives the puppets there no say", () => {
    const [ana, bo, cy, pia, pat] = people("Ana", "Bo", "Cy", "Pia", "Pat");
    raise(ana, bo);
    meet(ana, bo, cy, pia, pat);
    const early = ana.view.heads;
    byTwo(ana, bo, role(cy, "admin"));
    meet(ana, bo, cy, pia, pat);
    const known = union(ana, bo, cy, pia, pat);
    const branch: SignedOp[] = [];
    let at = early;
    const says = (by: Person, body: OpBody): void => {
      const op = forge(by, body, at);
      for (const one of [ana, pia, pat]) one.learn([op]);
      assert.ok(ana.state.dag.has(op.id), body.kind);
      branch.push(op);
      at = [op.id];
    };
    says(ana, role(bo, "member"));
    says(ana, role(ana, "member"));
    says(pia, { kind: "motion", line: bo.line, to: "out" });
    const view = resolve(ana.state.dag, at) as View;
    says(pat, removal(view, bo.person));
    says(pat, { kind: "motion", line: pia.line, to: "admin" });
    says(pia, role(pia, "admin"));
    const now = settled([...known, ...branch]);
    assert.equal(admins(now), "Bo Cy", "Ana alone has stepped down");
    assert.equal(names(now), "Ana Bo Cy Pat Pia");
  });
});

describe("attack 12: who is removed by one of two", () => {
  it("is not saved by a third whom they take up again as of before, by a word of theirs", () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee] = all;
    raise(ana, bo, cy, dee);
    meet(...all);
    const early = ana.view;
    byTwo(dee, bo, role(cy, "member"));
    meet(...all);
    byTwo(ana, bo, role(dee, "member"));
    meet(...all);
    ana.act(removal(ana.view, bo.person));
    const known = union(...all);
    // Cy and Bo remove Dee, who took Cy down: with Cy, Ana would have been one of three.
    const more = [forge(bo, { kind: "motion", line: dee.line, to: "out" }, early.heads)];
    for (let i = 0; i < 12; i++) {
      knownTo(cy, more.at(-1)!);
      more.push(forge(cy, i < 11 ? { kind: "rekey" } : removal(early, dee.person), [more.at(-1)!.id]));
    }
    assert.ok(graphOf([...known, ...more]).has(more.at(-1)!.id));
    assert.equal(names(settled([...known, ...more])), "Ana Cy Dee Eve");
  });

  it("is not saved by whom those raise whom they raise meanwhile", () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee, eve] = all;
    raise(ana, bo);
    meet(...all);
    for (const one of [cy, dee, eve]) ana.act({ kind: "motion", line: one.line, to: "admin" });
    meet(...all);
    ana.act(removal(ana.view, bo.person));
    bo.act(role(cy, "admin"));
    meet(bo, cy);
    cy.act(role(dee, "admin"));
    cy.act(role(eve, "admin"));
    meet(cy, dee, eve);
    byTwo(dee, eve, removal(dee.view, ana.person));
    const view = settled(union(...all));
    assert.equal(names(view), "Ana Cy Dee Eve");
    assert.equal(admins(view), "Ana");
  });
});

describe("attack 12: a branch on which one of two has removed the other", () => {
  it("lets nobody make admins there alone", () => {
    const [ana, bo, cy, dee] = people("Ana", "Bo", "Cy", "Dee");
    raise(ana, bo);
    meet(ana, bo, cy, dee);
    const early = bo.view.heads;
    byTwo(bo, ana, role(cy, "admin"));
    meet(ana, bo, cy, dee);
    const gone = forge(bo, removal(bo.view, ana.person), early);
    knownTo(bo, gone);
    const alone = forge(bo, role(dee, "admin"), [gone.id]);
    const code = forge(bo, { ...inviteBody(bo.random(32), bo.random), role: "admin" }, [gone.id]);
    assert.ok(graphOf([...union(ana, bo, cy, dee), gone, alone]).has(alone.id));
    const view = settled([...union(ana, bo, cy, dee), gone, alone, code]);
    assert.equal(admins(view), "Ana Bo Cy");
    assert.ok(!view.invites.has(code.id), "nor invite one");
  });
});

describe("attack 12: a branch on which one of two has taken the other down", () => {
  it("lets nobody remove them there as a member", () => {
    for (const padding of [0, 12]) {
      const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
      const [ana, bo, cy, dee] = all;
      raise(ana, bo);
      meet(...all);
      let at = ana.view.heads;
      byTwo(ana, bo, role(cy, "admin"));
      meet(...all);
      byTwo(ana, cy, role(dee, "admin"));
      meet(...all);
      bo.act({ kind: "rekey" });
      meet(...all);
      const known = [...union(...all)];
      const says = (body: OpBody): void => {
        const op = forge(bo, body, at);
        knownTo(bo, op);
        known.push(op);
        at = [op.id];
      };
      for (let i = 0; i < padding; i++) says({ kind: "rekey" });
      says(role(ana, "member"));
      says(removal(resolve(bo.state.dag, at) as View, ana.person));
      assert.ok(graphOf(known).has(at[0]!));
      const view = settled(known);
      assert.equal(admins(view), "Ana Bo Cy Dee");
      assert.equal(names(view), "Ana Bo Cy Dee Eve");
    }
  });
});

describe("attack 12: who has removed somebody and is removed themselves", () => {
  it("brings nobody back by saying it once more beside that", () => {
    const all = people("Ana", "Bo", "Cy", "Dee");
    const [ana, bo, cy] = all;
    raise(ana, cy);
    meet(...all);
    const early = ana.view.heads;
    const body = removal(ana.view, bo.person);
    const done = ana.act(body);
    cy.learn(ana.ops);
    cy.remove(ana);
    const again = before(done, (n) => forge(ana, body, early, { at: NOW - n }));
    assert.equal(names(settled([...union(...all), again])), "Cy Dee");
  });

  it("takes back no removal by two by signing it once more alone, as of when there were two", () => {
    const all = people("Ana", "Bo", "Cy", "Dee");
    const [ana, bo, cy] = all;
    raise(ana, bo);
    meet(...all);
    const early = ana.view.heads;
    const body = removal(ana.view, bo.person);
    raise(ana, bo, cy);
    meet(...all);
    byTwo(ana, cy, body);
    const alone = forge(ana, body, early);
    assert.ok(graphOf([...union(...all), alone]).has(alone.id));
    assert.equal(names(settled([...union(...all), alone])), "Ana Cy Dee");
  });

  it("takes back no removal by two by signing it once more when one of two seconds had lapsed", () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee, eve] = all;
    raise(ana, bo, cy, dee, eve);
    meet(...all);
    cy.act({ kind: "motion", line: dee.line, to: "out" });
    meet(...all);
    // Beside Bo's word Bo is removed: then there is Cy's, for who signed in time.
    bo.now = NOW + 50 * HOUR;
    bo.act({ kind: "motion", line: dee.line, to: "out" });
    byTwo(ana, cy, removal(ana.view, bo.person));
    eve.learn(bo.ops);
    eve.now = NOW + 60 * HOUR;
    const done = eve.act(removal(eve.view, dee.person));
    const again = before(done, (n) => forge(eve, done.op.body, done.op.parents, { at: NOW + 73 * HOUR + n }));
    assert.ok(graphOf([...union(...all), again]).has(again.id));
    assert.equal(names(settled([...union(...all), again])), "Ana Cy Eve");
  });
});

describe("attack 12: who was the only admin once", () => {
  it("can raise another as of then beside their own later words, shows as equivocating, and takes nothing back by it", () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee, eve] = all;
    const early = ana.view.heads;
    const first = ana.act(role(bo, "admin"));
    meet(...all);
    byTwo(bo, ana, role(cy, "admin"));
    meet(...all);
    const late = before(first, (n) => forge(ana, role(eve, "admin"), early, { at: NOW - n }));
    const known = [...union(...all), late];
    assert.equal(admins(settled(known)), "Ana Bo Cy Eve");
    assert.deepEqual([...graphOf(known).forks.keys()], [ana.member]);
    // However many rest on the late one, and none on the first: whom she made an admin first stays one.
    knownTo(dee, late);
    const beside = forge(dee, { kind: "rekey" }, [late.id]);
    assert.equal(admins(settled([...known, beside])), "Ana Bo Cy Eve");
    // Nor does it outlast her removal by the others, and nor do those whom it raised.
    byTwo(bo, cy, removal(bo.view, ana.person));
    assert.equal(admins(settled([...union(...all), late, beside])), "Bo Cy");
  });

  it("can put out of office, by whom they raise as of then, all who came after: as who is removed by one of two would be by whom they date back", () => {
    const founded = () => {
      const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
      const [ana, bo, cy, dee, eve] = all;
      const early = ana.view.heads;
      ana.act(role(bo, "admin"));
      meet(...all);
      byTwo(bo, ana, role(cy, "admin"));
      meet(...all);
      byTwo(bo, cy, role(dee, "admin"));
      meet(...all);
      const late = forge(ana, role(eve, "admin"), early);
      knownTo(eve, late);
      const then = resolve(eve.state.dag, [late.id]) as View;
      const takes = (whom: Person): SignedOp => forge(eve, removal(then, whom.person), [late.id]);
      return { all, ana, bo, cy, dee, late, takes };
    };
    const { all, ana, bo, cy, dee, late, takes } = founded();
    assert.equal(admins(settled([...union(...all), late, takes(bo)])), "Ana Eve");
    assert.equal(admins(settled([...union(...all), late, takes(ana)])), "Eve");
    for (const whom of [cy, dee])
      assert.equal(admins(settled([...union(...all), late, takes(whom)])), "Ana Bo Cy Dee Eve", "nobody made by two");
    // A removal that has heard of the raise does not end it.
    const { all: heard, ...there } = founded();
    knownTo(there.cy, there.late);
    byTwo(there.cy, there.dee, removal(there.cy.view, there.ana.person));
    assert.equal(admins(settled([...union(...heard), there.takes(there.bo)])), "Ana Eve");
    // One that has not does, whatever is dated back beside it.
    byTwo(cy, dee, removal(cy.view, ana.person));
    for (const whom of [ana, bo, cy, dee])
      assert.equal(admins(settled([...union(...all), late, takes(whom)])), "Bo Cy Dee");
  });

  it("does not come back, put out by two of three, by revoking as of before that the device that made the first one", () => {
    for (const silent of [true, false]) {
      const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
      const [ana, bo, cy] = all;
      const laptop = another(ana, "Ana's laptop");
      const atFirst = union(...all);
      // A device that was there and has said nothing since, or one that is dated back with it.
      if (silent) seat(ana, laptop);
      meet(...all);
      ana.act(role(bo, "admin"));
      meet(...all);
      byTwo(bo, ana, role(cy, "admin"));
      meet(...all);
      byTwo(cy, bo, removal(cy.view, ana.person));
      const known = [...union(...all)];
      assert.equal(admins(settled(known)), "Bo Cy");
      if (!silent) {
        ana.state = fromOps(graphOf(atFirst), ana.state.seat)!;
        seat(ana, laptop);
        known.push(ana.ops.at(-1)!);
      }
      const revoked = forge(laptop, unseat(ana, [ana]), laptop.view.heads);
      assert.ok(graphOf([...known, revoked]).has(revoked.id));
      const view = settled([...known, revoked]);
      assert.equal(names(view), "Bo Cy Dee Eve");
      assert.equal(admins(view), "Cy", "whom she made one alone is none any more");
    }
  });

  it("can be put out by the thief of a device, with two whom it raises as of then: as who is put out by two would come back", () => {
    const all = people("Ana", "Bo", "Cy", "Dee");
    const [ana, bo, cy] = all;
    const main = another(ana, "Ana's main");
    seat(ana, main);
    meet(...all, main);
    const revoke = main.act(unseat(ana, [ana]));
    // The thief, whose puppets have heard of nothing.
    ana.act(role(bo, "admin"));
    meet(ana, bo, cy);
    byTwo(bo, ana, role(cy, "admin"));
    meet(ana, bo, cy);
    assert.equal(admins(settled([...union(...all), revoke])), "Ana's main Cy");
    byTwo(cy, bo, removal(cy.view, ana.person));
    const view = settled([...union(...all), revoke]);
    assert.equal(names(view), "Bo Cy Dee");
  });
});
