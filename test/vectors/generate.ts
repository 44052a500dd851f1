/**
 * Makes the test vectors from fixed seeds: `node test/vectors/generate.ts` writes them. They are frozen: a test compares,
 * and a difference means that the wire has changed.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { contents } from "../../src/content/message.ts";
import { writeCode } from "../../src/messenger/inviteCode.ts";
import { writeMailFile } from "../../src/messenger/mailFile.ts";
import { coverOf } from "../../src/messenger/hearing.ts";
import { presenceMark } from "../../src/messenger/here.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import { concat, hex, toCbor, utf8 } from "../../src/protocol/codec.ts";
import { pairCommit, pairEmoji, roomCommit, roomEmoji } from "../../src/protocol/compare.ts";
import { controls, welcomes } from "../../src/protocol/control.ts";
import { distributionHash, openWhole } from "../../src/protocol/distribution.ts";
import { envelopeId, sealEnvelope, sealHello, slotFor } from "../../src/protocol/envelope.ts";
import { answerKey, hailKeys, inviteKeys } from "../../src/protocol/hail.ts";
import {
  askKeyOf,
  askName,
  chunkHash,
  fileIdOf,
  plainLength,
  rootOf,
  sealChunk,
} from "../../src/protocol/file.ts";
import { requests } from "../../src/protocol/request.ts";
import {
  boxPsk,
  cipherName,
  gotName,
  hybridSecret,
  KEM_CIPHER_BYTES,
  kemKeyId,
  wantedName,
} from "../../src/protocol/hybrid.ts";
import { listHash } from "../../src/protocol/devices.ts";
import { attest, makeCard, pairOf, personOf } from "../../src/protocol/identity.ts";
import { CHUNK, EPOCH, HOUR } from "../../src/protocol/limits.ts";
import { pairFrameKey } from "../../src/protocol/pairwise.ts";
import { fingerprint } from "../../src/protocol/reconcile.ts";
import { roomDigest } from "../../src/protocol/roomView.ts";
import { writeVerifyCode } from "../../src/protocol/verifyCode.ts";
import { resealFor, rotate, sealMeta, sealPairwise } from "../../src/protocol/sending.ts";
import { chainKeys, metaKey, step } from "../../src/protocol/senderKey.ts";
import { agreementPair, label, sha256 } from "../../src/protocol/primitives.ts";
import { venueMark, venueProof, writeVenueCode } from "../../src/protocol/venue.ts";
import { xWing } from "../../src/protocol/xWing.ts";
import type { GroupId, MemberId, Tag } from "../../src/types.ts";
import { deviceVectors } from "./deviceVectors.ts";
import { frameVectors } from "./frames.ts";
import { resolutionVectors } from "./resolution.ts";
import { structureVectors } from "./structures.ts";
import { NOW, type Person, room, seeded, viewOf } from "../protocol/room.ts";

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };
const key = ({ key: secret, tag }: { readonly key: Uint8Array; readonly tag: Tag }): Json => ({ key: hex(secret), tag });
const pairOfKeys = ({ secret, public: open }: { readonly secret: Uint8Array; readonly public: Uint8Array }): Json => ({
  secret: hex(secret),
  public: hex(open),
});

const codecVectors = (): Json => {
  const values = [0, 23, 24, 255, 65_536, 2 ** 32, 2 ** 48, "", "🕊️", [], [[1], true, null]];
  return values.map((value) => ({ value: JSON.stringify(value), cbor: hex(toCbor(value)) }));
};

const identityVectors = ([ana, bo]: readonly Person[]): Json => {
  const pair = pairOf(ana!.self.agreement, bo!.self.agreement.public)!;
  return {
    person: pairOfKeys({ public: ana!.self.person.public, secret: ana!.self.person.secret! }),
    device: pairOfKeys(ana!.self.device),
    agreement: pairOfKeys(ana!.self.agreement),
    devices: hex(ana!.self.devices),
    card: hex(ana!.card.bytes),
    guestCard: hex(makeCard({ ...ana!.self, guest: true }, { name: "Guest", flag: "FR", delegation: "" }, NOW).bytes),
    otherAgreement: pairOfKeys(bo!.self.agreement),
    pairPsk: hex(pair.psk),
    pairKey: hex(pair.key),
    group: ana!.state.group,
    member: ana!.member,
    attestation: hex(attest(pair, ana!.state.group, ana!.member, personOf(ana!.self))),
    pairFrames: [0, 1, 31].map((n) => key(pairFrameKey(pair, ana!.state.group, ana!.self.agreement.public, n))),
  };
};

const envelopeVectors = async (): Promise<Json> => {
  const random = seeded("vectors: envelope");
  const at = { key: random(32), tag: hex(random(16)) as Tag };
  const context = label("control");
  const plaintext = utf8("speak in support of X");
  const frame = sealEnvelope(at, plaintext, { slot: slotFor(NOW), random, context });
  const prekey = random(32);
  const hello = (await sealHello(agreementPair(prekey).public, plaintext, { slot: slotFor(NOW), random }))!;
  return {
    slots: [EPOCH, NOW, EPOCH + 65_500 * HOUR].map((time) => ({ time, slot: slotFor(time) })),
    sealed: { ...(key(at) as object), context: hex(context), plaintext: hex(plaintext), frame: hex(frame), id: envelopeId(frame) },
    hello: { prekey: hex(prekey), plaintext: hex(plaintext), frame: hex(hello) },
  };
};

const chainVectors = (): Json => {
  const random = seeded("vectors: chain");
  const secret = random(32);
  const distribution = random(32);
  const { chain, meta } = chainKeys(secret);
  const steps: Json[] = [];
  for (let i = 0, current = chain; i < 128; i++) {
    const { at, next } = step(current, distribution);
    if (i < 3 || i === 127) steps.push({ index: i, chain: hex(current), ...(key(at) as object) });
    current = next;
  }
  const frames = [0, 1, 1000].map((number) => ({ number, ...(key(metaKey(meta, distribution, number)) as object) }));
  return { secret: hex(secret), distribution: hex(distribution), chain: hex(chain), meta: hex(meta), steps, frames };
};

const groupVectors = async (people: readonly Person[]): Promise<Json> => {
  const [ana, bo, cy] = people as readonly [Person, Person, Person];
  const views: Json[] = [];
  const seats = people.map(({ card, state }) => ({
    name: card.name,
    member: state.seat.member,
    secret: hex(state.seat.secret),
    prekeys: state.seat.prekeys.map(({ number, secret }) => ({ number, secret: hex(secret) })),
  }));
  for (const i of ana.ops.keys()) {
    const view = viewOf(ana.ops.slice(0, i + 1));
    views.push({ view: view.view, members: [...view.members.keys()].sort() });
  }
  const distribution = await ana.rotate();
  const { head, body } = openWhole(distribution)!;
  const box = await resealFor(ana.state, ana.chain, bo.member, ana.context);
  const acks = { kind: "acks", acks: [{ chain: ana.chain, got: 2, read: 1 }], heads: ana.view.heads } as const;
  const message = ana.say(contents.encode({ kind: "text", text: "Speak in support of X." }));
  const meta = sealMeta(ana.state, acks, ana.context).frames[0]!;
  const pair = sealPairwise(ana.state, bo.self.agreement.public, acks, ana.context).frames[0]!;
  const cut = ana.remove(cy, [{ chain: ana.chain, count: 7 }]);
  return {
    group: ana.state.group,
    operations: ana.ops.map(({ id, bytes }) => ({ id, bytes: hex(bytes) })),
    views,
    seats,
    distribution: hex(distribution),
    distributionHash: hex(distributionHash(head)),
    chain: body.chain,
    commit: hex(body.commit),
    secret: hex(ana.state.sent.get(body.chain)!.secret),
    box: box?.kind === "box" ? hex(box.box) : "",
    message: { id: message.message, key: hex(message.key), frame: hex(message.frame) },
    acks: hex(controls.encode(acks)),
    metaFrame: hex(meta),
    pairFrame: hex(pair),
    removal: { id: cut.id, view: ana.view.view },
  };
};

/** One exchange, by X-Wing as it is, and a box that is sealed with its secret. */
const exchangeVectors = async (): Promise<Json> => {
  const random = seeded("vectors: exchange");
  const people = room(["Vector Di", "Vector Eva"]) as readonly [Person, Person];
  const [shower, answerer] = people.toSorted((a, b) =>
    hex(a.self.agreement.public) < hex(b.self.agreement.public) ? -1 : 1,
  ) as [Person, Person];
  const [from, to] = [answerer.self.agreement.public, shower.self.agreement.public];
  const pair = pairOf(shower.self.agreement, from)!;
  const [seed, coins] = [random(32), random(64)];
  const key = await xWing.publicKey(seed);
  const both = (await xWing.encapsulate(key, coins))!;
  const [cipher, shared] = [both.slice(0, KEM_CIPHER_BYTES), both.slice(KEM_CIPHER_BYTES)];
  const secret = hybridSecret(shared, { from, to, key: kemKeyId(key), cipher });
  const wanted = [wantedName(pair, to, key)];
  const ciphers = [{ name: cipherName(pair, from, kemKeyId(key), cipher), cipher }];
  const got = [gotName(secret, to)];
  const hybrids = { inUse: () => secret, known: () => [secret] };
  answerer.state = (await rotate(answerer.state, { ...answerer.context, hybrids })).state;
  return {
    shower: pairOfKeys(shower.self.agreement),
    answerer: pairOfKeys(answerer.self.agreement),
    seed: hex(seed),
    keyId: hex(kemKeyId(key)),
    coins: hex(coins),
    shared: hex(shared),
    secret: hex(secret.secret),
    id: hex(secret.id),
    shown: hex(controls.encode({ kind: "kem", key, wanted, ciphers: [], got: [] })),
    answered: hex(controls.encode({ kind: "kem", wanted: [wantedName(pair, from)], ciphers, got: [] })),
    gotten: hex(controls.encode({ kind: "kem", wanted: [], ciphers: [], got })),
    psk: hex(boxPsk(pair, secret).psk),
    pskId: hex(boxPsk(pair, secret).pskId),
    person: answerer.person,
    seat: { member: shower.member, prekey: hex(shower.state.seat.prekeys[0]!.secret) },
    distribution: hex(answerer.distribution),
    S: hex(answerer.state.sent.get(answerer.chain)!.secret),
  };
};

