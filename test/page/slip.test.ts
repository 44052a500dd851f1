/** What a tab notes for itself over a reload. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Vault } from "../../src/store/vault.ts";
import { MOST_NOTED } from "../../web/app/parcel.ts";
import { slipIn } from "../../web/peer/slip.ts";
import { memoryShelf } from "./memoryShelf.ts";

const vaultOf = (fill: number): Vault => new Vault(new Uint8Array(32).fill(fill));
const NAME = "words";
const WORDS = Buffer.from("Wir können damit leben: 31 مارس");

describe("page: a tab's slip", () => {
  const kept = new Map<string, string>();
  const shelves = { session: memoryShelf(kept), local: memoryShelf() };
  const read = (fill: number, name = NAME) => {
    const bytes = slipIn(shelves, vaultOf(fill)).read(name);
    return bytes && Buffer.from(bytes);
  };
  beforeEach(() => kept.clear());

  it("is there for the same profile when the tab is loaded anew, and sealed until then", () => {
    assert.ok(slipIn(shelves, vaultOf(1)).write(NAME, WORDS));
    assert.doesNotMatch([...kept.values()].join(), /leben/u);
    assert.equal(kept.size, 1);
    assert.deepEqual(read(1), WORDS);
    assert.equal(read(2), undefined);
    assert.equal(read(1, "other"), undefined);
    kept.set("couloir slip other", [...kept.values()][0]!);
    assert.equal(read(1, "other"), undefined, "what was noted elsewhere");
    for (const name of [NAME, "other"]) slipIn(shelves, vaultOf(1)).write(name, undefined);
    assert.equal(kept.size, 0);
  });

  it("keeps bytes of any length and value, in hardly more room than they need, and no half of a pair", () => {
    const slip = slipIn(shelves, vaultOf(1));
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
    const slip = slipIn(shelves, vaultOf(1));
    assert.equal(slip.read(NAME), undefined);
    slip.write(NAME, WORDS);
    const [[name, sealed] = ["", ""]] = kept;
    for (const damaged of ["", "%", "\u7fff", "\uffff".repeat(50), sealed.slice(1), `${sealed.slice(0, -2)}AA`]) {
      kept.set(name, damaged);
      assert.equal(slip.read(NAME), undefined, damaged);
    }
    const none = memoryShelf(kept, () => 0);
    const full = { session: none, local: none };
    assert.equal(slipIn(full, vaultOf(1)).write(NAME, WORDS), false);
    const gone = vaultOf(1);
    gone.forget();
    assert.equal(slipIn(shelves, gone).write(NAME, WORDS), false);
    assert.equal(slipIn(shelves, gone).read(NAME), undefined);
  });

  it("has half of what is too much for a tab where all tabs see it, and nothing there that says anything", () => {
    const [session, local] = [new Map<string, string>(), new Map<string, string>()];
    const room = () => 10_000;
    const slip = slipIn({ session: memoryShelf(session, room), local: memoryShelf(local, room) }, vaultOf(1));
    const bytes = randomBytes(30_000);
    assert.ok(slip.write(NAME, bytes));
    assert.deepEqual([session.size, local.size], [1, 1]);
    assert.deepEqual(Buffer.from(slip.read(NAME)!), bytes);
    slip.write(NAME, WORDS);
    assert.deepEqual([session.size, local.size, Buffer.from(slip.read(NAME)!)], [1, 0, WORDS], "less in its place");
    slip.write(NAME, bytes);
    const other = slipIn({ session: memoryShelf(), local: memoryShelf(local) }, vaultOf(1));
    assert.equal(other.read(NAME), undefined, "in another tab");
    const [half = ""] = local.values();
    local.set(NAME, "");
    assert.equal(slip.write("more", bytes), false);
    assert.deepEqual([session.size, local.size], [1, 2], "nothing of what had no room");
    local.set(`couloir slip ${NAME}`, half.slice(1));
    assert.equal(slip.read(NAME), undefined, "damaged");
    slip.write(NAME, undefined);
    assert.deepEqual([session.size, [...local.keys()]], [0, [NAME]]);
  });

  it("has room for several at once, as much as both places have", () => {
    const [session, local] = [new Map<string, string>(), new Map<string, string>()];
    const room = () => 10_000;
    const slip = slipIn({ session: memoryShelf(session, room), local: memoryShelf(local, room) }, vaultOf(1));
    const sizes = [14_000, 14_000, 5000, 1000];
    const all = sizes.map((size, at) => ({ name: `${at}`, bytes: randomBytes(size) }));
    for (const { name, bytes } of all) assert.ok(slip.write(name, bytes), name);
    assert.equal(slip.write("more", randomBytes(5000)), false);
    for (const { name, bytes } of all) assert.deepEqual(Buffer.from(slip.read(name)!), bytes, name);
    for (const { name } of all) slip.write(name, undefined);
    assert.deepEqual([session.size, local.size], [0, 0]);
  });

  it("has room for all that a page can note, also where only a little of a large one is left for it", () => {
    const HUNDREDTH = 100;
    const [session, local] = [new Map<string, string>(), new Map<string, string>()];
    const room = () => (5 * 1024 * 1024) / HUNDREDTH;
    const slip = slipIn({ session: memoryShelf(session, room), local: memoryShelf(local, room) }, vaultOf(1));
    for (const large of [3, 2, 1]) {
      const rest = MOST_NOTED / HUNDREDTH - large * 52_000;
      const sizes = [
        ...Array.from({ length: 7 }, () => Math.floor(rest / 7)),
        ...Array.from({ length: large }, () => 52_000),
      ];
      for (const order of [sizes, sizes.toReversed()]) {
        const all = order.map((size, at) => ({ name: `${at}`, bytes: randomBytes(size) }));
        for (const { name, bytes } of all) assert.ok(slip.write(name, bytes), `${name} of ${large}`);
        for (const { name, bytes } of all) assert.deepEqual(Buffer.from(slip.read(name)!), bytes, name);
        for (const { name } of all) slip.write(name, undefined);
        assert.deepEqual([session.size, local.size], [0, 0]);
      }
    }
  });
});
