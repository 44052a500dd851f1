/**
 * `/couloir/ask/1`: one request, and an answer of any length over the same stream. Length-prefixed messages: the asker
 * sends the request, then one byte n for every n messages it has taken; the answerer sends at most `WINDOW` messages
 * ahead of that, each after a byte 0, and at the end a byte 1: a stream that only ends may have been cut, for WebRTC
 * cannot tell the two apart. So neither side holds more than a window, on transports without back-pressure as well, and
 * a frame of gossip waits behind a window at most.
 */
import type { Connection, Libp2p, Stream } from "@libp2p/interface";
import { CouloirError } from "../errors.ts";
import { concat } from "../protocol/codec.ts";
import type { Clock, Millis } from "../types.ts";
import { MAX_ASK_MESSAGE, MAX_ASK_REQUEST, type Asked, type LinkHandlers } from "./link.ts";
import { causeOf, type NetLog } from "./netLog.ts";
import { Permits } from "./permits.ts";
import { reach } from "./reach.ts";
import { streamChannel } from "./streamChannel.ts";
import { within } from "./systemClock.ts";
import type { Channel } from "./channel.ts";

/** The protocol's name on a stream. */
export const ASK_PROTOCOL = "/couloir/ask/1";

/** What a message of an answer begins with. */
const DATA = 0;
const END = 1;
/** Messages under way at most. */
export const WINDOW = 4;
/** Without a sign of the other side. */
const SILENCE: Millis = 30_000;
const OPEN_TIMEOUT: Millis = 10_000;
/** Answers at once: altogether, and to one peer. */
const MAX_ANSWERS = 64;
const MAX_PER_PEER = 4;
/** Own questions at once; more wait. */
const MAX_QUESTIONS = 16;

/** Whether a question is open over a connection; `own`: one of this side. */
export const carriesQuestion = ({ streams }: Connection, own = false): boolean =>
  streams.some(({ protocol, direction }) => protocol === ASK_PROTOCOL && (!own || direction === "outbound"));

/** What asking needs of its link. */
export interface AskParts {
  readonly node: Libp2p;
  readonly clock: Clock;
  readonly log: NetLog;
  readonly onAsk: LinkHandlers["onAsk"];
  /** The connection to use with a neighbour. */
  neighbour(from: string): Connection | undefined;
  /** Something came over this connection. */
  onSign(connection: Connection): void;
}

/** The questions and answers of one run. */
export class Asks {
  readonly #parts: AskParts;
  readonly #questions = new Permits(MAX_QUESTIONS);
  readonly #answers = new Map<string, number>();
  readonly #open = new Set<Stream>();
  #answering = 0;

  constructor(parts: AskParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const limits = { maxInboundStreams: MAX_PER_PEER * 2, maxOutboundStreams: MAX_QUESTIONS };
    const options = { ...limits, runOnLimitedConnection: true };
    await this.#parts.node.handle(ASK_PROTOCOL, (stream, connection) => this.#serve(stream, connection), options);
  }

  /** Cuts what is open: neither side waits for it. */
  stop(): void {
    for (const stream of this.#open) stream.abort(new Error("stopped"));
  }

  /** See `Link.ask`. */
  async *ask(whom: Asked, request: Uint8Array, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
    if (request.length > MAX_ASK_REQUEST) throw new CouloirError("usage", "long-request", "a request is too long");
    const free = await this.#questions.take(signal);
    let stream: Stream | undefined;
    const cut = (): void => stream?.abort(new Error("given up"));
    try {
      const connection = await this.#connection(whom, signal);
      stream = await this.#newStream(connection, signal);
      // By the stream's end and not by the caller's: who forgets an answer half read must not take a permit along.
      stream.addEventListener("close", free, { once: true });
      signal?.addEventListener("abort", cut, { once: true });
      const channel = streamChannel(stream, MAX_ASK_MESSAGE + 1, () => this.#parts.onSign(connection));
      await channel.send(request);
      yield* this.#receive(channel);
    } catch (cause) {
      signal?.throwIfAborted();
      throw asFault(cause);
    } finally {
      signal?.removeEventListener("abort", cut);
      // Its last byte has come, or nobody wants the rest.
      if (stream?.remoteWriteStatus === "closed") await stream.close().catch(cut);
      else cut();
      free();
    }
  }

  async *#receive(channel: Channel): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const message = await within(this.#parts.clock, SILENCE, channel.receive());
      const kind = message?.[0];
      if (message === undefined || (kind !== DATA && kind !== END)) throw new Error("the answer is not whole");
      if (kind === END) return;
      yield message.subarray(1);
      // The other side may have ended, and take nothing more.
      await channel.send(Uint8Array.of(1)).catch(() => undefined);
    }
  }

