/**
 * Takes every screen and sheet on a phone and on a wide screen, in light and dark, in three languages, and with letters
 * twice as large, for somebody to look at: `npm run shots:all`. `npm run shots:all -- codes poster` takes some of them,
 * `npm run shots:all -- ru fr` other languages. They go to `shots/`, which git ignores.
 */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openDemo } from "../../test/helpers/demoPage.ts";
import { PHONE, WIDE, wear, wishing } from "../../test/helpers/looks.ts";
import { SIGHTS } from "../../test/helpers/screens.ts";
import { isLanguage, type Language } from "../app/i18n/index.ts";

const folder = fileURLToPath(new URL("../../shots/", import.meta.url));
const asked = process.argv.slice(2);
const wanted = asked.filter((one) => !isLanguage(one));
const languages: readonly Language[] = asked.some(isLanguage) ? asked.filter(isLanguage) : ["en", "ar", "zh"];
const looks = languages.flatMap((language, at) => {
  const [narrow, broad] = at % 2 === 0 ? (["light", "dark"] as const) : (["dark", "light"] as const);
  return [
    { width: "phone", size: PHONE, language, theme: narrow },
    { width: "wide", size: WIDE, language, theme: broad },
  ];
});

await mkdir(folder, { recursive: true });
const pages = await openDemo();
try {
  const page = await pages.open();
  const open = wishing(page);
  for (const { name, wish, show } of SIGHTS) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await open(wish);
    await show(page);
    for (const { width, size, language, theme } of looks)
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
