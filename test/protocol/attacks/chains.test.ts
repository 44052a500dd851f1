import assert from "node:assert/strict";
import { Handouts } from "../../../src/messenger/handouts.ts";
import { concat, fromCbor, hex, toCbor, utf8 } from "../../../src/protocol/codec.ts";
import { placedMessages } from "../../../src/protocol/control.ts";
import {
  chainIdOf,
  distributions,
  openWhole,
  sealSecret,
  signDistribution,
} from "../../../src/protocol/distribution.ts";
import { served } from "../../../src/protocol/group.ts";
import { pairOf } from "../../../src/protocol/identity.ts";
import { RETAIN } from "../../../src/protocol/limits.ts";
import { makeOp, readOp } from "../../../src/protocol/membership.ts";
import { newPair, nextNumber } from "../../../src/protocol/pairwise.ts";
import type { Proof } from "../../../src/protocol/proof.ts";
import { proofs, readProof, saidOf } from "../../../src/protocol/proof.ts";
import { label } from "../../../src/protocol/primitives.ts";
import { openPairwise } from "../../../src/protocol/receivingControl.ts";
import { sealPairwise } from "../../../src/protocol/sending.ts";
import type { SealedMessage } from "../../../src/protocol/sending.ts";
import { sign } from "../../../src/protocol/signature.ts";
import type { ChainId } from "../../../src/types.ts";
import { NOW, type Person, room, seeded, talkingRoom } from "../room.ts";
import { signedWith } from "../signatureEdges.ts";
import { threeMembers } from "./insider.ts";

/** The same body under another good signature of the same key. */
const signedAgain = (raw: Uint8Array, name: string, seed: Uint8Array): Uint8Array => {
  const [body] = fromCbor(raw) as [Uint8Array];
  return toCbor([body, signedWith(concat(label(name), body), seed, 417n)]);
};
const headOf = (distribution: Uint8Array): Uint8Array => openWhole(distribution)!.head;
const said = ({ placed, original }: SealedMessage) =>
  saidOf(placedMessages.encode(placed), original.slot, original.signature);

/** Alice's two-faced device: two messages at one place, each well signed. */
const twoFaced = (alice: Person): readonly [SealedMessage, SealedMessage] => {
  const before = alice.state;
  const yes = alice.say("yes");
  alice.state = before;
  return [yes, alice.say("no")];
};

