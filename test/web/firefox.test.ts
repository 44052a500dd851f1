/** Firefox ESR as Debian ships it, on the three origins: all that a delegate does in a day goes there too. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import type { GroupId, MessageView } from "../../src/types.ts";
import type { TableView } from "../../src/types/tools.ts";
import { bringAxe, faults } from "../helpers/axe.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { Firefox } from "../helpers/firefox.ts";
import { board, calls, huddle, rollCall, takes } from "../helpers/laying.ts";
import { until } from "../helpers/venue.ts";
import { uniqueName } from "../helpers/venueNet.ts";
import { describeFirefox, WebVenue } from "../helpers/webVenue.ts";
import { JPEG } from "../helpers/photos.ts";
import { exifApp1, png, withSegments } from "../photo/pictures.ts";

const FILE = `file://${fileURLToPath(new URL("../../dist/couloir.html", import.meta.url))}`;
const TITLE = "Water and sanitation";
const PASSPHRASE = "quatre mots sans lien";
const PHONE = { viewport: { width: 360, height: 740 }, open: Firefox.open } as const;
const DESK = { ...LAPTOP, open: Firefox.open } as const;

/** What the page may want later and could not have now that whoever served it is gone. */
const missing = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const files = document.querySelector<HTMLMetaElement>('meta[name="couloir-later"]')?.content.split(" ") ?? [""];
    const kept = await Promise.all(
      files.map((file) => fetch(file, { cache: "only-if-cached", mode: "same-origin" }).catch(() => undefined)),
    );
    return files.filter((_, at) => kept[at]?.ok !== true);
  });

