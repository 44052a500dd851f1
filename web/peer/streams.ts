/** The pieces of a stream, also in browsers whose streams are not iterable themselves. */

/** Lets the stream go when the reader stops early. */
export async function* pieces(
  stream: ReadableStream<Uint8Array<ArrayBuffer>> | null,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (stream === null) return;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Parts of bytes, none larger than `size`. */
export function* slices(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Lets the page answer taps and draw. A timer would do, but browsers slow those of pages that nobody looks at. */
const breath = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/** What is sealed at a stretch: a few milliseconds on a phone. */
const BITE = 65_536;

/** The same bytes at a pace that leaves the page alive while they are sealed. */
export async function* paced(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of bytes)
    for (const bite of slices(part, BITE)) {
      await breath();
      yield bite;
    }
}
