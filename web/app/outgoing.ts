/**
 * Files on their way out, from the moment that somebody has said so until they are messages. What is known of each is kept
 * at once; its bytes are, too, when the page goes away before they are saved. The page that comes back finishes it: under
 * its nonce it is one message, however often it is sent.
 */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { NewFile } from "../../src/messenger/api.ts";
import type { MessageView } from "../../src/types.ts";
import type { Backend } from "../peer/backend.ts";
import { fileOf, readOrder, type Going, type Order, type Ready, type Source } from "./order.ts";
import { isPhoto } from "./attach.ts";
import { MOST_NOTED, packed, unpacked, type Parcel } from "./parcel.ts";
import { drawnAnew } from "./photo/several.ts";
import { newNonce, Sendings } from "./sendings.ts";
import { codeOf, faultOf, troubleId } from "./trouble.ts";

/** A file on its way, as it is shown. */
export interface Departure {
  readonly going: Going;
  /** `failed`: it can be tried again. `lost`: its bytes are gone, it has to be chosen again. */
  readonly state: "sending" | "failed" | "lost";
  /** Bytes that were taken over, and all; 0 of 0 where they are not in this tab, or still being made. */
  readonly have: number;
  readonly size: number;
  /** Why it failed. */
  readonly trouble?: string;
}

interface Item {
  going: Going;
  readonly source?: Source;
  ready?: Ready;
  parcel?: Parcel;
  /** It was asked for before, perhaps by another page, and may be saved. */
  asked: boolean;
  /** Its bytes are on the slip. */
  noted: boolean;
  cancelled: boolean;
}

/** What it needs of the controller. */
export interface OutgoingDesk {
  readonly backend: Backend;
  say(id: string, args?: undefined, tone?: "amber"): void;
}

const NAME = "sending files";
/** What others may have done meanwhile: under its nonce it is asked for again. */
const TRIES = 3;
const AGAIN: readonly unknown[] = ["tab-gone", "file-source", "file-size"];
const UNANSWERED = "unknown-message";
const LOST: readonly unknown[] = ["file-source", "file-size"];

/** Nothing, however often it is asked for. */
const nothing = { async *[Symbol.asyncIterator]() {} } as AsyncIterable<Uint8Array>;

export class Outgoing {
  readonly #desk: OutgoingDesk;
  readonly #drawn: (file: Blob) => Promise<Ready>;
  readonly #kept: Sendings<Going>;
  readonly #items = new Map<string, Item>();
  readonly #all = signal<readonly Departure[]>([]);
  #loaded = Promise.resolve<readonly Going[]>([]);
  /** Of what belongs together, the last that was told to go. */
  readonly #turns = new Map<string, Promise<void>>();
  #stopped = false;

  /** `drawn`: how a photo is drawn anew. */
  constructor(desk: OutgoingDesk, drawn: (file: Blob) => Promise<Ready> = drawnAnew) {
    this.#desk = desk;
    this.#drawn = drawn;
    const { api, slip } = desk.backend;
    this.#kept = new Sendings({ api, slip, name: NAME, read: readOrder });
  }

