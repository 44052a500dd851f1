/** What is laid on the table on the screens: by keyboard, full screen, live, and as large as a plenary. Needs Chromium. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import type { Demo } from "../../web/app/demo.tsx";
import type { Over } from "../../web/app/router.ts";
import type { ToolView } from "../../src/types/tools.ts";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("what lies on the table, on the screens", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  beforeEach(async () => {
    page = await pages.open("tables=1");
    await page.locator(".line", { hasText: "Draft 7" }).click();
    await page.locator(".card--huddle").waitFor();
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(pages.browser.wrongs, []);
  });

  const said = (): Promise<readonly object[]> =>
    page.evaluate(() => {
      const stage = demo.boot.stage.value;
      const all = stage.stage === "in" ? stage.controller.caucuses.value : [];
      const caucus = all.find(({ name }) => name.startsWith("Draft 7"));
      const lines = demo.backend.messenger.venue.lines.get(caucus!.caucus) ?? [];
      const { me } = stage.stage === "in" ? stage.controller : { me: "" };
      return lines.flatMap(({ tool, sender, state }) => (tool && sender === me && state === "saved" ? [tool] : []));
    });
  const lay = (kind: ToolView["tool"]): Promise<void> =>
    page.evaluate((wanted) => {
      const tool = [...demo.backend.messenger.onTable.values()].find((one) => one.tool === wanted)!;
      demo.boot.router.open({ over: "tool", caucus: tool.caucus, message: tool.message } satisfies Over);
    }, kind);
  const rings = (): Promise<string> =>
    page.evaluate(() => {
      const tool = [...demo.backend.messenger.onTable.values()][0]!;
      return demo.play.call(demo.backend.messenger, tool.caucus).message;
    });
  const dialog = () => page.getByRole("dialog");
  const press = (name: string | RegExp) =>
    dialog()
      .getByRole("button", { name, exact: typeof name === "string" })
      .first()
      .click();
  const key = (name: string) => page.keyboard.press(name);

  it("is told in the list from its beginning, where the words run the other way", async () => {
    await page.evaluate(() => demo.boot.preferences.setLanguage("ar"));
    await page.setViewportSize({ width: 360, height: 780 });
    await rings();
    await page.evaluate(() => demo.boot.router.go({ at: "caucuses" }));
    const words = page.locator(".line", { hasText: "Draft 7" }).locator(".line__last bdi");
    await words.filter({ hasText: "خذوا الكلمة" }).waitFor();
    assert.deepEqual(
      await words.evaluateAll((all) =>
        all.map((one) => [one.textContent.slice(0, 5), getComputedStyle(one).direction]),
      ),
      [
        ["الآن!", "rtl"],
        ["Suppo", "ltr"],
      ],
    );
  });

  it("begins with keys alone, and comes back to where one was", async () => {
    const plus = page.getByRole("button", { name: "Lay on the table, files" });
    await plus.focus();
    await key("Enter");
    await dialog().getByText("Roll call").first().waitFor();
    const roll = dialog().getByRole("button", { name: /^Roll call/u });
    while (!(await roll.evaluate((at) => at === document.activeElement))) await key("Tab");
    await key("Enter");
    const field = dialog().locator("textarea:focus");
    await field.waitFor();
    await page.keyboard.type("Meet at");
    await key("Escape");
    await dialog().waitFor({ state: "detached" });
    await page.evaluate(() => {
      const { place } = demo.boot.router.route.value;
      if (place.at === "caucus") demo.boot.router.open({ over: "new-roll", caucus: place.caucus } satisfies Over);
    });
    await field.waitFor();
    assert.equal(await field.inputValue(), "Meet at", "and nothing is lost");
    await key("End");
    await page.keyboard.type(" three");
    await key("Tab");
    await key("Enter");
    await dialog().waitFor({ state: "detached" });
    assert.deepEqual(await said(), [{ kind: "rollCall", text: "Meet at three" }]);
    await page.locator(".card--rollCall", { hasText: "Meet at three" }).waitFor();
    assert.ok(await plus.evaluate((at) => at === document.activeElement));
  });

  it("fills the screen with a call, keeps the focus in it, is quieted by Esc, and gives the focus back", async () => {
    await page.locator(".composer textarea").focus();
    await rings();
    const full = page.getByRole("alertdialog", { name: "Take the floor" });
    await full.waitFor();
    const inside = (): Promise<boolean> => page.evaluate(() => document.activeElement?.closest("dialog.now") !== null);
    await page.locator("dialog.now:focus-within").waitFor();
    const met = new Set<string>();
    for (let n = 0; n < 6; n += 1) {
      await key("Tab");
      met.add(await page.evaluate(() => document.activeElement?.textContent ?? ""));
      // The browser's own bar is the one other place, and none of the page.
      assert.ok(
        (await page.evaluate(() => [document.body, null].includes(document.activeElement as never))) ||
          (await inside()),
      );
    }
    for (const name of ["I’ve got it", "I can’t", "Quiet for me"]) assert.ok(met.has(name), name);
    await key("Escape");
    await full.waitFor({ state: "detached" });
    await page.locator(".composer textarea:focus").waitFor();
    assert.deepEqual(await said(), [], "nobody else is told");
  });

  it("turns to paper when somebody has the call, and says who", async () => {
    const message = await rings();
    await page.getByRole("alertdialog", { name: "Take the floor" }).waitFor();
    await page.evaluate((id) => {
      const view = demo.backend.messenger.onTable.get(id as never);
      if (view?.tool === "call") demo.play.take(demo.backend.messenger, view);
    }, message);
    const paper = page.getByRole("alertdialog", { name: "Lucas Prado has it" });
    await paper.getByText("You need not do anything.").waitFor();
    await paper.getByRole("button", { name: "Back to Draft 7: paragraph 4" }).click();
    await paper.waitFor({ state: "detached" });
    await page.locator(".card--call", { hasText: "Lucas Prado has it" }).first().waitFor();
  });

  it("says that one has it, from the full screen, and there as well why that did not go", async () => {
    const to = await rings();
    await page.getByRole("alertdialog").waitFor();
    await page.evaluate(() => {
      const { api } = demo.backend.messenger;
      const { sayTool } = api;
      const refuse = () => Promise.reject(Object.assign(new Error(), { fault: "refused", code: "too-late" }));
      let first = true;
      Object.assign(api, {
        sayTool: (...args: Parameters<typeof sayTool>) => {
          if (!first) return sayTool(...args);
          first = false;
          return refuse();
        },
      });
    });
    await page.getByRole("alertdialog").getByRole("button", { name: "I’ve got it" }).click();
    await page.getByRole("alertdialog").getByText("It is too late for that.").waitFor();
    await page.getByRole("alertdialog").getByRole("button", { name: "I’ve got it" }).click();
    await page.getByRole("alertdialog", { name: "You have it" }).waitFor();
    assert.deepEqual(await said(), [{ kind: "answer", to, answer: "has" }]);
  });

  it("takes an answer to a huddle and to a roll call from their cards, and shows it there", async () => {
    const huddle = page.locator(".card--huddle");
    await huddle.getByRole("button", { name: "5 min late" }).click();
    await huddle.getByRole("button", { name: "5 min late", pressed: true }).waitFor();
    const late = huddle.locator(".answers > div", { hasText: "5 min late" });
    await late.getByText("HR").waitFor();
    await page.locator(".card--rollCall").getByRole("button", { name: "I have read it" }).click();
    await page.getByText("You have said that you read it.").waitFor();
    const resend = page.locator(".card--rollCall").getByRole("button", { name: /^Resend to 2/u });
    await resend.click();
    await page.getByRole("button", { name: "You called the roll once more" }).waitFor();
    assert.deepEqual(
      (await said()).map((one) => ("answer" in one ? one.answer : "again" in one ? "again" : one)),
      ["late", "read", "again"],
    );
  });

  it("shows a board live, takes one's own position, and hearsay with who told it", async () => {
    await lay("board");
    await dialog().getByText("Needs 8 more").waitFor();
    await press("Sponsor");
    await dialog().getByRole("button", { name: "Sponsor", pressed: true }).waitFor();
    await press(/^BD Bangladesh/u);
    await dialog().getByRole("heading", { name: "Bangladesh" }).waitFor();
    await dialog().getByText("Support", { exact: true }).click();
    const note = dialog().getByRole("button", { name: "Note it" });
    assert.equal(await note.getAttribute("aria-disabled"), "true", "hearsay has a source");
    await dialog().getByLabel("Who told you").fill("ke");
    await note.click();
    await dialog().getByText("Told to You by Kenya").first().waitFor();
    await press("Take back what I said");
    await dialog().getByText("Nobody asks yet").waitFor();
    await press("The whole board");
    await press(/^I’ll ask\s+Germany/u);
    await dialog()
      .getByRole("button", { name: /^DE Germany\s*Asked by You/u })
      .waitFor();
    const words = (await said()).map((one) => ("stand" in one ? one.stand : "kind" in one ? one.kind : ""));
    assert.deepEqual(words, ["sponsor", "support", "none", "asking"]);
    const download = page.waitForEvent("download");
    await press("Save as CSV");
    const csv = await readFile(await (await download).path(), "utf8");
    assert.match(csv, /^HR,sponsor,own,Ana Kovač,/mu);
  });

  it("lets whoever put a proposition close it and open it again, and change what it needs", async () => {
    await page.getByRole("button", { name: "Lay on the table, files" }).click();
    await press(/^Count me in/u);
    await dialog().getByLabel("The proposition").fill("Delete paragraph 5.");
    assert.equal(
      await dialog()
        .getByLabel(/^Or a number/u)
        .inputValue(),
      "5",
      "half of nine, and one",
    );
    await dialog().getByLabel("More delegations").fill("de, DE, ke");
    await dialog().getByText("Two thirds").click();
    await press("Lay it on the table");
    const card = page.locator(".card--board", { hasText: "Delete paragraph 5." });
    await card.getByText("Needs 7 more").waitFor();
    await card.getByRole("button", { name: "Open the board" }).click();
    await press("What decides");
    await dialog()
      .getByLabel(/^Or a number/u)
      .fill("3");
    await press("Tell everybody");
    await dialog().getByText("Needs 3 more").waitFor();
    await press("What decides");
    await press("Close it");
    await dialog()
      .getByText(/^Closed/u)
      .waitFor();
    assert.equal(await dialog().locator(".stance").count(), 0, "nothing more is said of it");
    await press("What decides");
    await press("Open it again");
    await dialog().locator(".stance").waitFor();
    const terms = (await said()).flatMap((one) =>
      "terms" in one ? [one.terms as { needs: number; closed: boolean }] : [],
    );
    assert.deepEqual(
      terms.map(({ needs, closed }) => [needs, closed]),
      [
        [7, false],
        [3, false],
        [3, true],
        [3, false],
      ],
    );
  });

  it("shows a board of 195 delegations and 3,000 words without a row for each word", async () => {
    await page.evaluate(() => {
      const tool = [...demo.backend.messenger.onTable.values()][0]!;
      const message = demo.play.layLarge(demo.backend.messenger, tool.caucus);
      demo.boot.router.open({ over: "tool", caucus: tool.caucus, message });
    });
    await dialog().getByText("Needs 66 more").waitFor();
    assert.equal(await dialog().locator(".say").count(), 195);
    assert.ok((await dialog().locator("*").count()) < 195 * 15, "a row is a few elements");
    assert.ok((await dialog().locator(".scale *").count()) < 20, "and the scale no tick for each");
    await press("History");
    assert.equal(await dialog().locator(".said-once").count(), 40);
    await press("40 more");
    assert.equal(await dialog().locator(".said-once").count(), 80);
  });

  it("lets whoever called a huddle move it or call it off", async () => {
    await page.getByRole("button", { name: "Lay on the table, files" }).click();
    await press(/^Huddle/u);
    await dialog().getByLabel("Where", { exact: true }).fill("Corridor B");
    await press("Call the huddle");
    const own = page.locator(".card--huddle", { hasText: "Corridor B" }).last();
    await own.getByRole("button", { name: "Change it" }).click();
    await dialog().getByLabel("Where", { exact: true }).fill("Garden");
    await press("Tell everybody");
    await page.locator(".card--huddle", { hasText: "Garden" }).getByRole("button", { name: "Change it" }).click();
    await press("Call it off");
    await page.locator(".card--huddle", { hasText: "does not take place" }).waitFor();
  });
});
