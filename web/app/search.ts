/** Looking for words in what was said, here or everywhere: what has been found so far. Over a messenger, it knows no document. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { foundIn, soughtWords, type Found } from "../../src/content/finding.ts";
import type { RecordPlace } from "../../src/messenger/paging.ts";
import type { GroupId, MessageId, MessageView } from "../../src/types.ts";
import type { RemoteApi } from "../peer/backend.ts";
import { plainFileName, plainName, plainText } from "./text.ts";

/** Lines found before somebody asks for more. */
const ENOUGH = 30;
/** Characters of a long text before and after what was found in it. */
const BEFORE = 40;
const AFTER = 120;

export interface Findings {
  /** Folded; none where nothing is looked for. */
  readonly words: readonly string[];
  /** Newest first. */
  readonly lines: readonly MessageView[];
  /** How many lines have been read for it. */
  readonly looked: number;
  /** `paused`: there is more to read. */
  readonly state: "looking" | "paused" | "done";
}

const NOTHING: Findings = { words: [], lines: [], looked: 0, state: "done" };

export class Search {
  readonly #api: RemoteApi;
  readonly #caucus: GroupId | undefined;
  readonly #findings = signal<Findings>(NOTHING);
  #sought = "";
  #next: RecordPlace | undefined;
  #running = false;
  /** Raised with each wish: an answer to an older one is dropped. */
  #wish = 0;

  /** In one caucus, or everywhere. */
  constructor(api: RemoteApi, caucus?: GroupId) {
    this.#api = api;
    this.#caucus = caucus;
  }

  get findings(): ReadonlySignal<Findings> {
    return this.#findings;
  }

  /** Looks for these words from now on. Resolves when enough was found, or all was read; rejects as the messenger does. */
  async seek(sought: string): Promise<void> {
    const words = soughtWords(sought);
    this.#wish += 1;
    this.#sought = sought;
    this.#next = undefined;
    this.#findings.value = words.length === 0 ? NOTHING : { ...NOTHING, words, state: "looking" };
    await this.#run();
  }

  /** Goes on with what is older. */
  async more(): Promise<void> {
    const now = this.#findings.peek();
    if (now.state !== "paused") return;
    this.#findings.value = { ...now, state: "looking" };
    await this.#run(now.lines.length);
  }

  /** Nothing is left of a line: it was not found. */
  forget(message: MessageId): void {
    const now = this.#findings.peek();
    this.#findings.value = { ...now, lines: now.lines.filter((line) => line.message !== message) };
  }

  stop(): void {
    this.#wish += 1;
    this.#findings.value = { ...this.#findings.peek(), state: "done" };
  }

  /** One question at a time, whatever is typed meanwhile. */
  async #run(had = 0): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#findings.peek().state === "looking") {
        const wish = this.#wish;
        const caucus = this.#caucus;
        const before = this.#next;
        const answer = await this.#api.search(this.#sought, {
          limit: ENOUGH,
          ...(caucus !== undefined && { caucus }),
          ...(before && { before }),
        });
        if (wish !== this.#wish) {
          had = 0;
          continue;
        }
        this.#next = answer.next;
        const now = this.#findings.peek();
        const lines = [...now.lines, ...answer.lines];
        const state = !answer.next ? "done" : lines.length - had >= ENOUGH ? "paused" : "looking";
        this.#findings.value = { ...now, lines, looked: now.looked + answer.looked, state };
      }
    } catch (error) {
      this.stop();
      throw error;
    } finally {
      this.#running = false;
    }
  }
}

/** What is shown of a line that was found: the part of its text where it was, in pieces. */
export const excerpt = ({ text, file }: MessageView, words: readonly string[]): readonly Found[] => {
  const said = plainText(text).replace(/\s+/gu, " ").trim();
  const inFile = file ? foundIn(plainFileName(file.name), words) : [];
  const pieces = foundIn(said, words);
  if (file && (said === "" || !pieces.some(({ found }) => found))) return inFile;
  const first = pieces.findIndex(({ found }) => found);
  return pieces.flatMap((piece, at) => {
    if (at < first) return [{ ...piece, text: lastOf(piece.text, BEFORE) }];
    return at - first > 8 ? [] : [{ ...piece, text: firstOf(piece.text, AFTER) }];
  });
};

/** A sender's name, in pieces. */
export const markedName = (name: string, words: readonly string[]): readonly Found[] => foundIn(plainName(name), words);

const firstOf = (text: string, length: number): string => {
  const all = Array.from(text);
  return all.length > length ? `${all.slice(0, length).join("")}…` : text;
};
/** Begins with a whole word where there is one soon. */
const lastOf = (text: string, length: number): string => {
  const all = Array.from(text);
  return all.length > length
    ? `…${all
        .slice(-length)
        .join("")
        .replace(/^\S{0,15}\s/u, "")}`
    : text;
};
