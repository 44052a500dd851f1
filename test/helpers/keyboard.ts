/** Somebody who has nothing but a keyboard. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

/** More than any screen has. */
const MOST_STOPS = 80;

/** What is wrong with how the focus is shown; nothing where the page has none. */
const unseen = (): string | undefined => {
  const at = document.activeElement;
  if (!at || at === document.body) return undefined;
  // A field's frame or a choice's label may carry the mark in its place.
  const marked = [at, at.parentElement, at.closest("label")].some((one) => {
    if (!one) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow.includes("inset");
  });
  const { top, right, bottom, left } = at.getBoundingClientRect();
  const within = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  if (marked && within) return undefined;
  return `${marked ? "out of sight" : "not marked"}: ${at.outerHTML.slice(0, 200)}`;
};

export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Where the focus is now: there, and seen. */
  async isAt(target: Locator): Promise<void> {
    await target.and(this.#page.locator(":focus")).waitFor();
    assert.equal(await this.#page.evaluate(unseen), undefined);
  }

  /** Goes to something stop by stop, and sees the focus at each. */
  async goesTo(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await target.waitFor();
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      await this.press(key);
      assert.equal(await this.#page.evaluate(unseen), undefined);
      if (await target.evaluate((one) => one === document.activeElement)) return;
    }
    assert.fail(`${key} does not come to ${String(target)}`);
  }

  /** Goes to a key and strikes it. */
  async strikes(target: Locator, key?: "Tab" | "Shift+Tab"): Promise<void> {
    await this.goesTo(target, key);
    await this.press("Enter");
  }
}
