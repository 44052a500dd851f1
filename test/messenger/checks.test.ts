/** What one of a person's devices makes of what another one compared: it counts, and no doubt goes away by it. */
import assert from "node:assert/strict";
import { base64urlnopad } from "@scure/base";
import { dropLostChecks, takeCheck, takeMismatch } from "../../src/messenger/devices/checks.ts";
import { adoptList } from "../../src/messenger/own.ts";
import { People } from "../../src/messenger/people.ts";
import type { Step } from "../../src/messenger/step.ts";
import { type Checked, makeChecked } from "../../src/protocol/checked.ts";
import { hex } from "../../src/protocol/codec.ts";
import { nextList } from "../../src/protocol/devices.ts";
import { makeCard, newDeviceOf, newSelf, personOf, type Self } from "../../src/protocol/identity.ts";
import type { DeviceId, Trust } from "../../src/types.ts";
import { NOW, seeded } from "../protocol/room.ts";

const random = seeded("shared checks");
const root = (self: Self): Uint8Array => self.person.secret as Uint8Array;
const next = (self: Self): Self => newDeviceOf({ seed: root(self), devices: self.devices, guest: false }, random)!;
const deviceOf = ({ device }: Self): DeviceId => hex(device.public) as DeviceId;
const cardOf = (self: Self, name: string, at = NOW) => makeCard(self, { name, flag: "", delegation: "" }, at);

const first = newSelf(random);
const phone = next(first);
const laptop = next(phone);
const bob = newSelf(random);
/** Bob with a second device, and with another second one: a thief's. */
const [later, fork] = [next(bob), next(bob)];

/** The laptop, which has heard of Bob as he is shown here. */
const desk = (shown: Self = bob) => {
  const people = new People(() => NOW);
  people.learn(cardOf(shown, "Bob"));
  const told: unknown[] = [];
  const session = {
    people,
    person: personOf(laptop),
    card: cardOf(laptop, "Ana"),
    outbox: new Map(),
    verification: {},
    events: { emit: (event: string) => told.push(event) },
  };
  const step = { session, write: () => undefined, after: (fn: () => void) => fn() } as unknown as Step;
  return { people, step, told, trust: (): Trust | undefined => people.view(personOf(bob))?.trust };
};
const person = personOf(bob);
/** What a device signed of whom it compared: the phone, of Bob with these devices. */
const json = (of: Self, rest: Partial<Checked> = {}, by: Self = phone): string => {
  const said = {
    device: deviceOf(by),
    person: personOf(of),
    at: NOW,
    by: "code",
    name: "Bob",
    list: of.devices,
  } as const;
  return JSON.stringify(base64urlnopad.encode(makeChecked({ ...said, ...rest }, by.device.secret)));
};
const from = deviceOf(phone);

