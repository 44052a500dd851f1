/**
 * mDNS within a cap. The records and the sockets are `mdnsService.ts`'s; when to ask and when to answer is decided here,
 * because the package asks every ten seconds and answers at once, so that its multicast grows with the square of the
 * number of nodes and fills a Wi-Fi channel at about ninety.
 *
 * Here a question goes out at the start and then ever more rarely, another's question counts as one's own, and answers
 * wait a random moment. In a venue of more than a dozen, an answer is withheld when three others have answered.
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
const MAX_ADDRESSES = 4;
const MAX_SEEN = 1024;
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
  readonly #seen = new Set<string>();
  #asked = 0;
  #answersSince = 0;
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
      if (packet.questions?.[0]?.name === this.#tag) this.#onQuestion();
    });
    this.#socket()?.on("response", (packet) => {
      if (packet.answers?.some((one) => one.type === "PTR" && one.name === this.#tag) === true) this.#answersSince++;
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
    return (this.#context.random(1)[0] as number) / 256;
  }

  #schedule(): void {
    this.#cancelQuestion();
    const pause = FIRST_QUESTIONS[this.#asked] ?? Math.min(LONGEST_PAUSE, 8000 * 2 ** (this.#asked - 2));
    this.#cancelQuestion = this.#context.clock.after(pause * (0.8 + this.#jitter() * 0.4), () => this.#question());
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
    this.#cancelAnswer = this.#context.clock.after(20 + this.#jitter() * ANSWER_WITHIN, () => {
      this.#cancelAnswer = undefined;
      if (this.#seen.size <= CROWD || this.#answersSince < ENOUGH_ANSWERS) this.#answer();
    });
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
    if (this.#seen.size < MAX_SEEN) this.#seen.add(id);
    const keys = peer.multiaddrs.slice(0, MAX_ADDRESSES).map(keyOf);
    this.#context.onFound(
      id,
      keys.filter((key) => mayDialFound(key, hostOf(key))),
    );
  }
}
