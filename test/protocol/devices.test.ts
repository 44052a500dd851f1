/** Lists of devices, and what they mean in a group: who is revoked is out, and cannot have it undone. */
import assert from "node:assert/strict";
import { hex, toCbor } from "../../src/protocol/codec.ts";
import {
  deviceLists,
  learnList,
  listHash,
  mergeLists,
  nextList,
  type KnownDevices,
} from "../../src/protocol/devices.ts";
import { freshDevice, newSelf } from "../../src/protocol/identity.ts";
import { MAX_DEVICES } from "../../src/protocol/limits.ts";
import type { OpBody, SignedOp } from "../../src/protocol/membership.ts";
import { readOp } from "../../src/protocol/membership.ts";
import { sign } from "../../src/protocol/signature.ts";
import { outcome } from "./replicas.ts";
import { inviteBody, meet, Person, removal, room, seeded, viewOf } from "./room.ts";
import { another, revoking, seat, unseat } from "./siblings.ts";

const random = seeded("devices");
const known = (list: Uint8Array, before?: KnownDevices): KnownDevices => learnList(before, list)!.known;

/** Ana with a lost phone that is an admin like herself, Bo and Cy. */
const lostPhone = (): { ana: Person; phone: Person; bo: Person; cy: Person } => {
  const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as [Person, Person, Person];
  const phone = another(ana, "Phone");
  seat(ana, phone);
  meet(ana, phone, bo, cy);
  return { ana, phone, bo, cy };
};

describe("a list of devices", () => {
  const self = newSelf(random);
  const root = self.person.secret as Uint8Array;
  const entries = Array.from({ length: 20 }, () => freshDevice(random).entry);
  const add = (list: Uint8Array, at: number): Uint8Array => nextList(list, root, { add: [entries[at]!] })!;

  it("follows the one before, and is signed by nobody else", () => {
    const second = add(self.devices, 0);
    const { version, previous, devices, revoked } = deviceLists.open(second)!.body;
    assert.deepEqual([version, devices.length, revoked], [2, 2, []]);
    assert.deepEqual(previous, listHash(self.devices));
    assert.equal(nextList(second, random(32), {}), undefined);
    assert.equal(deviceLists.open(second.map((byte, i) => (i === 60 ? byte ^ 1 : byte))), undefined);
  });

  it("loses its oldest when it is full, and fits its bytes with as many revoked", () => {
    let list = self.devices;
    for (let i = 0; i < MAX_DEVICES; i++) list = add(list, i);
    list = nextList(list, root, { revoke: Array.from({ length: 20 }, () => freshDevice(random).entry.device) })!;
    const { devices, revoked } = deviceLists.open(list)!.body;
    assert.deepEqual([devices.length, revoked.length], [MAX_DEVICES, MAX_DEVICES]);
    assert.deepEqual(devices[0], entries[0]);
  });

  it("that is older, or a copy, is no news; one that is newer is", () => {
    const second = add(self.devices, 0);
    const third = add(second, 1);
    const now = known(third);
    for (const list of [self.devices, second, third])
      assert.deepEqual(learnList(now, list), { known: now, news: false, fork: false });
    assert.equal(learnList(known(second), third)?.news, true);
    assert.equal(learnList(now, newSelf(random).devices), undefined);
  });

  it("that contradicts the known one is a fork, whichever came first", () => {
    const [one, other] = [add(self.devices, 0), add(self.devices, 1)];
    for (const [a, b] of [
      [one, other],
      [other, one],
      [one, add(other, 2)],
      [add(other, 2), one],
    ] as const)
      assert.equal(learnList(known(a), b)?.fork, true);
    assert.equal(learnList(known(self.devices), add(add(one, 2), 3))?.fork, false);
    assert.equal(hex(known(one, known(other)).list), hex(known(other, known(one)).list));
  });

  it("that revokes a device does so for ever, whatever list comes before or after", () => {
    const second = add(self.devices, 0);
    const lost = entries[0]!.device;
    const revoked = nextList(second, root, { revoke: [lost] })!;
    // Whoever has an old backup signs on from there.
    const forgetful = add(add(add(second, 1), 2), 3);
    for (const [a, b] of [
      [revoked, forgetful],
      [forgetful, revoked],
      [second, revoked],
      [revoked, second],
    ] as const)
      assert.ok(known(b, known(a)).revoked.has(lost));
    const again = nextList(revoked, root, { add: [entries[0]!] })!;
    assert.ok(!deviceLists.open(again)!.body.devices.some(({ device }) => device === lost));
  });

  it("made of two that contradict each other is the same on every device, and keeps what each said", () => {
    const second = add(self.devices, 0);
    const [one, other] = [nextList(second, root, { revoke: [entries[0]!.device] })!, add(second, 1)];
    const merged = mergeLists(known(other, known(one)), other, root)!;
    assert.equal(hex(merged), hex(mergeLists(known(one, known(other)), one, root)!));
    const both = deviceLists.open(merged)!.body;
    assert.deepEqual(both.revoked, [entries[0]!.device]);
    assert.deepEqual(
      both.devices.map(({ device }) => device),
      [hex(self.device.public), entries[1]!.device],
    );
  });

  it("is refused when it names a device twice, or as its own and as revoked", () => {
    const [{ device, agreement }] = entries as [(typeof entries)[0]];
    const pair = [Buffer.from(device, "hex"), agreement];
    const person = self.person.public;
    const signedList = (...fields: readonly unknown[]): Uint8Array => {
      const body = toCbor(fields);
      return toCbor([body, sign(Buffer.concat([Buffer.from("couloir/1 devices\0"), body]), root)]);
    };
    assert.ok(deviceLists.open(signedList(person, 1, null, [pair])));
    assert.ok(deviceLists.open(signedList(person, 1, null, [], [pair[0]])));
    for (const fields of [
      [person, 1, null, [pair, pair]],
      [person, 1, null, [pair], [pair[0]]],
      [person, 1, null, [], [pair[0], pair[0]]],
      [person, 1, null, [pair], []],
      [person, 1, null, [pair], [pair[0]], []],
    ])
      assert.equal(deviceLists.open(signedList(...fields)), undefined);
  });
});

