/**
 * What the network layer logs through; pino fits. `info` and `warn` carry counts and causes only: no peer ids, no
 * addresses, nothing of a frame. `debug` may name peers, never content.
 */
export interface NetLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Logs nothing. */
export const silentLog: NetLog = { debug: () => {}, info: () => {}, warn: () => {} };

/** A cause in one short line, for a log. */
export const causeOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : "unknown";
