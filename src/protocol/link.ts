/**
 * Linking a device: a code that the new device shows, and the few frames between it and the device that takes it in.
 * SPEC.md §11.
 *
 * The code carries the new device's keys, so whoever scans it has them for certain. What the new device cannot know is whose
 * key answers it: hence the signs. The key of the old device is fixed by its first frame, before the new one draws and signs
 * its nonce, and the nonce is fixed before anybody can compute a sign: whoever stands between has one try in 2^42.
 */
import { base64urlnopad } from "@scure/base";
import { usage } from "../errors.ts";
import type { DeviceId, GroupId, LinkId, MemberId, Millis, PersonId, Tag } from "../types.ts";
import type { Codec, Shape, ShapeOf } from "./codec.ts";
import {
  bool,
  bytes,
  bytesUpTo,
  codec,
  concat,
  equalBytes,
  hex,
  id,
  list,
  optional,
  struct,
  text,
  uint,
  union,
  unhex,
} from "./codec.ts";
import { sixes } from "./compare.ts";
import type { EnvelopeKey } from "./envelope.ts";
import { MAX_PLAINTEXT } from "./envelope.ts";
import { prekeyShape } from "./identity.ts";
import { MAX_CARD_BYTES, MAX_LIST_BYTES, MAX_OP_BYTES, MAX_TIME } from "./limits.ts";
import { placeList } from "./own.ts";
import type { KeyPair } from "./primitives.ts";
import { agree, derive, label, mac, NO_SALT, sha256, u32 } from "./primitives.ts";
import { sign, verify } from "./signature.ts";
import { VENUE_KEY_BYTES } from "./venue.ts";

/** How long a code is good. */
const LINK_LIFE = 600_000;
/** Authenticated in every frame of a link. */
export const LINK_CONTEXT = label("link");

const code = struct({
  secret: bytes(16),
  device: id<DeviceId>(32),
  agreement: bytes(32),
  expires: uint(MAX_TIME),
  venue: text(64),
  buckets: uint(64),
  /** Where the new device can be dialled. */
  addresses: list(text(256), 4),
});
export type LinkCode = ShapeOf<typeof code>;
const codes = codec(code, 2048);
const PREFIX = "couloir-link:";
const checksum = (body: Uint8Array): Uint8Array => sha256(label("link code"), body).subarray(0, 4);

export const writeLinkCode = (value: LinkCode): string => {
  const body = codes.encode(value);
  return PREFIX + base64urlnopad.encode(concat(body, checksum(body)));
};

/** Throws `usage` "link-garbled" for anything that is not a whole code. */
export const readLinkCode = (input: string): LinkCode => {
  const trimmed = input.trim();
  try {
    const raw = base64urlnopad.decode(trimmed.slice(trimmed.lastIndexOf("#") + 1).replace(PREFIX, ""));
    const body = raw.subarray(0, -4);
    const read = equalBytes(checksum(body), raw.subarray(-4)) ? codes.decode(body) : undefined;
    if (read) return read;
  } catch {
    // Not base64url: the same words for every garbled code.
  }
  throw usage("link-garbled", "that is no whole link code; copy it again, from “couloir-link:” to its end");
};

const split = (both: Uint8Array): EnvelopeKey => ({ key: both.subarray(0, 32), tag: hex(both.subarray(32)) as Tag });

/** What follows from the code's secret alone. */
export const linkKeys = (
  secret: Uint8Array,
): { readonly link: LinkId; readonly hello: EnvelopeKey; readonly reply: EnvelopeKey } => ({
  link: hex(derive(secret, NO_SALT, "link id", 16)) as LinkId,
  hello: split(derive(secret, NO_SALT, "link hello", 48)),
  reply: split(derive(secret, NO_SALT, "link answer", 48)),
});

/** From the old device: a key of its own for this link. */
const hello = struct({ key: bytes(32) });
export const linkHellos = codec(hello, 64);

const reply = struct({ key: bytes(32), nonce: bytes(16), name: text(128), guest: bool, signature: bytes(64) });
/** From the new device: the key that it answers, and what makes the signs; by its device key. */
export type LinkReply = ShapeOf<typeof reply>;
export const linkReplies = codec(reply, 512);

