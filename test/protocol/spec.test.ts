/** SPEC.md beside what it speaks of: the tests that hold its claims, the vectors, the numbers of its unions. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fromCbor, unhex } from "../../src/protocol/codec.ts";
import { spec, uses } from "./labelUses.ts";
import { samples } from "./samples.ts";

const tests = join(import.meta.dirname, "..");
const vectors = join(tests, "vectors");
const text = spec();

/** The rows of all tables between two headings, cell by cell. */
const rows = (from: string, to = "\n## "): readonly (readonly string[])[] => {
  const start = text.indexOf(from);
  assert.ok(start >= 0, `SPEC.md has no “${from}”`);
  const end = text.indexOf(to, start + from.length);
  return [...text.slice(start, end < 0 ? undefined : end).matchAll(/^\|(.*)\|$/gmu)].map(([, row = ""]) =>
    row.split("|").map((cell) => cell.trim()),
  );
};
const ticked = (cell = ""): readonly string[] => [...cell.matchAll(/`([^`]+)`/gu)].map(([, name = ""]) => name);

/** Titles of the tests of a file, and of the groups that they stand in. */
const titlesOf = (file: string): ReadonlySet<string> => {
  const source = readFileSync(join(tests, `${file}.test.ts`), "utf8");
  return new Set(
    [...source.matchAll(/(?:\bdescribe\w*|\bit|\))\(\s*"((?:[^"\\]|\\.)*)"/gu)].map(([, title = ""]) => title),
  );
};
interface Reference {
  readonly file: string;
  readonly title: string;
}
const references = (cell: string): readonly Reference[] =>
  [...cell.matchAll(/`([\w/]+)` “([^”]+)”/gu)].map(([, file = "", title = ""]) => ({ file, title }));

const claims = (): readonly (readonly string[])[] =>
  rows("## §19").filter((row) => row.length > 1 && !/^(held by|-+)$/u.test(row.at(-1) as string));

describe("SPEC.md", () => {
  it("names for each claim tests that are there", () => {
    const all = claims();
    assert.ok(all.length > 60, `${all.length} claims`);
    for (const row of all) {
      const held = references(row.at(-1) as string);
      assert.ok(held.length > 0, `nothing holds “${row[0]}”`);
      for (const { file, title } of held) assert.ok(titlesOf(file).has(title), `${file}: no “${title}”`);
    }
  });

  it("has the 28 attacks, each with all the tests that are named after it", () => {
    const attacks = claims().filter(([number = ""]) => /^\d+$/u.test(number));
    assert.deepEqual(
      attacks.map(([number]) => Number(number)),
      Array.from({ length: 28 }, (_, i) => i + 1),
    );
    const files = readdirSync(tests, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.ts"));
    const named = files.flatMap((name) => {
      const file = name.slice(0, -".test.ts".length).replaceAll("\\", "/");
      return [...titlesOf(file)].flatMap((title) => {
        const number = /^attack (\d+):/u.exec(title)?.[1];
        return number ? [{ number, file, title }] : [];
      });
    });
    assert.ok(named.length >= 30);
    for (const { number, file, title } of named) {
      const row = attacks.find(([one]) => one === number)?.at(-1) ?? "";
      assert.ok(row.includes(`\`${file}\` “${title}”`), `row ${number} does not name ${file} “${title}”`);
    }
  });

  it("lists every vector of a structure, and there is one of every structure that others may send", async () => {
    const there = JSON.parse(readFileSync(join(vectors, "structures.json"), "utf8")) as Record<
      string,
      { bytes: string }
    >;
    const listed = rows("| § | in `structures.json` |", "\n\n")
      .slice(1)
      .flatMap((row) => ticked(row[1]));
    assert.deepEqual([...listed].sort(), Object.keys(there).sort());
    const codes = new Set(["verify code", "invite code"]);
    for (const { name } of await samples()) {
      const known = [name, name.replace("proof of", "proof")].some(
        (one) => one in there || listed.some((other) => other.startsWith(`${one} `)),
      );
      assert.ok(known || codes.has(name), `no vector of “${name}”`);
    }
  });

  it("numbers unions as their bytes do, and leaves no variant out", () => {
    const there = JSON.parse(readFileSync(join(vectors, "structures.json"), "utf8")) as Record<
      string,
      { bytes: string }
    >;
    const unions = [
      ["| # | body |", "operation"],
      ["| # | control |", "control"],
      ["| # | own |", "own"],
      ["| # | content |", "content"],
      ["| # | request, a union |", "request"],
      ["| # | message |", "sync"],
      ["| # | proof, a union |", "proof"],
    ] as const;
    for (const [heading, family] of unions) {
      const table = rows(heading, "\n\n").filter(([number = ""]) => /^\d+$/u.test(number));
      const names = table.map(([, name = ""]) => name.split(" (")[0] as string);
      assert.deepEqual(
        table.map(([number]) => Number(number)),
        names.map((_, at) => at),
        heading,
      );
      const found = new Set<string>();
      for (const [name, { bytes }] of Object.entries(there)) {
        const variant = names.find((one) => name === `${family} ${one}` || name.startsWith(`${family} ${one} `));
        if (!variant) {
          assert.ok(!name.startsWith(`${family} `), `SPEC.md has no ${name}`);
          continue;
        }
        const outer = fromCbor(unhex(bytes)) as readonly unknown[];
        const inner = family === "operation" ? (fromCbor(outer[0] as Uint8Array) as readonly unknown[])[5] : outer;
        assert.equal((inner as readonly unknown[])[0], names.indexOf(variant), name);
        found.add(variant);
      }
      assert.deepEqual([...found].sort(), [...names].sort(), family);
    }
  });

  it("says which vectors hold each label, and lists every file of them", () => {
    const files = rows("\n| file | holds | labels |").filter(([file = ""]) => file.startsWith("`"));
    const labels = files.flatMap((row) => ticked(row[2]));
    assert.deepEqual([...labels].sort(), [...new Set(uses().map(({ name }) => name))].sort());
    assert.deepEqual(
      files.flatMap((row) => ticked(row[0])).sort(),
      readdirSync(vectors)
        .filter((name) => name.endsWith(".json"))
        .sort(),
    );
  });
});
