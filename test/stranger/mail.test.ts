/** From keys to envelopes and back: distributions, messages, frames of coming in and of linking. */
import assert from "node:assert/strict";
import exchangeVectors from "../vectors/exchange.json" with { type: "json" };
import frameVectors from "../vectors/frames.json" with { type: "json" };
import groupVectors from "../vectors/group.json" with { type: "json" };
import identityVectors from "../vectors/identity.json" with { type: "json" };
import { chainKeys, controlContext, messageContext, messageSigned, metaSigned } from "./chain.ts";
import {
  answered,
  answerKey,
  hailContext,
  hailed,
  hailKey,
  inviteKeys,
  linkContext,
  linkFrame,
  linkFrameKey,
} from "./codes.ts";
import { linkHello, linkKeys, linkSession, sixes, welcome } from "./codes.ts";
import { Refused } from "./cbor.ts";
import { agreementKey, DH, KDF, label, verify } from "./crypto.ts";
import { findOwn, openOps, openOwn, readDistribution, sealOps, sharedOf, type Recipient } from "./distribution.ts";
import { isAlive, openMail, readOutside, sealMail } from "./envelope.ts";
import { cipherName, decapsulate, encapsulate, exchangeOf, got, kemKey, keyId, wanted } from "./exchange.ts";
import { control, message, messageId, signedBody } from "./frames.ts";
import { History } from "./history.ts";
import { openBox } from "./hpke.ts";
import { attest, firstOfDay, joinProof, pairFrame, pairOf, readCard, type Card } from "./identity.ts";
import { readOperation } from "./operations.ts";
import { format, hex, parse, unhex } from "./shapes.ts";
import { presence, presenceContext, presenceKey, venueKey } from "./venue.ts";
import { salted } from "./sync.ts";

const history = new History(groupVectors.operations.slice(0, 4).map(({ bytes }) => unhex(bytes)));
const [ana, bo] = groupVectors.seats.map((seat) => ({ ...seat, ...history.now.view.seats.get(seat.member)! }));
const pair = pairOf(unhex(identityVectors.agreement.secret), ana!.card.agreement, bo!.card.agreement);
const distribution = readDistribution(unhex(groupVectors.distribution));
const keys = chainKeys(unhex(groupVectors.secret), distribution.hash);
const prekeys = new Map(bo!.prekeys.map(({ number, secret }) => [number, unhex(secret)]));

/** Opens a frame, checks that it is sealed anew as the same bytes, and gives what was in it. */
const open = (frame: string, key: Uint8Array, context: Uint8Array): Uint8Array => {
  const bytes = unhex(frame);
  const { slot, tag } = readOutside(bytes);
  const plaintext = openMail(bytes, key, context);
  assert.equal(hex(sealMail({ key, tag }, { context, slot, nonce: bytes.slice(19, 43), plaintext })), frame);
  return plaintext;
};

