/** Photos between phones and daemons: what arrives is the picture as it was shown before sending, and nothing else. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GroupId, MessageView } from "../../src/types.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { uniqueName } from "../helpers/venueNet.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";
import { exifApp1, withSegments } from "../photo/pictures.ts";

/** A colour that is nowhere in the picture but under the black-out. */
const SECRET = "#ff00ff";

/** A page of a draft with something secret on it, as a camera would have stored it. */
const taken = async (by: Delegate): Promise<Buffer> => {
  const base64 = await by.page.evaluate((secret) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1200, height: 800 });
    const pen = canvas.getContext("2d")!;
    pen.fillStyle = "#f4f1e6";
    pen.fillRect(0, 0, 1200, 800);
    pen.fillStyle = secret;
    pen.fillRect(480, 320, 240, 160);
    return canvas.toDataURL("image/jpeg", 0.95).split(",")[1]!;
  }, SECRET);
  return withSegments(Buffer.from(base64, "base64"), exifApp1({ order: "II", gps: true }));
};

/** How many pixels of a picture are nearer to the secret than to anything that may be seen. */
const secrets = (by: Delegate, jpeg: Buffer): Promise<number> =>
  by.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes]));
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
    const pen = canvas.getContext("2d")!;
    pen.drawImage(picture, 0, 0);
    const { data } = pen.getImageData(0, 0, picture.width, picture.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at]! > 150 && data[at + 1]! < 100 && data[at + 2]! > 150) count += 1;
    return count;
  }, jpeg.toString("base64"));

describeWeb("web: photos", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let folder: string;
  let caucus: GroupId;
  let [ana, omar] = [] as unknown as [Delegate, Delegate];
  let photo: Buffer;
  const photosOf = async (name: string): Promise<MessageView[]> =>
    (await web.node(name).history(caucus)).filter(({ file }) => file?.picture !== undefined);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), uniqueName("photos")));
    web = await WebVenue.open("Hub", "Ana", "Omar");
    await web.hub("Hub");
    caucus = await web.caucus("Hub", "Draft 7");
    [ana, omar] = [await web.sits("Ana"), await web.sits("Omar", LAPTOP)];
    await ana.opens(await web.link("Hub", caucus));
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    await omar.opens(await web.link("Hub", caucus));
    await omar.joins({ name: "Omar Haddad", country: "JO" });
    await ana.finds("2 of 2 here");
  });
  after(async () => {
    await web?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("a phone blacks something out and sends it", async () => {
    const original = await taken(ana);
    assert.ok(original.includes("Exif") && (await secrets(ana, original)) > 30_000);
    const path = join(folder, "IMG_0815.jpg");
    await writeFile(path, original);
    const chooser = ana.page.waitForEvent("filechooser");
    await ana.presses("Photo");
    await (await chooser).setFiles(path);
    await ana.presses("Black-out");
    await ana.presses("Add a box");
    await ana.presses("Numbers");
    for (const [label, percent] of [
      ["Left %", "39"],
      ["Top %", "39"],
      ["Width %", "22"],
      ["Height %", "22"],
    ] as const) {
      const field = ana.page.getByLabel(label);
      await field.fill(percent);
      await field.blur();
    }
    await ana.finds("Location removed");
    await ana.presses("Send photo");
    await until("the hub has it", async () => (await photosOf("Hub")).length === 1);
  });

  it("the daemon gets it, without place, and without what was under the black-out", async () => {
    const [message] = (await photosOf("Hub")) as [MessageView];
    const path = join(folder, "got.jpg");
    await web.node("Hub").ask("get", caucus, message.message, "-o", path);
    photo = await readFile(path);
    assert.equal(photo.readUInt16BE(0), 0xffd8);
    for (const word of ["Exif", "GPS", "46.2044", "IMG_0815"]) assert.ok(!photo.includes(word), word);
    assert.equal(await secrets(ana, photo), 0);
    const thumbnail = Buffer.from(message.file?.picture?.thumbnail ?? "", "base64");
    assert.ok(thumbnail.length > 0 && thumbnail.length <= 12_288);
    assert.equal(await secrets(ana, thumbnail), 0);
  });

  it("another browser sees it small at once, and whole on demand", async () => {
    await omar.looksAtPhoto(1200);
  });

  it("the daemon sends one too, cleaned, and both browsers see it", async () => {
    const path = join(folder, "from the hub.jpg");
    await writeFile(path, withSegments(photo, exifApp1({ order: "MM", gps: true })));
    await web.node("Hub").ask("send", caucus, "--photo", path, "Page 3 as amended");
    for (const one of [ana, omar]) {
      await one.sees("Page 3 as amended");
      await one.looksAtPhoto(1200);
    }
    const sent = join(folder, "sent.jpg");
    const [, message] = (await photosOf("Hub")) as [MessageView, MessageView];
    await web.node("Hub").ask("get", caucus, message.message, "-o", sent);
    const got = await readFile(sent);
    for (const word of ["Exif", "GPS", "46.2044"]) assert.ok(!got.includes(word), word);
  });

  it("a page that is loaded anew in the middle of sending finishes a photo and a file, each once", async () => {
    ana.page.on("dialog", (question) => void question.accept());
    const back = () => ana.page.getByRole("textbox", { name: "Write" }).waitFor();
    const sending = ana.page.locator(".departures > li");
    const chooser = ana.page.waitForEvent("filechooser");
    await ana.presses("Photo");
    await (await chooser).setFiles(join(folder, "IMG_0815.jpg"));
    await ana.presses("Black-out");
    // A phone that is not done with it yet when the page goes.
    await ana.page.evaluate(() => {
      HTMLCanvasElement.prototype.toBlob = () => {};
    });
    await ana.presses("Add a box");
    await ana.presses("Send photo");
    await ana.page.getByRole("button", { name: "Saving", exact: true }).waitFor();
    const gone = ana.page.waitForEvent("load");
    await ana.page.evaluate(() => void setTimeout(() => location.reload()));
    await gone;
    await back();
    await until("the hub has it", async () => (await photosOf("Hub")).length === 3);
    await sending.waitFor({ state: "detached" });

    const file = join(folder, "annex.bin");
    await writeFile(file, randomBytes(10_000_000));
    const again = ana.page.waitForEvent("load");
    await ana.page.evaluate(() => {
      new MutationObserver((_, watch) => {
        if (!document.querySelector(".departures [aria-valuenow]:not([aria-valuenow='0'])")) return;
        watch.disconnect();
        location.reload();
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    const files = ana.page.waitForEvent("filechooser");
    await ana.presses("Lay on the table, files");
    await ana.presses(/^Attach a file/u);
    await (await files).setFiles(file);
    await again;
    await back();
    const annexes = async () =>
      (await web.node("Hub").history(caucus)).filter((line) => line.file?.name === "annex.bin");
    await until("the hub has it", async () => (await annexes()).length === 1);
    await sending.waitFor({ state: "detached" });
    await ana.page.reload();
    await back();
    await ana.says("That was all");
    await omar.sees("That was all");
    const [annex, ...more] = (await annexes()) as [MessageView];
    assert.deepEqual([more.length, (await photosOf("Hub")).length], [0, 3]);
    const names = await omar.page.locator("li[data-message] .file__name").allInnerTexts();
    assert.deepEqual(names, ["annex.bin"]);
    const path = join(folder, "got.bin");
    await web.node("Hub").ask("get", caucus, annex.message, "-o", path);
    assert.deepEqual(await readFile(path), await readFile(file));
    for (const { browser } of [ana, omar]) browser.assertWell();
  });
});
