import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCode } from "../../src/messenger/inviteCode.ts";
import { hex, unhex } from "../../src/protocol/codec.ts";
import { learnList, listHash, type KnownDevices } from "../../src/protocol/devices.ts";
import { openEnvelope, openHello } from "../../src/protocol/envelope.ts";
import { inviteKeys } from "../../src/protocol/hail.ts";
import { readCard } from "../../src/protocol/identity.ts";
import { readLinkCode } from "../../src/protocol/link.ts";
import { readOp } from "../../src/protocol/membership.ts";
import { chainKeys } from "../../src/protocol/senderKey.ts";
import type { OpId } from "../../src/types.ts";
import { vectors } from "../vectors/generate.ts";
import { viewOf } from "./room.ts";

const folder = join(import.meta.dirname, "..", "vectors");
const frozen = (name: string): never => JSON.parse(readFileSync(join(folder, name), "utf8")) as never;

describe("the frozen vectors", () => {
  it("are what is made today, to the byte: else the wire has changed", async () => {
    const made = await vectors();
    assert.deepEqual(
      readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .sort(),
      [...made.keys()].sort(),
    );
    for (const [name, text] of made) assert.equal(readFileSync(join(folder, name), "utf8"), text, name);
  });

  it("open with what they say", async () => {
    const envelope = frozen("envelope.json") as {
      sealed: Record<"key" | "context" | "plaintext" | "frame", string>;
      hello: Record<"prekey" | "plaintext" | "frame", string>;
    };
    const { sealed, hello } = envelope;
    assert.equal(hex(openEnvelope(unhex(sealed.key), unhex(sealed.frame), unhex(sealed.context))!), sealed.plaintext);
    assert.equal(hex((await openHello(unhex(hello.prekey), unhex(hello.frame)))!), hello.plaintext);

    const identity = frozen("identity.json") as { card: string; person: { public: string } };
    assert.equal(readCard(unhex(identity.card))?.person, identity.person.public);

    const invite = frozen("invite.json") as { code: string; secret: string; hail: string };
    assert.equal(hex(readCode(invite.code).secret), invite.secret);
    assert.equal(hex(inviteKeys(unhex(invite.secret)).hail), invite.hail);

    const group = frozen("group.json") as {
      operations: { id: OpId; bytes: string }[];
      views: { view: string }[];
      removal: { view: string };
      secret: string;
      metaFrame: string;
    };
    const ops = group.operations.map(({ id, bytes }) => {
      const op = readOp(unhex(bytes));
      assert.equal(op?.id, id);
      return op!;
    });
    assert.equal(viewOf(ops).view, group.removal.view);
    assert.equal(viewOf(ops.slice(0, -1)).view, group.views.at(-1)?.view);
    const device = frozen("device.json") as {
      lists: { list: string; hash: string }[];
      operations: { bytes: string }[];
      views: string[];
      link: { code: string; secret: string };
    };
    let known: KnownDevices | undefined;
    for (const { list, hash } of device.lists) {
      const learned = learnList(known, unhex(list));
      assert.deepEqual([learned?.news, learned?.fork, hex(listHash(unhex(list)))], [true, false, hash]);
      known = learned?.known;
    }
    assert.equal(known?.revoked.size, 1);
    const seats = device.operations.map(({ bytes }) => readOp(unhex(bytes))!);
    assert.deepEqual([viewOf(seats.slice(0, -1)).view, viewOf(seats).view], device.views);
    assert.equal(hex(readLinkCode(device.link.code).secret), device.link.secret);
    assert.ok(chainKeys(unhex(group.secret)).meta.length === 32);
  });
});