describe("attack 15: equivocation", () => {
  it("two messages at one place are a proof that anybody can check, also who cannot read either", async () => {
    const [alice, bob] = await threeMembers();
    const [yes, no] = twoFaced(alice);
    // Both are valid, each for somebody: neither shows alone.
    assert.equal(bob.hear(alice.chain, 0, yes.frame).kind, "message");
    assert.equal(yes.original.tag, no.original.tag);
    const head = headOf(alice.distribution);
    const proof: Proof = { kind: "messages", head, tag: yes.original.tag, first: said(yes), second: said(no) };
    const raw = proofs.encode(proof);
    assert.deepEqual(readProof(raw), { group: alice.state.group, member: alice.member });
    assert.ok(!hex(raw).includes(hex(utf8("yes"))), "it shows nothing that was said");
    // It survives being forwarded by anybody, any number of times.
    assert.deepEqual(readProof(proofs.encode(proofs.decode(raw)!)), readProof(raw));
  });

  it("nobody can be framed: what Alice signed once, at two places, or not at all proves nothing", async () => {
    const [alice, , mallory] = await threeMembers();
    const [one, two] = [alice.say("one"), alice.say("two")];
    const other = mallory.say("mine");
    const head = headOf(alice.distribution);
    const { tag } = one.original;
    const prove = (first: SealedMessage, second: SealedMessage, change: object = {}): unknown =>
      readProof(proofs.encode({ kind: "messages", head, tag, first: said(first), second: said(second), ...change }));
    assert.equal(prove(one, one), undefined, "the same twice");
    assert.equal(prove(one, two), undefined, "another index has another tag");
    assert.equal(prove(one, two, { tag: two.original.tag }), undefined);
    assert.equal(prove(one, other), undefined, "somebody else's signature");
    assert.equal(prove(one, other, { head: headOf(mallory.distribution) }), undefined);
    const forged = { ...said(one), body: mallory.random(32) };
    assert.equal(prove(one, one, { second: forged }), undefined, "a hash that she did not sign");
    // Mallory signs with his own key for a chain that says it is Alice's.
    const [a, b] = twoFaced(mallory);
    const body = distributions.open(headOf(mallory.distribution))!.body;
    const stolen = distributions.sign({ ...body, sender: alice.member }, mallory.state.seat.secret).bytes;
    assert.equal(prove(a, b, { head: stolen, tag: a.original.tag }), undefined);
    // Sealed again by its author, the same message at another place is no second thing.
    const again = alice.say("one", one.placed.nonce);
    assert.equal(again.message, one.message);
    assert.equal(prove(one, again), undefined);
  });

  it("two distributions of one chain are a proof; one that is only signed again is none", async () => {
    const [alice, bob] = room(["Alice", "Bob", "Mallory"]) as readonly [Person, Person];
    const distribution = await alice.rotate();
    const { body, boxes, head } = openWhole(distribution)!;
    const second = signDistribution({ ...body, startedAt: body.startedAt + 1 }, boxes, alice.state.seat.secret);
    const raw = proofs.encode({ kind: "chains", first: head, second: second.head });
    assert.deepEqual(readProof(raw), { group: alice.state.group, member: alice.member });
    // The first is followed; the second does not displace it.
    assert.equal((await bob.follow(distribution)).kind, "chain");
    assert.equal((await bob.follow(second.bytes)).kind, "known");
    assert.equal(readProof(proofs.encode({ kind: "chains", first: head, second: head })), undefined);
    const unlike = openWhole(await alice.rotate())!.head;
    assert.equal(readProof(proofs.encode({ kind: "chains", first: head, second: unlike })), undefined, "another chain");
    const mine = distributions.sign({ ...body, startedAt: 1 }, bob.state.seat.secret).bytes;
    assert.equal(readProof(proofs.encode({ kind: "chains", first: head, second: mine })), undefined, "not by Alice");
    // Nor her chain's name on a head of his own, nor her own head signed once more, in good order.
    const own = distributions.sign({ ...body, sender: bob.member, startedAt: 1 }, bob.state.seat.secret).bytes;
    const { group } = room(["Zoe"])[0]!.state;
    const elsewhere = distributions.sign({ ...body, group }, alice.state.seat.secret).bytes;
    const again = signedAgain(head, "distribution", alice.state.seat.secret);
    assert.ok(distributions.open(own) && distributions.open(again) && hex(again) !== hex(head));
    for (const other of [own, again, elsewhere])
      for (const [one, two] of [
        [head, other],
        [other, head],
      ] as const)
        assert.equal(readProof(proofs.encode({ kind: "chains", first: one, second: two })), undefined);
    // Two secrets in one distribution are caught by the commitment, before any proof is needed.
    const cheated = await secretFor(alice, bob, distribution, alice.random(32));
    const fresh = room(["Alice", "Bob", "Mallory"])[1]!;
    assert.deepEqual(await fresh.follow(cheated), { kind: "forged", reason: "commitment" });
  });

  it("two operations with one number are a proof", async () => {
    const [alice, bob] = room(["Alice", "Bob"]) as readonly [Person, Person];
    const { group } = alice.state;
    const parents = alice.view.heads;
    const make = (at: number, seq = 2) =>
      makeOp({ group, parents, seq, at, body: { kind: "rekey" } }, alice.state.seat.secret);
    const [first, second, third] = [make(1), make(2), make(3, 3)];
    const proof = (a: { bytes: Uint8Array }, b: { bytes: Uint8Array }) =>
      readProof(proofs.encode({ kind: "operations", first: a.bytes, second: b.bytes }));
    assert.deepEqual(proof(first, second), { group, member: alice.member });
    assert.equal(proof(first, first), undefined);
    assert.equal(proof(first, third), undefined);
    const bobs = makeOp({ group, parents, seq: 2, at: 1, body: { kind: "rekey" } }, bob.state.seat.secret);
    assert.equal(proof(first, bobs), undefined);
    const there = makeOp(
      { group: room(["Zoe"])[0]!.state.group, parents, seq: 2, at: 1, body: { kind: "rekey" } },
      alice.state.seat.secret,
    );
    assert.equal(proof(first, there), undefined, "in another group");
    const again = signedAgain(first.bytes, "operation", alice.state.seat.secret);
    assert.ok(readOp(again) && hex(again) !== hex(first.bytes));
    assert.equal(proof(first, { bytes: again }), undefined, "the same, signed once more");
  });
});

/** Alice's distribution with another secret in Bob's box. */
const secretFor = async (
  alice: Person,
  bob: Person,
  distribution: Uint8Array,
  secret: Uint8Array,
): Promise<Uint8Array> => {
  const { body, boxes } = openWhole(distribution)!;
  const box = await sealSecret(
    body,
    served(alice.state).find((one) => one.key === bob.member)!,
    secret,
    {
      pair: pairOf(alice.self.agreement, bob.self.agreement.public)!,
      member: alice.member,
      person: alice.person,
      random: alice.random,
    },
  );
  const out = boxes.slice();
  for (let at = 0; at < out.length; at += 105)
    if (hex(out.subarray(at, at + 4)) === hex(box!.subarray(0, 4))) out.set(box!, at);
  return signDistribution(body, out, alice.state.seat.secret).bytes;
};

