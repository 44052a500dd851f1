/** The command line: builds the program, runs one command, turns every ending into one line and an exit code. */
import { Command, CommanderError } from "commander";
import { addBoardCommands } from "./commands/boardCommands.ts";
import { addCallCommands } from "./commands/callCommands.ts";
import { addCaucusCommands } from "./commands/caucusCommands.ts";
import { addChangeCommands } from "./commands/changeCommands.ts";
import { addDeviceCommands } from "./commands/deviceCommands.ts";
import { addFileCommands } from "./commands/fileCommands.ts";
import { addHuddleCommands } from "./commands/huddleCommands.ts";
import { addIdentityCommands } from "./commands/identityCommands.ts";
import { addMailCommands } from "./commands/mailCommands.ts";
import { addStateCommands } from "./commands/stateCommands.ts";
import { addInviteCommands } from "./commands/inviteCommands.ts";
import { addKeepCommands } from "./commands/keepCommands.ts";
import { addSearchCommand } from "./commands/searchCommand.ts";
import { addTalkCommands } from "./commands/talkCommands.ts";
import { addUpCommand } from "./commands/upCommand.ts";
import { addVenueCommands } from "./commands/venueCommands.ts";
import { addVerifyCommands } from "./commands/verifyCommands.ts";
import type { GlobalOptions, Outside } from "./context.ts";
import { errorLine, exitCode, EXIT } from "./exit.ts";
import { plainLine } from "./terminal.ts";
import { version } from "./version.ts";

const NOTES = `
A caucus or person goes by name, by id, or by the first four or more digits of an id.
COULOIR_LOG=debug, info or warn makes the daemon log what its network does, as JSON on stderr.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 daemon not running, 4 refused, 5 timed out.`;

const build = (outside: Outside): Command => {
  const { stdout, stderr } = outside.io;
  const program = new Command("couloir");
  program
    .description("Talk to the people in one building, without a server.")
    .version(version)
    .option("--data <dir>", "the folder of the profile")
    .option("--json", "JSON on stdout: one value, or one a line where it streams")
    .option("--debug", "show where an error came from")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", NOTES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, writeError) => writeError(`${plainLine(text.replace(/^error: /u, "couloir: "))}\n`),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addUpCommand(program, outside);
  addStateCommands(program, outside);
  addCaucusCommands(program, outside);
  addInviteCommands(program, outside);
  addVerifyCommands(program, outside);
  addTalkCommands(program, outside);
  addSearchCommand(program, outside);
  addKeepCommands(program, outside);
  addChangeCommands(program, outside);
  addCallCommands(program, outside);
  addBoardCommands(program, outside);
  addHuddleCommands(program, outside);
  addFileCommands(program, outside);
  addMailCommands(program, outside);
  addIdentityCommands(program, outside);
  addDeviceCommands(program, outside);
  addVenueCommands(program, outside);
  return program;
};

/** Runs one command line (without the name of the program); gives its exit code and never throws. */
export const main = async (argv: readonly string[], outside: Outside): Promise<number> => {
  const program = build(outside);
  try {
    await program.parseAsync(argv, { from: "user" });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const { stderr, env } = outside.io;
    stderr.write(`${errorLine(error)}\n`);
    const debug = program.opts<GlobalOptions>().debug === true || (env["COULOIR_DEBUG"] ?? "") !== "";
    if (debug && error instanceof Error) stderr.write(`${error.stack ?? ""}\n`);
    return exitCode(error);
  }
};
