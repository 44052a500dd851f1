import assert from "node:assert/strict";
import fc from "fast-check";
import { dueAcks, takeAcks } from "../../src/protocol/acks.ts";
import { hex } from "../../src/protocol/codec.ts";
import { messageSigned, placedMessages, signedBodies } from "../../src/protocol/control.ts";
import { MAX_PLAINTEXT, sealEnvelope } from "../../src/protocol/envelope.ts";
import { counterparts, persons, prune, served, withTip } from "../../src/protocol/group.ts";
import { rotatePrekeys } from "../../src/protocol/identity.ts";
import { FOLLOW, HOUR, MAX_CONTENT, MAX_TIME, MAX_TIPS, MAX_WAITING_OPS, RETAIN } from "../../src/protocol/limits.ts";
import { makeOp } from "../../src/protocol/membership.ts";
import { messageContext } from "../../src/protocol/sending.ts";
import { step } from "../../src/protocol/senderKey.ts";
import { sign } from "../../src/protocol/signature.ts";
import type { ChainId, MessageId } from "../../src/types.ts";
import { meet, NOW, Person, room, seeded, talkingRoom } from "./room.ts";

type Three = readonly [Person, Person, Person];
const three = async (): Promise<Three> => (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as Three;

describe("attack 24: clock poisoning", () => {
  it("order is the same for all, whatever anybody's clock says and whatever comes first", async () => {
    const people = await talkingRoom(["Ana", "Bo", "Cy", "Di"]);
    const [ana, bo, cy, di] = people as unknown as readonly [Person, Person, Person, Person];
    // A day behind, right, half an hour ahead; and one whose clock is ten years ahead of its chain.
    for (const [who, ahead] of [
      [ana, -24 * HOUR],
      [bo, 0],
      [cy, HOUR / 2],
      [di, 87_600 * HOUR],
    ] as const)
      who.now = NOW + ahead;
    const said = Array.from({ length: 24 }, (_, i) => {
      const by = people[(i * 7) % 4] as Person;
      const { frame, message, placed } = by.say(`${i}`);
      return { by, chain: by.chain, index: placed.index, frame, message, placed };
    });
    const random = seeded("arrivals");
    const orders = people.map((reader) => {
      const at = NOW;
      const come = said.filter(({ by }) => by !== reader).map((one) => ({ one, lot: hex(random(4)) }));
      const heard = come
        .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
        .flatMap(({ one }) => {
          reader.now = at;
          const opened = reader.hear(one.chain, one.index, one.frame);
          return opened.kind === "message" ? [opened.received] : [];
        });
      const own = said.filter(({ by }) => by === reader);
      return [...heard, ...own]
        .toSorted((a, b) => a.placed.time - b.placed.time || (a.message < b.message ? -1 : 1))
        .map(({ message }) => message);
    });
    assert.equal(orders[0]?.length, said.length);
    for (const order of orders) assert.deepEqual(order, orders[0]);
    // Whoever heard the one from the future goes on by their own clock.
    const { placed } = bo.say("afterwards");
    assert.ok(placed.time <= NOW + FOLLOW, `${placed.time - NOW}`);
    assert.ok(placed.parents.length > 0);
  });

  it("is the author's clock, and above all that the message answers", async () => {
    const [ana, bo] = await three();
    ana.now += 60_000;
    const first = ana.say("from a clock that is fast");
    bo.hear(ana.chain, 0, first.frame);
    const answer = bo.say("from one that is not");
    assert.deepEqual(answer.placed.parents, [{ message: first.message, time: first.placed.time }]);
    assert.equal(answer.placed.time, first.placed.time + 1);
    const next = bo.say();
    assert.deepEqual(next.placed.parents, [{ message: answer.message, time: answer.placed.time }]);
    assert.equal(next.placed.time, answer.placed.time + 1);
  });

  it("cannot be dragged further than a day ahead by anybody's clock", async () => {
    const [ana, bo] = await three();
    for (const [ahead, follows] of [
      [FOLLOW, false],
      [FOLLOW - 1, true],
      [MAX_TIME - NOW, false],
    ] as const) {
      ana.now = NOW + ahead;
      const send = ana.state.send!;
      const placed = {
        index: send.index,
        nonce: ana.random(16),
        time: ana.now,
        parents: [],
        acks: [],
        content: ana.random(1),
      };
      const { at, next } = step(send.key, send.distribution);
      const body = placedMessages.encode(placed);
      const signature = sign(messageSigned(send.distribution, send.slot, at.tag, body), send.signer);
      const context = messageContext(send.distribution, send.index);
      const frame = sealEnvelope(at, signedBodies.encode({ body, signature }), {
        slot: send.slot,
        random: ana.random,
        context,
      });
      ana.state = { ...ana.state, send: { ...send, key: next, index: send.index + 1 } };
      const heard = bo.hear(ana.chain, send.index, frame);
      assert.equal(heard.kind, "message", "it is read all the same");
      const before = bo.state;
      const said = bo.say();
      bo.state = { ...before, tips: [] };
      assert.equal(said.placed.parents.length, follows ? 1 : 0);
      assert.ok(said.placed.time <= NOW + FOLLOW);
    }
  });

  it("ends at 2^48 on the wire", () => {
    const placed = {
      index: 0,
      nonce: new Uint8Array(16),
      time: MAX_TIME,
      parents: [],
      acks: [],
      content: new Uint8Array(0),
    };
    assert.ok(placedMessages.decode(placedMessages.encode(placed)));
    assert.equal(placedMessages.decode(placedMessages.encode({ ...placed, time: MAX_TIME + 1 })), undefined);
  });

  it("has few tips, the newest, without what was answered", () => {
    const id = (n: number): MessageId => n.toString(16).padStart(32, "0") as MessageId;
    let tips = withTip([], { message: id(0), time: 1 }, []);
    for (let i = 1; i < 200; i++) tips = withTip(tips, { message: id(i), time: i }, []);
    assert.equal(tips.length, MAX_TIPS);
    assert.equal(tips.at(-1)?.message, id(199));
    const after = withTip(
      tips,
      { message: id(300), time: 300 },
      [id(199), id(150)].map((message) => ({ message, time: 1 })),
    );
    assert.equal(after.length, MAX_TIPS - 1);
    assert.equal(withTip(after, { message: id(300), time: 300 }, []).length, after.length, "sealed again");
  });
});

describe("a message's size", () => {
  it("may be all that its content may be, with full acknowledgements and parents", async () => {
    const [ana, bo] = await three();
    const content = ana.random(MAX_CONTENT);
    const heard = bo.hear(ana.chain, 0, ana.say(content).frame);
    assert.ok(heard.kind === "message");
    assert.deepEqual(heard.received.placed.content, content);
    const acks = Array.from({ length: 64 }, () => ({ chain: hex(ana.random(16)) as ChainId, got: 128, read: 128 }));
    const parents = Array.from({ length: 4 }, () => ({
      message: hex(ana.random(16)) as MessageId,
      time: MAX_TIME - 1,
    }));
    const placed = { index: 127, nonce: ana.random(16), time: MAX_TIME, parents, acks, content };
    const body = placedMessages.encode(placed);
    assert.ok(placedMessages.decode(body));
    assert.ok(signedBodies.encode({ body, signature: new Uint8Array(64) }).length <= MAX_PLAINTEXT);
    const more = placedMessages.encode({ ...placed, content: ana.random(MAX_CONTENT + 1) });
    assert.equal(placedMessages.decode(more), undefined);
  });
});

describe("an audience", () => {
  it("is the persons of the chain's view: members, and who is invited by card", async () => {
    const [ana, bo, cy] = await three();
    assert.deepEqual([...ana.say().audience].sort(), [bo.person, cy.person].sort());
    const { frame } = ana.say();
    cy.act({ kind: "leave", cut: [] });
    meet(ana, bo, cy);
    const heard = bo.hear(ana.chain, 1, frame);
    assert.ok(heard.kind === "message");
    assert.deepEqual([...heard.received.audience].sort(), [bo.person, cy.person].sort(), "as it was when it was sent");
    assert.deepEqual(persons(bo.view), new Set([ana.person, bo.person]));
  });

  it("is served by device, each with its newest prekey", async () => {
    const [ana, bo, cy] = await three();
    const to = new Map(served(ana.state).map((one) => [one.key, one]));
    assert.deepEqual([...to.keys()].sort(), [bo.member, cy.member].sort());
    assert.equal(to.get(bo.member)?.prekey.number, 2, "from its distribution, not from its operation");
    assert.equal(counterparts(ana.state).size, 3);
    ana.remove(cy);
    assert.deepEqual(
      served(ana.state).map(({ key }) => key),
      [bo.member],
    );
    assert.ok(counterparts(ana.state).has(hex(cy.self.agreement.public)), "who is gone may still have written");
  });
});

describe("acknowledgements", () => {
  it("tell what came without a gap, once", async () => {
    const [ana, bo] = await three();
    const frames = [0, 1, 2].map((i) => ana.say(`${i}`).frame);
    assert.deepEqual(dueAcks(bo.state), []);
    bo.hear(ana.chain, 1, frames[1]!);
    assert.deepEqual(dueAcks(bo.state), []);
    bo.hear(ana.chain, 0, frames[0]!);
    const due = dueAcks(bo.state);
    assert.deepEqual(due, [{ chain: ana.chain, got: 2, read: 0 }]);
    bo.state = { ...bo.state, acked: new Map(due.map((one) => [one.chain, one])) };
    assert.deepEqual(dueAcks(bo.state), []);
    bo.state = { ...bo.state, read: new Map([[ana.chain, 128]]) };
    assert.deepEqual(dueAcks(bo.state), [{ chain: ana.chain, got: 2, read: 2 }], "read is never more than got");
  });

  it("only grow, and come to the same in any order", async () => {
    const [ana, bo] = await three();
    const chains = ["a", "b", "c"].map((name) => hex(seeded(name)(16)) as ChainId);
    const ack = fc.record({ chain: fc.constantFrom(...chains), got: fc.nat(128), read: fc.nat(128) });
    fc.assert(
      fc.property(fc.array(ack, { maxLength: 30 }), (acks) => {
        const take = (all: typeof acks) =>
          all.reduce((state, one) => takeAcks(state, bo.member, [one]).state, ana.state).peers.get(bo.member)!.acks;
        const forwards = take(acks);
        const twice = take([...acks, ...acks]);
        assert.deepEqual(
          new Map([...forwards].map(([chain, { got }]) => [chain, got])),
          new Map([...twice].map(([chain, { got }]) => [chain, got])),
        );
        for (const { chain, got, read } of acks) {
          const known = forwards.get(chain) ?? { got: 0, read: 0 };
          assert.ok(known.got >= got && known.read <= known.got, `${got} ${read}`);
        }
      }),
      { numRuns: 100, seed: 11 },
    );
    const same = takeAcks(ana.state, bo.member, []);
    assert.equal(same.state, ana.state);
  });

  it("of chains without end do not fill the memory", async () => {
    const [ana, bo] = await three();
    let { state } = ana;
    for (let i = 0; i < 100; i++)
      state = takeAcks(
        state,
        bo.member,
        Array.from({ length: 64 }, () => ({ chain: hex(ana.random(16)) as ChainId, got: 1, read: 0 })),
      ).state;
    assert.ok(state.peers.get(bo.member)!.acks.size <= 1024);
  });
});

describe("what is kept", () => {
  it("is kept for RETAIN and not a moment longer", async () => {
    const [ana, bo] = await three();
    const frame = ana.say().frame;
    const late = prune(bo.state, NOW + RETAIN - 1);
    assert.equal(late, bo.state);
    bo.state = late;
    assert.equal(bo.hear(ana.chain, 0, frame).kind, "message");
    bo.state = {
      ...bo.state,
      acked: new Map([[ana.chain, { chain: ana.chain, got: 1, read: 0 }]]),
      read: new Map([[ana.chain, 1]]),
    };
    const { state: heard } = takeAcks(bo.state, ana.member, [{ chain: bo.chain, got: 1, read: 0 }]);
    const gone = prune(heard, NOW + RETAIN);
    assert.equal(gone.receive.size + gone.sent.size + gone.acked.size + gone.read.size, 0);
    assert.equal(gone.peers.get(ana.member)?.acks.size, 0);
    assert.equal(gone.peers.get(ana.member)?.prekey?.number, 2, "prekeys of others stay");
  });

  it("holds for prekeys: retired ones live for RETAIN", () => {
    const random = seeded("prekeys");
    let keys = rotatePrekeys(new Person("x").self.prekeys, NOW, random);
    assert.deepEqual(
      keys.map(({ number }) => number),
      [2, 1],
    );
    keys = rotatePrekeys(keys, NOW + RETAIN - 1, random);
    assert.deepEqual(
      keys.map(({ number }) => number),
      [3, 2, 1],
    );
    keys = rotatePrekeys(keys, NOW + RETAIN, random);
    assert.deepEqual(
      keys.map(({ number }) => number),
      [4, 3, 2],
    );
    assert.equal(new Set(keys.map(({ key }) => hex(key))).size, 3);
  });

  it("is bounded where others decide how much comes", async () => {
    const [ana, bo] = room(["Ana", "Bo"]) as unknown as Three;
    const parents = [hex(ana.random(32)) as never];
    const orphans = Array.from({ length: MAX_WAITING_OPS + 50 }, (_, i) =>
      makeOp({ group: ana.state.group, parents, seq: i, at: NOW, body: { kind: "rekey" } }, bo.state.seat.secret),
    );
    assert.equal(ana.learn(orphans), 0);
    assert.equal(ana.state.waiting.size, MAX_WAITING_OPS);
    for (let i = 0; i < 140; i++) await ana.follow(await bo.rotate());
    assert.ok(ana.state.receive.size <= 128, `${ana.state.receive.size} chains of one sender`);
  });

  it("announces to all anew when the old chain is older than mail lives", async () => {
    const [ana, bo, cy] = await three();
    for (const [hours, pointers] of [
      [71, 0],
      [72, 2],
    ] as const) {
      const before = ana.state;
      ana.now = NOW + hours * HOUR;
      const sent = new Map(before.pairs);
      await ana.rotate();
      let more = 0;
      for (const one of [bo, cy]) {
        const name = hex(one.self.agreement.public);
        if (ana.state.pairs.get(name)?.sendNext !== sent.get(name)?.sendNext) more++;
      }
      assert.equal(more, pointers, `after ${hours} hours`);
      ana.state = before;
    }
  });
});
