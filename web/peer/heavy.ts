/** The work that takes half a second: Argon2id. The same on the worker and, where there is none, on the main thread. */
import { argon2id } from "hash-wasm";
import { defaultCost, unwrapKey, wrapKey } from "../../src/store/keyBox.ts";
import { utf8 } from "../../src/protocol/codec.ts";

/** By name, for the worker to look up. */
export const heavy = {
  wrap: (key: Uint8Array, passphrase?: string): Promise<Uint8Array> => wrapKey(key, passphrase),
  unwrap: (box: Uint8Array, passphrase?: string): Promise<Uint8Array> => unwrapKey(box, passphrase),
  /** 32 bytes from a passphrase, at the cost of a key box. */
  stretch: (passphrase: string, salt: Uint8Array): Promise<Uint8Array> =>
    argon2id({
      password: utf8(passphrase.normalize("NFKC")),
      salt,
      memorySize: defaultCost.memoryKiB,
      iterations: defaultCost.passes,
      parallelism: defaultCost.lanes,
      hashLength: 32,
      outputType: "binary",
    }),
} as const;

/** See `heavy`. */
export type Heavy = typeof heavy;

/** What goes to the worker and what comes back. */
export interface Job {
  readonly id: number;
  readonly work: keyof Heavy;
  readonly args: readonly unknown[];
}
export interface Done {
  readonly id: number;
  readonly result?: Uint8Array;
  readonly problem?: unknown;
}