describe("what another device of one's own compared", () => {
  it("verifies here, is told, and says when and which device it was", () => {
    const { people, step, told, trust } = desk();
    takeCheck(step, person, json(bob));
    assert.deepEqual([trust(), told], ["verified", ["person"]]);
    assert.deepEqual(people.trust.get(person)?.check, {
      at: NOW,
      by: "code",
      name: "Bob",
      devices: [deviceOf(bob)],
      from,
    });
    // Also before their card has come.
    const empty = desk(newSelf(random));
    takeCheck(empty.step, person, json(bob));
    empty.people.learn(cardOf(bob, "Bob"));
    assert.equal(empty.trust(), "verified");
  });

  it("counts from a device that is linked, and from no other", () => {
    const { people, step, trust } = desk();
    takeCheck(step, person, json(bob, {}, newSelf(random)));
    assert.equal(trust(), "unverified", "a stranger's");
    people.devices.learn(personOf(laptop), nextList(laptop.devices, root(phone), { revoke: [from] })!);
    takeCheck(step, person, json(bob));
    takeMismatch(step, { person, json: "true", from });
    assert.equal(trust(), "unverified", "a lost one's");
  });

  it("counts no longer once that device is lost, and who was doubtful stays so", () => {
    const lose = ({ people, step }: ReturnType<typeof desk>): void => {
      people.devices.learn(personOf(laptop), nextList(laptop.devices, root(phone), { revoke: [from] })!);
      dropLostChecks(step);
    };
    const [verified, changed] = [desk(), desk()];
    for (const { step } of [verified, changed]) takeCheck(step, person, json(bob));
    changed.people.learn(cardOf(later, "Bob", NOW + 1));
    for (const one of [verified, changed]) lose(one);
    assert.deepEqual([verified.trust(), changed.trust()], ["unverified", "changed"]);
  });

  it("hides no changed key for good: what was compared before counts again once that device is lost", () => {
    const tablet = next(phone);
    const both = [phone, tablet];
    for (const lost of both) {
      const { people, step, trust } = desk();
      const record = people.trust.of(people.get(person)!.card);
      people.trust.put({ ...record, check: { at: NOW, by: "code", name: "Bob", devices: [deviceOf(bob)] } });
      people.learn(cardOf(later, "Bob", NOW + 1));
      assert.equal(trust(), "changed");
      (step.session as { card: unknown }).card = { ...cardOf(laptop, "Ana"), devices: cardOf(tablet, "Ana").devices };
      people.devices.learn(personOf(laptop), tablet.devices);
      // That Bob was compared as he is by now say two, and thieves may have them.
      for (const by of both) takeCheck(step, person, json(later, {}, by));
      assert.equal(trust(), "verified");
      const lose = (...some: readonly Self[]): void => {
        people.devices.learn(
          personOf(laptop),
          nextList(tablet.devices, root(phone), { revoke: some.map((one) => deviceOf(one)) })!,
        );
        dropLostChecks(step);
      };
      lose(lost);
      assert.equal(trust(), "verified", "the other one says so too");
      lose(...both);
      assert.equal(trust(), "changed");
      assert.deepEqual(people.trust.get(person)?.check?.from, undefined);
    }
  });

  it("counts no longer either where it is revoked by a list that this device does not go by", async () => {
    const mine = personOf(laptop);
    // One that is newer, knows nothing of the laptop and goes on from another; and one that is older.
    const newer = nextList(next(phone).devices, root(phone), { revoke: [from] })!;
    const older = nextList(first.devices, root(phone), { revoke: [from] })!;
    for (const list of [newer, older]) {
      const { people, step, trust } = desk();
      Object.assign(step.session, { self: laptop });
      people.devices.learn(mine, laptop.devices);
      takeCheck(step, person, json(bob));
      await adoptList(step);
      assert.equal(trust(), "verified");
      people.devices.learn(mine, list);
      assert.ok(people.devices.revoked({ person: mine, device: from }));
      await adoptList(step);
      assert.equal(trust(), "unverified");
    }
  });

  it("stands for the device that signed it, whichever hands it on: a thief's says nothing in the name of another", () => {
    const { people, step, trust } = desk();
    const thief = next(laptop);
    // It is linked, and not known to be lost yet; what it says in the phone's name it cannot sign.
    const session = step.session as { card: unknown };
    session.card = { ...cardOf(laptop, "Ana"), devices: cardOf(thief, "Ana").devices };
    takeCheck(step, person, json(bob, { device: from }, thief));
    takeCheck(step, person, json(bob, { device: deviceOf(laptop) }, laptop));
    assert.equal(trust(), "unverified");
    takeCheck(step, person, json(bob, {}, thief));
    assert.deepEqual([trust(), people.trust.get(person)?.check?.from], ["verified", deviceOf(thief)]);
    people.devices.learn(personOf(laptop), nextList(laptop.devices, root(phone), { revoke: [deviceOf(thief)] })!);
    dropLostChecks(step);
    assert.equal(trust(), "unverified", "and with it goes all that it ever said");
  });

  it("takes no doubt away: a mismatch, lists that contradict each other, a device that was not compared", () => {
    const differs = desk();
    takeMismatch(differs.step, { person, json: "true", from });
    takeCheck(differs.step, person, json(bob));
    assert.equal(differs.trust(), "mismatch");
    const forked = desk(fork);
    takeCheck(forked.step, person, json(later));
    assert.equal(forked.trust(), "forked", "compared there, and another list here");
    takeCheck(forked.step, person, json(fork));
    assert.equal(forked.trust(), "forked");
    const changed = desk();
    takeCheck(changed.step, person, json(bob));
    changed.people.learn(cardOf(later, "Bob", NOW + 1));
    assert.equal(changed.trust(), "changed");
    takeCheck(changed.step, person, json(bob, { at: NOW + 5 }));
    assert.equal(changed.trust(), "changed", "the old list once more");
    takeCheck(changed.step, person, undefined);
    takeMismatch(changed.step, { person, json: undefined, from });
    assert.equal(changed.trust(), "changed", "accepted there");
    takeCheck(changed.step, person, json(later));
    assert.equal(changed.trust(), "verified", "compared as they are now");
  });

  it("is nothing where it is not what a device of ours says", () => {
    const { people, step, trust } = desk();
    for (const said of [
      "",
      "null",
      "[]",
      "{",
      "7",
      "[7]",
      '"!"',
      json(bob).slice(0, -3) + '"',
      json(bob, { list: phone.devices }),
      json(bob, { list: bob.devices.subarray(1) }),
      json(bob, { person: personOf(later) }).replace(/.(?=.{9}$)/u, "_"),
      json(newSelf(random)),
      // Another's word in the phone's name.
      json(bob, { device: from }, newSelf(random)),
    ]) {
      takeCheck(step, person, said);
      takeMismatch(step, { person, json: said, from });
    }
    takeCheck(step, personOf(laptop), json(laptop));
    assert.deepEqual([trust(), people.trust.get(personOf(laptop))], ["unverified", undefined]);
  });
});
