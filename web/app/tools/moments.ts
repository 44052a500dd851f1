/** Moments as fields for times have them. */
const MINUTE = 60_000;

/** The clock of a moment, as a field of the browser takes it. */
export const timeText = (at: number): string => {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes()].map((part) => `${part}`.padStart(2, "0")).join(":");
};

/** The next moment at which a clock shows it, an hour ago at most; nothing for what is no time. */
export const momentOf = (text: string, now: number): number | undefined => {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const at = new Date(now);
  at.setHours(Number(hours), Number(minutes), 0, 0);
  // Tomorrow, as a calendar counts: a day may have 23 hours.
  if (at.getTime() < now - 60 * MINUTE) at.setDate(at.getDate() + 1);
  return at.getTime();
};
