/** The part of the contract that is about damage, wrong keys, failing disks and other versions. */
import assert from "node:assert/strict";
import type { CouloirError } from "../../src/errors.ts";
import { schemaKey } from "../../src/store/keys.ts";
import type { Migration } from "../../src/store/store.ts";
import { gate, type Bench } from "./bench.ts";
import { all, group, isError, person, profileKey, puts } from "./samples.ts";

const contact = (label: string) => ({ space: "contact", person: person(label) }) as const;
const note = (name: string) => ({ space: "profile", name }) as const;
const u32 = (value: number): Uint8Array => Uint8Array.of(0, 0, 0, value);

/** Adds its tests to the suite around it. */
export const faultContract = (bench: Bench): void => {
  const damages: Record<string, (sealed: Uint8Array, other: Uint8Array) => Uint8Array> = {
    "a changed first byte": (sealed) => sealed.with(0, sealed[0]! ^ 1),
    "a changed nonce": (sealed) => sealed.with(5, sealed[5]! ^ 1),
    "a changed last byte": (sealed) => sealed.with(sealed.length - 1, sealed.at(-1)! ^ 0x80),
    "a cut": (sealed) => sealed.slice(0, -1),
    "a cut to nothing": () => new Uint8Array(0),
    "more bytes": (sealed) => Uint8Array.of(...sealed, 0),
    "another record's value": (_, other) => other,
  };
  for (const [what, damage] of Object.entries(damages))
    it(`notices ${what}`, async () => {
      const labels = ["ana", "bo", "chen"];
      await (await bench.open()).commit(labels.map((label) => puts(contact(label), label)));
      const raw = await bench.raw();
      const [bo, chen] = await raw.getMany([bench.bytes(contact("bo")), bench.bytes(contact("chen"))]);
      await raw.put(bench.bytes(contact("bo")), damage(bo!, chen!));

      const strict = await bench.open();
      await assert.rejects(strict.get(contact("bo")), isError("storage", "record-damaged"));
      await assert.rejects(strict.getMany([contact("ana"), contact("bo")]), isError("storage", "record-damaged"));
      assert.equal(await strict.get(contact("ana")), "ana");
      await assert.rejects(all(strict.range({ space: "contact" })), isError("storage", "record-damaged"));

      const told: [CouloirError, unknown][] = [];
      const lenient = await bench.open({ onDamaged: (error, scope) => told.push([error, scope]) });
      const got = await all(lenient.range({ space: "contact" }));
      assert.deepEqual(new Set(got.map(({ value }) => value)), new Set(["ana", "chen"]));
      assert.equal((await all(lenient.range({ space: "contact" }, { limit: 2 }))).length, 2);
      assert.ok(told.length >= 1);
      for (const [error, scope] of told) {
        assert.ok(isError("storage", "record-damaged")(error));
        assert.deepEqual(scope, { space: "contact" });
      }
      await lenient.commit([puts(contact("bo"), "bo again")]);
      assert.equal(await lenient.get(contact("bo")), "bo again");
    });

  it("refuses a key that is not the database's, and harms nothing", async () => {
    await (await bench.open()).commit([puts(note("x"), 1)]);
    await assert.rejects(bench.open({ key: profileKey("theirs") }), isError("storage", "wrong-key"));
    assert.equal(await (await bench.open()).get(note("x")), 1);
  });

  it("refuses a database that somebody else wrote", async () => {
    await (await bench.raw()).put(Uint8Array.of(0x61), Uint8Array.of(0x62));
    await assert.rejects(bench.open(), isError("storage", "database-damaged"));
    assert.equal((await (await bench.raw()).keys().all()).length, 1);
  });

  it("refuses a database whose version is gone or garbled", async () => {
    await (await bench.open()).commit([puts(note("x"), 1)]);
    await (await bench.raw()).put(schemaKey, Uint8Array.of(1));
    await assert.rejects(bench.open(), isError("storage", "database-damaged"));
    await (await bench.raw()).del(schemaKey);
    await assert.rejects(bench.open(), isError("storage", "database-damaged"));
    await (await bench.raw()).put(schemaKey, u32(1));
    assert.equal(await (await bench.open()).get(note("x")), 1);
  });

  it("refuses what a newer version wrote, and harms nothing", async () => {
    await (await bench.open()).commit([puts(note("x"), 1)]);
    assert.deepEqual(await bench.version(), [0, 0, 0, 1]);
    await (await bench.raw()).put(schemaKey, u32(2));
    await assert.rejects(bench.open(), isError("storage", "schema-newer"));
    await (await bench.raw()).put(schemaKey, u32(1));
    assert.equal(await (await bench.open()).get(note("x")), 1);
  });

  it("migrates what an older version wrote, step by step, each with its version in one batch", async () => {
    await (await bench.open()).commit([puts(note("x"), "a")]);
    const seen: unknown[] = [];
    const append =
      (letter: string): Migration =>
      async (store) => {
        const value = await store.get(note("x"));
        seen.push(value);
        return [puts(note("x"), `${String(value)}${letter}`)];
      };
    const boom: Migration = () => Promise.reject(new Error("boom"));

    await assert.rejects(bench.open({ migrations: [append("b"), boom] }), isError("storage", "storage-failed"));
    assert.deepEqual(await bench.version(), [0, 0, 0, 2]);

    const store = await bench.open({ migrations: [append("b"), append("c")] });
    assert.equal(await store.get(note("x")), "abc");
    assert.deepEqual(seen, ["a", "ab"]);
    assert.deepEqual(await bench.version(), [0, 0, 0, 3]);
    assert.equal(await (await bench.open({ migrations: [boom, boom] })).get(note("x")), "abc");
    await assert.rejects(bench.open(), isError("storage", "schema-newer"));
  });

  it("starts a new database at the newest version", async () => {
    const boom: Migration = () => Promise.reject(new Error("boom"));
    await bench.open({ migrations: [boom] });
    assert.deepEqual(await bench.version(), [0, 0, 0, 2]);
  });

  it("fails a commit whole, with those that wait behind it, and goes on after", async () => {
    const store = await bench.open();
    const held = gate(bench.level());
    const first = store.commit([puts(note("first"), 1), puts(contact("ana"), 1)]);
    const next = held.next(Object.assign(new Error("IO error: No space left on device"), { code: "LEVEL_IO_ERROR" }));
    await Promise.resolve();
    await Promise.resolve();
    const second = store.commit([puts(note("second"), 2)]);
    const failures = Promise.allSettled([first, second]);
    await next;
    for (const result of await failures) {
      assert.equal(result.status, "rejected");
      isError("storage", "disk-full")(result.status === "rejected" && result.reason);
    }
    assert.deepEqual(await store.getMany([note("first"), note("second")]), [undefined, undefined]);
    const third = store.commit([puts(note("third"), 3)]);
    await held.next();
    await third;
    assert.deepEqual(await store.getMany([note("first"), note("second"), note("third")]), [undefined, undefined, 3]);
    assert.equal(await store.get(contact("ana")), undefined);
    assert.equal((await all(store.range({ space: "outbox", group: group("g") }))).length, 0);
  });
};
