import assert from "node:assert/strict";
import { idleCrowds } from "./idle.ts";
import { report, table, type Report } from "./report.ts";

/** The size that a continuous run can afford; `npm run sim` makes it 500 or 2000. */
const small = { peers: 40, caucuses: 4, buckets: 2, perAccessPoint: 13, messagesPerSecond: 6 };

describe("a venue in virtual time", () => {
  let told: Report;
  before(async function () {
    this.timeout(300_000);
    told = await report(small, { idle: 20, talk: 30, split: 60 });
  });

  it("delivers everything once, through churn, roaming and loss, and nearly all of it within a second", () => {
    const { delivery } = told.talk as NonNullable<Report["talk"]>;
    assert.ok(delivery.messages > 100 && delivery.owed > 1000, table(told));
    assert.equal(delivery.missing, 0);
    assert.equal(delivery.twice, 0);
    assert.ok(delivery.withinSecond >= 0.999, table(told));
  });

  it("sends each subscriber few copies, and next to nothing by multicast when idle", () => {
    assert.ok((told.receptionsPerSubscriber ?? Infinity) <= 2.5, table(told));
    assert.ok((told.idle?.airtime.multicast ?? 1) < 0.01, table(told));
  });

  it("heals a partition of a minute in seconds, at little more than what was missing", () => {
    const { heal, islands } = told as Report & { readonly heal: NonNullable<Report["heal"]> };
    assert.ok(heal.missing > 1000, table(told));
    assert.ok(heal.healedAfter <= 3000, table(told));
    assert.ok(heal.syncBytes + heal.gossipBytes <= 1.3 * heal.differenceBytes, table(told));
    assert.equal(islands, 1);
  });

  it("delivers everything although strangers flood, replay and lie", async function () {
    this.timeout(300_000);
    const parts = { idle: 0, talk: 20, split: 0 };
    const attacked = await report({ peers: 24, caucuses: 2, buckets: 1, attackers: 4, messagesPerSecond: 4 }, parts);
    const { delivery } = attacked.talk as NonNullable<Report["talk"]>;
    assert.ok(delivery.owed > 300, table(attacked));
    assert.equal(delivery.missing + delivery.twice, 0, table(attacked));
    assert.ok(delivery.withinSecond >= 0.99, table(attacked));
  });

  it("delivers everything although a minority with the venue's key floods and lies", async function () {
    this.timeout(300_000);
    const parts = { opening: 10, idle: 0, talk: 15, split: 0 };
    const venue = { peers: 20, caucuses: 2, buckets: 1, attackers: 4, insiders: 4, messagesPerSecond: 4 };
    const attacked = await report(venue, parts);
    const { delivery } = attacked.talk as NonNullable<Report["talk"]>;
    assert.ok(delivery.owed > 200, table(attacked));
    assert.equal(delivery.missing + delivery.twice, 0, table(attacked));
    assert.ok(delivery.withinSecond >= 0.99, table(attacked));
  });

  it("keeps multicast the same however many are idle", async function () {
    this.timeout(300_000);
    const options = { caucuses: 2, buckets: 1, perAccessPoint: 14 };
    const crowds = await idleCrowds({ sizes: [24, 96], opening: 10, idle: 60, options });
    const [few, many] = crowds.map(({ idle }) => idle.multicastsPerSecond);
    for (const { peers, idle } of crowds) assert.ok(idle.airtime.multicast < 0.01, `${peers}`);
    // Without the cap, four times as many would send sixteen times as much.
    assert.ok(few !== undefined && many !== undefined && many <= 2 * few + 0.5, `${few}/s and ${many}/s`);
  });

  it("is the same again from the same seed", async function () {
    this.timeout(300_000);
    const tiny = { peers: 12, caucuses: 2, buckets: 1 };
    const parts = { idle: 0, talk: 10, split: 0 };
    const runs = [await report(tiny, parts), await report(tiny, parts)] as const;
    const figures = (one: Report): unknown => ({ ...one, cpuSeconds: 0, memoryMB: 0 });
    assert.deepEqual(figures(runs[0]), figures(runs[1]));
  });
});
