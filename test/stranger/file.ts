/** Files in sealed chunks, and asking for them, SPEC.md §10. */
import { concat, empty, H, KDF, label, MAC, seal, u32, utf8 } from "./crypto.ts";
import { bstr, bytes, hex, uint, union } from "./shapes.ts";

type Bytes = Uint8Array;

const CHUNK = 64_000;
const LAST = [1000, 2000, 4000, 8000, 16_000, 32_000, CHUNK];

/** The sealed chunks of a file. `key` is of this file alone. */
export const sealFile = (key: Bytes, plaintext: Bytes): readonly Bytes[] => {
  const sealing = KDF(key, empty, "file chunk key");
  const count = Math.max(1, Math.ceil(plaintext.length / CHUNK));
  return Array.from({ length: count }, (_, i) => {
    const part = plaintext.slice(i * CHUNK, (i + 1) * CHUNK);
    const padding = new Uint8Array(LAST.find((size) => size >= part.length)! - part.length);
    const nonce = concat(new Uint8Array(20), u32(i));
    return seal({ key: sealing, nonce, aad: label("file chunk") }, concat(part, padding));
  });
};

export const listOf = (chunks: readonly Bytes[]): readonly Bytes[] => chunks.map((chunk) => H(chunk));
export const rootOf = (list: readonly Bytes[]): Bytes => H(label("file list"), ...list);
export const fileId = (key: Bytes, root: Bytes, size: number): string =>
  hex(H(label("file"), key, root, u32(size)).slice(0, 16));

/** The name under which somebody asks for a file. `asker` is a peer id as text. */
export const requestName = (key: Bytes, salt: Bytes, asker: string): Bytes =>
  MAC(KDF(key, empty, "file name"), label("file request"), salt, utf8(asker)).slice(0, 16);

export const request = union({
  list: { salt: bytes(16), name: bytes(16) },
  chunks: { salt: bytes(16), name: bytes(16), from: uint(3124), count: uint(3125) },
  here: { salt: bytes(16), known: bstr(4000) },
});
