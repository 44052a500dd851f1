/** Files that are chosen: what goes to the editor first, and what is sent as it is. */
import assert from "node:assert/strict";
import { attachFiles } from "../../web/app/attach.ts";
import type { Controller } from "../../web/app/controller.ts";
import { groupId } from "../../web/app/testing/persons.ts";

describe("files that are attached", () => {
  const attached = async (...names: readonly (readonly [name: string, type: string, begins?: string])[]) => {
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
    await attachFiles(
      app,
      groupId("Draft 7"),
      names.map(([name, type, begins = "x"]) => new File([Buffer.from(begins, "latin1")], name, { type })),
    );
    const looked = files.photo.value ? [files.photo.value] : files.photos.value;
    return { sent, opened, looked: looked.map(({ name }) => name) };
  };
  const JPEG = ["IMG_0815.jpg", "image/jpeg"] as const;
  const PDF = ["annex.pdf", "application/pdf"] as const;
  const HEIC = ["IMG_0816.HEIC", "", "\0\0\0\x18ftypheic"] as const;
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

  it("are photos by how they begin, whatever a browser takes them for by their names", async () => {
    for (const [name, type, begins] of [
      ["IMG_0815", "", "\xff\xd8\xff\xe1"],
      ["IMG_0815.jpg_large", "application/octet-stream", "\xff\xd8\xff\xe0"],
      ["DSC0001.HIF", "", "\0\0\0\x1cftypmif1"],
      ["IMG_1.DNG", "", "II*\0\x08\0"],
      ["draft.txt", "text/plain", "\x89PNG\r\n"],
      ["IMG_2.CR3", "", "\0\0\0\x18ftypcrx "],
      ["DSCF3.RAF", "", "FUJIFILMCCD-RAW"],
      ["P4.ORF", "", "IIRO\x08\0"],
      ["P5.RW2", "", "IIU\0\x18\0"],
      ["IMG_6.jxl", "", "\0\0\0\x0cJXL \r\n\x87\n"],
      ["note.webp_", "", "RIFF\0\0\0\0WEBPVP8 "],
    ] as const)
      assert.deepEqual(await attached([name, type, begins]), { sent: [], opened: ["photo"], looked: [name] });
    assert.deepEqual((await attached(["film.mp4", "video/mp4", "\0\0\0\x18ftypmp42"])).sent, ["film.mp4"]);
  });
});
