/** Rows 9, 10 and 14 of the attacks: who is out reads on, alone or with others, or begins keys for others. */
import assert from "node:assert/strict";
import { alsoRead, counts, type Line } from "../../../src/messenger/lines.ts";
import {
  BOX_BYTES,
  commitment,
  chainIdOf,
  type Distribution,
  distributionHash,
  openWhole,
  signDistribution,
} from "../../../src/protocol/distribution.ts";
import { hex } from "../../../src/protocol/codec.ts";
import { type Control, controls, placedMessages } from "../../../src/protocol/control.ts";
import { openEnvelope } from "../../../src/protocol/envelope.ts";
import { openOps } from "../../../src/protocol/following.ts";
import type { GroupState } from "../../../src/protocol/group.ts";
import { served } from "../../../src/protocol/group.ts";
import { servesMember } from "../../../src/protocol/handing.ts";
import { expectedOfPair, newPair } from "../../../src/protocol/pairwise.ts";
import { resolve } from "../../../src/protocol/resolve.ts";
import { needsRotation } from "../../../src/protocol/rotation.ts";
import { chainKeys, step } from "../../../src/protocol/senderKey.ts";
import { messageContext, resealFor, rotate } from "../../../src/protocol/sending.ts";
import { type ControlOpened, openMeta, openPairwise } from "../../../src/protocol/receivingControl.ts";
import { signingPair } from "../../../src/protocol/signature.ts";
import { unsealOps } from "../../../src/protocol/successor.ts";
import type { MessageId } from "../../../src/types.ts";
import { graphOf, type Invite, meet, NOW, Person, room, talkingRoom } from "../room.ts";
import { another } from "../siblings.ts";

type Four = readonly [Person, Person, Person, Person];
const four = async (): Promise<Four> => (await talkingRoom(["Ana", "Bo", "Cy", "Dee"])) as unknown as Four;

/** Everything that somebody tries on a chain: all that they hold, and every index. */
const opens = async (thief: Person, distribution: Uint8Array, by: Person, frame: Uint8Array): Promise<boolean> => {
  const before = thief.state;
  try {
    await thief.follow(distribution);
    for (let index = 0; index < 3; index++) if (thief.hear(by.chain, index, frame).kind === "message") return true;
    return opensByOld(thief, distribution, { by, frame });
  } finally {
    thief.state = before;
  }
};
/** The secrets of chains before, which they were told, under the head of the new one. */
const opensByOld = (
  thief: Person,
  distribution: Uint8Array,
  { by, frame }: { readonly by: Person; readonly frame: Uint8Array },
): boolean => {
  const head = distributionHash(openWhole(distribution)?.head as Uint8Array);
  for (const { secret, served: to } of by.state.sent.values()) {
    let { chain } = chainKeys(secret);
    for (let index = 0; to.includes(thief.member) && index < 3; index++) {
      const { at, next } = step(chain, head);
      if (openEnvelope(at.key, frame, messageContext(head, index))) return true;
      chain = next;
    }
  }
  return false;
};
/** Lets somebody invite a device by its card. */
const byCard = (by: Person, whom: Person): Invite =>
  by.invite({ card: whom.card.bytes, hail: undefined as never, uses: 1 });
/** What somebody says at some time, as a line of whoever hears it. */
const said = (by: Person, at: number): Line => {
  by.now = NOW + at;
  const { heads } = by.state.send!;
  const { message, placed, chain, audience, key } = by.say(`${at}`);
  const { time, index, content } = placed;
  const who = { author: by.member, person: by.person, audience, reached: [], read: [], key };
  return { message, time, chain, index, heads, again: [], content, parents: [], ...who };
};
/** As if they had never heard that they are out: with the view, keys and operations of before. */
const asBefore = (thief: Person, before: GroupState): void => {
  thief.state = { ...before, dag: graphOf(before.dag.all()) };
};

/** What somebody reads of the operations beside a distribution. */
const opsIn = async (state: GroupState, control: Control, { context }: Person): Promise<readonly Uint8Array[]> => {
  if (control.kind !== "successor") return [];
  return openOps(state, openWhole(control.distribution)!, control, context);
};

