/** Row 11 of the attacks: one set of operations, and replicas that came to it in different ways. */
import assert from "node:assert/strict";
import { newSeat } from "../../../src/protocol/group.ts";
import { setLateEngine, withVerdicts } from "../../../src/protocol/lateEngine.ts";
import { openMessage } from "../../../src/protocol/receiving.ts";
import { admit, resolve } from "../../../src/protocol/resolve.ts";
import { pureEngine, signingPair } from "../../../src/protocol/signature.ts";
import type { OpId } from "../../../src/types.ts";
import { anew, essence, forge, names, settled, union } from "../replicas.ts";
import { graphOf, inviteBody, meet, Person, raise, removal, room, talkingRoom } from "../room.ts";
import { another, seat as seatBeside, unseat } from "../siblings.ts";

const inviteKey = (secret: Uint8Array) => ({ key: signingPair(secret).public });

describe("attack 11: the same operations, another way to them", () => {
  it("a member who comes in twice takes a place that nobody else is then let into by some replicas only", () => {
    const [ana] = room(["Ana"]) as [Person];
    const [first, second] = [ana.invite(), ana.invite({ uses: 1 })];
    const [eve, bo] = [new Person("Eve"), new Person("Bo")];
    const seat = newSeat(eve.random);
    const before = ana.ops;
    eve.join(first, before, seat);
    // On a branch of its own the same key comes in by the other invite too.
    for (let i = 0; i < 3; i++) ana.act({ kind: "rekey" });
    const twin = new Person("Eve");
    twin.join(second, ana.ops, seat);
    ana.learn(eve.ops);
    ana.learn(twin.ops);
    ana.act({ kind: "rekey" });
    let ops = ana.ops;
    try {
      bo.join(second, ana.ops);
      ops = bo.ops;
    } catch {
      // Nobody else comes in by it: that is for all alike.
    }
    assert.deepEqual(essence(anew(ops)), essence(settled(ops)));
  });

  /** Ana withdrew an invite by which Eve came in meanwhile, which she has not heard of; there is a second one. */
  const withdrawn = () => {
    const [ana] = room(["Ana"]) as [Person];
    const [first, second] = [ana.invite({ uses: 1 }), ana.invite({ uses: 1 })];
    const eve = new Person("Eve");
    const seat = newSeat(eve.random);
    const before = ana.ops;
    eve.join(first, before, seat);
    const early = eve.ops;
    ana.act({ kind: "revoke", invite: first.id });
    return { ana, second, seat, early };
  };

  it("whom a withdrawal kept out comes in by nothing that is said later", () => {
    const { ana, second, seat, early } = withdrawn();
    ana.learn(early);
    const again = new Person("Eve");
    try {
      again.join(second, ana.ops, seat);
      ana.learn(again.ops);
      ana.act({ kind: "role", member: seat.member, role: "admin" });
    } catch {
      // A key that was kept out comes in no more.
    }
    assert.deepEqual(essence(anew(ana.ops)), essence(settled(ana.ops)));
  });

  it("whom a withdrawal kept out on one branch, and who came in on another, is raised", () => {
    const { ana, second, seat, early } = withdrawn();
    const again = new Person("Eve");
    again.join(second, ana.ops, seat);
    ana.learn(again.ops);
    ana.learn(early);
    ana.act({ kind: "role", member: seat.member, role: "admin" });
    assert.deepEqual(essence(anew(ana.ops)), essence(settled(ana.ops)));
  });

  it("whom a withdrawal kept out on one branch, and who came in on another, removes somebody for all or for none", () => {
    const { ana, second, seat, early } = withdrawn();
    const [again, bo] = [new Person("Eve"), new Person("Bo")];
    bo.join(ana.invite(), ana.ops);
    ana.learn(bo.ops);
    again.join(second, ana.ops, seat);
    ana.learn([...again.ops, ...early]);
    ana.act({ kind: "role", member: seat.member, role: "admin" });
    again.learn(ana.ops);
    again.remove(bo);
    assert.equal(names(settled(again.ops)), "Ana Eve");
    assert.deepEqual(essence(anew(again.ops)), essence(again.view));
  });

  it("who comes in by a lost device and by somebody else, and is raised later, is the same person for all", () => {
    const [ana, bo] = room(["Ana", "Bo"]) as [Person, Person];
    const phone = another(ana, "Ana's phone");
    seatBeside(ana, phone);
    meet(ana, bo, phone);
    const seat = newSeat(ana.random);
    const [one, other] = [new Person("Eve"), new Person("Zoe")];
    // One key, two persons: by the phone on its own branch, by Bo on a longer one.
    one.join(phone.invite(), phone.ops, seat);
    ana.act(unseat(ana, [phone]));
    bo.act({ kind: "rekey" });
    bo.act({ kind: "rekey" });
    other.join(bo.invite(), bo.ops, seat);
    meet(ana, bo);
    ana.learn([...one.ops, ...other.ops]);
    assert.equal(names(ana.view), "Ana Bo Zoe");
    ana.act({ kind: "role", member: seat.member, role: "admin" });
    assert.equal(names(settled(ana.ops)), "Ana Bo Zoe");
    assert.deepEqual(essence(anew(ana.ops)), essence(ana.view));
  });

  it("who never came in strikes nothing, however long the line of those by whom they say to have come", () => {
    const [ana, bo] = room(["Ana", "Bo"]) as [Person, Person];
    const invite = ana.invite({ uses: 1 });
    ana.act({ kind: "role", member: ana.member, role: "member" });
    bo.learn(ana.ops);
    const [first, second] = [new Person("Cy"), new Person("Dee")];
    first.join(invite, ana.ops);
    second.join(invite, ana.ops);
    // Of two who come in by one place one was not: that one's guest, who acts as an admin in a group without any, removes Bo.
    const [kept, lost] = names(settled(union(first, second))).includes("Cy") ? [first, second] : [second, first];
    const guest = new Person("Eve");
    const way = lost.invite();
    lost.act({ kind: "motion", line: bo.line, to: "out" });
    guest.join(way, lost.ops);
    guest.remove(bo);
    const mine = bo.invite();
    const zoe = new Person("Zoe");
    zoe.join(mine, bo.ops);
    const all = union(ana, bo, kept, lost, guest, zoe);
    assert.equal(names(settled(all)), ["Ana", "Bo", kept.card.name, "Zoe"].sort().join(" "));
  });

  it("an invite whose places are taken, by whom ever, is not withdrawn by some replicas only", () => {
    const [ana] = room(["Ana"]) as [Person];
    const { hail: _, ...byCard } = inviteBody(ana.random(32), ana.random);
    const [eve, bo] = [new Person("Eve"), new Person("Bo")];
    bo.join(ana.invite(), ana.ops);
    meet(ana, bo);
    const secret = ana.random(32);
    const op = bo.act({ ...byCard, ...inviteKey(secret), uses: 1, card: eve.card.bytes });
    const seat = newSeat(eve.random);
    eve.join(ana.invite(), ana.ops, seat);
    const again = new Person("Eve");
    again.join({ id: op.id, secret }, [...bo.ops], seat);
    ana.learn([...bo.ops, ...eve.ops, ...again.ops]);
    ana.remove(bo);
    assert.deepEqual(essence(anew(ana.ops)), essence(ana.view));
  });

  /** Ana and Bo are admins; Cy brings Eve in, in one of several ways, and Ana and Bo make her the third. */
  const third = (
    approval: boolean,
    known: "invite" | "nothing",
  ): { readonly people: readonly [Person, Person, Person, Person]; readonly early: readonly OpId[] } => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as unknown as [Person, Person, Person];
    const eve = new Person("Eve");
    const seat = newSeat(eve.random);
    raise(ana, bo);
    meet(ana, bo, cy);
    const before = bo.view.heads;
    const invite = cy.invite({ approval });
    const early = known === "invite" ? cy.view.heads : before;
    for (let i = 0; i < 3; i++) cy.act({ kind: "rekey" });
    if (approval) cy.act({ kind: "admit", invite: invite.id, member: seat.member, person: eve.person });
    eve.join(invite, cy.ops, seat);
    meet(ana, bo, cy, eve);
    raise(ana, bo, eve);
    meet(ana, bo, cy, eve);
    assert.equal(ana.view.members.get(eve.member)?.role, "admin");
    return { people: [ana, bo, cy, eve], early };
  };
  for (const approval of [false, true])
    for (const known of ["invite", "nothing"] as const)
      it(`no admin goes with who brought them in: a removal dated back, of whose ${approval ? "admission" : "invitation"} its author says to have known ${known === "invite" ? "only the invite" : "nothing"}`, () => {
        const { people, early } = third(approval, known);
        const [ana, bo, cy] = people;
        meet(...people);
        const late = forge(bo, removal(cy.view, cy.person), early);
        assert.equal(admit(graphOf(bo.ops), late), "ok");
        const view = settled([...union(...people), late]);
        assert.equal(names(view), "Ana Bo Eve");
        assert.equal([...view.members.values()].filter(({ role }) => role === "admin").length, 3);
        // Nor is what she does with a second one undone so.
        ana.act({ kind: "motion", line: bo.line, to: "out" });
        const eve = people[3];
        eve.learn(ana.ops);
        eve.remove(bo);
        assert.equal(names(settled([...union(ana, cy, eve), late])), "Ana Cy Eve");
      });
});

describe("attack 21: verdicts that come late", () => {
  it("a message that is read while signatures are decided leaves nobody out of a view", async () => {
    const [ana, bo] = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as [Person, Person];
    const said = ana.say("hello");
    bo.state.dag.views.clear();
    setLateEngine({ verify: async (...of) => pureEngine.verify(...of) });
    try {
      const opened = await withVerdicts(() => openMessage(bo.state, ana.chain, 0, said.frame, bo.now));
      assert.equal(opened.kind === "message" && opened.received.audience.length, 2);
    } finally {
      setLateEngine(undefined);
    }
    assert.equal(resolve(bo.state.dag)?.members.size, 3);
  });
});
