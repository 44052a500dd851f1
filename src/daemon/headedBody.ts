/** A body that begins with one line of JSON, and goes on with bytes of any kind: what a file is sent as. */
import { usage } from "../errors.ts";

const LINE_END = 0x0a;

/** Throws unless a body is said to be such bytes, which a form of a foreign page cannot say. */
export const isBytes = (contentType: string | undefined): void => {
  if (contentType !== "application/octet-stream")
    throw usage("content-type", "the body must be application/octet-stream: a line of JSON, then the bytes");
};

/** What a body holds. */
export interface HeadedBody {
  readonly head: unknown;
  /** What follows, read as it is taken. To be read once. */
  readonly rest: AsyncIterable<Uint8Array>;
}

const parse = (parts: readonly Uint8Array[]): unknown => {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts)));
  } catch {
    throw usage("bad-request", "the first line of the body is not JSON");
  }
};

async function* following(first: Uint8Array, reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    if (first.length > 0) yield first;
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // What nobody takes any more need not come.
    await reader.cancel().catch(() => undefined);
  }
}

/** A body that is bytes from its first on. */
export const piecesOf = (body: ReadableStream<Uint8Array> | null): AsyncIterable<Uint8Array> => {
  if (body === null) throw usage("bad-request", "the body is empty");
  return following(new Uint8Array(0), body.getReader());
};

/** Reads the first line, of at most `max` bytes, and leaves the rest to be read. */
export const readHead = async (body: ReadableStream<Uint8Array> | null, max: number): Promise<HeadedBody> => {
  if (body === null) throw usage("bad-request", "the body is empty");
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const end = next.value.indexOf(LINE_END);
    const part = end < 0 ? next.value : next.value.subarray(0, end);
    parts.push(part);
    size += part.length;
    if (size > max) throw usage("bad-request", `the first line of the body is over ${max} bytes`);
    if (end >= 0) return { head: parse(parts), rest: following(next.value.subarray(end + 1), reader) };
  }
  throw usage("bad-request", "the body has no first line of JSON");
};
