/** A conversation on the screen: keys, places, and what hostile people write. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { MessageView } from "../../src/types.ts";
import type { Demo } from "../../web/app/demo.tsx";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("a conversation on the screen", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  beforeEach(async () => {
    page = await pages.open();
    await page.setViewportSize({ width: 1280, height: 800 });
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(pages.browser.wrongs, []);
  });

  const composer = () => page.locator(".composer textarea");
  const open = async () => {
    await page.locator(".line", { hasText: "Draft 7" }).click();
    await page.locator(".entry").first().waitFor();
  };
  /** Fills the open-to-be caucus with these lines instead of its own; each is like its first one, but for what is given. */
  const fill = (lines: readonly Partial<MessageView>[]) =>
    page.evaluate((given) => {
      const { messenger } = demo.backend;
      const view = messenger.venue.caucuses.find((one) => one.name.startsWith("Draft 7"))!;
      const model = messenger.venue.lines.get(view.caucus)![0]!;
      const all = given.map((line, n) => ({
        ...model,
        message: n.toString(16).padStart(32, "0") as MessageView["message"],
        sentAt: Date.now() - 86_400_000 + n * 60_000,
        ...line,
      }));
      const { unreadFrom: _, unreadSince: __, ...rest } = view;
      const changed = { ...rest, unread: 0, last: all.at(-1)! };
      messenger.venue = {
        ...messenger.venue,
        lines: new Map(messenger.venue.lines).set(view.caucus, all),
        caucuses: [...messenger.venue.caucuses.filter((one) => one !== view), changed],
      };
      messenger.emit("caucus", changed);
    }, lines);
  const hear = (text: string, at?: number) =>
    page.evaluate(
      ({ words, at }) => {
        const stage = demo.boot.stage.value;
        if (stage.stage !== "in") return;
        const { me, conversation } = stage.controller;
        const lines = conversation.value!.lines.value;
        const last = lines.at(-1)!;
        const other = lines.find((line) => line.sender !== me && line.kind === "text")!;
        const message = `f${last.message.slice(1, 20)}${words.length.toString(16).padStart(12, "0")}`;
        demo.backend.messenger.hear({
          ...other,
          message: message as MessageView["message"],
          sentAt: at ?? last.sentAt + 1,
          text: words,
        });
      },
      { words: text, ...(at !== undefined && { at }) },
    );
  /** Pixels from the end of the record. */
  const fromEnd = () =>
    page
      .locator(".record__pane")
      .evaluate((pane) => Math.round(pane.scrollHeight - pane.scrollTop - pane.clientHeight));

  it("sends by Enter, breaks a line by Shift, and does neither while a word is composed", async () => {
    await open();
    await composer().pressSequentially("one");
    await composer().press("Shift+Enter");
    await composer().pressSequentially("two");
    await composer().evaluate((field) =>
      field.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }),
      ),
    );
    assert.equal(await composer().inputValue(), "one\ntwo");
    await composer().press("Enter");
    await page.locator(".entry[data-own]", { hasText: "two" }).waitFor();
    assert.equal(await composer().inputValue(), "");
    assert.ok((await fromEnd()) < 5, "one's own words are in sight");
  });

  it("finds by Ctrl K, keeps a draft, and leaves by Esc", async () => {
    await open();
    await composer().pressSequentially("I would rather");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("coffee");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Coffee, corridor B" }).waitFor();
    await composer().press("Escape");
    await page.getByRole("heading", { name: "Draft 7: paragraph 4" }).waitFor();
    assert.equal(await composer().inputValue(), "I would rather");
    await composer().press("Escape");
    await composer().waitFor({ state: "detached" });
  });

  it("closes a sheet by Esc and by the browser's back, and gives the focus back", async () => {
    await open();
    const receipt = page.locator("button.receipt").last();
    for (const close of [() => page.keyboard.press("Escape"), () => page.goBack()]) {
      await receipt.click();
      await page.getByRole("dialog").waitFor();
      await close();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      assert.ok(await receipt.evaluate((element) => element === document.activeElement));
    }
    assert.ok(await composer().isVisible());
  });

  it("stays at the end, stays in place, and fetches what is older", async () => {
    await fill(Array.from({ length: 900 }, (_, n) => ({ text: `line ${n} ${"word ".repeat(n % 17)}` })));
    await open();
    assert.equal(await page.locator(".entry").count(), 100);
    assert.ok((await fromEnd()) < 5);
    await hear("While at the end");
    await page.getByText("While at the end").last().waitFor();
    assert.ok((await fromEnd()) < 5);

    const pane = page.locator(".record__pane");
    await pane.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    await page.getByRole("button", { name: "To the end" }).waitFor();
    const middle = page.getByText(/^line 850 /);
    const before = await middle.boundingBox();
    await hear("While elsewhere");
    await page.getByRole("button", { name: "1 new below" }).waitFor();
    assert.deepEqual(await middle.boundingBox(), before);

    // Measured before the scroll is told of, for that fetches what is older; again and again, until some are let go below.
    for (const older of [780, 755, 730, 705, 680, 655, 630]) {
      const there = await pane.evaluate((element) => {
        element.scrollTop = 100;
        const line = [...element.querySelectorAll(".entry")].find((one) => one.getBoundingClientRect().top > 200);
        return [line?.getAttribute("data-message") ?? "", line?.getBoundingClientRect().top ?? 0] as const;
      });
      await page.getByText(new RegExp(`^line ${older} `, "u")).waitFor({ state: "attached" });
      const after = await page
        .locator(`[data-message="${there[0]}"]`)
        .evaluate((element) => element.getBoundingClientRect().top);
      assert.ok(Math.abs(after - there[1]) < 2, `${older}: ${there[1]} ${after}`);
    }
    assert.ok((await page.locator(".entry").count()) <= 200);
    assert.equal(await page.locator(".entry", { hasText: "While elsewhere" }).count(), 0);
    await page.getByRole("button", { name: "1 new below" }).click();
    await page.locator(".entry", { hasText: "While elsewhere" }).waitFor();
    assert.ok((await fromEnd()) < 5);
  });

  it("stays at the end when what stands there grows by itself, and in place when the reader wished for more of it", async () => {
    const long = "Whereas ".repeat(600);
    await fill(Array.from({ length: 60 }, (_, n) => ({ text: n === 59 ? long : `line ${n}` })));
    await open();
    const grows = (): Promise<void> =>
      page.evaluate(async () => {
        const last = [...document.querySelectorAll<HTMLElement>(".entry")].at(-1)!;
        // More than is near the end, by and by.
        for (const height of [80, 160]) {
          last.style.paddingBlockEnd = `${height}px`;
          for (const _ of [1, 2]) await new Promise((done) => requestAnimationFrame(done));
        }
      });
    await grows();
    assert.ok((await fromEnd()) < 5);
    const all = page.locator(".record").getByRole("button", { name: "Show all of it" });
    await all.scrollIntoViewIfNeeded();
    const top = () =>
      page.locator(".entry", { hasText: "Whereas" }).evaluate((entry) => entry.getBoundingClientRect().top);
    const before = await top();
    await all.click();
    await page.getByRole("button", { name: "To the end" }).waitFor();
    assert.equal(await top(), before);
    await hear("Below it");
    await page.getByRole("button", { name: "1 new below" }).waitFor();
    assert.equal(await top(), before);
  });

  it("calls nothing new in the list that comes in before the reader's eyes", async () => {
    await fill(Array.from({ length: 300 }, (_, n) => ({ text: `line ${n}` })));
    await open();
    const line = page.locator(".line", { hasText: "Draft 7" });
    await line.evaluate((element) => {
      new MutationObserver((_, watch) => {
        if (!element.hasAttribute("data-new") && !element.querySelector(".count")) return;
        watch.disconnect();
        element.setAttribute("data-called", "");
      }).observe(element, { attributes: true, childList: true, subtree: true });
    });
    await hear("Before one's eyes");
    await line.getByText("Before one's eyes").waitFor();
    await page.waitForFunction(() => demo.backend.messenger.calls.includes("markRead"));
    assert.equal(await line.getAttribute("data-called"), null);
    await page.locator(".record__pane").evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    await page.getByRole("button", { name: "To the end" }).waitFor();
    await hear("Below what is in sight");
    await line.locator(".count").waitFor();
    assert.equal(await line.getAttribute("data-called"), "");
  });

  it("begins above what is new, however much that is", async () => {
    await fill(Array.from({ length: 900 }, (_, n) => ({ text: `line ${n} ` })));
    await page.evaluate(() => {
      const { messenger } = demo.backend;
      const view = messenger.venue.caucuses.find((one) => one.name.startsWith("Draft 7"))!;
      const first = messenger.venue.lines.get(view.caucus)![150]!;
      const changed = { ...view, unread: 750, unreadFrom: first.message, unreadSince: first.sentAt };
      messenger.venue = {
        ...messenger.venue,
        caucuses: [...messenger.venue.caucuses.filter((one) => one !== view), changed],
      };
      messenger.emit("caucus", changed);
    });
    await page.locator(".line", { hasText: "Draft 7" }).getByText("750 new").waitFor({ state: "attached" });
    await open();
    const marker = (await page.locator("[data-unread]").boundingBox())!;
    assert.ok(marker.y > 100 && marker.y < 500, `${marker.y}`);
    await page.locator(".entry", { hasText: "line 150 " }).waitFor();
    await page.getByRole("button", { name: "To the end" }).click();
    await page.locator(".entry", { hasText: "line 899 " }).waitFor();
    assert.ok((await fromEnd()) < 5);
  });

  it("goes to what a line answers though it is long ago, and on from there to the end", async () => {
    const texts = Array.from({ length: 900 }, (_, n) => ({ text: `line ${n} ${"word ".repeat(n % 17)}` }));
    await fill(
      texts.map((line, n) => (n === 890 ? { ...line, reply: (120).toString(16).padStart(32, "0") as never } : line)),
    );
    await open();
    await page.locator(".reply").click();
    const found = page.locator("[data-found]", { hasText: /line 120 / });
    await found.waitFor();
    const box = (await found.boundingBox())!;
    assert.ok(box.y > 100 && box.y + box.height < 700, `in sight at ${box.y}`);
    await page.getByRole("button", { name: "To the end" }).waitFor();
    const pane = page.locator(".record__pane");
    // What comes now belongs below what is held.
    await hear("Meanwhile", Date.now());
    await page.getByRole("button", { name: "1 new below" }).waitFor();
    await pane.evaluate(async (element) => {
      const turn = () => new Promise((done) => requestAnimationFrame(done));
      for (let turns = 0; turns < 2_000; turns += 1) {
        element.scrollTop += 400;
        await turn();
        if (element.querySelector('[data-message="0000000000000000000000000000037c"]')) return;
      }
    });
    await page.locator(".entry", { hasText: "line 892 " }).waitFor();
    await page.getByRole("button", { name: "1 new below" }).click();
    await page.locator(".entry", { hasText: "Meanwhile" }).waitFor();
    assert.ok((await fromEnd()) < 5);
  });

  it("shows hostile words as what they are", async () => {
    const hostile = [
      { name: "Ana \u202egnp.exe", text: "<script>alert(1)</script><b>bold</b> javascript:alert(1)" },
      { name: "<img src=x onerror=alert(1)>", text: "\u202eturned\u202c \u2067and more" },
      { name: "\u200b\u2067", text: "M".repeat(16_000) },
      { name: "W".repeat(5_000), text: `e${"\u0301".repeat(500)} tower` },
      { name: "Eve", text: "see https://\u0430pple.example/login, http://user:pw@evil.example/" },
      { name: "Mallory", text: "<b>mark</b>", kind: "reaction" as const },
    ];
    await fill(
      hostile.map((line, n) => ({
        ...line,
        sender: (9_000 + n).toString(16).padStart(64, "0") as MessageView["sender"],
      })),
    );
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 780 });
      if (width === 360) await open();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`);
    }
    const record = page.locator(".record");
    assert.equal(await record.locator("script, b:not(.reply b), img").count(), 0);
    await record.getByText("<script>alert(1)</script><b>bold</b> javascript:alert(1)", { exact: true }).waitFor();
    await record.getByText("<img src=x onerror=alert(1)>", { exact: true }).waitFor();
    await record.getByText("Ana gnp.exe", { exact: true }).waitFor();
    await record.getByText("No name", { exact: true }).waitFor();
    const links = await record
      .locator("a")
      .evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.textContent]));
    assert.deepEqual(links, [
      ["https://xn--pple-43d.example/login", "https://\u0430pple.example/login (xn--pple-43d.example)"],
    ]);
    await record.getByRole("button", { name: "Show all of it" }).click();
    assert.equal((await record.getByText(/^M+$/).textContent())?.length, 16_000);
  });

  it("speaks what comes in, and says whom one writes to", async () => {
    await open();
    await hear("Same table as yesterday");
    await page.locator("[aria-live=polite]", { hasText: "Same table as yesterday" }).waitFor({ state: "attached" });
    assert.equal(await composer().getAttribute("placeholder"), "To 8 people, 5 here");
    await page.getByText("Lucas Prado reads along on a guest link").waitFor();
  });
});
