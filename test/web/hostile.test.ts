/** Hostile names, texts, files and pictures do nothing but look like themselves; pages run nothing that is not theirs. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import type { GroupId } from "../../src/types.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { FILES, MARK, NAMES, TEXTS } from "../helpers/hostileThings.ts";
import { until } from "../helpers/venue.ts";
import { uniqueName } from "../helpers/venueNet.ts";
import type { Running } from "../helpers/venueProcess.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

const AUTHOR = fileURLToPath(new URL("../helpers/hostileAuthor.ts", import.meta.url));
const ONE_FILE = fileURLToPath(new URL("../../dist/couloir.html", import.meta.url));
const LOOKALIKES = FILES.filter(({ said }) => said);
const SAVED = FILES.filter(({ saved }) => saved);

/** Nothing of it ran, and the page is where it was, alone. */
const assertUnmoved = async ({ page, browser }: Delegate, address: string): Promise<void> => {
  assert.equal(await page.evaluate((mark) => mark in globalThis, MARK), false, "something ran");
  assert.equal(new URL(page.url()).origin, new URL(address).origin);
  assert.equal(browser.context.pages().length, 1);
  browser.assertWell();
};

/** Panes that are wider than their room. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll(".pane__body, .sheet__body")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ className, scrollWidth, clientWidth }) => `${className}: ${scrollWidth} > ${clientWidth}`),
  );

/** A policy's sources by directive. */
const sources = (policy: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    policy.split(";").map((one) => {
      const [name = "", ...allowed] = one.trim().split(/\s+/u);
      return [name, allowed] as const;
    }),
  );

