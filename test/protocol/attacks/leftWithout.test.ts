/**
 * Row 12 of the attacks, by a list of devices that is played again where its owner has no other device yet: by a puppet with
 * that one's card, who says truly that the device is out, and has its owner go as of before they had another one.
 */
import assert from "node:assert/strict";
import { fromOps, newSeat } from "../../../src/protocol/group.ts";
import { forge, settled, union } from "../replicas.ts";
import type { OpBody, SignedOp } from "../../../src/protocol/membership.ts";
import { graphOf, type Invite, meet, Person, raise, removal } from "../room.ts";
import { another, revoking, seat, unseat } from "../siblings.ts";
import { admins, byTwo, knownTo, people, role } from "./admins.ts";

describe("attack 12: a list of devices, where its owner has no other device yet", () => {
  it("does not leave a group to two others who make an admin", () => {
    const all = people("Ana", "Bo", "Cy", "Mal");
    const [ana, bo, cy, mal] = all;
    const code = mal.invite();
    meet(...all);
    const laptop = another(ana, "Ana's laptop");
    laptop.state = mal.state;
    const puppet = new Person("Puppet");
    const place = newSeat(puppet.random);
    puppet.state = fromOps(graphOf(mal.ops), place)!;
    puppet.act(laptop.joinBody(code, place));
    const early = puppet.view.heads;
    raise(ana, bo);
    meet(...all);
    byTwo(bo, ana, role(cy, "admin"));
    meet(...all);
    seat(ana, laptop);
    meet(...all, laptop);
    const list = revoking(laptop, ana);
    const known = [...union(...all, laptop), ...puppet.ops];
    assert.equal(admins(settled(known)), "Ana Ana's laptop Bo Cy");
    const played = forge(puppet, unseat(laptop, [ana], { devices: list }), early);
    knownTo(puppet, played);
    // Now everybody acts as an admin there: two of them are enough.
    const motion = forge(puppet, { kind: "motion", line: mal.line, to: "admin" }, [played.id]);
    knownTo(mal, ...puppet.ops, played, motion);
    const made = forge(mal, role(mal, "admin"), [motion.id]);
    assert.ok(graphOf([...known, played, motion, made]).has(made.id));
    assert.equal(admins(settled([...known, played, motion, made])), "Ana's laptop Bo Cy");
  });

  it("does not leave the other of two admins as the only one, who makes one alone", () => {
    const all = people("Ana", "Bo", "Cy", "Mal");
    const [ana, bo, cy, mal] = all;
    const code = mal.invite();
    meet(...all);
    const laptop = another(ana, "Ana's laptop");
    laptop.state = mal.state;
    raise(ana, bo);
    meet(...all);
    const puppet = new Person("Puppet");
    const place = newSeat(puppet.random);
    puppet.state = fromOps(graphOf(bo.ops), place)!;
    puppet.act(laptop.joinBody(code, place));
    const early = puppet.view.heads;
    byTwo(bo, ana, role(cy, "admin"));
    meet(...all);
    seat(ana, laptop);
    meet(...all, laptop);
    const list = revoking(laptop, ana);
    bo.act({ kind: "rekey" });
    const known = [...union(...all, laptop), ...puppet.ops];
    const played = forge(puppet, unseat(laptop, [ana], { devices: list }), early);
    knownTo(bo, ...puppet.ops, played);
    const made = forge(bo, role(mal, "admin"), [played.id]);
    assert.ok(graphOf([...known, played, made]).has(made.id));
    assert.equal(admins(settled([...known, played, made])), "Ana's laptop Bo Cy");
  });
});

/** What becomes of a caucus of Ana's where others play her list as of before she had a laptop. */
const played = (): {
  readonly all: ReturnType<typeof people>;
  readonly known: readonly SignedOp[];
  readonly list: SignedOp;
  readonly puppet: Person;
  /** An invite of Bo's, of before. */
  readonly open: Invite;
} => {
  const all = people("Ana", "Bo", "Cy", "Mal");
  const [ana, bo, cy, mal] = all;
  const code = mal.invite();
  meet(...all);
  const open = bo.invite();
  meet(...all);
  const laptop = another(ana, "Ana's laptop");
  laptop.state = mal.state;
  const puppet = new Person("Puppet");
  const place = newSeat(puppet.random);
  puppet.state = fromOps(graphOf(mal.ops), place)!;
  puppet.act(laptop.joinBody(code, place));
  const early = puppet.view.heads;
  for (let n = 0; n < 3; n++) ana.act({ kind: "rekey" });
  raise(ana, bo);
  meet(...all);
  byTwo(bo, ana, role(cy, "admin"));
  meet(...all);
  seat(ana, laptop);
  meet(...all, laptop);
  const revoked = revoking(laptop, ana);
  const known = [...union(...all, laptop), ...puppet.ops];
  const list = forge(puppet, unseat(laptop, [ana], { devices: revoked }), early);
  for (const one of [bo, mal, puppet]) knownTo(one, ...puppet.ops, list);
  return { all, known, list, puppet, open };
};

