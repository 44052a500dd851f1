import assert from "node:assert/strict";
import { newPair, nextNumber } from "../../src/protocol/pairwise.ts";
import { concat, hex, toCbor, unhex } from "../../src/protocol/codec.ts";
import {
  BOX_BYTES,
  chainIdOf,
  commitment,
  type Distribution,
  openWhole,
  sealSecret,
  signDistribution,
  type WholeDistribution,
} from "../../src/protocol/distribution.ts";
import { openEnvelope, sealEnvelope, slotFor } from "../../src/protocol/envelope.ts";
import { served } from "../../src/protocol/group.ts";
import { pairOf } from "../../src/protocol/identity.ts";
import { CHAIN_LENGTH, HOUR } from "../../src/protocol/limits.ts";
import { needsRotation } from "../../src/protocol/rotation.ts";
import { resolve } from "../../src/protocol/resolve.ts";
import { openMeta, openPairwise, openPointed } from "../../src/protocol/receivingControl.ts";
import { metaKey } from "../../src/protocol/senderKey.ts";
import { CONTROL_CONTEXT, resealFor, rotate, sealMeta } from "../../src/protocol/sending.ts";
import { signingPair } from "../../src/protocol/signature.ts";
import type { GroupId, MemberId, PersonId, OpId, ViewId } from "../../src/types.ts";
import { NOW, Person, publicOf, room, seeded, talkingRoom } from "./room.ts";

/** All boxes of a distribution, with the one for the same slot replaced. */
const swapped = (distribution: Uint8Array, box: Uint8Array): Uint8Array => {
  const { boxes } = bodyOf(distribution);
  const out = boxes.slice();
  for (let at = 0; at < out.length; at += BOX_BYTES)
    if (hex(out.subarray(at, at + 4)) === hex(box.subarray(0, 4))) out.set(box, at);
  assert.notDeepEqual(out, boxes);
  return out;
};

type Three = readonly [Person, Person, Person];
const three = (): Three => room(["Ana", "Bo", "Cy"]) as unknown as Three;
const wholeOf = (bytes: Uint8Array): WholeDistribution => openWhole(bytes) as WholeDistribution;
const bodyOf = (bytes: Uint8Array): Distribution => {
  const { body, boxes } = wholeOf(bytes);
  return { ...body, boxes };
};
/** The sender's own hand: the same distribution with something changed. */
const resigned = (by: Person, bytes: Uint8Array, change: Partial<Distribution>): Uint8Array =>
  signDistribution({ ...bodyOf(bytes), ...change }, change.boxes ?? wholeOf(bytes).boxes, by.state.seat.secret).bytes;

/** A box for `to` with a secret and an attestation of the sender's choice. */
const boxFor = async (
  from: Person,
  to: Person,
  secret: Uint8Array,
  as: { member?: MemberId; person?: PersonId; group?: GroupId } = {},
): Promise<Uint8Array> => {
  const body = bodyOf(from.distribution);
  const recipient = served(from.state).find((one) => one.key === to.member)!;
  const pair = pairOf(from.self.agreement, to.self.agreement.public)!;
  const place = { group: as.group ?? body.group, view: body.view, chain: body.chain };
  const box = await sealSecret(place, recipient, secret, {
    pair,
    member: as.member ?? from.member,
    person: as.person ?? from.person,
    random: from.random,
  });
  return box!;
};

