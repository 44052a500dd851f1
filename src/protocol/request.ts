/** What a device asks another over a stream of its own: a file (SPEC.md §10), or who is here (§12). */
import type { Codec, ShapeOf } from "./codec.ts";
import { bytes, bytesUpTo, codec, struct, uint, union } from "./codec.ts";
import { MAX_CHUNKS } from "./limits.ts";

/** Bytes of marks of what the asker knows. */
export const MAX_KNOWN = 4000;

const request = union({
  list: struct({ salt: bytes(16), name: bytes(16) }),
  /** The chunks that are there, from this one on, so many at most. */
  chunks: struct({ salt: bytes(16), name: bytes(16), from: uint(MAX_CHUNKS - 1), count: uint(MAX_CHUNKS) }),
  here: struct({ salt: bytes(16), known: bytesUpTo(MAX_KNOWN) }),
});
export type Request = ShapeOf<typeof request>;
export const requests: Codec<Request> = codec(request, 4096);

/** One that is about a file. */
export type FileRequest = Exclude<Request, { readonly kind: "here" }>;
