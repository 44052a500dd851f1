/** A libp2p stream of the simulated venue: what `src/net` uses of one, over a pipe in virtual time. */
/** What travels: bytes, or something with a size that stands for them. */
export interface Sized {
  readonly byteLength: number;
}

type Listener = (event: { readonly data?: Sized; readonly error?: Error }) => void;
type Kind = "message" | "end" | "close" | "drain";

/** What a stream needs of its connection. */
export interface StreamWire {
  readonly send: (bytes: number, arrive: () => void, protocol: string) => void;
  readonly unsent: () => number;
  readonly ended: (stream: SimStream) => void;
}

/** Multiplexer and cipher, per message. */
const FRAMING = 40;

/** One end. */
export class SimStream {
  readonly protocol: string;
  status: "open" | "closed" | "reset" | "aborted" = "open";
  readStatus: "readable" | "paused" = "readable";
  writeStatus: "writable" | "closed" = "writable";
  remoteWriteStatus: "writable" | "closed" = "writable";
  readableEnded = false;
  readBufferLength = 0;
  peer: SimStream | undefined;
  readonly #wire: StreamWire;
  readonly #inbox: Sized[] = [];
  readonly #listeners = new Map<Kind, { readonly listener: Listener; readonly once: boolean }[]>();
  #flushing = false;

  constructor(protocol: string, wire: StreamWire) {
    this.protocol = protocol;
    this.#wire = wire;
  }

  get writeBufferLength(): number {
    return this.#wire.unsent();
  }

  addEventListener(kind: Kind, listener: Listener, { once = false }: { readonly once?: boolean } = {}): void {
    this.#listeners.set(kind, [...(this.#listeners.get(kind) ?? []), { listener, once }]);
    if (kind === "message") this.#flushSoon();
  }

  removeEventListener(kind: Kind, listener: Listener): void {
    const kept = (this.#listeners.get(kind) ?? []).filter((one) => one.listener !== listener);
    this.#listeners.set(kind, kept);
  }

  send(data: Sized): boolean {
    if (this.writeStatus !== "writable" || this.status !== "open") throw new Error("the stream is closed");
    const { peer } = this;
    this.#wire.send(data.byteLength + FRAMING, () => peer?.take(data), this.protocol);
    return true;
  }

  pause(): void {
    this.readStatus = "paused";
  }

  resume(): void {
    this.readStatus = "readable";
    this.#flush();
  }

  async close(): Promise<void> {
    if (this.writeStatus === "closed" || this.status !== "open") return;
    this.writeStatus = "closed";
    const { peer } = this;
    this.#wire.send(FRAMING, () => peer?.remoteEnded(), this.protocol);
    if (this.readableEnded) this.#finish("closed");
  }

  abort(error: Error): void {
    const { peer } = this;
    this.#wire.send(FRAMING, () => peer?.broke(new Error("the stream was reset"), "reset"), this.protocol);
    this.broke(error, "aborted");
  }

  /** Something came. */
  take(data: Sized): void {
    if (this.status !== "open") return;
    this.#inbox.push(data);
    this.readBufferLength += data.byteLength;
    this.#flush();
  }

  /** The other end says no more. */
  remoteEnded(): void {
    if (this.status !== "open" || this.readableEnded) return;
    this.remoteWriteStatus = "closed";
    this.readableEnded = true;
    this.#tell("end", {});
    if (this.writeStatus === "closed") this.#finish("closed");
  }

  /** It is over, with or without the other end. */
  broke(error: Error, status: "reset" | "aborted"): void {
    if (this.status === "open") this.#finish(status, error);
  }

  #finish(status: "closed" | "reset" | "aborted", error?: Error): void {
    this.status = status;
    this.writeStatus = "closed";
    this.readableEnded = true;
    this.#wire.ended(this);
    this.#tell("close", error === undefined ? {} : { error });
  }

  #flushSoon(): void {
    if (this.#flushing || this.#inbox.length === 0) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    while (this.readStatus === "readable" && (this.#listeners.get("message")?.length ?? 0) > 0) {
      const data = this.#inbox.shift();
      if (data === undefined) return;
      this.readBufferLength -= data.byteLength;
      this.#tell("message", { data });
    }
  }

  #tell(kind: Kind, event: { readonly data?: Sized; readonly error?: Error }): void {
    for (const { listener, once } of this.#listeners.get(kind) ?? []) {
      if (once) this.removeEventListener(kind, listener);
      listener(event);
    }
  }
}
