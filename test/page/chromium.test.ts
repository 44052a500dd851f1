/** The peer in a real Chromium, without screens: a secure origin, a plain http one, and a file. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import type { CaucusView, LinkView } from "../../src/types.ts";
import type { Backend, ConnectionView, Opening } from "../../web/peer/backend.ts";
import { smokeScript, startHub, WITHOUT_WORKERS, type HubFixture } from "./hubFixture.ts";
import type { breakWorkers as breaks, verifiedHere as counts, verifies as waits } from "./smokePage.ts";

const EXECUTABLE = "/usr/bin/chromium";
/** Plain http from it is no secure context. */
const INSECURE = "couloir.test";

declare const verifiedHere: typeof counts;
declare const verifies: typeof waits;
declare const breakWorkers: typeof breaks;
declare const openBackend: () => Promise<Opening>;
declare let backend: Backend;
declare let opening: Opening;

(existsSync(EXECUTABLE) ? describe : describe.skip)("the peer in Chromium", () => {
  let browser: Browser;
  let script: string;
  let hub: HubFixture;
  let context: BrowserContext;
  let folder: string;
  let file: string;

  before(async () => {
    browser = await chromium.launch({
      executablePath: EXECUTABLE,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        `--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`,
      ],
    });
    script = await smokeScript();
    folder = await mkdtemp(join(tmpdir(), "couloir-file-"));
    file = join(folder, "page.html");
    await writeFile(
      file,
      `<!doctype html><script type="module">${script.replaceAll("</script", "<\\/script")}</script>`,
    );
  });
  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    hub = await startHub(script);
    context = await browser.newContext();
  });
  afterEach(async () => {
    await context.close();
    await hub.close();
  });

  const tab = async (url: string): Promise<Page> => {
    const page = await context.newPage();
    page.on("pageerror", (error) => assert.fail(error));
    await page.goto(url);
    await page.waitForFunction(() => "openBackend" in globalThis);
    await page.evaluate(async () => {
      opening = await openBackend();
      if (opening.state === "ready") backend = opening.backend;
    });
    return page;
  };
  const state = (page: Page) => page.evaluate(() => ({ state: opening.state, origin: opening.origin }));
  const begin = (page: Page, name: string, how: { passphrase?: string; hubs?: string[] } = {}): Promise<void> =>
    page.evaluate(
      async ([given, more]) => {
        if (opening.state !== "new") throw new Error(opening.state);
        backend = await opening.begin({ profile: { name: given, flag: "HR", delegation: "" }, ...more });
      },
      [name, how] as const,
    );
  const linked = (page: Page): Promise<unknown> =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const look = ({ peers }: { peers: number }): void => {
            if (peers > 0) resolve();
          };
          backend.onConnection(look);
          void backend.connection().then(look);
        }),
    );
  const follows = async (page: Page, code: string): Promise<string> =>
    (await page.evaluate((given) => backend.api.join(given, 30_000), code)).caucus;
  const say = (page: Page, caucus: string, text: string) =>
    page.evaluate(([to, words]) => backend.api.send(to as never, words), [caucus, text] as const);
  const texts = (page: Page, caucus: string): Promise<string[]> =>
    page.evaluate(async (from) => {
      const out: string[] = [];
      for await (const { kind, text } of backend.api.history(from as never)) if (kind === "text") out.push(text);
      return out;
    }, caucus);
  const hears = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const off = hub.messenger.on("message", (view) => {
        if (view.text !== text) return;
        off();
        resolve();
      });
    });
  const pageHears = (page: Page, text: string): Promise<void> =>
    page.evaluate(
      (wanted) =>
        new Promise<void>((resolve) => {
          backend.api.on("message", (view) => {
            if (view.text === wanted) resolve();
          });
        }),
      text,
    );

  const talks = async (page: Page): Promise<string> => {
    const caucus = await hub.messenger.createCaucus("Finance");
    const { code } = await hub.messenger.invite(caucus);
    assert.equal(await follows(page, code), caucus);
    const heard = hears("from the page");
    await say(page, caucus, "from the page");
    await heard;
    const answer = pageHears(page, "from the hub");
    await hub.messenger.send(caucus, "from the hub");
    await answer;
    assert.deepEqual(await texts(page, caucus), ["from the page", "from the hub"]);
    return caucus;
  };

  it("talks with a daemon on a secure origin, in two tabs, of which one leads", async () => {
    const page = await tab(`http://127.0.0.1:${hub.port}/#couloir:abc`);
    const { state: before, origin } = await state(page);
    assert.equal(before, "new");
    assert.deepEqual(
      [origin.kind, origin.guest, origin.invite, origin.hub?.room],
      ["hub", false, "couloir:abc", "Salle Verte"],
    );
    assert.equal(await page.evaluate(() => location.hash), "");
    await begin(page, "Ana");
    await linked(page);
    const caucus = await talks(page);

    const second = await tab(page.url());
    assert.equal((await state(second)).state, "ready");
    assert.equal(await second.evaluate(() => backend.kind), "tab");
    const heard = hears("from the second tab");
    await say(second, caucus, "from the second tab");
    await heard;
    await page.close();
    const alone = hears("from the tab that is left");
    await say(second, caucus, "from the tab that is left");
    await alone;
    assert.equal(await second.evaluate(() => backend.kind), "page");
  });

  it("talks with a daemon as a guest where a browser withholds its cryptography, and catches up after a reload", async () => {
    const page = await tab(`http://${INSECURE}:${hub.port}/`);
    assert.deepEqual(await page.evaluate(() => [isSecureContext, typeof crypto.subtle, typeof navigator.locks]), [
      false,
      "undefined",
      "undefined",
    ]);
    assert.equal((await state(page)).origin.guest, true);
    await begin(page, "Guest");
    await linked(page);
    const caucus = await talks(page);
    assert.equal(hub.messenger.people().find(({ name }) => name === "Guest")?.guest, true);

    await page.goto("about:blank");
    await hub.messenger.send(caucus as never, "while nobody looked");
    // A quarter of an hour later, to the page.
    await context.addInitScript(() => {
      const { now } = Date;
      Date.now = () => now() + 14.5 * 60_000;
    });
    const again = await tab(`http://${INSECURE}:${hub.port}/`);
    assert.equal((await state(again)).state, "ready");
    const away = again.evaluate(
      () =>
        new Promise((resolve) => {
          const look = (view: ConnectionView): void => {
            if (view.away !== undefined) resolve(view.away);
          };
          backend.onConnection(look);
          void backend.connection().then(look);
        }),
    );
    await again.evaluate(
      (from) =>
        new Promise<void>((resolve) => {
          const look = async (): Promise<void> => {
            for await (const { text } of backend.api.history(from as never))
              if (text === "while nobody looked") resolve();
          };
          backend.api.on("message", () => void look());
          void look();
        }),
      caucus,
    );

    assert.deepEqual(await away, { minutes: 14, messages: 1 });
    await again.evaluate(() => backend.seenAway());

    // The hub goes and comes back; nobody has to do anything.
    await hub.restart();
    await linked(again);
    const heard = hears("after the restart");
    await say(again, caucus, "after the restart");
    await heard;
  });

  /** The hub says so many things while the page has no link; until it has them all. */
  const catchesUp = async (page: Page, caucus: string, said: readonly string[]): Promise<void> => {
    await hub.restart();
    for (const text of said) await hub.messenger.send(caucus as never, text);
    await page.evaluate(
      async ([from, all]) => {
        const missing = new Set(all);
        await new Promise<void>((resolve) => {
          const look = async (): Promise<void> => {
            for await (const { text } of backend.api.history(from as never)) missing.delete(text ?? "");
            if (missing.size === 0) resolve();
          };
          backend.api.on("message", () => void look());
          void look();
        });
      },
      [caucus, said] as const,
    );
  };
  const words = (what: string): readonly string[] => Array.from({ length: 40 }, (_, i) => `${what} ${i}`);

  it("verifies nothing on its own thread where a worker does, and everything there when that has failed", async () => {
    const page = await tab(`http://${INSECURE}:${hub.port}/`);
    await begin(page, "Guest");
    await linked(page);
    const caucus = await talks(page);
    await page.evaluate(() => verifies("elsewhere"));
    const before = await page.evaluate(() => verifiedHere());
    await catchesUp(page, caucus, words("with a worker"));
    assert.equal(await page.evaluate(() => verifiedHere()), before);

    await page.evaluate(() => breakWorkers());
    await page.evaluate(() => verifies("here"));
    await catchesUp(page, caucus, words("without one"));
    assert.ok((await page.evaluate(() => verifiedHere())) > before + 40);
  });

  it("talks with a daemon where a policy forbids it to make workers", async () => {
    const page = await tab(`http://${INSECURE}:${hub.port}${WITHOUT_WORKERS}`);
    await begin(page, "Guest");
    await linked(page);
    await talks(page);
    await page.evaluate(() => verifies("here"));
    assert.ok((await page.evaluate(() => verifiedHere())) > 0);
  });

  it("becomes a device of a daemon's person, and is that person from then on", async () => {
    const { messenger } = hub;
    const caucus = await messenger.createCaucus("Finance");
    const page = await tab(`http://127.0.0.1:${hub.port}/`);
    await begin(page, "");
    await linked(page);
    const { link, code } = await page.evaluate(() => backend.api.offerLink("Chromium"));
    const reaches = (wanted: LinkView["state"]): Promise<LinkView> =>
      new Promise((resolve) => {
        const off = messenger.on("link", (view) => {
          if (view.state !== wanted) return;
          off();
          resolve(view);
        });
      });
    const pageReaches = (wanted: LinkView["state"]): Promise<LinkView> =>
      page.evaluate(
        (state) =>
          new Promise<LinkView>((resolve) => {
            const look = (view?: LinkView): void => {
              if (view?.state === state) resolve(view);
            };
            backend.api.on("link", look);
            void backend.api.links().then(([view]) => look(view));
          }),
        wanted,
      );
    const compared = reaches("compare");
    await messenger.readLink(String(code));
    const [old, fresh] = await Promise.all([compared, pageReaches("compare")]);
    assert.deepEqual(
      [old.signs, old.name, old.guest, fresh.name, fresh.person],
      [fresh.signs, "Chromium", false, "Hub", messenger.person],
    );
    const over = reaches("linked");
    await page.evaluate((id) => backend.api.confirmLink(id), link);
    await messenger.confirmLink(link);
    await Promise.all([over, pageReaches("linked")]);
    await page.close();
    const again = await tab(`http://127.0.0.1:${hub.port}/`);
    assert.equal((await state(again)).state, "ready");
    assert.equal(await again.evaluate(() => backend.api.person), messenger.person);
    await again.evaluate(
      (wanted) =>
        new Promise<void>((resolve) => {
          const look = (views: readonly CaucusView[]): void => {
            if (views.some((view) => view.caucus === wanted && view.state === "joined")) resolve();
          };
          backend.api.on("caucus", (view) => look([view]));
          void backend.api.caucuses().then(look);
        }),
      caucus,
    );
    const heard = hears("from my other device");
    await say(again, caucus, "from my other device");
    await heard;
  });

  it("opens from a file with a passphrase only, keeps no plain word there, moves to a hub's page, and is wiped", async () => {
    const page = await tab(`file://${file}`);
    assert.deepEqual(await page.evaluate(() => [opening.origin.kind, opening.origin.passphrase, isSecureContext]), [
      "file",
      "required",
      true,
    ]);
    await assert.rejects(begin(page, "Léa"), /a passphrase is needed here/);
    await begin(page, "Léa", { passphrase: "quatre mots sans lien" });
    assert.equal(await page.evaluate(async () => (await backend.connection()).trouble), "no-hub");
    await assert.rejects(
      page.evaluate(() => backend.addHub("127.0.0.1:9")),
      /nothing answers there/,
    );
    // Its venue has another name than the one that the page is in as long as it knows none.
    const { room } = (await page.evaluate((url) => backend.addHub(url), `127.0.0.1:${hub.port}`))!;
    assert.equal(room, "Salle Verte");
    await linked(page);
    const caucus = await talks(page);
    const link = await page.evaluate(() => backend.moveLink("from my old phone"));
    assert.ok(link.length < 500, `${link.length} characters`);
    const person = await page.evaluate(() => backend.api.person);

    const again = await tab(`file://${file}`);
    assert.equal((await state(again)).state, "locked");
    const unlock = (passphrase: string) =>
      again.evaluate(async (given) => {
        if (opening.state !== "locked") throw new Error(opening.state);
        backend = await opening.unlock(given);
      }, passphrase);
    await assert.rejects(unlock("wrong"), /wrong passphrase/);
    await unlock("quatre mots sans lien");
    assert.deepEqual(await texts(again, caucus), ["from the page", "from the hub"]);

    const moved = await tab(`http://127.0.0.1:${hub.port}/${link.slice(link.indexOf("#"))}`);
    const arrived = await moved.evaluate(async () => {
      if (opening.state !== "new") throw new Error(opening.state);
      backend = await opening.restore(opening.origin.move ?? "", "from my old phone", false);
      return [backend.api.person, (await backend.api.profile()).name];
    });
    assert.deepEqual(arrived, [person, "Léa"]);

    await again.evaluate(() => backend.wipe());
    const fresh = await tab(`file://${file}`);
    assert.equal((await state(fresh)).state, "new");
  });
});
