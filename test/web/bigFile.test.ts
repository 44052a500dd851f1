/** Thirty megabytes from a page to a daemon on a slow network, broken off three times, while people go on talking. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileView, GroupId, MessageView } from "../../src/types.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { uniqueName } from "../helpers/venueNet.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

const SIZE = 30_000_000;
const KILOBYTES_A_SECOND = 3000;

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describeWeb("web: a large file", function () {
  this.timeout(180_000);
  this.bail(true);
  let web: WebVenue;
  let folder: string;
  let caucus: GroupId;
  let ana: Delegate;
  let ben: VenueNode;
  const original = randomBytes(SIZE);

  const file = async (): Promise<MessageView & { file: FileView }> => {
    const found = (await ben.history(caucus)).find((line) => line.file !== undefined);
    if (found?.file === undefined) throw new Error("no file yet");
    return { ...found, file: found.file };
  };
  /** Waits until more than so much has come. */
  const comes = (bytes: number): Promise<number> =>
    until(`more than ${bytes} bytes have come`, async () => {
      const { have } = (await file()).file;
      if (have > bytes) return have;
      throw new Error(`${have} bytes`);
    });
  let said = 0;
  /** Text goes both ways, whatever else goes on. */
  const talks = async (): Promise<void> => {
    said += 1;
    const [hers, his] = [`Ana talks ${said}`, `Ben talks ${said}`];
    await ana.says(hers);
    await ben.ask("send", caucus, his);
    await ana.sees(his);
    await until("Ben hears her", async () => (await ben.texts(caucus)).includes(hers));
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), uniqueName("file")));
    await writeFile(join(folder, "annex.bin"), original);
    web = await WebVenue.open("Hub", "Ben", "Ana");
    await web.hub("Hub");
    ben = web.node("Ben");
    await ben.up();
    caucus = await web.caucus("Ben", "Annexes");
    ana = await web.sits("Ana", LAPTOP);
    const { code } = await ben.ask<{ code: string }>("invite", caucus);
    await ana.opens(`${web.node("Hub").daemon.hub[0]}#${code}`);
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    await ana.says("A large annex follows");
    await until("Ben hears her", async () => (await ben.texts(caucus)).length === 1);
  });
  after(async () => {
    await web?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("begins to come", async () => {
    const chooser = ana.page.waitForEvent("filechooser");
    await ana.presses("Lay on the table, files");
    await ana.presses(/^Attach a file/u);
    await (await chooser).setFiles(join(folder, "annex.bin"));
    await ana.sees("annex.bin");
    const { message } = await until("Ben is told", file);
    await web.venue.slow(KILOBYTES_A_SECOND);
    void ben.start(["get", caucus, message, "-o", join(folder, "first.bin"), "--data", ben.folder]).ended;
    await comes(500_000);
    await talks();
  });

  it("goes on after the way was cut", async () => {
    const before = (await file()).file.have;
    assert.ok(before < SIZE, "it was through before it could be broken off");
    const [hub, phone] = [web.node("Hub"), web.node("Ana")];
    await web.venue.cut([ben], [hub, phone]);
    await until("Ben notices", async () => (await ben.ask<{ peers: number }>("status")).peers === 0);
    await web.venue.heal();
    await comes(before + 1_000_000);
    await talks();
  });

  it("after the hub was killed, and is there again", async () => {
    const before = (await file()).file.have;
    assert.ok(before < SIZE, "it was through before it could be broken off");
    const { daemon } = web.node("Hub");
    daemon.kill("SIGKILL");
    await daemon.ended;
    await web.hub("Hub");
    await comes(before + 1_000_000);
    await talks();
  });

  it("and after the daemon was killed, from where it was", async () => {
    const before = (await file()).file.have;
    assert.ok(before < SIZE, "it was through before it could be broken off");
    ben.daemon.kill("SIGKILL");
    await ben.daemon.ended;
    await ben.up();
    assert.ok((await file()).file.have >= before, "what had come is there");
    const { message } = await file();
    const path = join(folder, "annex from Ana.bin");
    const got = ben.start(["get", caucus, message, "-o", path, "--data", ben.folder]);
    await talks();
    const ended = await got.ended;
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(digest(await readFile(path)), digest(original));
  });

  it("comes the other way too, though no page can dial a daemon that is no hub", async () => {
    await writeFile(join(folder, "minutes.bin"), original.subarray(0, 1_000_000));
    await ben.ask("send", caucus, "--file", join(folder, "minutes.bin"));
    await ana.sees("minutes.bin");
    await ana.presses("Fetch");
    await ana.page
      .locator("li[data-message]")
      .filter({ hasText: "minutes.bin" })
      .getByRole("button", { name: "Save" })
      .waitFor();
    ana.browser.assertWell(/ERR_CONNECTION_REFUSED|WebSocket connection/u);
  });
});