const replied = (secret: Uint8Array, { key, nonce, name, guest }: Omit<LinkReply, "signature">): Uint8Array =>
  concat(label("link reply"), secret, key, nonce, Uint8Array.of(guest ? 1 : 0), new TextEncoder().encode(name));

export const signReply = (secret: Uint8Array, body: Omit<LinkReply, "signature">, device: KeyPair): LinkReply => ({
  ...body,
  signature: sign(replied(secret, body), device.secret),
});
/** Whether the device whose code it is has answered this very key. */
export const replyHolds = ({ secret, device }: LinkCode, key: Uint8Array, body: LinkReply): boolean =>
  equalBytes(body.key, key) && verify(body.signature, replied(secret, body), unhex(device));

/** What both sides have once the reply is there. */
export interface LinkSession {
  /** Seven numbers below 64. */
  readonly signs: readonly number[];
  /** Key and tag of frame `n` from the new side or the old one. */
  at(from: "new" | "old", n: number): EnvelopeKey;
}

/** `undefined` for a key of low order. `own`: this side's pair; `other`: the other side's public key. */
export const linkSession = (
  { secret, device, agreement }: Pick<LinkCode, "secret" | "device" | "agreement">,
  body: Pick<LinkReply, "key" | "nonce">,
  own: { readonly secret: Uint8Array; readonly other: Uint8Array },
): LinkSession | undefined => {
  const shared = agree(own.secret, own.other);
  if (!shared) return undefined;
  const transcript = sha256(label("link transcript"), secret, unhex(device), agreement, body.key, body.nonce);
  const key = derive(shared, transcript, "link session");
  return {
    // 42 of 48 bits.
    signs: sixes(derive(key, NO_SALT, "link signs", 6), 7),
    at: (from, n) => split(derive(mac(key, Uint8Array.of(from === "new" ? 0 : 1), u32(n)), NO_SALT, "link frame", 48)),
  };
};

/** Frames of a session: their numbers are their places in this list; parts of a grant follow from 8 on. */
export const LINK_FRAME = { about: 0, list: 1, agreed: 0, seat: 1, refused: 2, done: 3, grant: 8 } as const;
/** Parts of a grant. */
export const GRANT_PARTS = 8;
/** Bytes of a part. */
export const GRANT_PART = 60_000;

const frame = union({
  /** Who takes the device in. */
  about: struct({ person: id<PersonId>(32), name: text(128), flag: text(2), delegation: text(128) }),
  /** The list that it stands in, and the group and seat whose proof is asked for. */
  list: struct({ devices: bytesUpTo(MAX_LIST_BYTES), group: id<GroupId>(32), author: id<MemberId>(32), guest: bool }),
  /** The new side's person says yes. */
  agreed: struct({}),
  /** This side's person says no. */
  refused: struct({}),
  /** The new device's own card, and its consent to a seat. */
  seat: struct({
    card: bytesUpTo(MAX_CARD_BYTES + 80),
    member: id<MemberId>(32),
    prekey: prekeyShape,
    proof: bytes(64),
  }),
  grant: struct({ part: uint(GRANT_PARTS - 1), parts: uint(GRANT_PARTS), bytes: bytesUpTo(GRANT_PART) }),
  done: struct({}),
});
export type LinkFrame = ShapeOf<typeof frame>;
export const linkFrames: Codec<LinkFrame> = codec(frame as Shape<LinkFrame>, MAX_PLAINTEXT);

const grant = struct({
  /** Seed of the root key, for a device that is to be a main one. */
  root: optional(bytes(32)),
  name: text(128),
  flag: text(2),
  delegation: text(128),
  /** Operations of the group of this person's devices. */
  ops: list(bytesUpTo(MAX_OP_BYTES + 80), 512),
  /** The caucuses that the old device is in. */
  places: placeList,
  contacts: list(struct({ card: bytesUpTo(MAX_CARD_BYTES + 80), blocked: bool }), 1000),
  /** Of the venue that both are in. */
  venueKey: optional(bytes(VENUE_KEY_BYTES)),
});
/** What a new device is given. */
export type LinkGrant = ShapeOf<typeof grant>;
export const linkGrants = codec(grant, GRANT_PARTS * GRANT_PART);

/** When a code made now ends. */
export const linkExpiry = (now: Millis): Millis => now + LINK_LIFE;
