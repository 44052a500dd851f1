/**
 * Project Wycheproof's vectors in the form that lies here: `node test/vectors/wycheproof/make.ts FOLDER` makes the files
 * anew from a folder of the project's own (`testvectors`, `testvectors_v1`). Only the fields that are used are kept.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Verdict = "valid" | "invalid" | "acceptable";
/** Number, verdict, and the fields of its algorithm in the order that `FIELDS` names: hex, numbers in decimal. */
export type Vector = readonly [id: number, result: Verdict, ...fields: string[]];
export type Algorithm = keyof typeof FIELDS;

/** Per algorithm: the fields of a vector; `key.pk` and `tagSize` stand with its group. */
const FIELDS = {
  ed25519: ["pk", "msg", "sig"],
  x25519: ["public", "private", "shared"],
  chacha20_poly1305: ["key", "iv", "aad", "msg", "ct", "tag"],
  xchacha20_poly1305: ["key", "iv", "aad", "msg", "ct", "tag"],
  hkdf_sha256: ["ikm", "salt", "info", "size", "okm"],
  hmac_sha256: ["key", "msg", "tag", "tagSize"],
  mlkem_768: ["seed", "c", "K"],
  mlkem_768_encaps: ["m", "ek", "c", "K"],
} as const;

interface Group {
  readonly tagSize?: number;
  readonly key?: { readonly pk?: string };
  readonly publicKey?: { readonly pk?: string };
  readonly tests: readonly (Readonly<Record<string, string | number>> & {
    readonly tcId: number;
    readonly result: Verdict;
  })[];
}

/** The vectors of a folder of the project; `undefined` where it has none for this algorithm. */
export const original = (folder: string, algorithm: Algorithm): readonly Vector[] | undefined => {
  const path = [algorithm, algorithm.replace("ed25519", "eddsa")]
    .map((name) => join(folder, `${name}_test.json`))
    .find((one) => existsSync(one));
  if (path === undefined) return undefined;
  const { testGroups } = JSON.parse(readFileSync(path, "utf8")) as { readonly testGroups: readonly Group[] };
  return testGroups.flatMap((group) => {
    const shared: Record<string, string | number | undefined> = {
      pk: (group.publicKey ?? group.key)?.pk,
      tagSize: group.tagSize,
    };
    return group.tests.map((test): Vector => [
      test.tcId,
      test.result,
      ...FIELDS[algorithm].map((field) => String(test[field] ?? shared[field] ?? "")),
    ]);
  });
};

/** The vectors that lie here; `undefined` where there are none. */
export const kept = (algorithm: Algorithm): readonly Vector[] | undefined => {
  const path = join(import.meta.dirname, `${algorithm}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as readonly Vector[]) : undefined;
};

/** Keys and boxes of ML-KEM take a kilobyte each: of each verdict so many lie here, from all over the file. */
const MOST_OF_A_VERDICT = 42;

const some = (vectors: readonly Vector[]): readonly Vector[] => {
  const spread = (all: readonly Vector[]): readonly Vector[] => {
    const step = Math.max(1, all.length / MOST_OF_A_VERDICT);
    return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  };
  const chosen = new Set((["valid", "invalid"] as const).flatMap((verdict) => spread(vectors.filter(([, one]) => one === verdict))));
  return vectors.filter((one) => chosen.has(one));
};

if (import.meta.main) {
  for (const algorithm of Object.keys(FIELDS) as Algorithm[]) {
    const vectors = original(process.argv[2] ?? "", algorithm);
    if (vectors === undefined) continue;
    const lines = (algorithm.startsWith("mlkem") ? some(vectors) : vectors).map((vector) => JSON.stringify(vector));
    writeFileSync(join(import.meta.dirname, `${algorithm}.json`), `[\n${lines.join(",\n")}\n]\n`);
  }
}
