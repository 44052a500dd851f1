/** The key file of a data folder (Node only). It appears whole or not at all, readable by its owner alone. */
import { chmod, mkdir, open, readFile, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { randomBytes } from "@noble/hashes/utils.js";

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

const synced = async (file: FileHandle): Promise<void> => {
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};

const syncFolder = async (path: string): Promise<void> => {
  // Windows cannot open a folder; there, renaming is durable by itself.
  if (process.platform !== "win32") await synced(await open(path, "r"));
};

/** Makes a folder that only its owner can enter; one that exists is left as it is. */
export const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
};

/** The bytes of a key file, or `undefined` if there is none. Takes it from the eyes of others if they could read it. */
export const readKeyFile = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    const content = await readFile(path);
    if (process.platform !== "win32" && ((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600);
    return new Uint8Array(content);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
};

/** Writes a key file, in the place of one that is there. */
export const writeKeyFile = async (path: string, content: Uint8Array): Promise<void> => {
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  const file = await open(fresh, "wx", 0o600);
  try {
    await file.writeFile(content);
  } catch (error) {
    await file.close();
    throw error;
  }
  await synced(file);
  await rename(fresh, path);
  await syncFolder(dirname(path));
};

/**
 * Overwrites and removes a key file. On flash and on file systems that copy, the old bytes may survive in places that no
 * program can reach; a passphrase is what protects against whoever reads those.
 */
export const destroyKeyFile = async (path: string): Promise<void> => {
  for (const one of [path, `${path}.new`]) {
    let file: FileHandle;
    try {
      file = await open(one, "r+");
    } catch (error) {
      if (codeOf(error) === "ENOENT") continue;
      throw error;
    }
    await file.write(randomBytes(Math.max(1, (await file.stat()).size)), 0, null, 0);
    await synced(file);
    await rm(one, { force: true });
    await syncFolder(dirname(path));
  }
};
