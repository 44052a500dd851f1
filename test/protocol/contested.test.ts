/** More operations than anybody honest signs, each of which could be a question to each: what a view of them costs. */
import assert from "node:assert/strict";
import { hex } from "../../src/protocol/codec.ts";
import { addOps } from "../../src/protocol/group.ts";
import { FOLD_UNITS } from "../../src/protocol/limits.ts";
import { type OpBody, type SignedOp } from "../../src/protocol/membership.ts";
import type { Dag } from "../../src/protocol/dag.ts";
import type { Admitted } from "../../src/protocol/resolve.ts";
import { admit, resolve } from "../../src/protocol/resolve.ts";
import type { DeviceId, MemberId, OpId, PersonId } from "../../src/types.ts";
import { meet, NOW, type Person, raise, removal, room, seeded, talkingRoom } from "./room.ts";

const random = seeded("contested");

describe("attack 22: floods of operations that contest each other", () => {
  const op = (by: Person, parents: readonly OpId[], body: OpBody = { kind: "rekey" }): SignedOp => ({
    id: hex(random(32)) as OpId,
    // Signatures have been checked before this point, once.
    op: {
      group: by.state.group,
      parents,
      author: by.member,
      seq: by.ops.filter((one) => one.op.author === by.member).length,
      at: NOW,
      body,
    },
    bytes: new Uint8Array(0),
  });
  it("removals without end, side by side, are decided about as one: two admins' against each other, and one's of many", () => {
    const kinds: Record<string, (i: number, ana: Person, bo: Person, cy: Person) => readonly [Person, OpBody]> = {
      "of each other": (i, ana, bo) =>
        i % 2 === 0 ? [ana, removal(ana.view, bo.person)] : [bo, removal(bo.view, ana.person)],
      "of one who goes on": (i, ana, _, cy) =>
        i % 2 === 0 ? [ana, removal(ana.view, cy.person)] : [cy, { kind: "rekey" }],
      "of ever others": (i, ana, bo) =>
        i % 2 === 0
          ? [ana, { kind: "remove", person: hex(random(32)) as PersonId, members: [], invites: [], cut: [] }]
          : [bo, removal(bo.view, ana.person)],
    };
    for (const [kind, make] of Object.entries(kinds)) {
      const work = (count: number): number => {
        const people = room(["Ana", "Bo", "Cy"]) as readonly [Person, Person, Person];
        const [ana] = people;
        raise(ana, people[1]);
        meet(...people);
        const { dag } = ana.state;
        const parents = ana.view.heads;
        const made = Array.from({ length: count }, (_, i) => {
          const [by, body] = make(i, ...people);
          return op(by, parents, body);
        });
        for (const one of made) assert.equal(admit(dag, one), "ok");
        dag.views.clear();
        let asked = 0;
        for (const name of ["concurrent", "isAncestor"] as const) {
          const ask = dag[name].bind(dag);
          dag[name] = (a, b) => {
            asked++;
            return ask(a, b);
          };
        }
        assert.ok(resolve(dag));
        return asked;
      };
      const [few, many] = [work(40), work(160)];
      assert.ok(many < 6 * few + 100, `${kind}: ${few} questions of 40 operations, ${many} of 160`);
    }
  });

  /** Bo removes Ana beside all that comes of her taking him down and raising another: offices, and removals above them. */
  const contest = (count: number, parted: boolean) => {
    const people = room(["Ana", "Bo", "Cy", "Dee"]) as readonly [Person, Person, Person, Person];
    const [ana, bo, cy, dee] = people;
    const { dag } = ana.state;
    const offer = (by: Person, parents: readonly OpId[], body: OpBody): readonly [Admitted, readonly OpId[]] => {
      const { id, op: bare } = op(by, parents, body);
      const seq = [...(dag.closure(parents) ?? [])].filter((i) => dag.at(i).op.author === by.member).length;
      return [admit(dag, { id, op: { ...bare, seq }, bytes: new Uint8Array(0) }), [id]];
    };
    const put = (by: Person, parents: readonly OpId[], body: OpBody): readonly OpId[] => {
      const [verdict, made] = offer(by, parents, body);
      assert.equal(verdict, "ok");
      return made;
    };
    const role = (of: Person, to: "admin" | "member"): OpBody => ({ kind: "role", member: of.member, role: to });
    const nobody = (): OpBody => ({
      kind: "remove",
      person: hex(random(32)) as PersonId,
      members: [],
      invites: [],
      cut: [],
    });
    const early = put(ana, ana.view.heads, role(bo, "admin"));
    const out = removal(resolve(dag, early)!, ana.person);
    let at = early;
    const steps = [early];
    if (parted) for (let i = 1; i < count; i++) steps.push((at = put(ana, at, { kind: "rekey" })));
    at = put(ana, at, role(bo, "member"));
    at = put(ana, at, role(cy, "admin"));
    at = put(ana, at, { kind: "leave", cut: [] });
    for (let i = 0; i < count; i++) at = put(cy, at, role(dee, i % 2 === 0 ? "admin" : "member"));
    for (let i = 0; i < count; i++) put(cy, at, nobody());
    let beside = early;
    for (let i = 0; i < count; i++) {
      put(bo, steps[i] ?? beside, out);
      if (!parted) beside = put(bo, beside, { kind: "rekey" });
    }
    return { dag };
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
    assert.deepEqual([...resolve(dag)!.members.values()].map(({ card }) => card.name).sort(), ["Bo", "Cy", "Dee"]);
    dag.at = read;
    return steps;
  };

  it("who was one of two admins makes no product of offices that are void, removals above them, and removals that void them", () => {
    const [few, many] = [stepsOf(contest(15, false).dag), stepsOf(contest(60, false).dag)];
    assert.ok(many < 7 * few, `${few} steps of 15 each, ${many} of 60`);
    // Where each takes something else along, what stands after that is worked out for each, once.
    const [some, more] = [stepsOf(contest(15, true).dag), stepsOf(contest(60, true).dag)];
    assert.ok(more < 16 * some, `${some} steps of 15 each, ${more} of 60`);
  });

  it("whoever names view after view to have them made has a budget for it, and waits when it is spent", async () => {
    const [ana, bo, cy] = (await talkingRoom(["Ana", "Bo", "Cy"])) as readonly [Person, Person, Person];
    const { dag } = bo.state;
    ana.act({ kind: "rekey" });
    meet(ana, bo, cy);
    const said = await ana.rotate();
    const honest = await cy.rotate();
    dag.views.clear();
    let spent = 0;
    while (dag.folds.spend(ana.member, 1000, bo.now)) spent += 1000;
    assert.ok(spent <= FOLD_UNITS && spent > FOLD_UNITS - 1000);
    dag.folds.spend(ana.member, FOLD_UNITS - spent, bo.now);
    assert.deepEqual(await bo.follow(said), { kind: "later", sender: ana.member, chain: ana.chain });
    assert.equal(dag.views.size, 0, "and nothing was worked out");
    // Others have their own; what is at hand costs nothing; and a minute later it is opened.
    assert.equal((await bo.follow(honest)).kind, "chain");
    dag.views.clear();
    bo.now += 60_000;
    assert.equal((await bo.follow(said)).kind, "chain");
  });

  it("two lines of many who come in by one code are set against each other once", () => {
    const work = (count: number): number => {
      const [ana] = room(["Ana", "Bo"]) as readonly [Person, Person];
      const { dag } = ana.state;
      const { id } = ana.invite({ uses: count });
      const { key } = dag.get(id)!.op.body as Extract<OpBody, { kind: "invite" }>;
      const prekey = { number: 1, key: random(32) };
      for (let line = 0; line < 2; line++) {
        let at = ana.view.heads;
        for (let i = 0; i < count; i++) {
          const body = { kind: "join", invite: id, card: random(1), prekey, proof: random(64) } as const;
          const { id: some, op: bare, bytes } = op(ana, at, body);
          // Who came first comes last by id.
          const own = `${(9999 - i).toString()}${some.slice(4)}` as OpId;
          const card = { ...ana.card, person: hex(random(32)) as PersonId, device: hex(random(32)) as DeviceId };
          const author = hex(random(32)) as MemberId;
          const join = { id: own, op: { ...bare, author, seq: 0 }, bytes, card, proof: { key, good: true } };
          assert.equal(admit(dag, join), "ok");
          at = [join.id];
        }
      }
      dag.views.clear();
      let asked = 0;
      const ask = dag.isAncestor.bind(dag);
      dag.isAncestor = (a, of) => {
        asked++;
        return ask(a, of);
      };
      assert.equal(resolve(dag)!.contests[0]!.kept.length, count);
      return asked;
    };
    const [few, many] = [work(20), work(80)];
    assert.ok(many < 20 * few, `${few} questions of 20 each, ${many} of 80`);
  });

  it("whoever signs without end what nobody may do waits with all that they sign, and nobody else does", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as readonly [Person, Person, Person];
    const { dag } = ana.state;
    const good = [bo, cy].map((by) => op(by, ana.view.heads));
    let views = 0;
    for (let i = 0; i < 9000; i++) {
      const raise = op(bo, ana.view.heads, { kind: "role", member: bo.member, role: "admin" });
      if (admit(dag, raise, ana.now) === "refused") views++;
    }
    assert.equal(views, Math.ceil(FOLD_UNITS / dag.size));
    ana.state = addOps(ana.state, good, ana.now).state;
    assert.deepEqual(
      good.map(({ id }) => dag.has(id)),
      [false, true],
    );
    // It is not lost.
    ana.state = addOps(ana.state, [], ana.now + 60_000).state;
    assert.ok(dag.has(good[0]!.id));
  });
});
