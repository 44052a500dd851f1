/**
 * Row 12 of the attacks, by going oneself: an admin leaves, steps down or revokes a device of their own as of long ago, and
 * with it would go what others did by their word.
 */
import assert from "node:assert/strict";
import type { OpBody } from "../../../src/protocol/membership.ts";
import { fromOps, newSeat } from "../../../src/protocol/group.ts";
import type { View } from "../../../src/protocol/resolve.ts";
import { resolve } from "../../../src/protocol/resolve.ts";
import { forge, names, settled, union } from "../replicas.ts";
import { graphOf, meet, NOW, Person, raise, removal } from "../room.ts";
import { another, seat, unseat } from "../siblings.ts";
import { admins, before, byTwo, knownTo, people, role } from "./admins.ts";

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
      assert.equal(admins(settled([...union(...all), revoke])), "Ana Bo's main Cy");
      byTwo(one, other, role(dee, "admin"));
      meet(...all);
      byTwo(one, other, role(eve, "admin"));
      meet(...all);
      byTwo(one, other, role(dee, "member"));
      meet(...all);
      byTwo(one, other, removal(one.view, cy.person));
      meet(...all);
      const view = settled([...union(...all), revoke]);
      assert.equal(admins(view), "Ana Bo's main Eve");
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
    assert.equal(admins(view), "Ana Bo's main Dee");
    assert.equal(names(view), "Ana Bo's main Dee Eve");
    // Nor what the one whom they raised has done since, alone.
    const gone = forge(dee, removal(dee.view, eve.person), dee.view.heads);
    const raiser = forge(main, unseat(bo, [bo]), early);
    assert.equal(names(settled([...union(...all, phone), gone, raiser])), "Ana Bo's main Bo's phone Dee");
    // Nor with the one that seated it: then it never came in, and Ana's word was seconded all the same.
    byTwo(phone, ana, role(eve, "admin"));
    meet(...all, phone);
    const seater = forge(main, unseat(bo, [bo]), atFirst);
    assert.equal(admins(settled([...union(...all, phone), seater])), "Ana Bo's main Dee Eve");
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
    assert.equal(admins(settled([...union(...all), word])), "Ana Bo's main");
    meet(...all);
    ana.act({ kind: "rekey" });
    knownTo(ana, word);
    const raised = forge(ana, role(dee, "admin"), [word.id]);
    const graph = graphOf([...union(...all), word, raised]);
    assert.ok(graph.has(raised.id) && graph.has(revoke.id));
    assert.equal(admins(settled([...union(...all), word, raised])), "Ana Bo's main", "she knew of the revocation");
    assert.equal(names(settled([...union(...all), word, raised])), "Ana Bo's main Cy Dee Eve");
  });
});

describe("whoever revokes the device that let others in, as of before they came", () => {
  it("puts out whom nobody has made an admin, also when they have been put out themselves", () => {
    const all = people("Ana", "Bo", "Cy", "Mal");
    const [ana, bo, cy, mal] = all;
    raise(ana, bo, cy);
    const silent = another(mal, "Mal's silent");
    seat(mal, silent);
    meet(...all, silent);
    const code = mal.invite();
    meet(...all);
    const [fay, gus] = ["Fay", "Gus"].map((name) => new Person(name)) as [Person, Person];
    for (const one of [fay, gus]) {
      one.join(code, ana.ops);
      meet(...all, one);
    }
    byTwo(ana, bo, role(gus, "admin"));
    byTwo(ana, bo, removal(ana.view, mal.person));
    const revoked = forge(silent, unseat(mal, [mal]), silent.view.heads);
    const known = [...union(...all, fay, gus), revoked];
    assert.equal(names(settled(known)), "Ana Bo Cy Gus");
    assert.ok(!graphOf(known).forks.has(mal.member), "and it does not show, but by what that device had acknowledged");
  });
});
