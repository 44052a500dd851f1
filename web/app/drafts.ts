/**
 * What was written and not sent, by caucus, kept sealed on this device and this person's others. Each has a nonce from its first letter on, under
 * which it is sent: a draft that a crash brought back although it was out already is the same message again.
 */
import { signal } from "@preact/signals";
import type { GroupId } from "../../src/types.ts";
import type { RemoteApi } from "../peer/backend.ts";

/** Milliseconds of rest after which a draft is written down. */
const REST = 400;
/** Characters kept; a value that is shared may have 24 KiB. */
const LONGEST = 7_000;

/** A draft as it is kept. */
interface Draft {
  readonly text: string;
  readonly nonce: string;
}

const NONCE = /^[0-9a-f]{32}$/;

const newNonce = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** What was kept, if it is a draft. */
const readDraft = (kept: unknown): Draft | undefined => {
  const { text, nonce } = (kept ?? {}) as Partial<Record<keyof Draft, unknown>>;
  if (typeof text !== "string" || text === "") return undefined;
  return { text, nonce: typeof nonce === "string" && NONCE.test(nonce) ? nonce : newNonce() };
};

const PREFIX = "draft/";
const nameOf = (caucus: GroupId): string => `${PREFIX}${caucus}`;

export class Drafts {
  readonly #api: Pick<RemoteApi, "remember" | "remembered">;
  readonly #all = signal<ReadonlyMap<GroupId, Draft>>(new Map());
  readonly #waiting = new Map<GroupId, ReturnType<typeof setTimeout>>();

  constructor(api: Pick<RemoteApi, "remember" | "remembered">) {
    this.#api = api;
  }

  /** What was kept of these caucuses. A draft that cannot be read is no reason to stop. */
  async load(caucuses: readonly GroupId[]): Promise<void> {
    const kept = await Promise.allSettled(caucuses.map((caucus) => this.#api.remembered(nameOf(caucus))));
    const all = new Map(this.#all.peek());
    for (const [at, caucus] of caucuses.entries()) {
      const result = kept[at];
      const draft = result?.status === "fulfilled" ? readDraft(result.value) : undefined;
      if (draft && !all.has(caucus)) all.set(caucus, draft);
    }
    this.#all.value = all;
  }

  /** Another device of this person changed what is remembered under a name. What is being typed here stays. */
  async changed(name: string): Promise<void> {
    const caucus = name.startsWith(PREFIX) ? (name.slice(PREFIX.length) as GroupId) : undefined;
    if (!caucus || this.#waiting.has(caucus)) return;
    const draft = readDraft(await this.#api.remembered(name));
    if (this.#waiting.has(caucus)) return;
    const all = new Map(this.#all.peek());
    if (draft) all.set(caucus, draft);
    else all.delete(caucus);
    this.#all.value = all;
  }

  of(caucus: GroupId): string {
    return this.#all.value.get(caucus)?.text ?? "";
  }

  /** The nonce to send it under. */
  nonceOf(caucus: GroupId): string {
    return this.#all.peek().get(caucus)?.nonce ?? newNonce();
  }

  /** `nonce`: of a draft that comes back because it could not be sent. */
  set(caucus: GroupId, text: string, nonce = this.nonceOf(caucus)): void {
    const all = new Map(this.#all.peek());
    if (text === "") all.delete(caucus);
    else all.set(caucus, { text, nonce });
    this.#all.value = all;
    clearTimeout(this.#waiting.get(caucus));
    this.#waiting.set(
      caucus,
      setTimeout(() => this.#keep(caucus), REST),
    );
  }

  /** It is being sent: gone from the screen, and kept until it is out, should the page go away meanwhile. */
  sending(caucus: GroupId): void {
    this.#keep(caucus, false);
    const all = new Map(this.#all.peek());
    all.delete(caucus);
    this.#all.value = all;
  }
  /** It is out. */
  sent(caucus: GroupId): void {
    if (!this.#waiting.has(caucus)) this.#keep(caucus);
  }

  /** Writes down now what waits: the page is going away, perhaps before others can be told. */
  flush(): void {
    for (const caucus of this.#waiting.keys()) {
      this.#keep(caucus, false);
      this.#keep(caucus);
    }
  }

  stop(): void {
    this.flush();
  }

  /** `shared`: this person's other devices are to have it too; that takes longer. */
  #keep(caucus: GroupId, shared = true): void {
    clearTimeout(this.#waiting.get(caucus));
    this.#waiting.delete(caucus);
    const draft = this.#all.peek().get(caucus);
    const kept = draft && { ...draft, text: draft.text.slice(0, LONGEST) };
    // A draft that could not be kept is still on the screen; the next keystroke tries again.
    this.#api.remember(nameOf(caucus), kept, { shared }).catch(() => {});
  }
}
