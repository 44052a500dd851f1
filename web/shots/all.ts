/**
 * Takes every screen and sheet in each look, and with letters twice as large, for somebody to look at:
 * `npm run shots:all`, or `npm run shots:all -- codes poster` for some of them. They go to `shots/`, which git ignores.
 */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openDemo } from "../../test/helpers/demoPage.ts";
import { LOOKS, wear, wishing } from "../../test/helpers/looks.ts";
import { SCREENS } from "../../test/helpers/screens.ts";

const folder = fileURLToPath(new URL("../../shots/", import.meta.url));
const wanted = process.argv.slice(2);

await mkdir(folder, { recursive: true });
const pages = await openDemo();
try {
  const page = await pages.open();
  const open = wishing(page);
  for (const { name, wish, show } of SCREENS) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await open(wish);
    await show(page);
    for (const { width, size, language, theme } of LOOKS)
      for (const textSize of [100, 200]) {
        await page.setViewportSize(size);
        await wear(page, { language, theme, textSize });
        await page.evaluate(() => Promise.all([...document.images].map((one) => one.decode().catch(() => undefined))));
        const look = [width, language, theme, ...(textSize === 100 ? [] : [textSize])].join("-");
        await page.screenshot({ path: `${folder}${name.replaceAll(/[^\p{L}\d]+/gu, "-")}-${look}.png` });
      }
  }
} finally {
  await pages.close();
}
