import assert from "node:assert/strict";
import { dueAcks, takeAcks } from "../../src/protocol/acks.ts";
import { concat, hex } from "../../src/protocol/codec.ts";
import { type Control, controls } from "../../src/protocol/control.ts";
import {
  BOX_BYTES,
  chainIdOf,
  commitment,
  type Distribution,
  distributionHash,
  openWhole,
  ownBoxes,
  sealSecret,
  signDistribution,
} from "../../src/protocol/distribution.ts";
import { openOps } from "../../src/protocol/following.ts";
import { pairWith } from "../../src/protocol/group.ts";
import type { HybridSecret } from "../../src/protocol/hybrid.ts";
import type { SignedOp } from "../../src/protocol/membership.ts";
import { openMeta } from "../../src/protocol/receivingControl.ts";
import { type Context, rotate } from "../../src/protocol/sending.ts";
import { sealOps, unsealOps } from "../../src/protocol/successor.ts";
import { NOW, Person, talkingRoom } from "./room.ts";

type Successor = Extract<Control, { readonly kind: "successor" }>;

/** Ana has signed what Bo has not heard of; how her next chain is announced. */
const scene = async (more: Partial<Context> = {}) => {
  const [ana, bo, cy] = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as readonly [Person, Person, Person];
  const before = ana.chain;
  const op = ana.act({ kind: "rekey" });
  const turned = await rotate(ana.state, { ...ana.context, ...more });
  const { control } = openMeta(bo.state, before, 0, turned.frames[0] as Uint8Array, NOW)!;
  assert.ok(control.kind === "successor");
  const { secret } = turned.state.sent.get(turned.state.send!.chain)!;
  return { ana, bo, cy, op, control, secret };
};
const reads = async (who: Person, said: Successor, more: Partial<Context> = {}): Promise<readonly string[]> =>
  (await openOps(who.state, openWhole(said.distribution)!, said, { ...who.context, ...more })).map((one) => hex(one));
const bytesOf = (...ops: readonly SignedOp[]): readonly string[] => ops.map(({ bytes }) => hex(bytes));

