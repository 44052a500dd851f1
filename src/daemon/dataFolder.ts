/** Where a profile lies, and the note in it by which the command line finds its daemon. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { CouloirError } from "../errors.ts";

/** The name of the daemon's note in a data folder. */
export const API_FILE = "api.json";

/** What a running daemon leaves in its data folder, readable by its owner alone. */
export interface ApiNote {
  readonly port: number;
  /** Hex of 32 random bytes, new at each start. */
  readonly token: string;
  readonly pid: number;
}

const noteSchema = z.object({
  port: z.int().min(1).max(65_535),
  token: z.string().regex(/^[0-9a-f]{64}$/u),
  pid: z.int().positive(),
});

/** What decides the default folder, passed in so that every platform can be tested on one. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** The data folder when no `--data` is given. */
export const defaultDataFolder = ({ env, platform, home }: Surroundings): string => {
  const xdg = env["XDG_DATA_HOME"];
  if (xdg?.startsWith("/") === true) return join(xdg, "couloir");
  if (platform === "darwin") return join(home, "Library", "Application Support", "couloir");
  if (platform === "win32") return join(env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "couloir");
  return join(home, ".local", "share", "couloir");
};

/** The data folder of this run, absolute. */
export const dataFolder = (given: string | undefined, env: Surroundings["env"]): string =>
  resolve(given ?? defaultDataFolder({ env, platform: process.platform, home: homedir() }));

const failed = (what: string, cause: unknown): CouloirError =>
  new CouloirError("storage", "data-folder", `${what}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });

/** Writes the note so that a reader sees the old one or the new one whole, and nobody else may read it. */
export const writeNote = async (folder: string, note: ApiNote): Promise<void> => {
  const path = join(folder, API_FILE);
  const fresh = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(fresh, "wx", 0o600);
    try {
      await file.writeFile(`${JSON.stringify(note)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (cause) {
    await rm(fresh, { force: true });
    throw failed(`cannot write ${path}`, cause);
  }
};

/** The note, or `undefined` where there is none that makes sense. */
export const readNote = async (folder: string): Promise<ApiNote | undefined> => {
  try {
    const parsed = noteSchema.safeParse(JSON.parse(await readFile(join(folder, API_FILE), "utf8")));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

/** Removes the note; with `pid`, only that process's. */
export const removeNote = async (folder: string, pid?: number): Promise<void> => {
  if (pid !== undefined && (await readNote(folder))?.pid !== pid) return;
  await rm(join(folder, API_FILE), { force: true });
};

/** Whether the process that wrote a note is still there. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};
