/** Row 12 of the attacks, by who is taken down by two, or was no admin yet. */
import assert from "node:assert/strict";
import type { SignedOp } from "../../../src/protocol/membership.ts";
import { proveDevice } from "../../../src/protocol/membership.ts";
import { fromOps, newSeat } from "../../../src/protocol/group.ts";
import type { OpId } from "../../../src/types.ts";
import { forge, names, settled, union } from "../replicas.ts";
import { graphOf, meet, NOW, Person, publicOf, raise, removal } from "../room.ts";
import { another, seat, unseat } from "../siblings.ts";
import { admins, before, byTwo, knownTo, people, role } from "./admins.ts";

describe("attack 12: who is taken down by two", () => {
  /** Bo has a phone that is no admin; three are admins. */
  const stage = () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee, eve] = all;
    raise(ana, bo, cy);
    const phone = another(bo, "Bo's phone");
    meet(...all);
    seat(bo, phone);
    bo.act(role(phone, "member"));
    meet(...all, phone);
    return { all: [ana, bo, cy, dee, eve, phone] as const, ana, bo, cy, dee, phone };
  };

  it("is not taken down by one who says so twice, as of when there were two", () => {
    const [ana, bo, cy] = people("Ana", "Bo", "Cy");
    raise(ana, bo);
    meet(ana, bo, cy);
    const early = bo.view.heads;
    const [, third] = byTwo(ana, bo, role(cy, "admin"));
    meet(ana, bo, cy);
    bo.act({ kind: "rekey" });
    const once = forge(bo, role(ana, "member"), early);
    knownTo(bo, once);
    // By then it takes nothing from who is none there: so it is no act against an admin.
    const twice = before(third, (n) => forge(bo, role(ana, "member"), [once.id], { at: NOW - n }));
    assert.equal(admins(settled([...union(ana, bo, cy), once, twice])), "Ana Bo Cy");
  });

  it("cannot end what was moved beside what seconds it, by a word about a seat of their own", () => {
    const { all, ana, bo, cy, phone } = stage();
    const motion = cy.act({ kind: "motion", line: bo.line, to: "member" });
    meet(...all);
    const down = ana.act(role(bo, "member"));
    meet(...all);
    const end = before(down, (n) => forge(bo, role(phone, "member"), [motion.id], { at: NOW - n }));
    assert.equal(admins(settled([...union(...all), end])), "Ana Cy");
  });

  it("does not stay one by another seat of theirs, raised or seated beside it", () => {
    const { all, ana, bo, cy, phone } = stage();
    const early = ana.view.heads;
    const [, down] = byTwo(ana, cy, role(bo, "member"));
    meet(...all);
    const raised = before(down, (n) => forge(bo, role(phone, "admin"), early, { at: NOW - n }));
    assert.equal(admins(settled([...union(...all), raised])), "Ana Cy");
    const place = newSeat(phone.random);
    const third = another(bo, "Bo's third");
    const body = {
      kind: "device",
      member: place.member,
      card: third.card.bytes,
      prekey: publicOf(place),
      proof: proveDevice(place.secret, bo.state.group, bo.member),
    } as const;
    const brought = forge(bo, body, early);
    assert.equal(admins(settled([...union(...all), brought])), "Ana Cy");
    // Also once the seat that is named has stepped down by itself, beside it, or was never seated for all that is known.
    knownTo(bo, raised);
    const stepped = forge(bo, role(bo, "member"), [raised.id]);
    assert.equal(admins(settled([...union(...all), raised, stepped])), "Ana Cy");
  });

  it("seats no device as an admin by having left before it, dated back", () => {
    const { all, ana, bo, cy, phone } = stage();
    const early = ana.view.heads;
    byTwo(ana, cy, role(bo, "member"));
    meet(...all);
    const known = union(...all);
    const left = forge(bo, { kind: "leave", cut: [] }, early);
    const place = newSeat(phone.random);
    const third = another(bo, "Bo's third");
    const proof = proveDevice(place.secret, bo.state.group, bo.member);
    const way = { member: place.member, card: third.card.bytes, prekey: publicOf(place), proof };
    const more: SignedOp[] = [];
    let at = early;
    for (let i = 0; i < 4; i++) {
      const op = forge(bo, i < 3 ? { kind: "rekey" } : { kind: "device", ...way }, at);
      more.push(op);
      knownTo(bo, op);
      at = [op.id];
    }
    const view = settled([...known, ...more, left]);
    assert.equal(admins(view), "Ana Cy");
    assert.ok(names(view).includes("Bo's third"), "in as all are whom somebody who left has seated meanwhile");
  });

  it("stays none where the device that was named is put out of the way beside it", () => {
    const [ana, bo, cy] = people("Ana", "Bo", "Cy");
    raise(ana, bo, cy);
    meet(ana, bo, cy);
    const early = bo.view.heads;
    const [named, third] = [another(bo, "Bo's named"), another(bo, "Bo's third")];
    seat(bo, named);
    meet(ana, bo, cy, named);
    byTwo(ana, cy, role(named, "member"));
    assert.equal(admins(settled(union(ana, bo, cy, named))), "Ana Cy");
    const known = union(ana, bo, cy, named);
    const place = newSeat(third.random);
    third.state = fromOps(graphOf(known), place)!;
    const proof = proveDevice(place.secret, bo.state.group, bo.member);
    const way = { member: place.member, card: third.card.bytes, prekey: publicOf(place), proof };
    const brought = forge(bo, { kind: "device", ...way }, early);
    third.learn([brought]);
    const revoke = forge(third, unseat(bo, [bo]), [brought.id]);
    assert.ok(graphOf([...known, brought, revoke]).has(revoke.id));
    assert.equal(admins(settled([...known, brought, revoke])), "Ana Cy");
  });

  it("is not taken down alone by an admin who came in with their card", () => {
    const all = people("Ana", "Bo", "Cy", "Dee");
    const [ana, bo, cy] = all;
    raise(ana, bo, cy);
    const invite = bo.invite();
    meet(...all);
    const puppet = new Person("Puppet");
    puppet.state = fromOps(graphOf(bo.ops), newSeat(puppet.random))!;
    puppet.act(ana.joinBody(invite, puppet.state.seat));
    meet(...all, puppet);
    byTwo(bo, cy, role(puppet, "admin"));
    meet(...all, puppet);
    assert.equal(puppet.tryAct(role(ana, "member")), undefined);
    assert.equal(ana.tryAct(role(puppet, "member")), undefined);
  });

  it("is taken down with all devices of theirs that are admins, and with no other's", () => {
    const { all, ana, bo, cy, phone } = stage();
    bo.act(role(phone, "admin"));
    meet(...all);
    byTwo(ana, cy, role(phone, "member"));
    assert.equal(admins(settled(union(...all))), "Ana Cy");
  });
});

