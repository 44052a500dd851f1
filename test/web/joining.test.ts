/** The first screen, while who serves it is slow or away. Needs Chromium. */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { readApp, type App } from "../../src/daemon/appFiles.ts";
import { certificateOf } from "../../src/daemon/hub/certificate.ts";
import { openHubServer, type HubDescriptor } from "../../src/daemon/hub/hubServer.ts";
import { CERTIFICATE, KEY } from "../helpers/certificate.ts";
import { whyNoChromium } from "../helpers/chromium.ts";
import { Delegate, PHONE } from "../helpers/delegate.ts";

const FILE = `file://${fileURLToPath(new URL("../../dist/couloir.html", import.meta.url))}`;
const INVITE = "#couloir:AAAA";
/** As a browser inside another app calls itself. */
const INSIDE = "Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36";
const HUB: HubDescriptor = {
  name: "Anselm",
  venue: "couloir",
  buckets: 1,
  keyed: false,
  room: "",
  peerId: "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp",
  urls: ["http://192.168.1.7:8020"],
  addresses: [],
  words: "",
  secure: { urls: ["https://192.168.1.7:8443"], fingerprint: "" },
};

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
  const moved = ({ page }: Delegate): Promise<string[]> =>
    page.evaluate(() => {
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
    assert.deepEqual(await moved(who), []);
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
    assert.deepEqual(await moved(who), []);
  });

  it("stands as it will be behind a hub's own certificate and in a browser that forgets, of a venue without a name", async () => {
    const certificate = certificateOf(Buffer.from(CERTIFICATE), Buffer.from(KEY));
    const locked = await openHubServer(
      { app, sockets: { accept: () => undefined }, descriptor: () => HUB, certificate, own: true },
      [0],
    );
    const other = await Delegate.sits(undefined, {
      ...PHONE,
      flags: ["--ignore-certificate-errors", `--user-agent=${INSIDE}`],
    });
    try {
      const may = Promise.withResolvers<void>();
      await other.page.route("**/hub.json", async (route) => {
        await may.promise;
        await route.continue();
      });
      await other.opens(`https://127.0.0.1:${locked.port}/#move=AAAA`);
      for (const id of ["own-certificate", "forgetful", "restore-moved", "join-here"]) await other.finds(other.t(id));
      may.resolve();
      await other.finds(other.like("join-hub", "name", "host"));
      await other.finds(other.t("passphrase-add"));
      assert.deepEqual(await moved(other), []);
      assert.equal(await other.page.getByRole("heading", { name: "couloir", exact: true }).count(), 0);
    } finally {
      await other.leaves();
      await locked.close();
    }
  });
});
