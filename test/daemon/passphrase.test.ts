import { strict as assert } from "node:assert";
import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { askPassphrase, passphraseFromFile } from "../../src/daemon/passphrase.ts";
import { cleanUp, couloir, emptyFolder, streams } from "./harness.ts";

describe("up: passphrase", () => {
  afterEach(cleanUp);

  it("is not shown while it is typed", async () => {
    const all = streams({ columns: 80, rows: 24 });
    const asked = askPassphrase(all.io, "Passphrase: ");
    all.stdin.write("correct horsee\u007f staple\r");
    assert.equal(await asked, "correct horse staple");
    assert.equal(all.stdout(), "");
    await all.until("\n");
    assert.equal(all.stderr(), "Passphrase: \n");
  });

  it("may be withheld", async () => {
    for (const key of ["\u0003", "\u0004"]) {
      const all = streams({ columns: 80, rows: 24 });
      const asked = askPassphrase(all.io, "Passphrase: ");
      all.stdin.write(key);
      await assert.rejects(asked, { fault: "refused", code: "no-passphrase" });
    }
  });

  it("is the first line of a file", async () => {
    const folder = await emptyFolder();
    const path = join(folder, "pass");
    for (const [content, passphrase] of [
      ["one two", "one two"],
      ["one two\nmore", "one two"],
      [" blank \r\n", " blank "],
    ] as const) {
      await writeFile(path, content);
      assert.equal(await passphraseFromFile(path), passphrase);
    }
    await writeFile(path, "\n");
    await assert.rejects(passphraseFromFile(path), { fault: "usage", code: "passphrase-empty" });
    await assert.rejects(passphraseFromFile(join(folder, "none")), { fault: "usage", message: /does not exist/u });
  });
});

describe("wipe", () => {
  afterEach(cleanUp);

  it("wants to be told twice, and a folder that is ours", async () => {
    const folder = await emptyFolder();
    const unsure = await couloir({ folder }, "wipe");
    assert.equal(unsure.code, 2);
    assert.match(unsure.stderr, /add --yes to do it/u);
    await mkdir(join(folder, "db"));
    await writeFile(join(folder, "db", "thesis.txt"), "x");
    const foreign = await couloir({ folder }, "wipe", "--yes");
    assert.equal(foreign.code, 2);
    assert.match(foreign.stderr, /there is no profile in/u);
    await access(join(folder, "db", "thesis.txt"));
  });
});
