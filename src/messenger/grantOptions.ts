/** What of the past an invite grants, as callers say it. */
import { usage } from "../errors.ts";
import { MAX_GRANT } from "../protocol/limits.ts";
import type { GrantOptions } from "./api.ts";

const SOME = 100;

/** The fields of INVITE; usage error `bad-history` for a number of lines out of bounds. */
export const grantFields = ({ history = "none", last = SOME }: GrantOptions) => {
  if (!Number.isSafeInteger(last) || last < 1 || last > MAX_GRANT)
    throw usage("bad-history", `the newest so many lines: from 1 to ${MAX_GRANT}`);
  return { history, ...(history === "last" && { last }) };
};
