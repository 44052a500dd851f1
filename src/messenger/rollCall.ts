/**
 * Who is here, asked of neighbours: each new one, one at a time, and any of them now and then. So newcomers need not wait
 * until everybody has shown themselves, and a frame that was lost is made good. Answers whoever asks. SPEC.md §12.
 */
import type { Request } from "../protocol/request.ts";
import { MAX_KNOWN } from "../protocol/request.ts";
import type { Millis } from "../types.ts";
import { Budget } from "./budget.ts";
import { messagesOf } from "./fileAsking.ts";
import { presenceAnswers } from "./presenceFrame.ts";
import { takePresence, type Brought } from "./presenceIntake.ts";
import type { Session } from "./session.ts";

const SOON: Millis = 300;
const EVERY: Millis = 60_000;
const MAX_FRAMES = 2048;
/** In one message of an answer, which is taken in at once. */
const MAX_BATCH = 64;
const BATCH_BYTES = 48_000;
/** Answers to one neighbour, at once and in two minutes: a page that is loaded anew asks anew. Neighbours that are counted. */
const ANSWERS = 32;
const REFILL: Millis = 120_000;
const MAX_ASKERS = 256;

type Call = Extract<Request, { readonly kind: "here" }>;

export class RollCall {
  readonly #session: Session;
  /** Neighbours that were asked. */
  #asked = new Set<string>();
  readonly #budgets = new Map<string, Budget>();
  #asking = false;
  #planned = false;

  constructor(session: Session) {
    this.#session = session;
  }

  start(): void {
    this.#session.clock.after(EVERY * (0.75 + this.#lot() / 2), () => {
      if (this.#session.closed) return;
      const neighbours = this.#worthAsking();
      const one = neighbours[Math.floor(this.#lot() * neighbours.length)];
      if (one !== undefined) this.#ask(one);
      this.start();
    });
  }

  /** The neighbours may be others. */
  met(): void {
    const { closed, clock } = this.#session;
    this.#asked = new Set(this.#session.link.neighbours().filter((one) => this.#asked.has(one)));
    if (closed || this.#planned || this.#asking || this.#unasked() === undefined) return;
    this.#planned = true;
    clock.after(SOON * (1 + this.#lot()), () => {
      this.#planned = false;
      const one = this.#session.closed ? undefined : this.#unasked();
      if (one !== undefined) this.#ask(one);
    });
  }

  /** What this device knows beyond what the asker does. */
  async *answer({ salt, known }: Call, from: string): AsyncGenerator<Uint8Array, void> {
    const { people, clock, closed } = this.#session;
    const budget = this.#budgets.get(from) ?? new Budget(ANSWERS, REFILL);
    this.#budgets.set(from, budget);
    if (this.#budgets.size > MAX_ASKERS) this.#budgets.delete(this.#budgets.keys().next().value as string);
    if (closed || !budget.take(clock.now())) return;
    let frames: Required<Brought>[] = [];
    let bytes = 0;
    for (const one of people.here.beyond(salt, known, clock.now())) {
      if (frames.length >= MAX_BATCH || bytes + one.frame.length > BATCH_BYTES) {
        yield presenceAnswers.encode({ frames });
        [frames, bytes] = [[], 0];
      }
      frames.push(one);
      bytes += one.frame.length;
    }
    if (frames.length > 0) yield presenceAnswers.encode({ frames });
  }

  #lot(): number {
    const [lot] = this.#session.options.random(1) as unknown as [number];
    return lot / 256;
  }

  /** Those who are vouched for, or all where nobody is. */
  #worthAsking(): readonly string[] {
    const { link } = this.#session;
    const vouched = link.neighbours().filter((one) => link.trust?.(one) !== "stranger");
    return vouched.length > 0 ? vouched : link.neighbours();
  }

  #unasked(): string | undefined {
    return this.#worthAsking().find((one) => !this.#asked.has(one));
  }

  #ask(neighbour: string): void {
    if (this.#asking) return;
    this.#asking = true;
    this.#asked.add(neighbour);
    void this.#take(neighbour).finally(() => {
      this.#asking = false;
      this.met();
    });
  }

  async #take(neighbour: string): Promise<void> {
    const { people, options } = this.#session;
    const salt = options.random(16);
    const request = { kind: "here", salt, known: people.here.marks(salt, MAX_KNOWN) } as const;
    const { signal } = new AbortController();
    let taken = 0;
    for await (const message of messagesOf(this.#session, { neighbour }, { request, signal })) {
      const answer = presenceAnswers.decode(message);
      taken += answer?.frames.length ?? MAX_FRAMES;
      if (answer === undefined || taken > MAX_FRAMES || this.#session.closed) return;
      const verdicts = await takePresence(this.#session, answer.frames);
      // Who tells what nobody ever said, or nothing that is new, is not listened to any further.
      if (verdicts.includes("reject") || !verdicts.includes("accept")) return;
    }
  }
}
