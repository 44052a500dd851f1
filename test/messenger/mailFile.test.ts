/** The file that sealed mail is carried in: what comes back of it, whole or not. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type FiledMail, readMailFile, writeMailFile } from "../../src/messenger/mailFile.ts";
import { BUCKETS } from "../../src/protocol/limits.ts";
import type { Topic } from "../../src/types.ts";
import { seeded } from "../protocol/room.ts";

const random = seeded("mail file");
const mail = (size = 256): FiledMail => ({
  topic: `couloir/1/${Buffer.from(random(8)).toString("hex")}` as Topic,
  frame: random(size),
});
const all = BUCKETS.map((size) => mail(size));
const fileOf = async (of: readonly FiledMail[]): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(writeMailFile(of)));
/** The bytes in pieces of some sizes. */
async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
/** What is read before the end or the damage, and the code of that. */
const read = async (source: AsyncIterable<Uint8Array>) => {
  const found: FiledMail[] = [];
  try {
    for await (const one of readMailFile(source)) found.push(one);
  } catch (error) {
    return { found, code: (error as { code: string }).code };
  }
  return { found, code: undefined };
};

describe("a file of mail", () => {
  it("comes back as it was, in whatever pieces it is read", async () => {
    const file = await fileOf(all);
    for (const size of [1, 7, 4096, file.length]) {
      const { found, code } = await read(cut(file, size));
      assert.equal(code, undefined);
      assert.deepEqual(
        found.map(({ topic, frame }) => [topic, Buffer.from(frame).toString("hex")]),
        all.map(({ topic, frame }) => [topic, Buffer.from(frame).toString("hex")]),
      );
    }
    assert.deepEqual(await read(cut(await fileOf([]), 5)), { found: [], code: undefined });
  });

  it("is never whole in memory: what is read of it is what is needed next", async () => {
    let given = 0;
    const source = (async function* () {
      yield* writeMailFile(
        (function* () {
          for (; given < 100_000; given++) yield mail(256);
        })(),
      );
    })();
    const reading = readMailFile(source);
    for (let i = 0; i < 10; i++) await reading.next();
    assert.ok(given < 12, `${given} of them were made`);
    await reading.return();
  });

  it("says where it breaks off, and what came before counts", async () => {
    const file = await fileOf(all.slice(0, 3));
    for (const length of [file.length - 1, file.length - 5, file.length - 100, 30]) {
      const { found, code } = await read(cut(file.subarray(0, length), 100));
      assert.equal(code, "mail-damaged", `${length}`);
      assert.ok(found.length <= 3);
    }
    const more = await read(cut(Buffer.concat([file, Buffer.from("x")]), 100));
    assert.deepEqual([more.found.length, more.code], [3, "mail-damaged"]);
    const fewer = Buffer.from(file);
    fewer[fewer.length - 1] = 2;
    assert.equal((await read(cut(fewer, 100))).code, "mail-damaged");
  });

  it("is told from any other file", async () => {
    for (const other of ["", "couloir mail", "couloir mail 2\n", "couloir identity 2\nabc"])
      assert.deepEqual(await read(cut(Buffer.from(other), 4)), { found: [], code: "not-mail" });
  });

  it("does no harm with anything in it", async () => {
    const head = Buffer.from("couloir mail 1\n");
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), async (bytes, ours) => {
        const { found, code } = await read(cut(ours ? Buffer.concat([head, bytes]) : bytes, 37));
        assert.ok(code === undefined || code === "mail-damaged" || code === "not-mail");
        for (const { frame } of found) assert.ok(BUCKETS.includes(frame.length));
      }),
      { numRuns: 200 },
    );
  });
});
