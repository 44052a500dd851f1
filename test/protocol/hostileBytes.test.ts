/** Anything at every decoder. `HOSTILE_BYTES=1000000` for the long run, which tells its time and memory as well. */
import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { CouloirError } from "../../src/errors.ts";
import { hex } from "../../src/protocol/codec.ts";
import { type Decoder, everyDecoder } from "../helpers/everyDecoder.ts";
import { mutated } from "../helpers/mutations.ts";
import { SimRandom } from "../helpers/simRandom.ts";

const LONG = process.env["HOSTILE_BYTES"];
const INPUTS = Number(LONG ?? 12_000);

/** What one input did; throws what no decoder may throw. */
const feed = async ({ name, decode, speaks, write }: Decoder, given: Uint8Array): Promise<void> => {
  try {
    const value = await decode(given);
    // What is accepted is canonical: it can only have been written so.
    if (write && value !== undefined) assert.equal(hex(write(value as never)), hex(given), `${name} wrote otherwise`);
  } catch (error) {
    if (!(speaks && error instanceof CouloirError))
      throw new Error(`${name} failed on ${Buffer.from(given).toString("hex").slice(0, 2000)}`, { cause: error });
  }
};

describe("attack 22: parser bombs", function () {
  this.timeout(LONG === undefined ? 60_000 : 3_600_000);
  let all: readonly Decoder[];
  before(async () => {
    all = await everyDecoder();
  });

  it("every decoder takes its own bytes", async () => {
    assert.ok(all.length >= 70, `${all.length} decoders`);
    for (const { name, seeds, decode } of all)
      for (const seed of seeds) assert.ok((await decode(seed)) !== undefined, name);
  });

  it(`none of them fails, hangs or grows on ${INPUTS} hostile inputs`, async () => {
    const random = new SimRandom(LONG === undefined ? "hostile bytes" : `hostile bytes ${LONG}`);
    const seeds = all.flatMap((one) => one.seeds);
    const slow = new Map<string, number>();
    const began = performance.now();
    const before = await inUse();
    for (let i = 0; i < INPUTS; i++) {
      const one = all[i % all.length] as Decoder;
      const given = mutated(random.pick(one.seeds) as Uint8Array, seeds, random);
      const since = performance.now();
      await feed(one, given);
      slow.set(one.name, Math.max(slow.get(one.name) ?? 0, performance.now() - since));
    }
    const grown = ((await inUse()) - before) / 1e6;
    assert.ok(grown < 32, `${grown.toFixed(1)} MB more than before`);
    if (LONG === undefined) return;
    const slowest = [...slow].sort(([, a], [, b]) => b - a).slice(0, 6);
    console.log(`      ${all.length} decoders, ${INPUTS} inputs, ${((performance.now() - began) / 1000).toFixed(0)} s`);
    console.log(
      `      heap ${grown.toFixed(1)} MB more than before, ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB in all`,
    );
    console.log(`      longest: ${slowest.map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`).join(", ")}`);
  });
});

/** Bytes that are in use once what nobody holds is gone: a stream's end is told a few turns after that. */
const inUse = async (): Promise<number> => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let turn = 0; turn < 12; turn++) {
    collect();
    await new Promise(setImmediate);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
