/** Errors as they cross between tabs and from the daemon, and the ones that belong to that. */
import { CouloirError, type Fault } from "../../src/errors.ts";

/** A `CouloirError` as plain data. */
export interface Problem {
  readonly fault: Fault;
  readonly code: string;
  readonly message: string;
}

const FAULTS: ReadonlySet<unknown> = new Set<Fault>([
  "usage",
  "refused",
  "invalid",
  "storage",
  "network",
  "timeout",
  "internal",
]);

/** What is no `CouloirError` is a bug of ours; its words help nobody but us. */
export const toProblem = (error: unknown): Problem => {
  const { fault, code, message } = toCouloirError(error);
  return { fault, code, message };
};

export const fromProblem = (value: unknown): CouloirError => {
  const { fault, code, message } = (typeof value === "object" && value !== null ? value : {}) as Partial<Problem>;
  return FAULTS.has(fault) && typeof code === "string" && typeof message === "string"
    ? new CouloirError(fault as Fault, code, message)
    : new CouloirError("internal", "internal", "an answer that makes no sense");
};

export const toCouloirError = (error: unknown): CouloirError =>
  error instanceof CouloirError
    ? error
    : new CouloirError("internal", "internal", "this page met an error of its own; reload it", { cause: error });

/** The tab that was doing it is gone, and nobody knows how far it came. */
export const tabGone = (): CouloirError =>
  new CouloirError(
    "network",
    "tab-gone",
    "the tab that was doing this has closed; look whether it is done, then try again",
  );

/** Whether an error only says that this tab, or the one that was asked, can no longer answer: another one may. */
export const isGone = (error: unknown): boolean =>
  error instanceof CouloirError && ["tab-gone", "lease-lost", "store-closed"].includes(error.code);
