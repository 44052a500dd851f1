/** Project Wycheproof's vectors: those that lie here, or all of a folder of the project's that `WYCHEPROOF` names. */
import assert from "node:assert/strict";
import { type Algorithm, kept, original, type Vector } from "../vectors/wycheproof/make.ts";

const folder = process.env["WYCHEPROOF"];

/** All of an algorithm: hundreds. */
export const wycheproof = (algorithm: Algorithm): readonly Vector[] => {
  const vectors = read(algorithm) ?? [];
  assert.ok(vectors.length > 80, `${vectors.length} vectors of ${algorithm}`);
  assert.ok(vectors.some(([, result]) => result === "valid"));
  return vectors;
};

const read = (algorithm: Algorithm): readonly Vector[] | undefined =>
  folder === undefined ? kept(algorithm) : original(folder, algorithm);
