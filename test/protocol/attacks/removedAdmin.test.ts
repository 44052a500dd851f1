/** Row 12 of the attacks: an admin signs what looks as if it had been signed earlier. */
import assert from "node:assert/strict";
import { MOTION_LIFE } from "../../../src/protocol/limits.ts";
import { fromOps, newSeat } from "../../../src/protocol/group.ts";
import type { OpBody, SignedOp } from "../../../src/protocol/membership.ts";
import { admit } from "../../../src/protocol/resolve.ts";
import type { OpId } from "../../../src/types.ts";
import { forge, names, outcome, settled, union } from "../replicas.ts";
import { graphOf, meet, NOW, Person, raise, removal, room, viewOf } from "../room.ts";
import { another, seat } from "../siblings.ts";
import { before } from "./admins.ts";

type Five = readonly [Person, Person, Person, Person, Person];

interface Stage {
  readonly people: Five;
  /** What everybody knew when Ana and Bo were the only admins. */
  readonly early: readonly OpId[];
}
/** Ana, Bo and Cy are admins, in that order; Dee and Eve are members. */
const stage = (): Stage => {
  const people = room(["Ana", "Bo", "Cy", "Dee", "Eve"]) as unknown as Five;
  const [ana, bo, cy] = people;
  raise(ana, bo);
  meet(...people);
  const early = ana.view.heads;
  raise(ana, bo, cy);
  meet(...people);
  return { people, early };
};
/** `first` and `second` remove somebody, properly. */
const removeByTwo = (first: Person, second: Person, whom: Person): void => {
  second.act({ kind: "motion", line: whom.line, to: "out" });
  first.learn(second.ops);
  first.remove(whom);
};

