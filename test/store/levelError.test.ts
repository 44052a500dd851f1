import assert from "node:assert/strict";
import { CouloirError } from "../../src/errors.ts";
import { storageError } from "../../src/store/levelError.ts";
import { isError } from "./samples.ts";

const coded = (code: string, message: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { code });

describe("errors of the database", () => {
  const cases: readonly (readonly [string, Error])[] = [
    ["profile-in-use", coded("LEVEL_DATABASE_NOT_OPEN", "failed to open", coded("LEVEL_LOCKED", "IO error: lock"))],
    ["disk-full", coded("LEVEL_IO_ERROR", "IO error: /x/000003.log: No space left on device")],
    ["disk-full", coded("ENOSPC", "ENOSPC: no space left on device, write")],
    ["disk-full", new DOMException("The quota has been exceeded.", "QuotaExceededError")],
    ["disk-full", coded("EDQUOT", "EDQUOT: disk quota exceeded, write")],
    ["not-writable", coded("EACCES", "EACCES: permission denied, mkdir '/x'")],
    ["not-writable", coded("EROFS", "EROFS: read-only file system")],
    [
      "not-writable",
      coded("LEVEL_DATABASE_NOT_OPEN", "failed", coded("LEVEL_IO_ERROR", "IO error: Permission denied")),
    ],
    ["not-a-folder", coded("EEXIST", "EEXIST: file already exists, mkdir '/x'")],
    ["not-a-folder", coded("ENOTDIR", "ENOTDIR: not a directory, mkdir '/x/y'")],
    ["database-damaged", coded("LEVEL_CORRUPTION", "Corruption: checksum mismatch")],
    ["store-closed", coded("LEVEL_DATABASE_NOT_OPEN", "Database is not open")],
    [
      "storage-failed",
      coded("LEVEL_DATABASE_NOT_OPEN", "failed", coded("LEVEL_IO_ERROR", "IO error: Input/output error")),
    ],
    ["storage-failed", new Error("something else\nin two lines")],
  ];
  for (const [code, error] of cases)
    it(`calls ${error.message.split("\n")[0]} ${code}`, () => {
      const mapped = storageError(error, "/data/ana");
      assert.ok(isError("storage", code)(mapped));
      assert.equal(mapped.cause, error);
      if (code !== "store-closed") assert.match(mapped.message, /\/data\/ana/);
    });

  it("leaves couloir's own errors as they are, and takes what is no error at all", () => {
    const own = new CouloirError("refused", "wrong-passphrase", "wrong passphrase");
    assert.equal(storageError(own), own);
    assert.equal(storageError("text").code, "storage-failed");
    assert.equal(storageError(undefined).code, "storage-failed");
  });

  it("ends on causes that go in a circle", () => {
    const error = new Error("round");
    error.cause = error;
    assert.equal(storageError(error).code, "storage-failed");
  });
});
