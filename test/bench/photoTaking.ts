import { writeFile } from "node:fs/promises";
import type { Delegate } from "../helpers/delegate.ts";

/** A photo as a telephone takes it: nothing that compresses to nothing. A small one where nobody has a browser. */
export const takePhoto = async (by: Delegate | undefined, path: string): Promise<void> => {
  const base64 = await by?.page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1600, height: 1200 });
    const pen = canvas.getContext("2d")!;
    for (let n = 0; n < 6000; n++) {
      pen.fillStyle = `hsl(${(n * 47) % 360} 60% ${30 + (n % 40)}%)`;
      pen.fillRect((n * 131) % 1600, (n * 197) % 1200, 40, 30);
    }
    return canvas.toDataURL("image/jpeg", 0.85).split(",")[1]!;
  });
  const { JPEG } = await import("../helpers/photos.ts");
  await writeFile(path, base64 === undefined ? JPEG : Buffer.from(base64, "base64"));
};
