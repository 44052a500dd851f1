import assert from "node:assert/strict";
import { CommitQueue, type RawChange } from "../../src/store/commitQueue.ts";

const change = (n: number, size = 1): RawChange => ({
  type: "put",
  key: Uint8Array.of(n),
  value: new Uint8Array(size),
});

describe("commit queue", () => {
  it("writes what comes in one turn as one, in order, and keeps order over rounds", async () => {
    const rounds: number[][] = [];
    const queue = new CommitQueue(async (changes) => void rounds.push(changes.map(({ key }) => key[0] ?? -1)));
    await Promise.all([queue.add([change(1), change(2)]), queue.add([]), queue.add([change(3)])]);
    await queue.add([change(4)]);
    assert.deepEqual(rounds, [[1, 2, 3], [4]]);
  });

  it("never has two writes under way", async () => {
    let writing = 0;
    const queue = new CommitQueue(async () => {
      assert.equal(++writing, 1);
      await new Promise((resolve) => setImmediate(resolve));
      writing--;
    });
    const done: Promise<void>[] = [];
    for (let n = 0; n < 10; n++) {
      done.push(queue.add([change(n)]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(done);
  });

  it("does not let a burst become one enormous batch, nor cut a large commit", async () => {
    const rounds: number[][] = [];
    const queue = new CommitQueue(async (changes) => void rounds.push(changes.map(({ key }) => key[0] ?? -1)));
    const mib = 1024 * 1024;
    await Promise.all([
      queue.add([change(1, 3 * mib)]),
      queue.add([change(2, 3 * mib)]),
      queue.add([change(3, 9 * mib), change(4, mib)]),
      queue.add([change(5)]),
      queue.add([change(6)]),
    ]);
    assert.deepEqual(rounds, [[1], [2], [3, 4], [5, 6]]);
  });

  it("says when it is empty", async () => {
    const done: number[] = [];
    const queue = new CommitQueue(() => new Promise((resolve) => setImmediate(resolve)));
    await queue.drain();
    for (const n of [1, 2]) void queue.add([change(n)]).then(() => done.push(n));
    await queue.drain();
    assert.deepEqual(done, [1, 2]);
  });
});
