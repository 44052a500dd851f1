/** Vectors of frames that no other file holds, each from its keys to the whole envelope. SPEC.md §18. */
import { HAIL_CONTEXT } from "../../src/messenger/asks.ts";
import { showPresence } from "../../src/messenger/presenceFrame.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import { hex } from "../../src/protocol/codec.ts";
import { answers, hails, welcomes } from "../../src/protocol/control.ts";
import { openEnvelope, sealEnvelope, slotFor } from "../../src/protocol/envelope.ts";
import type { EnvelopeKey } from "../../src/protocol/envelope.ts";
import { answerKey, hailKeys, inviteKeys } from "../../src/protocol/hail.ts";
import { sealBox } from "../../src/protocol/hpke.ts";
import { attest, freshDevice, pairOf } from "../../src/protocol/identity.ts";
import { LINK_CONTEXT, linkFrames, linkHellos, linkKeys, linkSession } from "../../src/protocol/link.ts";
import { proveJoin } from "../../src/protocol/membership.ts";
import { agreementPair, label, sha256 } from "../../src/protocol/primitives.ts";
import { NAME_BYTES, saltedIds } from "../../src/protocol/reconcile.ts";
import { rotate, sealPairwise } from "../../src/protocol/sending.ts";
import type { OpId } from "../../src/types.ts";
import { NOW, Person, room, seeded } from "../protocol/room.ts";

const seal = (at: EnvelopeKey, plaintext: Uint8Array, context: Uint8Array) => {
  const random = seeded(`vectors: frame ${at.tag}`);
  const frame = sealEnvelope(at, plaintext, { slot: slotFor(NOW), random, context });
  return { key: hex(at.key), tag: at.tag, context: hex(context), plaintext: hex(plaintext), frame: hex(frame) };
};

/** Somebody asks by a code of another's group, and is let in. */
const comingFrames = async ([ana, bo]: readonly [Person, Person]) => {
  const random = seeded("vectors: coming in");
  const secret = random(16);
  const { pair, hail } = inviteKeys(secret);
  const eve = new Person("Vector Eve");
  const member = hex(random(32)) as typeof ana.member;
  const { group } = ana.state;
  const proof = proveJoin(pair.secret, group, member, eve.person);
  const shared = pairOf(ana.self.agreement, eve.self.agreement.public)!;
  const welcome = welcomes.encode({
    group,
    ops: ana.ops.map(({ bytes }) => bytes),
    from: ana.member,
    attestation: attest(shared, group, ana.member, ana.person),
    invite: ana.ops[1]!.id,
    part: 0,
    parts: 1,
  });
  const [prekey] = eve.self.prekeys;
  const box = (await sealBox(prekey!.key, welcome, { info: label("answer box"), ikm: random(32) }))!;
  const keys = hailKeys(hail);
  const joined = { kind: "joined", ops: [bo.ops.at(-1)!.bytes] } as const;
  return {
    secret: hex(secret),
    asker: { member, prekey: hex(prekey!.secret), agreement: hex(eve.self.agreement.secret) },
    ask: { i: 5, ...seal(keys[5]!, hails.encode({ kind: "ask", card: eve.card.bytes, member, proof }), HAIL_CONTEXT) },
    joined: { i: 0, ...seal(keys[0]!, hails.encode(joined), HAIL_CONTEXT) },
    welcome: hex(welcome),
    answer: seal(answerKey(hail, member), answers.encode({ kind: "welcome", prekey: 1, box }), HAIL_CONTEXT),
    wait: seal(answerKey(hail, member), answers.encode({ kind: "wait" }), HAIL_CONTEXT),
  };
};

