/** A hostile node on the bridge says anything it likes to a daemon, ten times a second on every protocol. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { GroupId } from "../../src/types.ts";
import { describeVenue, sameHistories, until, Venue } from "../helpers/venue.ts";
import type { AttackReport } from "../helpers/venueAttacker.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

const ATTACKER = fileURLToPath(new URL("../helpers/venueAttacker.ts", import.meta.url));
const SECONDS = 20;
/** Of ten a second on a protocol, so many have to get through at least, or there was no attack. */
const LEAST = SECONDS / 2;
/** What a daemon may take at the most while it is attacked, beyond what it took before. */
const GROWTH_KB = 256 * 1024;

describeVenue("venue: a hostile node", function () {
  this.timeout(120_000);
  let venue: Venue | undefined;
  after(() => venue?.close());

  /** The resident memory of a daemon, in kB. */
  const memory = async ({ daemon }: VenueNode): Promise<number> => {
    const status = await readFile(`/proc/${daemon.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB/mu.exec(status)?.[1]);
  };

  it("kills nothing, fills no memory and keeps no honest word from anybody", async () => {
    venue = await Venue.open("Anaïs", "Benedikt", "Chandra", "Mallory");
    const [ana, ben, chandra, mallory] = venue.nodes() as [VenueNode, VenueNode, VenueNode, VenueNode];
    const honest = [ana, ben, chandra];
    await Promise.all(honest.map((node) => node.up()));
    await until("Anaïs knows both", async () => (await ana.people()).length === 2);
    const { caucus } = await ana.ask<{ caucus: GroupId }>(
      "caucus",
      "new",
      "Fish",
      "--with",
      ben.person,
      "--with",
      chandra.person,
    );
    for (const node of honest)
      await until(`${node.name} is in it`, async () => (await node.caucus(caucus)) !== undefined);
    const before = await Promise.all(honest.map(memory));
    const most = [...before];

    const attacker = mallory.start([ana.daemon.addresses[0]!, String(SECONDS), String(LEAST)], { script: ATTACKER });
    const { protocols } = JSON.parse(await attacker.firstLine) as { protocols: string[] };
    let over = false;
    void attacker.ended.then(() => (over = true));
    let texts = 0;
    let rounds = 0;
    while (!over) {
      await Promise.all(honest.map((node, at) => node.ask("send", caucus, `${node.name} goes on: ${rounds}, ${at}`)));
      texts += honest.length;
      await sameHistories(honest, caucus, texts);
      rounds += 1;
      for (const [at, node] of honest.entries()) most[at] = Math.max(most[at]!, await memory(node));
    }

    const { stdout, stderr, code } = await attacker.ended;
    assert.equal(code, 0, stderr);
    const { said, connections, overheard } = JSON.parse(stdout.trim().split("\n").at(-1)!) as AttackReport;
    for (const protocol of protocols) assert.ok((said[protocol] ?? 0) >= LEAST, `${protocol}: ${said[protocol]}`);
    assert.ok(overheard > 0, "it had honest frames to replay");
    const grown = most.map((kb, at) => kb - before[at]!);
    for (const [at, kb] of grown.entries()) assert.ok(kb < GROWTH_KB, `${honest[at]!.name} took ${kb} kB more`);
    for (const node of honest) await node.down();
    const total = Object.values(said).reduce((sum, one) => sum + one, 0);
    const megabytes = Math.round(Math.max(...grown) / 1024);
    console.log(
      `      ${total} sayings over ${connections} connections, ${texts} honest texts, ${megabytes} MB more at most`,
    );
  });
});
