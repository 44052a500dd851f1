/** Handing on the keys of a chain to a member who asks for it: who answers, and who leaves it to others. */
import assert from "node:assert/strict";
import { handOn } from "../../src/messenger/handing.ts";
import { type Handouts, handoutsOf } from "../../src/messenger/handouts.ts";
import type { Line } from "../../src/messenger/lines.ts";
import { noMarks } from "../../src/messenger/parts.ts";
import type { Session } from "../../src/messenger/session.ts";
import type { Step } from "../../src/messenger/step.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import { openWhole } from "../../src/protocol/distribution.ts";
import type { GroupId } from "../../src/types.ts";
import { talkingRoom, type Person } from "../protocol/room.ts";

describe("keys of a chain", () => {
  it("are handed on to who asks again, and not once somebody else says to have done it", async () => {
    const [ana, bo, cy] = (await talkingRoom(["Ana", "Bo", "Cy"])) as readonly [Person, Person, Person];
    const { chain } = ana;
    const head = openWhole(ana.distribution)!.head;
    const said = ana.say("hello");
    const line = {
      ...said,
      index: 0,
      time: said.placed.time,
      heads: ana.state.send!.heads,
      again: [],
      content: said.placed.content,
      parents: [],
    } as unknown as Line;
    let sent = 0;
    const session = { handouts: new Map<GroupId, Handouts>(), mailbox: { holds: () => false }, venue: makeVenue("v") };
    const step = {
      session,
      context: bo.context,
      head: async () => head,
      held: () => ({ state: bo.state, marks: noMarks }),
      hold: (state: Person["state"]) => (bo.state = state),
      place: async (_: GroupId, name: string) => (name === `${chain}:0` ? [line.time, line.message] : undefined),
      line: async () => line,
      publish: () => sent++,
    } as unknown as Step;
    const { group } = bo.state;
    const handouts = handoutsOf(session as unknown as Session, group);
    const answers = (): Promise<boolean> => handOn(step, group, cy.member, chain);
    assert.equal(await answers(), false, "nobody has asked");
    handouts.asked(cy.member, chain);
    assert.equal(await answers(), false, "its sender answers the first time");
    handouts.asked(cy.member, chain);
    assert.equal(await answers(), true);
    handouts.given(cy.member, chain, ana.member);
    assert.equal(await answers(), false, "somebody else has");
    handouts.asked(cy.member, chain);
    assert.equal(await answers(), true, "it did not arrive");
    assert.equal(sent, 2);
  });
});
