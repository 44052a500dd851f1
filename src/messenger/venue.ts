/** One venue's name space: topics and the key that keeps presence from people outside of it. SPEC.md §12. */
import { hex } from "../protocol/codec.ts";
import type { EnvelopeKey } from "../protocol/envelope.ts";
import { derive, label, mac, NO_SALT, u16 } from "../protocol/primitives.ts";
import { venueSecret } from "../protocol/venue.ts";
import type { Tag, Topic } from "../types.ts";

export interface Venue {
  readonly name: string;
  readonly presence: Topic;
  /** All bucket topics. */
  readonly buckets: readonly Topic[];
  /** Where first contacts are: everybody hears it. The one bucket, where there is one. */
  readonly lobby: Topic;
  /** All topics of which mail is kept. */
  readonly carried: readonly Topic[];
  readonly presenceKey: EnvelopeKey;
  /** The topic of a group, from the secret that was drawn when it was made. */
  bucketOf(secret: Uint8Array): Topic;
}

/** `buckets` is fixed in the venue's descriptor, never estimated: 1, or 8 above about 150 peers. */
export const makeVenue = (name: string, buckets = 1): Venue => {
  const key = venueSecret(name);
  const topic = (purpose: string, n: number): Topic =>
    `couloir/1/${hex(mac(key, label(purpose), u16(n)).subarray(0, 8))}` as Topic;
  const carried = Array.from({ length: buckets === 1 ? 1 : buckets + 1 }, (_, n) => topic("bucket topic", n));
  const all = carried.slice(0, buckets);
  const presence = derive(key, NO_SALT, "presence key", 48);
  return {
    name,
    presence: topic("presence topic", 0),
    buckets: all,
    lobby: carried.at(-1) as Topic,
    carried,
    presenceKey: { key: presence.subarray(0, 32), tag: hex(presence.subarray(32)) as Tag },
    bucketOf: (secret) => {
      const number = new DataView(mac(key, label("choose bucket"), secret).buffer).getUint32(0);
      return all[number % all.length] as Topic;
    },
  };
};
