/** What is told to one device alone: all of it, however much that is. */
import assert from "node:assert/strict";
import { noMarks } from "../../src/messenger/parts.ts";
import type { Session } from "../../src/messenger/session.ts";
import type { Step } from "../../src/messenger/step.ts";
import { FRAMES_A_SLOT, tellOn, tellRemoved, tellVoided } from "../../src/messenger/tellingAlone.ts";
import { wantsOf } from "../../src/messenger/wants.ts";
import { hex } from "../../src/protocol/codec.ts";
import { takeHeads } from "../../src/protocol/evidence.ts";
import type { GroupState } from "../../src/protocol/group.ts";
import { MAX_WAITING_OPS } from "../../src/protocol/limits.ts";
import { readOp, type SignedOp } from "../../src/protocol/membership.ts";
import { newPair, nextNumber } from "../../src/protocol/pairwise.ts";
import { openPairwise } from "../../src/protocol/receivingControl.ts";
import { inviteBody, meet, Person, raise, room } from "../protocol/room.ts";
import { another, seat } from "../protocol/siblings.ts";

/** A step of one's messenger, by itself. */
const stepOf = (one: Person) => {
  const frames: Uint8Array[] = [];
  const session = { wants: new Map(), venue: { bucketOf: () => "" } } as unknown as Session;
  const step = {
    session,
    context: one.context,
    now: one.now,
    held: () => ({ state: one.state, marks: noMarks }),
    hold: (state: GroupState) => (one.state = state),
    after: (fn: () => void) => fn(),
    publish: (_: string, some: readonly Uint8Array[]) => frames.push(...some),
  } as unknown as Step;
  return { step, frames, wants: wantsOf(session, one.state.group) };
};

/** Opens frames as they were sent to somebody, one list of operations each. */
const opened = (to: Person, from: Person, frames: readonly Uint8Array[]): readonly (readonly SignedOp[])[] =>
  frames.map((frame, i) => {
    const number = nextNumber(newPair, from.now) + i;
    const read = openPairwise(to.state, from.self.agreement.public, number, frame, to.context);
    assert.ok(read && read.control.kind === "ops");
    to.state = read.state;
    return read.control.ops.map((raw) => readOp(raw)!);
  });

describe("telling one device alone", () => {
  it("tells who is removed all that they may lack, more than goes at once in later slots", () => {
    const [ana, bo] = room(["Ana", "Bo"]) as readonly [Person, Person];
    while (ana.ops.length < 400 * FRAMES_A_SLOT) ana.act({ kind: "rekey" });
    const { by, card } = ana.view.members.get(bo.member)!;
    const removal = ana.remove(bo);
    const { step, frames, wants } = stepOf(ana);
    const whom = [{ member: bo.member, by, agreement: card.agreement }];
    tellRemoved(step, ana.state.group, { removal: removal.id, whom });
    assert.deepEqual([frames.length, wants.hasAlone], [FRAMES_A_SLOT, true]);
    for (const one of wants.takeAlone(8)) tellOn(step, ana.state.group, one);
    assert.equal(wants.hasAlone, false);
    const lists = opened(bo, ana, frames);
    assert.ok(lists.length > FRAMES_A_SLOT);
    for (const ops of lists) bo.learn(ops);
    assert.ok(bo.view.gone.has(bo.member));
  });

  it("is understood in whatever order its frames come", () => {
    const [ana, bo] = room(["Ana", "Bo"]) as readonly [Person, Person];
    const before = ana.ops.length;
    while (ana.ops.length < before + MAX_WAITING_OPS) ana.act({ kind: "rekey" });
    const removal = ana.remove(bo);
    for (let end = ana.ops.length; end > before; end -= 128) bo.learn(ana.ops.slice(Math.max(before, end - 128), end));
    assert.deepEqual([bo.state.dag.has(removal.id), bo.state.waiting.size], [true, 0]);
  });

  it("is for everybody who notices where the removed may never have heard of who removed them, and else for that one", () => {
    for (const acquainted of [false, true]) {
      const [ana, bo, dee, cy] = room(["Ana", "Bo", "Dee", "Cy"]) as readonly [Person, Person, Person, Person];
      raise(ana, cy);
      meet(ana, bo, cy, dee);
      if (acquainted) bo.state = takeHeads(bo.state, dee.member, dee.view.heads);
      const { step, frames, wants } = stepOf(bo);
      const before = bo.state;
      const stored = before.dag.size;
      const removal = cy.remove(dee);
      bo.learn(cy.ops);
      Object.assign(step.session, { stored: () => stored });
      tellVoided(step, before, bo.state);
      assert.equal(wants.hasAlone, !acquainted);
      for (const one of wants.takeAlone(8)) tellOn(step, bo.state.group, one);
      const [ops] = opened(dee, bo, frames);
      assert.equal(ops?.at(-1)?.id, acquainted ? undefined : removal.id);
    }
  });

  it("is for a second device too of whoever never came in, and not for who was invited and is no more", () => {
    const [ana, bo] = room(["Ana", "Bo", "Cy"]) as readonly [Person, Person];
    const eve = new Person("Eve");
    eve.join(bo.invite(), bo.ops);
    const phone = another(eve, "phone");
    seat(eve, phone);
    const { step, wants } = stepOf(ana);
    const { hail: _, ...body } = inviteBody(ana.random(32), ana.random);
    const invite = ana.act({ ...body, card: new Person("Fay").card.bytes });
    const before = ana.state;
    ana.act({ kind: "revoke", invite: invite.id });
    ana.remove(bo);
    ana.learn(eve.ops);
    Object.assign(step.session, { stored: () => 0 });
    tellVoided(step, before, ana.state);
    const told = wants.takeAlone(8).map(({ agreement }) => hex(agreement));
    assert.deepEqual(told.sort(), [eve, phone].map(({ card }) => hex(card.agreement)).sort());
  });
});
