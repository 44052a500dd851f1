/** How long a device was away, in words. */
import { t } from "./i18n/index.ts";

const HOUR = 60;
const DAY = 24 * HOUR;

/** In the unit in which it is told: of hours and days two at the least. */
export const awayWords = (minutes: number): string => {
  if (minutes < 2 * HOUR) return t("away-minutes", { count: minutes });
  if (minutes < 2 * DAY) return t("away-hours", { count: Math.floor(minutes / HOUR) });
  return t("away-days", { count: Math.floor(minutes / DAY) });
};