/** Bo goes; then Eve comes in, and each of the others begins a chain. */
const laterThan = async (goes: (ana: Person, bo: Person) => unknown): Promise<void> => {
  const [ana, bo, cy, dee] = await four();
  const had = bo.state;
  goes(ana, bo);
  meet(ana, bo);
  const known = bo.ops.length;
  const eve = new Person("Eve");
  eve.join(ana.invite(), ana.ops);
  for (const one of [ana, cy]) one.learn(eve.ops);
  const later = ana.ops.slice(known);
  assert.deepEqual(
    later.map(({ op }) => op.body.kind),
    ["invite", "join"],
  );
  for (const one of [ana, cy]) {
    const { frames } = await rotate(one.state, one.context);
    const opened = frames.flatMap((frame) => openMeta(bo.state, one.chain, 0, frame, NOW) ?? []);
    const { control } = opened[0] as ControlOpened;
    assert.equal(opened.length, 1, "that a chain begins shows");
    const seen = hex(controls.encode(control));
    for (const { bytes } of later) assert.ok(!seen.includes(hex(bytes)), "not as it lies there");
    for (const state of [bo.state, { ...had, dag: graphOf(had.dag.all()) }])
      for (const seat of [bo, cy, dee, eve].map(({ state: { seat: one } }) => ({
        ...state.seat,
        member: one.member,
      })))
        assert.deepEqual(await opsIn({ ...state, seat }, control, bo), [], "nor by a box that is another's");
    assert.ok(control.kind === "successor");
    const distribution = distributionHash(openWhole(control.distribution)!.head);
    const held = [...had.receive.values()].flatMap(({ key, meta }) => [key, meta]);
    for (const secret of [...held, ...[...had.sent.values()].map((sent) => sent.secret), new Uint8Array(32)])
      assert.equal(unsealOps(control, { secret, distribution }), undefined, "nor with a key that he has");
    assert.deepEqual(
      (await opsIn(dee.state, control, dee)).map((bytes) => hex(bytes)),
      ana.ops.slice(known - 1).map(({ bytes }) => hex(bytes)),
      "for those who are served, and have not heard of it, it is there",
    );
  }
};