describe("attack 12: backdated op by removed admin", () => {
  it("needs a second admin to take out one of three, and a second one's word lasts for three days", () => {
    const { people } = stage();
    const [ana, bo, cy, dee] = people;
    assert.equal(ana.tryAct(removal(ana.view, bo.person)), undefined);
    assert.equal(ana.tryAct({ kind: "role", member: bo.member, role: "member" }), undefined, "nor down");
    ana.act({ kind: "motion", line: bo.line, to: "out" });
    assert.equal(ana.tryAct(removal(ana.view, bo.person)), undefined, "nobody is their own second");
    assert.equal(dee.tryAct({ kind: "motion", line: bo.line, to: "out" }), undefined, "no member's word");
    meet(...people);
    const late = { ...removal(cy.view, bo.person) };
    assert.equal(admit(graphOf(cy.ops), forge(cy, late, cy.view.heads, { at: NOW + MOTION_LIFE + 1 })), "refused");
    assert.equal(admit(graphOf(cy.ops), forge(cy, late, cy.view.heads, { at: NOW + MOTION_LIFE })), "ok");
    assert.equal(
      cy.tryAct({ kind: "role", member: bo.member, role: "member" }),
      undefined,
      "for that and nothing else",
    );
    cy.remove(bo);
    assert.equal(outcome(ana, cy), "Ana Cy Dee Eve");
    assert.equal(viewOf(cy.ops).motions.size, 0, "done");
    assert.ok(ana.learn(cy.ops) > 0 && ana.tryAct(removal(ana.view, cy.person)), "of two, each may remove the other");
  });

  it("has no second in a seat of its own that came in with the card of another admin", () => {
    const { people } = stage();
    const [ana, bo, cy] = people;
    const puppet = new Person("puppet");
    const place = newSeat(puppet.random);
    const invite = bo.invite();
    puppet.state = fromOps(graphOf(bo.ops), place)!;
    // Ana's card is public, and who holds a code comes in by it as whom they like.
    puppet.act(ana.joinBody(invite, place));
    bo.learn(puppet.ops);
    assert.equal(bo.tryAct({ kind: "role", member: place.member, role: "admin" }), undefined, "not by Bo alone");
    assert.equal(puppet.tryAct({ kind: "motion", line: cy.line, to: "out" }), undefined);
    assert.equal(bo.tryAct(removal(bo.view, cy.person)), undefined);
    // A second device of hers that she brought in herself is hers.
    const phone = another(ana, "Ana's phone");
    seat(ana, phone);
    ana.act({ kind: "role", member: phone.member, role: "member" });
    assert.ok(ana.tryAct({ kind: "role", member: phone.member, role: "admin" }));
  });

  it("cannot void what another did by words that a seat with that one's card signs beside it", () => {
    const [ana, bo, cy, eve] = room(["Ana", "Bo", "Cy", "Eve"]) as unknown as [Person, Person, Person, Person];
    raise(ana, bo);
    meet(ana, bo, cy, eve);
    const puppet = new Person("puppet");
    const place = newSeat(puppet.random);
    const invite = eve.invite();
    puppet.state = fromOps(graphOf(eve.ops), place)!;
    puppet.act(ana.joinBody(invite, place));
    meet(ana, bo, cy, eve);
    ana.learn(puppet.ops);
    meet(ana, bo);
    const bos = union(bo);
    // Ana removes Bo, one of two; beside that Bo and Ana's earlier word make Cy the third, and the puppet has seen it.
    ana.act({ kind: "motion", line: cy.line, to: "admin" });
    bo.learn(ana.ops);
    bo.act({ kind: "role", member: cy.member, role: "admin" });
    puppet.learn(bo.ops);
    puppet.act({ kind: "rekey" });
    ana.remove(bo);
    assert.ok(bos.length > 0);
    assert.ok(!outcome(ana, bo, cy, puppet).split(" ").includes("Bo"));
  });

  it("cannot restore self: not by an invitation, a role, another device or by whoever these bring", () => {
    const { people, early } = stage();
    const [ana, bo, cy, dee] = people;
    const before = bo.view.heads;
    removeByTwo(ana, cy, bo);
    for (const heads of [before, early]) {
      const eve = new Person("Bo again");
      bo.state = { ...bo.state, dag: graphOf(bo.ops.filter((_, i) => bo.state.dag.closure(heads)!.has(i))) };
      const { state } = bo;
      bo.state = { ...state, view: viewOf(bo.ops) };
      eve.join(bo.invite(), bo.ops);
      bo.tryAct({ kind: "role", member: dee.member, role: "admin" });
      bo.tryAct({ kind: "policy", policy: { open: true, direct: false, invite: "admins", guests: "ask" } });
      assert.equal(outcome(ana, cy, bo, eve), "Ana Cy Dee Eve");
    }
  });

  it("cannot remove an admin alone when there are three, whatever it says to have known", () => {
    const { people, early } = stage();
    const [ana, bo, cy] = people;
    const heads = bo.view.heads;
    const alone = removal(bo.view, ana.person);
    assert.equal(admit(graphOf(bo.ops), forge(bo, alone, heads)), "refused");
    // As of the time when they were two, before it seconded the third: permitted there, and beside its own word since.
    const backdated = forge(bo, alone, early);
    assert.equal(admit(graphOf(bo.ops), backdated), "ok");
    assert.equal(names(settled([...union(...people), backdated])), "Ana Bo Cy Dee Eve", "still in");
    removeByTwo(ana, cy, bo);
    assert.equal(names(settled([...union(...people), backdated])), "Ana Cy Dee Eve", "removed");
    assert.deepEqual([...graphOf([...ana.ops, backdated]).forks.keys()], [bo.member], "and it shows");
  });

  it("cannot silence what speaks against one removal with another of its own", () => {
    const people = room(["Ana", "Bo", "Cy", "Dee", "Eve"]) as unknown as Five;
    const [ana, bo, cy, dee] = people;
    raise(ana, bo);
    meet(...people);
    const early = ana.view.heads;
    // Bo is for it and Ana signs: that they are three, Ana alone has said.
    bo.act({ kind: "motion", line: cy.line, to: "admin" });
    ana.learn(bo.ops);
    ana.act({ kind: "role", member: cy.member, role: "admin" });
    meet(...people);
    const alone = removal(bo.view, ana.person);
    const one = forge(bo, alone, early);
    const all = [...union(...people), one];
    assert.equal(names(settled(all)), "Ana Bo Cy Dee Eve");
    const twin = forge(bo, alone, early, { at: NOW + 1 });
    assert.equal(names(settled([...all, twin])), "Ana Bo Cy Dee Eve", "the same once more");
    const rested = graphOf([...all, twin]);
    assert.ok(rested.has(twin.id));
    const on = forge(bo, { kind: "rekey" }, [twin.id], {
      seq: [...rested.closure([twin.id])!].filter((i) => rested.at(i).op.author === bo.member).length,
    });
    assert.equal(names(settled([...all, twin, on])), "Ana Bo Cy Dee Eve", "with a word on top of it");
    const other = forge(bo, { ...alone, members: [] } as OpBody, early);
    const both = [...all, other, forge(bo, removal(bo.view, dee.person), early)];
    assert.equal(
      names(settled(both)),
      "Ana Bo Cy Eve",
      "with removals of others, of which a member's is an admin's to sign",
    );
  });

  it("cannot sign with another device what the first one knew better", () => {
    const people = room(["Ana", "Bo", "Cy", "Dee", "Eve"]) as unknown as Five;
    const [ana, bo, cy] = people;
    raise(ana, bo);
    meet(...people);
    const laptop = another(bo, "Bo's laptop");
    seat(bo, laptop);
    meet(...people, laptop);
    const early = ana.view.heads;
    raise(ana, bo, cy);
    meet(...people);
    const alone = forge(laptop, removal(laptop.view, ana.person), early);
    assert.equal(admit(graphOf(laptop.ops), alone), "ok");
    assert.equal(names(settled([...union(...people), alone])), "Ana Bo Bo's laptop Cy Dee Eve");
  });

  it("cannot take an admin down alone either", () => {
    const { people, early } = stage();
    const [ana, bo] = people;
    const backdated = forge(bo, { kind: "role", member: ana.member, role: "member" }, early);
    const view = settled([...union(...people), backdated]);
    assert.equal(view.members.get(ana.member)?.role, "admin");
    ana.act({ kind: "rekey" });
    assert.equal(settled([...union(...people), backdated]).members.get(ana.member)?.role, "admin");
  });

  it("cannot make its own second: where there are two admins, both make the third", () => {
    const people = room(["Ana", "Bo", "Cy"]) as unknown as readonly [Person, Person, Person];
    const [ana, bo, cy] = people;
    raise(ana, bo);
    meet(...people);
    assert.equal(bo.tryAct({ kind: "role", member: cy.member, role: "admin" }), undefined);
    const poster = { kind: "invite", role: "admin" } as const;
    assert.throws(() => bo.invite(poster), /not permitted/);
    ana.act({ kind: "motion", line: cy.line, to: "admin" });
    meet(...people);
    assert.ok(bo.tryAct({ kind: "role", member: cy.member, role: "admin" }));
    meet(...people);
    assert.equal(names(viewOf(union(...people))), "Ana Bo Cy");
  });

  it("makes no admin by an old invitation either, once there are two", () => {
    const ana = new Person("Ana").found();
    const poster = ana.invite({ role: "admin" });
    const [bo, cy] = [new Person("Bo"), new Person("Cy")];
    bo.join(poster, ana.ops);
    cy.join(poster, bo.ops);
    assert.deepEqual(
      [ana, bo, cy].map((one) => settled(union(ana, bo, cy)).members.get(one.member)?.role),
      ["admin", "admin", "member"],
    );
  });

  it("cannot take back what another has seconded by saying it once more, as of long ago", () => {
    const [bo, ana, cy] = room(["Bo", "Ana", "Cy"]) as unknown as readonly [Person, Person, Person];
    raise(bo, ana);
    meet(ana, bo, cy);
    const motion = ana.act({ kind: "motion", line: cy.line, to: "admin" });
    bo.learn(ana.ops);
    const raised = bo.act({ kind: "role", member: cy.member, role: "admin" });
    meet(ana, bo, cy);
    const again = { kind: "motion", line: cy.line, to: "admin" } as const;
    // Ties are broken by ids, and an id can be had by trying.
    const first = before(raised, (n) => forge(ana, again, [motion.id], { at: NOW - 2 * MOTION_LIFE - n }));
    assert.equal(settled([...union(ana, bo, cy), first]).members.get(cy.member)?.role, "admin");
  });

  it("cannot second what it is removed for: its word falls, and what rests on it", () => {
    const { people } = stage();
    const [ana, bo, cy, dee] = people;
    raise(ana, bo, cy, dee);
    meet(...people);
    cy.act({ kind: "motion", line: bo.line, to: "out" });
    meet(...people);
    // Meanwhile Bo speaks against Ana, and Dee, who has not heard of Bo's removal, acts on it.
    ana.remove(bo);
    bo.act({ kind: "motion", line: ana.line, to: "out" });
    dee.learn(bo.ops);
    dee.remove(ana);
    assert.equal(outcome(...people), "Ana Cy Dee Eve");
  });

  it("lets two who remove each other by two both go, as always", () => {
    const { people } = stage();
    const [ana, bo, cy] = people;
    cy.act({ kind: "motion", line: ana.line, to: "out" });
    cy.act({ kind: "motion", line: bo.line, to: "out" });
    meet(...people);
    ana.remove(bo);
    bo.remove(ana);
    assert.equal(outcome(...people), "Cy Dee Eve");
  });

  it("cannot void its own removal of another with the help of whom it removed", () => {
    const people = room(["Ana", "Bo", "Cy"]) as unknown as readonly [Person, Person, Person];
    const [ana, bo, cy] = people;
    raise(ana, bo);
    meet(...people);
    const early = ana.view.heads;
    bo.remove(ana);
    raise(bo, cy);
    cy.learn(bo.ops);
    cy.remove(bo);
    // Ana and Bo, both out, sign a past in which they made a third and Bo went on.
    const graph = (...more: SignedOp[]): SignedOp[] => [...union(...people), ...more];
    const motion = forge(bo, { kind: "motion", line: cy.line, to: "admin" }, early);
    const role = forge(ana, { kind: "role", member: cy.member, role: "admin" }, early);
    const known = graphOf(graph(motion));
    const raised = forge(ana, { kind: "role", member: cy.member, role: "admin" }, [motion.id], {
      seq: [...known.closure([motion.id])!].filter((i) => known.at(i).op.author === ana.member).length,
    });
    const after = graphOf(graph(motion, raised));
    const word = forge(bo, { kind: "rekey" }, [raised.id], {
      seq: [...after.closure([raised.id])!].filter((i) => after.at(i).op.author === bo.member).length,
    });
    assert.equal(graphOf(graph(role)).has(role.id), false, "alone Ana could not");
    assert.ok(graphOf(graph(motion, raised, word)).has(word.id));
    assert.equal(names(settled(graph(motion, raised, word))), "Cy");
  });
});

