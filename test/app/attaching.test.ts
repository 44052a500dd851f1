/** Files that are chosen: what goes to the editor first, and what is sent as it is. */
import assert from "node:assert/strict";
import { attachFiles } from "../../web/app/attach.ts";
import type { Controller } from "../../web/app/controller.ts";
import { groupId } from "../../web/app/testing/persons.ts";

describe("files that are attached", () => {
  const attached = async (...names: readonly (readonly [name: string, type: string])[]) => {
    const [sent, opened]: [string[], string[]] = [[], []];
    const files = {
      photo: { value: undefined as File | undefined },
      photos: { value: [] as readonly File[] },
      sendBlob: async (_: unknown, { name }: File): Promise<void> => void sent.push(name),
    };
    const app = {
      files,
      router: {
        open: ({ over }: { readonly over: string }) => void opened.push(over),
        back: () => void opened.push("back"),
        route: { peek: () => ({ over: { over: "tools" } }) },
      },
      act: (action: () => Promise<void>): Promise<void> => action(),
    } as unknown as Controller;
    attachFiles(
      app,
      groupId("Draft 7"),
      names.map(([name, type]) => new File(["x"], name, { type })),
    );
    await new Promise((done) => setImmediate(done));
    const looked = files.photo.value ? [files.photo.value] : files.photos.value;
    return { sent, opened, looked: looked.map(({ name }) => name) };
  };
  const JPEG = ["IMG_0815.jpg", "image/jpeg"] as const;
  const PDF = ["annex.pdf", "application/pdf"] as const;
  const HEIC = ["IMG_0816.HEIC", ""] as const;
  const SVG = ["map.svg", "image/svg+xml"] as const;

  it("are looked at where they are photos, and sent where they are not", async () => {
    assert.deepEqual(await attached(JPEG), { sent: [], opened: ["photo"], looked: ["IMG_0815.jpg"] });
    assert.deepEqual(await attached(PDF, SVG), { sent: ["annex.pdf", "map.svg"], opened: ["back"], looked: [] });
    assert.deepEqual(await attached(), { sent: [], opened: [], looked: [] });
  });

  it("are never sent as they are where they are photos, whatever is chosen with them", async () => {
    assert.deepEqual(await attached(JPEG, PDF), { sent: ["annex.pdf"], opened: ["photo"], looked: ["IMG_0815.jpg"] });
    const { sent, opened, looked } = await attached(PDF, HEIC, JPEG);
    assert.deepEqual([sent, opened, looked], [["annex.pdf"], ["photos"], ["IMG_0816.HEIC", "IMG_0815.jpg"]]);
  });
});
