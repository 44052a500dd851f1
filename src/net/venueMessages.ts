/**
 * The messages of `/couloir/venue/1`. Both sides send them in this order, without waiting for a question:
 *
 *     hello    what each says of its venue, and a nonce
 *     proof    after the other's hello: 32 bytes by the venue's key, or as many of noise
 */
import { bool, bytes, codec, struct, uint, type ShapeOf } from "../protocol/codec.ts";

/** The protocol's name on a stream. */
export const VENUE_PROTOCOL = "/couloir/venue/1";
/** Largest message. */
export const MAX_VENUE_MESSAGE = 256;
/** Bytes of a nonce, and of a proof. */
export const NONCE_BYTES = 32;

const hello = struct({
  /** By which those who know the name recognise the venue. */
  mark: bytes(8),
  buckets: uint(64),
  /** Whether the sender has a key of that venue. */
  keyed: bool,
  nonce: bytes(NONCE_BYTES),
});
export const venueHello = codec(hello, MAX_VENUE_MESSAGE);
export const venueProofMessage = codec(struct({ proof: bytes(32) }), MAX_VENUE_MESSAGE);

/** What a neighbour says of its venue. A claim, like everything that is not proved. */
export type VenueClaim = Omit<ShapeOf<typeof hello>, "nonce">;