const fileVectors = (): Json => {
  const random = seeded("vectors: file");
  const key = random(32);
  const size = 2 * CHUNK + 5;
  const plain = (index: number): Uint8Array => new Uint8Array(plainLength(size, index)).fill(index + 1);
  const chunks = [0, 1, 2].map((index) => sealChunk({ key, size }, index, plain(index)));
  const list = concat(...chunks.map(chunkHash));
  const file = { key, size, root: rootOf(list) };
  const salt = random(16);
  const name = askName(askKeyOf(key), salt, "12D3KooWAsker");
  const words = { name: "draft.jpg", type: "image/jpeg", text: "page 3" };
  const picture = { width: 4, height: 3, thumbnail: utf8("thumbnail") };
  return {
    key: hex(key),
    size,
    plaintext: "chunk i holds bytes i + 1",
    last: hex(chunks[2]!.subarray(0, 48)),
    hashes: chunks.map((chunk) => hex(chunkHash(chunk))),
    root: hex(file.root),
    file: fileIdOf(file),
    salt: hex(salt),
    asker: "12D3KooWAsker",
    name: hex(name),
    list: hex(requests.encode({ kind: "list", salt, name })),
    chunks: hex(requests.encode({ kind: "chunks", salt, name, from: 2, count: 1 })),
    content: hex(contents.encode({ kind: "file", ...file, ...words, picture, once: false })),
    holds: hex(controls.encode({ kind: "holds", files: [fileIdOf(file)], addresses: ["/ip4/192.168.1.7/tcp/9000"] })),
    seek: hex(controls.encode({ kind: "seek", files: [fileIdOf(file)] })),
  };
};

