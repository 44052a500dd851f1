import { utf8 } from "../../src/protocol/codec.ts";
import { sha256, u32 } from "../../src/protocol/primitives.ts";
import type { Random } from "../../src/types.ts";

/** Bytes that follow from a seed. */
export const seeded = (seed: string): Random => {
  const key = sha256(utf8(seed));
  let counter = 0;
  return (length) => {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) out.set(sha256(key, u32(counter++)).subarray(0, length - at), at);
    return out;
  };
};
