/** The same app from three places: a hub's page, the page of one's own daemon, and a file. Each talks with all others. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GroupId } from "../../src/types.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { sameHistories, until } from "../helpers/venue.ts";
import { uniqueName } from "../helpers/venueNet.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";
import { png } from "../photo/pictures.ts";

const FILE = `file://${fileURLToPath(new URL("../../dist/couloir.html", import.meta.url))}`;
const TITLE = "Islands and coasts";

describeWeb("web: three origins", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let folder: string;
  let url: string;
  let caucus: GroupId;
  let early: string;
  let [guest, owner, carrier, host] = [] as unknown as [Delegate, Delegate, Delegate, Delegate];
  const all = (): Delegate[] => [guest, owner, carrier, host];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), uniqueName("origins")));
    web = await WebVenue.open("Hub", "Ben", "Phone", "Laptop");
    await web.node("Ben").up();
    caucus = await web.caucus("Ben", TITLE);
    // Made before there is a hub: it names Ben's daemon alone, which no page can dial.
    ({ code: early } = await web.node("Ben").ask<{ code: string }>("invite", caucus));
    url = await web.hub("Hub");
  });
  after(async () => {
    await web?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("a hub's page on plain http: a guest, without the browser's own cryptography", async () => {
    guest = await web.sits("Phone");
    const { code } = await web.node("Ben").ask<{ code: string }>("invite", caucus);
    await guest.opens(`${url}#${code}`);
    await guest.joins({ name: "Amina Njoroge", country: "KE" });
    assert.equal(await guest.isTrusted(), false);
    await guest.says("Amina is in");
    await until("Ben reads her", async () => (await web.node("Ben").texts(caucus)).includes("Amina is in"));
    // It would have been let go if it could not do what it is there for.
    assert.equal(guest.page.workers().length, 1, "a worker verifies");
  });

  it("one's own daemon on localhost", async () => {
    owner = await web.sits("Ben", LAPTOP);
    await owner.opens(web.node("Ben").daemon.ui);
    assert.equal(await owner.isTrusted(), true);
    await owner.enters(TITLE);
    await owner.sees("Amina is in");
    await owner.says("Ben, from his own machine");
    await guest.sees("Ben, from his own machine");
  });

  it("couloir.html from a stick, locked by a passphrase", async () => {
    carrier = await web.sits("Laptop", LAPTOP);
    await carrier.opens(`${FILE}#${early}`);
    await carrier.joins({ name: "Léa Martin", country: "FR", passphrase: "quatre mots sans lien" });
    assert.equal(await carrier.isTrusted(), true);
    // The hub's address is on its screen.
    await carrier.presses(/^No one in range/u);
    await carrier.presses("Type address");
    await carrier.page.getByLabel("Address of a hub").fill(new URL(url).host);
    await carrier.presses("Connect");
    await carrier.presses("Close");
    await carrier.enters(TITLE);
    await carrier.says("Léa, from a file");
    for (const one of [guest, owner]) await one.sees("Léa, from a file");
  });

  it("a hub's page on its own machine: a peer of its own there too, with the browser's cryptography", async () => {
    host = await web.sits("Hub", LAPTOP);
    const { code } = await web.node("Ben").ask<{ code: string }>("invite", caucus);
    await host.opens(`http://localhost:${new URL(url).port}#${code}`);
    await host.joins({ name: "Mere Tuilagi", country: "FJ" });
    assert.equal(await host.isTrusted(), true);
    await host.says("Mere, beside the hub");
    for (const one of [guest, owner, carrier]) await one.sees("Mere, beside the hub");
  });

  it("all read all, in one order", async () => {
    for (const [at, one] of all().entries()) await one.says(`round ${at}`);
    for (const one of all()) for (const at of all().keys()) await one.sees(`round ${at}`);
    await sameHistories([web.node("Ben")], caucus, 8);
    // One's own words stand last until it is known that they are out.
    await until("all have them in one order", async () => {
      const [first, ...others] = await Promise.all(all().map(async (one) => (await one.reads()).slice(-4).join("|")));
      return others.every((other) => other === first);
    });
  });

  it("all send a photo, and all others see it whole", async () => {
    const path = join(folder, "draft.png");
    for (const [at, one] of all().entries()) {
      // Another width each time, by which it is known.
      await writeFile(
        path,
        png(640 + at, 480, (x, y) => [x % 256, y % 256, at * 60]),
      );
      await one.sendsPhoto(path);
      for (const other of all()) if (other !== one) await other.looksAtPhoto(640 + at);
    }
    const photos = (await web.node("Ben").history(caucus)).filter(({ file }) => file?.picture !== undefined);
    assert.equal(photos.length, 4);
  });

  it("all have all emoji, by words", async () => {
    for (const one of all()) {
      await one.presses("Emoji");
      await one.presses("All emoji, with search");
      await one.page.getByRole("searchbox", { name: "Search emoji" }).fill("dove");
      await one.presses("dove");
      await one.presses(/^Send/u);
    }
    await until("Ben reads those of all", async () => {
      const texts = await web.node("Ben").texts(caucus);
      return texts.filter((text) => text === "\u{1f54a}\ufe0f").length === all().length;
    });
  });

  it("nothing went wrong, and nothing left the room", () => {
    // On localhost a page asks whether a daemon serves it; a hub does not know of that.
    for (const { browser } of all()) browser.assertWell(/404 .*\/session$/u);
  });
});
