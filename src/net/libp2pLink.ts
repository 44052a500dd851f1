/**
 * `Link` over libp2p: gossip for what is new, catch-up for what was missed, a heartbeat on every connection, and our own
 * dialing. Works with the node of a daemon and with that of a page; which one is the host factory's business.
 */
import { CouloirError } from "../errors.ts";
import type { Random, Topic } from "../types.ts";
import type { Asked, Link, LinkHandlers, LinkStatus } from "./link.ts";
import type { FullLinkOptions, LinkOptions } from "./linkOptions.ts";
import { MeshRun } from "./meshRun.ts";
import { causeOf, silentLog } from "./netLog.ts";
import type { Trust } from "./shares.ts";
import type { Surroundings } from "./survey.ts";
import { steadyClock } from "./steadyClock.ts";
import { systemClock } from "./systemClock.ts";

export type { LinkOptions } from "./linkOptions.ts";

const systemRandom: Random = (n) => crypto.getRandomValues(new Uint8Array(n));

/** libp2p names the addresses and not the reason; for a person, these two are what it can be. */
const cannotListen = (cause: unknown): string =>
  cause instanceof Error && cause.name === "UnsupportedListenAddressesError"
    ? "this device cannot listen there: the port is taken, or the address is not its own; choose another with --listen"
    : `this device cannot listen on the network: ${causeOf(cause)}`;

/** A link that may be started and stopped any number of times. */
export class Libp2pLink implements Link {
  readonly #options: FullLinkOptions;
  readonly #topics = new Set<Topic>();
  readonly #hints = new Set<string>();
  #run: MeshRun | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: LinkOptions) {
    const { clock = systemClock, random = systemRandom, log = silentLog } = options;
    const { hints = [] } = options;
    this.#options = { ...options, clock: steadyClock(clock), wall: clock, random, log, hints };
    for (const hint of hints) this.#hints.add(hint);
  }

  start(handlers: LinkHandlers): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#run !== undefined) return;
      const run = new MeshRun(this.#options, handlers, this.#topics);
      try {
        await run.start();
      } catch (cause) {
        await run.stop();
        throw new CouloirError("network", "cannot-listen", cannotListen(cause), { cause });
      }
      this.#run = run;
      run.hint(Array.from(this.#hints));
    });
  }

  stop(): Promise<void> {
    return this.#inTurn(async () => {
      const run = this.#run;
      this.#run = undefined;
      await run?.stop();
    });
  }

  subscribe(topics: readonly Topic[]): void {
    const more = topics.filter((topic) => !this.#topics.has(topic));
    for (const topic of more) this.#topics.add(topic);
    if (more.length > 0) this.#run?.subscribe(more);
  }

  async publish(topic: Topic, frame: Uint8Array): Promise<number> {
    return (await this.#run?.publish(topic, frame)) ?? 0;
  }

  hint(addresses: readonly string[]): void {
    for (const address of addresses) this.#hints.add(address);
    this.#run?.hint(addresses);
  }

  /** The network may be there again (a page that is looked at, a device that wakes): tries at once what it knows. */
  wake(): void {
    this.#run?.wake();
  }

  status(): LinkStatus {
    return this.#run?.status() ?? { peerId: "", addresses: [], peers: 0 };
  }

  neighbours(): readonly string[] {
    return this.#run?.neighbours() ?? [];
  }

  /** The venue has a key now, or another one: every neighbour is asked to prove it. */
  venueChanged(): void {
    this.#run?.venueChanged();
  }

  crowd(devices: number): void {
    this.#run?.crowd(devices);
  }

  trust(from: string): Trust {
    return this.#run?.trust(from) ?? "stranger";
  }

  /** The usable links, and where each leads: an address with `/webrtc` or `/tcp`, or with `/ws` to a hub. */
  links(): readonly { readonly peer: string; readonly address: string }[] {
    return this.#run?.links() ?? [];
  }

  /**
   * Dials at once what a person typed, and remembers it as a hint; `true` when somebody answered at one of the addresses
   * within seconds. Where nobody does, they are tried again from time to time.
   */
  async dialNow(addresses: readonly string[]): Promise<boolean> {
    for (const address of addresses) this.#hints.add(address);
    return (await this.#run?.dialNow(addresses)) ?? false;
  }

  /** What this device sees of its network, for the doctor; takes seconds. Nothing in a page, or when it is stopped. */
  async survey(): Promise<Surroundings | undefined> {
    return this.#run?.survey();
  }

  async *ask(whom: Asked, request: Uint8Array, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
    const answer = this.#run?.ask(whom, request, signal);
    if (answer === undefined) throw new CouloirError("network", "not-started", "this device is not on the network");
    yield* answer;
  }

  /** Addresses at which somebody was reached in this run, latest first, to hand over as hints in the next. */
  reachedAddresses(): readonly string[] {
    return this.#run?.reachedAddresses() ?? [];
  }

  /** Start and stop never overlap, in whatever order they are called. */
  #inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(step);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
