/** How an error ends the command line: one line on stderr and a code that scripts rely on. */
import { CouloirError } from "../errors.ts";
import { plainLine } from "./terminal.ts";

/** 0 done, 1 failed, 2 wrong usage, 3 daemon not running, 4 refused, 5 timed out. */
export const EXIT = { done: 0, failed: 1, usage: 2, notRunning: 3, refused: 4, timedOut: 5 } as const;

const NOT_RUNNING = "daemon-not-running";

/** No daemon answers for this data folder. */
export const notRunning = (): CouloirError =>
  new CouloirError("network", NOT_RUNNING, "no daemon is running on this data folder; start one with: couloir up");

/** Whether an error says that no daemon answers. */
export const isNotRunning = (error: unknown): boolean => error instanceof CouloirError && error.code === NOT_RUNNING;

/** The exit code for an error. */
export const exitCode = (error: unknown): number => {
  if (!(error instanceof CouloirError)) return EXIT.failed;
  if (error.code === NOT_RUNNING) return EXIT.notRunning;
  switch (error.fault) {
    case "usage":
      return EXIT.usage;
    case "refused":
      return EXIT.refused;
    case "timeout":
      return EXIT.timedOut;
    case "invalid":
    case "storage":
    case "network":
    case "internal":
      return EXIT.failed;
  }
};

/** The one line that a person reads. */
export const errorLine = (error: unknown): string => {
  if (error instanceof CouloirError) return `couloir: ${plainLine(error.message)}`;
  const words = error instanceof Error ? error.message : String(error);
  return `couloir: something went wrong inside: ${plainLine(words)}; run it again with --debug to see where`;
};
