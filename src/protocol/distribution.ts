/**
 * Sender key distribution: one object, the same for everybody, with one HPKE box a recipient device. SPEC.md §5.
 *
 * A box holds the secret `S` (chain and meta key are HKDFs of it) and the sender's attestation. `commit` binds `S`, so a
 * sender cannot give different keys to different recipients; the number of boxes equals the number of devices of the
 * view, so a ghost shows.
 *
 * What is signed is the *head*: it holds the number of the boxes and their hash, so that a member can show later whose a
 * chain is without the boxes of everybody (a grant of history, a proof).
 *
 *     box = slot(4) ‖ prekey number u32 ‖ psk kind u8 ‖ enc(32) ‖ ciphertext(S(32) ‖ attestation(16) ‖ 16)   = 105 bytes
 */
import type { ChainId, GroupId, MemberId, Millis, OpId, PersonId, Random, ViewId } from "../types.ts";
import type { Shape } from "./codec.ts";
import { bytes, bytesUpTo, codec, concat, equalBytes, hex, id, list, optional, struct, uint, unhex } from "./codec.ts";
import { openBox, sealBox } from "./hpke.ts";
import type { HybridSecret } from "./hybrid.ts";
import { boxPsk } from "./hybrid.ts";
import type { OwnPrekey, Pair, Prekey } from "./identity.ts";
import { attest, prekeyShape } from "./identity.ts";
import { CHAIN_LENGTH, MAX_HEAD, MAX_OP_PARENTS, MAX_RECIPIENTS, MAX_TIME } from "./limits.ts";
import { label, mac, sha256, u32 } from "./primitives.ts";
import { signed } from "./signed.ts";

export const BOX_BYTES = 105;
const SECRET_AND_ATTESTATION = 48;
/** How the pre-shared secret of a box was made: X25519 only, or X25519 and one X-Wing exchange. */
const PSK_CLASSIC = 0;
const PSK_HYBRID = 1;

export interface Distribution {
  readonly group: GroupId;
  readonly view: ViewId;
  readonly heads: readonly OpId[];
  readonly sender: MemberId;
  readonly chain: ChainId;
  readonly signer: Uint8Array;
  readonly commit: Uint8Array;
  /** The sender's newest prekey in this group. */
  readonly prekey: Prekey;
  /** How the sender's chain before this one ended: it has exactly so many messages. */
  readonly close?: { readonly chain: ChainId; readonly count: number };
  /** When the chain began, by the sender's clock: nobody opens it by a box later than RETAIN after that. */
  readonly startedAt: Millis;
  /** How many boxes there are, and their hash. */
  readonly served: number;
  readonly boxes: Uint8Array;
}

const shape: Shape<Distribution> = struct({
  group: id<GroupId>(32),
  view: id<ViewId>(32),
  heads: list(id<OpId>(32), MAX_OP_PARENTS),
  sender: id<MemberId>(32),
  chain: id<ChainId>(16),
  signer: bytes(32),
  commit: bytes(32),
  prekey: prekeyShape,
  close: optional(struct({ chain: id<ChainId>(16), count: uint(CHAIN_LENGTH) })),
  startedAt: uint(MAX_TIME),
  served: uint(MAX_RECIPIENTS),
  boxes: bytes(32),
});
const MAX_HEAD_BODY = MAX_HEAD - 80;
/** The signed head. */
export const distributions = signed("distribution", codec(shape, MAX_HEAD_BODY), MAX_HEAD_BODY, (body) =>
  unhex(body.sender),
);

const MAX_BOXES = BOX_BYTES * MAX_RECIPIENTS;
const whole = codec(struct({ head: bytesUpTo(MAX_HEAD), boxes: bytesUpTo(MAX_BOXES) }), MAX_BOXES + MAX_HEAD + 16);

/** A distribution as its sender publishes it. */
export interface WholeDistribution {
  readonly head: Uint8Array;
  readonly body: Distribution;
  readonly boxes: Uint8Array;
  /** Of the boxes only this device's own is here, sealed anew. */
  readonly alone?: boolean;
}

