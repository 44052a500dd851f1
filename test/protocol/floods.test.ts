/** More than anybody honest sends: operations without end, large names, far indices, and nothing that could unfold. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { contents } from "../../src/content/message.ts";
import { concat, fromCbor, hex, toCbor, unhex } from "../../src/protocol/codec.ts";
import { messageSigned, placedMessages, signedBodies } from "../../src/protocol/control.ts";
import { sealEnvelope } from "../../src/protocol/envelope.ts";
import { addOps } from "../../src/protocol/group.ts";
import {
  CHAIN_LENGTH,
  LAST_OPS,
  MAX_HELD_OPS,
  MAX_OP_PARENTS,
  MAX_PARENTS,
  MAX_TIME,
  MAX_WAITING_OPS,
} from "../../src/protocol/limits.ts";
import { makeOp, readOp, type OpBody, type SignedOp } from "../../src/protocol/membership.ts";
import { label } from "../../src/protocol/primitives.ts";
import { messageContext } from "../../src/protocol/sending.ts";
import { keyAt, openTags, type ReceiveChain, step } from "../../src/protocol/senderKey.ts";
import { sign } from "../../src/protocol/signature.ts";
import type { MessageId, OpId } from "../../src/types.ts";
import { meet, NOW, type Person, raise, removal, room, seeded, talkingRoom } from "./room.ts";

const random = seeded("floods");
/** So many operations of a million as an everyday run has time for; a device's bound is far below either. */
const FLOOD = Number(process.env["HOSTILE_BYTES"] ?? 20_000);

