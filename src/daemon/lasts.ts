/** How long messages stay, as a person types and reads it. */
import { InvalidArgumentError } from "commander";
import { LASTS } from "../protocol/limits.ts";

const UNITS = { m: 60, h: 3600, d: 86_400 } as const;

/** Seconds, from what a person types; an option's parser. */
export const lastsOf = (text: string): number => {
  if (text === "off") return 0;
  const [, number, unit] = /^(\d{1,6})([mhd])$/u.exec(text) ?? [];
  const lasts = Number(number) * (UNITS[unit as keyof typeof UNITS] ?? Number.NaN);
  if (!(lasts >= LASTS.least && lasts <= LASTS.most))
    throw new InvalidArgumentError("It must be a number with m, h or d, as in 8h, from 5m to 30d; or off.");
  return lasts;
};

/** `8h` */
export const lastsWords = (lasts: number): string => {
  const [unit, seconds] = Object.entries(UNITS).findLast(([, one]) => lasts % one === 0 && lasts >= one) ?? ["s", 1];
  return `${lasts / seconds}${unit}`;
};
