/** The command that runs the daemon. */
import { InvalidArgumentError, type Command } from "commander";
import { askPassphrase } from "../passphrase.ts";
import { contextOf, DEFAULT_VENUE, gather, wholeNumber, type Outside } from "../context.ts";
import { isRegion } from "../region.ts";

interface UpFlags {
  readonly name?: string;
  readonly flag?: string;
  readonly delegation?: string;
  readonly port: number;
  readonly listen?: readonly string[];
  readonly venue: string;
  readonly peer?: readonly string[];
  readonly mdns: boolean;
  readonly hidden?: boolean;
  readonly ask?: boolean;
  readonly passphraseFile?: string;
}

const flagOf = (text: string): string => {
  const flag = text.toUpperCase();
  if (flag !== "" && !isRegion(flag))
    throw new InvalidArgumentError("It must be the two letters of a country, like CH.");
  return flag;
};

const nameOf = (text: string): string => {
  if (text.trim() === "" || text.length > 200) throw new InvalidArgumentError("It must have 1 to 200 characters.");
  return text;
};

/** Adds the command to the program. */
export const addUpCommand = (program: Command, outside: Outside): void => {
  program
    .command("up")
    .description("run the daemon in the foreground")
    .option("--name <name>", "what others see; kept for later", nameOf)
    .option("--flag <cc>", "two letters of your country; kept for later", flagOf)
    .option("--delegation <delegation>", "kept for later")
    .option("--port <port>", "of the local API; any free one by default", wholeNumber(0, 65_535), 0)
    .option("--listen <address>", "multiaddr to listen on; may be repeated", gather)
    .option("--venue <name>", "keep apart from other venues on the same network", nameOf, DEFAULT_VENUE)
    .option("--peer <multiaddr>", "somebody to reach by address; may be repeated", gather)
    .option("--no-mdns", "find nobody by multicast, and be found by nobody")
    .option("--hidden", "say nothing of yourself to the venue")
    .option("--ask", "leave invitations waiting instead of accepting them")
    .option("--passphrase-file <file>", "its first line locks a new profile, or opens a locked one")
    .action(async (flags: UpFlags, command: Command) => {
      // Every command reads this file, and only this one serves.
      const { runUp } = await import("../up.ts");
      const { folder, json, io } = contextOf(command, outside);
      const { name, flag, delegation, passphraseFile } = flags;
      await runUp(
        {
          folder,
          json,
          profile: {
            ...(name === undefined ? {} : { name }),
            ...(flag === undefined ? {} : { flag }),
            ...(delegation === undefined ? {} : { delegation }),
          },
          port: flags.port,
          listen: flags.listen ?? [],
          venue: flags.venue,
          peers: flags.peer ?? [],
          mdns: flags.mdns,
          hidden: flags.hidden ?? false,
          waitForConsent: flags.ask ?? false,
          ...(io.env["COULOIR_LOG"] === undefined ? {} : { logLevel: io.env["COULOIR_LOG"] }),
          ...(passphraseFile === undefined ? {} : { passphraseFile }),
          ...(io.stdin.isTTY === true ? { ask: () => askPassphrase(io, "Passphrase: ") } : {}),
        },
        outside,
      );
    });
};
