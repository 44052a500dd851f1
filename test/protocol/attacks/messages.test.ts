import assert from "node:assert/strict";
import { concat, hex, utf8 } from "../../../src/protocol/codec.ts";
import { messageSigned, signedBodies } from "../../../src/protocol/control.ts";
import { distributions, openWhole } from "../../../src/protocol/distribution.ts";
import { readHead } from "../../../src/protocol/following.ts";
import { slotFor } from "../../../src/protocol/envelope.ts";
import { prune } from "../../../src/protocol/group.ts";
import { HOUR, RETAIN } from "../../../src/protocol/limits.ts";
import { openEnvelope } from "../../../src/protocol/envelope.ts";
import { messageContext } from "../../../src/protocol/sending.ts";
import { openTags } from "../../../src/protocol/senderKey.ts";
import { sign } from "../../../src/protocol/signature.ts";
import { NOW, type Person, room, talkingRoom } from "../room.ts";
import { chainAt, handedTo, keyOf, plainOf, rewritten, sealAs, threeMembers } from "./insider.ts";

const text = (kind: ReturnType<Person["hear"]>): string =>
  kind.kind === "message" ? new TextDecoder().decode(kind.received.placed.content) : kind.kind;

describe("attack 1: a member forges another's message", () => {
  it("knowing the chain key, the tag and everything that Alice ever signed, and not her signing key", async () => {
    const [alice, bob, mallory] = await threeMembers();
    const chain = chainAt(mallory, alice);
    const said = alice.say("yes");
    const plain = plainOf(chain, 0, said.frame);
    const { body, signature } = signedBodies.decode(plain)!;
    const covered = messageSigned(chain.distribution, slotFor(NOW), keyOf(chain, 0).tag, body);
    const own = mallory.state.send!.signer;
    const forgeries: Uint8Array[] = [
      signedBodies.encode({ body, signature: sign(covered, own) }),
      signedBodies.encode({ body, signature: sign(covered, mallory.state.seat.secret) }),
      signedBodies.encode({ body, signature: new Uint8Array(64) }),
      rewritten(plain, { content: utf8("no") }),
    ];
    for (const forgery of forgeries) {
      assert.equal(bob.hear(alice.chain, 0, sealAs(mallory, chain, { index: 0, plain: forgery })).kind, "forged");
      // Nor by handing it on as a message that Bob could not open.
      const { key, tag } = keyOf(chain, 0);
      const signed = { slot: slotFor(NOW), body: forgery };
      assert.equal(handedTo(bob, alice.distribution, { index: 0, tag, key, signed }), undefined);
    }
    assert.equal(signature.length, 64);
    assert.equal(text(bob.hear(alice.chain, 0, said.frame)), "yes");
  });

  it("nor by a chain of her own that goes by the name of Alice's", async () => {
    const [alice, bob, mallory] = await threeMembers();
    const { body } = openWhole(mallory.distribution)!;
    const under = (chain: typeof body.chain) =>
      readHead(bob.state, distributions.sign({ ...body, chain }, mallory.state.seat.secret).bytes, bob.now);
    assert.equal(under(mallory.chain).kind, "head");
    assert.deepEqual(under(alice.chain), { kind: "forged", reason: "chain" });
  });

  it("is not helped by passing Alice's chain off as one's own, or one's own as hers", async () => {
    const [alice, bob, mallory] = await threeMembers();
    const said = mallory.say("Alice agrees");
    const { key, original } = said;
    const handed = { index: 0, tag: original.tag, key };
    const signed = { slot: original.slot, body: plainOf(chainAt(bob, mallory), 0, said.frame) };
    assert.equal(handedTo(bob, alice.distribution, { ...handed, signed }), undefined);
    assert.equal(handedTo(bob, mallory.distribution, { ...handed, signed })?.author, mallory.member);
  });
});

