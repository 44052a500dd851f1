/**
 * Where a chat is shown: a terminal, where lines appear above what is being typed and change in place; a pipe, line by
 * line; or a program, as JSON. Texts come in harmless and already broken to the width.
 */
import { stripVTControlCharacters } from "node:util";
import { clearScreenDown, createInterface, cursorTo, moveCursor, type Interface } from "node:readline";
import type { MessageId, MessageView } from "../types.ts";
import type { Io, Output } from "./io.ts";
import { jsonText, width } from "./terminal.ts";

/** What a chat shows itself on. */
export interface ChatScreen {
  /** Columns that a text may take. */
  columns(): number;
  /** Shows a message, or shows it anew in its place. */
  message(line: MessageView, text: string): void;
  /** Shows words of our own in the place of a message that is gone, where what was shown can be changed. */
  gone(message: MessageId, text: string): void;
  /** Shows words of our own. */
  info(text: string): void;
  close(): void;
}

/** What the person at the screen does. */
export interface ChatHandlers {
  readonly onLine: (line: string) => void;
  /** Ctrl-C, Ctrl-D, or the end of a pipe. */
  readonly onEnd: () => void;
}

/** Kept for changes in place: a terminal has not many more rows. */
const KEPT = 200;
const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

interface Entry {
  readonly key: string | undefined;
  text: string;
}

/** Rows that a line takes. An invite code stays in one piece, so that it can be copied, and may be wider than the screen. */
const rowsOfLine = (line: string, columns: number): number =>
  Math.max(1, Math.ceil(width(stripVTControlCharacters(line)) / columns));

/** A chat on a terminal. */
export class TerminalScreen implements ChatScreen {
  readonly #output: Output;
  readonly #lines: Interface;
  readonly #prompt: string;
  #entries: Entry[] = [];

  constructor({ stdin, stdout }: Io, prompt: string, { onLine, onEnd }: ChatHandlers) {
    this.#output = stdout;
    this.#prompt = prompt;
    this.#lines = createInterface({ input: stdin, output: stdout, prompt, terminal: true, historySize: 100 });
    this.#lines.on("line", (line) => {
      this.#eraseTyped(line);
      onLine(line);
      this.#lines.prompt();
    });
    this.#lines.once("SIGINT", onEnd);
    this.#lines.once("close", onEnd);
    // The terminal breaks lines anew at another width, so what is above cannot be counted any more.
    stdout.on("resize", this.#forget);
    this.#lines.prompt();
  }

  columns(): number {
    return (this.#output.columns ?? DEFAULT_COLUMNS) - 1;
  }

  message(line: MessageView, text: string): void {
    this.#put({ key: line.message, text });
  }

  gone(message: MessageId, text: string): void {
    if (this.#entries.some(({ key }) => key === message)) this.#put({ key: message, text });
  }

  info(text: string): void {
    this.#put({ key: undefined, text });
  }

  close(): void {
    this.#output.off("resize", this.#forget);
    this.#lines.removeAllListeners("close");
    this.#lines.close();
    this.#output.write("\n");
  }

  #forget = (): void => {
    this.#entries = [];
  };

  /** The typed line comes back as a message, with how far it got. */
  #eraseTyped(line: string): void {
    const rows = Math.floor(width(this.#prompt + line) / (this.#output.columns ?? DEFAULT_COLUMNS)) + 1;
    moveCursor(this.#output, 0, -rows);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
  }

  #put(entry: Entry): void {
    const at = entry.key === undefined ? -1 : this.#entries.findIndex(({ key }) => key === entry.key);
    const typed = this.#lines.getCursorPos().rows;
    if (at >= 0) {
      const below = this.#entries.slice(at);
      // What has left the screen at the top cannot be changed; it was true when it was shown.
      if (below[0]?.text === entry.text || this.#rowsOf(below) + typed >= (this.#output.rows ?? DEFAULT_ROWS)) return;
      this.#draw(this.#rowsOf(below), [entry, ...below.slice(1)], typed);
      this.#entries[at] = entry;
    } else {
      this.#draw(0, [entry], typed);
      this.#entries = [...this.#entries.slice(-KEPT), entry];
    }
  }

  #rowsOf(entries: readonly Entry[]): number {
    const columns = this.#output.columns ?? DEFAULT_COLUMNS;
    return entries.flatMap(({ text }) => text.split("\n")).reduce((sum, line) => sum + rowsOfLine(line, columns), 0);
  }

  /** Writes over so many rows above the prompt, then puts the prompt and what is typed below again. */
  #draw(rowsAbove: number, entries: readonly Entry[], typed: number): void {
    moveCursor(this.#output, 0, -(rowsAbove + typed));
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
    this.#output.write(entries.map(({ text }) => `${text}\n`).join(""));
    // Before it draws, readline goes up by the rows of what it drew last; that is gone, and after a paste it miscounts.
    Object.assign(this.#lines, { prevRows: 0 });
    this.#lines.prompt(true);
  }
}

/** A chat in a pipe: nothing is changed in place, a new state is a new line. */
export class PlainScreen implements ChatScreen {
  readonly #io: Io;
  readonly #lines: Interface;
  readonly #json: boolean;

  constructor(io: Io, json: boolean, { onLine, onEnd }: ChatHandlers) {
    this.#io = io;
    this.#json = json;
    this.#lines = createInterface({ input: io.stdin, terminal: false });
    this.#lines.on("line", onLine);
    this.#lines.once("close", onEnd);
  }

  columns(): number {
    return Infinity;
  }

  message(line: MessageView, text: string): void {
    this.#io.stdout.write(`${this.#json ? jsonText(line) : text}\n`);
  }

  gone(): void {}

  info(text: string): void {
    this.#io.stderr.write(`${text}\n`);
  }

  close(): void {
    this.#lines.close();
  }
}
