/** Lines of talk as a person reads them: days, times, names in a colour of their own, receipts. Pure. */
import { toolText } from "../content/toolWords.ts";
import type { FileView, LostDevice, MessageId, MessageView, PersonId, Stand, Standing, ToolWord } from "../types.ts";
import type { Style } from "./io.ts";
import { cut, plainLine, plainText, width, wrap } from "./terminal.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** `14:05`, in the time zone of this machine. */
export const clockTime = (at: number): string => {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** `Sunday, 22 November 2026`, in the time zone of this machine. */
export const dayName = (at: number): string =>
  new Date(at).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** A moment, with its day where that is another than that of `since`. */
const momentWords = (at: number, since: number): string =>
  dayName(at) === dayName(since) ? clockTime(at) : `${clockTime(at)} on ${dayName(at)}`;

const COLOURS = ["cyan", "green", "yellow", "magenta", "blue", "cyanBright", "greenBright", "magentaBright"] as const;

/** A person's colour: always the same, on every machine. Two persons may share one; it stands for nobody. */
export const colourOf = (person: PersonId): (typeof COLOURS)[number] =>
  COLOURS[Number.parseInt(person.slice(0, 8), 16) % COLOURS.length] ?? "cyan";

/** How far one's own message got, in true words. */
export const receiptWords = ({ state, reached, of, read, heldFor }: MessageView): string => {
  if (heldFor !== undefined) return "· held: a member has to be verified again";
  if (state === "saved") return "· saved";
  if (of === 0) return "· nobody else is here yet";
  const far = `${reached > 0 ? "✓" : "·"} reached ${reached} of ${of}`;
  return read > 0 ? `${far}, read by ${read}` : far;
};

/** What is to be known of somebody's keys and app, in a word each; nothing where there is nothing to say. */
export const trustWords = ({ trust, app, guest }: Standing & { readonly guest: boolean }): readonly string[] => [
  ...(trust === "unverified" ? [] : [TRUST[trust]]),
  ...(guest ? ["guest"] : app === "vouched" ? ["app looked at"] : []),
];
const TRUST = {
  verified: "verified",
  changed: "KEYS CHANGED",
  forked: "KEYS CONTRADICT",
  mismatch: "DID NOT MATCH",
} as const;

const QUOTED = 40;

/** What replies and reactions quote: the beginnings of the lines that came by. */
export class Quotes {
  readonly #starts = new Map<MessageId, string>();

  /** Remembers a line. */
  note({ message, text, file, kind }: MessageView): void {
    const words = kind === "withdrawn" ? "taken back" : text === "" ? (file?.name ?? "") : text;
    this.#starts.set(message, cut(plainLine(words), QUOTED));
  }

  /** A line is gone. */
  forget(message: MessageId): void {
    this.#starts.delete(message);
  }

  /** The beginning of a line, or of its id where it has not come by. */
  of(message: MessageId): string {
    return `“${this.#starts.get(message) ?? message.slice(0, 8)}”`;
  }
}

/** `340 kB`: 1000 bytes are a kilobyte, as disks and phones count. */
export const sizeWords = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_500 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
};

const whereabouts = ({ state, have }: FileView): string => {
  switch (state) {
    case "here":
      return "";
    case "coming":
      return `, ${sizeWords(have)} of it here`;
    case "waiting":
      return ", no one who has it is in range";
    case "away":
      return ", not here yet";
    case "viewed":
      return ", shown once and gone";
  }
};

const kindOf = ({ picture, voice, once }: FileView): string => {
  if (voice !== undefined) return `voice note ${spanWords(voice.length)}`;
  if (picture === undefined) return "file";
  return `${once ? "photo to see once" : "photo"} ${picture.width}×${picture.height}`;
};

/** `1:05`: minutes and seconds. */
const spanWords = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

/** `[photo 1200×800 340 kB name]`, with how far it has come. */
export const fileWords = (file: FileView): string => {
  const { size, name } = file;
  return `[${kindOf(file)} ${sizeWords(size)} ${plainLine(name)}${whereabouts(file)}]`;
};

/** What one word of a tool says; several lines long where its author wrote several. */
const toolWords = (word: ToolWord, nameOf: LineOptions["nameOf"]): string => {
  if ("plan" in word && !word.plan.off)
    return `${plainText(toolText(word))}, ${clockTime(word.plan.starts)} for ${word.plan.minutes} minutes`;
  if (word.kind !== "stand") return plainText(toolText(word));
  const { delegation, stand, told, due } = word;
  const to = told?.to === undefined ? "" : ` to ${plainLine(nameOf?.(told.to) ?? "") || told.to.slice(0, 8)}`;
  return [
    `${plainLine(delegation)}: ${standWords(stand)}`,
    ...(told ? [`told${to} by ${plainLine(told.by)}`] : []),
    ...(due === undefined ? [] : [`expected by ${clockTime(due)}`]),
  ].join(", ");
};

