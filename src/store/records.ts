/** What lies in each space of the store. One type a space; values are plain CBOR data, sealed before they touch disk. */

/** Filled by the layers above the protocol; see `keys.ts` for how a record is addressed. */
export interface Records {
  readonly profile: unknown;
  readonly contact: unknown;
  readonly group: unknown;
  readonly op: unknown;
  readonly part: unknown;
  readonly message: unknown;
  readonly place: unknown;
  readonly outbox: unknown;
  readonly mail: Uint8Array;
  readonly file: unknown;
  readonly chunk: Uint8Array;
  readonly head: Uint8Array;
  readonly trust: unknown;
  readonly tool: unknown;
  readonly change: unknown;
  readonly fade: unknown;
}
