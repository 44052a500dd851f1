/** What of the past an invite grants, as callers say it. */
import { usage } from "../errors.ts";
import { MAX_GRANT } from "../protocol/limits.ts";
import type { GrantOptions } from "./api.ts";

const SOME = 100;

/** Throws `usage` for a number of lines out of bounds, and for one where no lines are granted by number. */
export const checkGrant = ({ history = "none", last }: GrantOptions): void => {
  if (last === undefined) return;
  if (!Number.isSafeInteger(last) || last < 1 || last > MAX_GRANT)
    throw usage("bad-history", `the newest so many lines: from 1 to ${MAX_GRANT}`);
  if (history !== "last") throw usage("no-history", `"last" says how many lines: it goes with "history": "last"`);
};

/** The fields of INVITE; throws as `checkGrant` does. */
export const grantFields = (grant: GrantOptions) => {
  checkGrant(grant);
  const { history = "none", last = SOME } = grant;
  return { history, ...(history === "last" && { last }) };
};