describe("operations that are sealed to a chain", () => {
  it("are read by whom it serves, before its view is known", async () => {
    const { ana, bo, cy, op, control } = await scene();
    for (const one of [bo, cy]) assert.deepEqual(await reads(one, control), bytesOf(op));
    assert.deepEqual(await reads(ana, control), [], "by its own sender no more");
    assert.ok(!hex(controls.encode(control)).includes(hex(op.bytes)));
  });

  it("are read by a device that is invited by card, with its device key", async () => {
    const [ana, bo] = (await talkingRoom(["Ana", "Bo"])) as unknown as readonly [Person, Person];
    const eve = new Person("Eve");
    const invite = ana.invite({ card: eve.card.bytes, uses: 1, hail: undefined as never });
    // She comes in by what she was welcomed with, and Ana, who has not heard of it, has signed more.
    const welcome = [...ana.ops];
    const op = ana.act({ kind: "rekey" });
    const turned = await rotate(ana.state, ana.context);
    assert.ok(turned.state.send?.served.includes(eve.card.device));
    eve.join(invite, welcome);
    const control = openMeta(bo.state, ana.chain, 0, turned.frames[0] as Uint8Array, NOW)?.control as Successor;
    assert.deepEqual(await reads(eve, control), bytesOf(welcome.at(-1)!, op));
  });

  it("are read by a box of kind 1 by whoever holds that secret", async () => {
    const secret: HybridSecret = { id: new Uint8Array(8).fill(1), secret: new Uint8Array(32).fill(2) };
    const hybrids = { inUse: () => secret, known: () => [secret] };
    const { bo, op, control } = await scene({ hybrids });
    assert.deepEqual(await reads(bo, control), []);
    assert.deepEqual(await reads(bo, control, { hybrids }), bytesOf(op));
  });

  it("are not looked at where the heads are known: what lies there is below them", async () => {
    const { ana, bo, control } = await scene();
    bo.learn(ana.ops);
    assert.deepEqual(await reads(bo, control), []);
  });

  it("open with no other secret, beside no other distribution, and unaltered only", async () => {
    const { ana, op, control, secret } = await scene();
    const distribution = distributionHash(openWhole(control.distribution)!.head);
    const ops = unsealOps(control, { secret, distribution });
    assert.deepEqual(
      ops?.map((bytes) => hex(bytes)),
      bytesOf(op),
    );
    assert.equal(unsealOps(control, { secret: ana.random(32), distribution }), undefined);
    assert.equal(unsealOps(control, { secret, distribution: ana.random(32) }), undefined);
    for (const field of ["nonce", "ops"] as const) {
      const other = control[field].slice();
      other[0]! ^= 1;
      assert.equal(unsealOps({ ...control, [field]: other }, { secret, distribution }), undefined, field);
    }
    const again = sealOps([op.bytes], { secret, distribution, random: ana.random });
    assert.notDeepEqual(again.nonce, control.nonce);
  });

  describe("whatever its sender puts there", () => {
    /** A box for Bo, and what Bo reads beside some boxes under a head that Ana signed. */
    const hostile = async (change: Partial<Distribution> = {}) => {
      const { ana, bo, op, control } = await scene();
      const secret = ana.random(32);
      const honest = { ...openWhole(control.distribution)!.body, ...change };
      const chain = change.chain ?? chainIdOf(honest.group, honest.sender, honest.signer);
      const told = { ...honest, chain };
      const body = { ...told, commit: commitment(told.group, told.chain, secret) };
      const pair = pairWith(ana.self, bo.self.agreement.public)!;
      const opener = { key: bo.member, prekeys: bo.state.seat.prekeys, pair, senderPerson: ana.person };
      const box = async ({
        key = opener.key as string,
        person = ana.person,
        sealed = secret,
      } = {}): Promise<Uint8Array> => {
        const [prekey] = key === bo.member ? opener.prekeys : bo.self.prekeys;
        const recipient = { key, agreement: bo.self.agreement.public, prekey: prekey! };
        return (await sealSecret(body, recipient, sealed, { pair, member: body.sender, person, random: ana.random }))!;
      };
      const beside = async (...boxes: readonly Uint8Array[]): Promise<readonly string[]> => {
        const { head } = signDistribution(body, concat(...boxes), ana.state.seat.secret);
        const sealed = sealOps([op.bytes], { secret, distribution: distributionHash(head), random: ana.random });
        const whole = { head, body, boxes: concat(...boxes) };
        return (await openOps(bo.state, whole, sealed, bo.context)).map((bytes) => hex(bytes));
      };
      return { ana, bo, op, body, opener, box, beside };
    };

    it("is nothing for another group, by a stranger, or under another's chain", async () => {
      const [zoe] = (await talkingRoom(["Zoe", "Yan"])) as unknown as readonly [Person];
      for (const change of [{}, { group: zoe.state.group }, { sender: zoe.member }, { chain: zoe.chain }]) {
        const { op, box, beside } = await hostile(change);
        const own = Object.keys(change).length === 0;
        assert.deepEqual(await beside(await box()), own ? bytesOf(op) : [], Object.keys(change).join());
      }
    });

    it("is nothing where the box does not keep what it promises", async () => {
      const { ana, bo, box, beside } = await hostile();
      assert.deepEqual(await beside(await box({ person: bo.person })), [], "another's attestation");
      assert.deepEqual(await beside(await box({ sealed: ana.random(32) })), [], "another secret");
    });

    it("has one box tried and no more: whoever shares a pair with somebody writes their mark on as many as they like", async () => {
      const { ana, bo, op, body, opener, box, beside } = await hostile();
      const good = await box();
      const bad = concat(good.subarray(0, 9), ana.random(BOX_BYTES - 9));
      assert.equal(ownBoxes(body, concat(bad, good), opener).length, 2);
      assert.deepEqual(await beside(good, bad), bytesOf(op));
      assert.deepEqual(await beside(bad, good), []);
      const asDevice = await box({ key: bo.card.device });
      assert.deepEqual(await beside(asDevice), bytesOf(op));
      assert.deepEqual(await beside(asDevice, bad), []);
    });
  });
});

describe("how long the chain before was", () => {
  /** Ana has said two things on a chain, and says at its end that it was one. */
  const lied = async (heard: (bo: Person, ana: Person, cy: Person) => void): Promise<number | undefined> => {
    const [ana, bo, cy] = (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as readonly [Person, Person, Person];
    const { chain } = ana;
    const said = [ana.say("one"), ana.say("two")];
    for (const [i, { frame }] of said.entries()) cy.hear(chain, i, frame);
    heard(bo, ana, cy);
    ana.state = { ...ana.state, send: { ...ana.state.send!, index: 1 } };
    assert.equal((await bo.follow(await ana.rotate())).kind, "chain");
    return bo.state.receive.get(chain)!.count;
  };
  const acks = (bo: Person, cy: Person): void => {
    bo.state = takeAcks(bo.state, cy.member, dueAcks(cy.state)).state;
  };

  it("is what its author says where nobody is known to have more", async () => {
    assert.equal(await lied(() => undefined), 1);
  });

  it("is not what its author says where somebody has more, or acknowledges more later", async () => {
    assert.equal(await lied((bo, _, cy) => acks(bo, cy)), undefined);
    let later: (() => number | undefined) | undefined;
    await lied((bo, { chain }, cy) => {
      later = () => {
        acks(bo, cy);
        return bo.state.receive.get(chain)!.count;
      };
    });
    assert.equal(later?.(), undefined);
  });
});
