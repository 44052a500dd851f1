/** All by keyboard: somebody who joins, writes, sends a photo, takes a call, a position and a language, and wipes. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { GroupId } from "../../src/types.ts";
import type { BoardView, CallView } from "../../src/types/tools.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { Keyboard } from "../helpers/keyboard.ts";
import { JPEG } from "../helpers/photos.ts";
import { until } from "../helpers/venue.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

const TITLE = "Draft 7: paragraph 4";

describeWeb("web: by keyboard alone", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let caucus: GroupId;
  let ana: Delegate;
  let keyboard: Keyboard;
  const hub = <T>(...args: readonly string[]): Promise<T> => web.node("Hub").ask<T>(...args);
  const button = (name: string): Locator => ana.page.getByRole("button", { name, exact: true });
  const composer = (): Locator => ana.page.getByRole("textbox", { name: ana.t("write"), exact: true });

  before(async () => {
    web = await WebVenue.open("Hub", "Ana");
    await web.hub("Hub");
    caucus = await web.caucus("Hub", TITLE);
    ana = await web.sits("Ana", LAPTOP);
    keyboard = new Keyboard(ana.page);
    await ana.page.addInitScript(() => {
      Object.assign(globalThis, { pointed: 0 });
      for (const kind of ["pointerdown", "pointermove"])
        addEventListener(kind, () => ((globalThis as unknown as { pointed: number }).pointed += 1), true);
    });
    await ana.opens(await web.link("Hub", caucus));
  });
  after(() => web?.close());

  it("joins, and sends a first message", async () => {
    await keyboard.goesTo(ana.page.getByLabel(ana.t("join-name"), { exact: true }));
    await keyboard.type("Ana Kovač");
    const country = ana.page.getByLabel(ana.t("join-country"), { exact: true });
    await keyboard.goesTo(country);
    await keyboard.type("Croa");
    assert.equal(await country.inputValue(), "HR");
    await keyboard.strikes(button(ana.t("join")));
    await keyboard.isAt(composer());
    await keyboard.type("We can live with 31 March.");
    await keyboard.press("Enter");
    await until("the hub reads it", async () => (await web.node("Hub").texts(caucus)).length === 1);
    await keyboard.isAt(composer());
  });

  it("sends a photo", async () => {
    const chooser = ana.page.waitForEvent("filechooser");
    await keyboard.strikes(button(ana.t("photo")), "Shift+Tab");
    await (await chooser).setFiles({ name: "IMG_0815.jpg", mimeType: "image/jpeg", buffer: JPEG });
    await keyboard.strikes(button(ana.t("photo-send")));
    await until("the hub has it", async () =>
      (await web.node("Hub").history(caucus)).some(({ file }) => file?.picture !== undefined),
    );
    await keyboard.isAt(button(ana.t("photo")));
  });

  it("takes a call, and is back where she was", async () => {
    await keyboard.goesTo(composer());
    await hub<CallView>("now", caucus, "floor", "Keep the date");
    const call = ana.page.getByRole("alertdialog", { name: ana.t("call-floor") });
    await keyboard.strikes(call.getByRole("button", { name: ana.t("call-has"), exact: true }));
    const taken = ana.page.getByRole("alertdialog", { name: ana.t("call-taken-own") });
    await keyboard.strikes(taken.getByRole("button", { name: ana.t("close"), exact: true }));
    await keyboard.isAt(composer());
  });

  it("takes a position on a board", async () => {
    const { message } = await hub<BoardView>("board", "put", caucus, "Keep 31 March.", "--needs", "2");
    await keyboard.strikes(button(ana.t("board-open")), "Shift+Tab");
    await keyboard.strikes(
      ana.page.getByRole("dialog").getByRole("button", { name: ana.t("board-support"), exact: true }),
    );
    await until(
      "the hub counts her",
      async () => (await hub<BoardView>("board", "show", caucus, message)).for.own === 1,
    );
    await keyboard.press("Escape");
    await keyboard.isAt(button(ana.t("board-open")));
  });

  it("turns to Arabic", async () => {
    await keyboard.press("Control+k");
    await keyboard.type(ana.t("tab-settings"));
    await keyboard.press("Enter");
    await ana.page
      .getByRole("heading", { name: ana.t("tab-settings"), exact: true })
      .and(ana.page.locator(":focus"))
      .waitFor();
    await ana.speaks("ar", (key) => keyboard.strikes(key));
    await keyboard.isAt(button("العربية"));
  });

  it("and wipes", async () => {
    await keyboard.strikes(button(ana.t("set-wipe-key")));
    const word = ana.t("wipe-word");
    await keyboard.goesTo(ana.page.getByLabel(ana.t("wipe-type", { word }), { exact: true }));
    await keyboard.type(word);
    await keyboard.strikes(button(ana.t("wipe-now")));
    await ana.finds(ana.t("wipe-done-hint"));
    assert.equal(await ana.page.evaluate(() => (globalThis as unknown as { pointed: number }).pointed), 0);
    await keyboard.strikes(button(ana.t("wipe-begin")));
    await ana.page.getByText("Your name").first().waitFor();
    ana.browser.assertWell();
  });
});
