/**
 * What was told to go and is not known to be saved as a message yet: kept on this device until it is, so that a page that
 * goes away in the middle finishes it when it comes back. Under its nonce it is one message, however often it is sent.
 */
import type { GroupId, MessageId } from "../../src/types.ts";
import type { RemoteApi, Slip } from "../peer/backend.ts";

/** Words on their way. */
export interface Sending {
  readonly caucus: GroupId;
  readonly text: string;
  readonly nonce: string;
  /** What they answer. */
  readonly reply?: MessageId;
}

const NAME = "sending";
const HEX = /^[0-9a-f]+$/;

const isHex = (value: unknown, digits: number): value is string =>
  typeof value === "string" && value.length === digits && HEX.test(value);

/** What a slip says; nothing where it is damaged. */
const readSlip = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
};

const readSending = (kept: unknown): Sending | undefined => {
  const { caucus, text, nonce, reply } = (kept ?? {}) as Partial<Record<keyof Sending, unknown>>;
  if (typeof text !== "string" || text === "" || !isHex(caucus, 64) || !isHex(nonce, 32)) return undefined;
  const sending = { caucus: caucus as GroupId, text, nonce };
  return isHex(reply, 32) ? { ...sending, reply: reply as MessageId } : sending;
};

const readAll = (kept: unknown): readonly Sending[] =>
  (Array.isArray(kept) ? kept : []).flatMap((one: unknown) => readSending(one) ?? []);

export class Sendings {
  readonly #api: Pick<RemoteApi, "remember" | "remembered">;
  readonly #slip: Slip | undefined;
  /** What this very tab had on its slip when it was loaded anew. */
  readonly #noted: readonly Sending[];
  #all: readonly Sending[] = [];
  /** What is on disk says something else. */
  #stale = false;

  constructor(api: Pick<RemoteApi, "remember" | "remembered">, slip?: Slip) {
    this.#api = api;
    this.#slip = slip;
    this.#noted = readAll(readSlip(slip?.read()));
  }

  /** What a page before this one left. None where it cannot be read. */
  async load(): Promise<readonly Sending[]> {
    const kept = await this.#api.remembered(NAME).catch(() => undefined);
    const saved = readAll(kept);
    const left = [...saved, ...this.#noted.filter(({ nonce }) => !saved.some((one) => one.nonce === nonce))];
    this.#all = [...left, ...this.#all];
    return left;
  }

  has(nonce: string): boolean {
    return this.#all.some((one) => one.nonce === nonce);
  }

  begin(sending: Sending): void {
    this.#all = [...this.#all, sending];
    this.#keep();
  }

  /** It is a message now, or words to be written again. */
  end({ nonce }: Sending): void {
    this.#all = this.#all.filter((one) => one.nonce !== nonce);
    this.#keep();
  }

  /** Tries again what could not be written. */
  settle(): void {
    if (this.#stale) this.#keep();
  }

  #keep(): void {
    this.#stale = false;
    const all = this.#all.length > 0 ? this.#all : undefined;
    this.#slip?.write(all && JSON.stringify(all));
    this.#api.remember(NAME, all).catch(() => {
      this.#stale = true;
    });
  }
}
