/** Who is here, by frames that gossip or a neighbour brought. */
import assert from "node:assert/strict";
import { Here } from "../../src/messenger/here.ts";
import { holdsFor, MAX_NEXT, pauseFor } from "../../src/messenger/presencePace.ts";
import { utf8 } from "../../src/protocol/codec.ts";
import type { DeviceId, PersonId } from "../../src/types.ts";

const NEXT = 60_000;
const salt = new Uint8Array(16);
const shown = (device: string, at: number, next = NEXT, person = device) => ({
  person: person as PersonId,
  device: device as DeviceId,
  at,
  next,
  frame: utf8(`${device} ${at}`),
});
const told = (here: Here, marks: Uint8Array, now: number): string[] =>
  [...here.beyond(salt, marks, now)].map(({ frame }) => new TextDecoder().decode(frame));

describe("who is here", () => {
  it("is whoever said so, until a while after they should have said so again", () => {
    const here = new Here();
    here.hear(shown("ana", 7), 1000);
    assert.ok(here.online("ana" as PersonId, 1000 + holdsFor(NEXT) - 1));
    assert.ok(!here.online("ana" as PersonId, 1000 + holdsFor(NEXT)));
    here.hear(shown("ana", 8), 100_000, 30_000);
    assert.ok(!here.online("ana" as PersonId, 70_000 + holdsFor(NEXT)), "counted from when it was heard");
  });

  it("ends with the word of each device of a person that it goes", () => {
    const here = new Here();
    for (const device of ["phone", "laptop"]) here.hear(shown(device, 1, NEXT, "ana"), 0);
    here.hear(shown("phone", 2, 0, "ana"), 10);
    assert.ok(here.online("ana" as PersonId, 20));
    here.hear(shown("laptop", 2, 0, "ana"), 30);
    assert.ok(!here.online("ana" as PersonId, 31));
    here.hear(shown("laptop", 1, NEXT, "ana"), 40);
    assert.ok(!here.online("ana" as PersonId, 41), "not by what it said before");
  });

  it("attack: a neighbour that lies about when it heard somebody keeps them neither here nor away", () => {
    const here = new Here();
    here.hear(shown("ana", 1), 0);
    for (let now = 0; now < 200_000; now += 1000) here.hear(shown("ana", 1), now, 0);
    assert.ok(!here.online("ana" as PersonId, holdsFor(NEXT)), "here for no longer than they said");
    here.hear(shown("ben", 1), 0, holdsFor(NEXT) - 1);
    here.hear(shown("ben", 1), 0, 0);
    here.hear(shown("ben", 1), 0, 100_000);
    assert.ok(here.online("ben" as PersonId, holdsFor(NEXT) - 1));
  });

  it("tells others what they do not know, also of who has just gone", () => {
    const [here, other] = [new Here(), new Here()];
    here.hear(shown("ana", 1), 0);
    here.hear(shown("ben", 1), 1);
    here.hear(shown("cyd", 1, 0), 2);
    other.hear(shown("ana", 1), 0);
    assert.deepEqual(told(here, other.marks(salt, 4000), 10), ["cyd 1", "ben 1"]);
    assert.deepEqual(told(here, here.marks(salt, 4000), 10), []);
    assert.deepEqual(told(here, other.marks(new Uint8Array(16).fill(1), 4000), 10).length, 3, "another salt");
    assert.deepEqual(told(here, new Uint8Array(0), 1_000_000), []);
  });

  it("attack: keeps 2,048 devices, whoever shows how many", () => {
    const here = new Here();
    for (let i = 0; i < 5000; i++) here.hear(shown(`fake ${i}`, 1), i);
    assert.equal(here.count(5000), 2048);
    assert.equal(here.marks(salt, 4000).length, 4000);
  });
});

describe("the pace of presence", () => {
  it("is a minute where few are here, and two frames a second of all together where many are", () => {
    for (const devices of [0, 5, 30, 120]) assert.equal(pauseFor(devices, 0.5), 60_000);
    for (const devices of [150, 500, 2000]) assert.equal((devices * 1000) / pauseFor(devices, 0.5), 2);
    assert.ok(pauseFor(500, 0) < pauseFor(500, 0.99));
    for (const devices of [4000, 1e9]) assert.ok(pauseFor(devices, 1) <= MAX_NEXT / 2);
  });
});
