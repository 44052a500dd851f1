import assert from "node:assert/strict";
import { createCipheriv, createHmac, hkdfSync } from "node:crypto";
import { hex, unhex } from "../../src/protocol/codec.ts";
import { keyspace, slotOf, spaceSpan, type RecordKey } from "../../src/store/keys.ts";
import { Vault } from "../../src/store/vault.ts";
import type { MessageId } from "../../src/types.ts";
import { group, isError, oneOfEach, profileKey } from "./samples.ts";

/** The table in keys.ts, computed a second time with another library. */
const derive = (use: string): Buffer =>
  Buffer.from(hkdfSync("sha256", profileKey(), "couloir/at-rest/1", `couloir/at-rest/1/${use}`, 32));
const mac = (...parts: (Buffer | string)[]): string =>
  createHmac("sha256", derive("keys"))
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest("hex")
    .slice(0, 32);
const veil = (id: string): string =>
  createCipheriv("aes-256-ecb", derive("ids"), null).setAutoPadding(false).update(id, "hex", "hex");
const scope = (code: number, id: string): string => mac(Buffer.of(code, 0), id);
const item = (code: number, inScope: string, id: string): string => mac(Buffer.of(code, 1), unhexed(inScope), id);
const unhexed = (text: string): Buffer => Buffer.from(text, "hex");

const expected = (key: RecordKey): string => {
  switch (key.space) {
    case "profile":
      return `10${item(0x10, "", key.name)}`;
    case "contact":
      return `11${item(0x11, "", key.person)}`;
    case "group":
      return `12${item(0x12, "", key.group)}`;
    case "op":
      return `13${scope(0x13, key.group)}${item(0x13, scope(0x13, key.group), key.op)}`;
    case "part":
      return `14${scope(0x14, key.group)}${item(0x14, scope(0x14, key.group), key.part)}`;
    case "message":
      return `15${scope(0x15, key.group)}${key.time.toString(16).padStart(16, "0")}${key.message}`;
    case "place":
      return `16${scope(0x16, key.group)}${item(0x16, scope(0x16, key.group), key.message)}`;
    case "outbox":
      return `17${scope(0x17, key.group)}${key.seq.toString(16).padStart(16, "0")}`;
    case "mail":
      return `18${scope(0x18, key.topic)}${key.slot.toString(16).padStart(4, "0")}${veil(key.envelope)}`;
    case "file":
      return `19${item(0x19, "", key.name)}`;
    case "chunk":
      return `1a${scope(0x1a, key.file)}${key.index.toString(16).padStart(8, "0")}`;
    case "head":
      return `1b${scope(0x1b, key.group)}${item(0x1b, scope(0x1b, key.group), key.chain)}`;
    case "trust":
      return `1e${item(0x1e, "", key.person)}`;
    case "tool":
      return `1f${scope(0x1f, key.group)}${key.time.toString(16).padStart(16, "0")}${key.message}`;
    case "change":
      return `20${scope(0x20, key.about)}${item(0x20, scope(0x20, key.about), key.chain)}`;
    case "fade":
      return `21${scope(0x21, key.group)}${key.time.toString(16).padStart(16, "0")}${key.message}`;
  }
};

describe("keys", () => {
  const keys = keyspace(new Vault(profileKey()));

  it("are as the table says", () => {
    for (const key of oneOfEach) assert.equal(hex(keys.bytes(key)), expected(key), key.space);
  });

  it("do not change from one version to the next", () => {
    const [first] = oneOfEach;
    assert.ok(first);
    assert.equal(hex(keys.bytes(first)), "106e92edc38ee39025f3b3bbabf290c443");
  });

  it("have nothing in common between profiles", () => {
    const others = keyspace(new Vault(profileKey("theirs")));
    for (const key of oneOfEach) {
      const [ours, theirs] = [keys.bytes(key), others.bytes(key)];
      assert.equal(ours[0], theirs[0]);
      assert.notDeepEqual(ours.subarray(1, 17), theirs.subarray(1, 17));
    }
  });

  it("of one group lie in unrelated scopes in different spaces", () => {
    const spaces = oneOfEach.filter((key) => "group" in key && key.space !== "group");
    const scopes = new Set(spaces.map((key) => hex(keys.bytes(key).subarray(1, 17))));
    assert.equal(scopes.size, spaces.length);
    assert.equal(spaces.length, 8);
  });

  it("lie in the span of their space", () => {
    for (const key of oneOfEach) {
      const bytes = Buffer.from(keys.bytes(key));
      const { gte, lt } = spaceSpan(key.space);
      assert.ok(bytes.compare(gte) >= 0 && bytes.compare(lt) < 0);
    }
  });

  it("stay right when more scopes were used than are remembered", () => {
    const key = (n: number) => ({ space: "outbox", group: group(`g${n}`), seq: 1 }) as const;
    const before = keys.bytes(key(0));
    for (let n = 0; n < 3000; n++) keys.bytes(key(n));
    assert.deepEqual(keys.bytes(key(0)), before);
  });

  it("end before the next scope even where a scope ends in ff", () => {
    const ends = keyspace({
      mac: () => new Uint8Array(16).fill(0xff),
      veil: (id) => id,
      unveil: (id) => id,
    });
    const scope = { space: "message", group: group("g") } as const;
    assert.deepEqual(ends.span(scope).lt, Uint8Array.of(0x16));
    const last = { time: 255, message: "ff".repeat(16) as MessageId };
    assert.equal(hex(ends.span(scope, { gt: last }).gte), `15${"ff".repeat(16)}0000000000000100`.slice(0, -2));
  });

  it("give slots and ids back", () => {
    const mail = oneOfEach.filter((key) => key.space === "mail");
    const bytes = mail.map((key) => keys.bytes(key));
    assert.deepEqual(bytes.map(slotOf), [513]);
    assert.deepEqual(
      keys.envelopes(bytes),
      mail.map(({ slot, envelope }) => ({ slot, envelope })),
    );
    assert.deepEqual(keys.envelopes([]), []);
  });

  it("refuse ids of the wrong length", () => {
    const [, , , , , , , , mail] = oneOfEach;
    assert.ok(mail?.space === "mail");
    for (const envelope of ["", "ab", "00".repeat(31), "00".repeat(33)])
      assert.throws(() => keys.bytes({ ...mail, envelope: envelope as never }), isError("internal", "bad-key"));
    assert.equal(unhex(mail.envelope).length, 32);
  });
});
