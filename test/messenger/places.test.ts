/** Where a device asks its siblings for a seat, and where it does not. */
import assert from "node:assert/strict";
import { Places } from "../../src/messenger/devices/places.ts";
import type { Session } from "../../src/messenger/session.ts";
import type { Step } from "../../src/messenger/step.ts";
import { hex } from "../../src/protocol/codec.ts";
import type { GroupState } from "../../src/protocol/group.ts";
import { MAX_OWN_PLACES } from "../../src/protocol/limits.ts";
import type { OwnPlace } from "../../src/protocol/own.ts";
import type { GroupId, MemberId } from "../../src/types.ts";
import { NOW, type Person, room, seeded } from "../protocol/room.ts";

const random = seeded("places");
const nothing = async function* () {};

/** Whether a device that knows of this group asks for a seat when a sibling says that it is there. */
const asks = async (held: GroupState | undefined, place: OwnPlace): Promise<boolean> => {
  const session = { store: { range: nothing }, groups: new Map() } as unknown as Session;
  const places = await Places.open(session);
  const step = { session, context: { random }, now: NOW, write: () => {}, after: (fn: () => void) => fn() };
  const holding = { ...step, held: () => held && { state: held } } as unknown as Step;
  places.takePlaces(holding, [place]);
  return places.due(NOW, []);
};

describe("a device that hears where its siblings are", () => {
  const [ana, bo] = room(["Ana", "Bo"]) as readonly [Person, Person];
  const { group } = ana.state;
  const stranger = "ee".repeat(32) as MemberId;

  it("asks to come in where it has never been, and not where it is", async () => {
    assert.equal(await asks(undefined, { group: "aa".repeat(32) as GroupId, member: stranger }), true);
    assert.equal(await asks(ana.state, { group, member: bo.member }), false);
  });

  it("asks for so many at most, whatever a lost one names", async () => {
    const session = { store: { range: nothing }, groups: new Map() } as unknown as Session;
    const places = await Places.open(session);
    const kept: (() => void)[] = [];
    const writes: unknown[] = [];
    const step = {
      session,
      context: { random },
      now: NOW,
      held: () => undefined,
      write: (...changes: readonly unknown[]) => writes.push(...changes),
      after: (fn: () => void) => kept.push(fn),
    } as unknown as Step;
    for (let frame = 0; frame < 3; frame++) {
      const named = Array.from({ length: 300 }, () => ({ group: hex(random(32)) as GroupId, member: stranger }));
      places.takePlaces(step, named);
      for (const fn of kept.splice(0)) fn();
    }
    assert.equal(writes.length, MAX_OWN_PLACES);
    assert.equal((await places.speak(step, [])).length, MAX_OWN_PLACES);
  });

  it("does not come back to what it has left by the word of one that has not heard of it", async () => {
    ana.act({ kind: "leave", cut: [] });
    assert.equal(await asks(ana.state, { group, member: bo.member }), false);
    // Somebody has brought its person back since.
    assert.equal(await asks(ana.state, { group, member: stranger }), true);
  });
});
