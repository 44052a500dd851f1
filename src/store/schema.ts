/**
 * The version of a database. Two records lie outside the sealed spaces: the version as a plain u32, so that any couloir
 * can read it, and a sealed constant that opens under no other profile key.
 */
import { CouloirError } from "../errors.ts";
import { utf8 } from "../protocol/codec.ts";
import type { RawChange } from "./commitQueue.ts";
import { checkKey, schemaKey } from "./keys.ts";
import { views, type Level } from "./level.ts";
import type { Vault } from "./vault.ts";

/** Sets the version, for the batch that brings the database there. */
export const schemaIs = (version: number): RawChange => {
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, version);
  return { type: "put", key: schemaKey, value };
};

/** The first batch of a new database. */
export const firstRecords = (vault: Vault, version: number): RawChange[] => [
  schemaIs(version),
  { type: "put", key: checkKey, value: vault.seal(checkKey, utf8("couloir")) },
];

/** The version of the database, `undefined` for an empty one. Throws for one that this couloir must not touch. */
export const readSchema = async (level: Level, vault: Vault, newest: number): Promise<number | undefined> => {
  const [schema, check] = await level.getMany([schemaKey, checkKey], views);
  if (schema === undefined && check === undefined && (await isEmpty(level))) return undefined;
  if (schema?.length !== 4 || check === undefined)
    throw new CouloirError(
      "storage",
      "database-damaged",
      "the database is damaged or not couloir's; keep a copy of the folder and restore a backup into a new one",
    );
  const version = new DataView(schema.buffer, schema.byteOffset, 4).getUint32(0);
  if (version > newest)
    throw new CouloirError(
      "storage",
      "schema-newer",
      "this folder was written by a newer couloir; install that version or a later one",
    );
  if (vault.open(checkKey, check) === undefined)
    throw new CouloirError(
      "storage",
      "wrong-key",
      "the key file does not belong to this database; put back the one that was made with it",
    );
  return version;
};

/** Whether nothing at all lies in the database. */
export const isEmpty = async (level: Level): Promise<boolean> =>
  (await level.keys({ ...views, limit: 1 }).all()).length === 0;
