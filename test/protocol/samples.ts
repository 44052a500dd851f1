/** One good specimen of every structure that others may send, with its decoder. */
import { contents } from "../../src/content/message.ts";
import { readCode, writeCode } from "../../src/messenger/inviteCode.ts";
import { makeChecked, readChecked } from "../../src/protocol/checked.ts";
import { concat, hex, utf8 } from "../../src/protocol/codec.ts";
import {
  answers,
  controls,
  hails,
  opLists,
  placedMessages,
  signedBodies,
  welcomes,
} from "../../src/protocol/control.ts";
import { openWhole } from "../../src/protocol/distribution.ts";
import { requests } from "../../src/protocol/request.ts";
import { deviceLists } from "../../src/protocol/devices.ts";
import { makeCard, readCard } from "../../src/protocol/identity.ts";
import { readOp } from "../../src/protocol/membership.ts";
import { proofs } from "../../src/protocol/proof.ts";
import { readVerifyCode, writeVerifyCode } from "../../src/protocol/verifyCode.ts";
import type { ChainId, DeviceId, FileId, GroupId, MemberId, MessageId, OpId, Tag } from "../../src/types.ts";
import { deviceSamples } from "./deviceSamples.ts";
import { of, type Sample } from "./sample.ts";
import { type Person, room, seeded } from "./room.ts";

const random = seeded("samples");
const id = <T extends string>(length: number): T => hex(random(length)) as T;
const readText = (bytes: Uint8Array): unknown => {
  try {
    return readCode(new TextDecoder().decode(bytes));
  } catch (error) {
    // Refused in words: the one decoder that speaks to a person.
    if (error instanceof Error && error.name === "CouloirError") return undefined;
    throw error;
  }
};

const signedSamples = async (ana: Person): Promise<readonly Sample[]> => [
  { name: "device list", bytes: ana.self.devices, read: (bytes) => deviceLists.open(bytes) },
  { name: "card", bytes: ana.card.bytes, read: readCard },
  {
    name: "card of a guest",
    bytes: makeCard({ ...ana.self, guest: true }, { name: "Guest", flag: "", delegation: "" }, 1).bytes,
    read: readCard,
  },
  {
    name: "checked",
    bytes: makeChecked(
      {
        device: ana.card.device,
        person: ana.person,
        at: 1_770_000_000_000,
        by: "emoji",
        name: "Bo",
        list: ana.self.devices,
      },
      ana.self.device.secret,
    ),
    read: readChecked,
  },
  { name: "distribution", bytes: await ana.rotate(), read: (bytes) => openWhole(bytes) },
  ...ana.ops.map((op) => ({ name: `operation ${op.op.body.kind}`, bytes: op.bytes, read: readOp })),
];

