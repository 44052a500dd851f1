import assert from "node:assert/strict";
import { contents, show } from "../../src/content/message.ts";
import { makeRecord, readRecord } from "../../src/content/record.ts";
import { hex } from "../../src/protocol/codec.ts";
import { signingPair } from "../../src/protocol/signature.ts";
import type { GroupId, PersonId } from "../../src/types.ts";
import { seeded } from "../protocol/room.ts";

const random = seeded("record");
const author = signingPair(random(32));
const person = hex(author.public) as PersonId;
const other = signingPair(random(32));
const group = hex(random(32)) as GroupId;
const body = { person, group, nonce: random(16), at: 1_770_000_000_000, text: "We withdraw the amendment." };
const record = makeRecord(body, author.secret);

describe("words on record", () => {
  it("are verified by anybody from the bytes alone", () => {
    assert.deepEqual(readRecord(record), body);
    for (let at = 0; at < record.length; at++)
      assert.equal(readRecord(record.with(at, (record[at] ?? 0) ^ 1)), undefined, `byte ${at}`);
    assert.equal(readRecord(makeRecord(body, other.secret)), undefined, "another's hand");
  });

  it("count only from their author, in their caucus: a copy is a claim", () => {
    const content = contents.encode({ kind: "record", record });
    assert.deepEqual(show(content, { group, person }), { kind: "text", text: body.text, onRecord: true });
    const elsewhere = { group: hex(random(32)) as GroupId, person };
    const another = { group, person: hex(other.public) as PersonId };
    for (const where of [elsewhere, another]) {
      const shown = show(content, where);
      assert.deepEqual([shown.kind, shown.notice], ["notice", "unsigned"]);
      assert.equal(shown.onRecord, undefined);
    }
    assert.equal(show(contents.encode({ kind: "record", record: random(100) }), { group, person }).kind, "notice");
    assert.equal(show(contents.encode({ kind: "text", text: body.text }), { group, person }).onRecord, undefined);
  });
});
