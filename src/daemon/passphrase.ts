/** Where a passphrase comes from: a file, or a person at a terminal. Never an argument, which every user can see. */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { refused, usage } from "../errors.ts";
import { write, type Io } from "./io.ts";
import { plainLine } from "./terminal.ts";

/** The first line of a file. */
export const passphraseFromFile = async (path: string): Promise<string> => {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === "ENOENT" ? "it does not exist" : "it cannot be read";
    throw usage("passphrase-file", `--passphrase-file ${plainLine(path)}: ${why}`);
  }
  const [line = ""] = text.split(/\r?\n/u, 1);
  if (line === "") throw usage("passphrase-empty", `--passphrase-file ${plainLine(path)}: its first line is empty`);
  return line;
};

const silent = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });

/** Asks at the terminal without showing what is typed. The caller makes sure that there is one. */
export const askPassphrase = async ({ stdin, stderr }: Io, question: string): Promise<string> => {
  await write(stderr, question);
  const lines = createInterface({ input: stdin, output: silent(), terminal: true, historySize: 0 });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once("line", resolve);
      lines.once("close", () => reject(refused("no-passphrase", "no passphrase was given")));
      lines.once("SIGINT", () => reject(refused("no-passphrase", "no passphrase was given")));
    });
  } finally {
    lines.close();
    await write(stderr, "\n");
  }
};
