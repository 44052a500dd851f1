/** Envelopes, SPEC.md §4. */
import { refuse } from "./cbor.ts";
import { concat, H, label, open, seal, u16, u32, type KeyAndTag } from "./crypto.ts";
import { openBox, sealBox } from "./hpke.ts";

type Bytes = Uint8Array;

export const SIZES = [256, 1024, 4096, 8192, 12_288, 16_384, 65_536];
const EPOCH = 1_767_225_600_000;
const HOUR = 3_600_000;
const SEALED = 43 + 16;
const FIRST = 19 + 32 + 16;

export const envelopeId = (frame: Bytes): Bytes => H(frame);

/** The slot of what is published then. */
export const slotAt = (time: number): number => (Math.floor((time - EPOCH) / HOUR) + 72) % 2 ** 16;

/** Whether a frame of that slot is alive at that time. */
export const isAlive = (slot: number, now: number): boolean => {
  const ahead = (slot - slotAt(now) + 72 + 2 ** 17) % 2 ** 16;
  return ahead <= 80;
};

const pad = (plaintext: Bytes, overhead: number): Bytes => {
  const whole = overhead + 4 + plaintext.length;
  const size = SIZES.find((each) => each >= whole) ?? refuse("more than an envelope holds");
  return concat(u32(plaintext.length), plaintext, new Uint8Array(size - whole));
};

const unpad = (padded: Bytes): Bytes => {
  const length = Buffer.from(padded).readUInt32BE();
  if (length > padded.length - 4) refuse("a length beyond the envelope");
  const zeros = padded.subarray(4 + length);
  return zeros.every((byte) => byte === 0) ? padded.slice(4, 4 + length) : refuse("padding that is not zeros");
};

/** What is sealed under a key and tag, and how. */
export interface Mail {
  readonly context: Bytes;
  readonly slot: number;
  /** 24 random bytes. */
  readonly nonce: Bytes;
  readonly plaintext: Bytes;
}

export const sealMail = ({ key, tag }: KeyAndTag, { context, slot, nonce, plaintext }: Mail): Bytes => {
  const front = concat(Uint8Array.of(1), u16(slot), tag);
  return concat(front, nonce, seal({ key, nonce, aad: concat(front, context) }, pad(plaintext, SEALED)));
};

/** @throws Refused unless it opens under that key and context. */
export const openMail = (frame: Bytes, key: Bytes, context: Bytes): Bytes => {
  const lock = { key, nonce: frame.slice(19, 43), aad: concat(frame.slice(0, 19), context) };
  return unpad(open(lock, frame.slice(43)));
};

/** What anybody sees of an envelope that is in order. */
export interface Outside {
  readonly kind: "sealed" | "first";
  readonly slot: number;
  /** Of a sealed one. */
  readonly tag: Bytes;
}

/** @throws Refused unless size, version and stamp are right. */
export const readOutside = (frame: Bytes): Outside => {
  if (!SIZES.includes(frame.length)) refuse("no size of an envelope");
  const slot = Buffer.from(frame).readUInt16BE(1);
  const tag = frame.slice(3, 19);
  if (frame[0] === 1) return { kind: "sealed", slot, tag };
  if (frame[0] !== 2) refuse("no version of an envelope");
  const stamped = stampedBy(tag, frame.slice(0, 3), frame.slice(19));
  return stamped ? { kind: "first", slot, tag } : refuse("no stamp");
};

const stampedBy = (stamp: Bytes, front: Bytes, rest: Bytes): boolean => {
  const hash = H(label("stamp"), stamp, H(front, rest));
  return hash[0] === 0 && hash[1]! < 16;
};

/** @throws Refused unless the first contact is for this prekey. */
export const openFirst = (frame: Bytes, secret: Bytes): Bytes => {
  const info = concat(label("hello"), frame.slice(0, 3));
  return unpad(openBox({ secret, info, box: frame.slice(19) }));
};

/** A first contact. `random` gives 32 bytes for the box; stamps are counted up from zero. */
export const sealFirst = (
  to: Bytes,
  slot: number,
  { plaintext, random }: { plaintext: Bytes; random: Bytes },
): Bytes => {
  const front = concat(Uint8Array.of(2), u16(slot));
  const box = sealBox({ to, info: concat(label("hello"), front), random, plaintext: pad(plaintext, FIRST) });
  for (let n = 0; ; n++) {
    const stamp = concat(new Uint8Array(12), u32(n));
    if (stampedBy(stamp, front, box)) return concat(front, stamp, box);
  }
};
