/** A two-way stream of messages over a simulated connection, for catch-up. It keeps order and breaks at the first loss. */
import type { Channel } from "../../src/net/channel.ts";
import type { ConnectionEnd, SimConnection } from "./simConnection.ts";

interface Reader {
  readonly resolve: (bytes: Uint8Array | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** One end of the stream: what a catch-up talks over. */
export class SimChannel implements Channel {
  #peer: SimChannel | undefined;
  #closed = false;
  /** Something was lost on the way out: nothing after it may arrive. */
  #severed = false;
  readonly #connection: SimConnection;
  readonly #end: ConnectionEnd;
  readonly #inbox: Uint8Array[] = [];
  #broken = false;
  #onOpened: (() => void) | undefined;
  readonly #readers: Reader[] = [];
  readonly #log: (bytes: Uint8Array) => void;

  private constructor(connection: SimConnection, end: ConnectionEnd, log: (bytes: Uint8Array) => void) {
    this.#connection = connection;
    this.#end = end;
    this.#log = log;
  }

  /** Both ends of a new stream, the opener's first. `log` sees each message as it is sent. */
  static pair(
    connection: SimConnection,
    opener: ConnectionEnd,
    log: (bytes: Uint8Array) => void,
  ): readonly [SimChannel, SimChannel] {
    const left = new SimChannel(connection, opener, log);
    const right = new SimChannel(connection, connection.across(opener), log);
    left.#peer = right;
    right.#peer = left;
    return [left, right];
  }

  /** Told at this end when the other end hears of the stream, which is with the first message. */
  opened(tell: () => void): void {
    this.#onOpened = tell;
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (this.#closed) throw new Error("the stream is closed");
    const copy = bytes.slice();
    this.#log(copy);
    this.#post((peer) => {
      this.#onOpened?.();
      this.#onOpened = undefined;
      peer.#take(copy);
    });
  }

  async receive(): Promise<Uint8Array | undefined> {
    const next = this.#inbox.shift();
    if (this.#broken) throw new Error("the stream is broken");
    if (next !== undefined || this.#closed) return next;
    return new Promise((resolve, reject) => void this.#readers.push({ resolve, reject }));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#shut();
    this.#post((peer) => peer.#shut());
  }

  /** Whether this end has ended. */
  get closed(): boolean {
    return this.#closed;
  }

  /** This end gives up: what it waits for never comes. */
  break(): void {
    this.#broken = true;
    this.#closed = true;
    this.#inbox.length = 0;
    for (const { reject } of this.#readers.splice(0)) reject(new Error("the stream is broken"));
  }

  #post(arrive: (peer: SimChannel) => void): void {
    const peer = this.#peer;
    if (peer === undefined || this.#severed) return;
    const sent = this.#connection.send(this.#end, {
      stream: true,
      arrive: () => arrive(peer),
      lost: () => {
        this.break();
        peer.break();
      },
    });
    this.#severed = !sent;
  }

  #take(bytes: Uint8Array): void {
    if (this.#closed) return;
    const reader = this.#readers.shift();
    if (reader === undefined) this.#inbox.push(bytes);
    else reader.resolve(bytes);
  }

  #shut(): void {
    this.#closed = true;
    for (const { resolve } of this.#readers.splice(0)) resolve(undefined);
  }
}
