/** What the page keeps for its next start, sealed in the store beside the messenger's own records. */
import { put } from "../../src/store/record.ts";
import type { Store } from "../../src/store/store.ts";
import type { Millis } from "../../src/types.ts";

/** See above. */
export interface PageMemory {
  /** URLs of hubs, the latest first. */
  readonly hubs: readonly string[];
  /** Addresses of hubs that were reached, to dial before any hub has been asked. */
  readonly addresses: readonly string[];
  /** Addresses of the codes by which this page came here, whether or not anybody has answered there, the latest first. */
  readonly followed: readonly string[];
  /** The venue that a hub named. */
  readonly venue: string | undefined;
  /** When a page of this profile was last awake. */
  readonly aliveAt: Millis | undefined;
  /** When an identity file was last saved. */
  readonly backup: Millis | undefined;
}

const keyOf = (name: keyof PageMemory) => ({ space: "profile", name: `page ${name}` }) as const;
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** Reads it; what is missing or of another shape is nothing. */
export const readMemory = async (store: Store): Promise<PageMemory> => {
  const [hubs, addresses, followed, venue, aliveAt, backup] = await store.getMany(
    (["hubs", "addresses", "followed", "venue", "aliveAt", "backup"] as const).map(keyOf),
  );
  return {
    hubs: texts(hubs),
    addresses: texts(addresses),
    followed: texts(followed),
    venue: typeof venue === "string" ? venue : undefined,
    aliveAt: number(aliveAt),
    backup: number(backup),
  };
};

/** Keeps one thing. */
export const keepMemory = async <K extends keyof PageMemory>(
  store: Store,
  name: K,
  value: Exclude<PageMemory[K], undefined>,
): Promise<void> => {
  await store.commit([put(keyOf(name), value)]);
};
