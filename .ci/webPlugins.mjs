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

/** Modules that a page does without; besides them, RSA and ECDSA (see `refusing`). */
const LEFT_OUT = [
  // Every identity here is Ed25519; a peer with another key is refused, as it is where the curve is there.
  {
    module: /^@noble\/curves\/secp256k1\.js$/,
    contents: `const no = () => { throw new Error("this kind of key is not used here"); };
      export const secp256k1 = { Point: { fromBytes: no }, getPublicKey: no, sign: no, verify: no, utils: {} };`,
  },
  // See `withoutLogs`.
  {
    module: /^@libp2p\/logger$/,
    contents: `const logger = () => Object.assign(() => {}, { enabled: false, trace() {}, error() {}, newScope: logger });
      const defaultLogger = () => ({ forComponent: logger });
      const [peerLogger, prefixLogger] = [defaultLogger, defaultLogger];
      export { logger, defaultLogger, peerLogger, prefixLogger };`,
  },
  // Databases within a database, and batches that are written call by call: not used here.
  { module: /^\.\/lib\/abstract-sublevel$/, contents: "module.exports = () => ({});" },
  { module: /^\.\/(lib\/default|abstract)-chained-batch$/, contents: "module.exports = {};" },
  // The database has bytes as bytes, and does without this where it is false.
  { module: /^buffer\/?$/, contents: "module.exports = false;" },
];

/** Where a quoted string that begins here ends, or `undefined` for a template with code in it. */
function endOfString(text, from) {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (quote === "`" && text.startsWith("${", at)) return undefined;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

/** Where the arguments that begin here end, if a semicolon comes after them. */
function endOfCall(text, from) {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")" && --depth === 0) return text[at + 1] === ";" ? at + 2 : undefined;
    else if (/["'`]/.test(text[at])) {
      at = endOfString(text, at);
      if (at === undefined) return undefined;
    }
  }
  return undefined;
}

const LOG = /^[ \t]*(?:[\w$.#?]+\.)?log(?:\.\w+)?\(/gm;

/** The text without statements that only log: nobody reads a phone's log, and they are 3 % of what it loads. */
function withoutLogs(text) {
  let kept = "";
  let from = 0;
  for (const { 0: start, index } of text.matchAll(LOG)) {
    const end = endOfCall(text, index + start.length);
    if (end === undefined || index < from) continue;
    kept += `${text.slice(from, index)};`;
    from = end;
  }
  return kept + text.slice(from);
}

/** Every name that a module exports, as a function that throws. */
const refusing = (text) => {
  const declared = Array.from(text.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm), ([, name]) => name);
  const listed = Array.from(text.matchAll(/^export \{([^}]*)\}/gm), ([, names]) => names.split(","))
    .flat()
    .map((name) => name.trim().split(" as ").at(-1));
  const names = [...declared, ...listed].filter((name) => name !== "");
  const no = `const no = () => { throw new Error("this kind of key is not used here"); };`;
  return [no, ...names.map((name) => `export const ${name} = no;`)].join("\n");
};

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
    build.onLoad(
      { filter: /[\\/]@libp2p[\\/]crypto[\\/].*[\\/](rsa|ecdsa)[\\/](utils|der|index\.browser)\.js$/ },
      (args) => ({
        contents: refusing(readFileSync(args.path, "utf8")),
        loader: "js",
      }),
    );
    build.onLoad({ filter: /[\\/]node_modules[\\/](@libp2p|libp2p)[\\/].*\.js$/ }, (args) => ({
      contents: withoutLogs(readFileSync(args.path, "utf8")),
      loader: "js",
    }));
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
 * X-Wing is a file of its own, with its own copies of what it needs: shared, they would leave the parts that are loaded
 * first, or be loaded with them. `keep` gets its name and its contents.
 */
export const xWingApart = (bundle, keep) => ({
  name: "x-wing-apart",
  setup: (build) => {
    build.onResolve({ filter: /[\\/]xWing\.ts$/ }, async ({ kind }) => {
      if (kind !== "dynamic-import") return undefined;
      const text = await bundle();
      const name = `${nameOf("xwing", text)}.js`;
      keep(name, text);
      return { path: `./${name}`, external: true };
    });
  },
});

const nameOf = (what, text) => `${what}-${createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase()}`;

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
      const name = `${nameOf("worker", whole)}.js`;
      keep?.(name, whole);
      const text = keep === undefined ? whole : `importScripts(location.origin+"/${name}")`;
      return { contents: `export const source = ${JSON.stringify(text)};`, loader: "js" };
    });
  },
});