  /** In the order in which they were told to go. */
  get all(): ReadonlySignal<readonly Departure[]> {
    return this.#all;
  }
  /** How many go to a caucus. */
  count(caucus: Going["caucus"]): number {
    return this.#all.value.filter(({ going }) => going.caucus === caucus).length;
  }
  /** Bytes that would have to be noted if the page went now; of what is not in hand yet, all that there is room for. */
  get held(): number {
    const sending = this.#all.value.filter(({ state }) => state === "sending");
    return sending.reduce((sum, { going }) => sum + this.#weightOf(this.#items.get(going.nonce)), 0);
  }
  /** Whether something would have to be noted if the page went now. */
  get busy(): boolean {
    return this.#all.peek().some(({ state }) => state === "sending");
  }

  /** Finishes what a page before this one left. */
  async load(): Promise<void> {
    this.#loaded = this.#kept.load();
    for (const going of await this.#loaded) {
      const noted = this.#desk.backend.slip?.read(going.nonce);
      const parcel = noted && unpacked(noted);
      const item = this.#add(going);
      Object.assign(item, { asked: true, noted: parcel !== undefined });
      if (parcel?.raw) {
        void this.#draw(item, parcel);
        continue;
      }
      if (parcel) {
        Object.assign(item, this.#held(parcel));
        this.#show(item, { size: parcel.bytes.length });
      }
      this.#inTurn(item);
    }
  }

  /** Sends a file. Resolves when its bytes are in hand, long before they are out; rejects where there are none. */
  async send(order: Order, source: Source): Promise<void> {
    // Else what is kept of this one would take the place of what was left.
    await this.#loaded;
    const going = { ...order, nonce: newNonce() };
    this.#kept.begin(going);
    await this.#take(this.#add(going, source), source);
  }

  /** Tries again what has failed. */
  retry({ going }: Departure): void {
    const item = this.#items.get(going.nonce);
    if (item) void this.#run(item);
  }

  /** Sends another file in the place of one that is lost: the same one, most likely. A photo is drawn anew. */
  async replace({ going }: Departure, file: File): Promise<void> {
    const photo = going.photo ?? (await isPhoto(file));
    // Before anything is given up for it.
    const ready = photo ? await this.#drawn(file) : { blob: file };
    if (this.#stopped || !this.#items.has(going.nonce)) return;
    const { size: _, ...rest } = going;
    const again: Going = photo ? { ...rest, name: "photo.jpg", photo } : { ...rest, name: file.name, size: file.size };
    this.#forget(going.nonce);
    this.#kept.begin(again);
    const source = { ready: () => Promise.resolve(ready) };
    await this.#take(this.#add(again, source), source);
  }

  /**
   * Stops it, or forgets that it failed. What has been taken over to the last byte is on its way. A page that comes back
   * finishes nothing that was stopped.
   */
  discard({ going: { nonce }, state }: Departure): void {
    const item = this.#items.get(nonce);
    if (item && state !== "sending") this.#giveUp(item.going);
    if (!item || state !== "sending") return this.#forget(nonce, "stopped");
    item.cancelled = true;
    this.#unkeep(nonce, "stopped");
  }

  /** This person has sent a file, perhaps in another tab, which had the bytes of one that is missed here. */
  heard({ caucus }: MessageView): void {
    for (const { going, state } of this.#all.peek()) {
      const item = this.#items.get(going.nonce);
      if (item && state === "lost" && going.caucus === caucus) void this.#run(item);
    }
  }

  /** The page may go away: notes the bytes of all that is not saved. */
  note(): void {
    if (!this.#stopped) for (const item of this.#items.values()) this.#note(item);
  }

  /** This page is nobody's any more: what this tab noted goes with it. */
  stop(): void {
    this.#stopped = true;
    const { slip } = this.#desk.backend;
    for (const name of [NAME, ...this.#items.keys()]) slip?.write(name, undefined);
    this.#items.clear();
    this.#all.value = [];
  }

  #add(going: Going, source?: Source): Item {
    const item: Item = { going, ...(source && { source }), asked: false, noted: false, cancelled: false };
    this.#items.set(going.nonce, item);
    // Without its bytes there is no telling how much of it another tab has sent, nor any stopping it from here.
    const shown: Departure = { going, state: "sending", have: 0, size: (source && going.size) ?? 0 };
    this.#all.value = [...this.#all.peek(), shown];
    return item;
  }

  #note(item: Item): void {
    const { slip } = this.#desk.backend;
    if (item.noted || item.cancelled || !slip) return;
    const parcel = item.parcel ?? item.source?.now?.();
    if (parcel) item.noted = slip.write(item.going.nonce, packed(parcel));
  }

  #weightOf(item: Item | undefined): number {
    if (item && !item.ready && (item.source || item.noted)) return MOST_NOTED;
    return item?.parcel?.bytes.length ?? 0;
  }

  #held(parcel: Parcel): Pick<Item, "ready" | "parcel"> {
    const { bytes, type, ...about } = parcel;
    return { parcel, ready: { blob: new Blob([bytes], { type }), ...about } };
  }

  #show({ going }: Item, change: Omit<Partial<Departure>, "going">): void {
    this.#all.value = this.#all.peek().map((one) => (one.going.nonce === going.nonce ? { ...one, ...change } : one));
  }

  #forget(nonce: string, as?: "stopped"): void {
    const item = this.#items.get(nonce);
    if (!item) return;
    this.#items.delete(nonce);
    this.#all.value = this.#all.peek().filter(({ going }) => going.nonce !== nonce);
    this.#unkeep(nonce, item.cancelled ? "stopped" : as);
  }