describeFirefox("web: Firefox", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let folder: string;
  let caucus: GroupId;
  let [ana, omar, lea] = [] as unknown as [Delegate, Delegate, Delegate];
  const hub = () => web.node("Hub");
  const hears = (text: string) =>
    until(`the hub reads "${text}"`, async () => (await hub().texts(caucus)).includes(text));
  const photos = async (): Promise<MessageView[]> =>
    (await hub().history(caucus)).filter(({ file }) => file?.picture !== undefined);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), uniqueName("firefox-photos")));
    web = await WebVenue.open("Hub", "Ana", "Omar");
    await web.hub("Hub");
    caucus = await web.caucus("Hub", TITLE);
    [ana, omar, lea] = await Promise.all([web.sits("Ana", PHONE), web.sits("Omar"), web.sits("Hub", DESK)]);
    await omar.opens(await web.link("Hub", caucus));
    await omar.joins({ name: "Omar Haddad", country: "JO" });
    await omar.says("Is anybody in?");
  });
  after(async () => {
    await web?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("a hub's page on plain http: joins, and talks with a daemon and a Chromium", async () => {
    await bringAxe(ana.browser.context);
    await ana.opens(await web.link("Hub", caucus));
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    assert.equal(await ana.isTrusted(), false);
    await ana.says("Ana, from Firefox");
    await Promise.all([hears("Ana, from Firefox"), omar.sees("Ana, from Firefox")]);
    await hub().ask("send", caucus, "Welcome, Ana.");
    await omar.says("Good morning");
    for (const text of ["Welcome, Ana.", "Good morning"]) await ana.sees(text);
  });

  it("a photo leaves without what the camera wrote into it, and one that comes is shown", async () => {
    const [path, got] = [join(folder, "IMG_0815.jpg"), join(folder, "got.jpg")];
    await writeFile(path, withSegments(JPEG, exifApp1({ order: "II", gps: true })));
    assert.ok((await readFile(path)).includes("46.2044N"));
    await ana.sendsPhoto(path);
    await until("the hub has it", async () => (await photos()).length === 1);
    await hub().ask("get", caucus, (await photos())[0]!.message, "-o", got);
    const bytes = await readFile(got);
    assert.equal(bytes.readUInt16BE(0), 0xffd8);
    for (const word of ["Exif", "GPS", "46.2044", "IMG_0815"]) assert.ok(!bytes.includes(word), word);
    await writeFile(
      path,
      png(640, 480, (x, y) => [x % 256, y % 256, 80]),
    );
    await omar.sendsPhoto(path);
    await ana.looksAtPhoto(640);
  });

  it("a page that is loaded anew has everything", async () => {
    const before = await ana.reads();
    await ana.page.reload();
    await ana.enters(TITLE);
    await ana.sees("Good morning");
    assert.deepEqual(await ana.reads(), before);
    await ana.says("Still here");
    await omar.sees("Still here");
  });

  it("Arabic runs from right to left, and axe finds nothing serious", async () => {
    const looksAt = async (): Promise<void> => {
      assert.deepEqual(await faults(ana.page), []);
      const root = ana.page.locator("html");
      const [scrolls, shows] = await root.evaluate((one) => [one.scrollHeight, one.clientHeight]);
      assert.equal(scrolls, shows, "the page itself scrolls");
    };
    await looksAt();
    await ana.presses("Back");
    await looksAt();
    await ana.presses("Settings");
    await ana.speaks("ar");
    await looksAt();
    await ana.speaks("en");
    await ana.presses("Caucuses");
    await ana.enters(TITLE);
  });

  it("couloir.html from a stick, locked by a passphrase", async () => {
    const { code } = await hub().ask<{ code: string }>("invite", caucus);
    await lea.opens(`${FILE}#${code}`);
    await lea.joins({ name: "Léa Martin", country: "FR", passphrase: PASSPHRASE });
    assert.equal(await lea.isTrusted(), true);
    await lea.enters(TITLE);
    await lea.says("Léa, from a file");
    for (const one of [ana, omar]) await one.sees("Léa, from a file");
    await lea.page.reload();
    await lea.page.getByLabel("Passphrase").fill(PASSPHRASE);
    await lea.presses("Open");
    await lea.enters(TITLE);
    await lea.sees("Léa, from a file");
    await lea.says("and again");
    await hears("and again");
  });

  it("one's own daemon on localhost", async () => {
    const owner = await lea.another();
    await owner.opens(hub().daemon.ui);
    assert.equal(await owner.isTrusted(), true);
    await owner.enters(TITLE);
    await owner.sees("and again");
    await owner.says("From the hub's own machine");
    for (const one of [ana, lea]) await one.sees("From the hub's own machine");
    await owner.page.close();
  });

  it("everything that lies on the table, between two Firefoxes, a Chromium and a daemon, in Arabic, Chinese and English", async () => {
    for (const [one, language] of [
      [ana, "ar"],
      [lea, "zh"],
    ] as const) {
      if (one === ana) await one.presses(one.t("back"));
      await one.presses(one.t("tab-settings"));
      await one.speaks(language);
      await one.presses(one.t("tab-caucuses"));
      await one.enters(TITLE);
    }
    await rollCall(lea, [ana, omar], "Be in the room at 15:50");
    await huddle(ana, [omar, lea], { topic: "Who speaks first", place: "Corridor B" });
    await board(omar, [ana, lea], { text: "Keep 31 March.", more: ["NO", "CL"], needs: 2 });
    const laid = (await hub().ask<TableView>("table", caucus)).boards[0]!;
    await hub().ask("board", "stand", caucus, laid.message, "CL", "support", "--by", "JO");
    for (const one of [ana, lea]) {
      await one.finds(one.t("board-for", { all: "2", own: "1", told: "1" }));
      await one.presses(one.t("close"), one.page.getByRole("dialog"));
    }
    const call = { act: "floor", text: "Keep the date", here: 3 } as const;
    await calls(ana, [lea, omar], call);
    await takes(ana, [lea, omar], call);
    const table = await hub().ask<TableView>("table", caucus);
    assert.deepEqual(
      [table.rollCalls, table.huddles, table.boards, table.calls].map((all) => all.length),
      [1, 1, 1, 1],
    );
  });

  it("a hub that is killed and comes back is found again, and the others without it", async () => {
    hub().daemon.kill("SIGKILL");
    await hub().daemon.ended;
    await omar.says("Who still hears me?");
    for (const one of [ana, lea]) await one.sees("Who still hears me?");
    await ana.says("I do");
    await lea.sees("I do");
    assert.deepEqual(await missing(ana.page), []);
    await web.hub("Hub");
    await hears("I do");
    await hub().ask("send", caucus, "I am back");
    for (const one of [ana, lea]) await one.sees("I am back");
  });

  it("nothing went wrong, and nothing left the room", () => {
    // What it says of lines that end with a hub or a page, of its own accord.
    const ended = /establish a connection to the server at ws:|connection to ws:\S+ was interrupted|ICE failed/u;
    for (const { browser } of [ana, lea]) browser.assertWell(ended);
  });
});
