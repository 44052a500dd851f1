/**
 * Many random runs as tests. `COULOIR_SEEDS` sets how many, `COULOIR_STEPS` how long each is (another length is another
 * run), `COULOIR_SEED` replays one:
 *
 *     COULOIR_SEED=17 npm test -- test/scenario/seeds1.test.ts
 */
import { play, type PlayResult } from "./simPlay.ts";

/** All of them in CI; a part in everyday runs. */
const DEFAULT_SEEDS = process.env["CI"] === undefined ? 40 : 200;
/** Seeds in one test, so that a report stays readable. */
const BATCH = 10;
const BATCH_TIMEOUT_MS = 300_000;

/** This file's part of all seeds; files run side by side. */
export interface Shard {
  readonly shard: number;
  readonly of: number;
  /** The file, for the line that says how to replay. */
  readonly file: string;
}

const count = Number(process.env["COULOIR_SEEDS"] ?? DEFAULT_SEEDS);
const steps = process.env["COULOIR_STEPS"];
const only = process.env["COULOIR_SEED"];

const report = (result: PlayResult, file: string): string => {
  const replay = `${steps === undefined ? "" : `COULOIR_STEPS=${steps} `}COULOIR_SEED=${result.seed} npm test -- ${file}`;
  return [`seed ${result.seed}:`, ...result.faults, ...result.steps.map((step) => `    ${step}`), replay].join("\n");
};

const run = async (seed: number | string, file: string): Promise<void> => {
  const result = await play(seed, steps === undefined ? {} : { steps: Number(steps) });
  if (result.faults.length > 0) throw new Error(report(result, file));
};

/** Declares the tests of a shard. */
export const testSeeds = ({ shard, of, file }: Shard): void => {
  if (only !== undefined) {
    it(`seed ${only}`, () => run(only, file)).timeout(BATCH_TIMEOUT_MS);
    return;
  }
  const seeds = Array.from({ length: count }, (_, at) => at + 1).filter((seed) => seed % of === shard);
  for (let at = 0; at < seeds.length; at += BATCH) {
    const batch = seeds.slice(at, at + BATCH);
    it(`seeds ${batch.join(", ")}`, async () => {
      for (const seed of batch) await run(seed, file);
    }).timeout(BATCH_TIMEOUT_MS);
  }
};
