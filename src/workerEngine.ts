/**
 * Ed25519 on a worker, in batches, for a page whose browser withholds its own. The worker is made at the first signature
 * and stays. Whatever happens to it, every verdict comes: what it has not answered is decided elsewhere.
 */
import type { LateEngine } from "./protocol/lateEngine.ts";
import type { Clock } from "./types.ts";
import type { Asked, Verdicts, VerifyingWorker } from "./verdicts.ts";

/** Signatures of one batch, some 30 ms; there is one under way at a time, the rest waits here. */
const BATCH = 64;
/** A worker that says nothing for so many seconds is given up. While a device sleeps none pass. */
const SILENCE = 10;

interface Waiting {
  readonly asked: Asked;
  readonly decide: (verdict: boolean | Promise<boolean>) => void;
}

const isVerdicts = (
  data: unknown,
  { id, count }: { readonly id: number; readonly count: number },
): data is Verdicts => {
  const { id: answered, verdicts } = (data ?? {}) as Partial<Record<keyof Verdicts, unknown>>;
  return (
    answered === id &&
    Array.isArray(verdicts) &&
    verdicts.length === count &&
    verdicts.every((one) => typeof one === "boolean")
  );
};

class WorkerEngine implements LateEngine {
  readonly #make: () => VerifyingWorker;
  readonly #instead: LateEngine;
  readonly #clock: Clock;
  #worker: VerifyingWorker | undefined;
  #failed = false;
  readonly #queue: Waiting[] = [];
  #underWay: readonly Waiting[] = [];
  #planned = false;
  #id = 0;
  #cancel: () => void = () => {};

  constructor(
    make: () => VerifyingWorker,
    { instead, clock }: { readonly instead: LateEngine; readonly clock: Clock },
  ) {
    this.#make = make;
    this.#instead = instead;
    this.#clock = clock;
  }

  verify(...asked: Asked): Promise<boolean> {
    if (this.#failed) return this.#instead.verify(...asked);
    return new Promise((decide) => {
      this.#queue.push({ asked, decide });
      if (this.#planned) return;
      this.#planned = true;
      // What is asked in one go goes in one batch.
      queueMicrotask(() => {
        this.#planned = false;
        this.#send();
      });
    });
  }

  #send(): void {
    if (this.#failed || this.#underWay.length > 0 || this.#queue.length === 0) return;
    this.#underWay = this.#queue.splice(0, BATCH);
    this.#id++;
    try {
      this.#worker ??= this.#start();
      // Copies: they are parts of frames, which would go along whole.
      const asked = this.#underWay.map(({ asked: [signature, message, publicKey] }): Asked => [
        signature.slice(),
        message.slice(),
        publicKey.slice(),
      ]);
      this.#worker.postMessage({ id: this.#id, asked });
      this.#listen(SILENCE);
    } catch {
      this.#fail();
    }
  }

  #start(): VerifyingWorker {
    const made = this.#make();
    const failed = (): void => this.#fail();
    made.onerror = failed;
    made.onmessageerror = failed;
    made.onmessage = ({ data }) => this.#take(data);
    return made;
  }

  #listen(seconds: number): void {
    this.#cancel = this.#clock.after(1000, () => (seconds > 1 ? this.#listen(seconds - 1) : this.#fail()));
  }

  #take(data: unknown): void {
    const done = this.#underWay;
    if (this.#failed) return;
    if (!isVerdicts(data, { id: this.#id, count: done.length })) return this.#fail();
    this.#cancel();
    this.#underWay = [];
    for (const [at, { decide }] of done.entries()) decide(data.verdicts[at] as boolean);
    this.#send();
  }

  /** For good: a page that is opened again tries again. */
  #fail(): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#cancel();
    this.#worker?.terminate();
    this.#worker = undefined;
    const left = [...this.#underWay, ...this.#queue.splice(0)];
    this.#underWay = [];
    for (const { asked, decide } of left) decide(this.#instead.verify(...asked));
  }
}

/** `make` may throw, where a browser makes no worker or a policy forbids it. Hand the result to `useLateEngine`. */
export const workerEngine = (
  make: () => VerifyingWorker,
  parts: { readonly instead: LateEngine; readonly clock: Clock },
): LateEngine => new WorkerEngine(make, parts);