  /** What was sealed of it is cleared away now rather than in a day. */
  #giveUp({ caucus, name, nonce, size }: Going): void {
    if (size === undefined) return;
    this.#desk.backend.api.sendFile(caucus, { name, nonce, type: "", size, bytes: nothing }).catch(() => undefined);
  }

  #unkeep(nonce: string, as?: "stopped"): void {
    if (as === "stopped") this.#kept.stop({ nonce });
    else this.#kept.end({ nonce });
    this.#desk.backend.slip?.write(nonce, undefined);
  }

  /** Draws a photo that a page before this one had no time to draw. Where that fails, what was noted stays for the next one. */
  async #draw(item: Item, { bytes, type }: Parcel): Promise<void> {
    try {
      const ready = await this.#drawn(new Blob([bytes], { type }));
      await this.#take(item, { ready: () => Promise.resolve(ready) });
    } catch (error) {
      if (!this.#stopped) this.#show(item, { state: "lost", trouble: troubleId(error) });
    }
  }

  async #take(item: Item, source: Source): Promise<void> {
    try {
      item.ready = await source.ready();
    } catch (error) {
      this.#forget(item.going.nonce);
      throw error;
    }
    if (this.#stopped) return;
    if (item.cancelled) return this.#forget(item.going.nonce);
    const { blob, ...about } = item.ready;
    const bytes = blob.size > MOST_NOTED ? undefined : await blob.arrayBuffer().catch(() => undefined);
    // Meanwhile the page may have become nobody's.
    if (this.#stopped) return;
    if (bytes) item.parcel = { bytes: new Uint8Array(bytes), type: blob.type, ...about };
    this.#show(item, { size: blob.size });
    // In the place of what it was drawn from, if that was noted.
    item.noted = false;
    // Nobody can choose again what they have taken with a camera: not even a crash may have it.
    if (item.going.photo) this.#note(item);
    this.#inTurn(item);
  }

  /** What belongs together comes one behind the other; all else at once. */
  #inTurn(item: Item): void {
    const { together } = item.going;
    if (together === undefined) return void this.#run(item);
    const turn = (this.#turns.get(together) ?? Promise.resolve()).then(() => this.#run(item));
    this.#turns.set(together, turn);
    void turn.then(() => this.#turns.get(together) === turn && this.#turns.delete(together));
  }

  async #run(item: Item): Promise<void> {
    const { nonce } = item.going;
    this.#show(item, { state: "sending", have: 0 });
    try {
      await this.#ask(item);
      if (!this.#stopped) this.#forget(nonce);
    } catch (error) {
      if (this.#stopped) return;
      const code = codeOf(error);
      const lost = LOST.includes(code);
      if (item.cancelled) this.#forget(nonce);
      else if (faultOf(error) === "usage" && !lost) {
        // It will not do, today or tomorrow.
        this.#forget(nonce);
        this.#desk.say(troubleId(error), undefined, "amber");
      } else this.#show(item, { state: lost ? "lost" : "failed", trouble: troubleId(error) });
    }
  }

  async #ask(item: Item): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        if (item.asked && (await this.#isSaved(item))) return;
        item.asked = true;
        if (item.ready) await this.#desk.backend.api.sendFile(item.going.caucus, this.#fileOf(item, item.ready));
        return;
      } catch (error) {
        const again = item.ready && !item.cancelled && !this.#stopped && AGAIN.includes(codeOf(error));
        if (again && tries < TRIES) continue;
        // What it answered is not here any more: its bytes, which may be nowhere else, go without that.
        if (codeOf(error) !== UNANSWERED || !item.going.reply) throw error;
        const { reply: _, ...going } = item.going;
        item.going = going;
      }
    }
  }

  /** Whether it is a message already. Without its bytes nobody can send it, but under its nonce one learns of that. */
  async #isSaved({ going: { caucus, name, nonce }, ready }: Item): Promise<boolean> {
    try {
      await this.#desk.backend.api.sendFile(caucus, { name, nonce, type: "", size: 1, bytes: nothing });
      return true;
    } catch (error) {
      if (ready && LOST.includes(codeOf(error))) return false;
      throw error;
    }
  }

  #fileOf(item: Item, ready: Ready): NewFile {
    return fileOf(item.going, ready, (have) => {
      this.#show(item, { have });
      return !item.cancelled;
    });
  }
}