const boxesHash = (boxes: Uint8Array): Uint8Array => sha256(label("boxes"), boxes);

/** Signs a head over its boxes: the head, and the bytes that travel. */
export const signDistribution = (
  about: Omit<Distribution, "served" | "boxes">,
  boxes: Uint8Array,
  seed: Uint8Array,
): { readonly head: Uint8Array; readonly bytes: Uint8Array } => {
  const body = { ...about, served: Math.floor(boxes.length / BOX_BYTES), boxes: boxesHash(boxes) };
  const head = distributions.sign(body, seed).bytes;
  return { head, bytes: whole.encode({ head, boxes }) };
};

/** `undefined` for anything else than a well-signed head with just the boxes that it names. */
export const openWhole = (raw: Uint8Array): WholeDistribution | undefined => {
  const read = whole.decode(raw);
  const body = read && distributions.open(read.head)?.body;
  if (!read || !body || read.boxes.length !== body.served * BOX_BYTES) return undefined;
  return equalBytes(boxesHash(read.boxes), body.boxes) ? { ...read, body } : undefined;
};

/** A well-signed head with one box that was sealed anew for it. */
export const openHead = (head: Uint8Array, box: Uint8Array): WholeDistribution | undefined => {
  const body = distributions.open(head)?.body;
  return body && { head, body, boxes: box, alone: true };
};

/** In every key and signature of the chain. */
export const distributionHash = (head: Uint8Array): Uint8Array => sha256(label("distribution hash"), head);

/** A chain's name follows from whose it is: nobody can take another's. */
export const chainIdOf = (group: GroupId, sender: MemberId, signer: Uint8Array): ChainId =>
  hex(sha256(label("chain id"), unhex(group), unhex(sender), signer).subarray(0, 16)) as ChainId;

export const commitment = (group: GroupId, chain: ChainId, secret: Uint8Array): Uint8Array =>
  sha256(label("commit"), unhex(group), unhex(chain), secret);

/** A device to be served: its key in this group (`GK`, or its device key while it is only invited) and a prekey of it. */
export interface Recipient {
  readonly key: string;
  /** X25519 key of the device: names the pair. */
  readonly agreement: Uint8Array;
  readonly prekey: Prekey;
}

interface Place {
  readonly group: GroupId;
  readonly view: ViewId;
  readonly chain: ChainId;
}

const info = (place: Place, recipient: string, prekey: number): Uint8Array =>
  concat(label("box"), unhex(place.group), unhex(place.view), unhex(place.chain), unhex(recipient), u32(prekey));

const slotOf = (
  { pair, hybrid }: { readonly pair: Pair; readonly hybrid?: HybridSecret | undefined },
  chain: ChainId,
  recipient: string,
): Uint8Array =>
  (hybrid
    ? mac(pair.key, label("hybrid slot"), hybrid.id, unhex(chain), unhex(recipient))
    : mac(pair.key, label("slot"), unhex(chain), unhex(recipient))
  ).subarray(0, 4);

/** Whether there are boxes, and all of them say that they are closed to a later quantum computer. */
export const allHybrid = (boxes: Uint8Array): boolean => {
  for (let at = 0; at < boxes.length; at += BOX_BYTES) if (boxes[at + 8] !== PSK_HYBRID) return false;
  return boxes.length > 0;
};

/** Whether any box says so. */
export const someHybrid = (boxes: Uint8Array): boolean => {
  for (let at = 0; at < boxes.length; at += BOX_BYTES) if (boxes[at + 8] === PSK_HYBRID) return true;
  return false;
};

