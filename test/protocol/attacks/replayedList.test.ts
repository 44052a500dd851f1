/** Row 12 of the attacks, by a list of devices: played by others, for it is public; and by its own person, as of whenever. */
import assert from "node:assert/strict";
import { fromOps, newSeat } from "../../../src/protocol/group.ts";
import type { OpBody } from "../../../src/protocol/membership.ts";
import { proveUnseat } from "../../../src/protocol/membership.ts";
import { admit } from "../../../src/protocol/resolve.ts";
import { forge, settled, union } from "../replicas.ts";
import { graphOf, meet, Person, raise, seeded, UNPROVED } from "../room.ts";
import { another, revoking, seat, unseat } from "../siblings.ts";
import { admins, byTwo, people, role } from "./admins.ts";

type Unseat = Extract<OpBody, { kind: "unseat" }>;
type Invite = Parameters<Person["joinBody"]>[0];

/** Another seat of somebody's, a line of its own. */
const comes = (name: string, whose: Person, { host, code }: { host: Person; code: Invite }): Person => {
  const one = new Person(name, seeded(name), whose.self);
  const place = newSeat(one.random);
  one.state = fromOps(graphOf(host.ops), place)!;
  one.act(whose.joinBody(code, place));
  return one;
};

describe("attack 12: a list of devices that is played again", () => {
  it("is nobody's but its person's: the root key says by which seat, on top of what", () => {
    const all = people("Ana", "Bo", "Cy", "Mal");
    const [ana, bo, cy, mal] = all;
    const code = mal.invite();
    meet(...all);
    const laptop = another(ana, "Ana's laptop");
    laptop.state = mal.state;
    // A puppet with the card of a device that Ana has no seat for yet.
    const puppet = new Person("Puppet");
    puppet.state = fromOps(graphOf(mal.ops), newSeat(puppet.random))!;
    puppet.act(laptop.joinBody(code, puppet.state.seat));
    const early = puppet.view.heads;
    raise(ana, bo);
    meet(...all);
    byTwo(bo, ana, role(cy, "admin"));
    meet(...all);
    seat(ana, laptop);
    meet(...all, laptop);
    const { op } = laptop.act(unseat(laptop, [ana]));
    const said = op.body as Unseat;
    const { heads } = laptop.view;
    for (const on of [early, heads, op.parents]) {
      assert.throws(() => forge(puppet, said, on), RangeError, "of another seat");
      assert.throws(() => forge(puppet, { ...said, proof: UNPROVED }, on), RangeError, "by another root key");
    }
    assert.throws(() => forge(laptop, said, heads), RangeError, "on other parents");
    assert.doesNotThrow(() => forge(laptop, said, op.parents));
    const elsewhere = bo.found().state.group;
    assert.throws(() => forge(laptop, said, op.parents, { group: elsewhere }), RangeError, "in another group");
    const other = revoking(laptop, ana, puppet);
    assert.throws(() => forge(laptop, { ...said, devices: other }, op.parents), RangeError, "of another list");
  });

  it("revokes nobody's device by another root key, though who signs it has a seat with that one's card", () => {
    const all = people("Ana", "Bo", "Mal");
    const [ana, , mal] = all;
    const code = mal.invite();
    meet(...all);
    const puppet = new Person("Puppet");
    puppet.state = fromOps(graphOf(mal.ops), newSeat(puppet.random))!;
    puppet.act(ana.joinBody(code, puppet.state.seat));
    const { heads: parents, group } = puppet.view;
    const devices = revoking(mal, ana);
    const proof = proveUnseat(mal.self.person.secret!, { group, author: puppet.member, parents, devices });
    const late = forge(puppet, { ...(unseat(mal, [ana], { devices }) as Unseat), proof }, parents);
    assert.equal(admit(graphOf(puppet.ops), late), "refused");
  });

  it("says since when a device is out by a seat of its own line alone", () => {
    const all = people("Ana", "Bo", "Cy", "Mal");
    const [ana, bo, cy, mal] = all;
    const laptop = another(ana, "Ana's laptop");
    seat(ana, laptop);
    meet(...all, laptop);
    const code = mal.invite();
    meet(...all, laptop);
    const puppet = comes("Puppet", laptop, { host: mal, code });
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
    const puppet = comes("Puppet", laptop, { host: mal, code });
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
    // As of before Ana came by her phone: two seats of hers, and a list that she makes much later.
    const puppet = comes("Puppet", laptop, { host: mal, code });
    const doll = new Person("Doll", ana.random, ana.self);
    seat(puppet, doll);
    const before = puppet.ops.filter(({ id }) => !mal.state.dag.has(id));
    const late = puppet.act({ ...(unseat(laptop, [ana]) as Unseat), members: [doll.member] });
    // The same with a list that revokes the laptop as well.
    const said = { ...(late.op.body as Unseat), devices: revoking(laptop, ana, laptop), proof: UNPROVED };
    const more = forge(puppet, said, late.op.parents);
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
      for (const list of [late, more]) {
        const now = settled([...known, list]);
        assert.ok(now.members.has(came.member), "who came in is in");
        assert.ok(now.members.has(laptop.member) && now.members.has(eve.member), "and those whom they brought");
      }
    }
  });
});

describe("attack 12: a raise of a further seat of who is an admin already", () => {
  it("is not taken back by who gave it, by having left before, dated back", () => {
    const all = people("Ana", "Bo", "Cy", "Dee");
    const [ana, bo, cy, dee] = all;
    const phone = another(dee, "Dee's phone");
    seat(dee, phone);
    raise(ana, bo);
    meet(...all, phone);
    byTwo(bo, ana, role(cy, "admin"));
    meet(...all, phone);
    const early = cy.view.heads;
    byTwo(cy, bo, role(dee, "admin"));
    cy.act(role(phone, "admin"));
    meet(...all, phone);
    const known = [...union(...all, phone)];
    assert.equal(admins(settled(known)), "Ana Bo Cy Dee Dee's phone");
    const left = forge(cy, { kind: "leave", cut: [] }, early);
    assert.equal(admins(settled([...known, left])), "Ana Bo Dee Dee's phone");
  });
});
