/** That no flood of questions leaves no room for the removal of who signed it, nor makes a view cost more than is said. */
import assert from "node:assert/strict";
import { hex } from "../../src/protocol/codec.ts";
import type { Dag } from "../../src/protocol/dag.ts";
import { FEW_REMOVALS, LAST_CONTEST, MAX_CONTEST, MAX_DOUBT, MAX_OP_PARENTS } from "../../src/protocol/limits.ts";
import type { OpBody } from "../../src/protocol/membership.ts";
import type { Admitted } from "../../src/protocol/resolve.ts";
import { admit, resolve } from "../../src/protocol/resolve.ts";
import type { OpId, PersonId } from "../../src/types.ts";
import { inviteBody, NOW, type Person, removal, room, seeded } from "./room.ts";

const random = seeded("room for a removal");
const rekey: OpBody = { kind: "rekey" };
const nobody = (): OpBody => ({
  kind: "remove",
  person: hex(random(32)) as PersonId,
  members: [],
  invites: [],
  cut: [],
});
const role = (of: Person, to: "admin" | "member"): OpBody => ({ kind: "role", member: of.member, role: to });

/** A group in which anybody signs anything on any parents; signatures have been checked before. */
const crowd = (names: readonly string[]) => {
  const people = room(names);
  const { dag } = (people[0] as Person).state;
  const offer = (by: Person, parents: readonly OpId[], body: OpBody): readonly [Admitted, readonly OpId[]] => {
    const id = hex(random(32)) as OpId;
    const past = dag.closure(parents);
    const seq = dag.by(by.member).filter((i) => past?.has(i)).length;
    const op = { group: by.state.group, parents: [...parents].sort(), author: by.member, seq, at: NOW, body };
    return [admit(dag, { id, op, bytes: new Uint8Array(0) }), [id]];
  };
  const put = (by: Person, parents: readonly OpId[], body: OpBody): readonly OpId[] => {
    const [verdict, made] = offer(by, parents, body);
    assert.equal(verdict, "ok", body.kind);
    return made;
  };
  return { people, dag, offer, put };
};
/** Bo is raised; others each say something; Bo removes them all beside that; Ana goes on above, merging lines of Cy's. */
const tangle = (removals: number, merges: number, fillers: number) => {
  const { people, dag, offer, put } = crowd([
    "Ana",
    "Bo",
    "Cy",
    ...Array.from({ length: removals }, (_, i) => `Extra ${i}`),
  ]);
  const [ana, bo, cy, ...extras] = people as [Person, Person, Person, ...Person[]];
  const start = put(ana, ana.view.heads, role(bo, "admin"));
  const view = resolve(dag, start)!;
  let line = start;
  for (const one of extras) line = put(one, line, rekey);
  const lines = Array.from({ length: merges * fillers }, () => put(cy, start, rekey)[0] as OpId);
  line = put(ana, line, role(bo, "member"));
  for (let i = 0; i < merges; i++)
    line = put(ana, [...line, ...lines.splice(0, fillers)], role(cy, i % 2 === 0 ? "admin" : "member"));
  put(ana, line, nobody());
  const held = extras.filter((one) => offer(bo, start, removal(view, one.person))[0] === "ok").length;
  return { dag, held };
};
/** Every step of a fold reads the operation that it is about. */
const stepsOf = (dag: Dag): number => {
  dag.views.clear();
  let steps = 0;
  const read = dag.at.bind(dag);
  dag.at = (i) => {
    steps++;
    return read(i);
  };
  assert.ok(resolve(dag));
  dag.at = read;
  return steps;
};

