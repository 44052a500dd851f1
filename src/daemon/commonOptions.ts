/** Options and arguments that several commands share. */
import { type Command, Option } from "commander";
import { usage } from "../errors.ts";
import type { GrantOptions } from "../messenger/api.ts";
import { wholeNumber } from "./context.ts";

/** What of the past somebody who is brought in may read. */
export const grants = (command: Command): Command =>
  command
    .addOption(
      new Option("--history <what>", "what they may read of what was written before").choices([
        "none",
        "pinned",
        "last",
        "all",
      ]),
    )
    .option("--last <n>", "with --history last: so many lines; 100 by default", wholeNumber(1, 2000))
    .hook("preAction", (_, acting) => {
      const { history, last } = acting.opts<GrantOptions>();
      if (last !== undefined && history !== "last")
        throw usage("no-history", "--last says how many lines: add --history last");
    });

export const CAUCUS = ["<caucus>", "name, id, or the beginning of an id"] as const;
export const PERSON = ["<person>", "name, id, or the beginning of an id"] as const;
