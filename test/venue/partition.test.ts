/** Six daemons in two halves that do not hear each other for a minute, over a network that loses every tenth frame. */
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { GroupId } from "../../src/types.ts";
import { describeVenue, sameHistories, until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

/** How long the two halves are apart. */
const APART_MS = 60_000;
/** How long it takes until all is well again is measured elsewhere, with thirty of them: `npm run bench:venue`. */
const PATIENCE_MS = 90_000;
const LOSS = 10;
/** Each daemon says something this often while the halves are apart. */
const TALK_EVERY_MS = 5_000;

describeVenue("venue: a partition of a lossy network", function () {
  this.timeout(300_000);
  let venue: Venue | undefined;
  after(() => venue?.close());

  it("leaves the same history with all once it has ended", async () => {
    venue = await Venue.open("Anaïs", "Benedikt", "Chandra", "Dimitra", "Eduardo", "Fatoumata");
    const all = venue.nodes();
    const [left, right] = [all.slice(0, 3), all.slice(3)];
    await Promise.all(all.map((node) => node.run("status")));
    await Promise.all(all.map((node) => node.up()));
    const ana = all[0]!;
    const others = all.slice(1);
    await until("Anaïs knows everybody", async () => (await ana.people()).length === others.length);
    const invited = others.flatMap(({ person }) => ["--with", person]);
    const { caucus } = await ana.ask<{ caucus: GroupId }>("caucus", "new", "Plenary", ...invited);
    const texts = await sayAll(all, caucus, "before");
    await sameHistories(all, caucus, texts.length);

    await venue.lose(LOSS);
    await venue.cut(left, right);
    const cutAt = performance.now();
    for (let round = 1; performance.now() - cutAt < APART_MS - TALK_EVERY_MS; round += 1) {
      texts.push(...(await sayAll(all, caucus, `apart ${round}`)));
      await delay(Math.max(0, cutAt + round * TALK_EVERY_MS - performance.now()));
    }
    for (const [half, foreign] of [
      [left, right],
      [right, left],
    ] as const) {
      const heard = await half[0]!.texts(caucus);
      const leaks = foreign.flatMap(({ name }) => heard.filter((text) => text.startsWith(`${name}: apart`)));
      assert.deepEqual(leaks, [], "the halves do not hear each other");
    }
    await delay(Math.max(0, cutAt + APART_MS - performance.now()));

    await venue.heal();
    const healedAt = performance.now();
    const read = await sameHistories(all, caucus, texts.length, PATIENCE_MS);
    const took = Math.round(performance.now() - healedAt);
    assert.deepEqual(read.toSorted(), texts.toSorted(), "everything, once");
    console.log(`      ${texts.length} messages were the same with all ${took} ms after the heal`);
  });

  /** Each says one thing; what was said. */
  const sayAll = (nodes: readonly VenueNode[], caucus: GroupId, words: string): Promise<string[]> =>
    Promise.all(
      nodes.map(async (node) => {
        await until(`${node.name} is in the caucus`, async () => (await node.caucus(caucus)) !== undefined);
        const text = `${node.name}: ${words}`;
        await node.ask("send", caucus, text);
        return text;
      }),
    );
});