describe("attack 18: unknown key-share", () => {
  it("a distribution that is forwarded opens in no other group, for nobody else, and under no other name", async () => {
    const [alice, bob, mallory] = room(["Alice", "Bob", "Mallory"]) as readonly [Person, Person, Person];
    const distribution = await alice.rotate();
    const { body, boxes } = openWhole(distribution)!;
    // The same three people, with the same device keys, in another group.
    const [malloryThere, bobThere] = room(["Mallory", "Bob", "Alice"]) as readonly [Person, Person];
    assert.equal((await bobThere.follow(distribution)).kind, "forged");
    // Mallory signs Alice's boxes as his own chain there and here: the boxes name group, view, chain and pair.
    for (const [by, to] of [
      [malloryThere, bobThere],
      [mallory, bob],
    ] as const) {
      const { group, seat, view } = by.state;
      const chain = chainIdOf(group, by.member, body.signer);
      const own = { ...body, group, view: view.view, heads: view.heads, sender: seat.member, chain };
      const forwarded = signDistribution(own, boxes, seat.secret).bytes;
      assert.equal((await to.follow(forwarded)).kind, "absent");
      assert.ok(!to.state.receive.has(chain));
    }
    // A pairwise frame to Bob is nothing to anybody else, nor to Bob from another pair or in another group.
    const control = { kind: "pointer", tag: hex(alice.random(16)) as never, key: alice.random(32) } as const;
    const pair = alice.state.pairs.get(hex(bob.self.agreement.public)) ?? newPair;
    const number = nextNumber(pair, NOW);
    const [frame] = sealPairwise(alice.state, bob.self.agreement.public, control, alice.context).frames as [Uint8Array];
    const opens = (to: Person, from: Person): boolean =>
      openPairwise(to.state, from.self.agreement.public, number, frame, to.context) !== undefined;
    assert.deepEqual([opens(mallory, alice), opens(bob, mallory), opens(bobThere, alice)], [false, false, false]);
    assert.ok(opens(bob, alice));
    assert.equal((await bob.follow(distribution)).kind, "chain");
  });
});

describe("attack 27: an insider floods with chains, or abuses prekeys", () => {
  it("chains without end push out nobody else's, and what is kept of them is bounded", async () => {
    const [alice, bob, mallory] = await threeMembers();
    for (let i = 0; i < 300; i++) {
      mallory.now += 1000;
      await bob.follow(await mallory.rotate());
    }
    const senders = [...bob.state.receive.values()].map(({ sender }) => sender);
    assert.equal(senders.filter((one) => one === mallory.member).length, 128);
    assert.equal(bob.hear(alice.chain, 0, alice.say("still heard").frame).kind, "message");
    assert.equal(bob.hear(mallory.chain, 0, mallory.say("and he too").frame).kind, "message");
  });

  it("what a prekey was used for opens for the grace time, and nobody sets another's", async () => {
    const [alice, bob, mallory] = (await talkingRoom(["Alice", "Bob", "Mallory"])) as readonly [Person, Person, Person];
    // Sealed to the prekey that Bob had before he changed it over and over.
    const distribution = await alice.rotate();
    for (let i = 0; i < 40; i++) await bob.rotate();
    const { state } = bob;
    bob.now = NOW + RETAIN - 1;
    await bob.rotate();
    assert.equal((await bob.follow(distribution)).kind, "chain");
    bob.state = state;
    bob.now = NOW + RETAIN;
    await bob.rotate();
    bob.now = NOW;
    assert.equal((await bob.follow(distribution)).kind, "absent", "then it is gone");
    // The highest number that there is: it is Mallory's own prekey, and stays his own.
    const { body, boxes } = openWhole(await mallory.rotate())!;
    const greedy = { ...body, prekey: { number: 0xffff_ffff, key: mallory.random(32) } };
    await alice.follow(signDistribution(greedy, boxes, mallory.state.seat.secret).bytes);
    assert.equal(served(alice.state).find((one) => one.key === mallory.member)?.prekey.number, 0xffff_ffff);
    assert.notEqual(served(alice.state).find((one) => one.key === bob.member)?.prekey.number, 0xffff_ffff);
    const small = signDistribution(
      { ...body, prekey: { number: 7, key: new Uint8Array(32) } },
      boxes,
      sign(mallory.random(1), mallory.random(32)).subarray(0, 32),
    );
    assert.equal((await alice.follow(small.bytes)).kind, "forged", "another's hand");
  });

  it("requests without end are remembered up to a bound", () => {
    const random = seeded("requests");
    const handouts = new Handouts();
    const asked: ChainId[] = [];
    for (let i = 0; i < 5000; i++) {
      const chain = hex(random(16)) as ChainId;
      asked.push(chain);
      handouts.asked(hex(random(32)) as never, chain);
      handouts.recall(hex(random(32)) as never, undefined);
    }
    let recalls = 0;
    while (handouts.takeRecall()) recalls++;
    assert.equal(recalls, 64);
    assert.ok(!handouts.hasRecalls);
    assert.ok(handouts.size <= 256);
  });
});
