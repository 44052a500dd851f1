/** Machines that are not well, and paths that work one way: what their people see, and that nothing is lost. */
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { Diagnosis } from "../../src/daemon/diagnosis.ts";
import type { GroupId } from "../../src/types.ts";
import { describeVenue, sameHistories, until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import { clockAhead } from "../helpers/venueProcess.ts";

const HOUR = 3_600_000;
/** Longer than a silent link is kept. */
const ASLEEP_MS = 16_000;
const LOSS = 30;

describeVenue("venue: machines and paths that are not well", function () {
  this.timeout(120_000);
  this.bail(true);
  let venue: Venue | undefined;
  let all: VenueNode[];
  let [ana, bo, cleo, dora] = [] as unknown as [VenueNode, VenueNode, VenueNode, VenueNode];
  let caucus: GroupId;
  let said = 0;

  const sayAll = async (nodes: readonly VenueNode[]): Promise<void> => {
    said += nodes.length;
    await Promise.all(nodes.map((node) => node.ask("send", caucus, `${node.name} says: ${said}`)));
  };
  const complaints = async (node: VenueNode): Promise<readonly string[]> =>
    (await node.ask<Diagnosis>("doctor")).findings
      .filter(({ level }) => level === "look" || level === "bad")
      .map(({ code, text }) => `${code}: ${text}`);

  before(async () => {
    venue = await Venue.open("Ana", "Bo", "Cleo", "Dora");
    all = venue.nodes();
    [ana, bo, cleo, dora] = all as [VenueNode, VenueNode, VenueNode, VenueNode];
    await Promise.all(all.map((node) => node.up([], node === cleo ? clockAhead(2 * HOUR) : {})));
    await until("Ana knows all", async () => (await ana.people()).length === 3);
    const others = [bo, cleo, dora].flatMap(({ person }) => ["--with", person]);
    ({ caucus } = await ana.ask<{ caucus: GroupId }>("caucus", "new", "Fish", ...others));
    for (const node of all)
      await until(`${node.name} is in`, async () => (await node.caucus(caucus))?.members.length === 4);
  });
  after(() => venue?.close());

  it("a clock that is two hours ahead is named on its own machine alone, and keeps nobody's words back", async () => {
    await sayAll(all);
    await sameHistories(all, caucus, said);
    const [line] = await complaints(cleo);
    assert.match(line ?? "", /^clock-ahead: This computer’s clock is .* ahead of those of 3 others\.$/u);
    for (const node of [ana, bo, dora]) assert.deepEqual(await complaints(node), [], node.name);
  });

  it("whoever sleeps has all when they wake, and a path that is dead one way is gone round", async () => {
    await venue!.silence([ana], [cleo]);
    await venue!.lose(LOSS, dora);
    bo.sleep();
    const woken = delay(ASLEEP_MS);
    for (let round = 0; round < 3; round += 1) await sayAll([ana, cleo, dora]);
    await sameHistories([ana, cleo, dora], caucus, said);
    await woken;
    const { neighbours } = await ana.ask<Diagnosis>("doctor");
    const linked = neighbours.map(({ address }) => address).join();
    assert.ok(linked.includes(dora.address) && !linked.includes(cleo.address), linked);
    bo.wake();
    await sayAll(all);
    await sameHistories(all, caucus, said);
    await venue!.lose(0);
    await venue!.heal();
    for (const node of all) await node.down();
  });
});
