/** Keys of a chain, SPEC.md §6. */
import { concat, H, KDF, keyAndTag, label, MAC, u16, u32, type KeyAndTag } from "./crypto.ts";

type Bytes = Uint8Array;

/** Messages of a chain, at most. */
export const MESSAGES = 128;

/** What a chain's secret gives. `hash` is the distribution's. */
export interface ChainKeys {
  readonly hash: Bytes;
  readonly message: (index: number) => KeyAndTag;
  readonly meta: (number: number) => KeyAndTag;
}

export const chainKeys = (secret: Bytes, hash: Bytes): ChainKeys => {
  const links = [KDF(secret, new Uint8Array(), "chain")];
  const meta = KDF(secret, new Uint8Array(), "meta");
  for (let i = 1; i < MESSAGES; i++) links.push(MAC(links[i - 1]!, Uint8Array.of(2)));
  return {
    hash,
    message: (index) => keyAndTag(KDF(MAC(links[index]!, Uint8Array.of(1)), hash, ["message key", 48])),
    meta: (number) => keyAndTag(KDF(MAC(meta, u32(number)), hash, ["meta frame", 48])),
  };
};

export const messageContext = (hash: Bytes, index: number): Bytes => concat(label("message"), hash, u16(index));
export const controlContext: Bytes = label("control");

/** What a chain's signing key signs of a message, by the hash of its body. */
export const messageSignedHash = (hash: Bytes, at: { slot: number; tag: Bytes }, body: Bytes): readonly Bytes[] => [
  label("message signature"),
  hash,
  u16(at.slot),
  at.tag,
  body,
];

export const messageSigned = (hash: Bytes, at: { slot: number; tag: Bytes }, body: Bytes): readonly Bytes[] =>
  messageSignedHash(hash, at, H(label("message body"), body));

/** What a chain's signing key signs of a meta frame. */
export const metaSigned = (hash: Bytes, at: { slot: number; number: number }, body: Bytes): readonly Bytes[] => [
  label("control signature"),
  hash,
  u16(at.slot),
  u32(at.number),
  body,
];