describe("a stranger's mail", () => {
  it("group.json: a distribution, opened by whom it serves", () => {
    const { head, hash, boxes } = distribution;
    const view = history.at(head.heads)!;
    assert.deepEqual([view.id, view.view.seats.size - 1], [head.view, boxes.length]);
    assert.deepEqual(
      [hex(hash), head.chain, hex(head.commit)],
      [groupVectors.distributionHash, groupVectors.chain, groupVectors.commit],
    );
    const recipient: Recipient = { key: bo!.member, pair };
    for (const box of [findOwn(distribution, recipient)!, unhex(groupVectors.box)]) {
      const { secret, attestation } = openOwn(head, box, { recipient, prekeys });
      assert.equal(hex(secret), groupVectors.secret);
      const claim = { group: head.group, member: ana!.member, person: ana!.person };
      assert.deepEqual(attestation, attest(pair, claim));
    }
  });

  it("group.json: a message, a meta frame and a pair frame", () => {
    const { message: said, acks, metaFrame, pairFrame: whispered } = groupVectors;
    const { key, tag } = keys.message(0);
    assert.equal(hex(key), said.key);
    const { slot } = readOutside(unhex(said.frame));
    const { body, signature } = parse(signedBody, open(said.frame, key, messageContext(keys.hash, 0)));
    assert.ok(verify(distribution.head.signer, signature, ...messageSigned(keys.hash, { slot, tag }, body)));
    const read = parse(message, body);
    assert.equal(messageId(ana!.member, read), said.id);
    const meta = parse(signedBody, open(metaFrame, keys.meta(0).key, controlContext));
    const signed = metaSigned(keys.hash, { slot, number: 0 }, meta.body);
    assert.ok(verify(distribution.head.signer, meta.signature, ...signed));
    assert.equal(hex(meta.body), acks);
    const number = firstOfDay(distribution.head.startedAt) + 1;
    const first = pairFrame(pair, groupVectors.group, { agreement: ana!.card.agreement, number });
    assert.equal(hex(open(whispered, first.key, controlContext)), acks);
    assert.equal(parse(control, meta.body).kind, "acks");
  });

  it("exchange.json: an exchange, and a box by it", () => {
    const all = exchangeVectors;
    const two = { shower: unhex(all.shower.public), answerer: unhex(all.answerer.public) };
    const between = pairOf(unhex(all.shower.secret), two.shower, two.answerer);
    const key = kemKey(unhex(all.seed));
    assert.equal(hex(keyId(key)), all.keyId);
    const { cipher, shared } = encapsulate(key, unhex(all.coins));
    assert.deepEqual([hex(shared), hex(decapsulate(unhex(all.seed), cipher))], [all.shared, all.shared]);
    const exchange = exchangeOf(shared, two, { key, cipher });
    assert.deepEqual([hex(exchange.secret), hex(exchange.id)], [all.secret, all.id]);
    const none = { key: null, wanted: [], ciphers: [], got: [] };
    const said = { ...none, kind: "kem" } as const;
    const shown = format(control, { ...said, key, wanted: [wanted(between, two.shower, key)] });
    const name = cipherName(between, two.answerer, { key, cipher });
    const lost = wanted(between, two.answerer, new Uint8Array());
    const answer = format(control, { ...said, wanted: [lost], ciphers: [{ name, cipher }] });
    const gotten = format(control, { ...said, got: [got(exchange, two.shower)] });
    assert.deepEqual([shown, answer, gotten].map(hex), [all.shown, all.answered, all.gotten]);
    const { head, boxes } = readDistribution(unhex(all.distribution));
    const recipient = { key: all.seat.member, pair: between, exchange };
    const { psk, id } = sharedOf(recipient);
    assert.deepEqual([hex(psk), hex(id)], [all.psk, all.pskId]);
    const opened = openOwn(head, boxes[0]!, { recipient, prekeys: new Map([[1, unhex(all.seat.prekey)]]) });
    assert.equal(hex(opened.secret), all.S);
    assert.deepEqual(
      opened.attestation,
      attest(between, { group: head.group, member: head.sender, person: all.person }),
    );
  });

  it("frames.json: coming in", () => {
    const { secret, asker, ask, joined, answer, wait, welcome: bytes } = frameVectors.coming;
    const { key, hail } = inviteKeys(unhex(secret));
    const asked = parse(hailed, open(ask.frame, hailKey(hail, ask.i).key, hailContext));
    assert.ok(asked.kind === "ask" && asked.member === asker.member);
    const card: Card = readCard(asked.card);
    assert.ok(verify(key, asked.proof, joinProof(groupVectors.group, asker.member, card.person)));
    assert.equal(parse(hailed, open(joined.frame, hailKey(hail, joined.i).key, hailContext)).kind, "joined");
    const under = answerKey(hail, asker.member).key;
    const said = parse(answered, open(answer.frame, under, hailContext));
    assert.ok(said.kind === "welcome" && said.prekey === card.prekey.number);
    const opened = openBox({ secret: unhex(asker.prekey), info: label("answer box"), box: said.box });
    assert.equal(hex(opened), bytes);
    const { group, from, ops, attestation } = parse(welcome, opened);
    const seat = new History(ops).now.view.seats.get(from)!;
    const between = pairOf(unhex(asker.agreement), card.agreement, seat.card.agreement);
    assert.deepEqual(attestation, attest(between, { group, member: from, person: seat.person }));
    assert.equal(parse(answered, open(wait.frame, under, hailContext)).kind, "wait");
  });

  it("frames.json: a chain without one before, and its pointer", () => {
    const { at, distribution: begun, pointer, nextDay } = frameVectors.pointed;
    assert.deepEqual([pointer.number, nextDay.number], [firstOfDay(at), firstOfDay(nextDay.at)]);
    const from = { agreement: ana!.card.agreement, number: pointer.number };
    const pointed = parse(control, open(pointer.frame, pairFrame(pair, groupVectors.group, from).key, controlContext));
    assert.ok(pointed.kind === "pointer");
    const { slot, tag } = readOutside(unhex(begun));
    assert.ok(isAlive(slot, at));
    assert.deepEqual(pointed.tag, tag);
    const { body, signature } = parse(signedBody, open(begun, pointed.key, controlContext));
    const read = parse(control, body);
    assert.ok(read.kind === "distribution");
    const { hash, head } = readDistribution(read.distribution);
    assert.ok(verify(head.signer, signature, ...metaSigned(hash, { slot, number: 2 ** 32 - 1 }, body)));
    const later = pairFrame(pair, groupVectors.group, { ...from, number: nextDay.number });
    parse(control, open(nextDay.frame, later.key, controlContext));
  });

  it("frames.json: the chain after one, and the operations that are sealed to it", () => {
    const { before, number, frame, seat, sender, operations } = frameVectors.successor;
    const old = readDistribution(unhex(before.distribution));
    const under = chainKeys(unhex(before.secret), old.hash).meta(number);
    const { slot, tag } = readOutside(unhex(frame));
    assert.deepEqual(tag, under.tag);
    const { body, signature } = parse(signedBody, open(frame, under.key, controlContext));
    assert.ok(verify(old.head.signer, signature, ...metaSigned(old.hash, { slot, number }, body)));
    const said = parse(control, body);
    assert.ok(said.kind === "successor");
    const read = readDistribution(said.distribution);
    const own = agreementKey(unhex(seat.agreement));
    const between = pairOf(unhex(seat.agreement), own, unhex(sender.agreement));
    const recipient = { key: seat.member, pair: between };
    const box = findOwn(read, recipient)!;
    const { secret, attestation } = openOwn(read.head, box, { recipient, prekeys: new Map([[1, unhex(seat.prekey)]]) });
    const { group, sender: member } = read.head;
    assert.deepEqual(attestation, attest(between, { group, member, person: sender.person }));
    const ops = openOps({ secret, hash: read.hash, nonce: said.nonce }, said.ops);
    assert.deepEqual(
      ops.map((bytes) => readOperation(bytes).id),
      operations,
    );
    assert.deepEqual(sealOps({ secret, hash: read.hash, nonce: said.nonce }, ops), said.ops);
    assert.throws(() => openOps({ secret, hash: old.hash, nonce: said.nonce }, said.ops), Refused);
  });

  it("frames.json: a link", () => {
    const all = frameVectors.link;
    const { hello } = linkKeys(unhex(all.secret));
    const { key } = parse(linkHello, open(all.hello.frame, hello.key, linkContext));
    assert.deepEqual(key, agreementKey(unhex(all.key)));
    const parts = [all.secret, all.device, hex(agreementKey(unhex(all.agreement))), hex(key), all.nonce].map(unhex);
    const session = linkSession(DH(unhex(all.agreement), key), parts);
    assert.deepEqual(sixes(KDF(session, new Uint8Array(), ["link signs", 6]), 7), all.signs);
    for (const { from, n, frame } of [all.about, all.agreed]) {
      const under = linkFrameKey(session, from as "old" | "new", n);
      parse(linkFrame, open(frame, under.key, linkContext));
      assert.deepEqual(readOutside(unhex(frame)).tag, under.tag);
    }
  });

  it("frames.json: presence, salted ids", () => {
    const { presence: present, salted: ids } = frameVectors;
    const { key } = presenceKey(venueKey(present.venue));
    const plaintext = open(present.frame, key, presenceContext);
    assert.equal(hex(plaintext), present.plaintext);
    const read = presence.read(plaintext);
    assert.ok(read.by(unhex(read.body.device)));
    for (const { id, salted: expected } of ids.ids) assert.equal(hex(salted(unhex(ids.salt), unhex(id))), expected);
  });
});