/** Where a delegation stands, in words. */
export const standWords = (stand: Stand): string =>
  stand === "none" ? "taken back" : stand === "awaiting" ? "awaiting capital" : stand;

/** What a line says, without who and when; may be several lines long. */
const bodyOf = (line: MessageView, { quotes, nameOf }: Pick<LineOptions, "quotes" | "nameOf">): string => {
  if (line.tool) {
    const words = toolWords(line.tool, nameOf);
    return "to" in line.tool ? `${words} · ${quotes.of(line.tool.to)}` : words;
  }
  if (line.kind === "withdrawn") return "took this back";
  const words = plainText(line.text);
  const text = line.file === undefined ? words : `${fileWords(line.file)}${words === "" ? "" : `\n${words}`}`;
  if (line.kind === "pin") return `${text} ${line.reply === undefined ? "a message" : quotes.of(line.reply)}`;
  if (line.kind === "reaction") return `${text} to ${line.reply === undefined ? "a message" : quotes.of(line.reply)}`;
  return line.reply === undefined ? text : `↳ ${quotes.of(line.reply)}\n${text}`;
};

/** How lines are laid out. */
export interface LineOptions {
  readonly self: PersonId;
  readonly style: Style;
  readonly quotes: Quotes;
  /** Break after so many columns; never by default. */
  readonly columns?: number;
  /** A person's name, where it is known. */
  readonly nameOf?: (person: PersonId) => string | undefined;
}

const alsoReadWords = (persons: readonly PersonId[], nameOf: LineOptions["nameOf"]): string => {
  const names = persons.map((one) => plainLine(nameOf?.(one) ?? "") || one.slice(0, 8));
  return `(sent before its sender learned that ${names.join(", ")} was out, who could read it)`;
};

const lostWords = (devices: readonly LostDevice[], self: PersonId, nameOf: LineOptions["nameOf"]): string => {
  const words = devices.map(({ person, name }) =>
    person === self
      ? `your lost device${name ? ` “${plainLine(name)}”` : ""}`
      : `a lost device of ${plainLine(nameOf?.(person) ?? "") || person.slice(0, 8)}`,
  );
  return `(also readable on ${[...new Set(words)].join(", ")}: sent before its sender learned of the loss)`;
};

const TIME_WIDTH = "00:00 0000  ".length;

/** One line of history for a terminal or a transcript: time, short id, name, text; one's own with how far it got. */
export const talkLine = (
  line: MessageView,
  { self, style, quotes, columns = Infinity, nameOf }: LineOptions,
): string => {
  const time = `${style("dim", `${clockTime(line.sentAt)} ${line.message.slice(0, 4)}`)}  `;
  const name = line.kind === "notice" ? "" : `${plainLine(line.name) || line.sender.slice(0, 8)}: `;
  // The name counts for the breaks and is coloured afterwards, for a colour has no width.
  const [first = "", ...rest] = wrap(name + bodyOf(line, { quotes, ...(nameOf && { nameOf }) }), columns - TIME_WIDTH);
  const named =
    name !== "" && first.startsWith(name)
      ? style(colourOf(line.sender), name.slice(0, -2)) + first.slice(name.length - 2)
      : first;
  const tail = [
    ...(line.sender === self ? [receiptWords(line)] : []),
    ...(line.onRecord ? ["(on record)"] : []),
    ...(line.revisedAt === undefined ? [] : [`(changed at ${clockTime(line.revisedAt)})`]),
    ...(line.goesAt === undefined ? [] : [`(goes ${momentWords(line.goesAt, line.sentAt)})`]),
    ...(line.granted ? ["(from before you came in)"] : []),
    ...(line.missing > 0 ? ["(something before this has not arrived yet)"] : []),
    ...(line.alsoRead ? [alsoReadWords(line.alsoRead, nameOf)] : []),
    ...(line.lostDevices ? [lostWords(line.lostDevices, self, nameOf)] : []),
  ].join("  ");
  const body = [line.kind === "notice" ? style("dim", first) : named, ...rest];
  const end = TIME_WIDTH + width(rest.at(-1) ?? first) + 2 + width(tail);
  if (tail !== "" && end <= columns) body.push(`${body.pop() ?? ""}  ${style("dim", tail)}`);
  else if (tail !== "") body.push(...wrap(tail, columns - TIME_WIDTH).map((words) => style("dim", words)));
  return time + body.join(`\n${" ".repeat(TIME_WIDTH)}`);
};
