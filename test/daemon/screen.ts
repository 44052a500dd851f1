/** A terminal's screen, as far as readline and the chat drive one: what a person sees, from what a program writes. */

const COMMAND = /^\p{Cc}\[(?<numbers>[\d;?]*)(?<name>[A-Za-z])/u;

export class Screen {
  readonly #columns: number;
  readonly #rows: number;
  #lines: string[][] = [[]];
  /** The first line that is on the screen; those before it have left at the top. */
  #top = 0;
  #row = 0;
  #column = 0;

  constructor({ columns, rows }: { readonly columns: number; readonly rows: number }) {
    this.#columns = columns;
    this.#rows = rows;
  }

  /** Does what was written. */
  write(written: string): this {
    let rest = written;
    while (rest !== "") {
      const command = COMMAND.exec(rest);
      if (command !== null) {
        this.#obey(
          command.groups!["name"]!,
          Number(command.groups!["numbers"] === "" ? 1 : command.groups!["numbers"]),
        );
        rest = rest.slice(command[0].length);
      } else {
        this.#put(rest[0]!);
        rest = rest.slice(1);
      }
    }
    return this;
  }

  /** All that was ever on the screen, without blank ends of lines and without empty lines at the end. */
  text(): string {
    return this.#lines
      .map((line) =>
        Array.from(line, (character) => character ?? " ")
          .join("")
          .trimEnd(),
      )
      .join("\n")
      .trimEnd();
  }

  /** Where the cursor stands: the text of its line, and its column. */
  cursor(): readonly [string, number] {
    return [(this.#lines[this.#row] ?? []).join("").trimEnd(), this.#column];
  }

  #put(character: string): void {
    if (character === "\r") this.#column = 0;
    else if (character === "\n") this.#down();
    else {
      if (this.#column >= this.#columns) {
        this.#column = 0;
        this.#down();
      }
      this.#lines[this.#row]![this.#column] = character;
      this.#column += 1;
    }
  }

  #down(): void {
    // Like a terminal in its usual mode, which begins a new line at its beginning.
    this.#column = 0;
    this.#row += 1;
    while (this.#lines.length <= this.#row) this.#lines.push([]);
    this.#top = Math.max(this.#top, this.#row - this.#rows + 1);
  }

  #obey(name: string, number: number): void {
    if (name === "A") this.#row = Math.max(this.#top, this.#row - number);
    else if (name === "B") this.#row = Math.min(this.#lines.length - 1, this.#row + number);
    else if (name === "C") this.#column = Math.min(this.#columns - 1, this.#column + number);
    else if (name === "D") this.#column = Math.max(0, this.#column - number);
    else if (name === "G") this.#column = number - 1;
    else if (name === "K") this.#lines[this.#row]!.length = Math.min(this.#lines[this.#row]!.length, this.#column);
    else if (name === "J") {
      this.#lines.length = this.#row + 1;
      this.#lines[this.#row]!.length = Math.min(this.#lines[this.#row]!.length, this.#column);
    } else if (name !== "m") throw new Error(`the screen does not know CSI ${name}`);
  }
}
