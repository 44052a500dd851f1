/**
 * What being closed to a later quantum computer costs, in bytes on the network and in time of this machine: the exchange of
 * a group that has just met, and new chains with and without its secrets, at 10, 50 and 150 devices. Run it alone:
 *
 *     node test/bench/postQuantum.ts
 *
 * Times mean something beside each other, in one run.
 */
import { concat, hex } from "../../src/protocol/codec.ts";
import type { Control } from "../../src/protocol/control.ts";
import type { HybridSecret, HybridSecrets } from "../../src/protocol/hybrid.ts";
import { hybridSecret, KEM_CIPHER_BYTES, kemKeyId } from "../../src/protocol/hybrid.ts";
import { MAX_KEM_CIPHERS, MAX_KEM_NAMES } from "../../src/protocol/limits.ts";
import { openDistribution, readWhole } from "../../src/protocol/following.ts";
import { rotate, sealMeta } from "../../src/protocol/sending.ts";
import { xWing } from "../../src/protocol/xWing.ts";
import { meet, Person, seeded } from "../protocol/room.ts";

const SIZES = [10, 50, 150];
const random = seeded("bench");

/** Milliseconds of one call, the middle of so many. */
const timed = async (rounds: number, work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[rounds >> 1] as number;
};

const group = (size: number): readonly Person[] => {
  const [founder, ...others] = Array.from({ length: size }, (_, i) => new Person(`bench ${i}`)) as [
    Person,
    ...Person[],
  ];
  founder.found();
  const invite = founder.invite({ uses: size });
  for (const one of others) founder.learn([one.join(invite, founder.ops)]);
  meet(founder, others.at(-1) as Person);
  return [founder, ...others];
};

const none: HybridSecrets = { inUse: () => undefined, known: () => [] };
const all = (): HybridSecrets => {
  const made = new Map<string, HybridSecret>();
  const of = (agreement: Uint8Array): HybridSecret => {
    const known = made.get(hex(agreement)) ?? { id: random(8), secret: random(32) };
    made.set(hex(agreement), known);
    return known;
  };
  return { inUse: of, known: (agreement) => [of(agreement)] };
};

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
type Kem = Extract<Control, { kind: "kem" }>;
const frame = (part: Partial<Kem>): Control => ({ kind: "kem", wanted: [], ciphers: [], got: [], ...part });

/** Bytes on the network of a control frame of this person. */
const sizeOf = (person: Person, control: Control): number =>
  sealMeta(person.state, control, person.context).frames[0]!.length;

/** What the pairs of a group that met in one room say, in as few frames as they can: the i-th answers i others. */
const exchangeBytes = (person: Person, size: number): number => {
  let sum = 0;
  for (let answers = 0; answers < size; answers++) {
    const shown = size - 1 - answers;
    for (let rest = shown; rest > 0; rest -= MAX_KEM_NAMES) {
      const names = times(Math.min(rest, MAX_KEM_NAMES), () => random(16));
      sum += sizeOf(person, frame({ key: random(1216), wanted: names })) + sizeOf(person, frame({ got: names }));
    }
    for (let rest = answers; rest > 0; rest -= MAX_KEM_CIPHERS) {
      const make = () => ({ name: random(16), cipher: random(KEM_CIPHER_BYTES) });
      sum += sizeOf(person, frame({ ciphers: times(Math.min(rest, MAX_KEM_CIPHERS), make) }));
    }
  }
  return sum;
};

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} kB`;
const ms = (time: number): string => `${time.toFixed(time < 10 ? 2 : 0)} ms`;
const say = (...cells: readonly string[]): void => console.log(cells.map((cell) => cell.padEnd(20)).join(""));

const seed = random(32);
const key = await xWing.publicKey(seed);
const both = (await xWing.encapsulate(key, random(64)))!;
const cipher = both.slice(0, KEM_CIPHER_BYTES);
const bind = (): HybridSecret =>
  hybridSecret(both.subarray(KEM_CIPHER_BYTES), { from: seed, to: seed, key: kemKeyId(key), cipher });
const make = await timed(41, () => xWing.publicKey(seed));
const answer = await timed(41, () => xWing.encapsulate(key, random(64)));
const open = await timed(41, async () => (await xWing.decapsulate(seed, cipher)) && bind());
say("an exchange", "key", "answer", "opening");
say("time", ms(make), ms(answer), ms(open));

say("");
say("devices", "exchanges", "their frames", "time a device", "new chain: 0", "1", "time: 0", "1", "opening: 0", "1");
for (const size of SIZES) {
  const people = group(size);
  const [founder] = people as [Person];
  const last = people.at(-1) as Person;
  const hybrids = all();
  const chains = new Map<HybridSecrets, Awaited<ReturnType<typeof rotate>>>();
  const turn = async (using: HybridSecrets): Promise<void> => {
    chains.set(using, await rotate(founder.state, { ...founder.context, hybrids: using }));
  };
  await turn(none);
  const rounds = size > 100 ? 5 : 11;
  const classic = await timed(rounds, () => turn(none));
  const hybrid = await timed(rounds, () => turn(hybrids));
  const opening = async (using: HybridSecrets): Promise<number> => {
    const { send, sent } = chains.get(using)!.state;
    const raw = sent.get(send!.chain)!.distribution;
    // Both sides of a pair look up the same secret here.
    const known = hybrids.inUse(last.self.agreement.public);
    const context = { ...last.context, hybrids: using === none ? none : { ...hybrids, known: () => [known!] } };
    return timed(rounds, async () => {
      const { kind } = await openDistribution(last.state, await readWhole(raw), context);
      if (kind !== "chain") throw new Error(`a chain did not open: ${kind}`);
    });
  };
  founder.state = chains.get(none)!.state;
  const bytes = async (using: HybridSecrets): Promise<number> => {
    const { frames } = await rotate(founder.state, { ...founder.context, hybrids: using });
    return concat(...frames).length;
  };
  const pairs = (size * (size - 1)) / 2;
  say(
    String(size),
    String(pairs),
    kB(exchangeBytes(founder, size)),
    ms(make + ((size - 1) / 2) * (answer + open)),
    kB(await bytes(none)),
    kB(await bytes(hybrids)),
    ms(classic),
    ms(hybrid),
    ms(await opening(none)),
    ms(await opening(hybrids)),
  );
}

say("");
say("who comes in", "as the last of", "frames of exchange", "new chains: 0", "1, twice each");
for (const size of SIZES) {
  const [founder] = group(size) as [Person];
  founder.state = (await rotate(founder.state, founder.context)).state;
  const turned = concat(...(await rotate(founder.state, founder.context)).frames).length;
  // Half of the others answer the newcomer, one frame each; the newcomer answers the other half.
  const half = Math.floor((size - 1) / 2);
  const made = { name: random(16), cipher };
  const shown = { key, wanted: [random(16)] };
  const exchange =
    sizeOf(founder, frame({ ...shown, wanted: times(Math.min(64, half), () => random(16)) })) +
    half * sizeOf(founder, frame({ ciphers: [made] })) +
    (size - 1 - half) * (sizeOf(founder, frame(shown)) + sizeOf(founder, frame({ got: [random(16)] }))) +
    Math.ceil((size - 1 - half) / MAX_KEM_CIPHERS) *
      sizeOf(founder, frame({ ciphers: times(MAX_KEM_CIPHERS, () => made) }));
  say("", String(size), kB(exchange), kB(size * turned), kB(2 * size * turned));
}
