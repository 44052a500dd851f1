/** What a stranger reads and writes anew of the frozen vectors, with SPEC.md alone. */
import assert from "node:assert/strict";
import chainVectors from "../vectors/chain.json" with { type: "json" };
import deviceVectors from "../vectors/device.json" with { type: "json" };
import envelopeVectors from "../vectors/envelope.json" with { type: "json" };
import fileVectors from "../vectors/file.json" with { type: "json" };
import identityVectors from "../vectors/identity.json" with { type: "json" };
import inviteVectors from "../vectors/invite.json" with { type: "json" };
import venueVectors from "../vectors/venue.json" with { type: "json" };
import verificationVectors from "../vectors/verification.json" with { type: "json" };
import { chainKeys } from "./chain.ts";
import {
  readVerify,
  linkCode,
  linkFrame,
  linkFrameKey,
  linkKeys,
  linkSession,
  link,
  linkAnswer,
  sixes,
  venue,
  venueCode,
  verifyCode,
} from "./codes.ts";
import { answerKey, hailKey, inviteKeys, readInvite, welcome, writeInvite } from "./codes.ts";
import { pairCommit, pairEmoji, roomCommit, roomDigest, roomEmoji } from "./compare.ts";
import { agreementKey, concat, DH, KDF, label, same, signingKey, u8, utf8, verify, type KeyAndTag } from "./crypto.ts";
import { envelopeId, isAlive, openFirst, openMail, readOutside, sealFirst, sealMail, slotAt } from "./envelope.ts";
import { fileId, listOf, request, requestName, rootOf, sealFile } from "./file.ts";
import { content, control, own } from "./frames.ts";
import {
  attest,
  card,
  deviceList,
  firstOfDay,
  listHash,
  pairFrame,
  pairOf,
  readCard,
  readDevices,
} from "./identity.ts";
import { format, hex, parse, unhex, type Shape } from "./shapes.ts";
import {
  bucketOf,
  coverOf,
  fingerprint,
  mailFile,
  mark,
  presenceKey,
  presenceMark,
  proof,
  topic,
  venueKey,
} from "./venue.ts";

const inHex = ({ key, tag }: KeyAndTag) => ({ key: hex(key), tag: hex(tag) });

/** Reads it, writes it, and gives what was read. */
const again = <T>(shape: Shape<T>, bytes: string): T => {
  const read = parse(shape, unhex(bytes));
  assert.equal(hex(format(shape, read)), bytes);
  return read;
};