describe("attack 2: a byte is flipped", () => {
  it("anywhere in a message: refused, and nothing in the receiver's state is another", async () => {
    const [alice, bob] = await threeMembers();
    const { frame } = alice.say("untouched");
    const before = bob.state;
    for (let at = 0; at < frame.length; at++) {
      const flipped = frame.slice();
      flipped[at]! ^= 1 << (at % 8);
      assert.equal(bob.hear(alice.chain, 0, flipped).kind, "forged", `byte ${at}`);
      assert.equal(bob.state, before);
    }
    assert.equal(text(bob.hear(alice.chain, 0, frame)), "untouched");
  });

  it("anywhere in a distribution: refused by all, also by those whose box is whole", async () => {
    const [alice, bob] = room(["Alice", "Bob", "Mallory"]) as readonly [Person, Person];
    const distribution = await alice.rotate();
    const before = bob.state;
    for (let at = 0; at < distribution.length; at++) {
      const flipped = distribution.slice();
      flipped[at]! ^= 1 << (at % 8);
      assert.equal((await bob.follow(flipped)).kind, "forged", `byte ${at}`);
      assert.equal(bob.state, before);
    }
    assert.equal((await bob.follow(distribution)).kind, "chain");
  });

  it("anywhere in what is handed on: refused", async () => {
    const [alice, bob] = await threeMembers();
    const { frame, key, original } = alice.say("untouched");
    const plain = plainOf(chainAt(bob, alice), 0, frame);
    const handed = { index: 0, tag: original.tag, key };
    for (let at = 0; at < plain.length; at++) {
      const body = plain.slice();
      body[at]! ^= 1 << (at % 8);
      assert.equal(handedTo(bob, alice.distribution, { ...handed, signed: { slot: original.slot, body } }), undefined);
    }
    const signed = { slot: original.slot, body: plain };
    for (const bad of [
      { index: 1 },
      { signed: { ...signed, slot: original.slot + 1 } },
      { tag: keyOf(chainAt(bob, alice), 1).tag },
    ])
      assert.equal(handedTo(bob, alice.distribution, { ...handed, signed, ...bad }), undefined);
    assert.ok(handedTo(bob, alice.distribution, { ...handed, signed }));
    assert.ok(handedTo(bob, alice.distribution, handed, [frame]), "or with the envelope itself");
  });
});

describe("attack 3: garbage under Alice's valid tag", () => {
  it("burns no index: her real message still opens, whatever came before it under its tag", async () => {
    const [alice, bob, mallory] = await threeMembers();
    const chain = chainAt(mallory, alice);
    const said = [0, 1, 2].map((i) => alice.say(`word ${i}`).frame);
    const before = bob.state;
    for (const index of [0, 1, 2])
      for (const plain of [new Uint8Array(0), mallory.random(40), mallory.random(900), utf8("garbage")])
        assert.equal(bob.hear(alice.chain, index, sealAs(mallory, chain, { index, plain })).kind, "forged");
    assert.equal(bob.state, before, "nothing was consumed, nothing skipped");
    // Far ahead: nobody is made to derive and keep the keys between.
    assert.equal(
      bob.hear(alice.chain, 127, sealAs(mallory, chain, { index: 127, plain: mallory.random(9) })).kind,
      "forged",
    );
    assert.equal(chainAt(bob, alice).skipped.size, 0);
    for (const [i, frame] of said.entries()) assert.equal(text(bob.hear(alice.chain, i, frame)), `word ${i}`);
  });
});

describe("attack 4: a frame is played again", () => {
  it("at once, later, after its chain ended or the state was written and read: it is delivered once", async () => {
    const [alice, bob] = await threeMembers();
    const chain = alice.chain;
    const { frame } = alice.say("once");
    assert.equal(bob.hear(chain, 0, frame).kind, "message");
    assert.equal(bob.hear(chain, 0, frame).kind, "stale");
    const [late, early] = [alice.say("late").frame, alice.say("early").frame];
    for (const [index, one] of [
      [2, early],
      [1, late],
    ] as const) {
      assert.equal(bob.hear(chain, index, one).kind, "message");
      assert.equal(bob.hear(chain, index, one).kind, "stale", "also one that was skipped first");
    }
    await bob.follow(await alice.rotate());
    for (const [index, one] of [frame, late, early].entries()) assert.equal(bob.hear(chain, index, one).kind, "stale");
    // As the state comes back from disk: copies of all maps.
    bob.state = { ...bob.state, receive: new Map(structuredClone([...bob.state.receive])) };
    assert.equal(bob.hear(chain, 0, frame).kind, "stale");
    bob.now += 81 * HOUR;
    bob.state = prune(bob.state, bob.now);
    assert.equal(bob.hear(chain, 0, frame).kind, "stale");
  });

  it("in another chain, index, view or group: it never opens", async () => {
    const [alice, bob, mallory] = await threeMembers();
    const { frame } = alice.say("here and now");
    const old = alice.chain;
    const elsewhere = await talkingRoom(["Mallory", "Bob", "Alice"]);
    for (const to of elsewhere)
      for (const by of elsewhere) if (by !== to) assert.equal(to.hear(by.chain, 0, frame).kind, "forged");
    assert.equal(bob.hear(mallory.chain, 0, frame).kind, "forged");
    assert.equal(bob.hear(old, 1, frame).kind, "forged");
    const op = alice.act({ kind: "rekey" });
    bob.learn([op]);
    await bob.follow(await alice.rotate());
    assert.equal(bob.hear(alice.chain, 0, frame).kind, "forged");
  });

  it("with the distribution of a chain that was forgotten: the chain is not opened again", async () => {
    const [alice, bob] = await threeMembers();
    const old = alice.distribution;
    const chain = alice.chain;
    const { frame } = alice.say("once");
    assert.equal(bob.hear(chain, 0, frame).kind, "message");
    // Bob has been silent: his prekey of that time is still the newest, and would open the box.
    for (const wait of [RETAIN, RETAIN + 1, 100 * HOUR]) {
      bob.now = NOW + wait;
      bob.state = prune(bob.state, bob.now);
      assert.ok(!bob.state.receive.has(chain));
      assert.equal((await bob.follow(old)).kind, "known");
      assert.equal(bob.hear(chain, 0, frame).kind, "stale");
    }
  });

  it("nor one that made room for others, nor one that its sender's fast clock dated ahead", async () => {
    const [alice, bob] = await threeMembers();
    const first = alice.distribution;
    for (let i = 0; i < 128; i++) {
      alice.now += 1000;
      assert.equal((await bob.follow(await alice.rotate())).kind, "chain");
    }
    const chain = openWhole(first)!.body.chain;
    assert.ok(!bob.state.receive.has(chain), "128 are followed");
    assert.equal((await bob.follow(first)).kind, "known");
    const [fast, other] = await threeMembers();
    fast.now = NOW + 8 * HOUR;
    const ahead = await fast.rotate();
    assert.equal((await other.follow(ahead)).kind, "chain");
    for (let at = NOW; at < NOW + 100 * HOUR; at += HOUR) {
      other.now = at;
      other.state = prune(other.state, at);
      assert.equal((await other.follow(ahead)).kind, "known", `after ${(at - NOW) / HOUR} hours`);
    }
    fast.now = NOW + 10 * HOUR;
    other.now = NOW;
    assert.equal((await other.follow(await fast.rotate())).kind, "known", "further ahead than frames may be");
  });
});

