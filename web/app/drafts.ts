/**
 * What was written and not sent, by caucus, kept sealed on this device and this person's others. Each has a nonce from its
 * first letter on, under which it is sent: a draft that a crash brought back although it was out is the same message again.
 */
import { signal } from "@preact/signals";
import type { GroupId, MessageId } from "../../src/types.ts";
import type { RemoteApi, Slip } from "../peer/backend.ts";
import { newNonce, Sendings, type Sending } from "./sendings.ts";

/** Milliseconds of rest after which a draft is written down. */
const REST = 400;
/** Bytes of JSON that a text may have, and characters of one that has more: a value that is shared may have 24 KiB. */
const MOST = 24_000;
const LONGEST = 7_000;

const keepable = (text: string): string =>
  new TextEncoder().encode(JSON.stringify(text)).length <= MOST ? text : text.slice(0, LONGEST);

/** A draft as it is kept. */
interface Draft {
  readonly text: string;
  readonly nonce: string;
}

const NONCE = /^[0-9a-f]{32}$/;

/** What was kept, if it is a draft. */
const readDraft = (kept: unknown): Draft | undefined => {
  const { text, nonce } = (kept ?? {}) as Partial<Record<keyof Draft, unknown>>;
  if (typeof text !== "string" || text === "") return undefined;
  return { text, nonce: typeof nonce === "string" && NONCE.test(nonce) ? nonce : newNonce() };
};

const readWords = ({ text }: Readonly<Record<string, unknown>>): { readonly text: string } | undefined =>
  typeof text === "string" && text !== "" ? { text } : undefined;

const PREFIX = "draft/";
const nameOf = (caucus: GroupId): string => `${PREFIX}${caucus}`;

type Api = Pick<RemoteApi, "remember" | "remembered" | "send">;

export class Drafts {
  readonly #api: Api;
  readonly #sendings: Sendings<Sending>;
  readonly #all = signal<ReadonlyMap<GroupId, Draft>>(new Map());
  readonly #waiting = new Map<GroupId, ReturnType<typeof setTimeout>>();

  /** `slip`: what is being sent is noted on it too. */
  constructor(api: Api, slip?: Slip) {
    this.#api = api;
    this.#sendings = new Sendings({ api, slip, name: "sending", read: readWords });
  }

  /**
   * What was kept of these caucuses; a draft that cannot be read is no reason to stop. Resolves with what a page before this
   * one did not get to send, for `resume`.
   */
  async load(caucuses: readonly GroupId[]): Promise<readonly Sending[]> {
    const left = await this.#sendings.load();
    const going = new Set(left.map(({ nonce }) => nonce));
    const kept = await Promise.allSettled(caucuses.map((caucus) => this.#api.remembered(nameOf(caucus))));
    const all = new Map(this.#all.peek());
    for (const [at, caucus] of caucuses.entries()) {
      const result = kept[at];
      const draft = result?.status === "fulfilled" ? readDraft(result.value) : undefined;
      if (draft && !going.has(draft.nonce) && !all.has(caucus)) all.set(caucus, draft);
    }
    this.#all.value = all;
    return left;
  }

  /** Sends what was told to go before the page was loaded anew, in its order. Rejects with what was the matter with the last. */
  async resume(left: readonly Sending[]): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    for (const sending of left) {
      const { caucus, text, nonce, reply } = sending;
      try {
        await this.#api.send(caucus, text, { nonce, ...(reply && { reply }) });
        this.sent(sending);
      } catch (error) {
        this.failed(sending);
        failure = { error };
      }
    }
    if (failure) throw failure.error;
  }

  /** Another device of this person changed what is remembered under a name. What is being typed here stays. */
  async changed(name: string): Promise<void> {
    const caucus = name.startsWith(PREFIX) ? (name.slice(PREFIX.length) as GroupId) : undefined;
    if (!caucus || this.#waiting.has(caucus)) return;
    const draft = readDraft(await this.#api.remembered(name));
    if (this.#waiting.has(caucus) || (draft && this.#sendings.has(draft.nonce))) return;
    this.#show(caucus, draft);
  }

  /** This person has said something: where another tab shows the same as a draft, it is none any more. */
  said(caucus: GroupId, text: string): void {
    if (!this.#waiting.has(caucus) && this.of(caucus).trim() === text) this.#show(caucus, undefined);
  }

  of(caucus: GroupId): string {
    return this.#all.value.get(caucus)?.text ?? "";
  }

  /** The nonce to send it under. */
  nonceOf(caucus: GroupId): string {
    return this.#all.peek().get(caucus)?.nonce ?? newNonce();
  }

  set(caucus: GroupId, text: string): void {
    this.#put(caucus, text === "" ? undefined : { text, nonce: this.nonceOf(caucus) });
  }

  #show(caucus: GroupId, draft: Draft | undefined): void {
    const all = new Map(this.#all.peek());
    if (draft) all.set(caucus, draft);
    else all.delete(caucus);
    this.#all.value = all;
  }

  #put(caucus: GroupId, draft: Draft | undefined): void {
    this.#show(caucus, draft);
    clearTimeout(this.#waiting.get(caucus));
    this.#waiting.set(
      caucus,
      setTimeout(() => this.#keep(caucus), REST),
    );
  }

  /** Takes it off the screen to be sent; `undefined` where nothing is written. `sent` or `failed` has to follow. */
  take(caucus: GroupId, reply?: MessageId): Sending | undefined {
    const text = this.of(caucus).trim();
    if (text === "") return undefined;
    const sending = { caucus, text, nonce: this.nonceOf(caucus), ...(reply && { reply }) };
    this.#sendings.begin(sending);
    clearTimeout(this.#waiting.get(caucus));
    this.#waiting.delete(caucus);
    this.#show(caucus, undefined);
    return sending;
  }

  /** It is a message. */
  sent(sending: Sending): void {
    this.#sendings.end(sending);
    if (!this.#waiting.has(sending.caucus)) this.#keep(sending.caucus);
  }

  /** It could not be saved: comes back to be sent again, before what was begun meanwhile. */
  failed(sending: Sending): void {
    const { caucus, text, nonce } = sending;
    const since = this.of(caucus);
    this.#sendings.end(sending);
    this.#put(caucus, since ? { text: `${text}\n${since}`, nonce: this.nonceOf(caucus) } : { text, nonce });
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
    this.#sendings.settle();
    const draft = this.#all.peek().get(caucus);
    const kept = draft && { ...draft, text: keepable(draft.text) };
    // A draft that could not be kept is still on the screen; the next keystroke tries again.
    this.#api.remember(nameOf(caucus), kept, { shared }).catch(() => {});
  }
}
