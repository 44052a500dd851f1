/** Linking a device: what the code gives away, and what whoever stands between can do with it. */
import assert from "node:assert/strict";
import { freshDevice } from "../../src/protocol/identity.ts";
import { MAX_TIME } from "../../src/protocol/limits.ts";
import {
  type LinkCode,
  linkKeys,
  linkSession,
  readLinkCode,
  replyHolds,
  signReply,
  writeLinkCode,
} from "../../src/protocol/link.ts";
import { agreementPair } from "../../src/protocol/primitives.ts";
import { NOW, seeded } from "./room.ts";

const random = seeded("link");
const keys = freshDevice(random);
const code: LinkCode = {
  secret: random(16),
  ...keys.entry,
  expires: NOW,
  venue: "couloir",
  buckets: 1,
  addresses: ["/ip4/192.168.1.7/tcp/9000"],
};
const pair = () => agreementPair(random(32));
const replyTo = (key: Uint8Array, nonce = random(16)) =>
  signReply(code.secret, { key, nonce, name: "Phone", guest: false }, keys.device);

describe("a link code", () => {
  it("is read as it was written, also behind a page's address, and refused when anything is missing or changed", () => {
    const text = writeLinkCode(code);
    assert.match(text, /^couloir-link:[\w-]+$/u);
    assert.deepEqual(readLinkCode(`  http://192.168.1.2:8020/#${text}\n`), code);
    const garbled = { fault: "usage", code: "link-garbled" };
    for (let end = 0; end < text.length; end += 5) assert.throws(() => readLinkCode(text.slice(0, end)), garbled);
    for (let at = 14; at < text.length; at += 7) {
      const other = text[at] === "A" ? "B" : "A";
      assert.throws(() => readLinkCode(text.slice(0, at) + other + text.slice(at + 1)), garbled);
    }
    const never = writeLinkCode({ ...code, expires: MAX_TIME + 1 });
    assert.throws(() => readLinkCode(never), garbled, "no calendar has that day");
    // An invite is no link.
    assert.throws(() => readLinkCode(text.replace("couloir-link:", "couloir:")), garbled);
  });

  it("leads both sides to one session, and nobody to it who has only the code", () => {
    const old = pair();
    const reply = replyTo(old.public);
    assert.ok(replyHolds(code, old.public, reply));
    const one = linkSession(code, reply, { secret: old.secret, other: code.agreement })!;
    const other = linkSession(code, reply, { secret: keys.agreement.secret, other: old.public })!;
    assert.deepEqual([one.signs, one.at("new", 3)], [other.signs, other.at("new", 3)]);
    assert.equal(one.signs.length, 7);
    const tags = [linkKeys(code.secret).hello.tag, linkKeys(code.secret).reply.tag];
    for (const n of [0, 1, 8]) tags.push(one.at("new", n).tag, one.at("old", n).tag);
    assert.equal(new Set(tags).size, 8);
    const spy = linkSession(code, reply, { secret: pair().secret, other: code.agreement })!;
    assert.notDeepEqual([spy.signs, spy.at("old", 0)], [one.signs, one.at("old", 0)]);
    assert.equal(linkSession(code, reply, { secret: old.secret, other: new Uint8Array(32) }), undefined);
  });

  it("gives whoever stands between no way to show the same signs on both sides", () => {
    const [old, between] = [pair(), pair()];
    // Answers in the old device's stead: the new one replies to that key, and signs that it does.
    const toBetween = replyTo(between.public);
    assert.equal(replyHolds(code, old.public, toBetween), false);
    assert.equal(replyHolds(code, old.public, { ...toBetween, key: old.public }), false);
    // A nonce of one's own choice would let the signs be searched for: only the new device can give one.
    const forged = signReply(code.secret, { ...toBetween, key: old.public }, freshDevice(random).device);
    assert.equal(replyHolds(code, old.public, forged), false);
    const honest = replyTo(old.public);
    for (const change of [{ nonce: random(16) }, { name: "Other" }, { guest: true }])
      assert.equal(replyHolds(code, old.public, { ...honest, ...change }), false);
    const seen = linkSession(code, honest, { secret: old.secret, other: code.agreement })!;
    const shown = linkSession(code, toBetween, { secret: keys.agreement.secret, other: between.public })!;
    assert.notDeepEqual(seen.signs, shown.signs);
  });
});
