/**
 * mDNS within a cap. The records and the sockets are `mdnsService.ts`'s; when to ask and when to answer is decided here,
 * because the package asks every ten seconds and answers at once, so that its multicast grows with the square of the
 * number of nodes and fills a Wi-Fi channel at about ninety.
 *
 * Here a question goes out at the start and then ever more rarely, another's question counts as one's own, and whoever
 * has links enough or has just heard answers need not ask. Answers wait a random moment. In a venue of more than a dozen
 * lots are drawn who answers, eight or so, an answer is withheld when three others have answered, and nobody adds to a
 * network on which there is much of this already: multicast stays the same however many there are.
 */
import type { PeerDiscovery, PeerInfo } from "@libp2p/interface";
import { hex } from "../protocol/codec.ts";
import type { Millis } from "../types.ts";
import { hostOf, keyOf } from "./addresses.ts";
import { serviceTag, type Discovery, type DiscoveryContext, type DiscoveryFactory } from "./discovery.ts";
import { mdnsService } from "./mdnsService.ts";
import { causeOf } from "./netLog.ts";
import { mayDialFound } from "./ownNetworks.ts";

/** How the socket of `multicast-dns` looks from here; the package hands it out as `mdns`. */
export interface MdnsSocket {
  on(event: "query", listener: (packet: { questions?: readonly { name?: string }[] }) => void): void;
  on(event: "response", listener: (packet: { answers?: readonly { type?: string; name?: string }[] }) => void): void;
  query(question: { questions: readonly { name: string; type: "PTR" }[] }): void;
  respond(answers: readonly object[]): void;
}

/** The class behind the interface that the package exports. */
export interface MdnsService extends Pick<PeerDiscovery, "addEventListener"> {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly mdns?: MdnsSocket | undefined;
}

/** Makes the service, silent by itself; tests make their own. */
export type MdnsServiceFactory = (
  names: { readonly tag: string; readonly name: string },
  context: DiscoveryContext,
) => MdnsService;

const FIRST_QUESTIONS: readonly Millis[] = [1000, 3000, 8000];
const LONGEST_PAUSE: Millis = 120_000;
const ANSWER_WITHIN: Millis = 120;
const CROWD = 12;
const ENOUGH_ANSWERS = 3;
/** Of a crowd, so many draw the lot to answer. */
const ANSWERERS = 8;
/** The longest that answers of a crowd are spread over, and what each that is known adds. */
const LONGEST_ANSWER_WITHIN: Millis = 480;
const SPREAD: Millis = 8;
/** Packets heard in a second at which this node adds none. */
const BUSY = 8;
const MAX_ADDRESSES = 4;
const MAX_SEEN = 1024;
/** Who was not heard for so long may have gone; in a crowd many are that are there. */
const RECENT: Millis = 10 * 60_000;
/** A made-up name costs nothing: of a crowd above this as many answer as of this one, and those that were heard withhold the rest. */
const MOST_COUNTED = 128;
const TTL = 120;

/** Discovery by multicast DNS. */
export const mdnsDiscovery =
  (venue: string, create: MdnsServiceFactory = mdnsService): DiscoveryFactory =>
  (context) =>
    new MdnsDiscovery(serviceTag(venue), context, create);