describe("a stranger with the vectors", () => {
  it("chain.json", () => {
    const { secret, distribution, steps, frames } = chainVectors;
    const keys = chainKeys(unhex(secret), unhex(distribution));
    for (const { index, key, tag } of steps) assert.deepEqual(inHex(keys.message(index)), { key, tag });
    for (const { number, key, tag } of frames) assert.deepEqual(inHex(keys.meta(number)), { key, tag });
  });

  it("envelope.json", () => {
    const { slots, sealed, hello } = envelopeVectors;
    for (const { time, slot } of slots) {
      assert.equal(slotAt(time), slot);
      const hour = (hours: number): number => slotAt(time + hours * 3_600_000);
      assert.deepEqual(
        [-73, -72, 0, 8, 9].map((hours) => isAlive(hour(hours), time)),
        [false, true, true, true, false],
      );
    }
    const frame = unhex(sealed.frame);
    const { slot, tag } = readOutside(frame);
    const [key, context] = [unhex(sealed.key), unhex(sealed.context)];
    const plaintext = openMail(frame, key, context);
    assert.deepEqual([hex(plaintext), hex(tag)], [sealed.plaintext, sealed.tag]);
    assert.ok(same(sealMail({ key, tag }, { context, slot, nonce: frame.slice(19, 43), plaintext }), frame));
    assert.equal(hex(envelopeId(frame)), sealed.id);
    const first = unhex(hello.frame);
    assert.equal(readOutside(first).kind, "first");
    assert.equal(hex(openFirst(first, unhex(hello.prekey))), hello.plaintext);
    const own = sealFirst(agreementKey(unhex(hello.prekey)), slot, { plaintext, random: unhex(sealed.key) });
    assert.deepEqual([readOutside(own).kind, openFirst(own, unhex(hello.prekey))], ["first", plaintext]);
    assert.throws(() => readOutside(own.with(20, own[20]! ^ 1)), "the stamp is of these bytes");
  });

  it("identity.json", () => {
    const all = identityVectors;
    for (const { secret, public: key } of [all.person, all.device]) assert.equal(hex(signingKey(unhex(secret))), key);
    for (const { secret, public: key } of [all.agreement, all.otherAgreement]) {
      assert.equal(hex(agreementKey(unhex(secret))), key);
    }
    const list = readDevices(unhex(all.devices));
    assert.equal(hex(deviceList.write(list.body, unhex(all.person.secret))), all.devices);
    for (const which of ["card", "guestCard"] as const) {
      const read = readCard(unhex(all[which]));
      assert.deepEqual(
        [read.person, read.device, read.guest],
        [list.body.person, all.device.public, which === "guestCard"],
      );
      assert.equal(hex(card.write(card.read(unhex(all[which])).body, unhex(all.device.secret))), all[which]);
    }
    const [mine, other] = [unhex(all.agreement.public), unhex(all.otherAgreement.public)];
    const pair = pairOf(unhex(all.agreement.secret), mine, other);
    assert.deepEqual(pairOf(unhex(all.otherAgreement.secret), other, mine), pair);
    assert.deepEqual([hex(pair.psk), hex(pair.key)], [all.pairPsk, all.pairKey]);
    const { group, member } = all;
    assert.equal(hex(attest(pair, { group, member, person: list.body.person })), all.attestation);
    const frames = [0, 1, 31].map((number) => inHex(pairFrame(pair, group, { agreement: mine, number })));
    assert.deepEqual(frames, all.pairFrames);
    assert.equal(firstOfDay(1_767_225_600_000 + 3 * 86_400_000 + 5), 3 * 65_536);
  });

  it("device.json", () => {
    const all = deviceVectors;
    let before: string | null = null;
    for (const { list, hash } of all.lists) {
      const { previous } = readDevices(unhex(list)).body;
      assert.equal(previous, before);
      assert.equal((before = hex(listHash(unhex(list)))), hash);
    }
    again(own, all.values);
    const said = all.link;
    const code = linkCode.read(said.code);
    const read = parse(link, code);
    assert.equal(linkCode.write(format(link, read)), said.code);
    assert.equal(hex(read.secret), said.secret);
    const keys = linkKeys(read.secret);
    assert.deepEqual([hex(keys.name), hex(keys.hello.tag), hex(keys.answer.tag)], [said.link, said.hello, said.reply]);
    const { key, nonce, name, guest, signature } = again(linkAnswer, said.replied);
    const reply = [label("link reply"), read.secret, key, nonce, u8(guest ? 1 : 0), utf8(name)];
    assert.ok(verify(unhex(read.device), signature, ...reply));
    assert.equal(hex(agreementKey(unhex(said.key))), hex(key));
    const parts = [read.secret, unhex(read.device), read.agreement, key, nonce];
    const session = linkSession(DH(unhex(said.key), read.agreement), parts);
    assert.deepEqual(linkSession(DH(unhex(said.agreement), key), parts), session);
    assert.deepEqual(sixes(KDF(session, new Uint8Array(), ["link signs", 6]), 7), said.signs);
    assert.deepEqual([hex(linkFrameKey(session, "new", 0).tag), hex(linkFrameKey(session, "old", 8).tag)], said.frames);
    assert.equal(again(linkFrame, said.agreed).kind, "agreed");
  });

  it("file.json", () => {
    const all = fileVectors;
    const [key, size] = [unhex(all.key), all.size];
    const chunks = sealFile(
      key,
      Uint8Array.from({ length: size }, (_, i) => Math.floor(i / 64_000) + 1),
    );
    const list = listOf(chunks);
    assert.deepEqual(list.map(hex), all.hashes);
    assert.equal(hex(chunks.at(-1)!.slice(0, 48)), all.last.slice(0, 96));
    const root = rootOf(list);
    assert.deepEqual([hex(root), fileId(key, root, size)], [all.root, all.file]);
    const name = requestName(key, unhex(all.salt), all.asker);
    assert.equal(hex(name), all.name);
    assert.deepEqual(again(request, all.list), { kind: "list", salt: unhex(all.salt), name });
    assert.equal(again(request, all.chunks).kind, "chunks");
    assert.equal(again(content, all.content).kind, "file");
    assert.equal(again(control, all.holds).kind, "holds");
    assert.equal(again(control, all.seek).kind, "seek");
  });

  it("invite.json", () => {
    const all = inviteVectors;
    const code = readInvite(all.code);
    assert.equal(writeInvite(code), all.code);
    assert.deepEqual([hex(code.secret), code.group], [all.secret, all.group]);
    const keys = inviteKeys(code.secret);
    assert.deepEqual([hex(keys.seed), hex(keys.key), hex(keys.hail)], [all.pair.secret, all.pair.public, all.hail]);
    assert.deepEqual(
      [0, 1].map((i) => inHex(hailKey(keys.hail, i))),
      all.hailKeys,
    );
    assert.deepEqual(inHex(answerKey(keys.hail, all.member)), all.answerKey);
    assert.equal(again(welcome, all.welcome).group, code.group);
  });

  it("venue.json", () => {
    for (const all of venueVectors) {
      const key = venueKey(all.name);
      const buckets = all.buckets;
      assert.equal(topic(key, "presence topic", 0), all.presence);
      assert.deepEqual(
        buckets.map((_, n) => topic(key, "bucket topic", n)),
        buckets,
      );
      assert.equal(topic(key, "bucket topic", buckets.length), all.lobby);
      assert.deepEqual(
        coverOf(unhex(all.cover.device), buckets.length).map((n) => buckets[n]),
        all.cover.topics,
      );
      assert.deepEqual(inHex(presenceKey(key)), all.presenceKey);
      const { secret, topic: chosen } = all.bucketOf;
      assert.equal(buckets[bucketOf(key, unhex(secret), buckets.length)], chosen);
      const { ids, value } = all.fingerprint;
      assert.equal(hex(fingerprint(ids.map(unhex))), value);
      assert.equal(hex(presenceMark(unhex(all.presenceMark.salt), unhex(ids[0]!))), all.presenceMark.mark);
      assert.equal(hex(mark(key)), all.mark);
      const told = parse(venue, venueCode.read(all.code), 2048);
      assert.deepEqual([told.name, told.buckets, hex(told.key!)], [all.name, 8, all.key]);
      assert.equal(venueCode.write(format(venue, told)), all.code);
      const { prover, verifier, proverNonce, verifierNonce } = all.proof;
      const nonces = [unhex(proverNonce), unhex(verifierNonce)] as const;
      assert.equal(hex(proof(all.name, told.key!, { prover, verifier, nonces })), all.proof.proof);
      const { frame, file, topic: of } = all.mailFile;
      assert.equal(hex(mailFile([{ topic: of, frame: unhex(frame) }])), file);
    }
  });

  it("verification.json", () => {
    const all = verificationVectors;
    const list = readVerify(all.code);
    assert.equal(verifyCode.write(concat(Uint8Array.of(1), list)), all.code);
    assert.equal(readDevices(list).body.person, all.person);
    assert.equal(hex(listHash(list)), all.lists[0]);
    const [group, session] = [all.group, unhex(all.session)];
    const [S, O] = [0, 1].map((i) => ({
      person: all.persons[i]!,
      list: unhex(all.lists[i]!),
      nonce: unhex(all.nonces[i]!),
    }));
    assert.equal(hex(pairCommit({ group, session, S: S!, O: O! })), all.pairCommit);
    assert.deepEqual(pairEmoji({ group, session, S: S!, O: O! }), all.pairEmoji);
    const digest = roomDigest(group, all.devices);
    assert.equal(hex(digest), all.digest);
    const parts = all.parts.map(({ member, nonce, commit }) => ({
      member,
      nonce: unhex(nonce),
      commit: unhex(commit),
    }));
    const room = { group, round: session, digest };
    for (const { member, nonce, commit } of parts) assert.deepEqual(roomCommit(room, member, nonce), commit);
    assert.deepEqual(roomEmoji(room, parts), all.roomEmoji);
    for (const kind of ["compare", "room", "vouch"] as const) assert.equal(again(control, all[kind]).kind, kind);
  });
});
