import assert from "node:assert/strict";
import fc from "fast-check";
import { hex } from "../../src/protocol/codec.ts";
import { devicesOf, fromOps, newSeat } from "../../src/protocol/group.ts";
import { HOUR, LAST_OPS, MAX_OP_PARENTS, MAX_OPS, MAX_RECIPIENTS } from "../../src/protocol/limits.ts";
import { makeOp, type OpBody, proveUnseat } from "../../src/protocol/membership.ts";
import { admit, resolve } from "../../src/protocol/resolve.ts";
import { signingPair } from "../../src/protocol/signature.ts";
import type { ChainId, MemberId, OpId } from "../../src/types.ts";
import { outcome, union } from "./replicas.ts";
import { graphOf, meet, membersOf, NOW, Person, raise, removal, room, seeded, viewOf } from "./room.ts";
import { another, revoking, seat } from "./siblings.ts";

type Some = readonly [Person, Person, Person, Person];
/** Four persons; the first `admins` of them are admins. */
const group = (admins = 1): Some => {
  const people = room(["Ana", "Bo", "Cy", "Dee"]) as unknown as Some;
  raise(people[0], ...people.slice(1, admins));
  meet(...people);
  return people;
};
/** An admin's word about others, known to everybody. */
const moves = (people: readonly Person[], mover: Person, to: "out" | "admin", ...about: readonly Person[]): void => {
  for (const { line } of about) mover.act({ kind: "motion", line, to });
  meet(...people);
};
describe("resolution of concurrent operations", () => {
  it("keeps out who was removed, and all that they did meanwhile", () => {
    const people = group(2);
    const [ana, bo, cy, dee] = people;
    moves(people, ana, "admin", cy);
    ana.remove(bo);
    bo.act({ kind: "role", member: cy.member, role: "admin" });
    const eve = new Person("Eve");
    eve.join(bo.invite(), bo.ops);
    assert.equal(outcome(ana, eve, dee), "Ana Cy Dee");
    assert.equal(viewOf(union(ana, eve)).members.get(cy.member)?.role, "member");
  });

  it("lets what the removed did before stand", () => {
    const people = group(2);
    const [ana, bo, cy] = people;
    moves(people, ana, "admin", cy);
    bo.act({ kind: "role", member: cy.member, role: "admin" });
    meet(...people);
    moves(people, cy, "out", bo);
    ana.remove(bo);
    assert.equal(outcome(ana, bo), "Ana Cy Dee");
    assert.equal(viewOf(ana.ops).members.get(cy.member)?.role, "admin");
  });

  it("removes both when two remove each other", () => {
    const [ana, bo] = group(2);
    ana.remove(bo);
    bo.remove(ana);
    assert.equal(outcome(ana, bo), "Cy Dee");
  });

  it("removes all of a circle, and lets a removal from outside break it", () => {
    const circle = group(4);
    const [ana, bo, cy, dee] = circle;
    moves(circle, dee, "out", ana, bo, cy);
    ana.remove(bo);
    bo.remove(cy);
    cy.remove(ana);
    assert.equal(outcome(...circle), "Dee");
    const other = group(4);
    moves(other, other[3], "out", other[0], other[1], other[2]);
    moves(other, other[0], "out", other[2]);
    other[0].remove(other[1]);
    other[1].remove(other[2]);
    other[2].remove(other[0]);
    other[3].remove(other[2]);
    // Dee's strikes Cy's: Ana stays, Ana's strikes Bo's, and Cy goes by Dee's.
    assert.equal(outcome(...other), "Ana Dee");
  });

  it("follows a line of removals: who is removed removes nobody", () => {
    const people = group(4);
    const [ana, bo, cy, dee] = people;
    moves(people, dee, "out", bo, cy);
    moves(people, ana, "out", dee);
    ana.remove(bo);
    bo.remove(cy);
    cy.remove(dee);
    assert.equal(outcome(...people), "Ana Cy");
  });

  it("does not let the removed be saved by whom they bring in or raise at the same time", () => {
    const people = group(2);
    const [ana, bo, cy] = people;
    moves(people, ana, "admin", cy);
    ana.remove(bo);
    bo.act({ kind: "role", member: cy.member, role: "admin" });
    bo.act({ kind: "motion", line: ana.line, to: "out" });
    cy.learn(bo.ops);
    cy.remove(ana);
    assert.equal(outcome(ana, cy), "Ana Cy Dee");
  });

  it("does not let the removed abolish admins so that anybody may act for them", () => {
    const [ana, bo, cy, dee] = group(2);
    ana.remove(bo);
    bo.act({ kind: "role", member: ana.member, role: "member" });
    bo.act({ kind: "role", member: bo.member, role: "member" });
    dee.learn(bo.ops);
    dee.act({ kind: "motion", line: ana.line, to: "out" });
    cy.learn(dee.ops);
    cy.remove(ana);
    assert.equal(outcome(ana, cy), "Ana Cy Dee");
  });

  it("does not let the removed come back by an invitation of their own, then or later", () => {
    const [ana, bo] = group(2);
    const early = bo.invite();
    ana.learn(bo.ops);
    ana.remove(bo);
    const before = bo.ops;
    const again = new Person("Bo again");
    again.join(early, before);
    assert.equal(outcome(ana, again), "Ana Cy Dee");
    const later = new Person("Bo later");
    assert.throws(() => later.join(early, ana.ops));
    assert.throws(() => new Person("Bo once more").join(bo.invite(), ana.ops), /not permitted/);
  });

  it("brings back who is invited again afterwards, under a new key only", () => {
    const [ana, bo] = group();
    const seat = bo.state.seat;
    ana.remove(bo);
    const invite = ana.invite();
    assert.throws(() => new Person("Bo").join(invite, ana.ops, seat), /not permitted/);
    bo.join(invite, ana.ops);
    assert.equal(outcome(ana, bo), "Ana Bo Cy Dee");
    const view = viewOf(union(ana, bo));
    assert.ok(view.gone.has(seat.member) && !view.members.has(seat.member));
  });

  it("gives the last place to one of two who join at once, the same everywhere", () => {
    const [ana] = group();
    const invite = ana.invite({ uses: 1 });
    const [eve, fay] = [new Person("Eve"), new Person("Fay")];
    eve.join(invite, ana.ops);
    fay.join(invite, ana.ops);
    const first = (eve.ops.at(-1)!.id < fay.ops.at(-1)!.id ? eve : fay).card.name;
    assert.equal(outcome(ana, eve, fay), `Ana Bo Cy Dee ${first}`);
    assert.equal(viewOf(union(eve, fay)).invites.has(invite.id), false);
  });

  it("counts, of somebody removed twice, what either had seen", () => {
    const people = group(3);
    const [ana, bo, cy] = people;
    moves(people, ana, "out", cy);
    moves(people, bo, "out", cy);
    const [one, two] = ["a", "b"].map((name) => hex(seeded(name)(16)) as ChainId) as [ChainId, ChainId];
    ana.remove(cy, [{ chain: one, count: 3 }]);
    bo.remove(cy, [
      { chain: one, count: 5 },
      { chain: two, count: 1 },
    ]);
    assert.equal(outcome(ana, bo), "Ana Bo Dee");
    const { cut } = viewOf(union(ana, bo)).gone.get(cy.member)!;
    assert.deepEqual(
      cut,
      new Map([
        [one, 5],
        [two, 1],
      ]),
    );
  });

  it("strikes a join by an invitation that a removal withdrew", () => {
    const [ana, bo] = group(2);
    const eve = new Person("Eve");
    const secret = seeded("eve")(32);
    const op = ana.act({ ...cardInvite(secret), card: eve.card.bytes });
    bo.learn(ana.ops);
    eve.join({ id: op.id, secret }, bo.ops);
    ana.act(removal(ana.view, eve.person));
    assert.equal(outcome(ana, bo, eve), "Ana Bo Cy Dee");
  });

  it("is the same in any order for any tangle of operations", () => {
    const verbs = fc.array(fc.record({ who: fc.nat(3), verb: fc.nat(6), whom: fc.nat(3), meets: fc.nat(9) }), {
      minLength: 4,
      maxLength: 14,
    });
    fc.assert(
      fc.property(verbs, (steps) => {
        const people = group(3);
        for (const { who, verb, whom, meets } of steps) {
          const [one, other] = [people[who] as Person, people[whom] as Person];
          if (verb === 0 && one !== other) one.tryAct(removal(one.view, other.person));
          if (verb === 1) one.tryAct({ kind: "role", member: other.member, role: meets % 2 ? "admin" : "member" });
          if (verb === 2) one.tryAct({ kind: "rekey" });
          if (verb === 3) one.tryAct({ kind: "leave", cut: [] });
          if (verb === 4)
            one.tryAct({ kind: "policy", policy: { open: false, direct: false, invite: "admins", guests: "ask" } });
          if (verb === 5) one.tryAct({ ...cardInvite(one.random(32)), card: other.card.bytes });
          if (meets === 0) meet(one, other);
        }
        outcome(...people);
        // Whoever has the same operations, added as they came, has the same view as well.
        meet(...people);
        for (const one of people) assert.equal(one.view.view, people[0].view.view);
        for (const one of people) assert.deepEqual(membersOf(one.view), membersOf(people[0].view));
      }),
      { numRuns: 25, seed: 10 },
    );
  });
});