  async #connection(whom: Asked, signal: AbortSignal | undefined): Promise<Connection> {
    const connection =
      "neighbour" in whom
        ? this.#parts.neighbour(whom.neighbour)
        : await reach(this.#parts.node, whom.addresses, signal);
    if (connection === undefined) throw new CouloirError("network", "nobody-there", "nobody is there to ask");
    return connection;
  }

  async #newStream(connection: Connection, signal: AbortSignal | undefined): Promise<Stream> {
    const late = AbortSignal.timeout(OPEN_TIMEOUT);
    const stream = await connection.newStream(ASK_PROTOCOL, {
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
      maxOutboundStreams: MAX_QUESTIONS,
      runOnLimitedConnection: true,
    });
    this.#track(stream);
    return stream;
  }

  #track(stream: Stream): void {
    if (stream.status !== "open") return;
    this.#open.add(stream);
    stream.addEventListener("close", () => this.#open.delete(stream), { once: true });
  }

  #serve(stream: Stream, connection: Connection): void {
    const from = connection.remotePeer.toString();
    const channel = streamChannel(stream, MAX_ASK_REQUEST, () => this.#parts.onSign(connection));
    const of = this.#answers.get(from) ?? 0;
    if (of >= MAX_PER_PEER || this.#answering >= MAX_ANSWERS) {
      stream.abort(new Error("too many questions"));
      return;
    }
    this.#track(stream);
    this.#answering++;
    this.#answers.set(from, of + 1);
    void this.#answer(channel, stream, from).finally(() => {
      this.#answering--;
      const left = (this.#answers.get(from) ?? 1) - 1;
      if (left > 0) this.#answers.set(from, left);
      else this.#answers.delete(from);
    });
  }

  async #answer(channel: Channel, stream: Stream, from: string): Promise<void> {
    const { clock, log, onAsk } = this.#parts;
    try {
      const request = await within(clock, SILENCE, channel.receive());
      if (request === undefined) throw new Error("no request");
      let ahead = 0;
      for await (const message of untilClosed(stream, onAsk(request, from))) {
        if (message.length > MAX_ASK_MESSAGE) throw new Error("an answer is too long");
        while (ahead >= WINDOW) ahead -= await this.#taken(channel);
        await within(clock, SILENCE, channel.send(concat(Uint8Array.of(DATA), message)));
        ahead++;
      }
      await within(clock, SILENCE, channel.send(Uint8Array.of(END)));
      await channel.close();
    } catch (error) {
      log.debug({ cause: causeOf(error) }, "an answer broke off");
      stream.abort(error instanceof Error ? error : new Error("an answer broke off"));
    }
  }

  async #taken(channel: Channel): Promise<number> {
    const word = await within(this.#parts.clock, SILENCE, channel.receive());
    if (word?.length !== 1 || word[0] === 0) throw new Error("not a count");
    return word[0] as number;
  }
}

/** The messages of an answer; ends when the stream does, however long the next one takes. */
const untilClosed = async function* (stream: Stream, messages: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const closed = new Promise<never>((_, reject) => {
    stream.addEventListener("close", () => reject(new Error("the other side went")), { once: true });
  });
  closed.catch(() => undefined);
  const source = messages[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([source.next(), closed]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Not awaited: a source that waits for ever would hold up the next question.
    void source.return?.().catch(() => undefined);
  }
};

const asFault = (cause: unknown): CouloirError =>
  cause instanceof CouloirError
    ? cause
    : new CouloirError("network", "broke-off", `the other side did not answer: ${causeOf(cause)}`, { cause });
