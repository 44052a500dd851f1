/** How fast something comes, from what has come so far. */

/** So much of it was here at a time, in milliseconds. */
export interface Sample {
  readonly at: number;
  readonly have: number;
}

/** Milliseconds that are looked back, and at least. */
const BACK = 10_000;
const LEAST = 1_500;

/** With one more, and without what is too old to tell. Less than before is another beginning. */
export const sampled = (samples: readonly Sample[], sample: Sample): readonly Sample[] => {
  const last = samples.at(-1);
  if (last && sample.have < last.have) return [sample];
  if (last?.have === sample.have) return samples;
  return [...samples.filter(({ at }) => at > sample.at - BACK), sample];
};

/** Seconds until all is here; nothing while nobody can tell. */
export const secondsLeft = (samples: readonly Sample[], size: number): number | undefined => {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < LEAST || last.have >= size) return undefined;
  return Math.ceil(((size - last.have) * (last.at - first.at)) / (last.have - first.have) / 1000);
};
