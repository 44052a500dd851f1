/** Row 17 of the attacks: an invite is replayed, stolen, used twice, used after it was withdrawn or has expired. */
import assert from "node:assert/strict";
import { devicesOf, newSeat } from "../../../src/protocol/group.ts";
import { HOUR } from "../../../src/protocol/limits.ts";
import type { OpBody } from "../../../src/protocol/membership.ts";
import { admit } from "../../../src/protocol/resolve.ts";
import { makeCard } from "../../../src/protocol/identity.ts";
import { forge, names, outcome, settled, union } from "../replicas.ts";
import { another, seat } from "../siblings.ts";
import { graphOf, inviteBody, type Invite, meet, NOW, Person, raise, removal, room, viewOf } from "../room.ts";

type Three = readonly [Person, Person, Person];
const three = (policy = {}): Three => room(["Ana", "Bo", "Cy"], policy) as unknown as Three;
const poster = (by: Person): Invite => by.invite();

describe("attack 17: invite replay, theft, double use, expiry", () => {
  it("replay: a proof brings in the key and the person that it was made for, nobody else, and once", () => {
    const [ana, bo] = three();
    const invite = poster(ana);
    const eve = new Person("Eve");
    const op = eve.join(invite, ana.ops);
    const body = op.op.body as Extract<OpBody, { kind: "join" }>;
    const mallory = new Person("Mallory");
    mallory.state = { ...ana.state, seat: newSeat(mallory.random), dag: graphOf(ana.ops) };
    assert.equal(mallory.tryAct(body), undefined, "under another key, with the card of who was meant");
    assert.equal(mallory.tryAct({ ...body, card: mallory.card.bytes }), undefined, "with a card of one's own");
    const hers = { ...mallory.joinBody(invite, mallory.state.seat), card: eve.card.bytes } as OpBody;
    assert.equal(mallory.tryAct(hers), undefined, "with a proof of one's own and another's card");
    // The holder of the seat cannot come in twice by it, nor once more after leaving.
    bo.learn(eve.ops);
    assert.equal(eve.tryAct(body), undefined);
    eve.act({ kind: "leave", cut: [] });
    assert.equal(eve.tryAct(body), undefined);
    const [other] = room(["Zoe"]) as [Person];
    other.state = { ...other.state, seat: eve.state.seat };
    assert.equal(other.tryAct(body), undefined, "in another group");
  });

  it("replay: a key that came in as somebody's device comes in by no code, nor once more as a device when it is out", () => {
    const [ana, bo] = three();
    const phone = another(bo, "Bo's phone");
    seat(bo, phone);
    const invite = poster(ana);
    meet(ana, bo, phone);
    const { op } = phone.ops.find(({ op: { body } }) => body.kind === "device")!;
    const join = phone.joinBody(invite, phone.state.seat);
    assert.equal(phone.tryAct(join), undefined, "it would be a line of its own");
    ana.act({ ...(removal(ana.view, bo.person) as Extract<OpBody, { kind: "remove" }>), members: [phone.member] });
    meet(ana, bo, phone);
    assert.equal(phone.tryAct(join), undefined);
    assert.equal(bo.tryAct(op.body), undefined);
    const anew = newSeat(phone.random);
    phone.state = { ...phone.state, seat: anew };
    assert.ok(phone.tryAct(phone.joinBody(invite, anew)), "under a new one");
  });

  it("replay: who was kept out comes in by no other code under that key, and a proof is good in its own group", () => {
    const [ana, bo] = three();
    const [first, second] = [ana.invite(), ana.invite()];
    meet(ana, bo);
    const eve = new Person("Eve");
    eve.join(first, bo.ops);
    ana.act({ kind: "revoke", invite: first.id });
    meet(ana, bo, eve);
    assert.ok(!eve.view.members.has(eve.member));
    assert.equal(eve.tryAct(eve.joinBody(second, eve.state.seat)), undefined);
    const place = newSeat(eve.random);
    eve.state = { ...eve.state, seat: place };
    const here = eve.joinBody(second, place) as Extract<OpBody, { kind: "join" }>;
    // The same code in another group: whoever was shown the proof cannot come in there by it.
    const there = new Person("Zoe").found();
    const { id } = there.act(inviteBody(second.secret, there.random));
    eve.state = { ...there.state, seat: place, dag: graphOf(there.ops) };
    assert.equal(eve.tryAct({ ...here, invite: id }), undefined);
    assert.ok(eve.tryAct(eve.joinBody({ id, secret: second.secret }, place)));
  });

  it("expiry: the newcomer's own clock is the only one that it is bound to, and counts to the millisecond", () => {
    const [ana] = three();
    const invite = ana.invite({ expires: NOW + HOUR });
    const eve = new Person("Eve");
    eve.now = NOW + HOUR + 1;
    assert.throws(() => eve.join(invite, ana.ops), /not permitted/);
    eve.now = NOW + HOUR;
    assert.ok(eve.join(invite, ana.ops));
  });

  it("double use in two partitions: the lowest hash has the place, and it shows who else took it", () => {
    const [ana, bo, cy] = three();
    const invite = ana.invite({ uses: 1 });
    meet(ana, bo, cy);
    const [eve, fay] = [new Person("Eve"), new Person("Fay")];
    eve.join(invite, ana.ops);
    // Deeper in the graph by its own partition's talk: that changes nothing.
    for (let i = 0; i < 3; i++) bo.act({ kind: "rekey" });
    fay.join(invite, bo.ops);
    bo.learn(fay.ops);
    const [first, second] = eve.ops.at(-1)!.id < fay.ops.at(-1)!.id ? [eve, fay] : [fay, eve];
    const view = settled(union(ana, bo, cy, eve, fay));
    assert.equal(names(view), ["Ana", "Bo", "Cy", first.card.name].join(" "));
    assert.deepEqual(view.contests, [{ invite: invite.id, kept: [first.member], lost: [second.member] }]);
    // What rests on the place that was lost falls with it.
    second.act({ kind: "rekey" });
    const guest = new Person("Gus");
    guest.join(second.invite(), second.ops);
    assert.equal(outcome(ana, bo, cy, eve, fay, guest), ["Ana", "Bo", "Cy", first.card.name].join(" "));
  });

  it("double use: of an invite for three, four at once leave three in, the same everywhere", () => {
    const [ana, bo, cy] = three();
    const invite = ana.invite({ uses: 3 });
    meet(ana, bo, cy);
    const newcomers = ["Eve", "Fay", "Gus", "Hal"].map((name) => new Person(name));
    for (const one of newcomers) one.join(invite, ana.ops);
    const view = settled(union(ana, ...newcomers));
    assert.equal(view.members.size, 6);
    const ids = newcomers.map((one) => [one.ops.at(-1)!.id, one.member] as const).sort(([a], [b]) => (a < b ? -1 : 1));
    assert.deepEqual(view.contests[0]?.lost, [ids[3]![1]]);
  });

  it("double use: one key let in on both sides of a partition is one admission", () => {
    const [ana, bo, cy] = three();
    const invite = ana.invite({ approval: true, uses: 1 });
    meet(ana, bo, cy);
    const eve = new Person("Eve");
    const seat = newSeat(eve.random);
    const admission: OpBody = { kind: "admit", invite: invite.id, member: seat.member, person: eve.person };
    ana.act(admission);
    bo.act(admission);
    eve.join(invite, ana.ops, seat);
    const both = new Person("Eve");
    both.join(invite, bo.ops, seat);
    const view = settled(union(ana, bo, cy, eve, both));
    assert.equal(names(view), "Ana Bo Cy Eve");
    assert.deepEqual(view.contests, []);
  });

  it("double use: of two who were let in at once for one place, the lowest hash comes in", () => {
    const [ana, bo, cy] = three();
    const invite = ana.invite({ approval: true, uses: 1 });
    meet(ana, bo, cy);
    const [eve, fay] = [new Person("Eve"), new Person("Fay")];
    for (const [host, one] of [
      [ana, eve],
      [bo, fay],
    ] as const) {
      const seat = newSeat(one.random);
      host.act({ kind: "admit", invite: invite.id, member: seat.member, person: one.person });
      one.join(invite, host.ops, seat);
    }
    const first = eve.ops.at(-1)!.id < fay.ops.at(-1)!.id ? eve : fay;
    const view = settled(union(ana, bo, eve, fay));
    assert.equal(names(view), ["Ana", "Bo", "Cy", first.card.name].join(" "));
    assert.equal(view.contests.length, 1);
  });

  it("theft: who has an invite's code and not its owner's card comes in by a poster only, and needs its approval", () => {
    const [ana] = three();
    const secret = ana.random(32);
    const [eve, thief] = [new Person("Eve"), new Person("Thief")];
    const { hail: _hail, ...body } = inviteBody(secret, ana.random);
    const { id } = ana.act({ ...body, card: eve.card.bytes });
    assert.throws(() => thief.join({ id, secret }, ana.ops), /not permitted/);
    const approved = ana.invite({ approval: true });
    ana.act({ kind: "admit", invite: approved.id, member: newSeat(eve.random).member, person: eve.person });
    assert.throws(() => thief.join(approved, ana.ops), /not permitted/);
    // Who was let in comes in as who they are, and not with the card of somebody else, which is public.
    const place = newSeat(thief.random);
    ana.act({ kind: "admit", invite: approved.id, member: place.member, person: thief.person });
    thief.state = { ...ana.state, seat: place, dag: graphOf(ana.ops) };
    assert.equal(thief.tryAct(ana.joinBody(approved, place)), undefined);
    assert.ok(thief.tryAct(thief.joinBody(approved, place)));
    assert.throws(() => eve.join(ana.invite({ uses: 0 }), ana.ops), /not permitted/, "for nobody");
  });

  it("use after it was withdrawn: a withdrawal keeps out who came in meanwhile, however deep", () => {
    for (const deep of [0, 4]) {
      const [ana, bo, cy] = three();
      const invite = bo.invite();
      meet(ana, bo, cy);
      for (const withdraws of [ana, bo]) {
        const before = withdraws.state;
        const eve = new Person("Eve");
        eve.join(invite, cy.ops);
        for (let i = 0; i < deep; i++) withdraws.act({ kind: "rekey" });
        withdraws.state = { ...withdraws.state, dag: graphOf(withdraws.ops) };
        withdraws.act({ kind: "revoke", invite: invite.id });
        eve.act({ kind: "rekey" });
        const gus = new Person("Gus");
        gus.join(eve.invite(), eve.ops);
        assert.equal(names(settled(union(withdraws, eve, gus))), "Ana Bo Cy");
        withdraws.state = { ...before, dag: graphOf([...before.dag.all()]) };
      }
    }
  });

  it("use after it was withdrawn by another device of whoever made it, and by no other member's", () => {
    const [ana, bo, cy] = three();
    const phone = another(bo, "Phone");
    seat(bo, phone);
    const invite = bo.invite();
    meet(ana, bo, cy, phone);
    const eve = new Person("Eve");
    eve.join(invite, ana.ops);
    const withdrawn = forge(phone, { kind: "revoke", invite: invite.id }, phone.view.heads);
    assert.equal(names(settled([...union(ana, eve), withdrawn])), "Ana Bo Cy Phone");
    const foreign = forge(cy, { kind: "revoke", invite: invite.id }, cy.view.heads);
    assert.equal(names(settled([...union(ana, eve), foreign])), "Ana Bo Cy Eve Phone");
  });

  it("no eviction by withdrawal: not by a seat that came in with the card of who made it", () => {
    const [ana, bo, cy] = three();
    const invite = poster(ana);
    meet(ana, bo, cy);
    const [puppet, eve] = [new Person("puppet"), new Person("Eve")];
    const place = newSeat(puppet.random);
    puppet.state = { ...bo.state, seat: place, dag: graphOf(bo.ops) };
    puppet.act(ana.joinBody(invite, place));
    meet(ana, bo, cy, puppet);
    const early = puppet.view.heads;
    eve.join(invite, ana.ops);
    meet(ana, bo, cy, eve);
    const late = forge(puppet, { kind: "revoke", invite: invite.id }, early);
    assert.equal(admit(graphOf(puppet.ops), late), "ok");
    assert.ok(
      names(settled([...union(ana, bo, cy, eve, puppet), late]))
        .split(" ")
        .includes("Eve"),
    );
  });

  it("no eviction by withdrawal: not by somebody whose invite it is not, nor against what its author knew", () => {
    const [ana, bo, cy] = three();
    const invite = ana.invite();
    meet(ana, bo, cy);
    const early = cy.view.heads;
    const eve = new Person("Eve");
    eve.join(invite, ana.ops);
    meet(ana, bo, cy, eve);
    // Cy is no admin and did not make the invite: as of before, and so it is too late for Eve.
    const foreign = forge(cy, { kind: "revoke", invite: invite.id }, early);
    assert.equal(admit(graphOf(cy.ops), foreign), "ok");
    assert.equal(names(settled([...union(ana, cy), foreign])), "Ana Bo Cy Eve");
    // Ana made it, and has signed something on top of Eve's coming since.
    const late = forge(ana, { kind: "revoke", invite: invite.id }, early);
    assert.equal(names(settled([...union(ana), late])), "Ana Bo Cy", "nothing says that Ana knew");
    ana.act({ kind: "rekey" });
    assert.equal(names(settled([...union(ana), late])), "Ana Bo Cy Eve", "now something does");
  });

  it("no eviction by removing who invited, as of then, against what its author knew", () => {
    const [ana, bo, cy] = three();
    const invite = poster(bo);
    meet(ana, bo, cy);
    const then = ana.view.heads;
    const seen = ana.view;
    for (let i = 0; i < 3; i++) cy.act({ kind: "rekey" });
    const eve = new Person("Eve");
    eve.join(invite, cy.ops);
    ana.learn(eve.ops);
    ana.act({ kind: "rekey" });
    const late = forge(ana, removal(seen, bo.person), then);
    assert.equal(names(settled([...union(ana, eve), late])), "Ana Cy Eve");
  });

  it("no eviction by withdrawal of whom somebody has made an admin since", () => {
    const [ana, bo, cy] = three();
    const invite = bo.invite();
    meet(ana, bo, cy);
    const early = bo.view.heads;
    const eve = new Person("Eve");
    eve.join(invite, ana.ops);
    ana.learn(eve.ops);
    raise(ana, eve);
    const late = forge(bo, { kind: "revoke", invite: invite.id }, early);
    assert.equal(names(settled([...union(ana, bo, cy, eve), late])), "Ana Bo Cy Eve");
  });

  it("a withdrawal holds, a member's too, though it rests on a word of somebody who is removed at the same time", () => {
    const [ana, bo, cy] = three();
    const invite = cy.invite();
    meet(ana, bo, cy);
    const eve = new Person("Eve");
    eve.join(invite, cy.ops);
    bo.act({ kind: "rekey" });
    cy.learn(bo.ops);
    cy.act({ kind: "revoke", invite: invite.id });
    ana.remove(bo);
    assert.equal(outcome(ana, bo, cy, eve), "Ana Cy");
  });

  it("a withdrawal by somebody who is removed at the same time is none", () => {
    const [ana, bo, cy] = three();
    const invite = bo.invite();
    meet(ana, bo, cy);
    const early = bo.view.heads;
    ana.remove(bo);
    const eve = new Person("Eve");
    const other = cy.invite();
    eve.join(other, cy.ops);
    const late = forge(bo, { kind: "revoke", invite: other.id }, early);
    assert.equal(admit(graphOf(union(ana, bo, cy)), late), "refused", "not even known to him");
    const own = forge(bo, { kind: "revoke", invite: invite.id }, early);
    const fay = new Person("Fay");
    const byCy = new Person("Gus");
    byCy.join(cy.invite(), cy.ops);
    fay.join(invite, cy.ops);
    assert.equal(names(settled([...union(ana, bo, cy, eve, fay, byCy), own])), "Ana Cy Eve Gus");
  });

  it("a withdrawal by an admin who is removed at the same time keeps nobody out", () => {
    const [ana, bo, cy] = three();
    const invite = ana.invite();
    raise(ana, bo);
    meet(ana, bo, cy);
    const late = forge(bo, { kind: "revoke", invite: invite.id }, bo.view.heads);
    const eve = new Person("Eve");
    eve.join(invite, cy.ops);
    assert.equal(names(settled([...union(ana, eve), late])), "Ana Bo Cy");
    ana.remove(bo);
    assert.equal(names(settled([...union(ana, eve), late])), "Ana Cy Eve");
  });

  it("guests: a caucus that takes none takes none by any way in", () => {
    const [ana, bo, cy] = three({ guests: "refuse" });
    const guest = new Person("Guest");
    const marked = makeCard({ ...guest.self, guest: true }, { name: "Guest", flag: "FR", delegation: "" }, NOW);
    const secret = ana.random(32);
    const { hail: _hail, ...body } = inviteBody(secret, ana.random);
    assert.equal(ana.tryAct({ ...body, card: marked.bytes }), undefined, "by card");
    const invite = ana.invite();
    const seat = newSeat(guest.random);
    guest.state = { ...ana.state, seat, dag: graphOf(ana.ops) };
    const join = guest.joinBody(invite, seat) as Extract<OpBody, { kind: "join" }>;
    assert.equal(guest.tryAct({ ...join, card: marked.bytes }), undefined, "by code");
    assert.ok(guest.tryAct(join), "its bare card would do: the mark is said against oneself");
    ana.act({ kind: "policy", policy: { ...ana.view.policy, guests: "ask" } });
    guest.state = { ...ana.state, seat, dag: graphOf(ana.ops) };
    assert.ok(guest.tryAct({ ...join, card: marked.bytes }));
    // Who is invited by card and has not come in is served no longer, as they could never come in.
    const later = new Person("Later");
    const card = makeCard({ ...later.self, guest: true }, { name: "Later", flag: "FR", delegation: "" }, NOW);
    const byCard = { id: ana.act({ ...body, card: card.bytes }).id, secret };
    const beside = later.joinBody.bind(later);
    const invited = [...ana.ops];
    assert.ok(devicesOf(ana.view).some(({ key }) => key === card.device));
    ana.act({ kind: "policy", policy: { ...ana.view.policy, guests: "refuse" } });
    assert.ok(!devicesOf(settled(ana.ops)).some(({ key }) => key === card.device));
    // But for who comes in beside the change.
    const place = newSeat(later.random);
    later.state = { ...ana.state, seat: place, dag: graphOf(invited), view: viewOf(invited) };
    assert.ok(later.tryAct({ ...beside(byCard, place), card: card.bytes } as OpBody));
    assert.ok(settled(union(ana, later)).members.has(place.member));
    ana.act({ kind: "policy", policy: { ...ana.view.policy, guests: "ask" } });
    // Who came in where it was still allowed is in, unless the change comes first in the order of all.
    meet(ana, bo, cy, guest);
    ana.act({ kind: "policy", policy: { ...ana.view.policy, guests: "refuse" } });
    assert.equal(outcome(ana, guest), "Ana Bo Cy Guest");
  });
});