describe("attack 5: Alice's signed body at another index", () => {
  it("is refused, re-wrapped under any later key, as it is or with the index changed", async () => {
    const [alice, bob, mallory] = await threeMembers();
    const chain = chainAt(mallory, alice);
    const { frame } = alice.say("in support");
    const plain = plainOf(chain, 0, frame);
    for (const index of [1, 2, 64, 127]) {
      assert.equal(bob.hear(alice.chain, index, sealAs(mallory, chain, { index, plain })).kind, "forged");
      const moved = rewritten(plain, { index });
      assert.equal(bob.hear(alice.chain, index, sealAs(mallory, chain, { index, plain: moved })).kind, "forged");
      const { key, tag } = keyOf(chain, index);
      for (const body of [plain, moved]) {
        const signed = { slot: slotFor(NOW), body };
        assert.equal(handedTo(bob, alice.distribution, { index, tag, key, signed }), undefined);
        assert.equal(handedTo(bob, alice.distribution, { index, tag: keyOf(chain, 0).tag, key, signed }), undefined);
      }
    }
    assert.equal(
      bob.hear(alice.chain, 0, sealAs(mallory, chain, { index: 0, plain, slot: slotFor(NOW) + 1 })).kind,
      "forged",
    );
    assert.equal(text(bob.hear(alice.chain, 0, frame)), "in support");
  });
});

describe("attack 7: a state is stolen", () => {
  it("no key before the stolen index can be had from it but the skipped ones; and it cannot sign", async () => {
    const [alice, bob, mallory] = await threeMembers();
    const frames = Array.from({ length: 10 }, (_, i) => alice.say(`${i}`).frame);
    for (const i of [0, 1, 2, 4, 5, 6]) bob.hear(alice.chain, i, frames[i]!);
    const stolen = chainAt(bob, alice);
    assert.deepEqual([...stolen.skipped.keys()], [3]);
    const reachable = new Map(openTags(stolen).map(([tag, index]) => [index, tag]));
    assert.deepEqual(
      [...reachable.keys()].filter((index) => index < 7),
      [3],
    );
    // Everything that lies in the state, tried as a message key.
    const material = [stolen.key, stolen.meta, ...[...stolen.skipped.values()].map(({ key }) => key)];
    for (const i of [0, 1, 2, 4, 5, 6])
      for (const key of [...material, ...[7, 8, 127].map((index) => keyOf(stolen, index).key)])
        assert.equal(openEnvelope(key, frames[i]!, messageContext(stolen.distribution, i)), undefined);
    // With Bob's state a thief reads on, and speaks as nobody: the signing key is Alice's alone.
    const next = alice.say("later").frame;
    assert.ok(plainOf(stolen, 10, next).length > 0);
    const bytes = concat(
      ...[...structuredClone([...bob.state.receive.values()])].flatMap(({ key, meta }) => [key, meta]),
    );
    assert.ok(!hex(bytes).includes(hex(alice.state.send!.signer)));
    const body = signedBodies.decode(plainOf(stolen, 10, next))!.body;
    for (const secret of material) {
      const covered = messageSigned(stolen.distribution, slotFor(NOW), keyOf(stolen, 11).tag, body);
      const plain = signedBodies.encode({ body, signature: sign(covered, secret) });
      assert.equal(mallory.hear(alice.chain, 11, sealAs(bob, stolen, { index: 11, plain })).kind, "forged");
    }
  });
});
