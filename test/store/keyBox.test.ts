import assert from "node:assert/strict";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { argon2id } from "@noble/hashes/argon2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, toCbor, utf8 } from "../../src/protocol/codec.ts";
import { defaultCost, isLocked, unwrapKey, wrapKey } from "../../src/store/keyBox.ts";
import { isError, profileKey } from "./samples.ts";

/** Argon2id at its cheapest: what is tested here is not its cost. */
const cost = { memoryKiB: 8, passes: 1, lanes: 1 };

/** A key file with this body, well-formed on the outside. */
const file = (body: unknown): Uint8Array => {
  const bytes = toCbor(body);
  return concat(utf8("couloir key 1\n"), sha256(bytes).subarray(0, 8), bytes);
};

describe("key box", () => {
  it("keeps a key as it is", async () => {
    const box = await wrapKey(profileKey());
    assert.equal(isLocked(box), false);
    assert.deepEqual(await unwrapKey(box), profileKey());
    assert.deepEqual(box, file([0, profileKey()]));
  });

  it("locks a key with a passphrase, and hides it", async () => {
    const box = await wrapKey(profileKey(), "corridor", { cost });
    assert.equal(isLocked(box), true);
    assert.equal(Buffer.from(box).includes(Buffer.from(profileKey())), false);
    assert.deepEqual(await unwrapKey(box, "corridor"), profileKey());
  });

  it("never locks two boxes alike", async () => {
    const [a, b] = [await wrapKey(profileKey(), "x", { cost }), await wrapKey(profileKey(), "x", { cost })];
    assert.notDeepEqual(a, b);
  });

  it("refuses another passphrase", async () => {
    const box = await wrapKey(profileKey(), "corridor", { cost });
    for (const wrong of ["Corridor", "corridor ", "corrido", "corridor\0"])
      await assert.rejects(unwrapKey(box, wrong), isError("refused", "wrong-passphrase"));
  });

  it("takes one passphrase from every keyboard", async () => {
    const box = await wrapKey(profileKey(), "\u00e9t\u00e9 2027", { cost });
    assert.deepEqual(await unwrapKey(box, "e\u0301te\u0301\u3000\uff12\uff10\uff12\uff17"), profileKey());
  });

  it("wants a passphrase exactly where there is one", async () => {
    await assert.rejects(unwrapKey(await wrapKey(profileKey(), "x", { cost })), isError("usage", "passphrase-needed"));
    await assert.rejects(unwrapKey(await wrapKey(profileKey()), "x"), isError("usage", "passphrase-unexpected"));
    await assert.rejects(wrapKey(profileKey(), "", { cost }), isError("usage", "passphrase-empty"));
  });

  it("is open about its cost: 64 MiB, three passes", async () => {
    assert.deepEqual(defaultCost, { memoryKiB: 65_536, passes: 3, lanes: 1 });
    const box = await wrapKey(profileKey(), "corridor");
    assert.deepEqual(await unwrapKey(box, "corridor"), profileKey());
    assert.ok(Buffer.from(box).includes(Buffer.from(toCbor(65_536))));
  }).timeout(60_000);

  it("does the work that the file says", async () => {
    const [salt, nonce] = [new Uint8Array(16).fill(1), new Uint8Array(24).fill(2)];
    const key = argon2id(utf8("corridor"), salt, { m: 64, t: 2, p: 2, dkLen: 32 });
    const aad = concat(utf8("couloir/key-box/1 64 2 2 "), salt);
    const sealed = xchacha20poly1305(key, nonce, aad).encrypt(profileKey());
    const box = file([1, 64, 2, 2, salt, nonce, sealed]);
    assert.deepEqual(await unwrapKey(box, "corridor"), profileKey());
    const random = (n: number): Uint8Array => (n === 16 ? salt : nonce);
    assert.deepEqual(
      await wrapKey(profileKey(), "corridor", { cost: { memoryKiB: 64, passes: 2, lanes: 2 }, random }),
      box,
    );
  });

  it("refuses absurd costs before it works on them", async () => {
    const sealed = [new Uint8Array(16), new Uint8Array(24), new Uint8Array(48)];
    for (const [memory, passes, lanes] of [
      [2 ** 30, 3, 1],
      [65_536, 1_000_000, 1],
      [65_536, 3, 1000],
      [0, 3, 1],
      [65_536, 0, 1],
      [65_536, 3, 0],
      [8, 1, 2],
    ])
      await assert.rejects(
        unwrapKey(file([1, memory, passes, lanes, ...sealed]), "x"),
        isError("storage", "key-file-absurd"),
      );
    await assert.rejects(unwrapKey(file([1, 8, 1, 1, ...sealed]), "x"), isError("refused", "wrong-passphrase"));
  });

  it("notices every damaged byte and every cut", async () => {
    for (const box of [await wrapKey(profileKey()), await wrapKey(profileKey(), "x", { cost })]) {
      const passphrase = isLocked(box) ? "x" : undefined;
      // The head is 14 bytes; a digit changed there names another version.
      for (let at = 0; at < box.length; at++) {
        const code = at === 12 ? "schema-newer" : "key-file-damaged";
        await assert.rejects(unwrapKey(box.with(at, (box[at] ?? 0) ^ 1), passphrase), isError("storage", code));
        await assert.rejects(unwrapKey(box.slice(0, at), passphrase), isError("storage", "key-file-damaged"));
      }
      await assert.rejects(
        unwrapKey(concat(box, Uint8Array.of(0)), passphrase),
        isError("storage", "key-file-damaged"),
      );
    }
    for (const body of [null, [2, 1], [0, new Uint8Array(31)], [1]])
      await assert.rejects(unwrapKey(file(body)), isError("storage", "key-file-damaged"));
  });
});
