/** How long messages stay, as people choose it and read it. */
import type { LastingView, MessageView, Millis } from "../../src/types.ts";
import { day, duration, clock, sameDay } from "./i18n/format.ts";
import { t } from "./i18n/index.ts";
import { plainName } from "./text.ts";

const HOUR = 3600;
/** In seconds; 0: they stay. */
const LASTS: readonly number[] = [0, HOUR, 8 * HOUR, 24 * HOUR, 7 * 24 * HOUR];

/** What can be chosen, and what is so although it cannot. */
export const lastsChoices = (now: number): readonly number[] =>
  LASTS.includes(now) ? LASTS : [...LASTS, now].sort((a, b) => a - b);

/** `8 hours` */
export const lastsWord = (seconds: number): string => {
  if (seconds % (24 * HOUR) === 0 && seconds > 24 * HOUR) return duration(seconds / (24 * HOUR), "day");
  if (seconds % HOUR === 0) return duration(seconds / HOUR, "hour");
  return duration(Math.round(seconds / 60), "minute");
};

/** When a message goes. */
export const goesWords = (at: Millis, now: Millis): string =>
  sameDay(at, now) ? t("fades-at", { time: clock(at) }) : t("fades-on-day", { day: day(at), time: clock(at) });

/** Who changed it. */
export const lastingWords = ({ by, name, lasts }: LastingView, me: MessageView["sender"]): string => {
  const whose = by === me ? "own" : "other";
  const args = { name: plainName(name) || t("nameless") };
  return lasts === undefined
    ? t(`fades-unset-${whose}`, args)
    : t(`fades-set-${whose}`, { ...args, span: lastsWord(lasts) });
};
