/** Row 12 of the attacks, by a list of devices that its person has published: whoever signs the operation around it chooses when. */
import assert from "node:assert/strict";
import { fromOps, newSeat } from "../../../src/protocol/group.ts";
import type { OpBody } from "../../../src/protocol/membership.ts";
import { forge, settled, union } from "../replicas.ts";
import { graphOf, meet, Person, raise, removal } from "../room.ts";
import { another, revoking, seat, unseat } from "../siblings.ts";
import { admins, byTwo, knownTo, people, role } from "./admins.ts";

type Unseat = Extract<OpBody, { kind: "unseat" }>;
type Invite = Parameters<Person["joinBody"]>[0];

/** A seat with somebody else's card, which is public. */
const bears = (name: string, whose: Person, { host, code }: { host: Person; code: Invite }): Person => {
  const one = new Person(name);
  const place = newSeat(one.random);
  one.state = fromOps(graphOf(host.ops), place)!;
  one.act(whose.joinBody(code, place));
  return one;
};

describe("attack 12: a list of devices that is played again", () => {
  it("is no word of its person about when they knew of what", () => {
    const all = people("Ana", "Bo", "Cy", "Dee");
    const [ana, bo, cy, dee] = all;
    // Long ago, and elsewhere, Ana has revoked a phone: its card and her list are public.
    const phone = another(ana, "Ana's phone");
    const list = revoking(ana, phone);
    phone.state = ana.state;
    raise(ana, bo);
    const laptop = another(bo, "Bo's laptop");
    seat(bo, laptop);
    meet(...all, laptop);
    const code = dee.invite();
    meet(...all, laptop);
    byTwo(bo, ana, role(cy, "admin"));
    meet(...all);
    byTwo(cy, ana, removal(cy.view, bo.person));
    const known = [...union(...all)];
    assert.equal(admins(settled(known)), "Ana Cy");
    const revoked = forge(laptop, unseat(bo, [bo]), laptop.view.heads);
    known.push(revoked);
    assert.equal(admins(settled(known)), "Ana Cy", "Ana had not heard");
    // Two seats of Bo's, with the cards of Ana and of her phone.
    knownTo(laptop, revoked);
    const puppet = bears("Puppet", ana, { host: laptop, code });
    const doll = another(ana, "Ana's phone");
    seat(puppet, doll);
    const again = puppet.act(unseat(puppet, [doll], { devices: list }));
    known.push(...puppet.ops);
    assert.ok(graphOf(known).has(again.id));
    assert.equal(admins(settled(known)), "Ana Cy");
  });

  it("says since when a device is out by a seat of its own line alone", () => {
    const all = people("Ana", "Bo", "Cy", "Mal");
    const [ana, bo, cy, mal] = all;
    const laptop = another(ana, "Ana's laptop");
    seat(ana, laptop);
    meet(...all, laptop);
    const code = mal.invite();
    meet(...all, laptop);
    const puppet = bears("Puppet", laptop, { host: mal, code });
    const early = puppet.view.heads;
    ana.act(role(bo, "admin"));
    const guest = new Person("Guest");
    guest.join(ana.invite(), ana.ops);
    ana.learn(guest.ops);
    meet(...all, laptop);
    byTwo(bo, ana, role(cy, "admin"));
    meet(...all, laptop);
    const body = unseat(laptop, [ana]);
    const gone = laptop.act(body);
    const known = [...union(bo, cy, mal, laptop), ...guest.ops, ...puppet.ops];
    assert.equal(admins(settled(known)), "Ana's laptop Bo Cy");
    const late = forge(puppet, body, early);
    assert.ok(graphOf([...known, late]).has(late.id));
    assert.equal(admins(settled([...known, late])), "Ana's laptop Bo Cy");
    // Alone it takes the device out, as from another line of hers it should, and nothing of what that has done.
    const alone = [...known.filter(({ id }) => id !== gone.id), late];
    assert.equal(admins(settled(alone)), "Ana's laptop Bo Cy");
    assert.ok(!settled(alone).members.has(ana.member) && settled(alone).members.has(guest.member));
  });

  it("takes no office from the other devices of its person, played as of before others gave it", () => {
    const all = people("Ana", "Bo", "Cy", "Mal");
    const [ana, bo, cy, mal] = all;
    const code = mal.invite();
    meet(...all);
    const laptop = another(cy, "Cy's laptop");
    laptop.state = mal.state;
    const puppet = bears("Puppet", laptop, { host: mal, code });
    const early = puppet.view.heads;
    raise(ana, bo);
    meet(...all);
    byTwo(bo, ana, role(cy, "admin"));
    meet(...all);
    seat(cy, laptop);
    meet(...all, laptop);
    const body = unseat(laptop, [cy]);
    laptop.act(body);
    const known = [...union(...all, laptop), ...puppet.ops];
    assert.equal(admins(settled(known)), "Ana Bo Cy's laptop");
    const late = forge(puppet, body, early);
    assert.ok(graphOf([...known, late]).has(late.id));
    assert.equal(admins(settled([...known, late])), "Ana Bo Cy's laptop");
  });

  it("puts nobody out who came in beside it with a card that it revokes, nor what they did", () => {
    const all = people("Bo", "Mal");
    const [bo, mal] = all;
    const [code, poster] = [mal.invite(), bo.invite()];
    meet(...all);
    const ana = new Person("Ana");
    const laptop = another(ana, "Ana's laptop");
    for (const one of [ana, laptop]) one.state = mal.state;
    // As of before Ana came: two seats with the cards of her devices, and the list that she publishes much later.
    const puppet = bears("Puppet", laptop, { host: mal, code });
    const doll = new Person("Doll", ana.random, ana.self);
    seat(puppet, doll);
    const before = puppet.ops.filter(({ id }) => !mal.state.dag.has(id));
    const late = puppet.act({ ...(unseat(laptop, [ana]) as Unseat), members: [doll.member] });
    for (const byCard of [false, true]) {
      const came = new Person("Ana", ana.random, ana.self);
      const invite = byCard ? bo.invite({ card: came.card.bytes, hail: undefined as never, uses: 1 }) : poster;
      came.join(invite, bo.ops);
      seat(came, laptop);
      // By the device that the list revokes: what it did stands too.
      const brought = came.invite();
      const eve = new Person(`Eve ${byCard}`);
      eve.join(brought, came.ops);
      const known = [...union(mal, bo), ...eve.ops, ...before];
      assert.ok(graphOf([...known, late]).has(late.id));
      const now = settled([...known, late]);
      assert.ok(now.members.has(came.member), "who came in is in");
      assert.ok(now.members.has(laptop.member) && now.members.has(eve.member), "and those whom they brought");
    }
  });
});
