/**
 * The venue as this device knows it: what it was told of it, kept for the next start, and what it proves and tells of it
 * to neighbours. SPEC.md §12.
 */
import { refused, usage } from "../errors.ts";
import type { VenueSide } from "../net/vouching.ts";
import { equalBytes } from "../protocol/codec.ts";
import {
  isBucketCount,
  isVenueCode,
  MAX_VENUE_HUBS,
  MAX_VENUE_NAME,
  readVenueCode,
  VENUE_KEY_BYTES,
  type VenueDescriptor,
  venueMark,
  venueProof,
  writeVenueCode,
} from "../protocol/venue.ts";
import type { Change } from "../store/record.ts";
import { put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { Random } from "../types.ts";
import type { VenueView } from "./api.ts";

const KEPT = { space: "profile", name: "venue" } as const;
const USUAL: VenueDescriptor = { name: "couloir", buckets: 1, hubs: [] };

/** What is said of the venue at a start; the rest is as it was last. */
export interface VenueGiven {
  /** A name, or a code with all that belongs to it. */
  readonly venue?: string | undefined;
  /** 1 or 8. */
  readonly buckets?: number | undefined;
  /** `new`: a key, where there is none yet. `none`: no key from now on. */
  readonly venueKey?: "new" | "none" | undefined;
}

/** Makes of what is known and what is given one description. Throws `usage` for what makes none. */
export const describeVenue = (
  { venue, buckets, venueKey }: VenueGiven,
  kept: VenueDescriptor | undefined,
  random: Random,
): VenueDescriptor => {
  const code = venue !== undefined && isVenueCode(venue) ? readVenueCode(venue) : undefined;
  const name = code?.name ?? venue ?? kept?.name ?? USUAL.name;
  if (name === "" || new TextEncoder().encode(name).length > MAX_VENUE_NAME)
    throw usage("venue-name", `a venue's name has 1 to ${MAX_VENUE_NAME} bytes`);
  if (buckets !== undefined && !isBucketCount(buckets))
    throw usage("venue-buckets", "a venue has 1 bucket, or 8 where more than about 150 devices meet");
  const before = kept?.name === name ? kept : { ...USUAL, name };
  const { key: known, ...rest } = { ...before, ...code, buckets: buckets ?? code?.buckets ?? before.buckets };
  const hubs = code && code.hubs.length > 0 ? code.hubs : before.hubs;
  const key = venueKey === "none" ? undefined : (known ?? (venueKey === "new" ? random(VENUE_KEY_BYTES) : undefined));
  return { ...rest, hubs, ...(key && { key }) };
};

/** See above. One for each open profile. */
export class VenueDoor implements VenueSide {
  #known: VenueDescriptor;
  /** Told when there is another key: neighbours are to prove it. */
  onKey: () => void = () => {};

  constructor(known: VenueDescriptor = USUAL) {
    this.#known = known;
  }

  /** As it was kept and is given now; what is new is kept. */
  static async open(store: Store, given: VenueGiven, random: Random): Promise<VenueDoor> {
    const raw = await store.get(KEPT);
    let kept: VenueDescriptor | undefined;
    try {
      kept = typeof raw === "string" ? readVenueCode(raw) : undefined;
    } catch {
      // Written by another version: what is given counts.
    }
    const known = describeVenue(given, kept, random);
    if (writeVenueCode(known) !== raw) await store.commit([keep(known)]);
    return new VenueDoor(known);
  }

  get known(): VenueDescriptor {
    return this.#known;
  }

  view(): VenueView {
    const { name, buckets, key } = this.#known;
    return { name, buckets, keyed: key !== undefined, code: writeVenueCode(this.#known) };
  }

  claim(): ReturnType<VenueSide["claim"]> {
    const { name, buckets, key } = this.#known;
    return { mark: venueMark(name), buckets, keyed: key !== undefined };
  }

  prove(of: Parameters<VenueSide["prove"]>[0]): Uint8Array | undefined {
    const { name, key } = this.#known;
    return key && venueProof({ name, key }, of);
  }

  /** Throws unless a description is of this venue, with as many buckets. */
  check({ name, buckets }: Pick<VenueDescriptor, "name" | "buckets">): void {
    const own = this.#known;
    if (name !== own.name)
      throw usage(
        "other-venue",
        `that is for the venue “${name}”, and this device is in “${own.name}”; start with --venue and that name`,
      );
    if (buckets !== own.buckets)
      throw refused(
        "venue-differs",
        `that is for a venue “${name}” in ${parts(buckets)}, and this device has it in ${parts(own.buckets)}: you would miss what is said. Take the venue's code from its hub, and start with --venue and that code`,
      );
  }

  /**
   * Takes what a code, an invite or one's own device tells of this venue; the changes that keep it, none where nothing is
   * new. A key that is here already is replaced only on a person's own word: `replace`.
   */
  take({ key, hubs }: Pick<VenueDescriptor, "key" | "hubs">, replace = false): readonly Change[] {
    const own = this.#known;
    const before = own.key;
    const next = key && (replace || !before) ? key : before;
    const more = [...new Set([...hubs, ...own.hubs])].slice(0, MAX_VENUE_HUBS);
    const known = { ...own, hubs: more, ...(next && { key: next }) };
    if (writeVenueCode(known) === writeVenueCode(own)) return [];
    this.#known = known;
    if (next && !(before && equalBytes(before, next))) this.onKey();
    return [keep(known)];
  }
}

const keep = (known: VenueDescriptor): Change => put(KEPT, writeVenueCode(known));

const parts = (buckets: number): string => (buckets === 1 ? "one part" : `${buckets} parts`);