describe("a distribution", () => {
  it("has one box of 105 bytes for every other device of the view, in an order that tells nothing", async () => {
    const [ana] = three();
    const { boxes, heads, view, sender } = bodyOf(await ana.rotate());
    assert.equal(boxes.length, 2 * BOX_BYTES);
    assert.ok(hex(boxes.subarray(0, BOX_BYTES)) < hex(boxes.subarray(BOX_BYTES)));
    assert.deepEqual(heads, ana.view.heads);
    assert.equal(view, ana.view.view);
    assert.equal(sender, ana.member);
  });

  it("opens for those whom it serves, and shows that its sender is who they are", async () => {
    const [ana, bo, cy] = three();
    const distribution = await ana.rotate();
    assert.equal((await bo.follow(distribution)).kind, "chain");
    assert.equal((await cy.follow(distribution)).kind, "chain");
    assert.equal((await bo.follow(distribution)).kind, "known");
    assert.equal((await ana.follow(distribution)).kind, "known");
    assert.equal(bo.state.peers.get(ana.member)?.confirmed, true);
    assert.deepEqual(bo.state.peers.get(ana.member)?.prekey, publicOf(ana.state.seat));
  });

  it("serves a device that is invited by card before it joins, under its device key", async () => {
    const [ana] = three();
    const dee = new Person("Dee");
    const secret = ana.random(32);
    ana.invite({ key: signingPair(secret).public, card: dee.card.bytes, hail: undefined as never });
    const distribution = await ana.rotate();
    assert.equal(bodyOf(distribution).boxes.length, 3 * BOX_BYTES);
    const invite = ana.ops.find((op) => op.op.body.kind === "invite" && op.card?.person === dee.person)!;
    dee.join({ id: invite.id, secret }, ana.ops);
    assert.equal((await dee.follow(distribution)).kind, "chain");
  });

  it("does not open for who is not served", async () => {
    const [ana, bo, cy] = three();
    const distribution = await ana.rotate();
    const kinds: string[] = [];
    for (const i of [0, 1]) {
      const boxes = bodyOf(distribution).boxes.slice();
      boxes.set(ana.random(BOX_BYTES), i * BOX_BYTES);
      for (const one of [bo, cy]) {
        const before = one.state;
        kinds.push((await one.follow(resigned(ana, distribution, { boxes }))).kind);
        one.state = before;
      }
    }
    assert.deepEqual(kinds.sort(), ["absent", "absent", "chain", "chain"]);
  });

  it("is refused with a box more or less than its view has devices: a ghost would show", async () => {
    const [ana, bo] = three();
    const distribution = await ana.rotate();
    const { boxes } = bodyOf(distribution);
    const refused = { kind: "forged", reason: "boxes" };
    const cut = (length: number): Uint8Array => resigned(ana, distribution, { boxes: boxes.slice(0, length) });
    for (const length of [0, 105]) assert.deepEqual(await bo.follow(cut(length)), refused);
    const garbled = { kind: "forged", reason: "distribution" };
    for (const length of [1, 104, 209]) assert.deepEqual(await bo.follow(cut(length)), garbled);
    // Boxes that are not those that the head was signed over.
    const { head } = wholeOf(distribution);
    const other = wholeOf(cut(105)).boxes;
    assert.deepEqual(await bo.follow(toCbor([head, concat(other, other)])), garbled);
    const ghost = concat(boxes, ana.random(BOX_BYTES));
    assert.deepEqual(await bo.follow(resigned(ana, distribution, { boxes: ghost })), refused);
    const members = (await talkingRoom(["Ana", "Bo"])) as unknown as Three;
    const alone = await members[0].rotate();
    assert.equal((await members[1].follow(alone)).kind, "chain");
  });

  it("is refused for a chain whose name is not its sender's", async () => {
    const [ana, bo, cy] = three();
    const distribution = await ana.rotate();
    const chain = { kind: "forged", reason: "chain" };
    const stolen = resigned(cy, await cy.rotate(), { chain: ana.chain });
    assert.deepEqual(await bo.follow(stolen), chain);
    assert.deepEqual(await bo.follow(resigned(ana, distribution, { signer: ana.random(32) })), chain);
    assert.equal((await bo.follow(distribution)).kind, "chain");
  });

  it("is refused when its keys differ from what it commits to", async () => {
    const [ana, bo, cy] = three();
    const distribution = await ana.rotate();
    const forged = { kind: "forged", reason: "commitment" };
    assert.deepEqual(await bo.follow(resigned(ana, distribution, { commit: ana.random(32) })), forged);
    // One secret for Cy, another for Bo.
    const boxes = swapped(distribution, await boxFor(ana, bo, ana.random(32)));
    assert.deepEqual(await bo.follow(resigned(ana, distribution, { boxes })), forged);
    assert.equal((await cy.follow(resigned(ana, distribution, { boxes }))).kind, "chain");
  });

  it("is refused with somebody else's, or another group's, attestation", async () => {
    const [ana, bo, cy] = three();
    const distribution = await ana.rotate();
    const { secret } = ana.state.sent.get(ana.chain)!;
    const forged = { kind: "forged", reason: "attestation" };
    for (const as of [{ member: cy.member }, { person: cy.person }]) {
      const boxes = swapped(distribution, await boxFor(ana, bo, secret, as));
      assert.deepEqual(await bo.follow(resigned(ana, distribution, { boxes })), forged);
    }
    assert.equal((await bo.follow(distribution)).kind, "chain");
  });

  it("is refused for a view that is none, or that its sender is not in", async () => {
    const [ana, bo, cy] = three();
    const distribution = await ana.rotate();
    const view = { kind: "forged", reason: "view" };
    assert.deepEqual(await bo.follow(resigned(ana, distribution, { view: hex(ana.random(32)) as ViewId })), view);
    const early = ana.ops[0]!.id;
    assert.deepEqual(await bo.follow(resigned(cy, distribution, { sender: cy.member, heads: [early] })), view);
    const heads = [hex(ana.random(32)) as OpId];
    const unknown = await bo.follow(resigned(ana, distribution, { heads }));
    assert.deepEqual(unknown, { kind: "missing", sender: ana.member, heads });
  });

  it("waits for operations that it rests on, and opens once they are there", async () => {
    const [ana, bo] = three();
    const op = ana.act({ kind: "rekey" });
    const distribution = await ana.rotate();
    assert.equal((await bo.follow(distribution)).kind, "missing");
    bo.learn([op]);
    assert.equal((await bo.follow(distribution)).kind, "chain");
  });

  it("cannot be forwarded to another group or under another name", async () => {
    const [ana, bo, cy] = three();
    const distribution = await ana.rotate();
    const elsewhere = room(["Bo", "Cy", "Ana"]) as unknown as Three;
    assert.deepEqual(await elsewhere[0].follow(distribution), { kind: "forged", reason: "distribution" });
    // Cy passes Ana's boxes on as his own.
    const { signer } = bodyOf(distribution);
    const chain = chainIdOf(cy.state.group, cy.member, signer);
    assert.equal((await bo.follow(resigned(cy, distribution, { sender: cy.member, chain }))).kind, "absent");
    // A box that Ana sealed for another group does not open in this one.
    const { secret } = ana.state.sent.get(ana.chain)!;
    const boxes = swapped(distribution, await boxFor(ana, bo, secret, { group: elsewhere[0].state.group }));
    assert.equal((await bo.follow(resigned(ana, distribution, { boxes }))).kind, "absent");
    assert.equal((await bo.follow(concat(distribution.subarray(0, -1), Uint8Array.of(0)))).kind, "forged");
  });

  it("takes noise, and a kind that is reserved, for no box of its own", async () => {
    const [ana, bo] = three();
    const distribution = await ana.rotate();
    const noise = ana.random(2 * BOX_BYTES);
    assert.equal((await bo.follow(resigned(ana, distribution, { boxes: noise }))).kind, "absent");
    const reserved = bodyOf(distribution).boxes.slice();
    reserved[8] = 1;
    reserved[8 + BOX_BYTES] = 1;
    assert.equal((await bo.follow(resigned(ana, distribution, { boxes: reserved }))).kind, "absent");
  });

  it("names its view in one way only: heads ascending, distinct, none below another", async () => {
    const [ana, bo] = three();
    const distribution = await ana.rotate();
    const { heads } = bodyOf(distribution);
    for (const other of [
      [...heads, ...heads],
      [ana.ops[0]!.id, ...heads],
      [...heads, ana.ops[0]!.id],
    ]) {
      const view = resolve(bo.state.dag, other);
      const bytes = resigned(ana, distribution, { heads: other, ...(view && { view: view.view }) });
      assert.deepEqual(await bo.follow(bytes), { kind: "forged", reason: "view" });
    }
  });

  it("binds its commitment to group and chain", () => {
    const [ana] = three();
    const secret = ana.random(32);
    const chain = hex(ana.random(16)) as never;
    const here = commitment(ana.state.group, chain, secret);
    assert.notDeepEqual(here, commitment(ana.state.group, hex(ana.random(16)) as never, secret));
    assert.notDeepEqual(here, commitment(hex(seeded("g")(32)) as GroupId, chain, secret));
  });
});

