/** An invite as people pass it on: `couloir:` and base64url of a small record with a checksum. SPEC.md §11. */
import { base64urlnopad } from "@scure/base";
import { usage } from "../errors.ts";
import { bytes, codec, concat, equalBytes, id, list, optional, struct, text, uint } from "../protocol/codec.ts";
import { MAX_TIME } from "../protocol/limits.ts";
import { label, sha256 } from "../protocol/primitives.ts";
import { VENUE_KEY_BYTES } from "../protocol/venue.ts";
import type { GroupId, Millis } from "../types.ts";

export interface InviteCode {
  readonly secret: Uint8Array;
  /** Binds the code to one group: whoever else holds it cannot answer with a group of his own. */
  readonly group: GroupId;
  readonly expires: Millis;
  readonly venue: string;
  /** Bucket topics of the venue. */
  readonly buckets: number;
  /** Where a member can be dialled. */
  readonly addresses: readonly string[];
  /** The venue's key: whom a member invites, a member vouches for. */
  readonly venueKey?: Uint8Array;
}

const shape = codec(
  struct({
    secret: bytes(16),
    group: id<GroupId>(32),
    expires: uint(MAX_TIME),
    venue: text(64),
    buckets: uint(64),
    addresses: list(text(256), 4),
    venueKey: optional(bytes(VENUE_KEY_BYTES)),
  }),
  2048,
);
const PREFIX = "couloir:";
const checksum = (body: Uint8Array): Uint8Array => sha256(label("invite code"), body).subarray(0, 4);

export const writeCode = (code: InviteCode): string => {
  const body = shape.encode(code);
  return PREFIX + base64urlnopad.encode(concat(body, checksum(body)));
};

/** Throws `usage` for anything that is not a whole code. Accepts a page's address with the code behind `#`. */
export const readCode = (input: string): InviteCode => {
  const trimmed = input.trim();
  const bare = trimmed.slice(trimmed.lastIndexOf("#") + 1).replace(PREFIX, "");
  try {
    const raw = base64urlnopad.decode(bare);
    const body = raw.subarray(0, -4);
    const code = equalBytes(checksum(body), raw.subarray(-4)) ? shape.decode(body) : undefined;
    if (code) return code;
  } catch {
    // Not base64url: the same words for every garbled code.
  }
  throw usage("invite-garbled", "that is no whole invite code; copy it again, from “couloir:” to its end");
};