/** Scripts and styles are the page's own, and nothing else is let in that is not named. */
const assertStrict = (policy: string, own: RegExp): void => {
  const allowed = sources(policy);
  assert.deepEqual(allowed.get("default-src"), ["'none'"], policy);
  assert.deepEqual(allowed.get("base-uri"), ["'none'"], policy);
  for (const name of ["script-src", "style-src"]) {
    for (const source of allowed.get(name) ?? []) assert.match(source, own, `${name} of ${policy}`);
    assert.ok((allowed.get(name) ?? []).length > 0, name);
  }
  assert.doesNotMatch(policy, /'unsafe-|\*/u);
};

/** What an injection would try, in a page as it is. */
const inject = (page: Page): Promise<boolean> =>
  page.evaluate(async (mark) => {
    // What a debugger calls may evaluate strings; what the page does in a task of its own may not.
    await new Promise((done) => setTimeout(done, 0));
    const run = `globalThis.${mark} = 1`;
    const put = (name: string, more: Record<string, string>): void => {
      const element = document.createElement(name);
      try {
        for (const [key, value] of Object.entries(more)) element.setAttribute(key, value);
        if (name === "script") element.textContent = run;
      } catch {
        // refused, with what of it was written before
      }
      document.body.append(element);
      if (name === "a") element.click();
    };
    try {
      document.body.insertAdjacentHTML("beforeend", `<img src="data:," onerror="${run}">`);
    } catch {
      // refused
    }
    put("script", {});
    put("script", { type: "module" });
    put("script", { src: `data:text/javascript,${run}` });
    put("img", { src: "data:,", onerror: run });
    put("iframe", { srcdoc: `<script>parent.${run}</script>` });
    put("a", { href: `javascript:${run}` });
    try {
      // oxlint-disable-next-line typescript/no-implied-eval -- that it fails is what is tried
      new Function(run)();
    } catch {
      // refused
    }
    await new Promise((done) => setTimeout(done, 100));
    return mark in globalThis;
  }, MARK);

describeWeb("web: hostile words, files and pictures", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let url: string;
  let own: string;
  let folder: string;
  let author: Running;
  let caucus: GroupId;
  let [phone, laptop] = [] as unknown as [Delegate, Delegate];

  before(async () => {
    web = await WebVenue.open("Hub", "Mallory", "Phone");
    url = await web.hub("Hub");
    author = web.node("Mallory").start([web.node("Mallory").folder], { script: AUTHOR });
    const opened = JSON.parse(await author.firstLine) as { code: string; caucus: GroupId };
    caucus = opened.caucus;
    await web.node("Hub").ask("join", opened.code);
    own = web.node("Hub").daemon.ui;
    [phone, laptop] = [await web.sits("Phone"), await web.sits("Hub", LAPTOP)];
    for (const { page } of [phone, laptop]) page.on("dialog", (dialog) => void dialog.dismiss());
    await phone.opens(`${url}#${opened.code}`);
    await phone.joins({ name: "Ana Kovač", country: "HR" });
    await phone.page.getByRole("textbox", { name: "Write" }).waitFor();
    await laptop.opens(own);
    await laptop.page.locator(".line").first().click();
    const said = new Promise<void>((done) => author.onLine(() => done()));
    author.tell("go");
    await said;
    // The hub's daemon is a member: what it has fetched, its pages get from it.
    folder = await mkdtemp(join(tmpdir(), uniqueName("hostile")));
    const sent = await until("the hub has all messages", async () => {
      const lines = (await web.node("Hub").history(caucus)).filter(({ file }) => file);
      return lines.length === FILES.length && lines;
    });
    for (const { message } of sent) await web.node("Hub").ask("get", caucus, message, "-o", join(folder, message));
  });
  after(async () => {
    await web?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("texts look like themselves, on a phone and on a daemon's page", async () => {
    for (const one of [phone, laptop]) {
      await one.sees("﷽﷽");
      const seen = await one.reads();
      assert.deepEqual(
        seen.slice(-TEXTS.length).map((text) => text.normalize("NFC")),
        TEXTS.map(({ written, shown = written }) => shown.normalize("NFC")),
      );
      assert.deepEqual(await tooWide(one.page), []);
    }
    await assertUnmoved(phone, url);
    await assertUnmoved(laptop, own);
  });

  it("addresses are links that say where they lead; nothing else is one", async () => {
    const links = await phone.page
      .locator(".entry__body a")
      .evaluateAll((all) =>
        all.map((one) => ({ href: one.getAttribute("href"), text: one.textContent, rel: one.getAttribute("rel") })),
      );
    assert.ok(links.length > 0);
    for (const { href, text, rel } of links) {
      assert.match(text, /^http:\/\/(198\.51\.100\.7|www\.w3\.org)\//u);
      assert.equal(href, text);
      assert.match(rel ?? "", /noopener noreferrer/u);
    }
  });

  it("names stay within themselves", async () => {
    for (const one of [phone, laptop]) {
      const head = one.page.locator(".entry__head").last();
      const name = head.locator("bdi");
      assert.match(await name.innerText(), NAMES.person.shown);
      assert.doesNotMatch(await name.innerText(), /[\u202a-\u202e\u2066-\u2069\u200b]|\p{M}{5}/u);
      const order = await head.evaluate((element) => {
        const [bdi, time] = [element.querySelector("bdi"), element.querySelector("time")];
        if (!bdi || !time) throw new Error("no name, or no time");
        return {
          isolated: getComputedStyle(bdi).unicodeBidi,
          after: time.getBoundingClientRect().left >= bdi.getBoundingClientRect().right,
        };
      });
      assert.deepEqual(order, { isolated: "isolate", after: true });
      const paragraphs = one.page.locator(".entry__body > p");
      assert.deepEqual(await paragraphs.evaluateAll((all) => all.filter((p) => p.getAttribute("dir") !== "auto")), []);
      await one.finds(NAMES.caucus.shown);
      assert.doesNotMatch(await one.page.title(), /script/u);
    }
    await phone.presses("Back");
    assert.deepEqual(await tooWide(phone.page), []);
    await phone.page.locator(".line").first().click();
    await phone.sees("﷽﷽");
  });

  it("files are saved under harmless names, never opened", async () => {
    for (const one of [laptop, phone]) {
      const files = one.page.locator(".entry .file");
      assert.equal(await files.count(), SAVED.length);
      for (const [at, { saved, bytes }] of SAVED.entries()) {
        assert.match(await files.nth(at).locator(".file__name").innerText(), saved!);
        const key = files.nth(at).locator(".key");
        if ((await key.innerText()) === "Fetch") await key.click();
        const save = files.nth(at).getByRole("button", { name: "Save" });
        await save.waitFor();
        const download = one.page.waitForEvent("download");
        await save.click();
        const got = await download;
        assert.match(got.suggestedFilename(), saved!);
        assert.deepEqual(await readFile(await got.path()), bytes);
      }
    }
    await assertUnmoved(phone, url);
    await assertUnmoved(laptop, own);
  });

  it("pictures that are none, or too large, are said to be so, and not decoded", async () => {
    for (const one of [laptop, phone]) {
      const photos = one.page.locator(".entry button.photo");
      assert.equal(await photos.count(), LOOKALIKES.length);
      // Only what is a small picture of pixels is shown as one.
      assert.equal(await one.page.locator(".entry button.photo img").count(), 1);
      for (const [at, { said }] of LOOKALIKES.entries()) {
        await photos.nth(at).click();
        const dialog = one.page.getByRole("dialog");
        await dialog.getByText(said!).waitFor();
        const shown = await dialog.locator("img").evaluateAll((all) => all.map((img) => img.getAttribute("src") ?? ""));
        assert.deepEqual(
          shown.filter((src) => !src.startsWith("data:image/png")),
          [],
        );
        assert.deepEqual(await tooWide(one.page), []);
        await one.presses("Close", dialog);
        await dialog.waitFor({ state: "detached" });
      }
    }
    await assertUnmoved(phone, url);
    await assertUnmoved(laptop, own);
  });

  it("and the talk goes on", async () => {
    await phone.says("Was that all?");
    await laptop.sees("Was that all?");
    await laptop.says("So it seems");
    await phone.sees("So it seems");
    assert.ok((await web.node("Hub").texts(caucus)).includes("Was that all?"));
    await assertUnmoved(phone, url);
    await assertUnmoved(laptop, own);
  });

  it("no page lets in a script that is not its own", async () => {
    for (const [one, address] of [
      [phone, url],
      [laptop, own],
    ] as const) {
      const answer = await one.page.goto(new URL("/", address).href);
      assertStrict(answer?.headers()["content-security-policy"] ?? "", /^'(self|wasm-unsafe-eval)'$/u);
      assert.equal(answer?.headers()["x-content-type-options"], "nosniff");
    }
    const [, policy = ""] =
      /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/u.exec(await readFile(ONE_FILE, "utf8")) ?? [];
    assertStrict(policy, /^'(sha256-[\w+/]+=*|wasm-unsafe-eval)'$/u);
    for (const [one, address] of [
      [phone, url],
      [laptop, own],
      [laptop, `file://${ONE_FILE}`],
    ] as const) {
      await one.opens(address);
      await one.page.locator("main").first().waitFor();
      const refused = one.browser.wrongs.length;
      assert.equal(await inject(one.page), false, address);
      // The browser says of each what it was refused by.
      const said = one.browser.wrongs.splice(refused);
      assert.ok(said.length >= 4, said.join("\n"));
      for (const line of said) assert.match(line, /Content Security Policy|requires 'Trusted\w+' assignment/u);
      assert.ok(
        said.some((line) => line.includes("'TrustedHTML'")),
        said.join("\n"),
      );
    }
  });
});
