/** Decoders of what people are, show and take along; for the table in `everyDecoder.ts`. */
import { base64urlnopad } from "@scure/base";
import { makeRecord, readRecord } from "../../src/content/record.ts";
import { openIdentity } from "../../src/messenger/identityFile.ts";
import { People } from "../../src/messenger/people.ts";
import { showPresence } from "../../src/messenger/presenceFrame.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import { concat, hex, toCbor, utf8 } from "../../src/protocol/codec.ts";
import { openEnvelope, sealEnvelope, slotFor } from "../../src/protocol/envelope.ts";
import { KEM_CIPHER_BYTES } from "../../src/protocol/hybrid.ts";
import { personOf } from "../../src/protocol/identity.ts";
import { label, seal, u16 } from "../../src/protocol/primitives.ts";
import { proofs, readProof } from "../../src/protocol/proof.ts";
import { readVerifyCode, writeVerifyCode } from "../../src/protocol/verifyCode.ts";
import { xWing } from "../../src/protocol/xWing.ts";
import { unwrapKey, wrapKey } from "../../src/store/keyBox.ts";
import type { GroupId } from "../../src/types.ts";
import { openMoved } from "../../web/peer/moving.ts";
import { NOW, Person, room, seeded } from "../protocol/room.ts";
import type { Decoder } from "./everyDecoder.ts";

const random = seeded("decoders of people");
const key = random(32);
const slot = slotFor(NOW);
const venue = makeVenue("couloir");

const presence = (): readonly Decoder[] => {
  const ana = new Person("Ana");
  const listings = [{ caucus: "ab".repeat(32) as GroupId, name: "Open", code: "couloir:x" }];
  const frame = showPresence(ana.self, ana.card, { listings, next: 60_000, venue, now: NOW, random });
  const context = label("presence frame");
  const plain = openEnvelope(venue.presenceKey.key, frame, context) as Uint8Array;
  const hear = (given: Uint8Array): unknown => new People(() => NOW).hear(given, venue);
  return [
    { name: "presence", seeds: [frame], decode: hear },
    {
      name: "presence, inside",
      seeds: [plain],
      decode: (given) =>
        given.length < 60_000 ? hear(sealEnvelope(venue.presenceKey, given, { slot, random, context })) : undefined,
    },
  ];
};

const moving = async (): Promise<readonly Decoder[]> => {
  const { self, card, ops, group } = personWithGroup();
  const body = toCbor([
    self.person.secret,
    self.devices,
    "Ana",
    "FR",
    "Mission",
    false,
    [[card, false]],
    [[group, ops, []]],
  ]);
  const head = concat(utf8("couloir identity 2\n"), u16(3), utf8("box"));
  const nonce = random(24);
  const whole = (plain: Uint8Array): Uint8Array => concat(head, nonce, seal(key, nonce, plain, head));
  const lock = { wrap: async () => new Uint8Array(0), unwrap: async () => key.slice() };
  const open = (file: Uint8Array): unknown => openIdentity(file, "secret", { random, lock });
  const box = await wrapKey(random(32), "secret", { cost: { memoryKiB: 8, passes: 1, lanes: 1 }, random });
  return [
    { name: "identity file", seeds: [whole(body)], decode: open, speaks: true },
    { name: "identity file, inside", seeds: [body], decode: (given) => open(whole(given)), speaks: true },
    { name: "key box", seeds: [box], decode: (given) => unwrapKey(given, "secret"), speaks: true },
  ];
};
const personWithGroup = () => {
  const [ana] = room(["Ana", "Bo"]) as readonly [Person, Person];
  return {
    self: ana.self,
    card: ana.card.bytes,
    ops: ana.ops.map(({ bytes }) => bytes),
    group: Buffer.from(ana.state.group, "hex"),
  };
};

/** What people show each other, say on record, prove and exchange. */
const shown = async (): Promise<readonly Decoder[]> => {
  const { self, ops, group } = personWithGroup();
  const record = makeRecord(
    {
      person: personOf(self),
      group: hex(group) as GroupId,
      nonce: random(16),
      at: NOW,
      text: "We withdraw our reservation",
    },
    self.person.secret as Uint8Array,
  );
  const link = { stretch: async () => key.slice() } as unknown as Parameters<typeof openMoved>[2];
  const plain = toCbor([self.person.secret, self.devices, "Ana", "FR", "Mission", false]);
  const move = (inside: Uint8Array): string => {
    const nonce = random(24);
    const box = seal(key, nonce, inside, utf8("couloir/move/1"));
    return base64urlnopad.encode(concat(Uint8Array.of(1), random(16), nonce, box));
  };
  const seed = random(32);
  const kemKey = await xWing.publicKey(seed);
  const randomness = random(64);
  const sealed = (await xWing.encapsulate(kemKey, randomness)) as Uint8Array;
  const text = (given: Uint8Array): string => new TextDecoder().decode(given);
  const [first = new Uint8Array(0), second = first] = ops;
  return [
    { name: "record", seeds: [record], decode: readRecord },
    {
      name: "verify code",
      seeds: [utf8(writeVerifyCode(self.devices))],
      decode: (given) => readVerifyCode(text(given)),
    },
    {
      name: "moving link",
      seeds: [utf8(`http://10.0.0.1/#move=${move(plain)}`)],
      decode: (given) => openMoved(text(given), "secret", link),
      speaks: true,
    },
    {
      name: "moving link, inside",
      seeds: [plain],
      decode: (given) => (given.length < 5000 ? openMoved(move(given), "secret", link) : undefined),
      speaks: true,
    },
    {
      name: "proof",
      seeds: [proofs.encode({ kind: "operations", first, second })],
      decode: (given) => [readProof(given)],
    },
    { name: "X-Wing key", seeds: [kemKey], decode: (given) => xWing.encapsulate(given, randomness) },
    {
      name: "X-Wing box",
      seeds: [sealed.subarray(0, KEM_CIPHER_BYTES)],
      decode: (given) => xWing.decapsulate(seed, given),
    },
  ];
};

/** Presence, identities on their way, and what is shown, said on record, proved and exchanged. */
export const decodersOfPeople = async (): Promise<readonly Decoder[]> => [
  ...presence(),
  ...(await moving()),
  ...(await shown()),
];
