/** Bytes of a file that are read at a time. */
const PIECE = 256 * 1024;

/** A file's bytes, piece by piece: a blob's own stream cannot be iterated in every browser. */
export async function* bytesOf(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += PIECE) {
    yield new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
  }
}
