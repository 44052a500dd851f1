import { strict as assert } from "node:assert";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CouloirError } from "../../src/errors.ts";
import { API_FILE, defaultDataFolder, readNote, removeNote, writeNote } from "../../src/daemon/dataFolder.ts";
import { exitCode } from "../../src/daemon/exit.ts";
import { isRegion } from "../../src/daemon/region.ts";
import { table } from "../../src/daemon/table.ts";
import { cleanUp, emptyFolder, TOKEN } from "./harness.ts";

describe("command line: small parts", () => {
  afterEach(cleanUp);

  it("maps every fault to its code", () => {
    const code = (fault: ConstructorParameters<typeof CouloirError>[0]) => exitCode(new CouloirError(fault, "x", "x"));
    assert.deepEqual(
      (["usage", "refused", "timeout", "invalid", "storage", "network", "internal"] as const).map(code),
      [2, 4, 5, 1, 1, 1, 1],
    );
    assert.equal(exitCode(new Error("x")), 1);
  });

  it("finds the data folder of each platform", () => {
    const at = (platform: NodeJS.Platform, env = {}) => defaultDataFolder({ platform, env, home: "/home/a" });
    assert.equal(at("linux"), "/home/a/.local/share/couloir");
    assert.equal(at("linux", { XDG_DATA_HOME: "/data" }), "/data/couloir");
    assert.equal(at("linux", { XDG_DATA_HOME: "relative" }), "/home/a/.local/share/couloir");
    assert.equal(at("darwin"), "/home/a/Library/Application Support/couloir");
  });

  it("keeps its note from other users, and reads nothing that is not one", async () => {
    const folder = join(await emptyFolder(), "new");
    const note = { port: 1234, token: TOKEN, pid: 42 };
    await writeNote(folder, note);
    assert.deepEqual(await readNote(folder), note);
    assert.equal((await stat(join(folder, API_FILE))).mode & 0o777, 0o600);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    await removeNote(folder, 43);
    assert.deepEqual(await readNote(folder), note);
    await removeNote(folder, 42);
    assert.equal(await readNote(folder), undefined);
    for (const text of ["", "{}", '{"port":0,"token":"x","pid":1}', JSON.stringify({ ...note, token: "short" })]) {
      await writeFile(join(folder, API_FILE), text);
      assert.equal(await readNote(folder), undefined);
    }
  });

  it("knows countries", () => {
    for (const code of ["CH", "KP", "UN", "PS"]) assert.ok(isRegion(code), code);
    for (const code of ["QQ", "ZZ", "AA", "ch", "CHE", "", "1A"]) assert.ok(!isRegion(code), code);
  });

  it("aligns columns by what they take on a terminal", () => {
    assert.equal(
      table(
        ["A", "B"],
        [
          ["漢字", "x"],
          ["é", "y"],
        ],
      ),
      "A     B\n漢字  x\né     y",
    );
  });
});
