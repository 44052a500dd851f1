// How the build of the app makes a worker, and what it loads later.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

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

/** A worker that is a file of its own. Trusted Types hold for it as they do for the page (web/peer/scriptUrl.ts). */
const importOf = (path) =>
  `const own=location.origin+${JSON.stringify(path)},types=globalThis.trustedTypes;` +
  `importScripts(types?types.createPolicy("couloir",{createScriptURL:()=>own}).createScriptURL(own):own)`;

/**
 * `couloir:worker` and `couloir:verifier` give a worker as text, of which a page makes a blob: that also works from `file:`. In the one-file
 * page this is all of it. On a hub it is a line that loads it; `keep` gets its name and its contents.
 */
export const workerAsText = (bundle, keep) => ({
  name: "worker-as-text",
  setup: (build) => {
    build.onResolve({ filter: /^couloir:(worker|verifier)$/ }, ({ path }) => ({
      path: path.slice("couloir:".length),
      namespace: "couloir",
    }));
    build.onLoad({ filter: /.*/, namespace: "couloir" }, async ({ path }) => {
      const whole = await bundle(path);
      const name = `${nameOf(path, whole)}.js`;
      keep?.(name, whole);
      const text = keep === undefined ? whole : importOf(`/${name}`);
      return { contents: `export const source = ${JSON.stringify(text)};`, loader: "js" };
    });
  },
});

/** In the one-file page long texts are zipped, as a hub zips them on their way: most are in languages that nobody reads there. */
export const zippedText = {
  name: "zipped-text",
  setup: (build) => {
    build.onLoad({ filter: /\.txt$/ }, ({ path, with: { zipped } }) => {
      if (zipped) return { contents: gzipSync(readFileSync(path), { level: 9 }), loader: "binary" };
      return {
        contents: `import bytes from ${JSON.stringify(path)} with { zipped: "yes" };
          const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
          export default await new Response(text).text();`,
        loader: "js",
      };
    });
  },
};
