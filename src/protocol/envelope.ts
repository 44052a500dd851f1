/**
 * The envelope: what every peer may see, keep and forward. SPEC.md §4.
 *
 *     sealed:  1 ‖ expiry u16 ‖ tag(16) ‖ nonce(24) ‖ XChaCha20-Poly1305(pad(plaintext), aad = first 19 bytes ‖ context)
 *     hello:   2 ‖ expiry u16 ‖ stamp(16) ‖ HPKE base box of pad(plaintext)      (a stranger's first contact)
 *
 * Whole envelopes come in a few sizes only. Nothing is ever compressed.
 */
import type { EnvelopeId, Millis, Random, Tag } from "../types.ts";
import { concat, hex, unhex } from "./codec.ts";
import { BOX_OVERHEAD, openBox, sealBox } from "./hpke.ts";
import { BUCKETS, EPOCH, HOUR, LIFETIME_HOURS, MAX_AHEAD_HOURS, STAMP_BITS } from "./limits.ts";
import { label, seal, sha256, u16, u32, unseal } from "./primitives.ts";

const HEADER = 19;
const SEALED_OVERHEAD = HEADER + 24 + 16 + 4;
const HELLO_OVERHEAD = HEADER + BOX_OVERHEAD + 4;

/** What stands in the open. `tag` of a hello frame is its stamp. */
export interface Header {
  readonly kind: "sealed" | "hello";
  readonly slot: number;
  readonly tag: Tag;
}

/** The slot (an hour, u16) in which what is published now expires. */
export const slotFor = (now: Millis): number => (Math.floor((now - EPOCH) / HOUR) + LIFETIME_HOURS) & 0xffff;

/** Whole hours from now until a slot is over, by serial-number arithmetic (RFC 1982); negative when past. */
export const hoursLeft = (slot: number, now: Millis): number => {
  const distance = (slot - Math.floor((now - EPOCH) / HOUR)) & 0xffff;
  return distance >= 0x8000 ? distance - 0x1_0000 : distance;
};

/** May still be kept and forwarded. */
export const slotAlive = (slot: number, now: Millis): boolean => {
  const left = hoursLeft(slot, now);
  return left >= 0 && left <= MAX_AHEAD_HOURS;
};

/** An envelope's name among peers: SHA-256 of all its bytes. */
export const envelopeId = (frame: Uint8Array): EnvelopeId => hex(sha256(frame)) as EnvelopeId;

const pad = (plaintext: Uint8Array, overhead: number): Uint8Array => {
  const bucket = BUCKETS.find((size) => size >= plaintext.length + overhead);
  if (bucket === undefined) throw new RangeError("a plaintext is larger than the largest envelope");
  const out = new Uint8Array(bucket - overhead + 4);
  out.set(u32(plaintext.length));
  out.set(plaintext, 4);
  return out;
};

const unpad = (padded: Uint8Array): Uint8Array | undefined => {
  if (padded.length < 4) return undefined;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length > padded.length - 4) return undefined;
  for (let i = 4 + length; i < padded.length; i++) if (padded[i] !== 0) return undefined;
  return padded.subarray(4, 4 + length);
};

/** Bytes of plaintext that fit the largest sealed envelope. */
export const MAX_PLAINTEXT = (BUCKETS.at(-1) as number) - SEALED_OVERHEAD;

const leadingZeros = (hash: Uint8Array, bits: number): boolean => {
  for (let i = 0; i < bits; i++) if (((hash[i >> 3] as number) >> (7 - (i & 7))) & 1) return false;
  return true;
};
const stampOk = (stamp: Uint8Array, rest: Uint8Array): boolean =>
  leadingZeros(sha256(label("stamp"), stamp, rest), STAMP_BITS);
/** What a stamp stands under: the hash of the frame without it, so that trying costs the same for any size. */
const stampedPart = (frame: Uint8Array): Uint8Array => sha256(frame.subarray(0, 3), frame.subarray(HEADER));