describe("attack 9: the removed reads on", () => {
  it("opens nothing of anybody who has heard of it, with all that they ever held, whatever they believe", async () => {
    const [ana, bo, cy, dee] = await four();
    const had = bo.state;
    ana.remove(bo);
    for (const one of [cy, dee]) one.learn(ana.ops);
    for (const one of [ana, cy, dee]) {
      const distribution = await one.rotate();
      assert.ok(!one.state.send!.served.includes(bo.member));
      const { frame } = one.say("not for Bo");
      assert.ok(!(await opens(bo, distribution, one, frame)));
      asBefore(bo, had);
      assert.ok(!(await opens(bo, distribution, one, frame)), "nor with the view of before");
      bo.learn(ana.ops);
      assert.ok(!(await opens(bo, distribution, one, frame)), "nor with the new one");
    }
  });

  it("nobody seals on a chain of the view before, and no pointer names the removed", async () => {
    const [ana, bo, cy] = await four();
    ana.remove(bo);
    const eve = new Person("Eve");
    eve.join(ana.invite(), ana.ops);
    cy.learn(eve.ops);
    assert.ok(needsRotation(cy.state, NOW));
    assert.throws(() => cy.say("too late"), RangeError);
    const turned = await rotate(cy.state, cy.context);
    const agreement = cy.self.agreement.public;
    const opened = (to: Person): boolean =>
      turned.frames.some((frame) =>
        expectedOfPair(to.state.pairs.get(hex(agreement)) ?? newPair, NOW).some((number) =>
          openPairwise(to.state, agreement, number, frame, to.context),
        ),
      );
    assert.deepEqual([opened(eve), opened(bo)], [true, false]);
  });

  it("is served by no invitation of theirs, and neither are those whom they invited", async () => {
    const [ana, bo, cy] = await four();
    const [gus, phone] = [new Person("Gus"), another(bo, "Bo's phone")];
    byCard(bo, gus);
    byCard(cy, phone);
    meet(ana, bo, cy);
    const serves = (): readonly boolean[] =>
      [gus, phone].map(({ card }) => served(ana.state).some(({ key }) => key === card.device));
    assert.deepEqual(serves(), [true, true]);
    ana.remove(bo);
    assert.deepEqual(serves(), [false, false]);
  });

  it("has no chain sealed anew, one that served them or not, nor handed on what they were not served", async () => {
    const [ana, bo, cy, dee] = await four();
    const { chain, context } = dee;
    const { heads } = dee.state.send!;
    const reseals = async (to: Person): Promise<boolean> =>
      (await resealFor(dee.state, chain, to.member, context)) !== undefined;
    assert.ok(await reseals(bo));
    ana.remove(bo);
    const eve = new Person("Eve");
    eve.join(ana.invite(), ana.ops);
    dee.learn(eve.ops);
    assert.deepEqual([await reseals(cy), await reseals(bo), await reseals(eve)], [true, false, false]);
    const then = resolve(dee.state.dag, heads)!;
    assert.deepEqual(
      [cy, eve].map(({ member }) => servesMember(dee.state, then, member)),
      [true, false],
    );
  });

  it("learns of no operation after it from anybody's next chain, which the one before announces", async () => {
    await laterThan((ana, bo) => ana.remove(bo));
    await laterThan((_ana, bo) => bo.act({ kind: "leave", cut: [] }));
  });

  it("what was sealed for them before its sender knew bears the mark, and nothing else does", async () => {
    const [ana, bo, cy, dee] = await four();
    const early = said(dee, 1);
    ana.now = NOW + 10;
    ana.remove(bo);
    const late = said(dee, 20);
    const own = said(bo, 20);
    for (const one of [cy, dee]) one.learn(ana.ops);
    await dee.rotate();
    const after = said(dee, 30);
    for (const one of [ana, cy, dee])
      assert.deepEqual(
        [early, late, after].map((line) => alsoRead(one.state, line).persons),
        [[], [bo.person], []],
      );
    // Sealed again counts as sealed; nobody reads their own besides, and what the removed say by then is nothing at all.
    assert.deepEqual(alsoRead(cy.state, { ...after, again: [late] }).persons, [bo.person]);
    assert.deepEqual(alsoRead(cy.state, own).persons, []);
    assert.deepEqual(
      [early, own].map((line) => counts(cy.view, line)),
      [true, false],
    );
  });

  it("who was invited by card, and is not any more, could read it: the same mark", async () => {
    const [ana, , cy] = await four();
    const gus = new Person("Gus");
    const { id } = byCard(ana, gus);
    cy.learn(ana.ops);
    await cy.rotate();
    const early = said(cy, 1);
    ana.now = NOW + 10;
    ana.act({ kind: "revoke", invite: id });
    const late = said(cy, 20);
    meet(ana, cy);
    for (const one of [ana, cy])
      assert.deepEqual(
        [early, late].map((line) => alsoRead(one.state, line).persons),
        [[], [gus.person]],
      );
  });

  it("whose coming in was void had read that branch: the same mark", async () => {
    const [ana, bo, cy, dee] = await four();
    const invite = bo.invite();
    const eve = new Person("Eve");
    eve.join(invite, bo.ops);
    for (const one of [bo, cy]) one.learn(eve.ops);
    await cy.rotate();
    assert.ok(cy.state.send!.served.includes(eve.member));
    const line = said(cy, 0);
    assert.deepEqual(alsoRead(cy.state, line).persons, []);
    ana.now = NOW + 1000;
    ana.remove(bo);
    meet(ana, cy, dee);
    for (const one of [ana, cy, dee]) assert.deepEqual(alsoRead(one.state, line).persons, [eve.person]);
    assert.ok(counts(cy.view, line));
    assert.ok(!counts(cy.view, { ...line, author: eve.member }), "and of theirs nothing counts");
  });
});

describe("attack 10: two who were removed in different partitions put together what they have", () => {
  it("opens nothing that is sealed after the two halves have met", async () => {
    const [ana, bo, cy, dee] = await four();
    ana.act({ kind: "role", member: cy.member, role: "admin" });
    meet(ana, bo, cy, dee);
    // Ana's half removes Bo; Cy's removes Dee; each of the two goes on hearing the other half.
    ana.remove(bo);
    cy.remove(dee);
    const [left, right] = [await ana.rotate(), await cy.rotate()];
    assert.equal((await dee.follow(left)).kind, "missing", "before Dee has the operations");
    dee.learn(ana.ops);
    bo.learn(cy.ops);
    assert.equal((await dee.follow(left)).kind, "chain");
    assert.equal((await bo.follow(right)).kind, "chain");
    const halves = [bo.state, dee.state] as const;
    meet(ana, cy);
    assert.deepEqual([...ana.view.members.keys()].sort(), [ana.member, cy.member].sort());
    for (const one of [ana, cy]) {
      const distribution = await one.rotate();
      const { frame } = one.say("of both halves");
      for (const thief of [bo, dee])
        for (const state of [
          ...halves,
          { ...halves[0], receive: new Map([...halves[0].receive, ...halves[1].receive]) },
        ]) {
          thief.state = { ...state, dag: graphOf([...ana.ops]), seat: thief.state.seat };
          assert.ok(!(await opens(thief, distribution, one, frame)));
        }
    }
  });
});

