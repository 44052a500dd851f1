/** What follows from an invite's secret: its key pair, the tags to ask under, and the tag of an answer. SPEC.md §11. */
import type { MemberId, Tag } from "../types.ts";
import { hex, unhex } from "./codec.ts";
import type { EnvelopeKey } from "./envelope.ts";
import { HAIL_TAGS } from "./limits.ts";
import type { KeyPair } from "./primitives.ts";
import { derive, mac, NO_SALT, u32 } from "./primitives.ts";
import { signingPair } from "./signature.ts";

export interface InviteKeys {
  /** Signs join proofs; its public half stands in the INVITE operation. */
  readonly pair: KeyPair;
  /** Shared by members and holders of the invite; stands in the INVITE operation. */
  readonly hail: Uint8Array;
}

/** From the 16-byte secret of an invite code. */
export const inviteKeys = (secret: Uint8Array): InviteKeys => ({
  pair: signingPair(derive(secret, NO_SALT, "invite key")),
  hail: derive(secret, NO_SALT, "invite hail"),
});

const split = (both: Uint8Array): EnvelopeKey => ({ key: both.subarray(0, 32), tag: hex(both.subarray(32)) as Tag });

/** The keys under which somebody asks; each asker takes one at random, so that two askers do not share a tag. */
export const hailKeys = (hail: Uint8Array): readonly EnvelopeKey[] =>
  Array.from({ length: HAIL_TAGS }, (_, i) => split(derive(mac(hail, u32(i)), NO_SALT, "hail frame", 48)));

/** The key under which the asker with this `GK` is answered. */
export const answerKey = (hail: Uint8Array, member: MemberId): EnvelopeKey =>
  split(derive(hail, unhex(member), "answer frame", 48));