/** The first chain of a device: under a random key, with a pointer to whoever is served. */
const pointedFrames = async ([ana, bo]: readonly [Person, Person]) => {
  const turned = await rotate(ana.state, ana.context);
  const [frame, pointer] = turned.frames;
  const number = turned.state.pairs.get(hex(bo.self.agreement.public))!.sendNext - 1;
  const acks = { kind: "acks", acks: [], heads: [] } as const;
  const next = sealPairwise(turned.state, bo.self.agreement.public, acks, { ...ana.context, now: NOW + 86_400_000 });
  return {
    at: NOW,
    distribution: hex(frame!),
    pointer: { number, frame: hex(pointer!) },
    nextDay: { at: NOW + 86_400_000, number: number + 0x1_0000, frame: hex(next.frames[0]!) },
  };
};

/** The next chain of a device: under the meta key of the one before, with operations for those whom it serves. */
const successorFrames = async (people: readonly [Person, Person]) => {
  const [ana, bo] = people;
  const before = await ana.rotate();
  const { secret } = ana.state.sent.get(ana.chain)!;
  ana.act({ kind: "rekey" });
  const [frame] = (await rotate(ana.state, ana.context)).frames;
  return {
    at: NOW,
    before: { distribution: hex(before), secret: hex(secret) },
    number: 0,
    frame: hex(frame!),
    seat: { member: bo.member, prekey: hex(bo.state.seat.prekeys[0]!.secret), agreement: hex(bo.self.agreement.secret) },
    sender: { person: ana.person, agreement: hex(ana.self.agreement.public) },
    operations: [ana.ops.at(-1)!.id],
  };
};

const linkFrameVectors = (ana: Person) => {
  const random = seeded("vectors: link frames");
  const keys = freshDevice(random);
  const [secret, nonce, old] = [random(16), random(16), agreementPair(random(32))];
  const code = { secret, device: keys.entry.device, agreement: keys.agreement.public };
  const reply = { key: old.public, nonce };
  const session = linkSession(code, reply, { secret: old.secret, other: code.agreement })!;
  const words = { name: "Vector Ana", flag: "FR", delegation: "" };
  const about = linkFrames.encode({ kind: "about", person: ana.person, ...words });
  return {
    secret: hex(secret),
    device: code.device,
    agreement: hex(keys.agreement.secret),
    key: hex(old.secret),
    nonce: hex(nonce),
    signs: session.signs,
    hello: seal(linkKeys(secret).hello, linkHellos.encode({ key: old.public }), LINK_CONTEXT),
    about: { from: "old", n: 0, ...seal(session.at("old", 0), about, LINK_CONTEXT) },
    agreed: { from: "new", n: 0, ...seal(session.at("new", 0), linkFrames.encode({ kind: "agreed" }), LINK_CONTEXT) },
  };
};

const presenceFrame = (ana: Person) => {
  const venue = makeVenue("couloir");
  const listings = [{ caucus: ana.state.group, name: "Corridor", code: "couloir:code" }];
  const random = seeded("vectors: presence");
  const frame = showPresence(ana.self, ana.card, { listings, next: 60_000, venue, now: NOW, random });
  const plaintext = openEnvelope(venue.presenceKey.key, frame, label("presence frame"))!;
  return { venue: venue.name, plaintext: hex(plaintext), frame: hex(frame) };
};

const saltedVectors = () => {
  const salt = seeded("vectors: salt")(16);
  const ids = [0, 1].map((n) => sha256(Uint8Array.of(n)));
  const { set, idOf } = saltedIds(ids, salt);
  return { salt: hex(salt), ids: set.ids.map((one) => ({ id: hex(idOf(one)!) as OpId, salted: hex(one.subarray(0, NAME_BYTES)) })) };
};

export const frameVectors = async () => {
  const people = room(["Vector Ana", "Vector Bo"]) as readonly [Person, Person];
  return {
    coming: await comingFrames(people),
    pointed: await pointedFrames(people),
    successor: await successorFrames(room(["Vector Ana", "Vector Bo"]) as readonly [Person, Person]),
    link: linkFrameVectors(people[0]),
    presence: presenceFrame(people[0]),
    salted: saltedVectors(),
  };
};
