/**
 * Every screen and sheet, for everybody: axe finds nothing serious in either language, on a phone and on a wide screen, in
 * light and dark; letters twice as large fit; whatever can be pressed is large enough to be hit.
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { bringAxe, faults } from "../helpers/axe.ts";
import { whyNoChromium } from "../helpers/chromium.ts";
import { LOOKS, wear, wishing } from "../helpers/looks.ts";
import { SCREENS } from "../helpers/screens.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

/** CSS pixels: WCAG 2.2, 2.5.8. */
const TARGET = 24;

/** What is wider than there is room for: the page, or a pane that only scrolls up and down. */
const overflows = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll(".pane__body, .sheet__body, dialog[open]")]
      .filter((one) => one.scrollWidth > one.clientWidth)
      .map((one) => {
        const { left, right } = one.getBoundingClientRect();
        const out = [...one.querySelectorAll("*")].filter((inner) => {
          const box = inner.getBoundingClientRect();
          return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
        });
        const names = out.slice(0, 3).map((inner) => `${inner.tagName} ${inner.getAttribute("class") ?? ""}`);
        return `${one.tagName} ${one.className}: ${one.scrollWidth} > ${one.clientWidth}: ${names.join("; ")}`;
      }),
  );

/**
 * What can be pressed and is too small. A link within a sentence may be as small as its words (WCAG 2.2, 2.5.8), and a
 * black-out as what it covers: numbers do the same.
 */
const small = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const root = document.querySelector("dialog[open]") ?? document;
    const all = root.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [role=button], [role=slider], [role=switch]",
    );
    return [...all].flatMap((one) => {
      // What a label shows is what is hit.
      const labels = one instanceof HTMLInputElement ? [...(one.labels ?? [])] : [];
      const around = one instanceof HTMLInputElement && ["radio", "checkbox", "file"].includes(one.type) ? labels : [];
      const boxes = [one, ...around].map((part) => part.getBoundingClientRect());
      const seen = one.checkVisibility({ visibilityProperty: true, opacityProperty: false });
      const inline = one.localName === "a" && getComputedStyle(one).display === "inline";
      const fits = boxes.some(({ width, height }) => width >= least && height >= least);
      const drawn = one.classList.contains("black");
      if (!seen || inline || drawn || fits || boxes.every(({ width }) => width === 0)) return [];
      const [box] = boxes;
      const name = one.getAttribute("aria-label") ?? one.textContent;
      return [`${one.localName} "${name}": ${box?.width} × ${box?.height}`];
    });
  }, TARGET);

describe("screens for everybody", function () {
  this.timeout(60_000);
  let pages: DemoPages;
  let page: Page;
  let open: (wish: string) => Promise<void>;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
    await bringAxe(pages.browser.context);
    page = await pages.open();
    open = wishing(page);
  });
  after(async () => pages?.close());

  for (const screen of SCREENS) {
    it(screen.name, async () => {
      await open(screen.wish);
      await screen.show(page);
      const found = new Set<string>();
      const look = async (where: string, find: Promise<string[]>): Promise<void> => {
        for (const one of await find) found.add(`${where}: ${one}`);
      };
      for (const { width, size, language, theme } of LOOKS) {
        const where = `${width} ${language} ${theme}`;
        await page.setViewportSize(size);
        await wear(page, { language, theme, textSize: 100 });
        await look(where, faults(page));
        await look(where, small(page));
        await look(where, overflows(page));
        await wear(page, { language, theme, textSize: 200 });
        await look(`${where} 200 %`, overflows(page));
      }
      assert.deepEqual([...found], []);
    });
  }

  it("nothing went wrong", () => pages.browser.assertWell());
});
