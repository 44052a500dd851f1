/**
 * Row 12 of the attacks, by going oneself: an admin leaves, steps down or revokes a device of their own as of long ago, and
 * with it would go what others did by their word.
 */
import assert from "node:assert/strict";
import type { OpBody, SignedOp } from "../../../src/protocol/membership.ts";
import { proveDevice } from "../../../src/protocol/membership.ts";
import { fromOps, newSeat } from "../../../src/protocol/group.ts";
import type { View } from "../../../src/protocol/resolve.ts";
import { resolve } from "../../../src/protocol/resolve.ts";
import type { OpId } from "../../../src/types.ts";
import { forge, names, settled, union } from "../replicas.ts";
import { graphOf, inviteBody, meet, NOW, Person, publicOf, raise, removal, room } from "../room.ts";
import { another, seat, unseat } from "../siblings.ts";

const admins = (view: View): string =>
  names({ members: new Map([...view.members].filter(([, { role }]) => role === "admin")) });
const people = (...all: readonly string[]) => room(all) as unknown as readonly [Person, Person, Person, Person, Person];
/** `by` says it is for it, and `with_` does it. */
const byTwo = (by: Person, second: Person, body: OpBody): readonly [SignedOp, SignedOp] => {
  const [first] = body.kind === "remove" ? body.members : body.kind === "role" ? [body.member] : [];
  const { line } = by.view.members.get(first!)!;
  const to = body.kind === "remove" ? "out" : body.kind === "role" ? body.role : "member";
  const motion = second.act({ kind: "motion", line, to });
  by.learn(second.ops);
  return [motion, by.act(body)];
};
const role = (of: Person, to: "admin" | "member"): OpBody => ({ kind: "role", member: of.member, role: to });
/** The first of many that are the same but for their id, which its author may try: it comes before `other` where they are level. */
const before = (other: SignedOp, make: (n: number) => SignedOp): SignedOp => {
  for (let n = 0; ; n++) {
    const op = make(n);
    if (op.id < other.id) return op;
  }
};
const knownTo = (by: Person, ...ops: readonly SignedOp[]): void => void by.learn(ops);

