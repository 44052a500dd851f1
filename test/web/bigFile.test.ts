/**
 * Thirty megabytes on a slow network: from a hub's page to a daemon, and from there to a page from a file. Both times they are
 * broken off three times, while people go on talking. Each reads another language.
 */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator } from "playwright-core";
import type { GroupId } from "../../src/types.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { uniqueName } from "../helpers/venueNet.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

const FILE = `file://${fileURLToPath(new URL("../../dist/couloir.html", import.meta.url))}`;
const PASSPHRASE = "quatre mots sans lien";
const SIZE = 30_000_000;
const KILOBYTES_A_SECOND = 3000;

/** What is said of a hub or a daemon that goes. */
const GONE = /ERR_|WebSocket connection|status of 503/u;

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describeWeb("web: a large file", function () {
  this.timeout(180_000);
  this.bail(true);
  let web: WebVenue;
  let folder: string;
  let caucus: GroupId;
  let [ana, owner, lea] = [] as unknown as [Delegate, Delegate, Delegate];
  let ben: VenueNode;
  const original = randomBytes(SIZE);

  const entry = ({ page }: Delegate): Locator => page.locator("li[data-message]").filter({ hasText: "annex.bin" });
  /** How much of it is there, in per cent; it is not through. */
  const share = async (one: Delegate): Promise<number> => {
    const bar = one.page.getByRole("progressbar", { name: "annex.bin" });
    return Number(await bar.getAttribute("aria-valuenow", { timeout: 5_000 }));
  };
  /** Waits until more than so much has come. */
  const comes = async (one: Delegate, more: number): Promise<void> => {
    await until(`more than ${more} % have come`, async () => {
      const have = await share(one);
      if (have > more) return true;
      throw new Error(`${have} %`);
    });
  };
  /** Saves what has come, and compares it. */
  const saves = async (one: Delegate): Promise<void> => {
    const key = entry(one).getByRole("button", { name: one.t("file-save"), exact: true });
    await key.waitFor({ timeout: 60_000 });
    const download = one.page.waitForEvent("download");
    await key.click();
    assert.equal(digest(await readFile(await (await download).path())), digest(original));
  };
  let said = 0;
  /** Text goes all ways, whatever else goes on. */
  const talk = async (...all: readonly Delegate[]): Promise<void> => {
    said += 1;
    for (const [at, one] of all.entries()) await one.says(`${at} talks ${said}`);
    for (const one of all) for (const at of all.keys()) await one.sees(`${at} talks ${said}`);
  };
  const killBen = async (): Promise<void> => {
    ben.daemon.kill("SIGKILL");
    await ben.daemon.ended;
    await ben.up();
  };
  const killTheHub = async (): Promise<void> => {
    const { daemon } = web.node("Hub");
    daemon.kill("SIGKILL");
    await daemon.ended;
    await web.hub("Hub");
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), uniqueName("file")));
    await writeFile(join(folder, "annex.bin"), original);
    web = await WebVenue.open("Hub", "Ben", "Ana", "Laptop");
    const url = await web.hub("Hub");
    ben = web.node("Ben");
    await ben.up();
    caucus = await web.caucus("Ben", "Annexes");
    const code = async (): Promise<string> => (await ben.ask<{ code: string }>("invite", caucus)).code;
    [ana, owner, lea] = await Promise.all([
      web.sits("Ana", LAPTOP),
      web.sits("Ben", { ...LAPTOP, language: "zh" }),
      web.sits("Laptop", { ...LAPTOP, language: "ar" }),
    ]);
    await ana.opens(`${url}#${await code()}`);
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    await lea.opens(`${FILE}#${await code()}`);
    await lea.joins({ name: "Léa Martin", country: "FR", passphrase: PASSPHRASE });
    await owner.opens(ben.daemon.ui);
    for (const one of [owner, lea]) await one.enters("Annexes");
    for (const one of [ana, lea]) await one.finds(one.t("here-of", { here: 2, all: 2 }));
    await talk(ana, owner, lea);
  });
  after(async () => {
    await web?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("begins to come to a daemon", async () => {
    const chooser = ana.page.waitForEvent("filechooser");
    await ana.presses(ana.t("tools"));
    await ana.presses(ana.like("attach"));
    await (await chooser).setFiles(join(folder, "annex.bin"));
    for (const one of [ana, owner, lea]) await one.sees("annex.bin");
    await web.venue.slow(KILOBYTES_A_SECOND);
    await owner.presses(owner.t("file-fetch"), entry(owner));
    await comes(owner, 1);
    await talk(ana, owner, lea);
  });

  it("goes on after the way was cut", async () => {
    const before = await share(owner);
    await web.venue.cut([ben], [web.node("Hub"), web.node("Ana")]);
    await owner.finds(owner.like("strip-none"));
    await web.venue.heal();
    await comes(owner, before + 3);
    await talk(ana, owner, lea);
  });

  it("after the hub was killed, and is there again", async () => {
    const before = await share(owner);
    await killTheHub();
    await comes(owner, before + 3);
    await talk(ana, owner, lea);
  });

  it("and after the daemon was killed, from where it was", async () => {
    const before = await share(owner);
    await killBen();
    const { have } = (await ben.history(caucus)).find(({ file }) => file !== undefined)!.file!;
    assert.ok(have >= (before * SIZE) / 100, "what had come is there");
    await talk(ana, owner, lea);
    await saves(owner);
  });

  it("comes the other way too, when the page that sent it is gone, though no page can dial a daemon that is no hub", async () => {
    ana.browser.assertWell(GONE);
    await ana.leaves();
    await lea.presses(lea.t("file-fetch"), entry(lea));
    await comes(lea, 1);
    await talk(owner, lea);
  });

  it("and goes on after the daemon was killed, and the hub, and after its page was loaded anew", async () => {
    for (const kill of [killBen, killTheHub]) {
      const before = await share(lea);
      await kill();
      await comes(lea, before + 3);
    }
    const later = await share(lea);
    await lea.page.reload();
    await lea.fills(lea.t("passphrase"), PASSPHRASE);
    await lea.presses(lea.t("unlock"));
    await lea.enters("Annexes");
    assert.ok((await share(lea)) >= later, "what had come is there");
    await talk(owner, lea);
    await saves(lea);
    for (const { browser } of [owner, lea]) browser.assertWell(GONE);
  });
});
