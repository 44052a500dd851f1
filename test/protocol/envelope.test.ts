import assert from "node:assert/strict";
import fc from "fast-check";
import { hex } from "../../src/protocol/codec.ts";
import {
  envelopeId,
  hoursLeft,
  MAX_PLAINTEXT,
  openEnvelope,
  openHello,
  readHeader,
  sealEnvelope,
  sealHello,
  slotAlive,
  slotFor,
} from "../../src/protocol/envelope.ts";
import { newPrekey } from "../../src/protocol/identity.ts";
import { BUCKETS, EPOCH, HOUR, LIFETIME_HOURS, MAX_AHEAD_HOURS, STAMP_BITS } from "../../src/protocol/limits.ts";
import { label, sha256, u16 } from "../../src/protocol/primitives.ts";
import type { Tag } from "../../src/types.ts";
import { NOW, seeded } from "./room.ts";

const random = seeded("envelopes");
const at = { key: random(32), tag: hex(random(16)) as Tag };
const context = label("a test");
const slot = slotFor(NOW);
const sealed = (plaintext: Uint8Array): Uint8Array => sealEnvelope(at, plaintext, { slot, random, context });
const flip = (bytes: Uint8Array, index: number, bit = 0): Uint8Array => {
  const out = bytes.slice();
  out[index] = (out[index] as number) ^ (1 << bit);
  return out;
};