describe("attack 22: room for a removal", () => {
  it("nobody has their own removal refused by what they signed beforehand: not side by side", () => {
    const { people, dag, put } = crowd(["Ana", "Bo", "Mal"]);
    const [ana, , mal] = people as [Person, Person, Person];
    const invite = put(mal, mal.view.heads, inviteBody(random(32), random));
    for (let i = 0; i < 230; i++) put(mal, invite, { kind: "revoke", invite: invite[0] as OpId });
    ana.state = { ...ana.state, view: resolve(dag)! };
    // She cannot build on all of it.
    assert.ok(ana.view.heads.length > MAX_OP_PARENTS);
    ana.act(removal(ana.view, mal.person));
    assert.ok(!ana.view.members.has(mal.member));
  });

  it("nor in a line that who removes them does not know of, nor where it takes much to look at", () => {
    for (const fillers of [0, 1500]) {
      const { people, dag, offer, put } = crowd(["Ana", "Bo", "Mal"]);
      const [ana, bo, mal] = people as [Person, Person, Person];
      const start = mal.view.heads;
      let line = put(mal, start, inviteBody(random(32), random));
      const invite = line[0] as OpId;
      const lines = Array.from({ length: fillers }, () => put(mal, start, rekey)[0] as OpId);
      while (lines.length > 0) line = put(mal, [...line, ...lines.splice(0, MAX_OP_PARENTS - 1)], rekey);
      let flood = 0;
      while (flood < 900 && offer(mal, line, { kind: "revoke", invite })[0] === "ok") flood++;
      assert.ok(dag.question.doubt <= MAX_DOUBT, "no more than there is room for");
      assert.ok(fillers === 0 || dag.question.doubt > MAX_DOUBT - 2 * fillers, "and so much");
      const out = removal(resolve(dag, start)!, mal.person);
      put(ana, start, out);
      assert.ok(!resolve(dag)!.members.has(mal.member));
      assert.ok(dag.question.contest <= MAX_CONTEST + LAST_CONTEST);
      assert.ok(resolve(dag)!.members.has(bo.member));
    }
  });

  it("who floods with removals finds an end of it, and another who removes them does not", () => {
    const { people, dag, offer, put } = crowd(["Ana", "Bo", "Cy"]);
    const [ana, bo, cy] = people as [Person, Person, Person];
    const start = put(ana, ana.view.heads, role(bo, "admin"));
    const out = removal(resolve(dag, start)!, bo.person);
    let line = start;
    for (let i = 0; i < 700; i++) line = put(cy, line, rekey);
    // Beside each other: each is a question to each.
    let flood = 0;
    while (offer(bo, line, nobody())[0] === "ok") flood++;
    assert.ok(flood > FEW_REMOVALS && flood < 60, `${flood} removals`);
    assert.ok(dag.question.contest <= MAX_CONTEST);
    put(ana, start, out);
    assert.ok(!resolve(dag)!.members.has(bo.member));
    // What knows of all has its place.
    let heads = dag.heads();
    while (heads.length > 1)
      heads = [...heads.slice(MAX_OP_PARENTS), ...put(cy, heads.slice(0, MAX_OP_PARENTS), rekey)];
    const { contest } = dag.question;
    put(ana, heads, removal(resolve(dag, heads)!, cy.person));
    assert.equal(dag.question.contest, contest);
  });

  it("a view costs what its questions rest on, at most: no product of removals, offices and what is below them", () => {
    for (const [removals, merges, fillers] of [
      [4, 4, 4],
      [12, 4, 4],
      [4, 12, 4],
      [12, 12, 4],
      [12, 12, 12],
    ] as const) {
      const { dag, held } = tangle(removals, merges, fillers);
      assert.equal(held, removals);
      const [steps, most] = [stepsOf(dag), 8 * (dag.question.contest + dag.size)];
      assert.ok(steps < most, `${steps} steps for ${dag.question.contest}, ${dag.size} operations`);
    }
  });

  it("and what would cost more than so much is not held", () => {
    const { dag, held } = tangle(40, 60, 24);
    assert.ok(held < 40, `${held} removals`);
    assert.ok(dag.question.contest <= MAX_CONTEST);
  });
});
