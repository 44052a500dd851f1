/** A specimen of a structure that others may send, with its decoder. */

/** Bytes, what reads them, and the canonical bytes of what was read (where it can be written again). */
export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly read: (bytes: Uint8Array) => unknown;
  readonly write?: (value: never) => Uint8Array;
}

interface Both<T> {
  encode(value: T): Uint8Array;
  decode(bytes: Uint8Array): T | undefined;
}
export const of = <T>(name: string, codec: Both<T>, value: NoInfer<T>): Sample => ({
  name,
  bytes: codec.encode(value),
  read: (bytes) => codec.decode(bytes),
  write: (read: T) => codec.encode(read),
});
