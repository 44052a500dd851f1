/** Who waits to be let in, as a device remembers it: bounded, whoever asks. */
import assert from "node:assert/strict";
import { takeDeclined } from "../../src/messenger/declined.ts";
import type { Step } from "../../src/messenger/step.ts";
import { WaitingRoom } from "../../src/messenger/waiting.ts";
import type { Card } from "../../src/protocol/identity.ts";
import type { GroupId, MemberId, OpId } from "../../src/types.ts";

const group = "a1".repeat(32) as GroupId;
const invite = "b2".repeat(32) as OpId;
const member = (n: number): MemberId => n.toString(16).padStart(64, "0") as MemberId;
const card = {} as Card;
const MINUTE = 60_000;

describe("the room of those who wait", () => {
  it("remembers when somebody began to ask, and when they were heard last", () => {
    const room = new WaitingRoom();
    for (const now of [5, 9, 12]) room.note(group, { member: member(1), card, invite, now });
    assert.deepEqual(room.of(group), [{ member: member(1), card, invite, since: 5, lastHeard: 12 }]);
    room.decline(group, member(1));
    assert.deepEqual(room.of(group), []);
    assert.ok(room.declined(group, member(1)));
  });

  it("lets so many new ones of one code in a minute in; who is in it already is heard all the same", () => {
    const room = new WaitingRoom();
    for (let n = 0; n < 100; n++) room.note(group, { member: member(n), card, invite, now: 1 });
    assert.equal(room.of(group).length, 30);
    room.note(group, { member: member(3), card, invite, now: 2 });
    assert.equal(room.of(group).find((one) => one.member === member(3))?.lastHeard, 2);
    room.note(group, { member: member(99), card, invite: "c3".repeat(32) as OpId, now: 2 });
    assert.equal(room.of(group).length, 31);
  });

  it("is never fuller than 256: whoever was not heard for longest goes", () => {
    const room = new WaitingRoom();
    for (let n = 0; n < 300; n++) {
      room.note(group, { member: member(n), card, invite, now: n * MINUTE });
      room.note(group, { member: member(0), card, invite, now: n * MINUTE });
      room.decline(group, member(1000 + n));
    }
    const all = room.of(group).map((one) => one.member);
    assert.equal(all.length, 256);
    assert.ok(all.includes(member(0)) && all.includes(member(299)));
    assert.ok(!all.includes(member(1)));
    assert.ok(!room.declined(group, member(1000)) && room.declined(group, member(1299)));
  });
});

describe("a member who says that somebody was turned away", () => {
  const ADMIN = member(1);
  const OTHER = member(2);
  const asker = member(9);
  /** What becomes of an asker when `from` says so, where only admins bring people in. */
  const said = (from: MemberId, terms: { readonly approval: boolean; readonly of?: OpId }): boolean => {
    const waiting = new WaitingRoom();
    waiting.note(group, { member: asker, card, invite, now: 1 });
    const view = {
      policy: { invite: "admins" },
      members: new Map([
        [ADMIN, { role: "admin" }],
        [OTHER, { role: "member" }],
      ]),
      invites: new Map([[invite, { approval: terms.approval }]]),
    };
    const step = {
      held: () => ({ state: { view } }),
      after: (fn: () => void) => fn(),
      session: { waiting, groups: new Map() },
    };
    const control = { kind: "declined", invite: terms.of ?? invite, member: asker } as const;
    takeDeclined(step as unknown as Step, group, from, control);
    return waiting.declined(group, asker);
  };

  it("is believed if they may bring people in, about a code with approval that is open", () => {
    assert.equal(said(ADMIN, { approval: true }), true);
    assert.equal(said(OTHER, { approval: true }), false, "no host");
    assert.equal(said(member(3), { approval: true }), false, "nobody here");
    assert.equal(said(ADMIN, { approval: false }), false);
    assert.equal(said(ADMIN, { approval: true, of: "d4".repeat(32) as OpId }), false);
  });
});
