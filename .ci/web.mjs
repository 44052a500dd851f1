// Builds the app for browsers with esbuild: dist/web, which a hub serves, and dist/couloir.html, the same in one file
// that a stick can carry. `--if-changed` builds only when the sources are not those of the last build. Talks on stderr.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const app = join(root, "web", "app");
const dist = join(root, "dist");
const place = join(dist, "web");
const single = join(dist, "couloir.html");

const say = (text) => process.stderr.write(`couloir: ${text}\n`);
const digest = (encoding, ...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest(encoding);

/** A hash of all that the build reads. Packages count by the lock file. */
function sourcesNow() {
  const files = ["src", "web"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .filter((path) => !relative(root, path).startsWith(join("src", "daemon")))
    .concat(join(root, "package-lock.json"), fileURLToPath(import.meta.url))
    .sort((a, b) => (a < b ? -1 : 1));
  return digest("hex", ...files.flatMap((path) => [relative(root, path), "\0", readFileSync(path), "\0"]));
}

/** `couloir:worker` is the source of the worker as text: a page makes a blob of it, which also works from `file:`. */
const workerAsText = (esbuild, options) => ({
  name: "worker-as-text",
  setup: (build) => {
    build.onResolve({ filter: /^couloir:worker$/ }, () => ({ path: "worker", namespace: "couloir" }));
    build.onLoad({ filter: /.*/, namespace: "couloir" }, async () => {
      const { outputFiles, metafile } = await esbuild.build({
        ...options,
        entryPoints: [join(root, "web", "peer", "worker.ts")],
        outdir: place,
        format: "iife",
      });
      const watchFiles = Object.keys(metafile.inputs);
      return { contents: `export const source = ${JSON.stringify(outputFiles[0].text)};`, loader: "js", watchFiles };
    });
  },
});

/**
 * Two libraries would ask servers on the internet where they are told nothing. Couloir tells them; here their lists are
 * emptied besides, so that no mistake brings them back.
 */
const FOREIGN = [
  { filter: /@libp2p[\\/]webrtc[\\/]dist[\\/]src[\\/]constants\.js$/, find: /'stun:[^']*',?/g },
  {
    filter: /@multiformats[\\/]dns[\\/]dist[\\/]src[\\/]resolvers[\\/]default\.browser\.js$/,
    find: /dnsJsonOverHttps\('[^']*'\),?/g,
  },
];
const nothingForeign = {
  name: "nothing-foreign",
  setup: (build) => {
    for (const { filter, find } of FOREIGN)
      build.onLoad({ filter }, ({ path }) => ({
        contents: readFileSync(path, "utf8").replaceAll(find, ""),
        loader: "js",
      }));
  },
};

function optionsFor(esbuild, isSingle) {
  const shared = {
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    platform: "browser",
    target: ["chrome119", "firefox121", "safari17.4"],
    conditions: ["browser"],
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".ftl": "text", ".svg": "text" },
    define: {
      "globalThis.COULOIR_SINGLE": String(isSingle),
      "process.env.NODE_ENV": '"production"',
    },
    plugins: [nothingForeign],
  };
  return {
    ...shared,
    entryPoints: [join(app, "main.tsx"), join(app, "app.css")],
    outdir: place,
    format: "esm",
    splitting: !isSingle,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    plugins: [nothingForeign, workerAsText(esbuild, shared)],
  };
}

const ending = (path, suffix) => path.endsWith(suffix);
const outputOf = ({ outputFiles, metafile }, entry) => {
  const [path] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry) ?? [];
  if (path === undefined) throw new Error(`nothing was built from ${entry}`);
  return outputFiles.find((file) => file.path === join(root, path));
};

/** The page's skeleton names its sources; here they become what was built of them. */
function filled(skeleton, parts) {
  return Object.entries(parts).reduce((page, [from, to]) => {
    if (page.split(from).length !== 2) throw new Error(`web/app/index.html must have ${from} once`);
    return page.replace(from, () => to);
  }, skeleton);
}

const STYLE = '<link rel="stylesheet" href="app.css" />';
const SCRIPT = '<script type="module" src="main.tsx"></script>';

