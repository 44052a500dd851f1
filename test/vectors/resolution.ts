/** Vectors of resolution: sets of operations, and the view that every replica makes of each. SPEC.md §8, §18. */
import { hex } from "../../src/protocol/codec.ts";
import { fromOps, newSeat } from "../../src/protocol/group.ts";
import { MOTION_LIFE } from "../../src/protocol/limits.ts";
import type { SignedOp } from "../../src/protocol/membership.ts";
import { admit } from "../../src/protocol/resolve.ts";
import type { View } from "../../src/protocol/resolve.ts";
import type { OpId } from "../../src/types.ts";
import { forge, union } from "../protocol/replicas.ts";
import { graphOf, meet, NOW, Person, raise, removal, room, viewOf } from "../protocol/room.ts";
import { another, seat, unseat } from "../protocol/siblings.ts";

type Four = readonly [Person, Person, Person, Person];
const four = (): Four => room(["Ana", "Bo", "Cy", "Dee"]) as unknown as Four;
type Set = readonly SignedOp[];

/** Ana, Bo and Cy are admins; `early` is when the first two were alone. */
const threeAdmins = (): { readonly people: Four; readonly early: readonly OpId[] } => {
  const people = four();
  const [ana, bo, cy] = people;
  raise(ana, bo);
  meet(...people);
  const early = ana.view.heads;
  raise(ana, bo, cy);
  meet(...people);
  return { people, early };
};

const scenarios: Readonly<Record<string, () => Set>> = {
  "a removal voids what the removed did beside it, and whom they brought in": () => {
    const [ana, bo, cy, dee] = four();
    const eve = new Person("Eve");
    eve.join(cy.invite(), cy.ops);
    cy.act({ kind: "rekey" });
    ana.remove(cy, [{ chain: "07".repeat(16) as never, count: 7 }]);
    return union(ana, bo, cy, dee, eve);
  },
  "what descends from something void stands where it does not need it": () => {
    const [ana, bo, cy, dee] = four();
    cy.act({ kind: "rekey" });
    bo.learn(cy.ops);
    bo.act({ kind: "rekey" });
    ana.remove(cy);
    return union(ana, bo, cy, dee);
  },
  "two who remove each other are both out": () => {
    const [ana, bo, cy, dee] = four();
    raise(ana, bo);
    meet(ana, bo, cy, dee);
    ana.remove(bo);
    bo.remove(ana);
    return union(ana, bo, cy, dee);
  },
  "a removal from outside breaks a circle": () => {
    const people = four();
    const [ana, bo, cy, dee] = people;
    raise(ana, bo, cy, dee);
    meet(...people);
    for (const one of [ana, bo, cy]) dee.act({ kind: "motion", line: one.line, to: "out" });
    cy.act({ kind: "motion", line: ana.line, to: "out" });
    ana.act({ kind: "motion", line: cy.line, to: "out" });
    meet(...people);
    ana.remove(bo);
    bo.remove(cy);
    cy.remove(ana);
    dee.remove(cy);
    return union(...people);
  },
  "concurrent removals of one keep the larger counts": () => {
    const [ana, bo, cy, dee] = four();
    raise(ana, bo);
    meet(ana, bo, cy, dee);
    const [one, two] = ["01".repeat(16), "02".repeat(16)] as never[];
    bo.now = NOW + 5;
    ana.remove(dee, [{ chain: one!, count: 3 }]);
    bo.remove(dee, [
      { chain: one!, count: 5 },
      { chain: two!, count: 1 },
    ]);
    return union(ana, bo, cy, dee);
  },
  "who was removed comes in again afterwards under a new key": () => {
    const [ana, bo, cy, dee] = four();
    ana.remove(cy);
    const again = new Person("Cy again", cy.random, cy.self);
    again.join(ana.invite(), ana.ops);
    return union(ana, bo, cy, dee, again);
  },
  "of two who take the last place at once the lower id has it": () => {
    const [ana, bo] = four();
    const invite = ana.invite({ uses: 1 });
    const [eve, fay] = [new Person("Eve"), new Person("Fay")];
    eve.join(invite, ana.ops);
    fay.join(invite, ana.ops);
    return union(ana, bo, eve, fay);
  },
  "one who is let in twice takes one place": () => {
    const [ana, bo, cy, dee] = four();
    const invite = ana.invite({ uses: 2 });
    const eve = new Person("Eve");
    const first = eve.join(invite, ana.ops);
    const second = forge(eve, first.op.body, first.op.parents, { at: NOW + 1 });
    return [...union(ana, bo, cy, dee, eve), second];
  },
  "a withdrawal keeps out who came in beside it": () => {
    const [ana, bo, cy, dee] = four();
    const invite = bo.invite();
    meet(ana, bo, cy, dee);
    const eve = new Person("Eve");
    eve.join(invite, cy.ops);
    ana.act({ kind: "revoke", invite: invite.id });
    return union(ana, bo, cy, dee, eve);
  },
  "a withdrawal by who knew of the newcomer keeps nobody out": () => {
    const [ana, bo, cy, dee] = four();
    const invite = ana.invite();
    meet(ana, bo, cy, dee);
    const early = ana.view.heads;
    const eve = new Person("Eve");
    eve.join(invite, cy.ops);
    ana.learn(eve.ops);
    ana.act({ kind: "rekey" });
    return [...union(ana, bo, cy, dee, eve), forge(ana, { kind: "revoke", invite: invite.id }, early)];
  },
  "who needs approval comes in once a host has admitted them": () => {
    const [ana, bo] = four();
    const invite = ana.invite({ approval: true });
    const eve = new Person("Eve");
    const place = newSeat(eve.random);
    eve.state = fromOps(graphOf(ana.ops), place)!;
    const body = eve.joinBody(invite, place);
    const early = forge(eve, body, eve.view.heads);
    ana.act({ kind: "admit", invite: invite.id, member: place.member, person: eve.person });
    eve.state = fromOps(graphOf(ana.ops), place)!;
    return [...union(ana, bo), early, forge(eve, body, eve.view.heads)];
  },
  "nobody goes with who brought them in because a removal is dated back": () => {
    const [ana, bo, cy, dee] = four();
    const invite = bo.invite();
    meet(ana, bo, cy, dee);
    const [then, seen] = [ana.view.heads, ana.view];
    const eve = new Person("Eve");
    eve.join(invite, cy.ops);
    ana.learn(eve.ops);
    ana.act({ kind: "rekey" });
    return [...union(ana, bo, cy, dee, eve), forge(ana, removal(seen, bo.person), then)];
  },
  "a removal of an admin by one alone, dated back to when they were two, is void": () => {
    const { people, early } = threeAdmins();
    const [ana, bo] = people;
    return [...union(...people), forge(bo, removal(bo.view, ana.person), early)];
  },
  "a removal of an admin by one with a second holds, and without one is refused": () => {
    const { people } = threeAdmins();
    const [ana, bo, cy, dee] = people;
    cy.act({ kind: "motion", line: bo.line, to: "out" });
    const alone = forge(ana, removal(ana.view, bo.person), ana.view.heads);
    ana.learn(cy.ops);
    const late = forge(ana, removal(ana.view, bo.person), ana.view.heads, { at: NOW + MOTION_LIFE + 1 });
    ana.remove(bo);
    return [...union(ana, bo, cy, dee), alone, late];
  },
  "whom two have raised meanwhile is out of the reach of one": () => {
    const { people } = threeAdmins();
    const [ana, bo, cy, dee] = people;
    const early = ana.view.heads;
    raise(ana, bo, dee);
    return [...union(...people), forge(cy, removal(cy.view, dee.person), early)];
  },
  "a change of policy binds who knew of it": () => {
    const [ana, bo, cy, dee] = four();
    const eve = new Person("Eve");
    const policy = { open: false, direct: false, invite: "admins", guests: "refuse" } as const;
    ana.act({ kind: "policy", policy });
    eve.join(cy.invite(), cy.ops);
    bo.learn(ana.ops);
    const refused = forge(
      bo,
      { kind: "invite", key: bo.random(32), hail: bo.random(32), role: "member", uses: 1, expires: NOW, approval: false, history: "none" },
      bo.view.heads,
    );
    return [...union(ana, bo, cy, dee, eve), refused];
  },
  "a lost device that is an admin cannot strike its own person's hand": () => {
    const [ana, bo, cy, dee] = four();
    const lost = another(ana, "Ana, another device");
    seat(ana, lost);
    meet(ana, bo, cy, dee, lost);
    ana.act(unseat(ana, [lost]));
    const eve = new Person("Eve");
    lost.remove(bo);
    eve.join(lost.invite(), lost.ops);
    return union(ana, bo, cy, dee, lost, eve);
  },
  "what needs its parents waits": () => {
    const [ana, bo] = four();
    const first = ana.act({ kind: "rekey" });
    ana.act({ kind: "rekey" });
    return union(ana, bo).filter(({ id }) => id !== first.id);
  },
};

