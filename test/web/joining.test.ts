/** The first screen, while who serves it is slow or away. Needs Chromium. */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { readApp, type App } from "../../src/daemon/appFiles.ts";
import { whyNoChromium } from "../helpers/chromium.ts";
import { Delegate } from "../helpers/delegate.ts";

const FILE = `file://${fileURLToPath(new URL("../../dist/couloir.html", import.meta.url))}`;
const INVITE = "#couloir:AAAA";

/** Serves the app, and says nothing of a hub before it `may`. */
const serve = async (app: App, port: number, may: Promise<void>): Promise<Server> => {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (request.url === "/hub.json") await may;
      const found = app.answer(new Request(`http://127.0.0.1${request.url ?? "/"}`));
      const body = new Uint8Array((await found?.arrayBuffer()) ?? []);
      response.writeHead(found?.status ?? 404, Object.fromEntries(found?.headers ?? [])).end(body);
    };
    void answer();
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return server;
};
const stop = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
};

describe("web: the first screen", function () {
  this.timeout(90_000);
  let app: App;
  let server: Server;
  let port: number;
  let who: Delegate;
  const hub = Promise.withResolvers<void>();
  /** What moved by itself, as the browser has seen it. */
  const moved = (): Promise<string[]> =>
    who.page.evaluate(() => {
      const observer = new PerformanceObserver(() => undefined);
      observer.observe({ type: "layout-shift", buffered: true });
      const entries = observer.takeRecords() as (PerformanceEntry & { sources: { node: Node | null }[] })[];
      return entries.flatMap(({ sources }) =>
        sources.map(({ node }) => (node instanceof Element ? `${node.tagName}.${node.className}` : "?")),
      );
    });

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    const built = await readApp();
    assert.ok(built, "the app is not built");
    app = built;
    server = await serve(app, 0, hub.promise);
    ({ port } = server.address() as AddressInfo);
    who = await Delegate.sits(undefined);
  });
  after(async () => {
    await who?.leaves();
    if (server) await stop(server);
  });

  it("stands as it will be before its hub has answered", async () => {
    await who.opens(`http://127.0.0.1:${port}/${INVITE}`);
    await who.finds(who.t("join-invited"));
    hub.resolve();
    await who.finds(who.t("check-no-hub"));
    assert.deepEqual(await moved(), []);
  });

  it("says that a language cannot be had while its hub is away, and takes it when it is there again", async () => {
    await stop(server);
    await who.page.getByText("中文", { exact: true }).click();
    await who.page.getByRole("alert").getByText(who.t("error-hub-away")).waitFor();
    assert.equal(await who.page.getByRole("radio", { name: "English" }).isChecked(), true);
    server = await serve(app, port, hub.promise);
    await who.speaks("zh");
    await who.finds(who.t("join-invited"));
    assert.equal(await who.page.getByRole("alert").count(), 0);
  });

  it("stands as it will be in a file, too", async () => {
    await who.opens(`${FILE}${INVITE}`);
    await who.speaks("en");
    await who.finds(who.t("check-no-hub"));
    await who.finds(who.t("passphrase"));
    assert.deepEqual(await moved(), []);
  });
});
