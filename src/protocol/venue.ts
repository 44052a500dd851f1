/**
 * What a venue is, as whoever opens it describes it, and the proof that one has its key. SPEC.md §12.
 *
 * The key is drawn at random and never typed, so that what is proved by it can be shown to anybody: without the key a
 * proof cannot be told from noise.
 */
import { base64urlnopad } from "@scure/base";
import { usage } from "../errors.ts";
import { bytes, codec, concat, equalBytes, list, optional, struct, text, uint, utf8 } from "./codec.ts";
import { derive, label, mac, NO_SALT, sha256, u16 } from "./primitives.ts";

/** Bytes of a venue's key. */
export const VENUE_KEY_BYTES = 16;
/** Bytes of a venue's name as UTF-8. */
export const MAX_VENUE_NAME = 64;
/** Hubs that a description names. */
export const MAX_VENUE_HUBS = 4;

/** A venue as it is handed on: in a hub's QR code, in invites, to one's own devices. */
export interface VenueDescriptor {
  readonly name: string;
  /** Bucket topics: 1, or 8 above about 150 devices. */
  readonly buckets: number;
  /** Who has it counts as vouched for; a venue without one vouches for everybody. */
  readonly key?: Uint8Array;
  /** Multiaddrs of hubs. */
  readonly hubs: readonly string[];
}

/** Whether a venue may be cut into so many buckets. */
export const isBucketCount = (count: number): boolean => count === 1 || count === 8;

const shape = codec(
  struct({
    name: text(MAX_VENUE_NAME),
    buckets: uint(64),
    key: optional(bytes(VENUE_KEY_BYTES)),
    hubs: list(text(256), MAX_VENUE_HUBS),
  }),
  2048,
);
const PREFIX = "couloir-venue:";
const checksum = (body: Uint8Array): Uint8Array => sha256(label("venue code"), body).subarray(0, 4);

/** Whether this is meant to be a venue's code rather than a name or an invite. */
export const isVenueCode = (input: string): boolean => input.includes(PREFIX);

export const writeVenueCode = (venue: VenueDescriptor): string => {
  const body = shape.encode(venue);
  return PREFIX + base64urlnopad.encode(concat(body, checksum(body)));
};

/** Throws `usage` "venue-garbled" for anything that is not a whole code. Accepts a page's address with the code behind `#`. */
export const readVenueCode = (input: string): VenueDescriptor => {
  const trimmed = input.trim();
  try {
    const raw = base64urlnopad.decode(trimmed.slice(trimmed.lastIndexOf("#") + 1).replace(PREFIX, ""));
    const body = raw.subarray(0, -4);
    const read = equalBytes(checksum(body), raw.subarray(-4)) ? shape.decode(body) : undefined;
    if (read && read.name !== "" && isBucketCount(read.buckets)) return read;
  } catch {
    // Not base64url: the same words for every garbled code.
  }
  throw usage("venue-garbled", "that is no whole venue code; copy it again, from “couloir-venue:” to its end");
};

/** What a proof speaks of: who proves to whom, by the names that the connection has made sure of, and what each drew. */
export interface VenueProofParts {
  /** The transport identities. */
  readonly prover: string;
  readonly verifier: string;
  /** 32 bytes each, fresh for this proof. */
  readonly proverNonce: Uint8Array;
  readonly verifierNonce: Uint8Array;
}

const named = (peer: string): Uint8Array => {
  const name = utf8(peer);
  return concat(u16(name.length), name);
};

/**
 * 32 bytes that only a holder of the venue's key can make. Whoever passes it on proves nothing: it names the prover and
 * the verifier, which the connection's handshake has shown, and holds for the nonces of one exchange.
 */
export const venueProof = (
  { name, key }: { readonly name: string; readonly key: Uint8Array },
  { prover, verifier, proverNonce, verifierNonce }: VenueProofParts,
): Uint8Array =>
  mac(
    derive(key, utf8(name), "venue proof key"),
    label("venue proof"),
    named(prover),
    named(verifier),
    proverNonce,
    verifierNonce,
  );

/** What follows from a venue's name, for whoever knows it. */
export const venueSecret = (name: string): Uint8Array => derive(utf8(name), NO_SALT, "venue");

/** 8 bytes by which those who know a venue's name recognise it. */
export const venueMark = (name: string): Uint8Array => mac(venueSecret(name), label("venue mark")).subarray(0, 8);
