import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import type { Browser, Page } from "playwright-core";
import { MAX_ASK_MESSAGE } from "../../src/net/link.ts";
import { INSECURE_HOST, openPage, pageFiles, startBrowser } from "./browser.ts";
import type { Seen, Wanted } from "./page.ts";

/** A hub as `hubProcess.ts` prints it. */
interface Hub {
  readonly address: string;
  /** Where it takes WebRTC. */
  readonly direct: string;
  readonly port: number;
  readonly peer: string;
}

describe("pages", function () {
  this.timeout(120_000);
  const seed = randomBytes(32).toString("hex");
  const opened: Page[] = [];
  const errors: Error[] = [];
  let origin: number;
  let browsers: readonly Browser[];
  let hub: ChildProcess | undefined;
  const ends: (() => unknown)[] = [];

  const startHub = async (port = 0): Promise<Hub> => {
    const child = spawn(process.execPath, [new URL("hubProcess.ts", import.meta.url).pathname, String(port), seed], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    hub = child;
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return JSON.parse(line) as Hub;
  };
  const killHub = async (): Promise<void> => {
    const child = hub;
    hub = undefined;
    if (child === undefined) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  const open = async (browser: Browser | undefined, host: string): Promise<Page> => {
    const page = await openPage(browser as Browser, `http://${host}:${origin}/`, (error) => errors.push(error));
    opened.push(page);
    return page;
  };
  const start = (page: Page, { address }: Pick<Hub, "address">): Promise<string> =>
    page.evaluate((at) => window.peer.start(at), address);
  const until = (page: Page, wanted: Wanted): Promise<readonly Seen[]> =>
    page.evaluate((what) => window.peer.until(what), wanted);
  const tells = async (from: Page, to: readonly Page[], text: string): Promise<void> => {
    await from.evaluate((said) => window.peer.publish(said), text);
    await Promise.all(to.map((page) => page.evaluate((said) => window.peer.heard(said), text)));
  };
  /** Two pages in two browsers, of these hosts, directly connected. */
  const pair = async (
    at: Hub,
    ...hosts: readonly [string, string]
  ): Promise<readonly { readonly page: Page; readonly id: string }[]> => {
    const pages = await Promise.all(hosts.map((host, i) => open(browsers[i], host)));
    const ids = await Promise.all(pages.map((page) => start(page, at)));
    const both = pages.map((page, i) => ({ page, id: ids[i] as string, other: ids[1 - i] as string }));
    for (const { page, other } of both) {
      const connections = await until(page, { direct: other, link: other });
      const link = connections.find(({ peer, limited }) => peer === other && !limited);
      assert.match(link?.address ?? "", /\/webrtc/);
    }
    return both;
  };

  before(async () => {
    const files = await pageFiles();
    const server = createServer((request, response) => {
      const file = files.get(request.url ?? "");
      response.writeHead(file === undefined ? 404 : 200, { "content-type": file?.type ?? "text/plain" });
      response.end(file?.body);
    });
    ends.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    origin = (server.address() as AddressInfo).port;
    browsers = await Promise.all([startBrowser(), startBrowser()]);
  });
  after(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    for (const end of ends) end();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((page) => page.close()));
    await killHub();
    assert.deepEqual(errors.splice(0), []);
  });

  it("find each other through a hub, talk directly, and outlive it, on plain HTTP as well", async () => {
    const first = await startHub();
    const [ana, ben] = (await pair(first, "127.0.0.1", INSECURE_HOST)) as [
      { page: Page; id: string },
      { page: Page; id: string },
    ];
    for (const [{ page }, secure] of [
      [ana, true],
      [ben, false],
    ] as const)
      assert.deepEqual(await page.evaluate(() => window.peer.secure()), { secure, subtle: secure });
    await killHub();
    await Promise.all([ana, ben].map(({ page }) => until(page, { without: first.peer, reachable: false })));
    await tells(ana.page, [ben.page], "the hub is gone");
    await tells(ben.page, [ana.page], "so it is");
    const bytes = await ana.page.evaluate((whom) => window.peer.ask({ neighbour: whom }, 300), ben.id);
    assert.equal(bytes, 300 * MAX_ASK_MESSAGE);
    // Back at its port, with its name: everybody finds it, and a newcomer finds everybody.
    const again = await startHub(first.port);
    assert.deepEqual([again.address, again.peer], [first.address, first.peer]);
    await Promise.all([ana, ben].map(({ page }) => until(page, { link: again.peer, reachable: true })));
    const eve = await open(browsers[0], INSECURE_HOST);
    await start(eve, again);
    await Promise.all([ana, ben].map(({ id }) => until(eve, { direct: id, link: id })));
    await tells(eve, [ana.page, ben.page], "who is here?");
  });

  it("reach a hub without a WebSocket", async () => {
    const { direct, peer } = await startHub();
    const page = await open(browsers[0], INSECURE_HOST);
    await start(page, { address: direct });
    const connections = await until(page, { link: peer });
    assert.ok(connections.every(({ address }) => address.includes("/webrtc-direct/")));
  });
});
