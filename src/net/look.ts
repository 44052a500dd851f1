/**
 * `/couloir/look/1`: what a neighbour sees of the network, for the doctor. The stream's opener sends nothing and gets one
 * length-prefixed message: the neighbour's clock, whether it takes part in multicast, whether it can open a connection to
 * the asker, and a few others to whom it just could. It tries the asker at no other host than the one the question came
 * from, and at no other address than one that the asker told of itself; and only those are told of who are there to be found.
 */
import type { Connection, Libp2p, Stream } from "@libp2p/interface";
import { bool, codec, list, struct, text, uint, word, type ShapeOf } from "../protocol/codec.ts";
import type { Clock, Millis, Random } from "../types.ts";
import { addressKey, hostOf, isLanHost, isLoopback, type AddressKey } from "./addresses.ts";
import type { Connections, Entry } from "./connections.ts";
import { Knocks, portOf, type Tried } from "./knocks.ts";
import type { Machine } from "./machine.ts";
import { causeOf, type NetLog } from "./netLog.ts";
import { streamChannel } from "./streamChannel.ts";
import { within } from "./systemClock.ts";

/** The protocol's name on a stream. */
export const LOOK_PROTOCOL = "/couloir/look/1";

/** How many others are told of. */
const MAX_OTHERS = 4;
const MAX_ADDRESS = 60;
const MAX_ANSWER = 512;
const TRIED = ["untried", "open", "refused", "silent", "unreachable"] as const satisfies readonly Tried[];
const shape = struct({
  now: uint(),
  multicast: bool,
  back: word(TRIED),
  others: list(text(MAX_ADDRESS), MAX_OTHERS),
});
/** The answer. */
export const lookMessage = codec(shape, MAX_ANSWER);
type Answer = ShapeOf<typeof shape>;

/** Between two answers to one neighbour. */
const PAUSE: Millis = 3000;
/** Longer than knocking takes. */
const PATIENCE: Millis = 6000;

/** What a neighbour said. */
export interface Said {
  /** By how much its clock is ahead of this device's, in ms. */
  readonly ahead: Millis;
  readonly multicast: boolean;
  /** What it found when it knocked here. */
  readonly back: Tried;
  /** Where others are, to whom it could open a connection just now. */
  readonly others: readonly AddressKey[];
}

/** What the look works on. */
export interface LookParts {
  readonly node: Libp2p;
  readonly clock: Clock;
  /** The machine's, which neighbours are told. */
  readonly wall: Clock;
  readonly random: Random;
  readonly log: NetLog;
  readonly connections: Pick<Connections, "all" | "of">;
  /** Nothing in a page, which answers nobody. */
  readonly machine: Machine | undefined;
  /** Whether this node is found by multicast. */
  readonly multicast: boolean;
}

/** Where a neighbour can be found by anybody: an IPv4 address of a local network, at the host it is seen at. */
const placeOf = ({ addresses, connection }: Entry): AddressKey | undefined => {
  const seen = hostOf(connection.remoteAddr.toString());
  return addresses.find((key) => hostOf(key) === seen && portOf(key) !== undefined);
};

/** One node's side of it: asks for the doctor, answers if it can be found itself. */
export class Look {
  readonly #parts: LookParts;
  readonly #knocks: Knocks | undefined;
  readonly #asked = new Map<string, Millis>();

  constructor(parts: LookParts) {
    this.#parts = parts;
    this.#knocks = parts.machine === undefined ? undefined : new Knocks(parts.machine, parts.clock);
  }

  async start(relays: boolean): Promise<void> {
    const { node, multicast } = this.#parts;
    // Who answers is told of to others, so whoever wants to be found by nobody does not.
    if (this.#knocks === undefined || !(multicast || relays)) return;
    const limits = { maxInboundStreams: 2, maxOutboundStreams: 2 };
    await node.handle(LOOK_PROTOCOL, (stream, connection) => this.#answer(stream, connection), limits);
  }

  /** Asks a neighbour; `undefined` when it does not say. */
  async ask({ connection }: Entry): Promise<Said | undefined> {
    const { clock, wall, log } = this.#parts;
    try {
      const stream = await connection.newStream(LOOK_PROTOCOL, { signal: AbortSignal.timeout(PATIENCE) });
      const channel = streamChannel(stream, MAX_ANSWER);
      const bytes = await within(clock, PATIENCE, channel.receive()).finally(() => void channel.close());
      const answer = bytes === undefined ? undefined : lookMessage.decode(bytes);
      if (answer === undefined) throw new Error("no answer that makes sense");
      // It says the time in the moment in which it answers.
      const ahead = answer.now - wall.now();
      const others = answer.others.flatMap((one) => addressKey(one) ?? []).filter((key) => portOf(key) !== undefined);
      return { ahead, multicast: answer.multicast, back: answer.back, others };
    } catch (error) {
      log.debug({ cause: causeOf(error) }, "a neighbour did not say what it sees");
      return undefined;
    }
  }

  async #answer(stream: Stream, { remotePeer }: Connection): Promise<void> {
    const peer = remotePeer.toString();
    const { clock, wall } = this.#parts;
    const channel = streamChannel(stream, MAX_ANSWER);
    try {
      if (!this.#mayAsk(peer)) throw new Error("asked again too soon");
      const [back, others] = await Promise.all([this.#back(peer), this.#others(peer)]);
      const answer: Answer = { now: wall.now(), multicast: this.#parts.multicast, back, others };
      await within(clock, PATIENCE, channel.send(lookMessage.encode(answer)));
      await channel.close();
    } catch (error) {
      stream.abort(error instanceof Error ? error : new Error("not answered"));
    }
  }

  async #knock(key: AddressKey): Promise<Tried> {
    return (await this.#knocks?.at(key)) ?? "untried";
  }

  #mayAsk(peer: string): boolean {
    const now = this.#parts.clock.now();
    for (const [one, at] of this.#asked) if (now - at >= PAUSE) this.#asked.delete(one);
    if (this.#asked.has(peer)) return false;
    this.#asked.set(peer, now);
    return true;
  }

  async #back(peer: string): Promise<Tried> {
    const entries = this.#parts.connections.of(peer);
    if (entries.some(({ connection }) => connection.direction === "outbound")) return "open";
    const key = entries.map(placeOf).find((one) => one !== undefined);
    return key === undefined ? "untried" : this.#knock(key);
  }

  async #others(asker: string): Promise<AddressKey[]> {
    const entries = this.#parts.connections.all().filter(({ peer, looks }) => looks && peer !== asker);
    const mine = new Set(
      this.#parts.connections.of(asker).map((entry) => hostOf(entry.connection.remoteAddr.toString())),
    );
    const places = new Map<string, AddressKey>();
    for (const entry of this.#shuffled(entries)) {
      const key = placeOf(entry);
      if (key === undefined || key.length > MAX_ADDRESS || isLoopback(key) || !isLanHost(hostOf(key))) continue;
      if (!mine.has(hostOf(key)) && places.size < MAX_OTHERS) places.set(hostOf(key), key);
    }
    const keys = [...places.values()];
    const found = await Promise.all(keys.map((key) => this.#knock(key)));
    return keys.filter((_, at) => found[at] === "open");
  }

  #shuffled(all: readonly Entry[]): readonly Entry[] {
    const lots = new Map(all.map((one) => [one, this.#parts.random(1)[0] as number]));
    return [...all].sort((a, b) => (lots.get(a) ?? 0) - (lots.get(b) ?? 0));
  }
}
