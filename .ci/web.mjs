// Builds the app for browsers with esbuild: dist/web, which a hub serves, and dist/couloir.html, the same in one file
// that a stick can carry. `--if-changed` builds only when the sources are not those of the last build. Talks on stderr.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { leaner } from "./webLeaner.mjs";
import { argonLater, workerAsText, xWingApart, zippedText } from "./webPlugins.mjs";

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
    .filter((path) => !["src/daemon", "web/shots"].some((other) => path.startsWith(join(root, other))))
    .concat(join(root, "package-lock.json"))
    .concat(["web", "webLeaner", "webPlugins", "webSmaller"].map((name) => join(root, ".ci", `${name}.mjs`)))
    .sort((a, b) => (a < b ? -1 : 1));
  return digest("hex", ...files.flatMap((path) => [relative(root, path), "\0", readFileSync(path), "\0"]));
}

const shared = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  platform: "browser",
  target: ["chrome119", "firefox121", "safari17.4"],
  conditions: ["browser"],
  outdir: place,
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".ftl": "text", ".svg": "text", ".woff2": "binary" },
};
const define = (isSingle) => ({
  "globalThis.COULOIR_SINGLE": String(isSingle),
  "process.env.NODE_ENV": '"production"',
  // Packages ask for them again and again; no browser has them.
  "globalThis.process": "undefined",
  "globalThis.Buffer": "undefined",
});

/** One of the two builds; what goes with it besides its outputs is in `extra`. */
async function bundle(esbuild, isSingle) {
  const extra = new Map();
  const whole = async (format, ...path) => {
    const made = { ...shared, define: define(isSingle), entryPoints: [join(root, ...path)], format, plugins: [leaner] };
    return (await esbuild.build(made)).outputFiles[0].text;
  };
  const worker = (name) => whole("iife", "web", "peer", `${name}.ts`);
  const xWing = () => whole("esm", "src", "protocol", "xWing.ts");
  const keep = (name, text) => extra.set(name, text);
  const built = await esbuild.build({
    ...shared,
    define: define(isSingle),
    entryPoints: [join(app, "main.tsx"), join(app, "app.css"), join(app, "apart.css")],
    format: "esm",
    splitting: !isSingle,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    plugins: isSingle
      ? [leaner, workerAsText(worker), zippedText]
      : [leaner, argonLater, xWingApart(xWing, keep), workerAsText(worker, keep)],
  });
  return { ...built, extra };
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
const APART = '<meta name="couloir-apart" content="apart.css" />';
const SCRIPT = '<script type="module" src="main.tsx"></script>';

/** This output and all that it imports. */
function withImports(metafile, name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const { kind, path } of metafile.outputs[relative(root, join(place, name))].imports)
    if (kind === "import-statement") withImports(metafile, relative("dist/web", path), seen);
  return seen;
}

/**
 * What the first script imports is named, so that nothing waits for it to be read. For all else the script itself asks,
 * so that none of it stands in line before the first screen: once it has painted for what the messenger is made of, and
 * once that is there for what may be wanted later, since a page that is open goes on when its hub is gone.
 */
function linksTo({ outputFiles, metafile, extra }, first, messenger) {
  const early = withImports(metafile, first);
  const soon = [...withImports(metafile, messenger)].filter((name) => !early.has(name));
  // One reads one language: the page itself asks for its words, and for flags where the system has none.
  const words = /^web\/app\/(i18n\/|emoji\/(data\/\w\w\.txt|flagFont\.ts)$)/;
  const names = outputFiles
    .filter(({ path }) => ending(path, ".js") && !words.test(metafile.outputs[relative(root, path)].entryPoint ?? ""))
    .map(({ path }) => relative(place, path));
  const later = [...names, ...extra.keys()].filter((name) => !early.has(name) && !soon.includes(name));
  early.delete(first);
  return [
    ...Array.from(early, (name) => `\n    <link rel="modulepreload" href="${name}" />`),
    `\n    <meta name="couloir-soon" content="${soon.join(" ")}" />`,
    `\n    <meta name="couloir-later" content="${later.join(" ")}" />`,
  ].join("");
}

/** What a phone loads until its first chat, whichever language it speaks. */
function firstOf({ metafile }) {
  const entries = Object.entries(metafile.outputs).filter(([, { entryPoint = "" }]) =>
    /^web\/(app\/(main\.tsx|app\.css|i18n\/\w+\.ts)|peer\/open\.ts)$/.test(entryPoint),
  );
  return new Set(entries.flatMap(([path]) => [...withImports(metafile, relative("dist/web", path))]));
}

