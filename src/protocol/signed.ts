/** A signed structure: the bytes of its body, as they were signed, and the signature over `label ‖ bytes`. */
import type { Codec } from "./codec.ts";
import { bytes, bytesUpTo, codec, concat, struct } from "./codec.ts";
import { label } from "./primitives.ts";
import { sign, verify } from "./signature.ts";

export interface Signed<T> {
  /** The whole structure as it travels. */
  readonly bytes: Uint8Array;
  readonly body: T;
}

export interface SignedCodec<T> {
  /** Signs with a 32-byte Ed25519 seed. */
  sign(body: T, seed: Uint8Array): Signed<T>;
  /** Decodes and verifies; `undefined` for anything else than a good signature over a good body. */
  open(bytes: Uint8Array): Signed<T> | undefined;
}

/**
 * @param name domain label
 * @param keyOf the Ed25519 public key that must have signed a body
 */
export const signed = <T>(
  name: string,
  body: Codec<T>,
  maxBytes: number,
  keyOf: (body: T) => Uint8Array | undefined,
): SignedCodec<T> => {
  const whole = codec(struct({ body: bytesUpTo(maxBytes), signature: bytes(64) }), maxBytes + 80);
  const domain = label(name);
  return {
    sign: (value, seed) => {
      const encoded = body.encode(value);
      return { bytes: whole.encode({ body: encoded, signature: sign(concat(domain, encoded), seed) }), body: value };
    },
    open: (raw) => {
      const outer = whole.decode(raw);
      const value = outer && body.decode(outer.body);
      const key = value && keyOf(value);
      if (!outer || !value || !key || !verify(outer.signature, concat(domain, outer.body), key)) return undefined;
      return { bytes: raw, body: value };
    },
  };
};
