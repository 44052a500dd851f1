import assert from "node:assert/strict";
import { Pictures, thumbnail } from "../../web/app/pictures.ts";
import { groupId, messageId } from "../../web/app/testing/persons.ts";

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, "base64"));
const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

/** A PNG's beginning that claims this size. */
const png = (width: number, height: number): Uint8Array => {
  const bytes = new Uint8Array(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, 13);
  bytes.set(new TextEncoder().encode("IHDR"), 12);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
};

const small = (text: string) => thumbnail({ width: 4, height: 4, thumbnail: text });

describe("pictures of others", () => {
  it("are shown small for what they are, and only when they are small pictures", () => {
    assert.equal(small(GIF), `data:image/gif;base64,${GIF}`);
    assert.ok(small(base64Of(png(320, 240)))?.startsWith("data:image/png;"));
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
    for (const hostile of [
      base64Of(png(50_000, 50_000)),
      base64Of(png(16_000, 1)),
      base64Of(new TextEncoder().encode(svg)),
      "not base64 at all!",
      `${GIF}" onerror="alert(1)`,
      "",
      GIF + "A".repeat(40_000),
    ]) {
      assert.equal(small(hostile), undefined, hostile.slice(0, 40));
    }
  });

  const shownBy = (bytes: Uint8Array) => {
    const reads: string[] = [];
    const pictures = new Pictures({
      readFile: async function* (_, message) {
        reads.push(message);
        yield bytes.subarray(0, 10);
        yield bytes.subarray(10);
      },
    });
    return { reads, pictures };
  };
  const caucus = groupId("Draft 7");

  it("are read once, and given back when others take their place", async () => {
    const { pictures, reads } = shownBy(bytesOf(GIF));
    const [one, again] = await Promise.all([pictures.show(caucus, messageId(1)), pictures.show(caucus, messageId(1))]);
    assert.ok("url" in one && one.url.startsWith("blob:"));
    assert.equal(one, again);
    for (let n = 2; n <= 25; n += 1) await pictures.show(caucus, messageId(n));
    assert.equal(reads.length, 25);
    await pictures.show(caucus, messageId(1));
    assert.equal(reads.length, 26);
    pictures.close();
  });

  it("are not decoded where they would fill the memory, and not shown where they are none", async () => {
    const huge = await shownBy(png(50_000, 50_000)).pictures.show(caucus, messageId(1));
    assert.deepEqual(huge, { trouble: "too-large" });
    const none = await shownBy(new TextEncoder().encode("<svg onload=alert(1)>")).pictures.show(caucus, messageId(1));
    assert.deepEqual(none, { trouble: "no-picture" });
  });

  it("can be asked for again when reading failed", async () => {
    let broken = true;
    const pictures = new Pictures({
      readFile: async function* () {
        if (broken) throw new Error("gone");
        yield bytesOf(GIF);
      },
    });
    await assert.rejects(pictures.show(caucus, messageId(1)));
    broken = false;
    assert.ok("url" in (await pictures.show(caucus, messageId(1))));
    pictures.close();
  });
});
