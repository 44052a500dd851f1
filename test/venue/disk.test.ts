/** Whoever gets the disk of a profile with a passphrase learns nothing from it. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { GroupId } from "../../src/types.ts";
import { base58 } from "@scure/base";
import { dumpRecords, profileKey, secretsOf } from "../helpers/profileSecrets.ts";
import { findTraces } from "../helpers/traces.ts";
import { describeVenue, sameHistories, until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

const PASSPHRASE = "corridor diplomacy, third floor";
const CAUCUS = "Bracket fourteen, quietly";
const TEXTS = ["Please speak in support of our bracket 14", "They will fold at the third reading, I am told"] as const;

describeVenue("attack 26: disk seizure: the disk of a profile with a passphrase", function () {
  this.timeout(90_000);
  let venue: Venue | undefined;
  after(() => venue?.close());

  it("shows no name, text, group id or key, whether the daemon was stopped or killed", async () => {
    venue = await Venue.open("Anaïs Ndiaye-Ólafsdóttir", "Benedikt Wolkenstein");
    const [ana, ben] = venue.nodes() as [VenueNode, VenueNode];
    const file = join(ana.folder, "..", "passphrase");
    await writeFile(file, `${PASSPHRASE}\n`);
    const locked = ["--passphrase-file", file, "--delegation", "Permanent Mission of Fjordland"];
    await Promise.all([ana.up(locked), ben.up()]);
    await until("they meet", async () => (await ana.people()).length === 1 && (await ben.people()).length === 1);
    const { caucus } = await ana.ask<{ caucus: GroupId }>("caucus", "new", CAUCUS, "--with", ben.person);
    await until("Benedikt is in it", async () => (await ben.caucus(caucus)) !== undefined);
    await ana.ask("send", caucus, TEXTS[0]);
    await ben.ask("send", caucus, TEXTS[1]);
    await sameHistories([ana, ben], caucus, 2);
    for (const { daemon, name } of [ana, ben]) {
      peers[`${name}'s peer id`] = Buffer.from(daemon.peerId);
      peers[`the key in ${name}'s peer id`] = Buffer.from(base58.decode(daemon.peerId));
    }
    await ana.down();
    await searchDisk(ana, caucus);

    await ana.up(locked);
    await ana.ask("send", caucus, TEXTS[0]);
    await sameHistories([ana, ben], caucus, 3);
    ana.daemon.kill("SIGKILL");
    await ana.daemon.ended;
    await searchDisk(ana, caucus);

    // Without a passphrase the key lies beside what it opens, and the same search finds it.
    await ben.down();
    assert.notDeepEqual(await findTraces(ben.folder, { "the profile key": await profileKey(ben.folder) }), []);
  });

  /** Of the transport, as text and as bytes: nobody needs to keep them. */
  const peers: Record<string, Buffer> = {};
  let searches = 0;
  const searchDisk = async ({ folder }: VenueNode, caucus: GroupId): Promise<void> => {
    // First as it was left; opening it writes to it.
    const words = {
      "the profile key": await profileKey(folder, PASSPHRASE),
      "the passphrase": Buffer.from(PASSPHRASE),
      "the delegation": Buffer.from("Permanent Mission of Fjordland"),
      "the caucus's name": Buffer.from(CAUCUS),
      "the group id": Buffer.from(caucus, "hex"),
      "the first text": Buffer.from(TEXTS[0]),
      "the second text": Buffer.from(TEXTS[1]),
      ...peers,
    };
    assert.deepEqual(await findTraces(folder, words), []);
    // The random ids of messages show in LevelDB's keys, by design: see `src/store/keys.ts`.
    const kept = Object.entries(await secretsOf(folder, caucus, PASSPHRASE)).filter(
      ([name]) => !name.startsWith("message "),
    );
    const secrets = { ...words, ...Object.fromEntries(kept) };
    assert.deepEqual(await findTraces(folder, secrets), []);
    // The search can find: with the passphrase all of it is there.
    const opened = join(folder, "..", `opened${(searches += 1)}`);
    await dumpRecords(folder, opened, PASSPHRASE);
    const found = new Set((await findTraces(opened, secrets)).map((trace) => /: (.+) as /u.exec(trace)?.[1]));
    for (const name of Object.keys(secrets))
      if (name !== "the profile key" && name !== "the passphrase" && !(name in peers)) assert.ok(found.has(name), name);
  };
});
