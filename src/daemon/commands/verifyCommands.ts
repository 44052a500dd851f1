/** Commands about verification in person: verify, room. */
import type { Command } from "commander";
import { EMOJI } from "../../content/emoji.ts";
import { CouloirError, usage } from "../../errors.ts";
import type { Outcome } from "../../messenger/api.ts";
import type { CaucusView, ComparisonView, PersonId, PersonView, RoomCodeView } from "../../types.ts";
import type { ApiClient, Happening } from "../client.ts";
import { contextOf, wholeNumber, type Context, type Outside } from "../context.ts";
import { write } from "../io.ts";
import { clockTime } from "../lines.ts";
import { pickCaucus, pickPerson } from "../pick.ts";
import { terminalQr } from "../qrCode.ts";
import { pad, plainLine, width } from "../terminal.ts";

/** `🐶 dog   🐱 cat …`, four in a line. */
const emojiWords = (numbers: readonly number[]): string => {
  const cells = numbers.map((one) => `${EMOJI[one]?.emoji ?? "?"} ${EMOJI[one]?.name ?? one}`);
  const widest = Math.max(...cells.map(width));
  const rows = cells.map((cell, at) => (at % 4 === 3 ? `${cell}\n` : pad(cell, widest + 3)));
  return rows.join("").trimEnd();
};

/** What happens until something is there; `undefined` when the time is up. */
const waitFor = async <T>(
  daemon: ApiClient,
  seconds: number,
  look: (event: Happening) => Promise<T | undefined> | T | undefined,
): Promise<T | undefined> => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), seconds * 1000);
  try {
    for await (const event of daemon.events({ signal: stop.signal })) {
      const found = await look(event);
      if (found !== undefined) return found;
    }
    return undefined;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
};

const noAnswer = (what: string): CouloirError => new CouloirError("timeout", "no-answer", what);
const ended = (reason: string | undefined): CouloirError =>
  new CouloirError(
    reason === "expired" ? "timeout" : "refused",
    `comparison-${reason ?? "ended"}`,
    reason === "broken"
      ? "a device did not open what it had committed to; do not trust it before you have compared again"
      : "that comparison has ended; begin another",
  );

const showCode = async ({ io, json, client, answer }: Context): Promise<void> => {
  const daemon = await client();
  const code = await daemon.verifyCode();
  const [hub] = (await daemon.status()).hub;
  const url = hub === undefined ? code : `${hub}/#${code}`;
  if (!json && io.stdout.isTTY === true) await write(io.stdout, terminalQr(url, io.stdout.columns ?? 80) ?? "");
  await answer(
    { code, url },
    `${code}\nShow it to somebody who is with you; they type: couloir verify YOU CODE. Then take theirs.`,
  );
};

const personWords = (view: PersonView): string => {
  const { trust, name, app } = view;
  const words: Record<PersonView["trust"], string> = {
    verified: `${name} is verified.`,
    unverified: `${name} is not verified; nothing is held for them.`,
    changed: `${name} is verified, and a device of theirs is not: what you write where it would read is held.`,
    forked: `Two lists of ${name}'s devices contradict each other: what you write where they would read is held.`,
    mismatch: `${name} is marked: what you compared was not the same. What you write to them is held. Somebody may be between you.`,
  };
  return plainLine(`${words[trust]}${app === "vouched" ? " Somebody has looked at the app that they use." : ""}`);
};

interface VerifyFlags {
  readonly match?: boolean;
  readonly differ?: boolean;
  readonly cancel?: boolean;
  readonly app?: boolean;
  readonly accept?: boolean;
  readonly wait: number;
}

const outcomeOf = ({
  match,
  differ,
  cancel,
}: Pick<VerifyFlags, "match" | "differ" | "cancel">): Outcome | undefined => {
  const said = [...(match ? ["match"] : []), ...(differ ? ["differ"] : []), ...(cancel ? ["cancel"] : [])] as Outcome[];
  if (said.length > 1) throw usage("two-outcomes", "say one of --match, --differ and --cancel");
  return said[0];
};

/** Asks, or agrees, and waits for the emoji. */
const compare = async (
  { io }: Context,
  daemon: ApiClient,
  { person, seconds }: { readonly person: PersonId; readonly seconds: number },
): Promise<ComparisonView> => {
  const seek = async (event: Happening): Promise<ComparisonView | undefined> => {
    // Asked once nothing can be missed.
    const view =
      event.name === "hello"
        ? await daemon.compare(person)
        : event.name === "comparison" && event.value.person === person
          ? event.value
          : undefined;
    if (view?.state === "ended") throw ended(view.reason);
    if (event.name === "hello" && view?.state === "waiting")
      await write(io.stderr, `Waiting for ${plainLine(view.name)}; they agree in the app, or by: couloir verify YOU\n`);
    return view?.state === "compare" ? view : undefined;
  };
  const found = await waitFor(daemon, seconds, seek);
  if (found) return found;
  throw noAnswer("they have not agreed to compare yet; the daemon goes on for ten minutes, so run this again");
};

