/**
 * What was told to go and is not known to be saved as a message yet: kept on this device until it is, so that a page that
 * goes away in the middle finishes it when it comes back. Under its nonce it is one message, however often it is sent.
 */
import type { GroupId, MessageId } from "../../src/types.ts";
import type { RemoteApi, Slip } from "../peer/backend.ts";

/** Something on its way. */
export interface Departing {
  readonly caucus: GroupId;
  readonly nonce: string;
  /** What it answers. */
  readonly reply?: MessageId;
}

/** Words on their way. */
export interface Sending extends Departing {
  readonly text: string;
}

const HEX = /^[0-9a-f]+$/;

const isHex = (value: unknown, digits: number): value is string =>
  typeof value === "string" && value.length === digits && HEX.test(value);

/** What a slip says; nothing where it is damaged. */
const readSlip = (bytes: Uint8Array | undefined): unknown => {
  try {
    return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as unknown);
  } catch {
    return undefined;
  }
};

/** That one was stopped, and when. */
interface Stopped {
  readonly stopped: number;
}
/** Milliseconds for which that is kept. */
const STOPPED_FOR = 86_400_000;

const isStopped = (kept: unknown): kept is Stopped =>
  typeof (kept as Partial<Stopped> | null | undefined)?.stopped === "number";

const entriesOf = (kept: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof kept === "object" && kept !== null ? Object.entries(kept) : []);

/** What was kept, as far as it is something on its way. */
const readDeparting = (kept: unknown): Departing | undefined => {
  const { caucus, nonce, reply } = (kept ?? {}) as Partial<Record<keyof Departing, unknown>>;
  if (!isHex(caucus, 64) || !isHex(nonce, 32)) return undefined;
  return { caucus: caucus as GroupId, nonce, ...(isHex(reply, 32) && { reply: reply as MessageId }) };
};

export const newNonce = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Of one kind of what departs. */
export interface SendingsOptions<T extends Departing> {
  readonly api: Pick<RemoteApi, "remember" | "remembered">;
  readonly slip?: Slip | undefined;
  /** Under which they are kept. */
  readonly name: string;
  /** What else is kept of one; nothing where it is damaged. */
  readonly read: (kept: Readonly<Record<string, unknown>>) => Omit<T, keyof Departing> | undefined;
}

export class Sendings<T extends Departing> {
  readonly #options: SendingsOptions<T>;
  /** What this very tab had on its slip when it was loaded anew. */
  readonly #noted: readonly T[];
  #all: readonly T[] = [];
  /** Of these, by nonce, what is on disk says something else. */
  readonly #stale = new Map<string, T | Stopped | undefined>();
  /** The last one that was begun of each: what came of those before it says nothing any more. */
  readonly #writes = new Map<string, symbol>();

  constructor(options: SendingsOptions<T>) {
    this.#options = options;
    this.#noted = this.#read(readSlip(options.slip?.read(options.name)));
  }

  /** What a page before this one left. None where it cannot be read. */
  async load(): Promise<readonly T[]> {
    const { api, name, slip } = this.#options;
    const kept = entriesOf(await api.remembered(name).catch(() => undefined));
    const saved = this.#read([...kept.values()]);
    for (const [nonce, one] of kept) {
      if (!isStopped(one)) continue;
      slip?.write(nonce, undefined);
      if (Date.now() - one.stopped > STOPPED_FOR) this.#keep(nonce, undefined);
    }
    const left = [...saved, ...this.#noted.filter(({ nonce }) => !kept.has(nonce))];
    const fresh = left.filter(({ nonce }) => !this.has(nonce));
    this.#all = [...fresh, ...this.#all];
    this.#note();
    return fresh;
  }

  has(nonce: string): boolean {
    return this.#all.some((one) => one.nonce === nonce);
  }

  begin(sending: T): void {
    this.settle();
    this.#all = [...this.#all, sending];
    this.#keep(sending.nonce, sending);
    this.#note();
  }

  /** It is a message now, or words to be written again. */
  end({ nonce }: Pick<Departing, "nonce">): void {
    this.#drop(nonce, undefined);
  }

  /** It is not to go, whoever comes back with it: a tab that was made of this one has its slip as well. */
  stop({ nonce }: Pick<Departing, "nonce">): void {
    this.#drop(nonce, { stopped: Date.now() });
  }

  /** Tries again what could not be written. */
  settle(): void {
    for (const [nonce, one] of this.#stale) this.#keep(nonce, one);
  }

  #drop(nonce: string, left: Stopped | undefined): void {
    this.settle();
    this.#all = this.#all.filter((one) => one.nonce !== nonce);
    this.#keep(nonce, left);
    this.#note();
  }

  #read(kept: unknown): readonly T[] {
    return (Array.isArray(kept) ? (kept as unknown[]) : []).flatMap((one) => {
      const departing = readDeparting(one);
      const rest = departing && this.#options.read(one as Readonly<Record<string, unknown>>);
      return departing && rest ? ({ ...departing, ...rest } as T) : [];
    });
  }

  #note(): void {
    const { slip, name } = this.#options;
    const all = this.#all.length > 0 ? this.#all : undefined;
    slip?.write(name, all && new TextEncoder().encode(JSON.stringify(all)));
  }

  /** Each by itself: other tabs keep theirs under the same name. */
  #keep(nonce: string, one: T | Stopped | undefined): void {
    const { api, name } = this.#options;
    this.#stale.delete(nonce);
    const write = Symbol(nonce);
    this.#writes.set(nonce, write);
    const ended = (stale: boolean): void => {
      if (this.#writes.get(nonce) !== write) return;
      this.#writes.delete(nonce);
      if (stale) this.#stale.set(nonce, one);
    };
    api.remember(name, one, { entry: nonce }).then(
      () => ended(false),
      () => ended(true),
    );
  }
}
