/** What a device makes of others' lists of devices: who is revoked is heard no more, and contradictions are told. */
import assert from "node:assert/strict";
import { MemoryLevel } from "memory-level";
import { People } from "../../src/messenger/people.ts";
import { showPresence } from "../../src/messenger/presenceFrame.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import { hex } from "../../src/protocol/codec.ts";
import { nextList } from "../../src/protocol/devices.ts";
import { makeCard, newDeviceOf, newSelf, personOf, type Card, type Self } from "../../src/protocol/identity.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import type { DeviceId } from "../../src/types.ts";
import { NOW, seeded } from "../protocol/room.ts";

const random = seeded("device book");
const venue = makeVenue("couloir");
const laptop = newSelf(random);
const root = laptop.person.secret as Uint8Array;
const phone = newDeviceOf({ seed: root, devices: laptop.devices, guest: false }, random)!;
const lost = hex(phone.device.public) as DeviceId;
/** The laptop once it has revoked the phone. */
const after: Self = { ...laptop, devices: nextList(phone.devices, root, { revoke: [lost] })! };

const cardOf = (self: Self, at = NOW): Card => makeCard(self, { name: "Ana", flag: "", delegation: "" }, at);
const shown = (self: Self, at: number): Uint8Array =>
  showPresence(self, cardOf(self, at), { listings: [], next: 60_000, venue, now: at, random });
const heard = async (people: People, self: Self, at: number): Promise<string | undefined> =>
  (await people.hear(shown(self, at), venue))?.device;

describe("a revoked device", () => {
  it("is heard until the list is known that revokes it, and never again, whatever it shows", async () => {
    const people = new People(() => NOW);
    assert.equal(await heard(people, phone, NOW), lost);
    assert.equal(people.get(personOf(laptop))?.card.device, lost);
    // Older than the phone's, and counts all the same.
    assert.equal(await heard(people, after, NOW + 1), hex(laptop.device.public));
    assert.equal(people.get(personOf(laptop))?.card.device, hex(laptop.device.public));
    assert.equal(await heard(people, phone, NOW + 1000), undefined);
    const spaces = people.learn(cardOf(phone, NOW + 2000)).map(({ key }) => key.space);
    assert.ok(!spaces.includes("contact"));
    assert.equal(people.get(personOf(laptop))?.card.device, hex(laptop.device.public));
  });

  it("is known by a card that says nothing else, and by a frame that is old", async () => {
    const people = new People(() => NOW);
    await heard(people, phone, NOW + 5000);
    const old = await people.hear(shown(after, NOW), venue);
    assert.deepEqual(old?.changes.map(({ key }) => key.space).sort(), ["profile", "trust"]);
    assert.equal(await heard(people, phone, NOW + 6000), undefined);
    const others = new People(() => NOW);
    others.learn(cardOf(after));
    assert.equal(others.devices.revoked(cardOf(phone)), true);
  });

  it("is remembered over a restart", async () => {
    const store = await Store.open(
      new MemoryLevel({ keyEncoding: "view", valueEncoding: "view" }),
      new Vault(random(32)),
    );
    const people = new People(() => NOW);
    await store.commit(people.learn(cardOf(after)));
    const again = new People(() => NOW);
    await again.load(store);
    assert.equal(again.devices.revoked(cardOf(phone)), true);
    await store.close();
  });

  it("is nobody else's to revoke", async () => {
    const bo = newSelf(random);
    const people = new People(() => NOW);
    people.learn(
      cardOf({ ...laptop, devices: nextList(laptop.devices, root, { revoke: [hex(bo.device.public) as DeviceId] })! }),
    );
    assert.equal(people.devices.revoked(cardOf(bo)), false);
    assert.equal(await heard(people, bo, NOW), hex(bo.device.public));
  });
});

describe("lists that contradict each other", () => {
  it("are told of once", async () => {
    const people = new People(() => NOW);
    const told: string[] = [];
    people.devices.onFork = (person) => told.push(person);
    const other = newDeviceOf({ seed: root, devices: laptop.devices, guest: false }, random)!;
    people.learn(cardOf(phone));
    people.learn(cardOf(after, NOW + 1));
    assert.deepEqual(told, []);
    people.learn(cardOf(other, NOW + 2));
    people.learn(cardOf(other, NOW + 3));
    assert.deepEqual(told, [personOf(laptop)]);
  });
});
