/** Ids, keys and checks that the tests of the store share. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { CouloirError, type Fault } from "../../src/errors.ts";
import type { RecordKey } from "../../src/store/keys.ts";
import type { Change } from "../../src/store/record.ts";
import type { ChainId, EnvelopeId, FileId, GroupId, MessageId, OpId, PersonId, Topic } from "../../src/types.ts";

const digest = (label: string, bytes: number): string =>
  createHash("sha256")
    .update(label)
    .digest("hex")
    .slice(0, 2 * bytes);
export const person = (label: string): PersonId => digest(`person ${label}`, 32) as PersonId;
export const group = (label: string): GroupId => digest(`group ${label}`, 32) as GroupId;
export const op = (label: string | number): OpId => digest(`op ${label}`, 32) as OpId;
export const chain = (label: string | number): ChainId => digest(`chain ${label}`, 16) as ChainId;
export const message = (label: string | number): MessageId => digest(`message ${label}`, 16) as MessageId;
export const envelope = (label: string | number): EnvelopeId => digest(`envelope ${label}`, 32) as EnvelopeId;
const file = (label: string | number): FileId => digest(`file ${label}`, 16) as FileId;
export const topic = (label: string): Topic => `/couloir/1/${label}` as Topic;

/** A profile key that is the same each time. */
export const profileKey = (label = "ours"): Uint8Array => new Uint8Array(createHash("sha256").update(label).digest());

/** A change with whatever value, for the store itself does not look inside. */
export const puts = (key: RecordKey, value: unknown): Change => ({ type: "put", key, value });

/** One key in each space. */
export const oneOfEach: readonly RecordKey[] = [
  { space: "profile", name: "identity" },
  { space: "contact", person: person("ana") },
  { space: "group", group: group("corridor") },
  { space: "op", group: group("corridor"), op: op(1) },
  { space: "part", group: group("corridor"), part: chain(1) },
  { space: "message", group: group("corridor"), time: 1_700_000_000_123, message: message(1) },
  { space: "place", group: group("corridor"), message: message(2) },
  { space: "outbox", group: group("corridor"), seq: 7 },
  { space: "mail", topic: topic("b0"), slot: 513, envelope: envelope(1) },
  { space: "file", name: `have ${file(1)}` },
  { space: "chunk", file: file(1), index: 3 },
  { space: "head", group: group("corridor"), chain: chain(1) },
  { space: "trust", person: person("ana") },
  { space: "tool", group: group("corridor"), time: 1_700_000_000_123, message: message(1) },
  { space: "change", about: "corridor, the first words", chain: chain(1) },
  { space: "fade", group: group("corridor"), time: 1_700_000_000_123, message: message(1) },
];

/** Whether an error is the one that is meant, and one line. */
export const isError =
  (fault: Fault, code: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof CouloirError, String(error));
    assert.deepEqual([error.fault, error.code], [fault, code]);
    assert.doesNotMatch(error.message, /\n/);
    return true;
  };

/** Everything that an async iterable gives. */
export const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const out: T[] = [];
  for await (const item of items) out.push(item);
  return out;
};