/** The hub's page offers `couloir.html`, and says by which words one knows it. */
function pageOfHub(skeleton, built, words) {
  const name = (entry) => relative(place, outputOf(built, entry).path);
  return filled(skeleton, {
    "<head>": `<head>\n    <meta name="couloir-words" content="${words}" />`,
    [STYLE]: `<link rel="stylesheet" href="${name("web/app/app.css")}" />`,
    [SCRIPT]: `<script type="module" src="${name("web/app/main.tsx")}"></script>`,
  });
}

/** A page that is a file has no server to send its policy, and every script and style in it is allowed by its hash. */
function pageInOneFile(skeleton, built) {
  // Where these strings end an element, HTML does not ask whether they lie in a string of the script.
  const script = outputOf(built, "web/app/main.tsx")
    .text.replaceAll(/<(?=\/script|!--)/gi, "\\x3c")
    .trim();
  const style = outputOf(built, "web/app/app.css")
    .text.replaceAll(/<(?=\/style)/gi, "\\3c ")
    .trim();
  const allowed = (text) => `'sha256-${digest("base64", text)}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${allowed(script)} 'wasm-unsafe-eval'`,
    `style-src ${allowed(style)}`,
    "img-src blob: data:",
    "connect-src ws: wss: http: https:",
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return filled(skeleton, {
    "<head>": `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    [STYLE]: `<style>${style}</style>`,
    [SCRIPT]: `<script type="module">${script}</script>`,
  });
}

/** What is loaded when: for the budget. */
function partsOf(built) {
  const named = (path) => relative(place, join(root, path));
  return Object.entries(built.metafile.outputs)
    .filter(([path]) => !ending(path, ".map"))
    .map(([path, { bytes, imports, inputs, entryPoint }]) => ({
      name: named(path),
      bytes,
      ...(entryPoint === undefined ? {} : { entryPoint }),
      imports: imports.filter(({ external }) => !external).map((one) => ({ name: named(one.path), kind: one.kind })),
      inputs: Object.entries(inputs)
        .map(([input, { bytesInOutput }]) => [input, bytesInOutput])
        .sort(([, a], [, b]) => b - a),
    }));
}

/** Whoever looks meanwhile sees the old files or the new ones; of two builds at once, either may win. */
function putInPlace(stage) {
  for (;;) {
    rmSync(place, { recursive: true, force: true });
    try {
      return renameSync(stage, place);
    } catch (error) {
      if (!["ENOTEMPTY", "EEXIST", "EPERM"].includes(error.code)) throw error;
    }
  }
}

async function buildApp(sources) {
  const esbuild = await import("esbuild");
  const began = performance.now();
  const [hub, one] = await Promise.all([
    esbuild.build(optionsFor(esbuild, false)),
    esbuild.build(optionsFor(esbuild, true)),
  ]);
  const skeleton = readFileSync(join(app, "index.html"), "utf8");
  const stage = join(dist, `.web-${process.pid}`);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  try {
    for (const { path, contents } of hub.outputFiles) writeFileSync(join(stage, relative(place, path)), contents);
    const page = Buffer.from(pageInOneFile(skeleton, one));
    const { fingerprintWords } = await import(pathToFileURL(join(root, "src", "daemon", "fingerprint.ts")));
    const words = fingerprintWords(page);
    writeFileSync(join(stage, "index.html"), pageOfHub(skeleton, hub, words));
    writeFileSync(join(stage, ".parts.json"), JSON.stringify(partsOf(hub)));
    writeFileSync(`${single}.${process.pid}`, page);
    renameSync(`${single}.${process.pid}`, single);
    writeFileSync(join(stage, ".sources"), sources);
    putInPlace(stage);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    say(`built dist/web and dist/couloir.html (${Math.round(page.length / 1000)} kB) in ${seconds} s`);
    say(`couloir.html is: ${words}`);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

const sources = sourcesNow();
const last = () => readFileSync(join(place, ".sources"), "utf8");
const isCurrent = () => existsSync(join(place, ".sources")) && existsSync(single) && last() === sources;
if (!process.argv.includes("--if-changed") || !isCurrent()) {
  try {
    await buildApp(sources);
  } catch (error) {
    // esbuild has said on stderr what is wrong with a source. A daemon starts without the app, or with the last one.
    say(`the app for browsers could not be built${error.errors === undefined ? `: ${error.message}` : ""}`);
    if (!process.argv.includes("--if-changed")) process.exitCode = 1;
  }
}
