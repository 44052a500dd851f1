/**
 * The words of tools that are here, group by group: read once by the index beside the messages, and kept up with what
 * comes. What has not been sealed yet is behind all else.
 */
import type { CallOf } from "../../content/calls.ts";
import { CALL_GAP, inTime } from "../../content/calls.ts";
import { contents } from "../../content/message.ts";
import type { ToolSaid } from "../../content/toolOrder.ts";
import { before } from "../../content/toolOrder.ts";
import { isTool } from "../../content/toolWords.ts";
import type { GroupId, MessageId, Millis, PersonId, ToolWord } from "../../types.ts";
import type { Line } from "../lines.ts";
import { counts, lineShape } from "../lines.ts";
import type { Held } from "../parts.ts";
import type { Session } from "../session.ts";

/** Of each person the newest so many words count in a group: nobody's flood hides what others said. */
export const MAX_EACH = 4096;
/** The newest so many entries of a group's index are looked at, and so many of them read. */
const MAX_LOOKED = 262_144;
const MAX_WORDS = 32_768;
/** Groups that are kept in memory. */
const MAX_GROUPS = 4;
/** Calls of one person of which is remembered when they came, and how long. */
const MAX_CALLS = 8;
const FORGOTTEN: Millis = 240_000;
const BATCH = 256;
/** What is shown with how far it has come. */
const COUNTED: ReadonlySet<ToolWord["kind"]> = new Set(["call", "rollCall"]);

type Placed = Pick<Line, "author" | "chain" | "index" | "time" | "again" | "message" | "person">;
interface Entry {
  readonly placed: Placed;
  readonly word: ToolWord;
}
type Words = Map<MessageId, Entry>;
type Judged = Pick<CallOf, "message" | "by" | "at" | "seconds">;

/** When a call was seen first in this run, and whether it may ring. */
export interface Heard {
  readonly heard: Millis;
  readonly rings: boolean;
}

const entryOf = (line: Line): Entry | undefined => {
  const word = contents.decode(line.content);
  if (!word || !isTool(word)) return undefined;
  const { author, chain, index, time, again, message, person } = line;
  return { placed: { author, chain, index, time, again, message, person }, word };
};

/** The newest first, as many of each person and of all as count. */
const newest = <T>(entries: Iterable<T>, personOf: (entry: T) => string): readonly T[] => {
  const each = new Map<string, number>();
  const out: T[] = [];
  for (const entry of entries) {
    const person = personOf(entry);
    const count = (each.get(person) ?? 0) + 1;
    each.set(person, count);
    if (count <= MAX_EACH) out.push(entry);
    if (out.length >= MAX_WORDS) break;
  }
  return out;
};

/** What it belongs to: what it was laid on the table as. */
export const rootOf = (message: MessageId, word: ToolWord): MessageId => {
  if ("to" in word) return word.to;
  return (word.kind === "rollCall" && word.again) || message;
};

export class ToolBook {
  /** When this person last called, in whichever group, in this run. */
  called: Millis = -Infinity;
  readonly #session: Session;
  readonly #groups = new Map<GroupId, Promise<Words>>();
  /** When calls came, in this run; and whether they may ring here. */
  readonly #calls = new Map<MessageId, Heard & { readonly by: PersonId }>();
  /** When somebody's call last rang here, in whichever group. */
  readonly #rang = new Map<PersonId, Millis>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** A line came, or changed: it is told once it is known here. */
  async heard(group: GroupId, line: Line): Promise<void> {
    const entry = entryOf(line);
    if (!entry) return;
    const known = this.#groups.get(group);
    let was: Entry | undefined;
    const put = known?.then((words) => {
      was = words.get(line.message);
      return words.set(line.message, entry);
    });
    if (put) this.#groups.set(group, put);
    await put?.catch(() => undefined);
    // Of most words nothing changes by who has them.
    if (was?.placed.time === line.time && !COUNTED.has(entry.word.kind)) return;
    if (entry.word.kind === "call")
      this.judge({ message: line.message, by: line.person, at: line.time, seconds: entry.word.seconds });
    this.tell(group, rootOf(line.message, entry.word));
  }

