/** What a tab notes for itself over a reload. */
import assert from "node:assert/strict";
import { Vault } from "../../src/store/vault.ts";
import { slipIn } from "../../web/peer/slip.ts";

const vaultOf = (fill: number): Vault => new Vault(new Uint8Array(32).fill(fill));

describe("page: a tab's slip", () => {
  const kept = new Map<string, string>();
  const session = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  beforeEach(() => kept.clear());

  it("is there for the same profile when the tab is loaded anew, and sealed until then", () => {
    slipIn(session, vaultOf(1)).write("Wir können damit leben: 31 مارس");
    assert.doesNotMatch([...kept.values()].join(), /leben/u);
    assert.equal(kept.size, 1);
    assert.equal(slipIn(session, vaultOf(1)).read(), "Wir können damit leben: 31 مارس");
    assert.equal(slipIn(session, vaultOf(2)).read(), undefined);
    slipIn(session, vaultOf(1)).write(undefined);
    assert.equal(kept.size, 0);
  });

  it("is empty where it was damaged, and fails nobody where there is no room or the keys are gone", () => {
    const slip = slipIn(session, vaultOf(1));
    assert.equal(slip.read(), undefined);
    slip.write("words");
    const [[name, sealed] = ["", ""]] = kept;
    for (const damaged of ["", "%", sealed.slice(1), `${sealed.slice(0, -2)}AA`]) {
      kept.set(name, damaged);
      assert.equal(slip.read(), undefined, damaged);
    }
    const full = { ...session, setItem: () => assert.fail("no room") };
    slipIn(full, vaultOf(1)).write("words");
    const gone = vaultOf(1);
    gone.forget();
    slipIn(session, gone).write("words");
    assert.equal(slipIn(session, gone).read(), undefined);
  });
});
