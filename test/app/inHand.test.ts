/** Photos that somebody looks through, and what of them a page would keep that goes away now. */
import assert from "node:assert/strict";
import type { Ready } from "../../web/app/order.ts";
import { MOST_NOTED } from "../../web/app/parcel.ts";
import { PhotosInHand } from "../../web/app/photo/inHand.ts";
import { PhotoTrouble } from "../../web/app/photo/trouble.ts";

const PICTURE = { width: 3, height: 2, thumbnail: "AAAA" };
const chosen = (name: string, size: number): File =>
  new File([new Uint8Array(size)], `${name}.jpg`, { type: "image/jpeg" });

/** Until all that can go on by itself has. */
const idle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Photos that are drawn when a test says so. */
class Desk {
  readonly #easels = new Map<File, PromiseWithResolvers<Ready>>();
  readonly inHand = new PhotosInHand((file) => this.#easel(file).promise);

  async draws(file: File, size: number): Promise<void> {
    this.#easel(file).resolve({ blob: new Blob([new Uint8Array(size)], { type: "image/jpeg" }), picture: PICTURE });
    await idle();
  }
  async fails(file: File): Promise<void> {
    this.#easel(file).reject(new PhotoTrouble("broken"));
    await idle();
  }
  async holds(...files: readonly File[]): Promise<void> {
    this.inHand.hold(files);
    await idle();
  }
  /** What a page that goes now notes of one. */
  noted(file: File): "raw" | "drawn" | "nothing" {
    const parcel = this.inHand.sourceOf(file).now?.();
    return parcel ? (parcel.raw ? "raw" : "drawn") : "nothing";
  }
  #easel(file: File): PromiseWithResolvers<Ready> {
    const easel = this.#easels.get(file) ?? Promise.withResolvers<Ready>();
    this.#easels.set(file, easel);
    return easel;
  }
}

describe("photos in hand", () => {
  const ten = Array.from({ length: 10 }, (_, at) => chosen(`photo ${at}`, 5_200_000));

  it("are noted as they were chosen while they are not drawn, as far as there is room", async () => {
    const desk = new Desk();
    await desk.holds(...ten);
    assert.deepEqual(ten.map((file) => desk.noted(file)).filter((how) => how === "raw").length, 3);
    assert.equal(desk.inHand.ready.value, 3);
  });

  it("give their room to the next as they are drawn, until none would be lost", async () => {
    const desk = new Desk();
    await desk.holds(...ten);
    const ready: number[] = [];
    for (const file of ten) {
      await desk.draws(file, 700_000);
      ready.push(desk.inHand.ready.value);
      const all = ten.map((one) => desk.inHand.sourceOf(one).now?.()?.bytes.length ?? 0);
      assert.ok(all.reduce((sum, size) => sum + size) <= MOST_NOTED);
    }
    assert.deepEqual(ready, [4, 5, 6, 7, 7, 8, 9, 10, 10, 10]);
    assert.ok(ten.every((file) => desk.noted(file) === "drawn"));
  });

  it("wait for those that there is no room for any more, and not for what cannot be drawn", async () => {
    const desk = new Desk();
    const [small, large] = [chosen("small", 1_000_000), chosen("large", 18_000_000)];
    await desk.holds(small, large);
    assert.deepEqual([desk.noted(small), desk.noted(large)], ["raw", "raw"]);
    await desk.draws(small, 1_400_000);
    assert.deepEqual([desk.noted(small), desk.noted(large)], ["drawn", "nothing"]);
    assert.equal(desk.inHand.ready.value, 1);
    await desk.fails(large);
    assert.equal(desk.inHand.ready.value, 2);
  });

  it("wait for what else is on its way to be saved, whose bytes a page notes as well", async () => {
    const desk = new Desk();
    const two = ten.slice(0, 2);
    desk.inHand.hold(two, 12_000_000);
    await idle();
    assert.deepEqual([two.map((file) => desk.noted(file)), desk.inHand.ready.value], [["raw", "nothing"], 1]);
    for (const file of two) await desk.draws(file, 1_400_000);
    assert.equal(desk.inHand.ready.value, 2);
    desk.inHand.hold(two, 17_000_000);
    assert.equal(desk.inHand.ready.value, 1);
    desk.inHand.hold(two, 0);
    assert.equal(desk.inHand.ready.value, 2);
  });

  it("are let go of when they are left out, and come drawn to whoever sends them", async () => {
    const desk = new Desk();
    await desk.holds(...ten);
    const [first, ...rest] = ten as [File, ...File[]];
    await desk.holds(...rest);
    assert.deepEqual([desk.noted(first), desk.inHand.ready.value], ["nothing", 3]);
    await desk.draws(rest[0]!, 10);
    assert.equal((await desk.inHand.sourceOf(rest[0]!).ready()).blob.size, 10);
  });
});
