/** A libp2p connection of the simulated venue: what `src/net` uses of one. */
import type { Connection, PeerId } from "@libp2p/interface";
import { multiaddr, type Multiaddr } from "@multiformats/multiaddr";
import { Pipe } from "./pipe.ts";
import type { Place, Radio } from "./radio.ts";
import { SimStream } from "./streams.ts";

/** A machine's program, as its connections see it. */
export interface ConnectionOwner {
  readonly peerId: PeerId;
  readonly place: Place;
  readonly address: string;
  handlerOf(protocol: string): ((stream: SimStream, connection: SimConnection) => void) | undefined;
  closed(connection: SimConnection): void;
  /** The other side of a connection said who it is. */
  identified(connection: SimConnection, other: ConnectionOwner): void;
}

let count = 0;
/** Negotiating a stream's protocol. */
const NEGOTIATION = 90;
const CONTROL = 40;

/** One end. */
export class SimConnection {
  readonly id = `c${(count += 1)}`;
  readonly remotePeer: PeerId;
  readonly remoteAddr: Multiaddr;
  readonly direction: "inbound" | "outbound";
  readonly limits = undefined;
  status: "open" | "closed" = "open";
  across!: SimConnection;
  readonly #owner: ConnectionOwner;
  readonly #radio: Radio;
  readonly #out: Pipe;
  readonly #streams = new Set<SimStream>();

  private constructor(owner: ConnectionOwner, other: ConnectionOwner, how: { radio: Radio; outbound: boolean }) {
    this.#owner = owner;
    this.#radio = how.radio;
    this.remotePeer = other.peerId;
    const guest = `/ip4/${other.place.ip}/tcp/${1024 + (count % 60_000)}`;
    this.remoteAddr = how.outbound ? addressOf(other.address) : multiaddr(guest);
    this.direction = how.outbound ? "outbound" : "inbound";
    this.#out = new Pipe(how.radio, owner.place, other.place);
  }

  /** Both ends, the dialer's first. */
  static pair(
    radio: Radio,
    dialer: ConnectionOwner,
    listener: ConnectionOwner,
  ): readonly [SimConnection, SimConnection] {
    const near = new SimConnection(dialer, listener, { radio, outbound: true });
    const far = new SimConnection(listener, dialer, { radio, outbound: false });
    near.across = far;
    far.across = near;
    return [near, far];
  }

  get streams(): readonly SimStream[] {
    return [...this.#streams];
  }

  /** As the real one, for code that takes one. */
  get real(): Connection {
    return this as unknown as Connection;
  }

  /** Sends something; what comes for a connection that is gone is answered by a reset, should that arrive. */
  post(bytes: number, arrive: () => void): void {
    this.#out.send(bytes, () => (this.across.status === "open" ? arrive() : this.#refused()));
  }

  #refused(): void {
    const { clock } = this.#radio;
    const at = this.#radio.unicast(this.across.#owner.place, this.#owner.place, CONTROL);
    if (at !== undefined) clock.after(at - clock.now(), () => this.over(new Error("reset")));
  }

  async newStream(protocol: string): Promise<SimStream> {
    if (this.status !== "open") throw new Error("the connection is closed");
    return new Promise((resolve, reject) => {
      const near = this.#stream(protocol, reject);
      this.post(NEGOTIATION, () => {
        const handler = this.across.#owner.handlerOf(protocol);
        const far = this.across.#stream(protocol, () => {});
        near.peer = far;
        far.peer = near;
        if (handler !== undefined) handler(far, this.across);
        this.across.post(NEGOTIATION, () => {
          if (handler === undefined) near.broke(new Error("not spoken there"), "reset");
          else resolve(near);
        });
      });
    });
  }

  /** What the other side says of itself came. */
  identified(other: ConnectionOwner): void {
    this.#owner.identified(this, other);
  }

  async close(): Promise<void> {
    const { across } = this;
    this.post(CONTROL, () => across.over(new Error("closed")));
    this.over(new Error("closed"));
  }

  abort(error: Error): void {
    const { across } = this;
    this.post(CONTROL, () => across.over(new Error("reset")));
    this.over(error);
  }

  /** This end is gone. */
  over(error: Error): void {
    if (this.status !== "open") return;
    this.status = "closed";
    for (const stream of this.streams) stream.broke(error, "aborted");
    this.#owner.closed(this);
    // What was said last, that it hangs up, is still on its way.
    this.#out.close();
  }

  #stream(protocol: string, fail: (error: Error) => void): SimStream {
    const stream = new SimStream(protocol, {
      send: (bytes, arrive, name) => {
        this.#radio.count(name, bytes);
        this.post(bytes, arrive);
      },
      unsent: () => this.#out.unsent,
      ended: (one) => {
        this.#streams.delete(one);
        fail(new Error("the stream was closed"));
      },
    });
    this.#streams.add(stream);
    return stream;
  }
}

/** Where somebody listens: the same for hours. Whoever comes has a port of its own each time, which nobody needs again. */
const addresses = new Map<string, Multiaddr>();
const addressOf = (text: string): Multiaddr => {
  let address = addresses.get(text);
  if (address === undefined) addresses.set(text, (address = multiaddr(text)));
  return address;
};
