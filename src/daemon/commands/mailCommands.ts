/** Mail by file: export --sealed, which is a way of export, and the command import. */
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { CouloirError } from "../../errors.ts";
import { contextOf, type Context, type Outside } from "../context.ts";
import { sizeWords } from "../lines.ts";
import { plainLine } from "../terminal.ts";
import { opened, save } from "./fileCommands.ts";

/** How mail is written to a file. */
export interface SealedFlags {
  readonly sealed: string;
  readonly since?: number;
  readonly force?: boolean;
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A moment: so long ago, like 2h or 1d, or a date. */
export const momentOf = (text: string): number => {
  const [, digits, unit = ""] = /^(\d{1,4})([mhd])$/u.exec(text) ?? [];
  const at = digits === undefined ? Date.parse(text) : Date.now() - Number(digits) * (UNITS[unit] ?? 0);
  if (!(at >= 0)) throw new InvalidArgumentError("It must be like 90m, 12h or 2d, or a date like 2026-11-28T09:00.");
  return at;
};

/** The bytes of a stream, and how many there were. */
const counting = (from: ReadableStream<Uint8Array>) => {
  let size = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, controller) => {
      size += piece.length;
      controller.enqueue(piece);
    },
  });
  return { stream: from.pipeThrough(counter), size: () => size };
};

/** Writes all mail that is kept. */
export const exportMail = async (
  { client, answer }: Context,
  { sealed, since, force = false }: SealedFlags,
): Promise<void> => {
  const daemon = await client();
  const { unsealed } = await daemon.mail();
  const { stream, size } = counting(await daemon.exportMail(since));
  await save(async () => stream, sealed, force);
  const left =
    unsealed === 0
      ? ""
      : ` ${unsealed === 1 ? "One message of yours waits" : `${unsealed} messages of yours wait`} for somebody to be there, and cannot be in it yet.`;
  await answer(
    { file: sealed, bytes: size(), unsealed },
    `${plainLine(sealed)} (${sizeWords(size())}): sealed mail for whomever it is for; it shows no name and no caucus.${left}`,
  );
};

const importMail = async ({ client, answer }: Context, path: string): Promise<void> => {
  const result = await (await client()).importMail(await opened(path));
  const { known, expired, refused, elsewhere, whole } = result;
  const rest = [
    [known, "known already"],
    [expired, "expired"],
    [elsewhere, "of another venue, or of this one in another number of parts"],
    [refused, "no mail at all"],
  ] as const;
  const words = rest.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  await answer(result, [`${result.new} new`, ...words].join(", ") + (whole ? "." : ", and then the file breaks off."));
  if (!whole)
    throw new CouloirError(
      "invalid",
      "mail-damaged",
      `${plainLine(path)} breaks off or is damaged; what came before was taken in, so copy it again and import it once more`,
    );
};

/** Adds the command to the program. */
export const addMailCommands = (program: Command, outside: Outside): void => {
  program
    .command("import")
    .argument("<file>", "what export --sealed wrote, here or elsewhere")
    .description("take sealed mail in from a file")
    .action((path: string, _: object, command: Command) => importMail(contextOf(command, outside), path));
};
