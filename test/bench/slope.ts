/** A straight line through points in time, by least squares. */

/** How fast something grows, and how far off that may be: one standard error. */
export interface Slope {
  readonly perHour: number;
  readonly error: number;
}

const HOUR = 3_600_000;

/** The slope of values over times in milliseconds; `NaN` for less than three points. */
export const slopeOf = (points: readonly (readonly [at: number, value: number])[]): Slope => {
  const count = points.length;
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / count;
  const [middle, level] = [mean(([at]) => at / HOUR), mean(([, value]) => value)];
  const spread = points.reduce((sum, [at]) => sum + (at / HOUR - middle) ** 2, 0);
  const perHour = points.reduce((sum, [at, value]) => sum + (at / HOUR - middle) * (value - level), 0) / spread;
  const off = points.reduce((sum, [at, value]) => sum + (value - level - perHour * (at / HOUR - middle)) ** 2, 0);
  return { perHour: count < 3 ? NaN : perHour, error: Math.sqrt(off / (count - 2) / spread) };
};

/** The value below which so many of a hundred are; `NaN` for none. */
export const percentile = (values: readonly number[], percent: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor((values.length * percent) / 100))] ?? NaN;