describe("attack 12: another device of who is an admin", () => {
  it("is not put out by one alone, who names no seat of theirs", () => {
    const all = people("Ana", "Bo", "Cy");
    const [ana, bo, cy] = all;
    raise(ana, bo);
    meet(...all);
    byTwo(ana, bo, role(cy, "admin"));
    meet(...all);
    bo.act({ kind: "rekey" });
    meet(...all);
    const early = bo.view.heads;
    const laptop = another(ana, "Ana's laptop");
    seat(ana, laptop);
    laptop.act(unseat(laptop, [ana]));
    const out = forge(bo, { kind: "remove", person: ana.person, members: [], invites: [], cut: [] }, early);
    const known = [...union(...all, laptop), out];
    assert.ok(graphOf(known).has(out.id));
    assert.equal(admins(settled(known)), "Ana's laptop Bo Cy");
  });

  it("does not come in by a seat that had gone where the rest of that person's were removed", () => {
    const all = people("Ana", "Bo", "Cy");
    const [ana, bo, cy] = all;
    const code = bo.invite();
    raise(ana, bo);
    meet(...all);
    byTwo(ana, bo, role(cy, "admin"));
    meet(...all);
    const phone = another(bo, "Bo's phone");
    phone.join(code, bo.ops);
    meet(...all, phone);
    const [early, left] = [bo.view.heads, unseat(phone, [bo])];
    phone.act(left);
    meet(ana, cy, phone);
    ana.act(removal(ana.view, bo.person));
    const tablet = another(bo, "Bo's tablet");
    assert.deepEqual(bo.view.heads, early);
    seat(bo, tablet);
    assert.equal(admins(settled([...union(...all, phone, tablet)])), "Ana Cy");
  });

  it("is not put out by one alone, as of when they were no admin, who names no seat that a raise did", () => {
    const all = people("Ana", "Bo", "Cy", "Dee");
    const [ana, bo, cy, dee] = all;
    raise(ana, bo);
    meet(...all);
    const laptop = another(dee, "Dee's laptop");
    seat(dee, laptop);
    meet(...all, laptop);
    byTwo(ana, bo, role(cy, "admin"));
    meet(...all, laptop);
    const early = bo.view.heads;
    const out = { kind: "remove", person: dee.person, members: [laptop.member], invites: [], cut: [] } as const;
    byTwo(ana, cy, role(dee, "admin"));
    meet(...all, laptop);
    laptop.act(unseat(laptop, [dee]));
    const removed = forge(bo, out, early);
    const known = [...union(...all, laptop), removed];
    assert.ok(graphOf(known).has(removed.id));
    assert.equal(admins(settled(known)), "Ana Bo Cy Dee's laptop");
  });
});

