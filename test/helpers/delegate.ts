/** Somebody with a browser: what they do with their fingers and see with their eyes, in the app as it is. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { decodeQR } from "qr/decode.js";
import type { Browser, BrowserOptions } from "./browser.ts";
import { Chromium } from "./chromium.ts";
import type { VenueNode } from "./venueNode.ts";

/** A phone in the hand, and a laptop on the table. */
const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true } as const;
export const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;

const PATIENCE_MS = 30_000;

/** With what somebody sits down. */
export interface Seat extends BrowserOptions {
  /** Chromium's by default. */
  readonly open?: (options: BrowserOptions) => Promise<Browser>;
}

/** Who joins, and by which link. */
export interface Joining {
  readonly name: string;
  readonly country: string;
  readonly passphrase?: string;
}

/** A person in a browser of their own. */
export class Delegate {
  readonly browser: Browser;
  page: Page;
  /** Taps, keys that open something, and fields that were filled: what a person has to do. */
  taps = 0;

  private constructor(browser: Browser, page: Page) {
    this.browser = browser;
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  static async sits(at: VenueNode | undefined, { open = Chromium.open, ...options }: Seat = PHONE): Promise<Delegate> {
    const browser = await open({ ...options, ...(at === undefined ? {} : { namespace: at.namespace }) });
    return new Delegate(browser, await browser.page());
  }

  /** Another page in the same browser. */
  async another(): Promise<Delegate> {
    return new Delegate(this.browser, await this.browser.context.newPage());
  }

  async opens(address: string): Promise<void> {
    await this.page.goto(address);
  }

  /** Fills in who they are and joins. */
  async joins({ name, country, passphrase }: Joining): Promise<void> {
    await this.#fills(this.page.getByLabel("Your name"), name);
    this.taps += 1;
    await this.page.getByLabel("Country or organisation").selectOption(country);
    if (passphrase !== undefined) await this.#fills(this.page.getByLabel("Passphrase", { exact: true }), passphrase);
    await this.presses("Join");
  }

  async presses(name: string | RegExp, within: Page | Locator = this.page): Promise<void> {
    this.taps += 1;
    const key = within.getByRole("button", { name, ...(typeof name === "string" && { exact: true }) }).first();
    await key.click();
  }

  async writes(text: string): Promise<void> {
    await this.#fills(this.page.getByRole("textbox", { name: "Write" }), text);
  }

  async says(text: string): Promise<void> {
    await this.writes(text);
    await this.presses(/^Send/u);
  }

  /** Takes a photo from a file, and sends it as it is shown. */
  async sendsPhoto(path: string): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.presses("Photo");
    await (await chooser).setFiles(path);
    await this.presses("Send photo");
    await this.page.getByRole("button", { name: "Send photo" }).waitFor({ state: "detached" });
  }

  /** Fetches the newest photo that is not here yet, and looks at it until it is shown whole, so many pixels wide. */
  async looksAtPhoto(width: number): Promise<void> {
    this.taps += 1;
    await this.page
      .getByRole("button", { name: /Fetch the whole photo/u })
      .last()
      .click();
    await this.page.waitForFunction((wide) => {
      const image = document.querySelector<HTMLImageElement>("dialog img");
      return image?.complete === true && image.naturalWidth === wide;
    }, width);
    await this.presses("Close", this.page.getByRole("dialog"));
  }

  /** Waits until somebody's words stand in the record. */
  async sees(text: string | RegExp, within = PATIENCE_MS): Promise<void> {
    await this.#entries.filter({ hasText: text }).first().waitFor({ timeout: within });
  }

  /** All entries' words in the record, from the top. */
  async reads(): Promise<string[]> {
    return this.#entries.locator(".entry__body > p").allInnerTexts();
  }

  /** Opens a caucus from the list, unless it is open already. */
  async enters(caucus: string): Promise<void> {
    const open = this.page.getByRole("region", { name: caucus, exact: true }).getByRole("textbox", { name: "Write" });
    const line = this.page.locator(".line").filter({ hasText: caucus });
    await open.or(line.first()).filter({ visible: true }).first().waitFor();
    if (await open.isVisible()) return;
    this.taps += 1;
    await line.first().click();
    await open.waitFor();
  }

  /** Anything on the screen. */
  async finds(text: string | RegExp, within = PATIENCE_MS): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: within });
  }

  /** What a code on the screen says, read from the picture that a camera would take of it. */
  async scans(label: string): Promise<string> {
    const picture = (await this.page.getByRole("img", { name: label }).screenshot()).toString("base64");
    const pixels = await this.page.evaluate(async (base64) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))]));
      const { width, height } = bitmap;
      const canvas = new OffscreenCanvas(width, height).getContext("2d");
      canvas?.drawImage(bitmap, 0, 0);
      return { width, height, data: [...(canvas?.getImageData(0, 0, width, height).data ?? [])] };
    }, picture);
    return decodeQR({ ...pixels, data: Uint8Array.from(pixels.data) });
  }

  async shoots(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async leaves(): Promise<void> {
    await this.browser.close();
  }

  /** Whether the page may use what browsers keep for secure origins. */
  async isTrusted(): Promise<boolean> {
    const seen = await this.page.evaluate(() => [isSecureContext, typeof crypto.subtle === "object"] as const);
    assert.equal(seen[0], seen[1]);
    return seen[0];
  }

  get #entries(): Locator {
    return this.page.locator("li[data-message]");
  }

  async #fills(field: Locator, text: string): Promise<void> {
    this.taps += 1;
    await field.fill(text);
  }
}
