/**
 * Words on record: a text that its author signs with the person key as well, as evidence that anybody can check and quote.
 * All else in a caucus is signed by pseudonyms only. SPEC.md §10.
 */
import type { ShapeOf } from "../protocol/codec.ts";
import { bytes, codec, id, optional, struct, text, uint, unhex } from "../protocol/codec.ts";
import { MAX_TIME } from "../protocol/limits.ts";
import { signed } from "../protocol/signed.ts";
import type { GroupId, MessageId, PersonId } from "../types.ts";
import { MAX_TEXT } from "./limits.ts";

const shape = struct({
  person: id<PersonId>(32),
  group: id<GroupId>(32),
  nonce: bytes(16),
  /** The author's clock. */
  at: uint(MAX_TIME),
  text: text(MAX_TEXT),
  reply: optional(id<MessageId>(16)),
});
export type RecordBody = ShapeOf<typeof shape>;

const MAX_BODY = MAX_TEXT + 256;
/** Bytes of a record, whole. */
export const MAX_RECORD = MAX_BODY + 80;
const records = signed("record", codec(shape, MAX_BODY), MAX_BODY, (body) => unhex(body.person));

/** Signs with the person's seed. */
export const makeRecord = (body: RecordBody, seed: Uint8Array): Uint8Array => records.sign(body, seed).bytes;

/** What a person has said on record; `undefined` for anything that they have not signed. */
export const readRecord = (raw: Uint8Array): RecordBody | undefined => records.open(raw)?.body;
