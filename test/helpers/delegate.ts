/** Somebody with a browser: what they do with their fingers and see with their eyes, in the app as it is. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { decodeQR } from "qr/decode.js";
import type { Args, Language } from "../../web/app/i18n/index.ts";
import type { Browser, BrowserOptions } from "./browser.ts";
import { Chromium } from "./chromium.ts";
import { Tongue } from "./tongue.ts";
import type { VenueNode } from "./venueNode.ts";

/** A phone in the hand, and a laptop on the table. */
export const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true } as const;
export const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;

const PATIENCE_MS = 30_000;

/** With what somebody sits down. */
export interface Seat extends BrowserOptions {
  /** Chromium's by default. */
  readonly open?: (options: BrowserOptions) => Promise<Browser>;
  /** What the browser asks pages for; English by default. */
  readonly language?: Language;
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
  /** As they joined. */
  name = "";
  #tongue: Tongue;

  private constructor(browser: Browser, page: Page, tongue: Tongue) {
    this.browser = browser;
    this.page = page;
    this.#tongue = tongue;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  static async sits(at: VenueNode | undefined, seat: Seat = PHONE): Promise<Delegate> {
    const { open = Chromium.open, language, ...options } = seat;
    const tongue = new Tongue(language ?? "en");
    const browser = await open({
      ...options,
      ...(language && { locale: tongue.tag }),
      ...(at && { namespace: at.namespace }),
    });
    return new Delegate(browser, await browser.page(), tongue);
  }

  /** Another page in the same browser. */
  async another(): Promise<Delegate> {
    return new Delegate(this.browser, await this.browser.context.newPage(), this.#tongue);
  }

  /** The app's words, in the language of this screen. */
  t(id: string, args?: Args): string {
    return this.#tongue.t(id, args);
  }

  /** What begins with words of the app, whatever stands for those in `open`. */
  like(id: string, ...open: readonly string[]): RegExp {
    return this.#tongue.like(id, ...open);
  }

  /** A country, as this screen calls it. */
  land(code: string): string {
    return this.#tongue.land(code);
  }

  /** Chooses a language, where one joins or among the settings: the screen is in it then, the right way round. */
  async speaks(language: Language, choose = (key: Locator): Promise<void> => key.click()): Promise<void> {
    this.#tongue = new Tongue(language);
    const { name, tag, dir } = this.#tongue;
    this.taps += 1;
    await choose(this.page.getByText(name, { exact: true }).filter({ visible: true }));
    await this.page.locator(`html[lang="${tag}"][dir="${dir}"]`).waitFor();
  }

  async opens(address: string): Promise<void> {
    await this.page.goto(address);
  }

  /** Fills in who they are and joins. */
  async joins({ name, country, passphrase }: Joining): Promise<void> {
    this.name = name;
    await this.fills(this.t("join-name"), name);
    this.taps += 1;
    await this.page.getByLabel(this.t("join-country"), { exact: true }).selectOption(country);
    if (passphrase !== undefined) await this.fills(this.t("passphrase"), passphrase);
    await this.presses(this.t("join"));
  }

  async presses(name: string | RegExp, within: Page | Locator = this.page): Promise<void> {
    this.taps += 1;
    const key = within.getByRole("button", { name, ...(typeof name === "string" && { exact: true }) }).first();
    await key.click();
  }

  /** Fills in a field, by its label. */
  async fills(label: string | RegExp, text: string): Promise<void> {
    this.taps += 1;
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  async writes(text: string): Promise<void> {
    this.taps += 1;
    await this.#composer().fill(text);
  }

  async says(text: string): Promise<void> {
    await this.writes(text);
    await this.presses(this.t("send"));
  }

  /** Takes a photo from a file, and sends it as it is shown. */
  async sendsPhoto(path: string): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.presses(this.t("photo"));
    await (await chooser).setFiles(path);
    await this.presses(this.t("photo-send"));
    await this.page.getByRole("button", { name: this.t("photo-send") }).waitFor({ state: "detached" });
  }

  /** Fetches the newest photo that is not here yet, and looks at it until it is shown whole, so many pixels wide. */
  async looksAtPhoto(width: number): Promise<void> {
    this.taps += 1;
    await this.page
      .getByRole("button", { name: this.like("photo-fetch", "size") })
      .last()
      .click();
    await this.page.waitForFunction((wide) => {
      const image = document.querySelector<HTMLImageElement>("dialog img");
      return image?.complete === true && image.naturalWidth === wide;
    }, width);
    await this.presses(this.t("close"), this.page.getByRole("dialog"));
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
    const open = this.#composer(this.page.getByRole("region", { name: caucus, exact: true }));
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
      const { data } = canvas?.getImageData(0, 0, width, height) ?? {};
      // One of the four bytes of each pixel, as text: what is black and white is quickly told so.
      const grey = Array.from({ length: width * height }, (_, at) => String.fromCharCode(data?.[at * 4] ?? 0)).join("");
      return { width, height, grey };
    }, picture);
    const data = Uint8Array.from({ length: pixels.grey.length * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : pixels.grey.charCodeAt(at >> 2),
    );
    return decodeQR({ ...pixels, data });
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

  #composer(within: Page | Locator = this.page): Locator {
    return within.getByRole("textbox", { name: this.t("write"), exact: true });
  }
}