/** The hub's page offers `couloir.html`, and says by which words one knows it. */
function pageOfHub(skeleton, built, words) {
  const name = (entry) => relative(place, outputOf(built, entry).path);
  const links = linksTo(built, name("web/app/main.tsx"), name("web/peer/open.ts"));
  return filled(skeleton, {
    "<head>": `<head>\n    <meta name="couloir-words" content="${words}" />`,
    [STYLE]: `<link rel="stylesheet" href="${name("web/app/app.css")}" />${links}`,
    [APART]: `<meta name="couloir-apart" content="${name("web/app/apart.css")}" />`,
    [SCRIPT]: `<script type="module" src="${name("web/app/main.tsx")}"></script>`,
  });
}

/** It is passed on by itself: NOTICE is not with it. */
const OF_OTHERS =
  "<!-- Flags: Twemoji, copyright Twitter, Inc. and other contributors, CC BY 4.0. Names of emoji: Unicode CLDR, copyright Unicode, Inc., Unicode License v3. -->";

/** A page that is a file has no server to send its policy, and every script and style in it is allowed by its hash. */
function pageInOneFile(skeleton, built) {
  // Where these strings end an element, HTML does not ask whether they lie in a string of the script.
  const script = outputOf(built, "web/app/main.tsx")
    .text.replaceAll(/<(?=\/script|!--)/gi, "\\x3c")
    .trim();
  const style = ["app.css", "apart.css"]
    .map((sheet) => outputOf(built, `web/app/${sheet}`).text)
    .join("")
    .replaceAll(/<(?=\/style)/gi, "\\3c ")
    .trim();
  const allowed = (text) => `'sha256-${digest("base64", text)}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${allowed(script)} 'wasm-unsafe-eval'`,
    `style-src ${allowed(style)}`,
    "img-src blob: data:",
    "media-src blob:",
    "connect-src ws: wss: http: https:",
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types couloir",
  ].join("; ");
  return filled(skeleton, {
    "<head>": `<head>\n    ${OF_OTHERS}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    [STYLE]: `<style>${style}</style>`,
    [APART]: "",
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

/** What keeps the app where the origin has a lock: it knows every file by its hash, so that no two versions mix. */
async function keeperOf(esbuild, stage) {
  const names = readdirSync(stage).filter((name) => !name.startsWith("."));
  const files = Object.fromEntries(
    names
      .sort()
      .map((name) => [name === "index.html" ? "/" : `/${name}`, digest("base64", readFileSync(join(stage, name)))]),
  );
  const version = digest("hex", JSON.stringify(files)).slice(0, 16);
  const { outputFiles } = await esbuild.build({
    ...shared,
    metafile: false,
    define: { "globalThis.COULOIR_KEPT": JSON.stringify({ version, files }) },
    entryPoints: [join(app, "kept", "serviceWorker.ts")],
    format: "iife",
  });
  return outputFiles[0].text;
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

/** Every language says all that English says, or there is no app. */
async function checkWords() {
  const { faultsOf } = await import(pathToFileURL(join(app, "i18n", "faults.ts")));
  const { LANGUAGES } = await import(pathToFileURL(join(app, "i18n", "index.ts")));
  const filesOf = (language) => {
    const names = readdirSync(join(app, "i18n", language));
    return new Map(names.map((name) => [name, readFileSync(join(app, "i18n", language, name), "utf8")]));
  };
  const english = filesOf("en");
  const others = LANGUAGES.map(({ language }) => language).filter((language) => language !== "en");
  const faults = others.flatMap((language) => faultsOf(language, filesOf(language), english));
  if (faults.length > 0) throw new Error(faults.join("; "));
}

async function buildApp(sources) {
  await checkWords();
  const esbuild = await import("esbuild");
  const { smaller, zipped } = await import("./webSmaller.mjs");
  const began = performance.now();
  const [hub, one] = await Promise.all([bundle(esbuild, false), bundle(esbuild, true)]);
  const skeleton = readFileSync(join(app, "index.html"), "utf8");
  const stage = join(dist, `.web-${process.pid}`);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  try {
    for (const file of hub.outputFiles) writeFileSync(join(stage, relative(place, file.path)), await smaller(file));
    for (const [name, text] of hub.extra) writeFileSync(join(stage, name), text);
    const page = Buffer.from(pageInOneFile(skeleton, one));
    const { fingerprintWords } = await import(pathToFileURL(join(root, "src", "daemon", "fingerprint.ts")));
    const words = fingerprintWords(page);
    writeFileSync(join(stage, "index.html"), pageOfHub(skeleton, hub, words));
    writeFileSync(join(stage, "keeper.js"), await keeperOf(esbuild, stage));
    writeFileSync(join(stage, ".parts.json"), JSON.stringify(partsOf(hub)));
    for (const name of firstOf(hub))
      writeFileSync(join(stage, `${name}.gz`), await zipped(readFileSync(join(stage, name))));
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
