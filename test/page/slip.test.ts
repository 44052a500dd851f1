/** What a tab notes for itself over a reload. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Vault } from "../../src/store/vault.ts";
import { slipIn } from "../../web/peer/slip.ts";

const vaultOf = (fill: number): Vault => new Vault(new Uint8Array(32).fill(fill));
const NAME = "words";
const WORDS = Buffer.from("Wir können damit leben: 31 مارس");

describe("page: a tab's slip", () => {
  const kept = new Map<string, string>();
  const session = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  const read = (fill: number, name = NAME) => {
    const bytes = slipIn(session, vaultOf(fill)).read(name);
    return bytes && Buffer.from(bytes);
  };
  beforeEach(() => kept.clear());

  it("is there for the same profile when the tab is loaded anew, and sealed until then", () => {
    assert.ok(slipIn(session, vaultOf(1)).write(NAME, WORDS));
    assert.doesNotMatch([...kept.values()].join(), /leben/u);
    assert.equal(kept.size, 1);
    assert.deepEqual(read(1), WORDS);
    assert.equal(read(2), undefined);
    assert.equal(read(1, "other"), undefined);
    kept.set("couloir slip other", [...kept.values()][0]!);
    assert.equal(read(1, "other"), undefined, "what was noted elsewhere");
    for (const name of [NAME, "other"]) slipIn(session, vaultOf(1)).write(name, undefined);
    assert.equal(kept.size, 0);
  });

  it("keeps bytes of any length and value, in hardly more room than they need, and no half of a pair", () => {
    const slip = slipIn(session, vaultOf(1));
    for (let length = 0; length < 40; length += 1) {
      const bytes = Buffer.alloc(length, 0xff);
      slip.write(NAME, bytes);
      assert.deepEqual(read(1), bytes, `${length}`);
    }
    const bytes = randomBytes(100_001);
    slip.write(NAME, bytes);
    const [text = ""] = kept.values();
    assert.ok(text.isWellFormed() && 2 * text.length < 1.07 * bytes.length, `${text.length}`);
    assert.deepEqual(read(1), bytes);
  });

  it("is empty where it was damaged, and fails nobody where there is no room or the keys are gone", () => {
    const slip = slipIn(session, vaultOf(1));
    assert.equal(slip.read(NAME), undefined);
    slip.write(NAME, WORDS);
    const [[name, sealed] = ["", ""]] = kept;
    for (const damaged of ["", "%", "\u7fff", "\uffff".repeat(50), sealed.slice(1), `${sealed.slice(0, -2)}AA`]) {
      kept.set(name, damaged);
      assert.equal(slip.read(NAME), undefined, damaged);
    }
    const full = { ...session, setItem: () => assert.fail("no room") };
    assert.equal(slipIn(full, vaultOf(1)).write(NAME, WORDS), false);
    const gone = vaultOf(1);
    gone.forget();
    assert.equal(slipIn(session, gone).write(NAME, WORDS), false);
    assert.equal(slipIn(session, gone).read(NAME), undefined);
  });
});
