import assert from "node:assert/strict";
import { streamPair } from "@libp2p/utils";
import * as lp from "it-length-prefixed";
import { streamChannel } from "../../src/net/streamChannel.ts";

const message = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill);

describe("a channel over a stream", () => {
  it("keeps messages whole and in order, and tells the end", async () => {
    const [left, right] = await streamPair();
    const [mine, theirs] = [streamChannel(left, 1_000_000), streamChannel(right, 1_000_000)];
    const lengths = [0, 1, 300, 65_536, 500_000];
    for (const [i, length] of lengths.entries()) await mine.send(message(length, i));
    for (const [i, length] of lengths.entries()) assert.deepEqual(await theirs.receive(), message(length, i));
    await theirs.send(message(3, 9));
    assert.deepEqual(await mine.receive(), message(3, 9));
    await mine.close();
    assert.equal(await theirs.receive(), undefined);
    await theirs.close();
  });

  it("tells an end that came before anybody listened", async () => {
    const [left, right] = await streamPair();
    const ended = new Promise((resolve) => right.addEventListener("end", resolve));
    await left.close();
    await ended;
    assert.equal(await streamChannel(right, 1000).receive(), undefined);
    const [mine, theirs] = await streamPair();
    const cut = new Promise((resolve) => theirs.addEventListener("close", resolve));
    mine.abort(new Error("no"));
    await cut;
    await assert.rejects(streamChannel(theirs, 1000).receive());
  });

  it("holds the other side up while nobody reads, and then loses nothing", async () => {
    const [left, right] = await streamPair();
    const mine = streamChannel(left, 1_000_000);
    const theirs = streamChannel(right, 1_000_000);
    const sending = (async () => {
      for (let i = 0; i < 60; i++) await mine.send(message(100_000, i));
    })();
    for (let i = 0; i < 60; i++) assert.deepEqual(await theirs.receive(), message(100_000, i));
    await sending;
    await Promise.all([mine.close(), theirs.close()]);
  });

  it("refuses a message that is announced too long, or cut short", async () => {
    const [left, right] = await streamPair();
    const theirs = streamChannel(right, 1000);
    left.send(lp.encode.single(message(1001, 1)));
    await assert.rejects(theirs.receive());
    await theirs.close();

    const [short, other] = await streamPair();
    const reader = streamChannel(other, 1000);
    short.send(lp.encode.single(message(500, 1)).subarray(0, 100));
    await short.close();
    await assert.rejects(reader.receive());
  });

  it("rejects on both sides when the stream is reset, and closes without an error", async () => {
    const [left, right] = await streamPair();
    const [mine, theirs] = [streamChannel(left, 1000), streamChannel(right, 1000)];
    const waiting = assert.rejects(theirs.receive());
    left.abort(new Error("gone"));
    await waiting;
    await assert.rejects(mine.send(message(10, 1)));
    await mine.close();
    await theirs.close();
  });
});
