/**
 * A name by which a hub is reached, for those who type: `couloir.local`, else `couloir-2.local`, else none. By multicast
 * DNS as RFC 6762 §8 wants it: who has a name keeps it, and whoever hears of another who has it takes the next, at any
 * time; nobody fights. It says nothing of who the hub is: anybody on the network can take a name.
 */
import type { Clock, Millis, Random } from "../types.ts";

/** The names that a hub may get, in the order of its wishes. */
export const HUB_NAMES = ["couloir.local", "couloir-2.local"] as const;
const PROBES = 3;
const PROBE_EVERY: Millis = 250;
const ANNOUNCE_AGAIN: Millis = 1000;
/** Between two answers, whoever asks how often. */
const ANSWER_EVERY: Millis = 1000;
const TTL = 120;

/** As `multicast-dns` gives and takes it. */
export interface NamePacket {
  readonly questions?: readonly { readonly name?: string; readonly type?: string }[];
  readonly answers?: readonly NameRecord[];
  readonly authorities?: readonly NameRecord[];
}
interface NameRecord {
  readonly name?: string;
  readonly type?: string;
  readonly data?: unknown;
}

/** Speaks on one interface, which has this IPv4 address. */
export interface NameVoice {
  readonly address: string;
  query(packet: object): void;
  respond(answers: readonly object[]): void;
}

/** What the name lives on. */
export interface HubNameParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly voices: readonly NameVoice[];
  /** There is a name now, another one, or none. */
  onChange(name: string | undefined): void;
}

const bare = (name = ""): string => name.toLowerCase().replace(/\.$/, "");
const byNumbers = (address: string): string =>
  address
    .split(".")
    .map((part) => part.padStart(3, "0"))
    .join(".");

/** See above. */
export class HubName {
  readonly #parts: HubNameParts;
  readonly #own: ReadonlySet<unknown>;
  #at = 0;
  #probes = 0;
  #up = false;
  #answeredAt = -Infinity;
  #cancel = (): void => {};
  #cancelAnswer: (() => void) | undefined;

  constructor(parts: HubNameParts) {
    this.#parts = parts;
    this.#own = new Set(parts.voices.map(({ address }) => address));
  }

  /** The name that it has. */
  get name(): string | undefined {
    return this.#up ? HUB_NAMES[this.#at] : undefined;
  }

  start(): void {
    if (this.#parts.voices.length > 0) this.#after(this.#lot() * PROBE_EVERY, () => this.#probe());
  }

  /** Gives the name back. */
  stop(): void {
    if (this.#up) this.#say(0);
    this.#cancel();
    this.#cancelAnswer?.();
    this.#up = false;
    this.#at = HUB_NAMES.length;
  }

  onResponse({ answers = [] }: NamePacket): void {
    if (answers.some((one) => this.#isOthers(one))) this.#yield();
  }

  onQuery({ questions = [], authorities = [] }: NamePacket): void {
    const asked = questions.some(
      ({ name, type }) => bare(name) === HUB_NAMES[this.#at] && (type === "A" || type === "ANY"),
    );
    if (!asked) return;
    if (this.#up) this.#answer();
    else if (authorities.some((one) => this.#isOthers(one) && this.#losesTo(one))) this.#yield();
  }

  #lot(): number {
    return (this.#parts.random(1)[0] as number) / 256;
  }

  #after(ms: Millis, then: () => void): void {
    this.#cancel();
    this.#cancel = this.#parts.clock.after(ms, then);
  }

  #isOthers({ name, type, data }: NameRecord): boolean {
    return bare(name) === HUB_NAMES[this.#at] && (type === "A" || type === "AAAA") && !this.#own.has(data);
  }

  /** Two want it at the same moment: the greater address has it. */
  #losesTo({ data }: NameRecord): boolean {
    const own = this.#parts.voices.map(({ address }) => byNumbers(address)).sort();
    return byNumbers(String(data)) > (own.at(-1) ?? "");
  }

  #probe(): void {
    const name = HUB_NAMES[this.#at];
    if (name === undefined) return;
    if (this.#probes++ === PROBES) {
      this.#up = true;
      this.#say(TTL);
      this.#after(ANNOUNCE_AGAIN, () => this.#say(TTL));
      this.#parts.onChange(name);
      return;
    }
    for (const voice of this.#parts.voices)
      voice.query({
        questions: [{ name, type: "ANY" }],
        authorities: [{ name, type: "A", class: "IN", ttl: TTL, data: voice.address }],
      });
    this.#after(PROBE_EVERY, () => this.#probe());
  }

  /** Somebody else has it. */
  #yield(): void {
    const was = this.#up;
    this.#up = false;
    this.#at++;
    this.#probes = 0;
    this.#cancelAnswer?.();
    this.#cancelAnswer = undefined;
    this.#after(PROBE_EVERY, () => this.#probe());
    if (was) this.#parts.onChange(undefined);
  }

  #answer(): void {
    const { clock } = this.#parts;
    if (this.#cancelAnswer !== undefined) return;
    const soonest = Math.max(0, this.#answeredAt + ANSWER_EVERY - clock.now());
    this.#cancelAnswer = clock.after(soonest + this.#lot() * 20, () => {
      this.#cancelAnswer = undefined;
      this.#answeredAt = clock.now();
      this.#say(TTL);
    });
  }

  #say(ttl: number): void {
    const name = HUB_NAMES[this.#at];
    for (const voice of this.#parts.voices)
      voice.respond([{ name, type: "A", class: "IN", ttl, flush: true, data: voice.address }]);
  }
}
