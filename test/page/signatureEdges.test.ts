/** One verdict on signatures in Node, in a page on a secure origin, and in a page on a plain one. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { webcrypto } from "node:crypto";
import { build } from "esbuild";
import { Chromium, whyNoChromium } from "../helpers/chromium.ts";
import { wycheproof } from "../protocol/wycheproof.ts";
import { type Asked, crafted, type Verdicts, verdictsOf } from "./edgesPage.ts";

/** Plain http from it is no secure context. */
const INSECURE = "couloir.test";

(whyNoChromium() === undefined ? describe : describe.skip)("attack 21: signature edge cases in Chromium", () => {
  let browser: Chromium;
  let server: Server;
  before(async () => {
    const bundled = async (path: string): Promise<string> => {
      const { outputFiles } = await build({
        entryPoints: [new URL(path, import.meta.url).pathname],
        ...({ bundle: true, write: false, platform: "browser", target: "es2024", format: "iife" } as const),
      });
      return outputFiles[0]!.text;
    };
    const [script, verifier] = [await bundled("edgesPage.ts"), await bundled("../../web/peer/verifier.ts")];
    const page = `<!doctype html><meta charset="utf-8"><script>${script.replaceAll("</script", "<\\/script")}</script>`;
    server = createServer(({ url }, response) =>
      url === "/verifier.js"
        ? response.setHeader("Content-Type", "text/javascript").end(verifier)
        : response.setHeader("Content-Type", "text/html").end(page),
    );
    await once(server.listen(0, "127.0.0.1"), "listening");
    browser = await Chromium.open({ flags: [`--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`] });
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  const ask = async (host: string, asked: readonly Asked[]): Promise<Verdicts> => {
    const page = await browser.context.newPage();
    await page.goto(`http://${host}:${(server.address() as AddressInfo).port}/`);
    const verdicts = await page.evaluate((all) => verdictsOf(all), asked);
    await page.close();
    return verdicts;
  };

  it("is the same in Node, by WebCrypto, by a worker, and where a page has neither, crafted points and Wycheproof alike", async () => {
    const all = [
      ...crafted(),
      ...wycheproof("ed25519").map(
        ([, result, key = "", text = "", signature = ""]) => [key, text, signature, result === "valid"] as const,
      ),
    ];
    const asked = all.map(([key, text, signature]): Asked => [key, text, signature]);
    const good = all.map(([, , , one]) => one);
    const [here, secure, plain] = [await verdictsOf(asked), await ask("localhost", asked), await ask(INSECURE, asked)];
    assert.ok(webcrypto.subtle && here.native && secure.native, "these hosts have an Ed25519 of their own");
    assert.equal(plain.native, undefined, "this one withholds it");
    assert.ok(plain.worker && secure.worker, "pages can make a worker");
    for (const [where, { pure, native = pure, worker = pure }] of Object.entries({ here, secure, plain }))
      for (const [i, expected] of good.entries()) {
        assert.equal(pure[i], expected, `${where}, JavaScript: ${asked[i]?.join(" ")}`);
        assert.equal(native[i], expected, `${where}, by itself: ${asked[i]?.join(" ")}`);
        assert.equal(worker[i], expected, `${where}, by a worker: ${asked[i]?.join(" ")}`);
      }
    // Without the checks on bytes the browser takes points of small order, and others than canonical ones.
    assert.notDeepEqual(secure.bare, good);
  });
});