const verify = async (
  context: Context,
  [who, code]: readonly [string | undefined, string | undefined],
  flags: VerifyFlags,
): Promise<void> => {
  const outcome = outcomeOf(flags);
  const decides = outcome !== undefined || flags.app !== undefined || flags.accept === true;
  if (who === undefined) {
    if (decides) throw usage("no-person", "say whom that is about: couloir verify PERSON");
    return showCode(context);
  }
  const { client, answer } = context;
  const daemon = await client();
  const person = await pickPerson(daemon, who);
  if (code === undefined && !decides) {
    const view = await compare(context, daemon, { person, seconds: flags.wait });
    const how = `couloir verify ${person.slice(0, 8)}`;
    return answer(
      view,
      `${emojiWords(view.emoji ?? [])}\nRead them to ${plainLine(view.name)}. The same: ${how} --match. Not the same: ${how} --differ.`,
    );
  }
  let view: PersonView | undefined;
  if (code !== undefined) view = await daemon.verify(code, person);
  if (outcome !== undefined) view = await daemon.endComparison(person, outcome);
  if (flags.accept === true) view = await daemon.acceptKeys(person);
  if (flags.app !== undefined) view = await daemon.vouch(person, flags.app);
  if (view) await answer(view, personWords(view));
};

const roomWords = ({ emoji = [], differs, committed }: RoomCodeView, caucus: CaucusView): string => {
  const names = caucus.members.filter(({ person }) => differs.includes(person)).map(({ name }) => plainLine(name));
  const others = names.length === 0 ? "" : `\nOther persons or devices than here are shown to ${names.join(", ")}!`;
  const how = `couloir room ${caucus.caucus.slice(0, 8)}`;
  return `${emojiWords(emoji)}${others}\nOf ${committed.length} who take part, all read them aloud. The same: ${how} --match. Not the same: ${how} --differ.`;
};

interface RoomFlags {
  readonly match?: boolean;
  readonly differ?: boolean;
  readonly cancel?: boolean;
  readonly close?: boolean;
  readonly wait: number;
}

const roomCode = async ({ io, client, answer }: Context, which: string, flags: RoomFlags): Promise<void> => {
  const outcome = outcomeOf(flags);
  const daemon = await client();
  const caucus = await pickCaucus(daemon, which);
  const id = caucus.caucus;
  if (outcome !== undefined) {
    const view = await daemon.endRoomCode(id, outcome);
    const since = view.comparedAt;
    return answer(
      view,
      since === undefined
        ? "Noted."
        : `“${plainLine(view.name)}” is the same for all who took part, as of ${clockTime(since)}.`,
    );
  }
  const found = await waitFor(daemon, flags.wait, async (event): Promise<RoomCodeView | undefined> => {
    let view: RoomCodeView | undefined;
    if (event.name === "hello") view = await (flags.close === true ? daemon.closeRoomCode(id) : daemon.roomCode(id));
    else if (event.name === "roomCode" && event.value.caucus === id) view = event.value;
    if (view?.state === "ended") throw ended(view.reason);
    if (event.name === "hello" && view?.state === "gathering")
      await write(io.stderr, "Waiting for the others; all who are here say: couloir room CAUCUS\n");
    return view?.state === "compare" ? view : undefined;
  });
  if (!found)
    throw noAnswer(
      "not everybody takes part yet; once all who are here do, whoever began it says: couloir room CAUCUS --close",
    );
  await answer(found, roomWords(found, caucus));
};

/** Adds the commands to the program. */
export const addVerifyCommands = (program: Command, outside: Outside): void => {
  const outcomes = (command: Command): Command =>
    command
      .option("--match", "they are the same")
      .option("--differ", "they are not the same")
      .option("--cancel", "end it, saying nothing");
  outcomes(program.command("verify"))
    .argument("[person]", "name, id, or the beginning of an id")
    .argument("[code]", "what they show: couloir-verify:…")
    .option("--app", "you have looked at the app that they use; caucuses that you share are told")
    .option("--no-app", "you take that back")
    .option("--accept", "take their changed keys without comparing")
    .option("--wait <seconds>", "how long to wait for them to agree", wholeNumber(1, 600), 60)
    .description("your code to show in person; with a person, emoji to compare; with their code, they are verified")
    .action((who: string | undefined, code: string | undefined, flags: VerifyFlags, command: Command) =>
      verify(contextOf(command, outside), [who, code], flags),
    );
  outcomes(program.command("room"))
    .argument("<caucus>", "name, id, or the beginning of an id")
    .option("--close", "everybody is in; whoever began it says so")
    .option("--wait <seconds>", "how long to wait for the others", wholeNumber(1, 600), 60)
    .description("emoji that all in a room read aloud: nobody is in the caucus whom only some can see")
    .action((which: string, flags: RoomFlags, command: Command) => roomCode(contextOf(command, outside), which, flags));
};
