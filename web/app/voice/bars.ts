/** What a voice note looks like: how loud each 64th of it is. */

/** Bars of a voice note, and its longest in milliseconds. */
export const BARS = 64;
export const LONGEST = 300_000;

/** How loud a stretch of samples is, 0 to 1: their root mean square. */
export const loudness = (samples: Float32Array): number => {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
};

/** 64 bars of 0 to 255 from the loudness of stretches of one length; the loudest is 255, and silence stays silence. */
export const barsOf = (levels: readonly number[]): readonly number[] => {
  const peaks = Array.from({ length: BARS }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / BARS);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / BARS));
    return Math.max(0, ...levels.slice(from, to));
  });
  const most = Math.max(...peaks);
  return peaks.map((peak) => (most > 0 ? Math.round((peak / most) * 255) : 0));
};
