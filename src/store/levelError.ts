/** What went wrong in the database, as one line that says what to do. */
import { CouloirError } from "../errors.ts";

/** The codes and texts of an error and of all that caused it. */
const signsOf = (error: unknown): { readonly codes: ReadonlySet<string>; readonly text: string } => {
  const codes = new Set<string>();
  let text = "";
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") codes.add(at.code);
    codes.add(at.name);
    text += ` ${at.message}`;
  }
  return { codes, text };
};

/** Maps an error of the database or the file system; `where` names the data folder. */
export const storageError = (error: unknown, where = "this data folder"): CouloirError => {
  if (error instanceof CouloirError) return error;
  const { codes, text } = signsOf(error);
  const make = (code: string, message: string): CouloirError =>
    new CouloirError("storage", code, message, { cause: error });
  // LevelDB gives the system's errors as text only.
  if (codes.has("LEVEL_LOCKED"))
    return make(
      "profile-in-use",
      `another couloir is running on ${where}; stop it, or choose another folder with --data`,
    );
  if (
    codes.has("ENOSPC") ||
    codes.has("EDQUOT") ||
    codes.has("QuotaExceededError") ||
    /no space left|quota exceeded/i.test(text)
  )
    return make(
      "disk-full",
      `no room left on the disk of ${where}; free some, then start again (what was saved is safe)`,
    );
  if (codes.has("EACCES") || codes.has("EPERM") || codes.has("EROFS") || /permission denied|read-only file/i.test(text))
    return make("not-writable", `may not write to ${where}; change its owner, or choose another folder with --data`);
  if (codes.has("ENOTDIR") || codes.has("EEXIST") || /not a directory/i.test(text))
    return make("not-a-folder", `${where} is, or lies below, a file and no folder; choose another with --data`);
  if (codes.has("LEVEL_CORRUPTION"))
    return make(
      "database-damaged",
      `the database in ${where} is damaged; keep a copy of the folder and restore a backup into a new one`,
    );
  // With a cause, it is a failed opening; without, somebody uses a store that was closed.
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause === undefined && (codes.has("LEVEL_DATABASE_NOT_OPEN") || codes.has("LEVEL_ITERATOR_NOT_OPEN")))
    return make("store-closed", "the store is closed; open the profile again");
  return make(
    "storage-failed",
    `the database in ${where} failed: ${text.replaceAll(/\s+/g, " ").trim() || "unknown error"}`,
  );
};
