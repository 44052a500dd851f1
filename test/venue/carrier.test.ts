/** A daemon in no caucus carries mail between two members who never meet, and learns nothing of it. */
import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeVenue } from "../../src/messenger/venue.ts";
import { openProfile } from "../../src/store/openNode.ts";
import type { CaucusView, GroupId } from "../../src/types.ts";
import { dumpRecords, secretsOf } from "../helpers/profileSecrets.ts";
import { findTraces } from "../helpers/traces.ts";
import { describeVenue, until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

const SPY = fileURLToPath(new URL("../helpers/venueSpy.ts", import.meta.url));
const DELEGATION = "Permanent Mission of Fjordland";
const CAUCUS = "Bracket fourteen, quietly";
const TEXTS = [
  "Please speak in support of our bracket 14",
  "They will fold at the third reading, I am told",
  "Understood; I shall interrupt after Ruritania",
  "The dove is in the corridor 🕊️ behind the curtain",
] as const;

describeVenue("attack 25: metadata: a carrier that is in no caucus", function () {
  this.timeout(120_000);
  this.bail(true);
  let venue: Venue | undefined;
  let [ana, ben, carrier] = [] as unknown as [VenueNode, VenueNode, VenueNode];
  let caucus: GroupId;
  /** What the carrier saw, logged and stored, decrypted where that was possible. */
  let seen: string;

  const hidden = ["--hidden", "--delegation", DELEGATION];
  const says = async (node: VenueNode, text: string): Promise<void> => {
    await node.ask("send", caucus, text);
    await until(`somebody takes “${text}”`, async () =>
      (await node.history(caucus)).every(({ state }) => state !== "saved"),
    );
  };
  const reads = async (node: VenueNode, texts: readonly string[]): Promise<void> => {
    await until(`${node.name} has ${texts.length} texts`, async () => {
      const has = await node.texts(caucus);
      if (has.length >= texts.length) return true;
      throw new Error(has.join("; "));
    });
    assert.deepEqual(await node.texts(caucus), texts);
  };

  before(async () => {
    venue = await Venue.open("Anaïs Ndiaye-Ólafsdóttir", "Benedikt Wolkenstein", "The concierge");
    [ana, ben, carrier] = venue.nodes() as [VenueNode, VenueNode, VenueNode];
    seen = join(carrier.folder, "..", "seen");
    await mkdir(seen);
    // The two know each other's card from before, as people do who met at breakfast.
    await Promise.all([ana, ben].map((node) => node.up(["--delegation", DELEGATION])));
    await until("they meet", async () => (await ana.people()).length === 1 && (await ben.people()).length === 1);
    await ana.down();
    await ben.down();
    await carrier.up([], { script: SPY, env: { SPY_FOLDER: seen, COULOIR_LOG: "debug" } });
  });
  after(() => venue?.close());

  it("brings each the other's words, and the caucus itself, though they are never up together", async () => {
    await ana.up(hidden);
    caucus = (await ana.ask<{ caucus: GroupId }>("caucus", "new", CAUCUS, "--with", ben.person)).caucus;
    await says(ana, TEXTS[0]);
    await says(ana, TEXTS[1]);
    await ana.down();

    await ben.up(hidden);
    await until("the caucus reaches Benedikt", async () => (await ben.caucus(caucus)) !== undefined);
    await reads(ben, TEXTS.slice(0, 2));
    await says(ben, TEXTS[2]);
    await ben.down();

    await ana.up(hidden);
    await reads(ana, TEXTS.slice(0, 3));
    await says(ana, TEXTS[3]);
    await ana.down();

    await ben.up(hidden);
    await reads(ben, TEXTS);
    await ben.down();
  });

  it("knows no caucus and nobody who is hidden", async () => {
    assert.deepEqual(await carrier.ask<CaucusView[]>("caucus", "ls"), []);
    assert.deepEqual(await carrier.people(), []);
    const { stderr, stdout } = await carrier.down();
    assert.match(stderr, /"level"/u, "it logs all that it can");
    await writeFile(join(seen, "stderr"), stderr);
    await writeFile(join(seen, "stdout"), stdout);
  });

  it("has no name, text, id or key in what it stored, logged and saw", async () => {
    const records = join(seen, "records");
    assert.ok((await dumpRecords(carrier.folder, records)) > 10);
    const secrets: Record<string, Buffer> = { ...(await secretsOf(ben.folder, caucus)) };
    for (const [name, secret] of Object.entries(await secretsOf(ana.folder, caucus)))
      secrets[`Anaïs: ${name}`] = secret;
    for (const [at, text] of TEXTS.entries()) secrets[`text ${at}`] = Buffer.from(text);
    secrets["the delegation"] = Buffer.from(DELEGATION);

    // The search can find: a member's own records hold it all, and the capture holds all that the carrier keeps.
    const own = join(seen, "..", "own");
    await dumpRecords(ben.folder, own);
    const found = new Set((await findTraces(own, secrets)).map((trace) => /: (.+) as /u.exec(trace)?.[1]));
    for (const name of Object.keys(secrets).filter((one) => !one.startsWith("Anaïs: ")))
      assert.ok(found.has(name), name);
    await captureIsWhole();

    assert.deepEqual(await findTraces(seen, secrets), []);
    assert.deepEqual(await findTraces(carrier.folder, secrets), []);
  });

  /** Every envelope that the carrier keeps came by a stream whose plaintext was captured. */
  const captureIsWhole = async (): Promise<void> => {
    const streams = (await readdir(seen)).filter((name) => name.endsWith(".in"));
    const captured = await Promise.all(streams.map((name) => readFile(join(seen, name))));
    const { store, vault } = await openProfile(carrier.folder);
    let mails = 0;
    for (const topic of makeVenue("couloir").buckets)
      for await (const { value } of store.range({ space: "mail", topic })) {
        mails += 1;
        // Behind the envelope stands on whose share it is kept.
        assert.ok(captured.some((bytes) => bytes.includes(Buffer.from(value.subarray(0, -1)))));
      }
    await store.close();
    vault.forget();
    assert.ok(mails >= TEXTS.length, `${mails} envelopes`);
  };
});