describe("attack 12: a seat that was no admin yet", () => {
  it("is not made a member by one alone, who dates it back and makes it look as if it came later", () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee] = all;
    raise(ana, bo, cy);
    meet(...all);
    let at: readonly OpId[] = cy.view.heads;
    byTwo(ana, bo, role(dee, "admin"));
    meet(...all);
    const known = union(...all);
    const more: SignedOp[] = [];
    for (let i = 0; i < 6; i++) {
      const op = forge(cy, i < 5 ? { kind: "rekey" } : role(dee, "member"), at);
      more.push(op);
      knownTo(cy, op);
      at = [op.id];
    }
    assert.equal(admins(settled([...known, ...more])), "Ana Bo Cy Dee");
  });

  it("is not thrown out by who invited them, with another by the same place", () => {
    for (const uses of [1, 2]) {
      const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
      const [ana, bo, cy, dee] = all;
      raise(ana, bo, cy);
      meet(...all);
      const invite = dee.invite({ uses });
      const puppet = new Person("Puppet");
      puppet.state = fromOps(graphOf(dee.ops), newSeat(puppet.random))!;
      // Nor with the place of somebody whom they knew to be in.
      const others = uses > 1 ? [new Person("Yan")] : [];
      const zoe = new Person("Zoe");
      const [came] = [...others, zoe].map((one) => {
        const join = one.join(invite, dee.ops);
        meet(...all, one);
        return join;
      });
      byTwo(ana, bo, role(zoe, "admin"));
      meet(...all, zoe);
      const late = before(came!, (n) =>
        forge(puppet, puppet.joinBody(invite, puppet.state.seat), [invite.id], { at: NOW - n }),
      );
      const view = settled([...union(...all, zoe), late]);
      assert.equal(admins(view), "Ana Bo Cy Zoe");
      assert.ok(!names(view).includes("Puppet"));
    }
  });

  it("is not thrown out by a raise of another one, once all of them are known", () => {
    const [ana] = people("Ana", "Bo");
    const invite = ana.invite({ uses: 2 });
    const [xia, yan, zoe] = [new Person("Xia"), new Person("Yan"), new Person("Zoe")];
    const first = xia.join(invite, ana.ops);
    const joins = (one: Person, other: SignedOp, parent: OpId): SignedOp => {
      one.state = fromOps(graphOf(xia.ops), newSeat(one.random))!;
      return before(other, (n) => forge(one, one.joinBody(invite, one.state.seat), [parent], { at: NOW - n }));
    };
    // Yan knew of Xia, and comes first of those who came once she is in.
    const beside = joins(zoe, first, invite.id);
    const after = joins(yan, beside, first.id);
    knownTo(ana, first, beside, after);
    assert.equal(names(settled(ana.ops)), "Ana Bo Xia Zoe");
    ana.act(role(xia, "admin"));
    assert.equal(names(settled(ana.ops)), "Ana Bo Xia Zoe");
  });

  it("is not thrown out by whom somebody raises who is removed meanwhile", () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee, eve] = all;
    raise(ana, bo, cy, dee);
    meet(...all);
    const invite = eve.invite({ uses: 1 });
    meet(...all);
    const [zoe, puppet] = [new Person("Zoe"), new Person("Puppet")];
    const other = puppet.join(invite, eve.ops);
    zoe.state = fromOps(graphOf(eve.ops), newSeat(zoe.random))!;
    const came = before(other, (n) => forge(zoe, zoe.joinBody(invite, zoe.state.seat), [invite.id], { at: NOW - n }));
    meet(bo, cy, puppet);
    byTwo(bo, cy, role(puppet, "admin"));
    byTwo(ana, dee, removal(ana.view, bo.person));
    assert.equal(names(settled([...union(...all, puppet), came])), "Ana Cy Dee Eve Zoe");
  });
});