/** Whether a frame can be an envelope at all; if so and `readHeader` refuses it, it is only of another time. */
export const isEnvelope = (frame: Uint8Array): boolean =>
  BUCKETS.includes(frame.length) &&
  (frame[0] === 1 || (frame[0] === 2 && stampOk(frame.subarray(3, HEADER), stampedPart(frame))));

/** Reads what stands in the open and checks size, version, expiry and a hello's stamp; `undefined` means: drop. */
export const readHeader = (frame: Uint8Array, now: Millis): Header | undefined => {
  if (!BUCKETS.includes(frame.length)) return undefined;
  const version = frame[0];
  if (version !== 1 && version !== 2) return undefined;
  const slot = ((frame[1] as number) << 8) | (frame[2] as number);
  if (!slotAlive(slot, now)) return undefined;
  if (version === 2 && !stampOk(frame.subarray(3, HEADER), stampedPart(frame))) return undefined;
  return { kind: version === 1 ? "sealed" : "hello", slot, tag: hex(frame.subarray(3, HEADER)) as Tag };
};

/** A key for one envelope and the tag that finds it. */
export interface EnvelopeKey {
  readonly key: Uint8Array;
  readonly tag: Tag;
}

/** `context` is authenticated and not sent: both sides know it. Throws `RangeError` above `MAX_PLAINTEXT`. */
export const sealEnvelope = (
  { key, tag }: EnvelopeKey,
  plaintext: Uint8Array,
  options: { readonly slot: number; readonly random: Random; readonly context: Uint8Array },
): Uint8Array => {
  const header = concat(Uint8Array.of(1), u16(options.slot), unhex(tag));
  const nonce = options.random(24);
  const sealed = seal(key, nonce, pad(plaintext, SEALED_OVERHEAD), concat(header, options.context));
  return concat(header, nonce, sealed);
};

/** The plaintext, or `undefined` when the frame was not sealed with this key, header and context. */
export const openEnvelope = (key: Uint8Array, frame: Uint8Array, context: Uint8Array): Uint8Array | undefined => {
  if (frame.length < SEALED_OVERHEAD || frame[0] !== 1) return undefined;
  const padded = unseal(
    key,
    frame.subarray(HEADER, HEADER + 24),
    frame.subarray(HEADER + 24),
    concat(frame.subarray(0, HEADER), context),
  );
  return padded && unpad(padded);
};

const helloInfo = (header: Uint8Array): Uint8Array => concat(label("hello"), header);

/** A first contact, sealed to a card's prekey. `undefined` when that is no usable key. */
export const sealHello = async (
  prekey: Uint8Array,
  plaintext: Uint8Array,
  options: { readonly slot: number; readonly random: Random },
): Promise<Uint8Array | undefined> => {
  const header = concat(Uint8Array.of(2), u16(options.slot));
  const box = await sealBox(prekey, pad(plaintext, HELLO_OVERHEAD), {
    info: helloInfo(header),
    ikm: options.random(32),
  });
  if (!box) return undefined;
  const frame = concat(header, options.random(16), box);
  // The stamp: any 16 bytes that make the frame's hash begin with zeros. Counted up from a random start.
  const stamp = frame.subarray(3, HEADER);
  const rest = stampedPart(frame);
  const counter = new DataView(frame.buffer, frame.byteOffset + 3);
  while (!stampOk(stamp, rest)) counter.setUint32(0, counter.getUint32(0) + 1);
  return frame;
};

export const openHello = async (secret: Uint8Array, frame: Uint8Array): Promise<Uint8Array | undefined> => {
  if (frame[0] !== 2 || frame.length < HELLO_OVERHEAD) return undefined;
  const padded = await openBox(secret, frame.subarray(HEADER), { info: helloInfo(frame.subarray(0, 3)) });
  return padded && unpad(padded);
};
