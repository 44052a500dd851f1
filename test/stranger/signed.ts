/** Signed structures, SPEC.md §1. */
import { refuse } from "./cbor.ts";
import { label, sign, verify } from "./crypto.ts";
import { bstr, bytes, format, parse, struct, type Shape } from "./shapes.ts";

/** One that was read: what it says, and the bytes as they came. */
export interface Signed<T> {
  readonly body: T;
  /** What was signed. */
  readonly said: Uint8Array;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  /** Whether the key's holder signed it. */
  readonly by: (key: Uint8Array) => boolean;
}

/** `signed(name, body, cap)`. */
export const signed = <T>(name: string, shape: Shape<T>, cap: number) => {
  const outer = struct({ body: bstr(cap), signature: bytes(64) });
  return {
    shape: outer,
    body: shape,
    /** @throws Refused unless the bytes are of this shape. */
    read: (from: Uint8Array): Signed<T> => {
      const { body, signature } = parse(outer, from, cap + 80);
      return {
        body: parse(shape, body, cap),
        said: body,
        bytes: from,
        signature,
        by: (key) => verify(key, signature, label(name), body),
      };
    },
    write: (thing: T, seed: Uint8Array): Uint8Array => {
      const body = format(shape, thing);
      if (body.length > cap) refuse("a body beyond its cap");
      return format(outer, { body, signature: sign(seed, label(name), body) });
    },
  };
};