describe("attack 12: what an admin's going, dated back, takes along", () => {
  const retreats: readonly (readonly [string, (of: Person) => OpBody])[] = [
    ["left", () => ({ kind: "leave", cut: [] })],
    ["was an admin no more", (of) => role(of, "member")],
  ];
  for (const [what, retreat] of retreats) {
    it(`is not whom two of four made an admin, or a member: one of them says that they ${what} before`, () => {
      const [ana, bo, cy, dee, eve] = people("Ana", "Bo", "Cy", "Dee", "Eve");
      raise(ana, bo, cy);
      meet(ana, bo, cy, dee, eve);
      for (const [author, mover] of [
        [ana, bo],
        [bo, ana],
      ] as const) {
        const early = author.view.heads;
        const atFirst = union(ana, bo, cy, dee, eve);
        const [, done] = byTwo(author, mover, role(dee, "admin"));
        meet(ana, bo, cy, dee, eve);
        byTwo(author, mover, role(cy, "member"));
        meet(ana, bo, cy, dee, eve);
        const all = union(ana, bo, cy, dee, eve);
        assert.equal(admins(settled(all)), "Ana Bo Dee");
        for (const one of [author, mover]) {
          const late = before(done, (n) => forge(one, retreat(one), early, { at: NOW - n }));
          const expected = ["Ana", "Bo", "Dee"].filter((name) => name !== one.card.name).join(" ");
          assert.equal(admins(settled([...all, late])), expected);
        }
        for (const one of [ana, bo, cy, dee, eve]) one.state = fromOps(graphOf(atFirst), one.state.seat)!;
      }
    });

    it(`is not whom they made one alone, when they were the only one: they say that they ${what} before`, () => {
      const [ana, bo, cy, dee] = people("Ana", "Bo", "Cy", "Dee");
      const early = ana.view.heads;
      const first = ana.act(role(bo, "admin"));
      meet(ana, bo, cy, dee);
      byTwo(bo, ana, role(cy, "admin"));
      meet(ana, bo, cy, dee);
      const late = before(first, (n) => forge(ana, retreat(ana), early, { at: NOW - n }));
      assert.equal(admins(settled([...union(ana, bo, cy, dee), late])), "Bo Cy");
    });

    it(`is not whom they let in: they say that they ${what} before they invited`, () => {
      const [ana, bo, cy] = people("Ana", "Bo", "Cy");
      raise(ana, bo);
      meet(ana, bo, cy);
      for (const host of [bo, cy]) {
        const early = host.view.heads;
        const invite = host.invite({ approval: true });
        const [zoe, place] = [new Person("Zoe"), newSeat(new Person(`Zoe by ${host.card.name}`).random)];
        host.act({ kind: "admit", invite: invite.id, member: place.member, person: zoe.person });
        zoe.join(invite, host.ops, place);
        meet(ana, bo, cy, zoe);
        const made = host.ops.find(({ id }) => id === invite.id)!;
        const late = before(made, (n) => forge(host, retreat(host), early, { at: NOW - n }));
        assert.ok(names(settled([...union(ana, bo, cy, zoe), late])).includes("Zoe"));
      }
    });

    it(`is no device of their own that another's deed rests on: the device that seated it ${what} before`, () => {
      const [ana, bo, cy] = people("Ana", "Bo", "Cy");
      raise(ana, bo);
      meet(ana, bo, cy);
      const early = bo.view.heads;
      const laptop = another(bo, "Bo's laptop");
      seat(bo, laptop);
      const brought = bo.ops.at(-1)!;
      meet(ana, bo, cy, laptop);
      byTwo(ana, laptop, role(cy, "admin"));
      meet(ana, bo, cy, laptop);
      const late = before(brought, (n) => forge(bo, retreat(bo), early, { at: NOW - n }));
      const view = settled([...union(ana, bo, cy, laptop), late]);
      assert.ok(admins(view).includes("Ana") && admins(view).includes("Cy"), admins(view));
      assert.ok(names(view).includes("Bo's laptop"));
    });
  }

  it("is not who came in as an admin by their code when there was no other", () => {
    const [ana, dee] = people("Ana", "Dee");
    const early = ana.view.heads;
    const code = ana.invite({ role: "admin", uses: 3 });
    const bo = new Person("Bo");
    const join = bo.join(code, ana.ops);
    meet(ana, bo, dee);
    const invite = ana.ops.find(({ id }) => id === code.id)!;
    for (const [, retreat] of retreats) {
      const late = before(invite, (n) => forge(ana, retreat(ana), early, { at: NOW - n }));
      assert.ok(admins(settled([...union(ana, bo), late])).includes("Bo"));
    }
    // Nor because another comes in by it, dated to the same moment.
    const puppet = new Person("Puppet");
    puppet.state = fromOps(graphOf(union(ana, bo, dee).filter(({ id }) => id !== join.id)), newSeat(puppet.random))!;
    const late = before(join, (n) =>
      forge(puppet, puppet.joinBody(code, puppet.state.seat), [code.id], { at: NOW - n }),
    );
    assert.ok(admins(settled([...union(ana, bo), late])).includes("Bo"));
  });
});

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

  it("is taken down with all devices of theirs that are admins, and with no other's", () => {
    const { all, ana, bo, cy, phone } = stage();
    bo.act(role(phone, "admin"));
    meet(...all);
    byTwo(ana, cy, role(phone, "member"));
    assert.equal(admins(settled(union(...all))), "Ana Cy");
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

describe("attack 12: whoever revokes the device by which they were for it", () => {
  /** Ana and Bo are admins, Bo by two devices. */
  const stage = () => {
    const all = people("Ana", "Bo", "Cy", "Dee", "Eve");
    const [ana, bo, cy, dee, eve] = all;
    const main = another(bo, "Bo's main");
    seat(bo, main);
    meet(...all, main);
    raise(ana, bo);
    meet(...all, main);
    return { all: [...all, main], ana, bo, cy, dee, eve, main, early: ana.view.heads };
  };

  it("takes nothing of it back: not whom the two raised, took down or removed", () => {
    for (const first of [true, false]) {
      const { all, ana, bo, cy, dee, eve, main, early } = stage();
      const [one, other] = first ? [ana, bo] : [bo, ana];
      byTwo(one, other, role(cy, "admin"));
      meet(...all);
      const revoke = forge(main, unseat(bo, [bo]), early);
      assert.equal(admins(settled([...union(...all), revoke])), "Ana Cy");
      byTwo(one, other, role(dee, "admin"));
      meet(...all);
      byTwo(one, other, role(eve, "admin"));
      meet(...all);
      byTwo(one, other, role(dee, "member"));
      meet(...all);
      byTwo(one, other, removal(one.view, cy.person));
      meet(...all);
      const view = settled([...union(...all), revoke]);
      assert.equal(admins(view), "Ana Eve");
      assert.equal(names(view), "Ana Bo's main Dee Eve");
    }
  });

  it("takes nothing back either with the device that made that one an admin", () => {
    const { all, ana, bo, cy, dee, eve, main } = stage();
    byTwo(ana, bo, role(cy, "admin"));
    const phone = another(bo, "Bo's phone");
    meet(...all);
    const atFirst = ana.view.heads;
    seat(bo, phone);
    bo.act(role(phone, "member"));
    meet(...all, phone);
    const early = ana.view.heads;
    bo.act(role(phone, "admin"));
    meet(...all, phone);
    byTwo(ana, phone, role(dee, "admin"));
    byTwo(ana, phone, removal(ana.view, cy.person));
    meet(...all, phone);
    const revoke = forge(main, unseat(bo, [bo, phone]), early);
    const view = settled([...union(...all, phone), revoke]);
    assert.equal(admins(view), "Ana Dee");
    assert.equal(names(view), "Ana Bo's main Dee Eve");
    // Nor what the one whom they raised has done since, alone.
    const gone = forge(dee, removal(dee.view, eve.person), dee.view.heads);
    const raiser = forge(main, unseat(bo, [bo]), early);
    assert.equal(names(settled([...union(...all, phone), gone, raiser])), "Ana Bo's main Bo's phone Dee");
    // Nor with the one that seated it: then it never came in, and Ana's word was seconded all the same.
    byTwo(phone, ana, role(eve, "admin"));
    meet(...all, phone);
    const seater = forge(main, unseat(bo, [bo]), atFirst);
    assert.equal(admins(settled([...union(...all, phone), seater])), "Ana Dee Eve");
  });

  it("loses nothing to a thief and another who put that person out together, as of before", () => {
    const { all, ana, bo, cy, main } = stage();
    byTwo(ana, bo, role(cy, "admin"));
    meet(...all);
    const early = ana.view.heads;
    main.act(unseat(bo, [bo]));
    const word = forge(bo, { kind: "motion", line: bo.line, to: "out" }, early);
    knownTo(ana, word);
    const gone = forge(ana, removal(resolve(ana.state.dag, early) as View, bo.person), [word.id]);
    assert.ok(graphOf([...union(...all), word, gone]).has(gone.id));
    assert.equal(names(settled([...union(...all), word, gone])), "Ana Bo's main Cy Dee Eve");
  });

  it("can lose a device: what a thief does with it alone is void, and with another admin once that one knew", () => {
    const { all, ana, bo, dee, main } = stage();
    const early = ana.view.heads;
    const revoke = main.act(unseat(bo, [bo]));
    const word = forge(bo, { kind: "motion", line: dee.line, to: "admin" }, early);
    assert.equal(admins(settled([...union(...all), word])), "Ana", "Bo's main is a member");
    meet(...all);
    ana.act({ kind: "rekey" });
    knownTo(ana, word);
    const raised = forge(ana, role(dee, "admin"), [word.id]);
    const graph = graphOf([...union(...all), word, raised]);
    assert.ok(graph.has(raised.id) && graph.has(revoke.id));
    assert.equal(admins(settled([...union(...all), word, raised])), "Ana", "she knew of the revocation");
    assert.equal(names(settled([...union(...all), word, raised])), "Ana Bo's main Cy Dee Eve");
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

  it("can do so no more once their root key has spoken, by a seat that is no admin and of no line of theirs", () => {
    const [ana, bo, cy] = people("Ana", "Bo", "Cy");
    raise(ana, bo);
    meet(ana, bo, cy);
    const [lost, twin] = [another(bo, "Bo's lost"), another(bo, "Bo's twin")];
    seat(bo, lost);
    const [invite, place] = [bo.invite(), newSeat(twin.random)];
    twin.state = fromOps(graphOf(bo.ops), place)!;
    twin.act(twin.joinBody(invite, place));
    meet(ana, bo, cy, twin);
    const [motion] = byTwo(ana, bo, role(cy, "admin"));
    meet(ana, bo, cy, twin);
    const alone = forge(bo, role(ana, "member"), [motion.id]);
    assert.equal(admins(settled([...union(ana, bo, cy, twin), alone])), "Bo Bo's lost Cy");
    twin.act(unseat(bo, [lost]));
    assert.equal(admins(settled([...union(ana, bo, cy, twin), alone])), "Ana Bo Cy");
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
