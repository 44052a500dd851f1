/** SPEC.md beside what it speaks of: the tests that hold its claims, the vectors, the numbers of its unions. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MAX_TEXT } from "../../src/content/limits.ts";
import { fromCbor, unhex } from "../../src/protocol/codec.ts";
import { MAX_PLAINTEXT } from "../../src/protocol/envelope.ts";
import * as limits from "../../src/protocol/limits.ts";
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

  it("has the numbers of the code, and every one of them", () => {
    const n = (value: number): string => (value < 10_000 ? `${value}` : `${value}`.replace(/\B(?=(?:\d{3})+$)/gu, " "));
    const hours = (ms: number): string => `${ms / limits.HOUR} h`;
    const list = (values: readonly number[]): string => values.map(n).join(", ");
    const said: Readonly<Record<keyof Omit<typeof limits, "HOUR">, readonly [row: string, value: string]>> = {
      EPOCH: ["epoch of expiry slots", n(limits.EPOCH)],
      LIFETIME_HOURS: ["life of what is published", `${limits.LIFETIME_HOURS} h`],
      MAX_AHEAD_HOURS: ["refused when further ahead", `${limits.MAX_AHEAD_HOURS} h`],
      RETAIN: ["RETAIN", hours(limits.RETAIN)],
      BUCKETS: ["envelope sizes", list(limits.BUCKETS)],
      CHAIN_LENGTH: ["messages of a chain", n(limits.CHAIN_LENGTH)],
      META_WINDOW: ["window of meta tags", n(limits.META_WINDOW)],
      PAIR_WINDOW: ["of pair tags", n(limits.PAIR_WINDOW)],
      PAIR_DAY_WINDOW: ["of pair tags", `${limits.PAIR_DAY_WINDOW} of each day`],
      PAIR_DAYS: [
        "days of which pair tags",
        `${limits.PAIR_DAYS.before} before today, ${limits.PAIR_DAYS.ahead} after`,
      ],
      HAIL_TAGS: ["hail tags of an invite", n(limits.HAIL_TAGS)],
      MAX_PARENTS: ["parents of a message", n(limits.MAX_PARENTS)],
      MAX_PLACES: ["places of one message", `1 + ${limits.MAX_PLACES}`],
      MAX_TIPS: ["tips remembered", n(limits.MAX_TIPS)],
      FOLLOW: ["a message is followed", hours(limits.FOLLOW)],
      LASTS: ["messages that do not stay", `${limits.LASTS.least} s to ${limits.LASTS.most / 86_400} d`],
      MAX_TIME: ["signed times", `2^${Math.log2(limits.MAX_TIME)}`],
      STAMP_BITS: ["stamp of a first contact", `${limits.STAMP_BITS} bits`],
      MAX_HEAD: ["head of a distribution", n(limits.MAX_HEAD)],
      MAX_HANDED_CHAINS: ["chains in a frame of keys", n(limits.MAX_HANDED_CHAINS)],
      MAX_GRANT: ["lines that an invite grants", n(limits.MAX_GRANT)],
      MAX_GRANT_BYTES: ["lines that an invite grants", `${limits.MAX_GRANT_BYTES / 1_000_000} MB`],
      MAX_PROOF: ["proof of equivocation", n(limits.MAX_PROOF)],
      MAX_RECIPIENTS: ["recipients of a distribution", n(limits.MAX_RECIPIENTS)],
      MAX_OP_PARENTS: ["parents of an operation", n(limits.MAX_OP_PARENTS)],
      MAX_OPS: ["ancestors of an operation", n(limits.MAX_OPS)],
      LAST_OPS: ["the last of them only to remove or leave", n(limits.LAST_OPS)],
      MAX_HELD_OPS: ["operations of a group", n(limits.MAX_HELD_OPS)],
      MAX_CONTEST: ["what contested operations rest on", n(limits.MAX_CONTEST)],
      LAST_CONTEST: ["so much more for removals", n(limits.LAST_CONTEST)],
      FEW_REMOVALS: ["so much more for removals", `fewer than ${limits.FEW_REMOVALS}`],
      MAX_DOUBT: ["what doubtful operations rest on", n(limits.MAX_DOUBT)],
      REMOVAL_DOUBT: ["what doubtful operations rest on", n(limits.REMOVAL_DOUBT)],
      FOLD_UNITS: ["work a minute for views", n(limits.FOLD_UNITS)],
      CONTESTED_UNITS: ["work a minute for views", `${limits.CONTESTED_UNITS} for a contested one`],
      MOTION_LIFE: ["an admin's motion", hours(limits.MOTION_LIFE)],
      MAX_WAITING_OPS: ["operations waiting", n(limits.MAX_WAITING_OPS)],
      MAX_ACKS: ["acknowledgements in a frame", n(limits.MAX_ACKS)],
      MAX_CHAINS: ["chains followed", n(limits.MAX_CHAINS)],
      MAX_PEER_ACKS: ["chains of which another's acks", n(limits.MAX_PEER_ACKS)],
      MAX_CONTENT: ["content of a message", n(limits.MAX_CONTENT)],
      MAX_OP_BYTES: ["operation, whole", n(limits.MAX_OP_BYTES)],
      MAX_CUT: ["chains in a cut", n(limits.MAX_CUT)],
      MAX_DEVICES: ["devices in a device list", `${limits.MAX_DEVICES}, ${limits.MAX_DEVICES}`],
      MAX_LIST_BYTES: ["device list, whole", n(limits.MAX_LIST_BYTES)],
      MAX_CARD_BYTES: ["card, whole", n(limits.MAX_CARD_BYTES)],
      MAX_FILE: ["a file", n(limits.MAX_FILE)],
      CHUNK: ["plaintext of a chunk", n(limits.CHUNK)],
      CHUNK_ENDS: ["plaintext of a chunk", list(limits.CHUNK_ENDS)],
      MAX_CHUNKS: ["chunks of a file", n(limits.MAX_CHUNKS)],
      LIST_PART: ["part of a file's list", n(limits.LIST_PART)],
      MAX_NAMED_FILES: ["files named in a frame", n(limits.MAX_NAMED_FILES)],
      MAX_ADDRESSES: ["addresses in a frame", n(limits.MAX_ADDRESSES)],
      MAX_KEM_CIPHERS: ["ciphertexts in a frame", n(limits.MAX_KEM_CIPHERS)],
      MAX_KEM_NAMES: ["names in a frame of an exchange", n(limits.MAX_KEM_NAMES)],
      MAX_VOUCHES: ["vouches in a frame", n(limits.MAX_VOUCHES)],
      MAX_SHARED: ["values that one's devices share", n(limits.MAX_SHARED)],
      MAX_SHARED_BYTES: ["values that one's devices share", n(limits.MAX_SHARED_BYTES)],
      MAX_OWN_PLACES: ["groups in a frame of one's own devices", n(limits.MAX_OWN_PLACES)],
      MAX_OWN_FRAME: ["frame of one's own devices", n(limits.MAX_OWN_FRAME)],
    };
    const table = rows("\n## §2").flatMap(([one = "", value = "", , other = "", another = ""]) => [
      [one, value] as const,
      [other, another] as const,
    ]);
    const all = {
      ...said,
      MAX_PLAINTEXT: ["plaintext of an envelope", n(MAX_PLAINTEXT)],
      MAX_TEXT: ["text of a message", n(MAX_TEXT)],
    };
    for (const [name, [row, value]] of Object.entries(all)) {
      const whole = new RegExp(`(?<!\\d ?)${value.replaceAll(/[+^]/gu, "\\$&")}(?! ?\\d)`, "u");
      const found = table.some(([one, cell]) => one.includes(row as string) && whole.test(cell));
      assert.ok(found, `§2 does not say ${name} (${row}): ${value}`);
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