describe("attack 22: floods", () => {
  const op = (by: Person, parents: readonly OpId[], body: OpBody = { kind: "rekey" }): SignedOp => ({
    id: hex(random(32)) as OpId,
    // Signatures have been checked before this point, once.
    op: {
      group: by.state.group,
      parents,
      author: by.member,
      seq: by.ops.filter((one) => one.op.author === by.member).length,
      at: NOW,
      body,
    },
    bytes: new Uint8Array(0),
  });
  const flood = (at: Person, make: () => SignedOp, count = FLOOD): void => {
    for (let left = count; left > 0; left -= 300)
      at.state = addOps(
        at.state,
        Array.from({ length: Math.min(300, left) }, () => make()),
      ).state;
  };

  it("a member's operations side by side fill no device, and do not keep their author in", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as readonly [Person, Person, Person];
    const parents = ana.view.heads;
    flood(ana, () => op(bo, parents));
    assert.equal(ana.state.dag.size, MAX_HELD_OPS - LAST_OPS);
    assert.equal(ana.state.waiting.size, 0);
    assert.ok(ana.view.members.has(bo.member));
    const removing = makeOp(
      {
        group: ana.state.group,
        parents,
        seq: ana.ops.filter((one) => one.op.author === ana.member).length,
        at: NOW,
        body: removal(cy.view, bo.person),
      },
      ana.state.seat.secret,
    );
    ana.state = addOps(ana.state, [removing]).state;
    assert.ok(!ana.view.members.has(bo.member));
    assert.ok(ana.view.members.has(cy.member));
  });

  it("an admin's forks do not cost more the more there are of them", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as readonly [Person, Person, Person];
    raise(ana, bo);
    meet(ana, bo, cy);
    const { dag } = ana.state;
    const rests = dag.isAncestor.bind(dag);
    let asked = 0;
    dag.isAncestor = (a, of) => {
      asked++;
      return rests(a, of);
    };
    const parents = ana.view.heads;
    flood(ana, () => op(bo, parents, { kind: "role", member: ana.member, role: "member" }), 100);
    assert.equal(dag.forks.size, 1);
    assert.ok(asked < 100 * 100, `asked ${asked} times what rests on what`);
  });

  it("operations that rest on nothing wait in a bounded room", () => {
    const [ana, bo] = room(["Ana", "Bo"]) as readonly [Person, Person];
    const before = ana.state.dag.size;
    flood(ana, () => op(bo, [hex(random(32)) as OpId]), 3000);
    assert.deepEqual([ana.state.dag.size, ana.state.waiting.size], [before, MAX_WAITING_OPS]);
  });

  it("an operation has 32 parents at most, a message 4: more is no operation, and no message", () => {
    const [ana] = room(["Ana", "Bo"]) as readonly [Person];
    const ids = (count: number): OpId[] => Array.from({ length: count }, () => hex(random(32)) as OpId).sort();
    const own = ana.state.seat.secret;
    const one = makeOp({ group: ana.state.group, parents: ids(1), seq: 1, at: NOW, body: { kind: "rekey" } }, own);
    // By hand, for no function of ours makes what does not fit.
    const signed = (count: number): unknown => {
      const [inner] = fromCbor(one.bytes) as [Uint8Array];
      const body = toCbor((fromCbor(inner) as unknown[]).with(1, ids(count).map(unhex)));
      return readOp(toCbor([body, sign(concat(label("operation"), body), own)]));
    };
    assert.ok(signed(MAX_OP_PARENTS));
    assert.equal(signed(MAX_OP_PARENTS + 1), undefined);
    const placed = (count: number): unknown =>
      placedMessages.decode(
        placedMessages.encode({
          index: 0,
          nonce: random(16),
          time: NOW,
          parents: Array.from({ length: count }, () => ({ message: hex(random(16)) as MessageId, time: NOW - 1 })),
          acks: [],
          content: new Uint8Array(3),
        }),
      );
    assert.ok(placed(MAX_PARENTS));
    assert.equal(placed(MAX_PARENTS + 1), undefined);
  });

  it("a far index costs a chain's length at most, and one beyond it nothing", async () => {
    const [ana, bo] = (await talkingRoom(["Ana", "Bo"])) as readonly [Person, Person];
    const chain = bo.state.receive.get(ana.chain) as ReceiveChain;
    assert.equal(openTags(chain).length, CHAIN_LENGTH);
    for (const index of [CHAIN_LENGTH, 2 ** 32, Number.MAX_SAFE_INTEGER]) assert.equal(keyAt(chain, index), undefined);
    const far = keyAt(chain, CHAIN_LENGTH - 1) as NonNullable<ReturnType<typeof keyAt>>;
    assert.equal(far.after.skipped.size, CHAIN_LENGTH - 1);
    // The author's own signature over an index beyond the end, or one that is not its tag's.
    const send = ana.state.send as NonNullable<typeof ana.state.send>;
    const { at } = step(send.key, send.distribution);
    for (const index of [1, CHAIN_LENGTH - 1, CHAIN_LENGTH, MAX_TIME]) {
      const body = toCbor([index, random(16), NOW, [], [], new Uint8Array(3)]);
      const signature = sign(messageSigned(send.distribution, send.slot, at.tag, body), send.signer);
      const options = { slot: send.slot, random, context: messageContext(send.distribution, 0) };
      const frame = sealEnvelope(at, signedBodies.encode({ body, signature }), options);
      assert.equal(bo.hear(ana.chain, 0, frame).kind, "forged", `index ${index}`);
    }
  });

  it("nothing unfolds: a frame is as large as what is in it, whatever that is, and no source compresses", async () => {
    const [ana] = (await talkingRoom(["Ana", "Bo"])) as readonly [Person];
    const say = (text: string): number => ana.say(contents.encode({ kind: "text", text })).frame.length;
    for (const length of [50, 700, 3500, 7000, 12_000, 16_000]) {
      const varied = hex(random(length)).slice(0, length);
      assert.equal(say("a".repeat(length)), say(varied), `${length} characters`);
      assert.ok(say("a".repeat(length)) > length);
    }
    const root = join(import.meta.dirname, "..", "..", "src");
    for (const folder of ["protocol", "content", "messenger", "net", "store"])
      for (const name of readdirSync(join(root, folder), { encoding: "utf8", recursive: true }).filter((one) =>
        one.endsWith(".ts"),
      ))
        assert.doesNotMatch(
          readFileSync(join(root, folder, name), "utf8").replaceAll("perMessageDeflate: false", ""),
          /CompressionStream|zlib|gzip|deflate|inflate|brotli|fflate|pako/iu,
          `${folder}/${name}`,
        );
  });
});
