/** The worker that verifies: whatever it does, every verdict comes, and none is wrong. */
import assert from "node:assert/strict";
import { nodeEngine } from "../../src/nodeEngine.ts";
import type { LateEngine } from "../../src/protocol/lateEngine.ts";
import { setLateEngine, withVerdicts } from "../../src/protocol/lateEngine.ts";
import { patientEngine } from "../../src/patientEngine.ts";
import { pauses } from "../../src/pauses.ts";
import { useLateEngine } from "../../src/protocol/engines.ts";
import { pureEngine, signingPair, verify } from "../../src/protocol/signature.ts";
import { type Batch, type Verdicts, verdictsOf, type VerifyingWorker } from "../../src/verdicts.ts";
import { workerEngine } from "../../src/workerEngine.ts";
import { edges, message } from "../protocol/signatureEdges.ts";
import { HandClock } from "./tabWorld.ts";

type Answer = (batch: Batch, worker: Clerk) => unknown;

/** A worker in this very thread, which answers what a test wants. */
class Clerk implements VerifyingWorker {
  onmessage: VerifyingWorker["onmessage"] = null;
  onmessageerror: VerifyingWorker["onmessageerror"] = null;
  onerror: VerifyingWorker["onerror"] = null;
  readonly batches: Batch[] = [];
  ended = false;
  readonly #answer: Answer;

