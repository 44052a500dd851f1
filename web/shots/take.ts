/**
 * Takes the pictures of the README, from the screens with their pretended venue: `npm run shots`. Needs fonts for what is
 * written there (Noto, with Chinese): elsewhere it is squares.
 */
import { fileURLToPath } from "node:url";
import { openDemo } from "../../test/helpers/demoPage.ts";

const PHONE = { width: 360, height: 720 };
const LAPTOP = { width: 1180, height: 720 };

const SHOTS = [
  { name: "caucuses", wish: "", size: PHONE },
  { name: "conversation", wish: "", size: PHONE, open: 0, show: ".photo" },
  { name: "arabic", wish: "lang=ar", size: PHONE, open: 0 },
  { name: "laptop", wish: "theme=dark", size: LAPTOP, open: 0, show: ".photo" },
] as const;

const pages = await openDemo();
try {
  for (const shot of SHOTS) {
    const page = await pages.open(shot.wish);
    await page.setViewportSize(shot.size);
    if ("open" in shot) {
      await page.locator(".line").nth(shot.open).click();
      await page.getByRole("region").getByRole("textbox").first().waitFor();
    }
    if ("show" in shot)
      await page
        .locator(shot.show)
        .first()
        .evaluate((at) => at.closest(".entry")?.previousElementSibling?.scrollIntoView({ block: "start" }));
    await page.mouse.move(0, 0);
    // Pictures in the record are decoded a little later.
    await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))));
    await page.screenshot({ path: fileURLToPath(new URL(`${shot.name}.png`, import.meta.url)) });
    await page.close();
  }
} finally {
  await pages.close();
}