class MdnsDiscovery implements Discovery {
  readonly #tag: string;
  readonly #name: string;
  readonly #context: DiscoveryContext;
  readonly #service: MdnsService;
  /** Whom it has heard, and when last. */
  readonly #seen = new Map<string, Millis>();
  #asked = 0;
  #answersSince = 0;
  /** Of the packets heard last, the times; answers among them. */
  #heard: readonly Millis[] = [];
  #answered: readonly Millis[] = [];
  #cancelQuestion = (): void => {};
  #cancelAnswer: (() => void) | undefined;
  #turn: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(tag: string, context: DiscoveryContext, create: MdnsServiceFactory) {
    this.#tag = tag;
    this.#context = context;
    this.#name = hex(context.random(16));
    this.#service = create({ tag, name: this.#name }, context);
    this.#service.addEventListener("peer", ({ detail }) => this.#onPeer(detail));
  }

  async start(): Promise<void> {
    await this.#open();
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelQuestion();
    this.#cancelAnswer?.();
    await this.#turn;
    await this.#service.stop();
  }

  moved(): void {
    this.#turn = this.#turn.then(async () => {
      if (this.#stopped) return;
      try {
        await this.#service.stop();
        await this.#open();
        if (!this.#stopped) this.ask();
      } catch (error) {
        this.#context.log.warn({ cause: causeOf(error) }, "nobody can be discovered on this network");
      }
    });
  }

  heard(peer: string): boolean {
    return this.#seen.has(peer);
  }

  async #open(): Promise<void> {
    await this.#service.start();
    this.#socket()?.on("query", (packet) => {
      if (packet.questions?.[0]?.name !== this.#tag) return;
      this.#heard = this.#lately(this.#heard, BUSY);
      this.#onQuestion();
    });
    this.#socket()?.on("response", (packet) => {
      if (packet.answers?.some((one) => one.type === "PTR" && one.name === this.#tag) !== true) return;
      this.#answersSince++;
      this.#heard = this.#lately(this.#heard, BUSY);
      this.#answered = this.#lately(this.#answered, ENOUGH_ANSWERS);
    });
  }

  ask(): void {
    this.#asked = 0;
    this.#question();
  }

  #socket(): MdnsSocket | undefined {
    return this.#service.mdns;
  }

  #jitter(): number {
    const [high = 0, low = 0] = this.#context.random(2);
    return (high * 256 + low) / 0x10000;
  }

  #schedule(): void {
    this.#cancelQuestion();
    const pause = FIRST_QUESTIONS[this.#asked] ?? Math.min(LONGEST_PAUSE, 8000 * 2 ** (this.#asked - 2));
    this.#cancelQuestion = this.#context.clock.after(pause * (0.8 + this.#jitter() * 0.4), () => this.#mayAsk());
  }

  /** The times of the last few, with now. */
  #lately(times: readonly Millis[], most: number): readonly Millis[] {
    return [...times, this.#context.clock.now()].slice(-most);
  }

  /** Whether there were so many in the last second. */
  #many(times: readonly Millis[], many: number): boolean {
    return times.length >= many && this.#context.clock.now() - (times[0] as Millis) < 1000;
  }

  #mayAsk(): void {
    // What others are told just now, or this node's own links, say enough: the next question is due later.
    if (this.#many(this.#answered, ENOUGH_ANSWERS) || this.#many(this.#heard, BUSY)) this.#schedule();
    else if (this.#asked < FIRST_QUESTIONS.length && this.#context.enough?.() === true) {
      this.#asked = FIRST_QUESTIONS.length;
      this.#schedule();
    } else this.#question();
  }

  #question(): void {
    this.#asked = Math.min(this.#asked + 1, 16);
    this.#socket()?.query({ questions: [{ name: this.#tag, type: "PTR" }] });
    this.#schedule();
  }

  #onQuestion(): void {
    // One's own question comes back as well; answering it tells everybody of this node at once.
    if (this.#asked >= FIRST_QUESTIONS.length) {
      this.#asked = Math.min(this.#asked + 1, 16);
      this.#schedule();
    }
    if (this.#cancelAnswer !== undefined) return;
    this.#answersSince = 0;
    const others = this.#others();
    const crowd = others > CROWD;
    if (crowd && this.#jitter() * others >= ANSWERERS) return;
    const within = Math.min(LONGEST_ANSWER_WITHIN, Math.max(ANSWER_WITHIN, others * SPREAD));
    this.#cancelAnswer = this.#context.clock.after(20 + this.#jitter() * within, () => {
      this.#cancelAnswer = undefined;
      if (crowd && (this.#answersSince >= ENOUGH_ANSWERS || this.#many(this.#heard, BUSY))) return;
      this.#answer();
    });
  }

  /** How many others there seem to be. */
  #others(): number {
    const since = this.#context.clock.now() - RECENT;
    let count = 0;
    for (const at of this.#seen.values()) if (at >= since) count++;
    return Math.min(MOST_COUNTED, count);
  }

  #answer(): void {
    const name = `${this.#name}.${this.#tag}`;
    const common = { class: "IN", ttl: TTL };
    const texts = this.#context
      .addresses()
      .slice(0, MAX_ADDRESSES)
      .map((address) => ({ ...common, name, type: "TXT", data: `dnsaddr=${address}` }))
      .filter(({ data }) => data.length <= 255);
    if (texts.length > 0) this.#socket()?.respond([{ ...common, name: this.#tag, type: "PTR", data: name }, ...texts]);
  }

  #onPeer(peer: PeerInfo): void {
    const id = peer.id.toString();
    // Last in the order in which they are forgotten.
    this.#seen.delete(id);
    if (this.#seen.size >= MAX_SEEN) this.#seen.delete(this.#seen.keys().next().value ?? "");
    this.#seen.set(id, this.#context.clock.now());
    const keys = peer.multiaddrs.slice(0, MAX_ADDRESSES).map(keyOf);
    this.#context.onFound(
      id,
      keys.filter((key) => mayDialFound(key, hostOf(key))),
    );
  }
}
