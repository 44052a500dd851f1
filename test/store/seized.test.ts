import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openProfile } from "../../src/store/openNode.ts";
import type { Store } from "../../src/store/store.ts";
import { envelope, group, message, person, puts, topic } from "./samples.ts";
import { findTraces, shapesOf } from "../helpers/traces.ts";

describe("attack 26: a seized disk", () => {
  let dir: string;
  let store: Store | undefined;
  const open = async (): Promise<Store> =>
    (store = (
      await openProfile(dir, { passphrase: () => "corridor diplomacy", cost: { memoryKiB: 8, passes: 1, lanes: 1 } })
    ).store);

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "couloir-seized-"));
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    await rm(dir, { recursive: true, force: true });
  });

  const name = "Anaïs Ndiaye-Ólafsdóttir";
  const text = "Please speak in support of our bracket 14";
  const group14 = group("caucus");
  const ana = person("ana");
  const secrets: Record<string, Buffer> = {
    name: Buffer.from(name),
    text: Buffer.from(text),
    "the group": Buffer.from(group14, "hex"),
    "the group's beginning": Buffer.from(group14, "hex").subarray(0, 8),
    "the group's end": Buffer.from(group14, "hex").subarray(-8),
    "the person": Buffer.from(ana, "hex"),
    "the person's beginning": Buffer.from(ana, "hex").subarray(0, 8),
    "the person's end": Buffer.from(ana, "hex").subarray(-8),
    "an envelope": Buffer.from(envelope(1), "hex"),
    "the topic": Buffer.from(topic("bucket-of-the-venue")),
    passphrase: Buffer.from("corridor diplomacy"),
  };

  it("the search finds what is planted, in every shape", async () => {
    for (const [what, secret] of Object.entries(secrets))
      for (const [shape, forms] of Object.entries(shapesOf(secret)))
        for (const form of forms) {
          assert.ok(form.length >= 8);
          const planted = Buffer.concat([Buffer.alloc(5000, "x"), form, Buffer.alloc(5000, "y")]);
          await writeFile(join(dir, "planted"), planted);
          assert.ok(
            (await findTraces(dir, { [what]: secret })).includes(`planted: ${what} as ${shape}`),
            `${what} as ${shape}`,
          );
        }
    await rm(join(dir, "planted"));
    await writeFile(join(dir, group14), "");
    assert.ok((await findTraces(dir, secrets)).includes(`${group14}: the group as hex`));
    await rm(join(dir, group14));
    assert.deepEqual(await findTraces(dir, secrets), []);
  }).timeout(60_000);

  it("nothing of names, texts, groups and persons is to be found without the passphrase", async () => {
    const fill = async (): Promise<void> => {
      const filled = await open();
      await filled.commit([
        puts({ space: "profile", name }, { name, person: ana }),
        puts({ space: "contact", person: ana }, { name, person: Buffer.from(ana, "hex") }),
        puts({ space: "group", group: group14 }, { name: text, members: [ana, name] }),
        puts({ space: "place", group: group14, message: message(1) }, 1),
        puts({ space: "outbox", group: group14, seq: 1 }, { text }),
        puts({ space: "mail", topic: topic("bucket-of-the-venue"), slot: 1, envelope: envelope(1) }, Buffer.from(text)),
      ]);
      // Enough for tables on disk besides the log.
      for (let n = 0; n < 20; n++)
        await filled.commit([
          puts(
            { space: "message", group: group14, time: n, message: message(n) },
            { text, pad: new Uint8Array(300_000) },
          ),
        ]);
    };
    await fill();
    assert.deepEqual(await findTraces(dir, secrets), [], "while it is open");
    await store?.close();
    assert.deepEqual(await findTraces(dir, secrets), [], "closed");
    await (await open()).compact();
    await store?.close();
    assert.ok((await readdir(join(dir, "db"))).some((file) => file.endsWith(".ldb")));
    assert.deepEqual(await findTraces(dir, secrets), [], "compacted");
    assert.deepEqual(((await (await open()).get({ space: "contact", person: ana })) as { name: string }).name, name);
  }).timeout(60_000);
});