describe("envelope", () => {
  it("has the smallest size that fits, and gives back what was put in", () => {
    const overhead = 63;
    for (const [i, size] of BUCKETS.entries()) {
      const most = size - overhead;
      const least = i === 0 ? 0 : (BUCKETS[i - 1] as number) - overhead + 1;
      for (const length of [least, most]) {
        const plaintext = random(length);
        const frame = sealed(plaintext);
        assert.equal(frame.length, size, `${length} bytes`);
        assert.deepEqual(openEnvelope(at.key, frame, context), plaintext);
      }
    }
    assert.equal(MAX_PLAINTEXT, 65_473);
    assert.throws(() => sealed(new Uint8Array(MAX_PLAINTEXT + 1)), RangeError);
  });

  it("shows version, slot and tag, and is drawn anew each time", () => {
    const frame = sealed(Uint8Array.of(1));
    assert.deepEqual(readHeader(frame, NOW), { kind: "sealed", slot, tag: at.tag });
    const again = sealed(Uint8Array.of(1));
    assert.notEqual(envelopeId(frame), envelopeId(again));
    let same = 0;
    for (let i = 19; i < 256; i++) if (frame[i] === again[i]) same++;
    assert.ok(same < 12, `${same} equal bytes after the header`);
  });

  it("does not open with any bit changed, another key or another context", () => {
    const frame = sealed(Uint8Array.of(1, 2, 3));
    for (let index = 0; index < frame.length; index++)
      assert.equal(openEnvelope(at.key, flip(frame, index, index % 8), context), undefined, `byte ${index}`);
    assert.equal(openEnvelope(random(32), frame, context), undefined);
    assert.equal(openEnvelope(at.key, frame, label("other")), undefined);
    assert.equal(openEnvelope(at.key, frame.subarray(0, 62), context), undefined);
    assert.equal(openEnvelope(at.key, new Uint8Array(0), context), undefined);
  });

  it("is dropped for a wrong size, version or slot", () => {
    const frame = sealed(Uint8Array.of(1));
    for (const size of [0, 1, 255, 257, 1023, 65_537])
      assert.equal(readHeader(new Uint8Array(size).fill(1), NOW), undefined);
    for (const version of [0, 3, 255]) {
      const other = frame.slice();
      other[0] = version;
      assert.equal(readHeader(other, NOW), undefined);
    }
    const aged = (hours: number): boolean => readHeader(frame, NOW + hours * HOUR) !== undefined;
    assert.ok(aged(LIFETIME_HOURS));
    assert.ok(!aged(LIFETIME_HOURS + 1));
    assert.ok(aged(LIFETIME_HOURS - MAX_AHEAD_HOURS));
    assert.ok(!aged(LIFETIME_HOURS - MAX_AHEAD_HOURS - 1));
  });

  it("reads headers of any bytes without failing", () => {
    const sized = fc.constantFrom(...BUCKETS).chain((size) =>
      fc.uint8Array({ minLength: 24, maxLength: 24 }).map((head) => {
        const out = new Uint8Array(size);
        out.set(head);
        return out;
      }),
    );
    fc.assert(
      fc.property(fc.oneof(sized, fc.uint8Array({ maxLength: 300 })), fc.nat(2 ** 45), (frame, now) => {
        const header = readHeader(frame, now);
        if (header) assert.ok(slotAlive(header.slot, now));
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});

describe("expiry slots", () => {
  it("count hours from 2026 and wrap after seven and a half years", () => {
    assert.equal(new Date(EPOCH).toISOString(), "2026-01-01T00:00:00.000Z");
    assert.equal(slotFor(EPOCH), LIFETIME_HOURS);
    assert.equal(slotFor(EPOCH + HOUR - 1), LIFETIME_HOURS);
    assert.equal(slotFor(EPOCH + HOUR), LIFETIME_HOURS + 1);
    assert.equal(slotFor(EPOCH + (0x1_0000 - LIFETIME_HOURS) * HOUR), 0);
  });

  it("are alive for the same hours everywhere, around the wrap too", () => {
    fc.assert(
      fc.property(fc.nat(300_000), fc.integer({ min: -100, max: 200 }), fc.nat(HOUR - 1), (hour, ahead, rest) => {
        const now = EPOCH + hour * HOUR + rest;
        const one = (hour + ahead) & 0xffff;
        assert.equal(hoursLeft(one, now), ahead);
        assert.equal(slotAlive(one, now), ahead >= 0 && ahead <= MAX_AHEAD_HOURS);
        assert.equal(hoursLeft(slotFor(now), now), LIFETIME_HOURS);
      }),
      { numRuns: 500, seed: 6 },
    );
  });

  it("take half the circle for the past", () => {
    assert.equal(hoursLeft(0x7fff, EPOCH), 0x7fff);
    assert.equal(hoursLeft(0x8000, EPOCH), -0x8000);
    assert.ok(!slotAlive(0xffff, EPOCH));
  });
});

describe("first contact", () => {
  const prekey = newPrekey(1, random);
  const hello = (plaintext: Uint8Array): Promise<Uint8Array | undefined> =>
    sealHello(prekey.key, plaintext, { slot, random });

  it("opens with the prekey that it was sealed to, and with no other", async () => {
    const frame = (await hello(Uint8Array.of(7))) as Uint8Array;
    assert.ok(BUCKETS.includes(frame.length));
    assert.equal(readHeader(frame, NOW)?.kind, "hello");
    assert.deepEqual(await openHello(prekey.secret, frame), Uint8Array.of(7));
    assert.equal(await openHello(newPrekey(2, random).secret, frame), undefined);
    assert.equal(await openHello(prekey.secret, sealed(Uint8Array.of(7))), undefined);
    assert.equal(await openHello(prekey.secret, frame.subarray(0, 70)), undefined);
  });

  it("bears a stamp over all the rest of it", async () => {
    const frame = (await hello(Uint8Array.of(7))) as Uint8Array;
    const hash = sha256(label("stamp"), frame.subarray(3, 19), sha256(frame.subarray(0, 3), frame.subarray(19)));
    assert.equal((hash[0] as number) | ((hash[1] as number) >> 4), 0, `${STAMP_BITS} zero bits`);
    let passed = 0;
    for (let index = 3; index < 256; index++) if (readHeader(flip(frame, index), NOW)) passed++;
    // A change finds a new stamp by luck once in 4096 times.
    assert.ok(passed <= 2, `${passed} changed frames passed`);
    const later = frame.slice();
    later.set(u16(slot + 1), 1);
    assert.equal(readHeader(later, NOW), undefined);
  });

  it("cannot be sealed to a key of low order", async () => {
    assert.equal(await sealHello(new Uint8Array(32), Uint8Array.of(1), { slot, random }), undefined);
  });
});
