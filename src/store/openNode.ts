/** A profile in a data folder (Node only): `key` holds the profile key, `db` the LevelDB. */
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { randomBytes } from "@noble/hashes/utils.js";
import { Level } from "level";
import { CouloirError } from "../errors.ts";
import { isLocked, unwrapKey, wrapKey, type WrapCost } from "./keyBox.ts";
import { destroyKeyFile, makeFolder, readKeyFile, writeKeyFile } from "./keyFile.ts";
import { storageError } from "./levelError.ts";
import { isEmpty } from "./schema.ts";
import { Store, type StoreOptions } from "./store.ts";
import { profileKeyBytes, Vault } from "./vault.ts";

/** Asks for a passphrase, or knows it. */
export type Passphrase = () => Promise<string> | string;

/** How a profile is opened. */
export interface ProfileOptions extends StoreOptions {
  /**
   * For a new folder: lock it with this. For an existing one it must be given exactly if the folder is locked: whoever
   * passes a passphrase believes that it protects. See `profileLock`.
   */
  readonly passphrase?: Passphrase;
  /** Told when LevelDB had to skip damaged parts of its log: records are gone. Without it, opening throws, once. */
  readonly onLost?: (error: CouloirError) => void;
  /** The work of Argon2id for a new folder. */
  readonly cost?: WrapCost;
}

/** An open profile. */
export interface OpenedProfile {
  readonly store: Store;
  readonly vault: Vault;
  readonly dir: string;
}

const keyPath = (dir: string): string => join(dir, "key");
const lostPath = (dir: string): string => join(dir, "lost");
const dbPath = (dir: string): string => join(dir, "db");

// The constructor begins to open the database by itself: not before its folder is there with the right mode.
const levelAt = (dir: string, createIfMissing = true): Level<Uint8Array, Uint8Array> =>
  // Sealed values do not compress.
  new Level(dbPath(dir), { keyEncoding: "view", valueEncoding: "view", compression: false, createIfMissing });

/** Whether a folder holds a profile, and if so whether it wants a passphrase. */
export const profileLock = async (dir: string): Promise<"none" | "open" | "locked"> => {
  try {
    const file = await readKeyFile(keyPath(dir));
    return file === undefined ? "none" : isLocked(file) ? "locked" : "open";
  } catch (error) {
    throw storageError(error, dir);
  }
};

/** Opens the profile in `dir`, or makes one. One process at a time. */
export const openProfile = async (dir: string, options: ProfileOptions = {}): Promise<OpenedProfile> => {
  let level: Level<Uint8Array, Uint8Array> | undefined;
  try {
    await makeFolder(dir);
    await makeFolder(dbPath(dir));
    level = levelAt(dir);
    // LevelDB's lock comes first, so that two processes cannot make two keys for one folder.
    await level.open();
    await noteLost(dir);
    const key = await profileKey(dir, level, options);
    const vault = new Vault(key);
    key.fill(0);
    const store = await Store.open(level, vault, options);
    await reportLost(dir, options.onLost);
    return { store, vault, dir };
  } catch (error) {
    await level?.close();
    throw storageError(error, dir);
  }
};

// LevelDB tells of what it skipped in its own log file alone, and in the first run after the damage alone. The note
// outlives a start that fails for another reason. (A write cut short at the end of the log is no damage: nobody was
// told that it was saved.)
const noteLost = async (dir: string): Promise<void> => {
  const log = await readFile(join(dbPath(dir), "LOG"), "utf8").catch(() => "");
  if (/dropping \d+ bytes/.test(log)) await writeFile(lostPath(dir), "");
};

const reportLost = async (dir: string, onLost: ProfileOptions["onLost"]): Promise<void> => {
  if (!existsSync(lostPath(dir))) return;
  await rm(lostPath(dir), { force: true });
  const error = new CouloirError(
    "storage",
    "records-lost",
    `part of the database in ${dir} was damaged and is lost; start again to go on with the rest, or restore a backup`,
  );
  if (onLost === undefined) throw error;
  onLost(error);
};

const profileKey = async (
  dir: string,
  level: Level<Uint8Array, Uint8Array>,
  { passphrase, cost }: ProfileOptions,
): Promise<Uint8Array> => {
  const file = await readKeyFile(keyPath(dir));
  if (file !== undefined) {
    // Nobody is asked for a passphrase that is not needed.
    return unwrapKey(file, passphrase && (isLocked(file) ? await passphrase() : ""));
  }
  if (!(await isEmpty(level)))
    throw new CouloirError(
      "storage",
      "key-missing",
      `${keyPath(dir)} is missing, and without it nobody can read the database; put it back, or choose another folder with --data`,
    );
  const key = randomBytes(profileKeyBytes);
  await writeKeyFile(keyPath(dir), await wrapKey(key, await passphrase?.(), cost === undefined ? {} : { cost }));
  return key;
};

/** Sets, changes or (without `next`) takes off the passphrase of a folder; the data stay as they are. */
export const changePassphrase = async (
  dir: string,
  { current, next, cost }: { readonly current?: string; readonly next?: string; readonly cost?: WrapCost },
): Promise<void> => {
  try {
    const file = await readKeyFile(keyPath(dir));
    if (file === undefined) throw new CouloirError("storage", "key-missing", `there is no profile in ${dir}`);
    const key = await unwrapKey(file, current);
    await writeKeyFile(keyPath(dir), await wrapKey(key, next, cost === undefined ? {} : { cost }));
    key.fill(0);
  } catch (error) {
    throw storageError(error, dir);
  }
};

/**
 * Destroys the key, then the data. Works on a folder that no longer opens. Where another couloir still runs on the folder,
 * the key is destroyed all the same and `profile-in-use` thrown: what that process shows is gone when it stops.
 */
export const wipeProfile = async (dir: string): Promise<void> => {
  try {
    await destroyKeyFile(keyPath(dir));
    const level = levelAt(dir, false);
    try {
      await level.open();
    } catch (error) {
      const { code } = storageError(error);
      if (code === "profile-in-use") throw error;
      // Damaged or absent: there is nothing to lock.
    }
    await level.close();
    for (const path of [dbPath(dir), lostPath(dir)]) await rm(path, { recursive: true, force: true });
  } catch (error) {
    throw storageError(error, dir);
  }
};