describe("attack 12: what an admin signs as of a time when somebody was no admin yet", () => {
  /** Dee came in by Eve's code and was made an admin by two, none of them Cy; Cy has said nothing since. */
  const later = (): Stage & { readonly zoe: Person } => {
    const { people } = stage();
    const [ana, bo, cy, , eve] = people;
    cy.act({ kind: "rekey" });
    const code = eve.invite();
    meet(...people);
    const early = ana.view.heads;
    const zoe = new Person("Zoe");
    zoe.join(code, ana.ops);
    meet(ana, bo, zoe);
    raise(ana, bo, zoe);
    meet(ana, bo, zoe);
    assert.equal(ana.view.members.get(zoe.member)?.role, "admin");
    return { people, early, zoe };
  };

  it("is outweighed by the two who made them one: by removing who brought them in, or their invite", () => {
    const { people, early, zoe } = later();
    const [, , cy, dee, eve] = people;
    const all = [...union(...people, zoe)];
    const inviter = forge(cy, removal(cy.view, eve.person), early);
    assert.equal(names(settled([...all, inviter])), "Ana Bo Cy Dee Zoe");
    const nobody = forge(cy, { kind: "remove", person: zoe.person, members: [], invites: [], cut: [] }, early);
    assert.equal(names(settled([...all, nobody])), "Ana Bo Cy Dee Eve Zoe");
    // And nobody falls because a policy that did not know of them is put before them in the order.
    const guest = new Person("Guest");
    dee.learn(union(...people, zoe));
    guest.join(dee.invite(), dee.ops);
    const policy = { kind: "policy", policy: { ...cy.view.policy, invite: "admins", guests: "refuse" } } as const;
    assert.equal(names(settled([...guest.ops, forge(cy, policy, early)])), "Ana Bo Cy Dee Eve Guest Zoe");
  });

  it("is outweighed by them when it removes the one whom they raise", () => {
    const { people } = stage();
    const [ana, bo, cy, dee] = people;
    const early = ana.view.heads;
    raise(ana, bo, dee);
    const alone = forge(cy, removal(cy.view, dee.person), early);
    assert.equal(admit(graphOf(cy.ops), alone), "ok");
    assert.equal(names(settled([...union(...people), alone])), "Ana Bo Cy Dee Eve");
  });

  it("voids nothing of theirs alone: not by who raised them and has seen the third come", () => {
    const [bo, ana, cy] = room(["Bo", "Ana", "Cy"]) as unknown as readonly [Person, Person, Person];
    const early = bo.view.heads;
    const gone = removal(bo.view, ana.person);
    raise(bo, ana);
    meet(ana, bo);
    raise(ana, bo, cy);
    meet(ana, bo, cy);
    for (const body of [gone, { kind: "role", member: ana.member, role: "member" } as const]) {
      const { members } = settled([...union(ana, bo, cy), forge(bo, body, early)]);
      assert.deepEqual(
        [ana, bo, cy].map(({ member }) => members.get(member)?.role),
        ["admin", "admin", "admin"],
      );
    }
  });
});
