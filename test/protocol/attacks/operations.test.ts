/** Rows 11 and 13 of the attacks: concurrent operations of every kind, and operations that are not their author's. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { concat, hex, unhex } from "../../../src/protocol/codec.ts";
import { fromOps, newSeat } from "../../../src/protocol/group.ts";
import { makeCard } from "../../../src/protocol/identity.ts";
import type { OpBody, SignedOp } from "../../../src/protocol/membership.ts";
import { makeOp, proveDevice, readOp } from "../../../src/protocol/membership.ts";
import { admit } from "../../../src/protocol/resolve.ts";
import { forge, names, outcome, settled, union } from "../replicas.ts";
import { graphOf, meet, NOW, Person, publicOf, raise, removal, room, seeded } from "../room.ts";
import { another } from "../siblings.ts";

type Four = readonly [Person, Person, Person, Person];
const four = (): Four => room(["Ana", "Bo", "Cy", "Dee"]) as unknown as Four;

describe("attack 11: concurrent add, remove, demotion, re-add, mutual and cyclic", () => {
  it("ends alike on every replica, in any order of arrival", () => {
    const people = four();
    const [ana, bo, cy, dee] = people;
    raise(ana, bo);
    meet(...people);
    // Removed by one, demoted by the other, and brought in again by a third who knew of neither.
    ana.remove(bo);
    bo.act({ kind: "role", member: ana.member, role: "member" });
    const again = new Person("Bo");
    again.join(cy.invite(), cy.ops, newSeat(seeded("again")));
    assert.equal(outcome(ana, bo, again), "Ana Cy Dee", "to come back takes an invitation that knows of the removal");
    const view = settled(union(...people, again));
    assert.equal(view.members.get(ana.member)?.role, "admin", "what the removed did meanwhile is void");
    meet(ana, cy, dee);
    const later = new Person("Bo");
    later.join(ana.invite(), ana.ops, newSeat(seeded("later")));
    assert.equal(outcome(ana, cy, dee, later), "Ana Bo Cy Dee");
  });

  it("ends alike for any tangle of forged operations on any parents", () => {
    const step = fc.record({ who: fc.nat(3), verb: fc.nat(8), whom: fc.nat(3), from: fc.nat(99), more: fc.nat(99) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
        const people = four();
        const [ana, bo, cy] = people;
        raise(ana, bo, cy);
        meet(...people);
        let ops: readonly SignedOp[] = ana.ops;
        for (const { who, verb, whom, from, more } of steps) {
          const [one, other] = [people[who] as Person, people[whom] as Person];
          const dag = graphOf(ops);
          one.state = { ...one.state, dag };
          const parents = [...new Set([from, more].map((i) => dag.at(i % dag.size).id))].filter(
            (a, _, both) => !both.some((b) => a !== b && dag.closure([b])!.has(dag.indexOf(a)!)),
          );
          const invites = dag.all().filter(({ op }) => op.body.kind === "invite");
          const bodies: readonly OpBody[] = [
            removal(ana.view, other.person),
            { kind: "role", member: other.member, role: more % 2 ? "admin" : "member" },
            { kind: "motion", line: other.line, to: more % 2 ? "out" : "admin" },
            { kind: "rekey" },
            { kind: "leave", cut: [] },
            { kind: "revoke", invite: invites[more % invites.length]!.id },
            { kind: "policy", policy: { ...ana.view.policy, invite: more % 2 ? "admins" : "members" } },
            { kind: "remove", person: other.person, members: [], invites: [], cut: [] },
            { kind: "admit", invite: invites[0]!.id, member: other.member, person: other.person },
          ];
          const op = forge(one, bodies[verb] as OpBody, parents.sort(), { at: NOW + more });
          if (admit(dag, op) === "ok") ops = dag.all();
        }
        settled(ops);
      }),
      { numRuns: 25, seed: 13 },
    );
  });
});

describe("attack 13: unsigned, misattributed, or about another's key", () => {
  it("an operation is its author's by signature, to the byte", () => {
    const [ana, bo] = four();
    const op = forge(ana, removal(ana.view, bo.person), ana.view.heads);
    assert.ok(readOp(op.bytes));
    for (let at = 0; at < op.bytes.length; at += 3) {
      const flipped = op.bytes.slice();
      flipped[at]! ^= 1;
      assert.equal(readOp(flipped), undefined, `byte ${at}`);
    }
    assert.equal(readOp(op.bytes.subarray(0, -64)), undefined, "unsigned");
    // Bo's signature over an operation that says Ana.
    const signed = makeOp({ ...op.op, seq: 0 }, bo.state.seat.secret);
    const where = hex(signed.bytes).indexOf(bo.member) / 2;
    const renamed = concat(signed.bytes.subarray(0, where), unhex(ana.member), signed.bytes.subarray(where + 32));
    assert.equal(readOp(renamed), undefined);
  });

  it("an admin replaces nobody's key, card or prekey, and takes nobody's seat", () => {
    const people = four();
    const [ana, bo, cy] = people;
    const seat = newSeat(seeded("planted"));
    const device: OpBody = {
      kind: "device",
      member: seat.member,
      card: bo.card.bytes,
      prekey: publicOf(seat),
      proof: proveDevice(seat.secret, ana.state.group, ana.member),
    };
    assert.equal(admit(graphOf(ana.ops), forge(ana, device, ana.view.heads)), "refused", "a device for somebody else");
    const takeover = { ...device, card: ana.card.bytes, member: bo.member };
    assert.equal(admit(graphOf(ana.ops), forge(ana, takeover, ana.view.heads)), "refused", "a key that is another's");
    const consents = { ...takeover, proof: proveDevice(bo.state.seat.secret, ana.state.group, ana.member) };
    assert.equal(admit(graphOf(ana.ops), forge(ana, consents, ana.view.heads)), "refused", "not even with their help");
    const invite = ana.invite();
    cy.state = { ...cy.state, dag: graphOf(ana.ops), view: ana.view };
    const join = {
      ...(bo.joinBody(invite, bo.state.seat) as Extract<OpBody, { kind: "join" }>),
      prekey: publicOf(seat),
    };
    assert.equal(admit(graphOf(ana.ops), forge(ana, join, ana.view.heads)), "refused", "nor by coming in as them");
    assert.deepEqual(ana.view.members.get(bo.member)?.card.bytes, bo.card.bytes);
    const before = ana.view.members.get(bo.member);
    meet(...people);
    assert.deepEqual(ana.view.members.get(bo.member)?.prekey, before?.prekey);
  });

  it("a device's consent is to whom it was given, there: nobody else seats it, whatever card their seat bears", () => {
    const [ana, bo, cy] = four();
    const phone = another(bo, "Bo's phone");
    const place = newSeat(phone.random);
    const puppet = new Person("Puppet");
    const invite = cy.invite();
    puppet.state = fromOps(graphOf(cy.ops), newSeat(puppet.random))!;
    puppet.act(bo.joinBody(invite, puppet.state.seat));
    const body = (by: Person, group = ana.state.group): OpBody => ({
      kind: "device",
      member: place.member,
      card: phone.card.bytes,
      prekey: publicOf(place),
      proof: proveDevice(place.secret, group, by.member),
    });
    assert.equal(puppet.tryAct(body(bo)), undefined, "to another seat");
    const elsewhere = new Person("Bo elsewhere").found().state.group;
    assert.equal(puppet.tryAct(body(puppet, elsewhere)), undefined, "in another group");
    assert.equal(puppet.tryAct({ ...body(puppet), proof: new Uint8Array(64) } as OpBody), undefined, "to nobody");
    assert.ok(bo.tryAct(body(bo)));
  });

  it("no device is a person's that their list does not name, and a list is public", () => {
    const [ana, bo] = four();
    const profile = { name: "Ana", flag: "FR", delegation: "" };
    assert.ok(makeCard(ana.self, profile, NOW));
    assert.equal(makeCard({ ...bo.self, devices: ana.self.devices }, profile, NOW), undefined, "no card");
  });

  it("no member makes themselves more, and no outsider anything", () => {
    const people = four();
    const [ana, bo, cy, dee] = people;
    for (const body of [
      { kind: "role", member: bo.member, role: "admin" },
      { kind: "motion", line: ana.line, to: "out" },
      removal(bo.view, ana.person),
      { kind: "policy", policy: { ...bo.view.policy, open: true } },
    ] as readonly OpBody[])
      assert.equal(admit(graphOf(bo.ops), forge(bo, body, bo.view.heads)), "refused", body.kind);
    const seat = newSeat(seeded("outsider"));
    cy.state = { ...cy.state, seat };
    for (const body of [{ kind: "rekey" }, { kind: "leave", cut: [] }] as readonly OpBody[])
      assert.equal(admit(graphOf(bo.ops), forge(cy, body, bo.view.heads)), "refused", body.kind);
    const phone = another(dee, "Dee's phone");
    const place = newSeat(phone.random);
    const proof = proveDevice(place.secret, cy.state.group, seat.member);
    const device = {
      kind: "device",
      member: place.member,
      card: phone.card.bytes,
      prekey: publicOf(place),
      proof,
    } as const;
    assert.equal(admit(graphOf(bo.ops), forge(cy, device, bo.view.heads)), "refused");
    assert.equal(names(settled(bo.ops)), "Ana Bo Cy Dee");
  });
});
