/**
 * Server-sent events: what the messenger says, to every program that listens. A listener that reads slower than things
 * happen is dropped (it reconnects and reads the history) instead of filling the daemon's memory.
 */
import { refused } from "../errors.ts";
import type { MessengerApi } from "../messenger/api.ts";
import type { GroupId, MessengerEvents } from "../types.ts";

const NAMES = {
  message: true,
  receipt: true,
  erased: true,
  caucus: true,
  codes: true,
  waiting: true,
  invitation: true,
  person: true,
  transfer: true,
  link: true,
  devices: true,
  remembered: true,
  tool: true,
  peers: true,
  notice: true,
  comparison: true,
  roomCode: true,
} as const satisfies Record<keyof MessengerEvents, true>;

/** Bytes that may wait for one listener; a few hundred of the longest usual messages. */
const MAX_WAITING = 1_048_576;
const PING_MS = 15_000;

/** Bounds, smaller in tests. */
export interface StreamLimits {
  readonly listeners: number;
  readonly waiting: number;
}

const encoder = new TextEncoder();

/** One event in the wire format of `text/event-stream`. JSON has no line ends, so one data line is enough. */
const eventFrame = (name: string, value: unknown): Uint8Array =>
  encoder.encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);

const COMMENT = encoder.encode(": still here\n\n");

/** The headers of every event stream. */
const EVENT_HEADERS = { "Content-Type": "text/event-stream", "Cache-Control": "no-store" } as const;

/** A stream of bytes that is cut off when its reader does not keep up. */
interface Tap {
  readonly body: ReadableStream<Uint8Array>;
  write(frame: Uint8Array): void;
  end(): void;
}

const tap = (waiting: number, { onEnd, cutOff }: { onEnd: () => void; cutOff: () => void }): Tap => {
  let open = true;
  let sink: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stop = (): void => {
    if (!open) return;
    open = false;
    clearInterval(ping);
    onEnd();
  };
  const write = (frame: Uint8Array): void => {
    if (!open || sink === undefined) return;
    if ((sink.desiredSize ?? 0) < frame.length) {
      stop();
      cutOff();
      return;
    }
    sink.enqueue(frame);
  };
  const ping = setInterval(() => write(COMMENT), PING_MS);
  ping.unref();
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        sink = controller;
      },
      cancel: stop,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: waiting }),
  );
  return {
    body,
    write,
    end: () => {
      if (!open) return;
      stop();
      sink?.close();
    },
  };
};

/** Events that are about one caucus each. */
const OF_CAUCUS: ReadonlySet<string> = new Set([
  "message",
  "receipt",
  "erased",
  "caucus",
  "transfer",
  "roomCode",
  "codes",
  "waiting",
  "tool",
]);
const concerns = (event: keyof MessengerEvents, value: unknown, caucus: GroupId | undefined): boolean =>
  caucus === undefined ||
  event === "notice" ||
  (OF_CAUCUS.has(event) && (value as { caucus: GroupId }).caucus === caucus);

/** All open event streams of one daemon. */
export class EventStreams {
  readonly #messenger: MessengerApi;
  readonly #limits: StreamLimits;
  readonly #taps = new Set<Tap>();

  constructor(messenger: MessengerApi, limits: StreamLimits = { listeners: 64, waiting: MAX_WAITING }) {
    this.#messenger = messenger;
    this.#limits = limits;
  }

  /** How many listen now. */
  get size(): number {
    return this.#taps.size;
  }

  /**
   * Everything that happens from now on, or what happens in one caucus and every notice; opens with the event `hello`. `cutOff` closes
   * the connection, and with it what waits in it.
   */
  subscribe(cutOff: () => void, caucus?: GroupId): Response {
    const undo: (() => void)[] = [];
    const onEnd = (): void => {
      for (const off of undo) off();
    };
    const stream = this.#open({ onEnd, cutOff });
    for (const name of Object.keys(NAMES) as (keyof MessengerEvents)[])
      undo.push(
        this.#messenger.on(name, (value) => {
          if (concerns(name, value, caucus)) stream.write(eventFrame(name, value));
        }),
      );
    stream.write(eventFrame("hello", {}));
    return new Response(stream.body, { headers: EVENT_HEADERS });
  }

  /** A long wait as a stream: pings, so that nothing between gives up on it, then one `result` or `error`. */
  waitFor(work: Promise<unknown>, toError: (error: unknown) => unknown): Response {
    const stream = this.#open({ onEnd: () => undefined, cutOff: () => undefined });
    void work.then(
      (result) => {
        stream.write(eventFrame("result", result));
        stream.end();
      },
      (error: unknown) => {
        stream.write(eventFrame("error", toError(error)));
        stream.end();
      },
    );
    return new Response(stream.body, { headers: EVENT_HEADERS });
  }

  /** Ends every stream. */
  close(): void {
    for (const stream of this.#taps) stream.end();
  }

  #open({ onEnd, cutOff }: { onEnd: () => void; cutOff: () => void }): Tap {
    if (this.#taps.size >= this.#limits.listeners)
      throw refused("too-many-listeners", `at most ${this.#limits.listeners} programs can listen at once; close one`);
    const stream = tap(this.#limits.waiting, {
      onEnd: () => {
        this.#taps.delete(stream);
        onEnd();
      },
      cutOff,
    });
    this.#taps.add(stream);
    return stream;
  }
}
