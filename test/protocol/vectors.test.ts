import assert from "node:assert/strict";
import { createHash, hkdfSync } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCode } from "../../src/messenger/inviteCode.ts";
import { hex, unhex } from "../../src/protocol/codec.ts";
import { learnList, listHash, type KnownDevices } from "../../src/protocol/devices.ts";
import { openSecret, openWhole } from "../../src/protocol/distribution.ts";
import { openEnvelope, openHello } from "../../src/protocol/envelope.ts";
import { inviteKeys } from "../../src/protocol/hail.ts";
import { pairOf, readCard } from "../../src/protocol/identity.ts";
import { readLinkCode } from "../../src/protocol/link.ts";
import { readOp } from "../../src/protocol/membership.ts";
import { readVerifyCode } from "../../src/protocol/verifyCode.ts";
import { agreementPair } from "../../src/protocol/primitives.ts";
import { chainKeys } from "../../src/protocol/senderKey.ts";
import type { OpId, PersonId } from "../../src/types.ts";
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

    const exchange = frozen("exchange.json") as Record<"distribution" | "id" | "secret" | "person" | "S", string> & {
      readonly shower: Record<"secret", string>;
      readonly answerer: Record<"public", string>;
      readonly seat: Record<"member" | "prekey", string>;
    };
    const { body, boxes } = openWhole(unhex(exchange.distribution))!;
    const prekey = agreementPair(unhex(exchange.seat.prekey));
    const box = await openSecret(body, boxes, {
      key: exchange.seat.member,
      prekeys: [{ number: 1, key: prekey.public, secret: prekey.secret }],
      pair: pairOf(agreementPair(unhex(exchange.shower.secret)), unhex(exchange.answerer.public))!,
      hybrids: [{ id: unhex(exchange.id), secret: unhex(exchange.secret) }],
      senderPerson: exchange.person as PersonId,
    });
    assert.equal(box.kind === "opened" && hex(box.secret), exchange.S);

    const identity = frozen("identity.json") as { card: string; person: { public: string } };
    assert.equal(readCard(unhex(identity.card))?.person, identity.person.public);

    const invite = frozen("invite.json") as { code: string; secret: string; hail: string };
    assert.equal(hex(readCode(invite.code).secret), invite.secret);
    assert.equal(hex(inviteKeys(unhex(invite.secret)).hail), invite.hail);

    const verification = frozen("verification.json") as Record<string, string> &
      Record<"lists" | "persons" | "nonces", [string, string]> & { readonly pairEmoji: readonly number[] };
    const { code, person, lists, persons, nonces, group: at, session } = verification;
    const code0 = readVerifyCode(code as string);
    assert.deepEqual([code0?.seen.person, hex(code0!.seen.hash)], [person, lists[0]]);
    // By Node's own hashes, from the words of SPEC.md §16 alone.
    const labelled = (name: string, ...rest: readonly (string | undefined)[]): Buffer =>
      createHash("sha256").update(`couloir/1 ${name}\0`).update(rest.join(""), "hex").digest();
    const started = [at, session, persons[0], lists[0]];
    assert.equal(
      labelled("compare commit", ...started, persons[1], nonces[0]).toString("hex"),
      verification["pairCommit"],
    );
    const salt = labelled("compare transcript", ...started, persons[1], lists[1]);
    const bits = Buffer.from(
      hkdfSync("sha256", Buffer.from(nonces.join(""), "hex"), salt, "couloir/1 compare emoji\0", 6),
    ).readUIntBE(0, 6);
    const sixes = Array.from({ length: 7 }, (_, i) => Math.floor(bits / 2 ** (42 - 6 * i)) % 64);
    assert.deepEqual(sixes, verification.pairEmoji);

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
