/** How a screen can look: widths, languages, colours, sizes of letters. */
import type { Page } from "playwright-core";
import type { Demo } from "../../web/app/demo.tsx";
import type { Language } from "../../web/app/i18n/index.ts";

declare const demo: Demo;

/** CSS pixels. */
export const PHONE = { width: 360, height: 780 };
export const WIDE = { width: 1280, height: 800 };

interface Look {
  readonly language: Language;
  readonly theme: "light" | "dark";
  /** Per cent. */
  readonly textSize: number;
}

/** Each width and appearance with the other. Words are longest in Russian, lines break anywhere in Chinese. */
export const LOOKS = [
  { width: "phone", size: PHONE, language: "ru", theme: "light" },
  { width: "phone", size: PHONE, language: "ar", theme: "dark" },
  { width: "wide", size: WIDE, language: "zh", theme: "dark" },
  { width: "wide", size: WIDE, language: "ar", theme: "light" },
] as const;

/** Makes the page of the demo look so; resolves when it does. */
export const wear = (page: Page, look: Look): Promise<void> =>
  page.evaluate(async ({ language, theme, textSize }) => {
    const { preferences } = demo.boot;
    preferences.setLanguage(language);
    preferences.setTheme(theme);
    preferences.setTextSize(textSize);
    // Two frames: one in which it is rendered, one in which it is laid out; then colours that change by and by.
    for (const _ of [1, 2]) await new Promise((done) => requestAnimationFrame(done));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  }, look);

/** Opens a page of the demo for one screen after the other. */
export const wishing = (page: Page): ((wish: string) => Promise<void>) => {
  let [last, opened]: [string | undefined, number] = [undefined, 0];
  return async (wish) => {
    await page.setViewportSize(PHONE);
    if (wish !== last) {
      // Another query, for the same address with another fragment would not be loaded.
      await page.goto(new URL(`/?${(opened += 1)}#${wish}`, page.url()).href);
      await page.waitForFunction(() => "demo" in globalThis && demo.boot.stage.value.stage !== "opening");
      last = wish;
    }
    await wear(page, { language: "en", theme: "light", textSize: 100 });
  };
};
