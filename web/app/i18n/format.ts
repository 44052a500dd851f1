/** Numbers, times, sizes, countries and lists as the reader's language writes them. */
import { language, locale } from "./index.ts";

const kept = new Map<string, unknown>();
/** Intl objects are dear to make; one of a kind is kept. */
const once = <T>(key: string, make: (locale: string) => T): T => {
  const whole = `${locale.value} ${key}`;
  const found = kept.get(whole);
  if (found !== undefined) return found as T;
  const made = make(locale.value);
  kept.set(whole, made);
  return made;
};

export const number = (value: number): string => once("number", (at) => new Intl.NumberFormat(at)).format(value);

/** `14:26` */
export const clock = (at: number): string =>
  once("clock", (to) => new Intl.DateTimeFormat(to, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })).format(
    at,
  );

const yearOf = (at: number): number => new Date(at).getFullYear();

/** A date, with its year where that is not the one of now. */
const dated = (how: Intl.DateTimeFormatOptions, at: number, now: number): string => {
  const year = yearOf(at) === yearOf(now) ? {} : { year: "numeric" as const };
  return once(
    `date ${JSON.stringify({ ...how, ...year })}`,
    (to) => new Intl.DateTimeFormat(to, { ...how, ...year }),
  ).format(at);
};

/** `Thursday 19 November`, or `Thursday, 19 November 2026` in another year. */
export const day = (at: number, now: number = Date.now()): string =>
  dated({ weekday: "long", day: "numeric", month: "long" }, at, now);

/** No day is longer, also where clocks are set back. */
const LONGEST_DAY = 25 * 3_600_000;

/** Whether two moments fall on one day here. */
export const sameDay = (a: number, b: number): boolean =>
  Math.abs(a - b) < LONGEST_DAY && new Date(a).getDate() === new Date(b).getDate();

/** The clock today, else a short date: `19 Nov`, or `19 Nov 2026` in another year. */
export const when = (at: number, now: number): string =>
  sameDay(at, now) ? clock(at) : dated({ day: "numeric", month: "short" }, at, now);

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** `240 kB`, decimal units as files are sold and shown. */
export const size = (bytes: number): string => {
  // Nothing has no plural to go wrong, and stands beside what is counted in larger units.
  let step = bytes === 0 ? 1 : 0;
  let value = bytes;
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1_000;
    step += 1;
  }
  const digits = value < 10 && step > 1 ? 1 : 0;
  return once(
    `size ${step} ${digits}`,
    (at) => new Intl.NumberFormat(at, { style: "unit", unit: UNITS[step] ?? "byte", maximumFractionDigits: digits }),
  ).format(value);
};

/** `1:05`: minutes and seconds, or with hours before them. */
export const span = (seconds: number): string => {
  const two = (value: number): string => String(value % 60).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds)}` : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(seconds)}`;
};

/** `8 hours` */
export const duration = (value: number, unit: "minute" | "hour" | "day"): string =>
  once(`duration ${unit}`, (at) => new Intl.NumberFormat(at, { style: "unit", unit, unitDisplay: "long" })).format(
    value,
  );

/** Sentences one after another: in Chinese nothing stands between them. */
export const sentences = (...all: readonly string[]): string => all.join(language.value === "zh" ? "" : " ");

/** Compares names by the rules of the reader's language. */
export const compare = (a: string, b: string): number =>
  once("collator", (at) => new Intl.Collator(at, { sensitivity: "base", numeric: true })).compare(a, b);

/** A country's name for its two letters, or the letters. */
export const country = (iso: string): string => {
  if (!/^[A-Z]{2}$/.test(iso)) return iso;
  return once("countries", (at) => new Intl.DisplayNames(at, { type: "region", fallback: "code" })).of(iso) ?? iso;
};

/** The flag of two letters, made of regional indicators; empty for anything else. */
export const flag = (iso: string): string =>
  /^[A-Z]{2}$/.test(iso) ? String.fromCodePoint(0x1f1a5 + iso.charCodeAt(0), 0x1f1a5 + iso.charCodeAt(1)) : "";
