/** A moment to come, as a person types it. */
import { InvalidArgumentError } from "commander";

const MINUTE = 60_000;

/** The next time that a clock on this machine shows this. */
const nextTime = (hours: number, minutes: number): number => {
  if (hours > 23 || minutes > 59) return Number.NaN;
  const date = new Date();
  date.setHours(hours, minutes, 0, 0);
  if (date.getTime() <= Date.now()) date.setDate(date.getDate() + 1);
  return date.getTime();
};

/** So many minutes or hours from now, a time of day, or a date; for an option. */
export const momentAhead = (text: string): number => {
  const [, count, unit] = /^(\d{1,4})([mh])$/u.exec(text) ?? [];
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/u.exec(text) ?? [];
  const at =
    count !== undefined
      ? Date.now() + Number(count) * (unit === "h" ? 60 : 1) * MINUTE
      : hours !== undefined
        ? nextTime(Number(hours), Number(minutes))
        : Date.parse(text);
  if (!(at >= 0)) throw new InvalidArgumentError("It must be like 15:00, 10m or 2h, or a date like 2026-11-28T15:00.");
  return at;
};
