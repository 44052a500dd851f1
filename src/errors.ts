/**
 * One error class, coded, by whose fault it is. The message is one line, says what is wrong and what to do, and never
 * carries key material or message text.
 */

/**
 * `usage`: the caller asked for something that makes no sense. `refused`: it makes sense and is not allowed.
 * `invalid`: bytes from outside are not what they claim. `storage`: the disk or the data folder.
 * `network`: a peer or a port. `timeout`: nobody answered in time. `internal`: a bug of ours.
 */
export type Fault = "usage" | "refused" | "invalid" | "storage" | "network" | "timeout" | "internal";

export class CouloirError extends Error {
  readonly fault: Fault;
  /** Stable, kebab-case, for programs. */
  readonly code: string;

  constructor(fault: Fault, code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "CouloirError";
    this.fault = fault;
    this.code = code;
  }
}

/** The caller's mistake. */
export const usage = (code: string, message: string): CouloirError => new CouloirError("usage", code, message);
/** Understood, and not allowed. */
export const refused = (code: string, message: string): CouloirError => new CouloirError("refused", code, message);
/** Bytes that are not what they claim to be. */
export const invalid = (code: string, message: string): CouloirError => new CouloirError("invalid", code, message);
