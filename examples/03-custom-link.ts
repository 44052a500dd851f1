/**
 * A link of one's own: everything that a messenger needs of a network, over a BroadcastChannel. Two messengers in one
 * process, in memory; the same class links the tabs of one browser.
 *
 *     node examples/03-custom-link.ts
 *
 * A link moves opaque frames. What it must do: hand each frame to everybody, and let two that meet exchange what the
 * other missed. The frames that this device keeps are in `handlers.carrier`, whoever they are for.
 */
import { randomBytes } from "@noble/hashes/utils.js";
import { MemoryLevel } from "memory-level";
import {
  CouloirError,
  Messenger,
  Store,
  systemClock,
  Vault,
  type Asked,
  type Link,
  type LinkHandlers,
  type LinkStatus,
  type Topic,
  xWingLater,
} from "../src/index.ts";

/** What goes over the channel. `to` is somebody's id; without it, everybody's business. */
type Packet = { readonly from: string; readonly to?: string } & (
  | { readonly kind: "hello" | "welcome" | "bye" | "caught-up" }
  | { readonly kind: "frame"; readonly topic: Topic; readonly frame: Uint8Array }
  | { readonly kind: "ask"; readonly id: string; readonly request: Uint8Array }
  /** Without a message: that was all. */
  | { readonly kind: "answer"; readonly id: string; readonly message?: Uint8Array }
);

class BroadcastLink implements Link {
  readonly #id = crypto.randomUUID();
  readonly #peers = new Set<string>();
  readonly #topics = new Set<Topic>();
  #handlers: LinkHandlers | undefined;
  #channel: BroadcastChannel | undefined;
  readonly #questions = new Map<string, WritableStreamDefaultWriter<Uint8Array>>();
  /** Packets are taken one after the other, so that "caught-up" comes after the frames before it. */
  #turn: Promise<unknown> = Promise.resolve();

  async start(handlers: LinkHandlers): Promise<void> {
    this.#handlers = handlers;
    this.#channel = new BroadcastChannel("couloir");
    this.#channel.addEventListener("message", ({ data }: { data: Packet }) => {
      this.#turn = this.#turn.then(() => this.#take(data)).catch(() => undefined);
    });
    this.#post({ from: this.#id, kind: "hello" });
  }

  async stop(): Promise<void> {
    this.#post({ from: this.#id, kind: "bye" });
    this.#channel?.close();
    this.#channel = undefined;
    this.#peers.clear();
  }

  subscribe(topics: readonly Topic[]): void {
    for (const topic of topics) this.#topics.add(topic);
  }

  async publish(topic: Topic, frame: Uint8Array): Promise<number> {
    this.#post({ from: this.#id, kind: "frame", topic, frame });
    // So many took it. Zero is no error: the messenger keeps the frame and says "saved".
    return this.#peers.size;
  }

  /** Addresses mean nothing on this network. */
  hint(): void {}

  status(): LinkStatus {
    return { peerId: this.#id, addresses: [], peers: this.#peers.size };
  }

  neighbours(): readonly string[] {
    return [...this.#peers];
  }

  /** A question goes to one neighbour, and its answer comes back message by message. */
  async *ask(whom: Asked, request: Uint8Array): AsyncGenerator<Uint8Array, void> {
    const to = "neighbour" in whom ? whom.neighbour : undefined;
    if (to === undefined || !this.#peers.has(to)) throw new CouloirError("network", "nobody-there", "nobody is there");
    const id = crypto.randomUUID();
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    this.#questions.set(id, writable.getWriter());
    this.#post({ from: this.#id, to, kind: "ask", id, request });
    try {
      yield* readable;
    } finally {
      this.#questions.delete(id);
    }
  }

  #post(packet: Packet): void {
    this.#channel?.postMessage(packet);
  }

  async #take(packet: Packet): Promise<void> {
    const { from } = packet;
    if (this.#channel === undefined || (packet.to ?? this.#id) !== this.#id) return;
    switch (packet.kind) {
      case "frame":
        // The verdict says whether to pass it on; here everybody has heard it already.
        if (this.#topics.has(packet.topic)) await this.#handlers?.onFrame(packet.topic, packet.frame, from);
        return;
      case "ask":
        void this.#answer(from, packet.id, packet.request);
        return;
      case "answer": {
        const question = this.#questions.get(packet.id);
        void (packet.message === undefined ? question?.close() : question?.write(packet.message));
        return;
      }
      case "hello":
        this.#post({ from: this.#id, to: from, kind: "welcome" });
        return this.#meet(from);
      case "welcome":
        return this.#meet(from);
      case "caught-up":
        this.#handlers?.onCaughtUp(from);
        return;
      case "bye":
        if (this.#peers.delete(from)) this.#handlers?.onPeers(this.#peers.size);
    }
  }

  async #answer(to: string, id: string, request: Uint8Array): Promise<void> {
    for await (const message of this.#handlers?.onAsk(request, to) ?? [])
      this.#post({ from: this.#id, to, kind: "answer", id, message });
    this.#post({ from: this.#id, to, kind: "answer", id });
  }

  /** The simplest catch-up there is: all that is kept here, to whoever comes. The real one compares hour by hour. */
  async #meet(peer: string): Promise<void> {
    this.#peers.add(peer);
    this.#handlers?.onPeers(this.#peers.size);
    const carrier = this.#handlers?.carrier;
    for (const { topic, slot } of (await carrier?.slots()) ?? [])
      for (const frame of (await carrier?.frames(topic, slot, await carrier.ids(topic, slot))) ?? [])
        this.#post({ from: this.#id, to: peer, kind: "frame", topic, frame });
    this.#post({ from: this.#id, to: peer, kind: "caught-up" });
  }
}

const openInMemory = async (name: string): Promise<Messenger> => {
  const store = await Store.open(new MemoryLevel<Uint8Array, Uint8Array>(), new Vault(randomBytes(32)));
  const link = new BroadcastLink();
  const messenger = await Messenger.open({ store, link, clock: systemClock, random: randomBytes, kem: xWingLater });
  await messenger.setProfile({ name, flag: "", delegation: "" });
  return messenger;
};

const ana = await openInMemory("Ana");
const caucus = await ana.createCaucus("Corridor");
const early = await ana.send(caucus, "Written while nobody was there.");
console.log(`Ana alone: ${early.state}`);

const ben = await openInMemory("Ben");
const heard = new Promise<string>((resolve) => {
  ben.on("message", ({ name, text }) => resolve(`${name}: ${text}`));
});
const benIsIn = new Promise<void>((resolve) => {
  ana.on("caucus", ({ members }) => members.length === 2 && resolve());
});
await ben.join((await ana.invite(caucus)).code, 10_000);
// A message is for those of whom its author knows that they are in: so Ana first hears of it.
await benIsIn;
await ana.send(caucus, "Over a link of our own.");
console.log(`Ben heard ${await heard}`);

await ben.close();
await ana.close();