/** A specimen of every kind. */
export const samples = async (): Promise<readonly Sample[]> => {
  const [ana, bo] = room(["Ana", "Bo"]) as readonly [Person, Person];
  const chain = id<ChainId>(16);
  ana.act({ kind: "role", member: bo.member, role: "admin" });
  ana.act({ kind: "policy", policy: { open: true, direct: false, invite: "admins", guests: "ask" } });
  const second = ana.invite({ approval: true });
  ana.act({ kind: "admit", invite: second.id, member: id<MemberId>(32), person: bo.person });
  ana.act({ kind: "revoke", invite: second.id });
  ana.act({ kind: "rekey" });
  ana.act({ kind: "motion", line: bo.line, to: "out" });
  ana.remove(bo, [{ chain, count: 7 }]);
  ana.act({ kind: "leave", cut: [{ chain, count: 0 }] });
  const [cy] = room(["Cy", "Di"]) as readonly [Person, Person];
  const ops = [cy.ops[0]!.bytes];
  const group = id<GroupId>(32);
  const heads = [id<OpId>(32)];
  const distribution = utf8("a distribution");
  const acks = [{ chain, got: 3, read: 1 }];
  const control = (kind: string, rest: object): Sample =>
    of(`control ${kind}`, controls, { kind, ...rest } as Parameters<typeof controls.encode>[0]);
  return [
    ...(await signedSamples(cy)),
    ...ana.ops.map((op) => ({ name: `operation ${op.op.body.kind}`, bytes: op.bytes, read: readOp })),
    of("message", placedMessages, {
      index: 5,
      nonce: random(16),
      time: 1_770_000_000_000,
      parents: [{ message: id<MessageId>(16), time: 1_769_999_999_999 }],
      acks,
      content: utf8("content"),
    }),
    of("signed body", signedBodies, { body: utf8("body"), signature: random(64) }),
    control("distribution", { distribution, ops }),
    control("ops", { ops }),
    control("successor", { distribution, nonce: random(24), ops: utf8("sealed") }),
    of("sealed operations", opLists, ops),
    control("pointer", { tag: id<Tag>(16), key: random(32) }),
    control("acks", { acks, heads }),
    control("want", { heads, chains: [chain] }),
    control("box", { distribution, box: random(105) }),
    control("keys", {
      chains: [
        {
          head: distribution,
          keys: [
            { index: 3, tag: id<Tag>(16), key: random(32), signed: { slot: 9, body: utf8("signed body") } },
            { index: 4, tag: id<Tag>(16), key: random(32) },
          ],
        },
      ],
      grant: { to: { time: 1_770_000_000_000, message: id<MessageId>(16) }, more: true },
    }),
    control("prekey", { prekey: { number: 9, key: random(32) } }),
    control("holds", { files: [id<FileId>(16)], addresses: ["/ip4/192.168.1.7/tcp/9000/p2p/12D3KooW"] }),
    control("seek", { files: [id<FileId>(16), id<FileId>(16)] }),
    control("proof", { proof: random(200) }),
    control("given", { member: id<MemberId>(32), chains: [chain] }),
    control("declined", { invite: id<OpId>(32), member: id<MemberId>(32) }),
    control("recall", { after: { time: 1_770_000_000_000, message: id<MessageId>(16) } }),
    of("proof of messages", proofs, {
      kind: "messages",
      head: distribution,
      tag: id<Tag>(16),
      first: { slot: 1, body: random(32), signature: random(64) },
      second: { slot: 1, body: random(32), signature: random(64) },
    }),
    of("proof of chains", proofs, { kind: "chains", first: distribution, second: utf8("another") }),
    of("proof of operations", proofs, { kind: "operations", first: ops[0] as Uint8Array, second: utf8("another") }),
    ...[
      { kind: "commit", commit: random(32), list: cy.self.devices, until: 1_770_000_000_000 },
      { kind: "nonce", nonce: random(32), list: cy.self.devices },
      { kind: "reveal", nonce: random(32) },
      { kind: "stop" },
    ].map((say) => control("compare", { session: id<string>(16), say })),
    ...[
      { kind: "commit", startedBy: id<MemberId>(32), commit: random(32), until: 1_770_000_000_000 },
      { kind: "close", members: [id<MemberId>(32), id<MemberId>(32)] },
      { kind: "open", nonce: random(32), digest: random(32) },
      { kind: "stop" },
    ].map((say) => control("room", { round: id<string>(16), say })),
    control("vouch", { vouches: [{ person: cy.person, devices: [id<DeviceId>(32)], at: 1_770_000_000_000 }] }),
    control("kem", {
      key: random(1216),
      wanted: [random(16)],
      ciphers: [{ name: random(16), cipher: random(1120) }],
      got: [random(16), random(16)],
    }),
    of("request list", requests, { kind: "list", salt: random(16), name: random(16) }),
    of("request chunks", requests, { kind: "chunks", salt: random(16), name: random(16), from: 3124, count: 3125 }),
    of("request here", requests, { kind: "here", salt: random(16), known: random(6) }),
    of("welcome", welcomes, {
      group,
      ops,
      from: id<MemberId>(32),
      attestation: random(16),
      invite: id<OpId>(32),
      part: 0,
      parts: 1,
      secret: random(32),
    }),
    of("hail ask", hails, { kind: "ask", card: cy.card.bytes, member: cy.member, proof: random(64) }),
    of("hail joined", hails, { kind: "joined", ops }),
    of("answer welcome", answers, { kind: "welcome", prekey: 1, box: random(80) }),
    of("answer refused", answers, { kind: "refused", reason: 2 }),
    of("answer wait", answers, { kind: "wait" }),
    of("content text", contents, { kind: "text", text: "Speak in support of X, please: 🕊️", reply: id<MessageId>(16) }),
    of("content file", contents, {
      kind: "file",
      name: "draft.jpg",
      type: "image/jpeg",
      size: 200_000_000,
      key: random(32),
      root: random(32),
      picture: { width: 1600, height: 1200, thumbnail: random(300) },
      text: "page 3",
      reply: id<MessageId>(16),
      together: "0123456789abcdef",
      voice: { length: 300_000, bars: random(64) },
      once: true,
    }),
    of("content pin", contents, { kind: "pin", to: id<MessageId>(16), on: true }),
    of("content reaction", contents, { kind: "reaction", emoji: "🤝", to: id<MessageId>(16) }),
    {
      name: "verify code",
      bytes: utf8(writeVerifyCode(cy.self.devices)),
      read: (bytes) => readVerifyCode(new TextDecoder().decode(bytes)),
    },
    {
      name: "invite code",
      bytes: utf8(
        writeCode({
          secret: random(16),
          group,
          expires: 1_770_000_000_000,
          venue: "couloir",
          buckets: 1,
          addresses: ["/ip4/192.168.1.7/tcp/9000"],
        }),
      ),
      read: readText,
    },
    control("own", { body: utf8("a frame among devices") }),
    ...deviceSamples(cy),
  ];
};

/** CBOR that is well-formed, or nearly, and means harm. */
export const hostileCbor = (): readonly Uint8Array[] => {
  const bytes = (...parts: number[]): Uint8Array => Uint8Array.from(parts);
  return [
    bytes(),
    new Uint8Array(60_000).fill(0x81),
    new Uint8Array(60_000).fill(0x9f),
    new Uint8Array(60_000).fill(0xa1),
    new Uint8Array(60_000).fill(0xc1),
    new Uint8Array(60_000).fill(0xff),
    // Huge counts with nothing behind them: arrays, bytes, text, maps.
    bytes(0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
    bytes(0x9a, 0xff, 0xff, 0xff, 0xff),
    bytes(0x82, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
    bytes(0x7b, 0x00, 0x20, 0, 0, 0, 0, 0, 0),
    bytes(0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
    // Negative, huge, float, NaN, undefined, tagged big number, __proto__.
    bytes(0x81, 0x20),
    bytes(0x81, 0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
    bytes(0x81, 0xfb, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0),
    bytes(0x81, 0xf9, 0x7e, 0x00),
    bytes(0x81, 0xf7),
    bytes(0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    concat(bytes(0xa1, 0x69), utf8("__proto__"), bytes(0x80)),
    // A variant that does not exist, and one that is no whole number.
    bytes(0x81, 0x18, 0x7f),
    bytes(0x81, 0xf9, 0x38, 0x00),
    // Text that is no UTF-8.
    bytes(0x82, 0x00, 0x62, 0xc3, 0x28),
  ];
};
