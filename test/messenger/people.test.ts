/** Which of a person's cards counts. */
import assert from "node:assert/strict";
import { People } from "../../src/messenger/people.ts";
import { makeCard, newDeviceOf, newSelf } from "../../src/protocol/identity.ts";
import { seeded } from "../protocol/room.ts";

const random = seeded("people");
const words = { name: "Bo", flag: "", delegation: "" };

describe("the card that is known of a person", () => {
  const old = newSelf(random);
  const moved = newDeviceOf({ seed: old.person.secret as Uint8Array, devices: old.devices, guest: false }, random);
  assert.ok(moved);

  it("is of the device that they moved to, though its clock is behind", () => {
    const people = new People(() => 0);
    people.learn(makeCard(old, words, 9_000_000));
    const now = makeCard(moved, words, 5_000_000);
    people.learn(now);
    assert.equal(people.get(now.person)?.card.device, now.device);
    // The old one is still running somewhere, and says so later.
    people.learn(makeCard(old, words, 9_500_000));
    assert.equal(people.get(now.person)?.card.device, now.device);
  });

  it("is the latest of devices that know of each other", () => {
    const people = new People(() => 0);
    const first = makeCard({ ...old, devices: moved.devices }, words, 5_000_000);
    const second = makeCard(moved, words, 6_000_000);
    for (const card of [second, first]) people.learn(card);
    assert.equal(people.get(first.person)?.card.device, second.device);
    people.learn(makeCard({ ...old, devices: moved.devices }, { ...words, name: "Bo B." }, 7_000_000));
    assert.equal(people.get(first.person)?.card.name, "Bo B.");
  });
});
