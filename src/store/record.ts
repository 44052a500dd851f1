/** A record as it is sealed: CBOR of `[item, value]`, the item being the id that its key hides (or null). */
import { CouloirError } from "../errors.ts";
import { fromCbor, toCbor } from "../protocol/codec.ts";
import type { RecordKey, RecordOf, Space } from "./keys.ts";

/** One change of a commit. */
export type Change =
  | { readonly type: "put"; readonly key: RecordKey; readonly value: unknown }
  | { readonly type: "del"; readonly key: RecordKey };

/** Writes a record, over what was there. */
export const put = <const K extends RecordKey>(key: K, value: RecordOf<K>): Change => ({ type: "put", key, value });
/** Removes a record, if it is there. */
export const del = (key: RecordKey): Change => ({ type: "del", key });

/** A record that lies on disk and does not open, or opens to no record. */
export const damagedRecord = (space: Space): CouloirError =>
  new CouloirError(
    "storage",
    "record-damaged",
    `a stored ${space} record is damaged; restore a backup if it is missed`,
  );

// CBOR writes some values that its strict reader refuses: found only then, they would be lost.
const unstorable = (value: unknown): boolean => {
  switch (typeof value) {
    case "string":
      return !value.isWellFormed();
    case "boolean":
      return false;
    case "number":
      return !Number.isFinite(value);
    case "object":
      if (value === null || value instanceof Uint8Array) return false;
      if (Array.isArray(value)) return value.some(unstorable);
      if (Object.getPrototypeOf(value) !== Object.prototype) return true;
      return Object.entries(value).some(([name, one]) => !name.isWellFormed() || unstorable(one));
    default:
      return true;
  }
};

/** The plaintext of a record. */
export const encodeRecord = (space: Space, item: string | null, value: unknown): Uint8Array => {
  if (unstorable(value))
    throw new CouloirError("internal", "unstorable", `a ${space} record holds what cannot be stored`);
  return toCbor([item, value]);
};

/** What `encodeRecord` was given; throws for anything else. */
export const decodeRecord = (
  space: Space,
  bytes: Uint8Array,
): { readonly item: string | null; readonly value: unknown } => {
  const raw = fromCbor(bytes);
  if (!Array.isArray(raw) || raw.length !== 2) throw damagedRecord(space);
  const [item, value] = raw as [unknown, unknown];
  if (item !== null && typeof item !== "string") throw damagedRecord(space);
  return { item, value };
};
