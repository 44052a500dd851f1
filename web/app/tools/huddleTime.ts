/** When a huddle is, as the reader's clock has it. */
import type { Millis } from "../../../src/types.ts";
import type { HuddleView } from "../../../src/types/tools.ts";
import { clock, number, when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";

const MINUTE = 60_000;
/** Further ahead it is said by the clock. */
const SOON = 90 * MINUTE;

export type Phase = HuddleView["state"] | "gone";

/** How it stands now, whenever the view was read. */
export const phaseOf = ({ plan, ends, dissolves }: HuddleView, now: Millis): Phase => {
  if (now >= dissolves) return "gone";
  if (plan.off) return "off";
  return now < plan.starts ? "ahead" : now < ends ? "now" : "over";
};

/** `in 6 min`, `now`, `over` … */
export const countdown = (view: HuddleView, now: Millis): string => {
  const phase = phaseOf(view, now);
  if (phase !== "ahead") return t(`huddle-${phase === "gone" ? "over" : phase}`);
  const left = view.plan.starts - now;
  if (left > SOON) return when(view.plan.starts, now);
  // What is begun counts: at 14:49:30 it is six minutes to 14:55.
  const minutes = Math.ceil(left / MINUTE);
  return minutes <= 1 ? t("huddle-soon") : t("huddle-in", { minutes: number(minutes) });
};

/** `14:55, for 10 minutes` */
export const timeOf = ({ plan }: HuddleView, now: Millis): string =>
  t("huddle-time", {
    time:
      Math.abs(plan.starts - now) > 12 * 60 * MINUTE
        ? `${when(plan.starts, now)} ${clock(plan.starts)}`
        : clock(plan.starts),
    minutes: plan.minutes,
  });