describe("a new chain", () => {
  it("is due for a new view, hour, process, and after 128 messages", async () => {
    const [ana] = (await talkingRoom(["Ana", "Bo"])) as unknown as Three;
    const due = (state = ana.state, now = NOW): boolean => needsRotation(state, now);
    const send = ana.state.send!;
    assert.ok(!due());
    assert.ok(due(ana.state, NOW + HOUR));
    assert.ok(due({ ...ana.state, send: { ...send, ended: true } }));
    assert.ok(due({ ...ana.state, send: { ...send, index: CHAIN_LENGTH } }));
    assert.ok(!due({ ...ana.state, send: { ...send, index: CHAIN_LENGTH - 1 } }));
    const { send: _none, ...without } = ana.state;
    assert.ok(due(without));
    ana.act({ kind: "rekey" });
    assert.ok(due());
  });

  it("is due for everything that changes who reads: coming, going, a device revoked, a role", async () => {
    const [ana, bo, cy] = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as Three;
    const before = ana.state;
    const changes: readonly (() => unknown)[] = [
      () => ana.invite(),
      () => ana.remove(cy),
      () => ana.act({ kind: "role", member: bo.member, role: "admin" }),
      () => ana.act({ kind: "policy", policy: { open: true, direct: false, invite: "admins", guests: "ask" } }),
      () => {
        cy.act({ kind: "leave", cut: [] });
        ana.learn(cy.ops);
      },
    ];
    for (const change of changes) {
      const [fresh] = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as Three;
      ana.state = { ...before, dag: fresh.state.dag, view: fresh.state.view };
      assert.ok(!needsRotation(ana.state, NOW));
      change();
      assert.ok(needsRotation(ana.state, NOW), String(change));
      assert.throws(() => ana.say(), RangeError);
    }
  });

  it("is not due for a prekey of somebody else's, which the next one is sealed to", async () => {
    const [ana, bo] = (await talkingRoom(["Ana", "Bo"])) as unknown as Three;
    await ana.follow(await bo.rotate());
    assert.ok(!needsRotation(ana.state, NOW));
    assert.equal(served(ana.state)[0]?.prekey.number, bo.state.seat.prekeys[0]?.number);
  });

  it("has a fresh secret, signing key and prekey, and closes the one before", async () => {
    const [ana] = (await talkingRoom(["Ana", "Bo"])) as unknown as Three;
    const before = bodyOf(ana.distribution);
    ana.say();
    const after = bodyOf(await ana.rotate());
    assert.notDeepEqual(after.signer, before.signer);
    assert.notDeepEqual(after.commit, before.commit);
    assert.equal(after.prekey.number, before.prekey.number + 1);
    assert.deepEqual(after.close, { chain: before.chain, count: 1 });
  });

  it("is announced under the meta key of the one before; only who was not served there gets a pointer", async () => {
    const [ana, bo, cy] = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as Three;
    const old = ana.chain;
    const dee = new Person("Dee");
    const join = dee.join(ana.invite(), ana.ops);
    ana.learn([join]);
    const turned = await rotate(ana.state, ana.context);
    ana.state = turned.state;
    assert.equal(turned.frames.length, 2, "one announcement, one pointer");
    const [announced, pointer] = turned.frames as [Uint8Array, Uint8Array];
    const number = nextNumber(newPair, NOW);
    for (const one of [bo, cy]) {
      const opened = openMeta(one.state, old, 0, announced, NOW);
      assert.equal(opened?.control.kind, "successor");
      assert.equal(openPairwise(one.state, ana.self.agreement.public, number, pointer, one.context), undefined);
    }
    const pointed = openPairwise(dee.state, ana.self.agreement.public, number, pointer, dee.context)!.control;
    assert.ok(pointed.kind === "pointer");
    assert.equal(hex(announced.subarray(3, 19)), pointed.tag);
    assert.equal(openPointed(pointed.key, announced)?.kind, "successor");
  });

  it("does not serve somebody who was removed, nor is anything said on the old one", async () => {
    const [ana, bo, cy] = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as Three;
    ana.remove(cy);
    assert.throws(() => ana.say(), RangeError);
    const distribution = await ana.rotate();
    assert.equal(bodyOf(distribution).boxes.length, BOX_BYTES);
    cy.learn(ana.ops);
    assert.equal((await cy.follow(distribution)).kind, "absent");
    bo.learn(ana.ops);
    assert.equal((await bo.follow(distribution)).kind, "chain");
    const turned = await rotate(cy.state, cy.context);
    assert.deepEqual(turned.frames, [], "who is out starts none");
  });

  it("is sealed anew only by its sender and for a device that it served", async () => {
    const [ana, bo, cy] = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as Three;
    const control = await resealFor(ana.state, ana.chain, bo.member, ana.context);
    assert.ok(control?.kind === "box" && control.box.length === BOX_BYTES);
    bo.state = { ...bo.state, receive: new Map() };
    assert.equal((await cy.follow(control.distribution, control.box)).kind, "known");
    assert.equal((await bo.follow(control.distribution, control.box)).kind, "chain");
    assert.equal(await resealFor(bo.state, ana.chain, cy.member, bo.context), undefined);
    assert.equal(await resealFor(ana.state, ana.chain, hex(unhex("ff".repeat(32))), ana.context), undefined);
    ana.remove(cy);
    assert.equal(await resealFor(ana.state, ana.chain, cy.member, ana.context), undefined);
  });
});

