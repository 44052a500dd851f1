/** The app in a browser that keeps it: it opens while whoever served it is away, and changes when its person agrees. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readApp, type App } from "../../src/daemon/appFiles.ts";
import { whyNoChromium } from "../helpers/chromium.ts";
import { Delegate, LAPTOP } from "../helpers/delegate.ts";

const KEEPER = readFileSync(new URL("../../dist/web/keeper.js", import.meta.url), "utf8");

/** Serves the app as a hub does, from an origin that a browser trusts; `keeper` in place of what was built. */
const serve = async (app: App, port: number, keeper = KEEPER): Promise<Server> => {
  const server = createServer((request, response) => {
    const url = `http://127.0.0.1${request.url ?? "/"}`;
    const found = app.answer(new Request(url, { headers: { "accept-encoding": "identity" } }));
    const answer = async (): Promise<void> => {
      const body = request.url === "/keeper.js" ? keeper : new Uint8Array((await found?.arrayBuffer()) ?? []);
      const { "content-length": _, ...headers } = Object.fromEntries(found?.headers ?? []);
      response.writeHead(found?.status ?? 404, headers).end(body);
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

describe("web: an app that is kept", function () {
  this.timeout(90_000);
  let app: App;
  let server: Server;
  let port: number;
  let who: Delegate;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    const built = await readApp();
    assert.ok(built, "the app is not built");
    app = built;
    server = await serve(app, 0);
    ({ port } = server.address() as AddressInfo);
    who = await Delegate.sits(undefined, LAPTOP);
  });
  after(async () => {
    await who?.leaves();
    if (server) await stop(server);
  });

  /** Resolves once one version is in charge, and, where `other`, a newer one waits for consent. */
  const settles = async (other: "waits" | "none"): Promise<void> => {
    await who.page.waitForFunction(async (waits) => {
      const { active, waiting, installing } = await navigator.serviceWorker.ready;
      return active?.state === "activated" && !installing && (waiting?.state === "installed") === waits;
    }, other === "waits");
  };

  it("opens from the browser with its server stopped, under the same policy, and holds nothing but its own files", async () => {
    await who.opens(`http://127.0.0.1:${port}/`);
    await who.joins({ name: "Ana Kovač", country: "HR" });
    await who.page.getByRole("button", { name: "Quiet", exact: true }).waitFor();
    await settles("none");
    await stop(server);
    const answer = await who.page.goto(`http://127.0.0.1:${port}/`);
    assert.equal(answer?.fromServiceWorker(), true);
    assert.match(answer?.headers()["content-security-policy"] ?? "", /default-src 'none'/u);
    await who.page.getByRole("button", { name: "Quiet", exact: true }).waitFor();
    const kept = await who.page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.includes("/") && kept.length > 10);
    for (const path of kept) assert.match(path, /^\/$|^\/[\w-]+\.(js|css)$/u);
    const asked = await who.page.evaluate(() =>
      fetch("/").then(
        () => "answered",
        () => "nobody",
      ),
    );
    assert.equal(asked, "nobody", "whoever asks for a hub hears of none");
  });

  it("fetches a newer version beside it, and is that one once its person has agreed", async () => {
    const newer = KEEPER.replace(/version:"[0-9a-f]{16}"/u, 'version:"ffffffffffffffff"');
    assert.notEqual(newer, KEEPER);
    server = await serve(app, port, newer);
    await who.opens(`http://127.0.0.1:${port}/`);
    await who.page.getByText("A new version is here.").waitFor();
    await settles("waits");
    await who.page.reload();
    await who.page.getByText("A new version is here.").waitFor();
    // A reload is no consent.
    await settles("waits");
    await Promise.all([who.page.waitForEvent("load"), who.presses("Reload")]);
    await who.page.getByRole("button", { name: "Quiet", exact: true }).waitFor();
    await settles("none");
    assert.equal(await who.page.getByText("A new version is here.").count(), 0);
    const names = await who.page.evaluate(() => caches.keys());
    assert.ok(names.some((name) => name.endsWith("ffffffffffffffff")));
  });

  it("takes no file that is not the one of its version", async () => {
    await stop(server);
    const mixed = KEEPER.replace(/version:"[0-9a-f]{16}"/u, 'version:"eeeeeeeeeeeeeeee"').replace(
      /"\/":"[^"]{44}"/u,
      `"/":"${"A".repeat(43)}="`,
    );
    server = await serve(app, port, mixed);
    const refused = await who.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const found = new Promise<string>((done) => {
        registration.addEventListener("updatefound", () => {
          const { installing } = registration;
          installing?.addEventListener("statechange", () => done(installing.state));
        });
      });
      await registration.update();
      return found;
    });
    assert.equal(refused, "redundant");
  });

  it("asks nobody outside of the room, neither the page nor its keeper", () => {
    assert.deepEqual(who.browser.strayed, []);
  });
});