/** One box. `undefined` when the recipient's prekey is no usable key. */
export const sealSecret = async (
  place: Place,
  recipient: Recipient,
  secret: Uint8Array,
  from: {
    readonly pair: Pair;
    /** What both are known to share besides. */
    readonly hybrid?: HybridSecret | undefined;
    readonly member: MemberId;
    readonly person: PersonId;
    readonly random: Random;
  },
): Promise<Uint8Array | undefined> => {
  const sealed = await sealBox(
    recipient.prekey.key,
    concat(secret, attest(from.pair, place.group, from.member, from.person)),
    {
      info: info(place, recipient.key, recipient.prekey.number),
      ikm: from.random(32),
      psk: boxPsk(from.pair, from.hybrid),
    },
  );
  return (
    sealed &&
    concat(
      slotOf(from, place.chain, recipient.key),
      u32(recipient.prekey.number),
      Uint8Array.of(from.hybrid ? PSK_HYBRID : PSK_CLASSIC),
      sealed,
    )
  );
};

/** What the receiving device brings to open its box. */
export interface Opener {
  /** Its `GK`, or its device key while it is only invited. */
  readonly key: string;
  readonly prekeys: readonly OwnPrekey[];
  readonly pair: Pair;
  /** The secrets of exchanges with the sender. */
  readonly hybrids?: readonly HybridSecret[];
  /** Who the sender's card says they are. */
  readonly senderPerson: PersonId;
}

/**
 * `opened`: `hybrid` is the exchange that the box was sealed with. `absent`: no box for this key that opens; `slot`, there
 * is one. `forged`: a box that opens and does not keep its promises.
 */
export type SecretOpened =
  | { readonly kind: "opened"; readonly secret: Uint8Array; readonly hybrid?: HybridSecret }
  | { readonly kind: "absent"; readonly slot: boolean }
  | { readonly kind: "forged"; readonly reason: "commitment" | "attestation" };

/** A box that bears this device's mark, with the exchange by which it does. */
export interface OwnBox {
  readonly box: Uint8Array;
  readonly hybrid: HybridSecret | undefined;
}

/** The boxes with an own mark: kind 0, then kind 1 by each secret that is held. */
export const ownBoxes = (body: Distribution, boxes: Uint8Array, opener: Opener): readonly OwnBox[] => {
  const out: OwnBox[] = [];
  if (boxes.length % BOX_BYTES !== 0) return out;
  for (const hybrid of [undefined, ...(opener.hybrids ?? [])]) {
    const own = slotOf({ pair: opener.pair, hybrid }, body.chain, opener.key);
    for (let at = 0; at < boxes.length; at += BOX_BYTES) {
      const box = boxes.subarray(at, at + BOX_BYTES);
      if (equalBytes(box.subarray(0, 4), own) && box[8] === (hybrid ? PSK_HYBRID : PSK_CLASSIC))
        out.push({ box, hybrid });
    }
  }
  return out;
};

/** Finds and opens this device's box in `boxes` (or in one box that the sender sealed anew). */
export const openSecret = async (body: Distribution, boxes: Uint8Array, opener: Opener): Promise<SecretOpened> => {
  const own = ownBoxes(body, boxes, opener);
  for (const one of own) {
    const opened = await openOne(body, one, opener);
    if (opened) return opened;
  }
  return { kind: "absent", slot: own.length > 0 };
};

/** Opens one of its boxes; `undefined`: it does not open. */
export const openOne = async (
  body: Distribution,
  { box, hybrid }: OwnBox,
  opener: Opener,
): Promise<Exclude<SecretOpened, { readonly kind: "absent" }> | undefined> => {
  const number = new DataView(box.buffer, box.byteOffset + 4).getUint32(0);
  const prekey = opener.prekeys.find((one) => one.number === number);
  const plain =
    prekey &&
    (await openBox(prekey.secret, box.subarray(9), {
      info: info(body, opener.key, number),
      psk: boxPsk(opener.pair, hybrid),
    }));
  if (plain?.length !== SECRET_AND_ATTESTATION) return undefined;
  const secret = plain.slice(0, 32);
  if (!equalBytes(commitment(body.group, body.chain, secret), body.commit))
    return { kind: "forged", reason: "commitment" };
  const expected = attest(opener.pair, body.group, body.sender, opener.senderPerson);
  if (!equalBytes(plain.subarray(32), expected)) return { kind: "forged", reason: "attestation" };
  return { kind: "opened", secret, ...(hybrid && { hybrid }) };
};
