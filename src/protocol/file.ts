/**
 * A file in sealed chunks. A message of the group carries its key and the root of its chunk hashes; the chunks themselves
 * go from device to device on request. SPEC.md §10.
 *
 * Whoever asks names the file anew each time, and for themselves alone: who has not the file's key cannot tell what is
 * asked for, nor find out from somebody else by asking the same.
 */
import type { FileId } from "../types.ts";
import { concat, equalBytes, hex, utf8 } from "./codec.ts";
import { CHUNK, CHUNK_ENDS, LIST_PART } from "./limits.ts";
import { derive, label, mac, NO_SALT, seal, sha256, u32, unseal } from "./primitives.ts";

const HASH = 32;
const TAG = 16;

/** What a message says of a file: enough to fetch and to check all of it. */
export interface FileKey {
  /** 32 random bytes, of this file alone. */
  readonly key: Uint8Array;
  /** Hash of the list of chunk hashes, 32 bytes. */
  readonly root: Uint8Array;
  /** Bytes of plaintext. */
  readonly size: number;
}

/** How many chunks a file of so many bytes has; an empty one has one. */
export const chunksOf = (size: number): number => Math.max(1, Math.ceil(size / CHUNK));

/** Bytes of plaintext in a chunk, padding left out. */
export const plainLength = (size: number, index: number): number => Math.min(CHUNK, Math.max(0, size - index * CHUNK));

/** Bytes of a sealed chunk: all alike but the last, which comes in a few lengths. */
export const sealedLength = (size: number, index: number): number => {
  const plain = plainLength(size, index);
  return TAG + (CHUNK_ENDS.find((end) => end >= plain) ?? CHUNK);
};

/** The file's name inside its groups. Who repeats a file with another size has made another file. */
export const fileIdOf = ({ key, root, size }: FileKey): FileId =>
  hex(sha256(label("file"), key, root, u32(size)).subarray(0, 16)) as FileId;

const chunkKeys = new WeakMap<Uint8Array, Uint8Array>();
const chunkKey = (key: Uint8Array): Uint8Array => {
  const known = chunkKeys.get(key) ?? derive(key, NO_SALT, "file chunk key");
  chunkKeys.set(key, known);
  return known;
};

/** The index alone makes the nonce: no other file has this key, and no chunk is sealed twice. */
const nonceOf = (index: number): Uint8Array => concat(new Uint8Array(20), u32(index));

/** Seals the chunk at `index`; `plain` has `plainLength` bytes. */
export const sealChunk = ({ key, size }: Omit<FileKey, "root">, index: number, plain: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(sealedLength(size, index) - TAG);
  padded.set(plain);
  return seal(chunkKey(key), nonceOf(index), padded, label("file chunk"));
};

/** The plaintext without its padding; `undefined` for anything else than this chunk of this file. */
export const openChunk = (
  { key, size }: Omit<FileKey, "root">,
  index: number,
  sealed: Uint8Array,
): Uint8Array | undefined =>
  unseal(chunkKey(key), nonceOf(index), sealed, label("file chunk"))?.subarray(0, plainLength(size, index));

export const chunkHash = (sealed: Uint8Array): Uint8Array => sha256(sealed);

/** The root of a list: the chunks' hashes, one after the other. */
export const rootOf = (list: Uint8Array): Uint8Array => sha256(label("file list"), list);

/** Whether this is the whole list of this file. */
export const isListOf = ({ root, size }: FileKey, list: Uint8Array): boolean =>
  list.length === chunksOf(size) * HASH && equalBytes(rootOf(list), root);

/** Whether the list has this chunk in this place. */
export const isChunkOf = (list: Uint8Array, index: number, sealed: Uint8Array): boolean =>
  equalBytes(chunkHash(sealed), list.subarray(index * HASH, (index + 1) * HASH));

/** A list as it is sent: in parts of at most `LIST_PART` bytes. */
export const listParts = (list: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(list.length / LIST_PART) }, (_, part) =>
    list.subarray(part * LIST_PART, (part + 1) * LIST_PART),
  );

/** The key of the names under which a file is asked for. */
export const askKeyOf = (key: Uint8Array): Uint8Array => derive(key, NO_SALT, "file name");

/** The name of a file in one request; `asker` is the transport identity that the answering side sees. */
export const askName = (askKey: Uint8Array, salt: Uint8Array, asker: string): Uint8Array =>
  mac(askKey, label("file request"), salt, utf8(asker)).subarray(0, 16);