const inviteVectors = (): Json => {
  const random = seeded("vectors: invite");
  const secret = random(16);
  const group = hex(random(32)) as GroupId;
  const member = hex(random(32)) as MemberId;
  const { pair, hail } = inviteKeys(secret);
  const code = { secret, group, expires: NOW + HOUR, venue: "couloir", buckets: 1, addresses: ["/ip4/192.168.1.7/tcp/9000"] };
  return {
    secret: hex(secret),
    group,
    member,
    code: writeCode(code),
    pair: pairOfKeys(pair),
    hail: hex(hail),
    hailKeys: hailKeys(hail).slice(0, 2).map(key),
    answerKey: key(answerKey(hail, member)),
    welcome: hex(
      welcomes.encode({ group, ops: [], from: member, attestation: random(16), invite: group as never, part: 0, parts: 1 }),
    ),
  };
};

const verificationVectors = ([ana, bo]: readonly Person[]): Json => {
  const random = seeded("vectors: verification");
  const [group, id] = [ana!.state.group, hex(random(16))];
  const [starter, other] = [ana!, bo!].map(({ person, self }) => ({ person, list: listHash(self.devices) }));
  const session = { group, session: id, starter: starter!, other: other! };
  const nonces = { starter: random(32), other: random(32) };
  const devices = [ana!, bo!].map(({ member, person, card }) => ({ key: member, person, device: card.device }));
  const digest = roomDigest(group, devices);
  const round = { group, round: id };
  const parts = [ana!, bo!].map(({ member }) => {
    const nonce = random(32);
    return { member, nonce, commit: roomCommit(round, member, { nonce, digest }) };
  });
  const say = { kind: "commit", commit: pairCommit(session, nonces.starter), list: ana!.self.devices, until: NOW } as const;
  const vouch = { person: bo!.person, devices: [bo!.card.device], at: NOW };
  return {
    code: writeVerifyCode(ana!.self.devices),
    person: ana!.person,
    lists: [hex(session.starter.list), hex(session.other.list)],
    group,
    session: id,
    persons: [ana!.person, bo!.person],
    nonces: [hex(nonces.starter), hex(nonces.other)],
    pairCommit: hex(say.commit),
    pairEmoji: pairEmoji(session, nonces),
    devices,
    digest: hex(digest),
    parts: parts.map(({ member, nonce, commit }) => ({ member, nonce: hex(nonce), commit: hex(commit) })),
    roomEmoji: roomEmoji(round, digest, parts),
    compare: hex(controls.encode({ kind: "compare", session: id, say })),
    room: hex(controls.encode({ kind: "room", round: id, say: { kind: "open", nonce: parts[0]!.nonce, digest } })),
    vouch: hex(controls.encode({ kind: "vouch", vouches: [vouch] })),
  };
};