  /** A line that was a word of a tool is off this device. */
  async leave(group: GroupId, line: Line): Promise<void> {
    const entry = entryOf(line);
    if (!entry) return;
    const rest = this.#groups.get(group)?.then((words) => (words.delete(line.message), words));
    if (rest) this.#groups.set(group, rest);
    await rest?.catch(() => undefined);
    this.tell(group, rootOf(line.message, entry.word));
  }

  tell(caucus: GroupId, message: MessageId): void {
    this.#session.events.emit("tool", { caucus, message });
  }

  /** Once a call, when it is seen first: whether it may ring here. One a minute a person, in time, and none of the blocked. */
  judge({ message, by, at, seconds }: Judged): Heard {
    const known = this.#calls.get(message);
    if (known) return known;
    const { people, clock, person: self } = this.#session;
    const now = clock.now();
    const free = now >= (this.#rang.get(by) ?? -Infinity) + CALL_GAP;
    const rings = free && by !== self && !people.blocked(by) && inTime({ at, seconds }, now);
    if (rings) this.#rang.set(by, now);
    const heard = { by, heard: now, rings };
    this.#calls.set(message, heard);
    this.#forgetCalls(by, now);
    return heard;
  }

  /** What is too old to ring, and of whoever calls and calls the oldest: nobody's flood makes another's call forgotten. */
  #forgetCalls(by: PersonId, now: Millis): void {
    for (const [one, rang] of this.#rang) if (rang + CALL_GAP <= now) this.#rang.delete(one);
    const theirs: MessageId[] = [];
    for (const [message, call] of this.#calls)
      if (call.heard + FORGOTTEN <= now) this.#calls.delete(message);
      else if (call.by === by) theirs.push(message);
    for (const message of theirs.slice(0, -MAX_CALLS)) this.#calls.delete(message);
  }

  /** All words of a group that count, in order. */
  async said({ state: { group, view } }: Held): Promise<readonly ToolSaid[]> {
    const words = [...(await this.#words(group)).values()].sort((a, b) => before(b.placed, a.placed));
    const sealed = newest(words, ({ placed }) => placed.person)
      .filter(({ placed }) => counts(view, placed))
      .map(({ placed, word }) => ({ time: placed.time, message: placed.message, by: placed.person, word }))
      .reverse();
    return [...sealed, ...this.#unsealed(group, sealed.at(-1)?.time ?? 0)];
  }

  /** What is only saved here comes after all that is known, as it will once it is sealed. */
  #unsealed(group: GroupId, after: Millis): readonly ToolSaid[] {
    let time = after;
    return (this.#session.outbox.get(group) ?? []).flatMap(({ message, content, typedAt, time: sealedAt }) => {
      const word = sealedAt === undefined ? contents.decode(content) : undefined;
      if (!word || !isTool(word)) return [];
      time = Math.max(typedAt, time + 1);
      return [{ time, message, by: this.#session.person, word }];
    });
  }

  #words(group: GroupId): Promise<Words> {
    const words = this.#groups.get(group) ?? this.#read(group);
    // The one that is asked for last is the last to be forgotten.
    this.#groups.delete(group);
    this.#groups.set(group, words);
    for (const old of [...this.#groups.keys()].slice(0, -MAX_GROUPS)) this.#groups.delete(old);
    words.then(
      (all) => {
        if (all.size > 2 * MAX_WORDS) this.#groups.delete(group);
      },
      () => this.#groups.delete(group),
    );
    return words;
  }

  async #read(group: GroupId): Promise<Words> {
    const { store } = this.#session;
    const index: { readonly time: Millis; readonly message: MessageId; readonly person: string }[] = [];
    const range = store.range({ space: "tool", group }, { reverse: true, limit: MAX_LOOKED });
    for await (const { key, value } of range) index.push({ ...key, person: String(value) });
    const keys = newest(index, ({ person }) => person).map(
      ({ time, message }) => ({ space: "message", group, time, message }) as const,
    );
    const words: Words = new Map();
    for (let at = 0; at < keys.length; at += BATCH)
      for (const raw of await store.getMany(keys.slice(at, at + BATCH))) {
        const line = raw === undefined ? undefined : lineShape.from(raw);
        const entry = line && entryOf(line);
        if (entry) words.set(entry.placed.message, entry);
      }
    return words;
  }
}
