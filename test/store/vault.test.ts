import assert from "node:assert/strict";
import { hkdfSync } from "node:crypto";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { utf8 } from "../../src/protocol/codec.ts";
import { keyspace } from "../../src/store/keys.ts";
import { Vault } from "../../src/store/vault.ts";
import { isError, oneOfEach, profileKey } from "./samples.ts";

describe("vault", () => {
  const place = Uint8Array.of(1, 2, 3);
  const value = utf8("Ana asks for the floor");

  it("opens what it sealed, at the place that it was sealed to", () => {
    const vault = new Vault(profileKey());
    const sealed = vault.seal(place, value);
    assert.deepEqual(vault.open(place, sealed), value);
    assert.equal(vault.open(Uint8Array.of(1, 2, 4), sealed), undefined);
    assert.equal(vault.open(new Uint8Array(0), sealed), undefined);
    assert.deepEqual(vault.open(place, vault.seal(place, new Uint8Array(0))), new Uint8Array(0));
  });

  it("opens nothing that was changed in any byte, or cut anywhere", () => {
    const vault = new Vault(profileKey());
    const sealed = vault.seal(place, value);
    for (let at = 0; at < sealed.length; at++) {
      assert.equal(vault.open(place, sealed.with(at, (sealed[at] ?? 0) ^ 1)), undefined);
      assert.equal(vault.open(place, sealed.slice(0, at)), undefined);
    }
  });

  it("opens nothing of another profile", () => {
    assert.equal(new Vault(profileKey("theirs")).open(place, new Vault(profileKey()).seal(place, value)), undefined);
  });

  it("seals in the format that is written down", () => {
    const nonce = new Uint8Array(24).fill(7);
    const sealed = new Vault(profileKey(), () => nonce).seal(place, value);
    const key = new Uint8Array(hkdfSync("sha256", profileKey(), "couloir/at-rest/1", "couloir/at-rest/1/values", 32));
    const aad = Uint8Array.of(...utf8("couloir/at-rest/1"), 1, ...place);
    assert.deepEqual(sealed, Uint8Array.of(1, ...nonce, ...xchacha20poly1305(key, nonce, aad).encrypt(value)));
  });

  it("does nothing more once it was told to forget", () => {
    const vault = new Vault(profileKey());
    const sealed = vault.seal(place, value);
    vault.forget();
    assert.throws(() => vault.seal(place, value), isError("storage", "store-closed"));
    assert.throws(() => vault.open(place, sealed), isError("storage", "store-closed"));
    for (const key of oneOfEach) assert.throws(() => keyspace(vault).bytes(key), isError("storage", "store-closed"));
    assert.throws(() => vault.unveil(new Uint8Array(32)), isError("storage", "store-closed"));
  });

  it("keeps no hold of the key that it was made from", () => {
    const key = profileKey();
    const vault = new Vault(key);
    key.fill(0);
    assert.deepEqual(new Vault(profileKey()).open(place, vault.seal(place, value)), value);
  });

  it("refuses a key that is none", () => {
    assert.throws(() => new Vault(new Uint8Array(31)), isError("internal", "bad-key"));
  });
});
