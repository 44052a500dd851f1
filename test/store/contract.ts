/** What a store promises, on whatever database: a suite to run on each of them. */
import assert from "node:assert/strict";
import { keyspace, schemaKey } from "../../src/store/keys.ts";
import type { Level } from "../../src/store/level.ts";
import { del, put } from "../../src/store/record.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import { gate, type Bench, type Medium } from "./bench.ts";
import { rangeContract } from "./rangeContract.ts";
import { faultContract } from "./faultContract.ts";
import { all, group, isError, message, oneOfEach, person, profileKey, puts } from "./samples.ts";

/** Runs the suite on one kind of database. */
export const storeContract = (name: string, makeMedium: () => Promise<Medium>): void => {
  describe(`store on ${name}`, () => {
    let medium: Medium;
    let store: Store | undefined;
    let handle: Level | undefined;
    let vault: Vault | undefined;

    const shut = async (): Promise<void> => {
      await store?.close();
      await handle?.close();
      store = handle = undefined;
    };
    const bench: Bench = {
      open: async ({ key = profileKey(), ...options } = {}) => {
        await shut();
        handle = await medium.handle();
        vault = new Vault(key);
        return (store = await Store.open(handle, vault, options));
      },
      raw: async () => {
        await shut();
        handle = await medium.handle();
        await handle.open();
        return handle;
      },
      bytes: (key) => keyspace(new Vault(profileKey())).bytes(key),
      level: () => handle as Level,
      version: async () => [...((await (await bench.raw()).get(schemaKey)) ?? [])],
    };

    beforeEach(async () => {
      medium = await makeMedium();
    });
    afterEach(async () => {
      await shut();
      await medium.destroy();
    });

    it("gives undefined for what is not there", async () => {
      const fresh = await bench.open();
      for (const key of oneOfEach) assert.equal(await fresh.get(key), undefined);
    });

    it("keeps a record in every space over a reopening", async () => {
      const before = await bench.open();
      await before.commit(oneOfEach.map((key, n) => puts(key, { n, of: key.space })));
      const after = await bench.open();
      for (const [n, key] of oneOfEach.entries()) assert.deepEqual(await after.get(key), { n, of: key.space });
    });

    it("gives back every kind of plain value", async () => {
      const opened = await bench.open();
      const key = { space: "profile", name: "any" } as const;
      for (const value of [
        null,
        true,
        0,
        -1,
        1.5,
        2 ** 53 - 1,
        "",
        "déléguée 🕊",
        new Uint8Array(0),
        Uint8Array.of(0, 255),
        [],
        [1, [null, "x"]],
        {},
        { b: 1, a: { c: [Uint8Array.of(1)] } },
      ]) {
        await opened.commit([puts(key, value)]);
        assert.deepEqual(await opened.get(key), value);
      }
    });

    it("gives many records in the order asked for", async () => {
      const opened = await bench.open();
      const contact = (label: string) => ({ space: "contact", person: person(label) }) as const;
      await opened.commit([puts(contact("ana"), "Ana"), puts(contact("bo"), "Bo")]);
      const got = await opened.getMany([contact("bo"), contact("nobody"), contact("ana"), contact("bo")]);
      assert.deepEqual(got, ["Bo", undefined, "Ana", "Bo"]);
      assert.deepEqual(await opened.getMany([]), []);
    });

    it("overwrites and removes, the last change of a commit winning", async () => {
      const opened = await bench.open();
      const key = { space: "profile", name: "x" } as const;
      await opened.commit([puts(key, 1), puts(key, 2)]);
      assert.equal(await opened.get(key), 2);
      await opened.commit([puts(key, 3), del(key)]);
      assert.equal(await opened.get(key), undefined);
      await opened.commit([del(key)]);
    });

    it("types values by their space", async () => {
      const opened = await bench.open();
      const [, , , , , , , , key] = oneOfEach;
      assert.ok(key?.space === "mail");
      await opened.commit([put(key, Uint8Array.of(1, 2, 3))]);
      const value: Uint8Array | undefined = await opened.get(key);
      assert.deepEqual(value, Uint8Array.of(1, 2, 3));
    });

    it("takes a value as it is at the call", async () => {
      const opened = await bench.open();
      const key = { space: "profile", name: "x" } as const;
      const value = { list: [1], bytes: Uint8Array.of(1) };
      const done = opened.commit([puts(key, value)]);
      value.list.push(2);
      value.bytes[0] = 9;
      await done;
      assert.deepEqual(await opened.get(key), { list: [1], bytes: Uint8Array.of(1) });
    });

    it("refuses what it could not read back, and writes nothing of that commit", async () => {
      const opened = await bench.open();
      const good = { space: "profile", name: "good" } as const;
      const bad = { space: "profile", name: "bad" } as const;
      const loop: unknown[] = [undefined];
      for (const value of [undefined, NaN, Infinity, 1n, "\ud800", { a: undefined }, loop, new Map(), new Date(0)])
        await assert.rejects(opened.commit([puts(good, 1), puts(bad, value)]), isError("internal", "unstorable"));
      assert.deepEqual(await opened.getMany([good, bad]), [undefined, undefined]);
    });

    it("refuses keys that would lie out of order", async () => {
      const opened = await bench.open();
      const at = (time: number) => ({ space: "message", group: group("g"), time, message: message(1) }) as const;
      for (const time of [-1, 0.5, NaN, 2 ** 53])
        await assert.rejects(opened.commit([puts(at(time), 1)]), isError("internal", "bad-key"));
      await assert.rejects(
        opened.commit([
          puts({ space: "mail", topic: "t" as never, slot: 65536, envelope: "00".repeat(32) as never }, 1),
        ]),
        isError("internal", "bad-key"),
      );
      await assert.rejects(opened.get({ ...at(1), message: "abcd" as never }), isError("internal", "bad-key"));
    });

    it("shows no id, name or value to who reads the database without the key", async () => {
      const opened = await bench.open();
      await opened.commit(oneOfEach.map((key) => puts(key, { name: "Ana from the corridor" })));
      const dump = Buffer.concat((await (await bench.raw()).iterator().all()).flat());
      for (const { space, ...parts } of oneOfEach)
        for (const [field, part] of Object.entries(parts)) {
          // The message id is shown where it gives the order, and nowhere else.
          if (typeof part !== "string" || (["message", "tool", "fade"].includes(space) && field === "message"))
            continue;
          assert.ok(!dump.includes(part), `${space} ${field} lies open`);
          const id = Buffer.from(part, "hex");
          if (id.length === 0) continue;
          // Fewer bytes than this stand in random ones by chance.
          assert.ok(id.length >= 8, `${space} ${field} is too short to look for`);
          assert.ok(!dump.includes(id.subarray(0, 8)), `${space} ${field} lies open`);
        }
      assert.ok(!dump.includes("Ana") && !dump.includes("corridor"));
    });

    it("never seals two things alike", async () => {
      const opened = await bench.open();
      const keys = [1, 2].map((n) => ({ space: "profile", name: `n${n}` }) as const);
      await opened.commit(keys.map((key) => puts(key, "the same")));
      const sealed = await (await bench.raw()).getMany(keys.map((key) => bench.bytes(key)));
      assert.notDeepEqual(sealed[0]?.slice(25), sealed[1]?.slice(25));
    });

    it("writes commits of a busy moment together, and answers each in order once it is synced", async () => {
      const opened = await bench.open();
      const held = gate(bench.level());
      const answered: number[] = [];
      const commit = async (n: number): Promise<void> => {
        await opened.commit([puts({ space: "outbox", group: group("g"), seq: n }, n)]);
        answered.push(n);
      };
      const first = commit(0);
      const next = held.next();
      await Promise.resolve();
      await Promise.resolve();
      const rest = Array.from({ length: 20 }, (_, n) => commit(n + 1));
      assert.deepEqual(answered, []);
      await next;
      await first;
      assert.deepEqual(answered, [0]);
      await held.next();
      await Promise.all(rest);
      assert.deepEqual(answered, [...answered.keys()]);
      assert.equal(answered.length, 21);
      assert.deepEqual(
        held.rounds.map(({ changes }) => changes.length),
        [1, 20],
      );
      for (const { options } of held.rounds) assert.equal((options as { sync: boolean }).sync, true);
      assert.deepEqual(
        (await all(opened.range({ space: "outbox", group: group("g") }))).map(({ key }) => key.seq),
        [...answered.keys()],
      );
    });

    it("finishes what is under way before it closes, and refuses what comes after", async () => {
      const opened = await bench.open();
      const key = { space: "profile", name: "x" } as const;
      const done = opened.commit([puts(key, "kept")]);
      await opened.close();
      await done;
      await assert.rejects(opened.commit([puts(key, "late")]), isError("storage", "store-closed"));
      await assert.rejects(opened.get(key), isError("storage", "store-closed"));
      await assert.rejects(all(opened.range({ space: "profile" })), isError("storage", "store-closed"));
      await assert.rejects(opened.clear({ space: "profile" }), isError("storage", "store-closed"));
      assert.equal(await (await bench.open()).get(key), "kept");
    });

    it("wipes everything, the keys in memory too", async () => {
      const opened = await bench.open();
      await opened.commit(oneOfEach.map((key) => puts(key, 1)));
      await opened.wipe();
      assert.throws(() => vault?.mac(new Uint8Array(1)), isError("storage", "store-closed"));
      await assert.rejects(opened.get({ space: "profile", name: "x" }), isError("storage", "store-closed"));
      assert.deepEqual(await (await bench.raw()).keys().all(), []);
    });

    it("reads the same after it has been compacted", async () => {
      const opened = await bench.open();
      await opened.commit(oneOfEach.map((key) => puts(key, key.space)));
      await opened.compact();
      for (const key of oneOfEach) assert.equal(await opened.get(key), key.space);
    });

    rangeContract(bench);
    faultContract(bench);
  });
};
