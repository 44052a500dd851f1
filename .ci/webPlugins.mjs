// What the build of the app changes in packages, and how it makes a worker. Each change fails loudly when a new version
// of its package no longer has what it changes.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Edits of single modules: the path's end, what to find in it, what to put there. */
const EDITS = [
  // Two libraries would ask servers on the internet where they are told nothing. Couloir tells them; here their lists are
  // emptied besides, so that no mistake brings them back.
  ["@libp2p/webrtc/dist/src/constants.js", /'stuns?:[^']*',?/g, ""],
  ["@multiformats/dns/dist/src/resolvers/default.browser.js", /dnsJsonOverHttps\('[^']*'\),?/g, ""],
  // Statistics for a server that nobody has: the function is never called, and a tenth of the router.
  ["@libp2p/gossipsub/dist/src/metrics.js", /export function getMetrics[^]*$/, "export const getMetrics = () => null;"],
];

/** Modules that a page does without. */
const LEFT_OUT = [
  // Every identity here is Ed25519; a peer with another key is refused, as it is where the curve is there.
  {
    module: /^@noble\/curves\/secp256k1\.js$/,
    contents: `const no = () => { throw new Error("this kind of key is not used here"); };
      export const secp256k1 = { Point: { fromBytes: no }, getPublicKey: no, sign: no, verify: no, utils: {} };`,
  },
  // The database has bytes as bytes, and does without this where it is false.
  { module: /^buffer\/?$/, contents: "module.exports = false;" },
];

const lastPart = (path) => new RegExp(`${path.replaceAll(".", "\\.").replaceAll("/", "[\\\\/]")}$`);

/** For every build of the app. */
export const leaner = {
  name: "leaner",
  setup: (build) => {
    for (const [path, find, put] of EDITS)
      build.onLoad({ filter: lastPart(path) }, (args) => {
        const text = readFileSync(args.path, "utf8");
        if (text.search(find) < 0) throw new Error(`${path} is not what it was: see .ci/webPlugins.mjs`);
        return { contents: text.replace(find, put), loader: "js" };
      });
    for (const { module, contents } of LEFT_OUT) {
      const namespace = `left-out ${module}`;
      build.onResolve({ filter: module }, ({ path }) => ({ path, namespace }));
      build.onLoad({ filter: /.*/, namespace }, () => ({ contents, loader: "js" }));
    }
  },
};

/** Argon2 is loaded at its first use: who has set no passphrase never needs it. */
export const argonLater = {
  name: "argon-later",
  setup: (build) => {
    build.onResolve({ filter: /^hash-wasm$/ }, ({ pluginData }) =>
      pluginData === "itself" ? undefined : { path: "hash-wasm", namespace: "later" },
    );
    build.onResolve({ filter: /^couloir:argon$/ }, () => ({ path: "argon", namespace: "itself" }));
    const resolveDir = import.meta.dirname;
    build.onLoad({ filter: /.*/, namespace: "later" }, () => ({
      contents: `export const argon2id = async (options) => (await import("couloir:argon")).argon2id(options);`,
      resolveDir,
    }));
    // By name, so that its many other functions stay out.
    build.onLoad({ filter: /.*/, namespace: "itself" }, () => ({
      contents: `export { argon2id } from "hash-wasm";`,
      resolveDir,
      pluginData: "itself",
    }));
  },
};

/**
 * `couloir:worker` gives the worker as text, of which a page makes a blob: that also works from `file:`. In the one-file
 * page this is all of it. On a hub it is a line that loads it; `keep` gets its name and its contents.
 */
export const workerAsText = (bundle, keep) => ({
  name: "worker-as-text",
  setup: (build) => {
    build.onResolve({ filter: /^couloir:worker$/ }, () => ({ path: "worker", namespace: "couloir" }));
    build.onLoad({ filter: /.*/, namespace: "couloir" }, async () => {
      const whole = await bundle();
      const name = `worker-${createHash("sha256").update(whole).digest("hex").slice(0, 8).toUpperCase()}.js`;
      keep?.(name, whole);
      const text = keep === undefined ? whole : `importScripts(location.origin+"/${name}")`;
      return { contents: `export const source = ${JSON.stringify(text)};`, loader: "js" };
    });
  },
});
