import assert from "node:assert/strict";
import { ExchangeBook } from "../../src/messenger/exchangeBook.ts";
import { newExchange } from "../../src/protocol/exchange.ts";
import { sha256, u32 } from "../../src/protocol/primitives.ts";
import { simKem } from "../helpers/simKem.ts";

const agreement = (n: number): Uint8Array => sha256(u32(n));
const exchange = (n: number, secret = 1) => ({
  ...newExchange(agreement(n)),
  secrets: [{ id: new Uint8Array(8).fill(secret), secret: new Uint8Array(32).fill(secret) }],
});

describe("the book of exchanges", () => {
  it("holds so many, in memory and on disk, and lets go of the longest unchanged", () => {
    const book = new ExchangeBook(simKem, 3);
    const disk = new Map<string, unknown>();
    const keep = (...all: ReturnType<typeof exchange>[]): void => {
      for (const change of book.changes(all)) {
        if (change.key.space !== "profile") continue;
        if (change.type === "put") disk.set(change.key.name, change.value);
        else disk.delete(change.key.name);
      }
      book.put(all);
    };
    for (const n of [1, 2, 3]) keep(exchange(n));
    keep(exchange(1, 2));
    keep(exchange(4), exchange(5));
    const again = new ExchangeBook(simKem);
    for (const [name, value] of disk) again.restore(name, value);
    for (const one of [book, again])
      assert.deepEqual(
        [1, 2, 3, 4, 5].map((n) => one.get(agreement(n))?.secrets[0]?.id[0]),
        [2, undefined, undefined, 1, 1],
      );
  });

  it("says again that there is no secret after a day, or sooner to who was heard", () => {
    const book = new ExchangeBook(simKem);
    const [one, minute] = [agreement(1), 60_000];
    assert.ok(book.mayTell(one, 0));
    book.told(one, 0);
    assert.ok(!book.mayTell(one, 23 * 60 * minute));
    assert.ok(book.mayTell(one, 24 * 60 * minute));
    book.hurry(one, 9 * minute);
    assert.ok(!book.mayTell(one, 9 * minute), "too soon");
    book.hurry(one, 10 * minute);
    assert.ok(book.mayTell(one, 10 * minute));
  });
});