/** Signs a head over these boxes with whatever key. */
const forge = (body: Omit<Distribution, "served" | "boxes">, boxes: Uint8Array, seed: Uint8Array): Uint8Array =>
  signDistribution(body, boxes, seed).bytes;

describe("attack 14: keys by a stranger, by one who is out, or for another sender", () => {
  it("a distribution counts only by the key of its sender, a member in the view that it names", async () => {
    const [ana, bo, cy] = await four();
    const raw = await bo.rotate();
    const { body: good, boxes } = openWhole(raw)!;
    const stranger = signingPair(ana.random(32));
    assert.equal((await ana.follow(forge(good, boxes, stranger.secret))).kind, "forged", "another's name");
    const signer = signingPair(cy.random(32)).public;
    const asCy = { ...good, signer, chain: chainIdOf(good.group, bo.member, signer) };
    assert.equal((await ana.follow(forge(asCy, boxes, cy.state.seat.secret))).kind, "forged");
    // Under one's own key, with the chain's name or the commitment of another.
    const taken = { ...good, sender: cy.member };
    assert.equal((await ana.follow(forge(taken, boxes, cy.state.seat.secret))).kind, "forged");
    const own = { ...taken, chain: chainIdOf(good.group, cy.member, good.signer) };
    const commit = commitment(own.group, own.chain, cy.random(32));
    assert.equal((await ana.follow(forge({ ...own, commit }, boxes, cy.state.seat.secret))).kind, "absent");
    assert.equal((await ana.follow(raw)).kind, "chain");
  });

  it("who is out begins no chain, for the view of before or of now", async () => {
    const [ana, bo, cy] = await four();
    const before = bo.state;
    ana.remove(bo);
    cy.learn(ana.ops);
    const held = await bo.rotate();
    assert.equal((await cy.follow(held)).kind, "known", "for the view of before");
    bo.state = { ...before, view: ana.view, dag: ana.state.dag };
    assert.equal((await rotate(bo.state, bo.context)).frames.length, 0, "an honest program does not try");
    const { body, boxes } = openWhole(held)!;
    const now = forge({ ...body, view: ana.view.view, heads: ana.view.heads }, boxes, bo.state.seat.secret);
    assert.notEqual((await cy.follow(now)).kind, "chain");
  });

  it("no other group's, and none for a view that is none", async () => {
    const [ana, bo] = await four();
    const { body, boxes } = openWhole(await bo.rotate())!;
    const [zoe] = room(["Zoe"]) as readonly [Person];
    const sign = (change: Partial<Distribution>, all = boxes): Uint8Array =>
      forge({ ...body, ...change }, all, bo.state.seat.secret);
    assert.equal((await ana.follow(sign({ group: zoe.state.group }))).kind, "forged");
    assert.equal((await ana.follow(sign({ view: zoe.view.view }))).kind, "forged");
    assert.equal((await ana.follow(sign({ heads: [...body.heads, ana.ops[0]!.id].sort() }))).kind, "forged");
    assert.equal((await ana.follow(sign({}, boxes.subarray(BOX_BYTES)))).kind, "forged", "a box less");
  });
});

describe("a message that is not above what it names", () => {
  it("is none, for whoever reads it, whether they have those or not", async () => {
    const [ana] = await four();
    const at = (time: number, parent: number): Uint8Array =>
      placedMessages.encode({
        index: 0,
        nonce: ana.random(16),
        time,
        parents: [{ message: "11".repeat(16) as MessageId, time: parent }],
        acks: [],
        content: ana.random(3),
      });
    assert.ok(placedMessages.decode(at(NOW, NOW - 1)));
    assert.equal(placedMessages.decode(at(NOW, NOW)), undefined);
    assert.equal(placedMessages.decode(at(NOW, NOW + 1)), undefined);
  });
});
