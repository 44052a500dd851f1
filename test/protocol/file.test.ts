import assert from "node:assert/strict";
import fc from "fast-check";
import { concat, hex } from "../../src/protocol/codec.ts";
import {
  askKeyOf,
  askName,
  chunkHash,
  chunksOf,
  fileIdOf,
  isChunkOf,
  isListOf,
  listParts,
  openChunk,
  plainLength,
  rootOf,
  sealChunk,
  sealedLength,
} from "../../src/protocol/file.ts";
import { requests } from "../../src/protocol/request.ts";
import { CHUNK, CHUNK_ENDS, LIST_PART, MAX_CHUNKS, MAX_FILE } from "../../src/protocol/limits.ts";
import { seeded } from "./room.ts";

const random = seeded("files");

/** A file of so many bytes, sealed. */
const sealed = (size: number, key = random(32)) => {
  const content = random(size);
  const chunks = Array.from({ length: chunksOf(size) }, (_, i) =>
    sealChunk({ key, size }, i, content.subarray(i * CHUNK, i * CHUNK + plainLength(size, i))),
  );
  const list = concat(...chunks.map(chunkHash));
  return { file: { key, size, root: rootOf(list) }, content, chunks, list };
};

describe("a file", () => {
  it("is cut in chunks that make it whole again, whatever its size", () => {
    for (const size of [0, 1, 999, 1000, 1001, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_001]) {
      const { file, content, chunks, list } = sealed(size);
      assert.ok(isListOf(file, list), `${size}`);
      chunks.forEach((chunk, i) => {
        assert.equal(chunk.length, sealedLength(size, i));
        assert.ok(isChunkOf(list, i, chunk));
      });
      assert.deepEqual(concat(...chunks.map((chunk, i) => openChunk(file, i, chunk) as Uint8Array)), content);
    }
  });

  it("shows of its length by its last chunk no more than one of a few", () => {
    const lengths = new Set<number>();
    fc.assert(
      fc.property(fc.nat(MAX_FILE), (size) => {
        const last = chunksOf(size) - 1;
        lengths.add(sealedLength(size, last));
        for (const index of [0, last >> 1]) if (index < last) assert.equal(sealedLength(size, index), CHUNK + 16);
        return chunksOf(size) <= MAX_CHUNKS;
      }),
      { numRuns: 500, seed: 1 },
    );
    for (const length of lengths) assert.ok(CHUNK_ENDS.includes(length - 16));
  });

  it("has each chunk in its place only, under its key only, and unaltered only", () => {
    const { file, chunks, list } = sealed(3 * CHUNK);
    const [first, second] = chunks as [Uint8Array, Uint8Array];
    assert.equal(openChunk(file, 1, first), undefined);
    assert.ok(!isChunkOf(list, 1, first));
    assert.equal(openChunk({ ...file, key: random(32) }, 0, first), undefined);
    const altered = second.map((byte, at) => (at === 100 ? byte ^ 1 : byte));
    assert.equal(openChunk(file, 1, altered), undefined);
    assert.ok(!isChunkOf(list, 1, altered));
    assert.ok(!isChunkOf(list, 3, second), "behind the end");
    assert.ok(!isChunkOf(list, 1, new Uint8Array(0)));
    for (const other of [
      list.subarray(32),
      concat(list, list),
      concat(list.subarray(32), list.subarray(0, 32)),
      new Uint8Array(0),
    ])
      assert.ok(!isListOf(file, other));
    assert.ok(!isListOf({ ...file, size: 2 * CHUNK }, list), "a size that the list does not have");
  });

  it("never seals two chunks alike, and is another file under another key", () => {
    const key = random(32);
    const zeros = new Uint8Array(CHUNK);
    const chunks = [0, 1, 2].map((i) => hex(sealChunk({ key, size: 3 * CHUNK }, i, zeros)));
    assert.equal(new Set(chunks).size, 3);
    const { file } = sealed(10);
    assert.notEqual(fileIdOf(file), fileIdOf({ ...file, key }));
    assert.notEqual(fileIdOf(file), fileIdOf({ ...file, root: key }));
    assert.notEqual(fileIdOf(file), fileIdOf({ ...file, size: 11 }));
  });

  it("has a list that goes in messages of bounded length", () => {
    const list = random(MAX_CHUNKS * 32);
    const parts = listParts(list);
    assert.ok(parts.every((part) => part.length <= LIST_PART));
    assert.deepEqual(concat(...parts), list);
  });

  it("is asked for by a name that only its key makes, for one asker and one time", () => {
    const { file } = sealed(10);
    const askKey = askKeyOf(file.key);
    const [salt, other] = [random(16), random(16)];
    const name = hex(askName(askKey, salt, "a"));
    assert.equal(name, hex(askName(askKey, salt, "a")));
    for (const one of [
      askName(askKey, salt, "b"),
      askName(askKey, other, "a"),
      askName(askKeyOf(random(32)), salt, "a"),
    ])
      assert.notEqual(hex(one), name);
    const request = { kind: "chunks", salt, name: random(16), from: MAX_CHUNKS - 1, count: MAX_CHUNKS } as const;
    assert.deepEqual(requests.decode(requests.encode(request)), request);
    assert.equal(requests.decode(requests.encode({ ...request, from: MAX_CHUNKS })), undefined);
  });
});