describe("attack 12: a list of devices, as of when its owner was the only admin", () => {
  it("lets nobody else say what holds in the group", () => {
    const { all, known, list } = played();
    const mal = all[3];
    const closed = forge(mal, { kind: "policy", policy: { ...mal.view.policy, invite: "admins" } }, [list.id]);
    assert.ok(graphOf([...known, list, closed]).has(closed.id));
    assert.equal(settled([...known, list, closed]).policy.invite, "members");
  });

  it("takes back nothing that its owner has said since", () => {
    const { all, known, list } = played();
    const [ana, , cy] = all;
    const code = cy.invite();
    knownTo(ana, ...cy.ops);
    ana.act({ kind: "revoke", invite: code.id });
    ana.act({ kind: "policy", policy: { ...ana.view.policy, invite: "admins" } });
    const after = settled([...union(...all), ...known, list]);
    assert.equal(after.policy.invite, "admins");
    assert.ok(!after.invites.has(code.id));
  });

  it("closes no door behind who came in since", () => {
    const { all, known, list, open } = played();
    const [, bo, , mal] = all;
    const dee = new Person("Dee");
    dee.join(open, bo.ops);
    const closed = forge(mal, { kind: "revoke", invite: open.id }, [list.id]);
    const set = [...known, ...dee.ops, list, closed];
    assert.ok(graphOf(set).has(closed.id));
    assert.ok(settled(set).members.has(dee.member));
  });

  it("lets nobody stay whom two have made an admin there", () => {
    const { all, known, list, puppet } = played();
    const [ana, , cy, mal] = all;
    const motion = forge(puppet, { kind: "motion", line: mal.line, to: "admin" }, [list.id]);
    knownTo(mal, motion);
    const made = forge(mal, role(mal, "admin"), [motion.id]);
    assert.ok(graphOf([...known, list, motion, made]).has(made.id));
    for (const by of [ana, cy]) {
      const out = forge(by, removal(by.view, mal.person), by.view.heads);
      assert.ok(!settled([...known, list, motion, made, out]).members.has(mal.member));
    }
  });

  it("is no less denied where it is played twice", () => {
    const { known, list, puppet } = played();
    const twice = forge(puppet, { ...(list.op.body as Extract<OpBody, { kind: "unseat" }>) }, [list.id]);
    knownTo(puppet, twice);
    const motion = forge(puppet, { kind: "motion", line: puppet.line, to: "admin" }, [twice.id]);
    assert.ok(graphOf([...known, list, twice, motion]).has(motion.id));
    assert.equal(settled([...known, list, twice, motion]).motions.size, 0);
  });

  it("puts nobody out", () => {
    const { all, known, list } = played();
    const [, bo, cy, mal] = all;
    const motion = forge(bo, { kind: "motion", line: cy.line, to: "out" }, [list.id]);
    knownTo(mal, motion);
    const out = forge(mal, removal(mal.view, cy.person), [motion.id]);
    assert.ok(graphOf([...known, list, motion, out]).has(out.id));
    assert.ok(settled([...known, list, motion, out]).members.has(cy.member));
  });
});

describe("attack 12: a list of devices, as of when its owner was one of three admins", () => {
  it("does not leave two, of whom one puts out the other", () => {
    const all = people("Ana", "Bo", "Cy", "Mal");
    const [ana, bo, cy, mal] = all;
    raise(ana, bo);
    meet(...all);
    byTwo(bo, ana, role(cy, "admin"));
    const code = mal.invite();
    meet(...all);
    const laptop = another(ana, "Ana's laptop");
    laptop.state = mal.state;
    const puppet = new Person("Puppet");
    puppet.state = fromOps(graphOf(mal.ops), newSeat(puppet.random))!;
    puppet.act(laptop.joinBody(code, puppet.state.seat));
    const early = puppet.view.heads;
    seat(ana, laptop);
    const list = forge(puppet, unseat(laptop, [ana], { devices: revoking(laptop, ana) }), early);
    const known = [...union(...all, laptop), ...puppet.ops, list];
    knownTo(bo, ...puppet.ops, list);
    // Who has said nothing since leaves no word of theirs beside it.
    const out = forge(bo, removal(cy.view, cy.person), [list.id]);
    assert.ok(graphOf([...known, out]).has(out.id));
    assert.equal(admins(settled([...known, out])), "Ana's laptop Bo Cy");
  });
});

describe("attack 12: a raise of a further seat of who is an admin already", () => {
  it("is not taken back by who gave it, by having left before, dated back", () => {
    const all = people("Ana", "Bo", "Cy", "Dee");
    const [ana, bo, cy, dee] = all;
    const phone = another(dee, "Dee's phone");
    seat(dee, phone);
    raise(ana, bo);
    meet(...all, phone);
    byTwo(bo, ana, role(cy, "admin"));
    meet(...all, phone);
    const early = cy.view.heads;
    byTwo(cy, bo, role(dee, "admin"));
    cy.act(role(phone, "admin"));
    meet(...all, phone);
    const known = [...union(...all, phone)];
    assert.equal(admins(settled(known)), "Ana Bo Cy Dee Dee's phone");
    const left = forge(cy, { kind: "leave", cut: [] }, early);
    assert.equal(admins(settled([...known, left])), "Ana Bo Dee Dee's phone");
  });
});
