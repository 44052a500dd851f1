/** Commands by which a person moves: backup writes an encrypted file, restore makes its person the one of this daemon. */
import { open, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Command } from "commander";
import { CouloirError, usage } from "../../errors.ts";
import type { PersonId } from "../../types.ts";
import { connect, type ApiClient } from "../client.ts";
import { contextOf, type Context, type Outside } from "../context.ts";
import type { Io } from "../io.ts";
import { askPassphrase, passphraseFromFile } from "../passphrase.ts";
import { plainLine } from "../terminal.ts";

interface Flags {
  readonly passphraseFile?: string;
  readonly yes?: boolean;
}

const NEEDED = "the file is locked by a passphrase: give it with --passphrase-file, or type it at a terminal";

const passphrase = async (io: Io, { passphraseFile }: Flags, again: boolean): Promise<string> => {
  if (passphraseFile !== undefined) return passphraseFromFile(passphraseFile);
  if (io.stdin.isTTY !== true) throw usage("passphrase-needed", NEEDED);
  const typed = await askPassphrase(io, "Passphrase of the file: ");
  if (typed === "") throw usage("passphrase-empty", NEEDED);
  if (again && (await askPassphrase(io, "Once more: ")) !== typed)
    throw usage("passphrase-differs", "these two were not the same; nothing was written");
  return typed;
};

const backup = async ({ io, client, answer }: Context, path: string, flags: Flags): Promise<void> => {
  const daemon = await client();
  const secret = await passphrase(io, flags, true);
  const file = await open(path, "wx", 0o600).catch((cause: unknown) => {
    const why =
      (cause as NodeJS.ErrnoException).code === "EEXIST"
        ? "it is there already, and nothing is overwritten"
        : "it cannot be written";
    throw usage("output", `${plainLine(path)}: ${why}`);
  });
  try {
    const bytes = await daemon.exportIdentity(secret);
    await file.writeFile(bytes);
    await file.sync();
    await answer({ file: path, size: bytes.length }, `You are in ${plainLine(path)}, for whoever has its passphrase.`);
  } finally {
    await file.close();
  }
};

const AGAIN_MS = 20_000;
const STEP_MS = 50;

/** The daemon begins anew; there is nobody who could send an event meanwhile. */
const whoIsThere = async (folder: string, before: PersonId): Promise<{ person: PersonId; name: string }> => {
  for (let waited = 0; waited < AGAIN_MS; waited += STEP_MS) {
    await delay(STEP_MS);
    const status = await connect(folder)
      .then((daemon: ApiClient) => daemon.status())
      .catch(() => undefined);
    if (status !== undefined && status.person !== before) return status;
  }
  throw new CouloirError("timeout", "still-restoring", "the daemon has not come back yet; look at its terminal");
};

const restore = async ({ io, folder, client, answer }: Context, path: string, flags: Flags): Promise<void> => {
  const daemon = await client();
  const { person, name } = await daemon.status();
  if (flags.yes !== true)
    throw usage(
      "not-confirmed",
      `this deletes ${plainLine(name)} and all messages in ${plainLine(folder)}, for good; add --yes to do it`,
    );
  const file = await readFile(path).catch(() => {
    throw usage("input", `${plainLine(path)} cannot be read`);
  });
  await daemon.importIdentity(new Blob([file]), await passphrase(io, flags, false));
  const now = await whoIsThere(folder, person);
  await answer(
    { person: now.person, name: now.name },
    `You are ${plainLine(now.name)} (${now.person.slice(0, 8)}) here now. Others bring you into your caucuses again.`,
  );
};

const PASSPHRASE = ["--passphrase-file <file>", "its first line is the passphrase of the file"] as const;

/** Adds the commands to the program. */
export const addIdentityCommands = (program: Command, outside: Outside): void => {
  program
    .command("backup")
    .argument("<file>", "a new file")
    .option(...PASSPHRASE)
    .description("who you are and what was said, encrypted, for another device or for later")
    .action((path: string, flags: Flags, command: Command) => backup(contextOf(command, outside), path, flags));
  program
    .command("restore")
    .argument("<file>", "what backup wrote")
    .option(...PASSPHRASE)
    .option("--yes", "delete who is here")
    .description("be the person of a backup, in place of who is here")
    .action((path: string, flags: Flags, command: Command) => restore(contextOf(command, outside), path, flags));
};