  constructor(answer: Answer = (batch, worker) => worker.says(verdictsOf(batch))) {
    this.#answer = answer;
  }
  postMessage(batch: Batch): void {
    // As a browser does it.
    this.batches.push(structuredClone(batch));
    setImmediate(() => this.#answer(batch, this));
  }
  says(data: unknown): void {
    this.onmessage?.({ data } as MessageEvent);
  }
  dies(): void {
    this.onerror?.({} as ErrorEvent);
  }
  terminate(): void {
    this.ended = true;
  }
}

const { secret, public: key } = signingPair(new Uint8Array(32).fill(3));
interface One {
  readonly text: Uint8Array;
  readonly signature: Uint8Array;
  readonly good: boolean;
}
const few = Array.from({ length: 6 }, (_, i): One => {
  const text = Uint8Array.of(i);
  const signature = pureEngine.sign(text, secret);
  const good = i % 3 !== 0;
  if (!good) signature[40] = (signature[40] as number) ^ 1;
  return { text, signature, good };
});
/** So many signatures, of which every third is none. */
const some = (count: number): readonly One[] => Array.from({ length: count }, (_, i) => few[i % few.length] as One);

describe("a worker that verifies", () => {
  let clock: HandClock;
  /** Decided on this thread instead. */
  let instead: number;
  const here: LateEngine = {
    verify: async (...of) => {
      instead++;
      return nodeEngine.verify(...of);
    },
  };
  const engine = (make: () => VerifyingWorker): LateEngine => workerEngine(make, { instead: here, clock });
  const ask = (of: LateEngine, all: readonly One[]): Promise<boolean[]> =>
    Promise.all(all.map(({ text, signature }) => of.verify(signature, text, key)));
  const good = (all: readonly One[]): boolean[] => all.map((one) => one.good);

  beforeEach(() => {
    clock = new HandClock();
    instead = 0;
  });
  afterEach(() => setLateEngine(undefined));

  it("gives the one verdict on every edge, behind the checks on bytes", async () => {
    const clerk = new Clerk();
    await useLateEngine(engine(() => clerk));
    const all = edges();
    const verdicts = await withVerdicts(() => all.map((one) => verify(one.signature, message, one.key)));
    for (const [at, { name, good: expected }] of all.entries()) assert.equal(verdicts[at], expected, name);
    assert.equal(instead, 0);
  });

  it("is sent what is asked at once in batches, one at a time and no larger than they may be, and no frame along with them", async () => {
    let underWay = 0;
    const clerk = new Clerk((batch, worker) => {
      assert.equal((underWay += 1), 1);
      setImmediate(() => {
        underWay--;
        worker.says(verdictsOf(batch));
      });
    });
    const all = some(150);
    const frame = new Uint8Array(65_536);
    frame.set((all[1] as One).signature, 100);
    const one = engine(() => clerk);
    const [verdicts, other] = await Promise.all([
      ask(one, all),
      one.verify(frame.subarray(100, 164), (all[1] as One).text, key),
    ]);
    assert.deepEqual(verdicts, good(all));
    assert.equal(other, true);
    assert.deepEqual(
      clerk.batches.map(({ asked }) => asked.length),
      [64, 64, 23],
    );
    for (const { asked } of clerk.batches)
      for (const [signature] of asked) assert.equal(signature.buffer.byteLength, 64);
    assert.equal(instead, 0);
  });

  const failures: Record<string, () => VerifyingWorker> = {
    "cannot be made": () => {
      throw new Error("refused by policy");
    },
    "cannot be sent anything": () =>
      Object.assign(new Clerk(), {
        postMessage: () => {
          throw new Error("cannot be cloned");
        },
      }),
    "dies before it answers": () => new Clerk((_, worker) => worker.dies()),
    "sends what cannot be read": () => new Clerk((_, worker) => worker.onmessageerror?.({} as MessageEvent)),
    "answers with nothing": () => new Clerk((_, worker) => worker.says(undefined)),
    "answers another batch": () =>
      new Clerk((batch, worker) => worker.says({ ...verdictsOf(batch), id: batch.id + 1 })),
    "answers less than it was asked": () =>
      new Clerk(({ id }, worker) => worker.says({ id, verdicts: [true] } satisfies Verdicts)),
    "answers with something else than verdicts": () =>
      new Clerk(({ id, asked }, worker) => worker.says({ id, verdicts: asked.map(() => "yes") })),
  };
  for (const [what, make] of Object.entries(failures))
    it(`that ${what} is replaced by this thread, for good`, async () => {
      const all = some(100);
      let made = 0;
      const one = engine(() => {
        made++;
        return make();
      });
      assert.deepEqual(await ask(one, all), good(all));
      assert.equal(instead, 100);
      assert.deepEqual(await ask(one, all.slice(0, 5)), good(all.slice(0, 5)));
      assert.equal(instead, 105);
      assert.equal(made, 1);
    });

  it("that dies in the middle leaves nothing undecided, and what it says later is not heard", async () => {
    const clerk = new Clerk((batch, worker) => {
      if (batch.id === 2) worker.dies();
      worker.says({
        id: batch.id,
        verdicts: batch.id === 2 ? batch.asked.map(() => true) : verdictsOf(batch).verdicts,
      });
    });
    const all = some(150);
    assert.deepEqual(
      await ask(
        engine(() => clerk),
        all,
      ),
      good(all),
    );
    assert.equal(instead, 150 - 64);
    assert.equal(clerk.ended, true);
  });

  it("that falls silent is given up after ten seconds, but not for a night that the device slept", async () => {
    const asked: Batch[] = [];
    const clerk = new Clerk((batch) => asked.push(batch));
    const one = engine(() => clerk);
    const all = some(3);
    const first = ask(one, all);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    clock.move(8 * 3_600_000);
    assert.equal(clerk.ended, false);
    clerk.says(verdictsOf(asked[0] as Batch));
    assert.deepEqual(await first, good(all));
    assert.equal(instead, 0);

    const second = ask(one, all);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    for (let second = 0; second < 9; second++) clock.move(1000);
    assert.equal(clerk.ended, false);
    clock.move(1000);
    assert.equal(clerk.ended, true);
    assert.deepEqual(await second, good(all));
    assert.equal(instead, 3);
  });

  it("has a substitute on this thread that lets others have it between signatures", async () => {
    let pauses = 0;
    const patient = patientEngine(async () => void pauses++);
    const all = some(9);
    assert.deepEqual(await ask(patient, all), good(all));
    assert.equal(pauses, 9);
  });
});

describe("a pause", () => {
  it("is a turn of all others once the work has lasted, and none before", async () => {
    let now = 0;
    const pause = pauses(() => now);
    /** Whether it is over before anything else can have had a turn. */
    const atOnce = async (): Promise<boolean> => {
      let over = false;
      const done = pause().then(() => (over = true));
      for (let i = 0; i < 20; i++) await Promise.resolve();
      const was = over;
      await done;
      return was;
    };
    assert.equal(await atOnce(), true);
    now = 20;
    assert.equal(await atOnce(), false);
    assert.equal(await atOnce(), true);
  });
});
