/** What a device shows of itself to its venue: its card, open caucuses that it lists, and when it will do so again. */
import type { ShapeOf } from "../protocol/codec.ts";
import { bytesUpTo, codec, id, list, struct, text, uint, unhex } from "../protocol/codec.ts";
import { openEnvelope, sealEnvelope, slotFor } from "../protocol/envelope.ts";
import type { Card, Self } from "../protocol/identity.ts";
import { MAX_CARD_BYTES } from "../protocol/limits.ts";
import { label } from "../protocol/primitives.ts";
import { signed } from "../protocol/signed.ts";
import type { DeviceId, GroupId, Millis, Random } from "../types.ts";
import { MAX_NEXT } from "./presencePace.ts";
import type { Venue } from "./venue.ts";

const listing = struct({ caucus: id<GroupId>(32), name: text(256), code: text(1024) });
/** An open caucus as a member lists it. */
export type Listing = ShapeOf<typeof listing>;

const presence = struct({
  card: bytesUpTo(MAX_CARD_BYTES + 80),
  device: id<DeviceId>(32),
  at: uint(),
  listings: list(listing, 8),
  /** Within so many ms it shows itself again; 0: it goes. */
  next: uint(MAX_NEXT),
});
const shown = signed("presence", codec(presence, 16_384), 16_384, (body) => unhex(body.device));
const CONTEXT = label("presence frame");

/** The plaintext of a presence frame, unread; `undefined` for what is none of this venue. */
export const unsealPresence = (frame: Uint8Array, venue: Venue): Uint8Array | undefined =>
  openEnvelope(venue.presenceKey.key, frame, CONTEXT);

/** What its device has signed, if it has. */
export const readPresence = (plain: Uint8Array): ShapeOf<typeof presence> | undefined => shown.open(plain)?.body;

/** This device's presence frame, now. */
export const showPresence = (
  self: Self,
  card: Card,
  told: {
    readonly listings: readonly Listing[];
    readonly next: Millis;
    readonly venue: Venue;
    readonly now: Millis;
    readonly random: Random;
  },
): Uint8Array => {
  const { listings, next, venue, now, random } = told;
  const body = { card: card.bytes, device: card.device, at: now, listings: listings.slice(0, 8), next };
  const { bytes } = shown.sign(body, self.device.secret);
  return sealEnvelope(venue.presenceKey, bytes, { slot: slotFor(now), random, context: CONTEXT });
};

const MAX_AGE: Millis = 24 * 3_600_000;
const frames = struct({
  /** `age`: ms since the answerer heard it. */
  frames: list(struct({ age: uint(MAX_AGE), frame: bytesUpTo(20_480) }), 64),
});
/** One message of the answer to who asks who is here. */
export const presenceAnswers = codec(frames, 66_000);
