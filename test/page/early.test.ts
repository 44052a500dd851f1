/** What the browser needs of the built app before the first screen is there: the screens, and nothing that talks. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";

interface Part {
  readonly name: string;
  readonly entryPoint?: string;
  readonly imports: readonly { readonly name: string; readonly kind: string }[];
  /** Sources, with the bytes of each that are in the part. */
  readonly inputs: readonly (readonly [source: string, bytes: number])[];
}

const BUILT = new URL("../../dist/web/", import.meta.url);
const SCREENS =
  /^(?:web\/app\/|web\/peer\/whence\.ts$|src\/(errors|content\/(mentions|quiet))\.ts$|node_modules\/(?:preact|@preact\/[\w-]+|@fluent\/bundle)\/)/u;

describe("the page before its messenger", () => {
  let parts: ReadonlyMap<string, Part>;
  let first: Part;
  let early: readonly Part[];

  /** The part and all that it imports, which a browser fetches before it runs any of it. */
  const withImports = (part: Part, seen = new Set<Part>()): ReadonlySet<Part> => {
    if (seen.has(part)) return seen;
    seen.add(part);
    for (const { name, kind } of part.imports) if (kind === "import-statement") withImports(parts.get(name)!, seen);
    return seen;
  };
  const entry = (source: string): Part => [...parts.values()].find(({ entryPoint }) => entryPoint === source)!;

  before(async () => {
    const all = JSON.parse(await readFile(new URL(".parts.json", BUILT), "utf8")) as readonly Part[];
    parts = new Map(all.map((part) => [part.name, part]));
    first = entry("web/app/main.tsx");
    early = [...withImports(first)];
  });

  it("is made of the screens alone: no network, no protocol, no database", () => {
    const sources = early.flatMap(({ inputs }) => inputs.filter(([, bytes]) => bytes > 0).map(([source]) => source));
    assert.ok(sources.includes("web/app/views/Join.tsx"));
    assert.deepEqual(
      sources.filter((source) => !SCREENS.test(source)),
      [],
    );
  });

  it("asks for the messenger, which holds all of that, without waiting for it", () => {
    const open = entry("web/peer/open.ts");
    assert.ok(first.imports.some(({ name, kind }) => name === open.name && kind === "dynamic-import"));
    const sources = [...withImports(open)].flatMap(({ inputs }) => inputs.map(([source]) => source));
    assert.ok(sources.some((source) => source.startsWith("node_modules/libp2p/")));
  });

  it("is small beside it, and is all that the browser is told to fetch at once", async () => {
    const page = await readFile(new URL("index.html", BUILT), "utf8");
    const told = [...page.matchAll(/<link rel="modulepreload" href="([^"]+)"/gu)].map(([, name]) => name);
    assert.deepEqual(new Set([first.name, ...told]), new Set(early.map(({ name }) => name)));
    const texts = await Promise.all(early.map(({ name }) => readFile(new URL(name, BUILT))));
    assert.doesNotMatch(page, /rel="prefetch"/u);
    const zipped = texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
    assert.ok(zipped < 60_000, `${zipped} bytes before anything is seen`);
  });

  it("is zipped by the build, and so are its style, the messenger and the words: smaller than a hub would have time for", async () => {
    const words = [...parts.values()].filter(({ entryPoint }) => /^web\/app\/i18n\/\w+\.ts$/u.test(entryPoint ?? ""));
    const all = [...early, entry("web/app/app.css"), ...withImports(entry("web/peer/open.ts")), ...words];
    for (const { name } of new Set(all)) {
      const [bytes, zipped] = await Promise.all([
        readFile(new URL(name, BUILT)),
        readFile(new URL(`${name}.gz`, BUILT)),
      ]);
      assert.deepEqual(gunzipSync(zipped), bytes);
      assert.ok(zipped.length <= gzipSync(bytes, { level: 9 }).length, name);
    }
  });

  it("names to its script what to fetch after that: all of the messenger, then the rest, but for words, emoji in other languages and flags", async () => {
    const page = await readFile(new URL("index.html", BUILT), "utf8");
    const named = (what: string): string[] =>
      new RegExp(`<meta name="couloir-${what}" content="([^"]+)"`, "u").exec(page)![1]!.split(" ");
    const [soon, later] = [named("soon"), named("later")];
    const messenger = [...withImports(entry("web/peer/open.ts"))].filter((part) => !early.includes(part));
    assert.deepEqual(new Set(soon), new Set(messenger.map(({ name }) => name)));
    const others = [...parts.values()].filter(
      (part) =>
        !early.includes(part) &&
        !messenger.includes(part) &&
        part.name.endsWith(".js") &&
        !/^web\/app\/(i18n\/|emoji\/(data\/\w\w\.txt|flagFont\.ts)$)/u.test(part.entryPoint ?? ""),
    );
    const entries = others.map(({ entryPoint }) => entryPoint);
    assert.ok(["data/set.txt", "drawFlags.ts"].every((name) => entries.includes(`web/app/emoji/${name}`)));
    const apart = later.filter((name) => /^(?:xwing|worker|verifier)-\w+\.js$/u.test(name));
    assert.equal(apart.length, 3);
    assert.deepEqual(new Set(later), new Set([...others.map(({ name }) => name), ...apart]));
  });
});
