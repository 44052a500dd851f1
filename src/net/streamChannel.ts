/** A libp2p stream as a `Channel`: length-prefixed messages, with backpressure both ways. */
import type { Stream } from "@libp2p/interface";
import * as lp from "it-length-prefixed";
import { pipe } from "it-pipe";
import type { Channel } from "./channel.ts";

type Bytes = Parameters<Stream["send"]>[0];

/** Unread bytes at which the other side is asked to stop, and at which it may go on. */
const HIGH_WATER = 256 * 1024;
const LOW_WATER = 64 * 1024;
const CLOSE_TIMEOUT = 2000;

/**
 * To be called in the same turn in which the stream came, or its first bytes may have no reader. `onData`: something
 * came, not necessarily a whole message.
 */
export const streamChannel = (stream: Stream, maxMessage: number, onData: () => void = () => {}): Channel => {
  const messages = pipe(pacedSource(stream, onData), (source) => lp.decode(source, { maxDataLength: maxMessage }));
  return {
    async send(bytes) {
      if (!stream.send(lp.encode.single(bytes))) await drained(stream);
    },
    async receive() {
      const next = await messages.next();
      if (next.done === true) return undefined;
      const { buffer, byteOffset, byteLength } = next.value.subarray();
      // Node's sockets give Buffers, whose `slice` is another.
      return new Uint8Array(buffer, byteOffset, byteLength);
    },
    async close() {
      try {
        await stream.close({ signal: AbortSignal.timeout(CLOSE_TIMEOUT) });
      } catch {
        // Gone already, or stuck: cut below.
      }
      if (stream.status === "open" || stream.status === "closing") {
        // The last message may still be on its way: cut at once, and the other side could lose it.
        const timer = setTimeout(() => stream.abort(new Error("not closed in time")), CLOSE_TIMEOUT);
        stream.addEventListener("close", () => clearTimeout(timer), { once: true });
      }
    },
  };
};

/** The stream's own iterator queues without limit; this one pauses the stream while its reader is busy. */
const pacedSource = (stream: Stream, onData: () => void): AsyncGenerator<Bytes> => {
  const queue: Bytes[] = [];
  let size = 0;
  // It may be over before anybody listens; what has come by then comes at once.
  const over = stream.readableEnded;
  let ended = over && stream.readBufferLength === 0;
  let failure =
    stream.status === "reset" || stream.status === "aborted" ? new Error("the stream broke off") : undefined;
  let wake = (): void => {};
  stream.addEventListener("message", (event) => {
    queue.push(event.data);
    size += event.data.byteLength;
    onData();
    ended ||= over;
    if (size > HIGH_WATER && stream.readStatus === "readable") stream.pause();
    wake();
  });
  stream.addEventListener("end", () => {
    ended = true;
    wake();
  });
  stream.addEventListener("close", (event) => {
    ended = true;
    failure = event.error;
    wake();
  });
  const read = async function* (): AsyncGenerator<Bytes> {
    for (;;) {
      const next = queue.shift();
      if (next !== undefined) {
        size -= next.byteLength;
        if (size < LOW_WATER && stream.readStatus === "paused") stream.resume();
        yield next;
      } else if (failure !== undefined) throw failure;
      else if (ended) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  };
  return read();
};

const drained = (stream: Stream): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (done: () => void) => (): void => {
      stream.removeEventListener("drain", onDrain);
      stream.removeEventListener("close", onClose);
      done();
    };
    const onDrain = settle(resolve);
    const onClose = settle(() => reject(new Error("the stream closed")));
    stream.addEventListener("drain", onDrain);
    stream.addEventListener("close", onClose);
  });
