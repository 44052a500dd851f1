import assert from "node:assert/strict";
import fc from "fast-check";
import { createShares, entryLimits, type ShareLimits } from "../../src/net/shares.ts";

const limits: ShareLimits = {
  framesPerSecond: 1000,
  bytesPerSecond: 1_000_000,
  strangers: { frames: 100, bytes: 100_000 },
  leastFramesPerSecond: 1,
  leastBytesPerSecond: 1000,
  burstSeconds: 2,
  leastBurst: { frames: 1, bytes: 65_536 },
};

/** How many of `count` frames offered at once a link may bring. */
const passes = (
  shares: ReturnType<typeof createShares>,
  link: string,
  count: number,
  now: number,
  size = 1,
): number => {
  let passed = 0;
  for (let i = 0; i < count; i++) if (shares.take(link, size, now)) passed++;
  return passed;
};

describe("shares", () => {
  it("divides what there is among vouched links, and among strangers what is theirs", () => {
    const shares = createShares(() => limits);
    for (const link of ["v1", "v2", "v3"]) shares.join(link, "vouched", 0);
    for (const link of ["s1", "s2"]) shares.join(link, "stranger", 0);
    for (const link of ["v1", "v2", "v3", "s1", "s2"]) passes(shares, link, 5000, 0);
    for (const link of ["v1", "v2", "v3"]) assert.equal(passes(shares, link, 5000, 1000), 333);
    for (const link of ["s1", "s2"]) assert.equal(passes(shares, link, 5000, 1000), 50);
  });

  it("never lets one link's flood take from another's share", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("flood", "more"), fc.integer({ min: 1, max: 70_000 })), { maxLength: 3000 }),
        (floods) => {
          const shares = createShares(() => limits);
          for (const link of ["honest", "flood"]) shares.join(link, "vouched", 0);
          shares.join("more", "stranger", 0);
          for (const [link, size] of floods) shares.take(link, size, 500);
          // 500 frames a second for each of two, two seconds of them at once.
          assert.equal(passes(shares, "honest", 5000, 500, 100), 1000);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("lets an honest burst of two thousand frames through in a full venue", () => {
    const shares = createShares();
    for (let i = 0; i < 8; i++) shares.join(`link ${i}`, "vouched", 0);
    assert.equal(passes(shares, "link 3", 2000, 0, 1024), 2000);
  });

  it("attack: strangers have theirs together, however many come and however often they come anew", () => {
    const shares = createShares(() => ({ ...limits, leastFramesPerSecond: 100, leastBytesPerSecond: 100_000 }));
    for (const link of ["v1", "v2"]) shares.join(link, "vouched", 0);
    let passed = 0;
    for (let now = 0; now < 10_000; now += 100)
      for (let i = 0; i < 40; i++) {
        const link = `mallory ${now} ${i}`;
        shares.join(link, "stranger", now);
        passed += passes(shares, link, 100, now);
        if (i % 2 === 0) shares.leave(link);
      }
    // A hundred a second for ten seconds, and two seconds of it at once.
    assert.ok(passed <= 1200, `${passed}`);
    assert.equal(passes(shares, "v1", 5000, 10_000), 1000, "and members what is theirs");
  });

  it("lets the largest frame of a stranger through, however small the share", () => {
    const shares = createShares();
    for (let i = 0; i < 600; i++) shares.join(`s${i}`, "stranger", 0);
    assert.equal(passes(shares, "s7", 3, 60_000, 65_536), 1);
  });

  it("counts bytes as well as frames", () => {
    const shares = createShares(() => limits);
    shares.join("one", "vouched", 0);
    assert.equal(passes(shares, "one", 1000, 0, 60_000), 33);
  });

  it("fills up with time, to the burst and no further", () => {
    const shares = createShares(() => limits);
    shares.join("one", "vouched", 0);
    assert.equal(passes(shares, "one", 5000, 0), 2000);
    assert.equal(passes(shares, "one", 5000, 100), 100);
    assert.equal(passes(shares, "one", 5000, 1_000_000), 2000);
    // A clock that is set back takes nothing and gives nothing.
    assert.equal(passes(shares, "one", 5000, 0), 0);
  });

  it("makes catch-up wait for as long as its debt takes", () => {
    const shares = createShares(() => limits);
    shares.join("one", "vouched", 0);
    assert.equal(shares.wait("one", { frames: 2000, bytes: 1000 }, 0), 0);
    assert.equal(shares.wait("one", { frames: 1000, bytes: 1000 }, 0), 1000);
    assert.equal(shares.wait("one", { frames: 0, bytes: 0 }, 1000), 0);
    // 2 MB at hand, 1 MB a second.
    assert.equal(shares.wait("one", { frames: 0, bytes: 3_000_000 }, 1000), 1000);
  });

  it("gives a link no second purse for changing its class or coming back unannounced", () => {
    const shares = createShares(() => limits);
    shares.join("one", "stranger", 0);
    passes(shares, "one", 5000, 0);
    shares.join("one", "vouched", 0);
    assert.equal(passes(shares, "one", 5000, 0), 0);
    shares.leave("one");
    assert.equal(passes(shares, "one", 5000, 0), 0);
  });

  it("attack: what strangers bring into a room stays the same, however many devices they reach in it", () => {
    for (const devices of [5, 30, 150, 500, 2000]) {
      let [frames, bytes] = [0, 0];
      const shares = createShares(() => entryLimits(devices));
      shares.join("mallory", "stranger", 0);
      for (let now = 0; now < 3_600_000; now += 1000) if (shares.take("mallory", 1024, now)) frames++;
      for (let now = 3_600_000; now < 7_200_000; now += 1000) if (shares.take("mallory", 65_536, now)) bytes += 65_536;
      // An hour of it at all devices, and what each takes at once; of the largest frames one goes into debt.
      assert.ok(frames * devices <= 4.5 * 3620 + 2 * devices, `${frames} of ${devices}`);
      assert.ok(bytes * devices <= 6000 * 3620 + (8192 + 65_536) * devices, `${bytes} of ${devices}`);
      assert.ok(frames > 2 && bytes > 0, `${frames}, ${bytes}: first contacts pass`);
    }
  });
});
