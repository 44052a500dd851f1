/**
 * What lies on tables, as far as something on the screen shows it: read when it is first wanted, and again when it has
 * changed. However much is said of it at once, it is read a few times a second at most.
 */
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { CaucusView, GroupId, MessageId, ToolWord } from "../../../src/types.ts";
import type { TableView, ToolView } from "../../../src/types/tools.ts";
import type { Controller } from "../controller.ts";
import { codeOf } from "../trouble.ts";

/** Milliseconds between two readings of the same. */
const BETWEEN = 250;
/** And as many times as long as the last one took. */
const SHARE = 4;

/** Something that is read again when it has changed, one reading at a time. */
class Reading<T> {
  /** `null`: it could not be read. */
  readonly value = signal<T | null | undefined>(undefined);
  /** How many show it. */
  shown = 0;
  readonly #read: () => Promise<T>;
  readonly #between: number;
  #stale = false;
  #busy = false;

  constructor(read: () => Promise<T>, between: number) {
    this.#read = read;
    this.#between = between;
  }

  again(): void {
    this.#stale = true;
    if (!this.#busy) void this.#all();
  }

  async #all(): Promise<void> {
    this.#busy = true;
    while (this.#stale && this.shown > 0) {
      this.#stale = false;
      const began = performance.now();
      try {
        this.value.value = await this.#read();
      } catch {
        // It is not here (yet), or cannot be read now: what is known stays, and the next change asks again.
        this.value.value ??= null;
      }
      // What takes long to read (thousands of words over a slow link) is read the less often.
      const wait = Math.max(this.#between, (performance.now() - began) * SHARE);
      await new Promise((done) => setTimeout(done, wait));
    }
    this.#busy = false;
  }
}

/** What one can do something about when a word was not said. */
const TROUBLE: Readonly<Record<string, string>> = {
  "too-soon": "notice-too-soon",
  "too-late": "notice-too-late",
  "board-closed": "notice-board-closed",
  "bad-tool": "notice-too-long",
};

/** What is shown (`null`: it is not here), and what ends that. */
export type Shown<T> = readonly [ReadonlySignal<T | null | undefined>, () => void];

/** Who is in a caucus: of whom a huddle or a roll call has no answer. */
const membersOf = ({ members }: CaucusView): string =>
  members
    .filter(({ state }) => state === "joined")
    .map(({ person }) => person)
    .join();

export class Table {
  readonly #app: Controller;
  readonly #between: number;
  readonly #tools = new Map<string, Reading<ToolView>>();
  readonly #tables = new Map<GroupId, Reading<TableView>>();
  readonly #members = new Map<GroupId, string>();
  readonly #drafts = new Map<string, Signal<string>>();
  readonly #stops: (() => void)[];

  /** `between`: milliseconds at least between two readings of the same. */
  constructor(app: Controller, between = BETWEEN) {
    this.#app = app;
    this.#between = between;
    const { api } = app.backend;
    this.#stops = [
      api.on("tool", ({ caucus, message }) => {
        this.#tools.get(`${caucus} ${message}`)?.again();
        this.#tables.get(caucus)?.again();
      }),
      api.on("caucus", (view) => {
        const now = membersOf(view);
        if (this.#members.get(view.caucus) === now) return;
        this.#members.set(view.caucus, now);
        for (const [key, tool] of this.#tools) if (key.startsWith(view.caucus)) tool.again();
        this.#tables.get(view.caucus)?.again();
      }),
      app.backend.onMissed(() => {
        for (const one of [...this.#tools.values(), ...this.#tables.values()]) one.again();
      }),
    ];
  }

  /** One thing, for as long as it is shown: until the second result is called. */
  tool(caucus: GroupId, message: MessageId): Shown<ToolView> {
    return this.#show(this.#tools, `${caucus} ${message}`, () => this.#app.backend.api.tool(caucus, message));
  }

  /** All of a caucus, likewise. */
  all(caucus: GroupId): Shown<TableView> {
    return this.#show(this.#tables, caucus, () => this.#app.backend.api.table(caucus));
  }

  #show<K, T>(kept: Map<K, Reading<T>>, key: K, read: () => Promise<T>): Shown<T> {
    const reading = kept.get(key) ?? new Reading(read, this.#between);
    kept.set(key, reading);
    reading.shown += 1;
    reading.again();
    const end = (): void => {
      reading.shown -= 1;
      if (reading.shown === 0) kept.delete(key);
    };
    return [reading.value, end];
  }

  /** What is being written in a sheet: one that is closed by mistake has lost nothing. */
  draft(key: string): Signal<string> {
    const draft = this.#drafts.get(key) ?? signal("");
    this.#drafts.set(key, draft);
    return draft;
  }

  /** Says a word; resolves with the message, or with nothing where it failed: the reader has been told then. */
  say(caucus: GroupId, word: ToolWord): Promise<MessageId | undefined> {
    return this.#app.act(async () => {
      try {
        return (await this.#app.backend.api.sayTool(caucus, word)).message;
      } catch (error) {
        const known = TROUBLE[codeOf(error) ?? ""];
        if (known === undefined) throw error;
        this.#app.say(known);
        return undefined;
      }
    });
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }
}

const tables = new WeakMap<Controller, Table>();

/** The one of a controller. */
export const tableOf = (app: Controller): Table => {
  const table = tables.get(app) ?? new Table(app);
  tables.set(app, table);
  return table;
};
