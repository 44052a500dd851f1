/** What a relay holds in its hands: every frame of two groups, and nothing that says so. */
import assert from "node:assert/strict";
import { hex, unhex } from "../../src/protocol/codec.ts";
import { readHeader, slotFor } from "../../src/protocol/envelope.ts";
import { BUCKETS } from "../../src/protocol/limits.ts";
import { rotate, sealMeta, sealPairwise } from "../../src/protocol/sending.ts";
import { NOW, type Person, talkingRoom } from "./room.ts";

/** Bytes that two frames never share by chance. */
const RUN = 8;

describe("attack 25: metadata", () => {
  let people: readonly Person[];
  /** In the order in which they were published. */
  const transcript: Uint8Array[] = [];

  before(async () => {
    const rooms = [await talkingRoom(["Ana", "Bo", "Cy"]), await talkingRoom(["Di", "Eli", "Flo"])];
    people = rooms.flat();
    for (let turn = 0; turn < 6; turn++)
      for (const room of rooms)
        for (const one of room) {
          // The same words again and again, from everybody.
          transcript.push(one.say("I can support that").frame);
          const acks = [{ chain: one.chain, got: turn, read: turn }];
          const meta = sealMeta(one.state, { kind: "acks", acks, heads: one.view.heads }, one.context);
          one.state = meta.state;
          const other = room.find((who) => who !== one) as Person;
          const paired = sealPairwise(one.state, other.card.agreement, { kind: "ops", ops: [] }, one.context);
          one.state = paired.state;
          transcript.push(...meta.frames, ...paired.frames);
          if (turn % 3 !== 2) continue;
          const { state, frames } = await rotate(one.state, one.context);
          one.state = state;
          transcript.push(...frames);
        }
    assert.ok(transcript.length > 100);
  });

  it("a frame has one of seven sizes, one version and the hour that all have", () => {
    for (const frame of transcript) {
      assert.ok(BUCKETS.includes(frame.length), `${frame.length} bytes`);
      const header = readHeader(frame, NOW);
      assert.deepEqual([header?.kind, header?.slot], ["sealed", slotFor(NOW)]);
      assert.equal(hex(frame.subarray(0, 3)), hex((transcript[0] as Uint8Array).subarray(0, 3)));
    }
  });

  it("no two frames have anything in common, nor do two places of one: nothing links sender, group or counter", () => {
    const seen = new Map<string, string>();
    for (const [n, frame] of transcript.entries())
      for (let at = 3; at + RUN <= frame.length; at++) {
        const run = Buffer.from(frame.buffer, frame.byteOffset + at, RUN).toString("latin1");
        assert.equal(seen.get(run), undefined, `byte ${at} of frame ${n} stood before, at ${seen.get(run)}`);
        seen.set(run, `byte ${at} of frame ${n}`);
      }
  });

  it("no id, key or word stands in any of them, forwards or backwards", () => {
    const secrets = new Map<string, Uint8Array>();
    for (const one of people) {
      const { state, self } = one;
      secrets.set("group", unhex(state.group)).set("view", unhex(state.view.view));
      secrets.set(`${one.card.name}'s words`, Buffer.from("I can support that"));
      secrets.set(`member ${one.card.name}`, unhex(one.member)).set(`person ${one.card.name}`, unhex(one.person));
      secrets
        .set(`device ${one.card.name}`, self.device.public)
        .set(`agreement ${one.card.name}`, self.agreement.public);
      for (const chain of state.receive.values())
        secrets.set(`chain ${chain.chain}`, unhex(chain.chain)).set(`signer ${chain.chain}`, chain.signer);
      for (const op of one.ops) secrets.set(`operation ${op.id}`, unhex(op.id));
    }
    assert.ok(secrets.size > 40);
    for (const frame of transcript.map((one) => Buffer.from(one)))
      for (const [name, secret] of secrets)
        for (const form of [Buffer.from(secret), Buffer.from(secret.toReversed())])
          assert.ok(!frame.includes(form.subarray(0, 8)), name);
  });

  it("bits are as likely one as zero, wherever they stand: no counter shows", () => {
    // Of a fair bit, so many frames have between a quarter and three quarters ones, but once in 10^7.
    for (let bit = 24; bit < 8 * 128; bit++) {
      const ones = transcript.filter((frame) => ((frame[bit >> 3] as number) >> (bit & 7)) & 1).length;
      assert.ok(Math.abs(ones / transcript.length - 0.5) < 0.25, `bit ${bit}: ${ones} of ${transcript.length}`);
    }
  });
});