describe("a control frame under a meta key", () => {
  it("is its sender's, counts once, and cannot be forged or moved by others who hold the key", async () => {
    const [ana, bo, cy] = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as Three;
    const control = { kind: "acks", acks: [], heads: ana.view.heads } as const;
    const sent = sealMeta(ana.state, control, ana.context);
    const frame = sent.frames[0]!;
    const opened = openMeta(bo.state, ana.chain, 0, frame, NOW)!;
    assert.deepEqual(opened.control, control);
    assert.equal(opened.from, ana.member);
    assert.equal(openMeta(opened.state, ana.chain, 0, frame, NOW), undefined, "twice");
    assert.equal(openMeta(bo.state, ana.chain, 1, frame, NOW), undefined, "another number");
    assert.equal(openMeta(bo.state, ana.chain, 32, frame, NOW), undefined, "out of the window");
    assert.equal(openMeta(bo.state, cy.chain, 0, frame, NOW), undefined, "another chain");
    // Cy holds Ana's meta key: with it and his own signing key he speaks as nobody.
    const followed = cy.state.receive.get(ana.chain)!;
    const posing = { ...cy.state.send!, meta: followed.meta, distribution: followed.distribution, metaNext: 0 };
    const forged = sealMeta({ ...cy.state, send: posing }, control, cy.context).frames[0]!;
    assert.equal(hex(forged.subarray(3, 19)), hex(frame.subarray(3, 19)), "the right tag");
    assert.equal(openMeta(bo.state, ana.chain, 0, forged, NOW), undefined);
  });

  it("is not what announced its chain: whoever was pointed at that cannot use a number up with it", async () => {
    const [ana, bo, cy] = three();
    const turned = await rotate(ana.state, ana.context);
    ana.state = turned.state;
    for (const one of [bo, cy]) await one.follow(ana.distribution);
    const number = nextNumber(newPair, NOW);
    const [pointer] = turned.frames
      .slice(1)
      .flatMap((frame) => openPairwise(cy.state, ana.self.agreement.public, number, frame, cy.context)?.control ?? []);
    assert.equal(pointer?.kind, "pointer");
    const announced = openEnvelope((pointer as { key: Uint8Array }).key, turned.frames[0]!, CONTROL_CONTEXT)!;
    const { meta, distribution } = cy.state.receive.get(ana.chain)!;
    const options = { slot: slotFor(NOW), random: cy.random, context: CONTROL_CONTEXT };
    for (const n of [0, 1]) {
      const again = sealEnvelope(metaKey(meta, distribution, n), announced, options);
      assert.equal(openMeta(bo.state, ana.chain, n, again, NOW), undefined, `number ${n}`);
    }
  });
});