const outcome = (view: View) => ({
  view: view.view,
  heads: view.heads,
  members: [...view.members.values()].map(({ member, person, role, by }) => ({ member, person, role, by })).sort(byKey),
  invites: [...view.invites.values()].map(({ invite, left }) => ({ invite, left })).sort(byKey),
  gone: [...view.gone.values()]
    .map(({ member, how, since, at, cut }) => ({ member, how, since, at, cut: Object.fromEntries(cut) }))
    .sort(byKey),
  withdrawn: [...view.withdrawn.keys()].sort(),
  motions: [...view.motions.keys()].sort(),
  contests: view.contests.map(({ invite, kept, lost }) => ({ invite, kept: [...kept].sort(), lost })),
});
const byKey = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** What becomes of each operation of a set, in the order in which they are listed, and of all of them together. */
const resolved = (name: string, set: Set) => {
  const dag = graphOf(set);
  const verdict = (op: SignedOp): string => {
    if (dag.has(op.id)) return "admitted";
    return admit(graphOf(dag.all()), op) === "waiting" ? "waiting" : "refused";
  };
  return {
    name,
    operations: set.map((op) => ({ id: op.id, kind: op.op.body.kind, verdict: verdict(op), bytes: hex(op.bytes) })),
    ...outcome(viewOf(set)),
  };
};

export const resolutionVectors = () => Object.entries(scenarios).map(([name, make]) => resolved(name, make()));
