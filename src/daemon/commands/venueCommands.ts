/** Commands about the venue: venue show, venue join. */
import type { Command } from "commander";
import { contextOf, type Context, type Outside } from "../context.ts";
import { styleFor, write } from "../io.ts";
import { terminalQr } from "../qrCode.ts";
import { plainLine } from "../terminal.ts";
import type { VenueAnswer } from "../api.ts";

const words = ({ name, buckets, keyed }: VenueAnswer): string =>
  `The venue “${plainLine(name)}”, in ${buckets === 1 ? "one part" : `${buckets} parts`}, ` +
  (keyed ? "with a key: who has it comes first." : "without a key: everybody counts the same.");

const show = async ({ io, json, client, answer }: Context): Promise<void> => {
  const venue = await (await client()).venue();
  const { code, urls } = venue;
  if (!json && io.stdout.isTTY === true) {
    const style = styleFor(io.stdout, io.env);
    await write(
      io.stdout,
      `${terminalQr(urls[0] ?? code, io.stdout.columns ?? 80) ?? ""}${style("bold", words(venue))}\n`,
    );
    return write(io.stdout, `To be in it: couloir up --venue ${code}\n${urls.map((url) => `${url}\n`).join("")}`);
  }
  await answer(venue, `${words(venue)}\n${[code, ...urls].join("\n")}`);
};

const join = async ({ client, answer }: Context, code: string): Promise<void> => {
  const venue = await (await client()).joinVenue(code);
  await answer(venue, words(venue));
};

/** Adds the commands to the program. */
export const addVenueCommands = (program: Command, outside: Outside): void => {
  const venue = program.command("venue").description("the venue that this daemon is in");
  venue
    .command("show", { isDefault: true })
    .description("its name, and the code by which others come in with its key: for those who may have it")
    .action((_: object, command: Command) => show(contextOf(command, outside)));
  venue
    .command("join")
    .argument("<code>", "couloir-venue:…, or a hub's address with it")
    .description("take the key of the venue that this daemon is in; another venue needs couloir up --venue CODE")
    .action((code: string, _: object, command: Command) => join(contextOf(command, outside), code));
};