describe("a device that is revoked in a group", () => {
  it("is out, and its person and everybody else stay", () => {
    const { ana, phone, bo, cy } = lostPhone();
    assert.equal(outcome(ana, bo, cy), "Ana Bo Cy Phone");
    ana.act(unseat(ana, [phone]));
    assert.equal(outcome(ana, phone, bo, cy), "Ana Bo Cy");
    assert.equal(viewOf(ana.ops).gone.get(phone.member)?.how, "removed");
  });

  it("is taken out by its own person only, admin or not, and by a list of the root key that names it", () => {
    const [bo, ana] = room(["Bo", "Ana"]) as [Person, Person];
    const phone = another(ana, "Phone");
    seat(ana, phone);
    meet(ana, phone, bo);
    const list = revoking(ana, phone);
    assert.equal(bo.tryAct(unseat(ana, [phone], { devices: list })), undefined);
    assert.equal(ana.tryAct(unseat(ana, [phone], { devices: phone.self.devices })), undefined);
    assert.equal(ana.tryAct(unseat(ana, [phone], { devices: revoking(bo, phone) })), undefined);
    assert.equal(ana.tryAct(unseat(ana, [bo], { devices: list })), undefined);
    assert.equal(ana.tryAct(unseat(ana, [], { devices: list })), undefined);
    assert.equal(ana.tryAct(unseat(ana, [bo], { devices: revoking(ana, phone, bo) })), undefined);
    // Anybody may pass the list on; who signs the operation has to be of that person.
    assert.ok(ana.tryAct(unseat(ana, [phone], { devices: list })));
    const [op] = ana.ops.slice(-1) as [SignedOp];
    assert.equal(op.devices?.person, ana.person);
    assert.equal(readOp(op.bytes.map((byte, i) => (i === op.bytes.length - 200 ? byte ^ 1 : byte))), undefined);
  });

  it("cannot take out the devices of its own person, not even as an admin", () => {
    const { ana, phone } = lostPhone();
    assert.equal(phone.tryAct(removal(phone.view, ana.person)), undefined);
    assert.equal(phone.tryAct(unseat(phone, [ana], { devices: phone.self.devices })), undefined);
  });

  it("fights back in vain: what it does meanwhile is void, and what others do by its leave", () => {
    const { ana, phone, bo, cy } = lostPhone();
    ana.act(unseat(ana, [phone]));
    phone.remove(bo);
    phone.act({ kind: "role", member: cy.member, role: "admin" });
    cy.learn(phone.ops);
    cy.remove(ana);
    const eve = new Person("Eve");
    eve.join(phone.invite(), phone.ops);
    assert.equal(outcome(ana, phone, bo, cy, eve), "Ana Bo Cy");
  });

  it("has nobody strike its revocation: an admin whom it had made before cannot save it", () => {
    const { ana, phone, bo, cy } = lostPhone();
    phone.act({ kind: "role", member: cy.member, role: "admin" });
    meet(ana, phone, bo, cy);
    ana.act(unseat(ana, [phone]));
    // Of one view, and in the other's favour: it names the honest device and not the lost one.
    cy.act({ kind: "remove", person: ana.person, members: [ana.member], invites: [], cut: [] });
    assert.equal(outcome(ana, phone, bo, cy), "Bo Cy");
  });

  it("is out although somebody on whose word its revocation rests is removed meanwhile", () => {
    const [bo, ana, dee] = room(["Bo", "Ana", "Dee"]) as [Person, Person, Person];
    const phone = another(ana, "Phone");
    seat(ana, phone);
    meet(bo, ana, phone, dee);
    bo.remove(dee);
    dee.act({ kind: "rekey" });
    ana.learn(dee.ops);
    ana.act(unseat(ana, [phone]));
    assert.equal(outcome(bo, ana, phone, dee), "Ana Bo");
  });

  it("does not come back, by an invitation of before or of later, nor by another device", () => {
    const { ana, phone, bo } = lostPhone();
    const before = bo.invite();
    meet(ana, phone, bo);
    const seeds = [random(32), random(32)] as const;
    const byCard = (seed: Uint8Array): OpBody => {
      const { hail: _, ...body } = inviteBody(seed, random);
      return { ...body, card: phone.card.bytes, uses: 1 };
    };
    // Applied before or after what is done meanwhile.
    const meanwhile = [bo.act(byCard(seeds[0])), ...[1, 2].map(() => bo.act({ kind: "rekey" }))].length;
    ana.act(unseat(ana, [phone]));
    const open = [...bo.view.invites.values()].filter(({ card }) => card);
    const after = bo.act(byCard(seeds[0]));
    meet(ana, bo);
    assert.ok(meanwhile > 0 && open.length === 1 && bo.view.withdrawn.has(after.id));
    assert.deepEqual(
      [...viewOf(ana.ops).invites.values()].filter(({ card }) => card),
      [],
    );
    assert.equal(bo.tryAct(byCard(seeds[1])), undefined);
    const late = new Person("Phone", seeded("late"), phone.self);
    assert.throws(() => late.join(before, ana.ops));
    assert.throws(() => seat(ana, late));
    // A device that was never revoked comes in as ever.
    const laptop = another(ana, "Laptop");
    seat(ana, laptop);
    assert.equal(outcome(ana, bo, laptop), "Ana Bo Cy Laptop");
  });

  it("is let in beside that by who had not heard as whoever bears its card is: by a line of its own", () => {
    const { ana, phone, bo, cy } = lostPhone();
    const { hail: _, ...body } = inviteBody(random(32), random);
    const seed = random(32);
    const byCard = bo.act({ ...body, key: inviteBody(seed, random).key, card: phone.card.bytes, uses: 1 });
    const stale = new Person("Phone", seeded("again"), phone.self);
    stale.join({ id: byCard.id, secret: seed }, bo.ops);
    for (let i = 0; i < 4; i++) ana.act({ kind: "rekey" });
    ana.act(unseat(ana, [phone]));
    assert.equal(outcome(ana, bo, stale), "Ana Bo Cy Phone");
    meet(ana, bo, cy, stale);
    const { line } = bo.view.members.get(stale.member)!;
    assert.ok(line === stale.member && bo.view.revoked.size === 1, "which shows");
    ana.act(unseat(ana, [stale]));
    assert.equal(outcome(ana, bo, stale), "Ana Bo Cy", "and is taken out by the same list");
  });

  it("is seated by no other device of its person that has not heard", () => {
    const { ana, phone, bo } = lostPhone();
    const desk = another(ana, "Desk");
    seat(ana, desk);
    meet(ana, phone, bo, desk);
    ana.act(unseat(ana, [phone]));
    const again = new Person("Phone", seeded("seated again"), phone.self);
    // Applied before what revokes it, or after.
    for (const later of [0, 3]) {
      for (let i = 0; i < later; i++) desk.act({ kind: "rekey" });
      seat(desk, again);
      assert.equal(outcome(ana, bo, desk, again), "Ana Bo Cy Desk");
    }
  });

  it("takes its invitations with it", () => {
    const { ana, phone, bo } = lostPhone();
    const invite = phone.invite();
    meet(ana, phone, bo);
    ana.act(unseat(ana, [phone]));
    const eve = new Person("Eve");
    assert.throws(() => eve.join(invite, ana.ops));
  });

  it("takes nobody along whom others made an admin meanwhile, only who came in by it and was left so", () => {
    const [bo, ana] = room(["Bo", "Ana"]) as [Person, Person];
    const phone = another(ana, "Phone");
    seat(ana, phone);
    const invites = [phone.invite(), phone.invite()] as const;
    meet(ana, phone, bo);
    // Applied before what is done meanwhile.
    ana.act(unseat(ana, [phone]));
    for (let i = 0; i < 3; i++) bo.act({ kind: "rekey" });
    const [cy, dee] = [new Person("Cy"), new Person("Dee")];
    cy.join(invites[0], bo.ops);
    dee.join(invites[1], bo.ops);
    bo.learn(cy.ops);
    bo.learn(dee.ops);
    bo.act({ kind: "role", member: cy.member, role: "admin" });
    assert.equal(outcome(ana, bo, cy, dee), "Ana Bo Cy");
  });

  it("takes along whom it made an admin itself", () => {
    const { ana, phone, bo } = lostPhone();
    const invite = phone.invite();
    meet(ana, phone, bo);
    ana.act(unseat(ana, [phone]));
    const eve = new Person("Eve");
    eve.join(invite, bo.ops);
    phone.learn(eve.ops);
    phone.act({ kind: "role", member: eve.member, role: "admin" });
    assert.equal(outcome(ana, bo, phone, eve), "Ana Bo Cy");
  });

  it("is nobody else's: a list that names somebody's device as revoked does nothing to them", () => {
    const { ana, phone, bo, cy } = lostPhone();
    ana.act(unseat(ana, [phone], { devices: revoking(ana, phone, bo) }));
    meet(ana, bo, cy);
    assert.equal(outcome(ana, bo, cy), "Ana Bo Cy");
    bo.act({ kind: "leave", cut: [] });
    cy.learn(bo.ops);
    const again = new Person("Bo", seeded("again"), bo.self);
    again.join(cy.invite(), cy.ops);
    assert.equal(outcome(ana, cy, again), "Ana Bo Cy");
  });

  it("is told of more of its chains by a second operation", () => {
    const { ana, phone } = lostPhone();
    const list = revoking(ana, phone);
    const cut = (n: number) => [{ chain: String(n).repeat(32) as never, count: n }];
    for (const n of [1, 2]) ana.act(unseat(ana, [phone], { devices: list, cut: cut(n) }));
    assert.deepEqual(
      [...viewOf(ana.ops).gone.get(phone.member)!.cut.values()].toSorted((a, b) => a - b),
      [1, 2],
    );
  });
});
