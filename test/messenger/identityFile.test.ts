import assert from "node:assert/strict";
import { MemoryLevel } from "memory-level";
import { type KeyLock, exportIdentity, MAX_IDENTITY_FILE, openIdentity } from "../../src/messenger/identityFile.ts";
import { plantIdentity } from "../../src/messenger/identityPlanting.ts";
import { lineShape } from "../../src/messenger/lines.ts";
import { changesOf, noMarks } from "../../src/messenger/parts.ts";
import { loadSelf } from "../../src/messenger/selfRecord.ts";
import { contents } from "../../src/content/message.ts";
import { hex } from "../../src/protocol/codec.ts";
import { deviceLists } from "../../src/protocol/devices.ts";
import { personOf } from "../../src/protocol/identity.ts";
import { MAX_OPS } from "../../src/protocol/limits.ts";
import { unwrapKey, wrapKey } from "../../src/store/keyBox.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import type { GroupId, MessageId, OpId } from "../../src/types.ts";
import { NOW, room, seeded } from "../protocol/room.ts";

const random = seeded("identity file");
const lock: KeyLock = {
  wrap: (key, passphrase) => wrapKey(key, passphrase, { cost: { memoryKiB: 8, passes: 1, lanes: 1 } }),
  unwrap: unwrapKey,
};
const options = { random, lock };
const views = { storeEncoding: "view", keyEncoding: "view", valueEncoding: "view" } as const;
const newStore = (): Promise<Store> =>
  Store.open(new MemoryLevel<Uint8Array, Uint8Array>(views), new Vault(random(32)));

describe("an identity file", () => {
  let store: Store;
  let file: Uint8Array;
  const [ana] = room(["Ana", "Bo"]);
  const key = random(32);

  before(async () => {
    store = await newStore();
    await loadSelf(store, random);
    await store.commit(changesOf(undefined, { state: ana!.state, marks: noMarks }, 0));
    const { group } = ana!.state;
    for (let i = 0; i < 2100; i++) {
      const message = hex(random(16)) as MessageId;
      const content = contents.encode({ kind: "text", text: `line ${i}` });
      const who = {
        author: ana!.member,
        person: ana!.person,
        chain: hex(random(16)) as never,
        index: 0,
        heads: [],
        again: [],
      };
      const line = { message, time: NOW + i, ...who, content, parents: [], audience: [], reached: [], read: [], key };
      const at = { space: "message", group, time: NOW + i, message } as const;
      await store.commit([{ type: "put", key: at, value: lineShape.to(line) }]);
    }
    file = await exportIdentity(store, "secret", options);
  });

  it("holds the person, the caucuses and the newest that was said, and no key of a device, a seat or a message", async () => {
    const { self: old } = await loadSelf(store, random);
    const { self, caucuses } = await openIdentity(file, "secret", options);
    assert.equal(personOf(self), personOf(old));
    const list = deviceLists.open(self.devices)!.body;
    assert.deepEqual([list.version, list.devices.length, list.previous?.length], [2, 2, 32]);
    assert.equal(list.devices[1]!.device, hex(self.device.public));
    assert.deepEqual(
      caucuses.map(({ group, ops, lines }) => [group, ops.length, lines.length]),
      [[ana!.state.group, ana!.ops.length, 2000]],
    );
    const { lines } = caucuses[0]!;
    assert.deepEqual([lines[0]!.time, lines.at(-1)!.time], [NOW + 100, NOW + 2099]);
    assert.ok(lines.every((line) => line.key.every((byte) => byte === 0)));
    // Opened with its passphrase, it has none of these either.
    const whole = Buffer.concat([
      ...caucuses.flatMap((one) => [...one.ops, ...one.lines.flatMap((line) => [line.content, line.key])]),
      self.devices,
    ]);
    for (const secret of [old.device.secret, old.agreement.secret, old.prekeys[0]!.secret, ana!.state.seat.secret, key])
      assert.ok(!whole.includes(Buffer.from(secret)));
  });

  it("leaves out a caucus that somebody has flooded, and stays whole", async () => {
    const flooded = await newStore();
    await loadSelf(flooded, random);
    const group = hex(random(32)) as GroupId;
    await flooded.commit([
      { type: "put", key: { space: "group", group }, value: group },
      ...Array.from({ length: MAX_OPS + 1 }, (_, i) => ({
        type: "put" as const,
        key: { space: "op" as const, group, op: hex(random(32)) as OpId },
        value: [i, new Uint8Array(8)],
      })),
    ]);
    const { caucuses } = await openIdentity(await exportIdentity(flooded, "secret", options), "secret", options);
    assert.deepEqual(caucuses, []);
  });

  it("opens with its passphrase only", async () => {
    await assert.rejects(openIdentity(file, "Secret", options), { fault: "refused", code: "wrong-passphrase" });
    await assert.rejects(openIdentity(file, "", options), { fault: "usage" });
    await assert.rejects(exportIdentity(store, "", options), { fault: "usage", code: "passphrase-empty" });
  });

  it("is refused in plain words when a byte is changed, missing or added, and when it is something else", async () => {
    const refused = (bytes: Uint8Array): Promise<void> =>
      assert.rejects(
        openIdentity(bytes, "secret", options),
        (error: { fault: string; code: string; message: string }) => {
          assert.ok(["identity-damaged", "wrong-passphrase"].includes(error.code), error.code);
          assert.doesNotMatch(error.message, /\n|folder/);
          return true;
        },
      );
    for (const at of [0, 5, 19, 20, 25, 60, 100, 130, 170, 200, file.length >> 1, file.length - 1])
      await refused(file.map((byte, i) => (i === at ? byte ^ 1 : byte)));
    for (const length of [0, 1, 19, 20, 21, 60, 150, 200, file.length - 1]) await refused(file.subarray(0, length));
    await refused(Buffer.concat([file, Buffer.of(0)]));
    await refused(new Uint8Array(5000));
    await refused(Buffer.concat([file, Buffer.alloc(MAX_IDENTITY_FILE)]));
  });

  it("goes into an empty store, whole, and never over somebody", async () => {
    const moved = await openIdentity(file, "secret", options);
    const fresh = await newStore();
    await plantIdentity(fresh, moved, random);
    const { self } = await loadSelf(fresh, random);
    assert.deepEqual(self, { ...moved.self, prekeys: self.prekeys });
    await assert.rejects(plantIdentity(fresh, moved, random), { code: "not-empty" });
    // Somebody else's words under a caucus's name.
    const [first] = moved.caucuses;
    const forged = { ...moved, caucuses: [{ ...first!, group: "00".repeat(32) as never }] };
    const other = await newStore();
    await assert.rejects(plantIdentity(other, forged, random), { code: "identity-damaged" });
    assert.equal(await other.get({ space: "profile", name: "self" }), undefined);
  });
});
