/** A question that only a person answers. */
import { createInterface } from "node:readline";
import { usage } from "../errors.ts";
import { write, type Io } from "./io.ts";

/**
 * Asks at the terminal; only `y` and `yes` are a yes. Without a terminal nobody is asked.
 *
 * @throws {CouloirError} `usage` "not-confirmed" where there is no terminal
 */
export const askYes = async ({ stdin, stderr }: Io, question: string, otherwise: string): Promise<boolean> => {
  if (stdin.isTTY !== true) throw usage("not-confirmed", otherwise);
  await write(stderr, `${question} [y/N] `);
  const lines = createInterface({ input: stdin, historySize: 0 });
  try {
    return await new Promise<boolean>((resolve) => {
      lines.once("line", (line) => resolve(/^y(es)?$/iu.test(line.trim())));
      lines.once("close", () => resolve(false));
      lines.once("SIGINT", () => resolve(false));
    });
  } finally {
    lines.close();
  }
};