const venueVectors = (): Promise<readonly Json[]> =>
  Promise.all(["couloir", "Palais, salle XX"].map(async (name) => {
    const venue = makeVenue(name, 8);
    const random = seeded(`vectors: venue ${name}`);
    const told = { name, buckets: 8, key: random(16), hubs: ["/ip4/192.168.1.7/tcp/8020/ws"] };
    const parts = { prover: "12D3KooWAna", verifier: "12D3KooWBen", proverNonce: random(32), verifierNonce: random(32) };
    const at = { key: random(32), tag: hex(random(16)) as Tag };
    const frame = sealEnvelope(at, utf8("by stick"), { slot: slotFor(NOW), random, context: label("control") });
    const mail = await Array.fromAsync(writeMailFile([{ topic: venue.buckets[0]!, frame }]));
    const ids = [0, 1, 2].map((n) => sha256(utf8(`${name} ${n}`)));
    return {
      name,
      presence: venue.presence,
      buckets: venue.buckets,
      lobby: venue.lobby,
      cover: { device: "02".repeat(32), topics: coverOf(new Uint8Array(32).fill(2), venue) },
      presenceKey: key(venue.presenceKey),
      bucketOf: { secret: "07".repeat(16), topic: venue.bucketOf(new Uint8Array(16).fill(7)) },
      fingerprint: { ids: ids.map(hex), value: hex(fingerprint(ids)) },
      presenceMark: { salt: "01".repeat(16), mark: hex(presenceMark(new Uint8Array(16).fill(1), ids[0]!)) },
      mark: hex(venueMark(name)),
      key: hex(told.key),
      code: writeVenueCode(told),
      proof: {
        prover: parts.prover,
        verifier: parts.verifier,
        proverNonce: hex(parts.proverNonce),
        verifierNonce: hex(parts.verifierNonce),
        proof: hex(venueProof(told, parts)),
      },
      mailFile: { topic: venue.buckets[0]!, frame: hex(frame), file: hex(concat(...mail)) },
    };
  }));

/** The vectors by file name. */
export const vectors = async (): Promise<ReadonlyMap<string, string>> => {
  const people = room(["Vector Ana", "Vector Bo", "Vector Cy"]);
  const all: readonly (readonly [string, Json])[] = [
    ["codec", codecVectors()],
    ["identity", identityVectors(people)],
    ["envelope", await envelopeVectors()],
    ["chain", chainVectors()],
    ["group", await groupVectors(people)],
    ["exchange", await exchangeVectors()],
    ["file", fileVectors()],
    ["invite", inviteVectors()],
    ["venue", await venueVectors()],
    ["verification", verificationVectors(people)],
    ["device", deviceVectors()],
    ["structures", await structureVectors()],
    ["resolution", resolutionVectors()],
    ["frames", await frameVectors()],
  ];
  return new Map(all.map(([name, value]) => [`${name}.json`, `${JSON.stringify(value, null, 1)}\n`]));
};

if (process.argv[1] === import.meta.filename)
  for (const [name, text] of await vectors()) writeFileSync(join(import.meta.dirname, name), text);