const cardInvite = (secret: Uint8Array) => ({
  kind: "invite" as const,
  key: signingPair(secret).public,
  role: "member" as const,
  uses: 1,
  expires: NOW + HOUR,
  approval: false,
  history: "none" as const,
});

describe("a view", () => {
  it("is named by its heads, and differs when anything is added", () => {
    const [ana, bo] = group();
    const before = ana.view.view;
    bo.act({ kind: "rekey" });
    ana.learn(bo.ops);
    assert.notEqual(ana.view.view, before);
    assert.equal(resolve(ana.state.dag, ana.view.heads)?.view, ana.view.view);
  });

  it("of earlier heads stays what it was", () => {
    const [ana, bo] = group();
    const { heads, view } = ana.view;
    ana.remove(bo);
    const earlier = resolve(ana.state.dag, heads)!;
    assert.equal(earlier.view, view);
    assert.ok(earlier.members.has(bo.member) && !ana.view.members.has(bo.member));
    assert.equal(resolve(ana.state.dag, [hex(seeded("x")(32)) as never]), undefined);
  });

  it("cannot be frozen by any number of heads, nor lost on a restart", async () => {
    const [ana, bo, cy] = group();
    const seq = bo.ops.filter(({ op }) => op.author === bo.member).length;
    const forks = Array.from({ length: 3 * MAX_OP_PARENTS }, (_, i) =>
      makeOp(
        { group: ana.state.group, parents: ana.view.heads, seq, at: NOW + i, body: { kind: "rekey" } },
        bo.state.seat.secret,
      ),
    );
    assert.equal(ana.learn(forks), forks.length);
    ana.remove(bo);
    assert.ok(!ana.view.members.has(bo.member), "a removal takes effect");
    const distribution = await ana.rotate();
    assert.ok(ana.view.heads.length <= MAX_OP_PARENTS, "and the heads are merged before the next chain");
    cy.learn(ana.ops);
    assert.equal((await cy.follow(distribution)).kind, "chain");
    assert.equal(fromOps(graphOf(ana.ops), ana.state.seat)?.view.view, ana.view.view);
  });

  it("rests on a bounded past: an endless line of operations is refused", () => {
    const [ana, bo] = group();
    const phone = another(ana, "Ana's phone");
    seat(ana, phone);
    const dag = graphOf(ana.ops);
    const random = seeded("line");
    const body = { kind: "rekey" } as const;
    let parents = ana.view.heads;
    let seq = ana.ops.filter(({ op }) => op.author === ana.member).length;
    let verdict = "ok";
    while (verdict === "ok" && dag.size < 2 * MAX_OPS) {
      // Signatures have been checked before this point, once.
      const op = { group: ana.state.group, parents, author: ana.member, seq: seq++, at: NOW, body };
      const one = { id: hex(random(32)) as OpId, op, bytes: new Uint8Array(0) };
      verdict = admit(dag, one);
      parents = [one.id];
    }
    assert.equal(verdict, "refused");
    assert.equal(dag.size, MAX_OPS - LAST_OPS);
    // But whoever made it can still be removed, and anybody can leave.
    const bodies = {
      remove: removal(ana.view, bo.person),
      leave: { kind: "leave", cut: [] },
      rekey: body,
    } as const;
    const devices = revoking(ana, phone);
    const unseats = (parents: readonly OpId[]): OpBody => {
      const proof = proveUnseat(ana.self.person.secret!, {
        group: ana.state.group,
        author: ana.member,
        parents,
        devices,
      });
      return { kind: "unseat", devices, members: [phone.member], cut: [], proof };
    };
    const last = (kind: keyof typeof bodies | "unseat"): string => {
      const parents = resolve(dag)!.heads;
      const said = kind === "unseat" ? unseats(parents) : bodies[kind];
      return admit(
        dag,
        makeOp({ group: ana.state.group, parents, seq: seq - 1, at: NOW, body: said }, ana.state.seat.secret),
      );
    };
    assert.equal(last("remove"), "ok");
    seq++;
    assert.equal(last("unseat"), "ok", "a lost device is taken out");
    seq++;
    assert.deepEqual([last("unseat"), last("rekey")], ["refused", "refused"], "nobody goes by that any more");
    assert.equal(last("leave"), "ok");
  });

  it("has no more devices than one distribution can serve, however many a member invites", () => {
    const [ana, bo] = group();
    const { card } = new Person("Stranger");
    const dag = graphOf(ana.ops);
    const random = seeded("strangers");
    const body = {
      kind: "invite",
      key: random(32),
      role: "member",
      uses: 1,
      expires: NOW,
      approval: false,
      history: "none",
      card: card.bytes,
    } as const;
    const parents = ana.view.heads;
    const flood = Array.from({ length: MAX_RECIPIENTS + 40 }, () => {
      // Each on its own branch: only together are they too many.
      const other = { ...card, device: hex(random(32)) as typeof card.device };
      const op = { group: ana.state.group, parents, author: bo.member, seq: 1, at: NOW, body };
      return { id: hex(random(32)) as OpId, op, bytes: new Uint8Array(0), card: other };
    });
    for (const one of flood) assert.equal(admit(dag, one), "ok");
    assert.equal(devicesOf(resolve(dag)!).length, MAX_RECIPIENTS + 1);
  });

  it("does not know a group without its beginning", () => {
    const [ana] = group();
    const dag = graphOf(ana.ops.slice(1));
    assert.equal(dag.size, 0);
    assert.equal(resolve(dag), undefined);
    assert.equal(fromOps(dag, newSeat(ana.random)), undefined);
    assert.equal(admit(graphOf(ana.ops), room(["Eve"])[0]!.ops[0]!), "refused", "another group's");
  });

  it("is the same whether operations came one by one or at once", () => {
    const [ana, bo] = group();
    ana.act({ kind: "rekey" });
    ana.act({ kind: "role", member: bo.member as MemberId, role: "admin" });
    const late = ana.ops.slice(-2);
    assert.equal(bo.learn([late[1]!]), 0);
    assert.equal(bo.state.waiting.size, 1);
    assert.equal(bo.learn([late[0]!]), 2);
    assert.equal(bo.state.waiting.size, 0);
    assert.equal(bo.view.view, ana.view.view);
    assert.equal(bo.learn(late), 0);
  });
});
