/** What is in message envelopes and control frames, SPEC.md §9, and content, §10. */
import { refuse } from "./cbor.ts";
import { H, label } from "./crypto.ts";
import { prekey } from "./identity.ts";
import { OPERATION } from "./operations.ts";
import {
  bool,
  bstr,
  bytes,
  hex,
  id,
  lasts,
  list,
  optional,
  struct,
  text,
  uint,
  union,
  unhex,
  word,
  type Of,
  type Shape,
} from "./shapes.ts";
import { signed } from "./signed.ts";

const time = uint(2 ** 48);
const chain = id(16);
const head = bstr(2128);
const ids = list(id(32), 32);
export const ops = list(bstr(OPERATION), 512);
const devices = bstr(2200);
const place = struct({ time, id: id(16) });
const ack = struct({ chain, got: uint(128), read: uint(128) });

/** What a chain's signing key has signed. */
export const signedBody = struct({ body: bstr(65_473), signature: bytes(64) });

export const message = struct({
  index: uint(127),
  nonce: bytes(16),
  time,
  parents: list(struct({ message: id(16), time }), 4),
  acks: list(ack, 64),
  content: bstr(60_000),
  lasts: optional(lasts),
});
export type Message = Of<typeof message>;

export const messageId = (author: string, { nonce, content: said }: Pick<Message, "nonce" | "content">): string =>
  hex(H(label("message id"), unhex(author), nonce, said).slice(0, 16));

const key = struct({
  index: uint(127),
  tag: bytes(16),
  key: bytes(32),
  signed: optional(struct({ slot: uint(65_535), body: bstr(65_473) })),
});

const compare = union({
  commit: { commit: bytes(32), list: devices, until: time },
  nonce: { nonce: bytes(32), list: devices },
  reveal: { nonce: bytes(32) },
  stop: {},
});

const room = union({
  commit: { startedBy: id(32), commit: bytes(32), until: time },
  close: { members: list(id(32), 512) },
  open: { nonce: bytes(32), digest: bytes(32) },
  stop: {},
});

export const control = union({
  distribution: { distribution: bstr(65_473), ops },
  ops: { ops },
  pointer: { tag: bytes(16), key: bytes(32) },
  acks: { acks: list(ack, 64), heads: ids },
  want: { heads: ids, chains: list(chain, 32) },
  box: { head, box: bstr(128) },
  keys: {
    chains: list(struct({ head, keys: list(key, 128) }), 128),
    grant: optional(struct({ after: optional(place), to: optional(place), more: bool })),
  },
  prekey: { prekey },
  holds: { files: list(id(16), 64), addresses: list(text(256), 4) },
  seek: { files: list(id(16), 64) },
  proof: { proof: bstr(8500) },
  given: { member: id(32), chains: list(chain, 32) },
  recall: { after: optional(place) },
  kem: {
    key: optional(bytes(1216)),
    wanted: list(bytes(16), 64),
    ciphers: list(struct({ name: bytes(16), cipher: bytes(1120) }), 7),
    got: list(bytes(16), 64),
  },
  compare: { session: bytes(16), say: compare },
  room: { round: bytes(16), say: room },
  vouch: { vouches: list(struct({ person: id(32), devices: list(id(32), 16), at: time }), 32) },
  own: { body: bstr(64_000) },
  declined: { invite: bytes(32), member: bytes(32) },
  successor: { distribution: bstr(65_473), nonce: bytes(24), ops: bstr(65_473) },
});
export type Control = Of<typeof control>;

const stamped = struct({ name: text(136), time, device: id(32), value: optional(text(24_576)) });

/** Of one's own devices among themselves. */
export const own = union({
  values: { entries: list(stamped, 256) },
  have: { stamps: list(struct({ name: bytes(8), time, device: bytes(8) }), 1024) },
  places: { places: list(struct({ group: id(32), member: id(32) }), 512) },
  ask: { group: id(32), author: id(32), member: id(32), prekey, proof: bytes(64) },
  seated: { group: id(32), ops, part: uint(63), parts: uint(64) },
  lines: { to: id(32), group: id(32), lines: list(bstr(65_473), 512) },
});

const picture = struct({ width: uint(65_535), height: uint(65_535), thumbnail: bstr(12_288) });
const said = text(16_384);
const reply = optional(id(16));
const mentions = list(struct({ person: id(32), as: text(160) }), 32);

const seconds: Shape<number> = {
  read: (value) => {
    const number = uint(120).read(value);
    return number >= 60 ? number : refuse("a call of under a minute");
  },
  write: (number) => number,
};
const terms = struct({ needs: uint(999), delegations: list(text(64), 256), closed: bool });
const plan = struct({ place: text(120), starts: time, minutes: uint(480), off: bool });

export const content = union({
  text: { text: said, reply },
  reaction: { emoji: text(64), to: id(16) },
  file: {
    name: text(255),
    type: text(127),
    size: uint(200_000_000),
    key: bytes(32),
    root: bytes(32),
    picture: optional(picture),
    text: optional(said),
    reply,
    together: optional(id(8)),
    voice: optional(struct({ length: uint(300_000), bars: bytes(64) })),
    once: bool,
  },
  pin: { to: id(16), on: bool },
  record: { record: bstr(16_720) },
  call: { act: word("interrupt", "floor", "support", "outside"), text: text(280), seconds },
  answer: { to: id(16), answer: word("has", "cannot", "over", "coming", "late", "absent", "read") },
  board: { text: text(2000), terms },
  terms: { to: id(16), terms },
  stand: {
    to: id(16),
    delegation: text(64),
    stand: word("sponsor", "support", "leaning", "awaiting", "silent", "against", "none"),
    told: optional(struct({ by: text(64), to: optional(id(32)) })),
    due: optional(time),
  },
  asking: { to: id(16), delegation: text(64), on: bool },
  huddle: { text: text(280), plan },
  plan: { to: id(16), plan },
  rollCall: { text: text(4000), again: optional(id(16)) },
  naming: { text: said, reply, mentions },
  revise: { to: id(16), text: said, mentions },
  withdraw: { to: id(16) },
});
export type Content = Of<typeof content>;

/** What a device compared, for its siblings (§16). */
export const checked = signed(
  "checked",
  struct({
    device: id(32),
    person: id(32),
    at: uint(2 ** 48),
    by: word("code", "emoji"),
    name: text(128),
    list: bstr(2200),
  }),
  2456,
);

/** Words that a person signs. */
export const record = signed(
  "record",
  struct({ person: id(32), group: id(32), nonce: bytes(16), at: time, text: said, reply }),
  16_640,
);

const chainPlace = { chain, index: uint(), heads: ids };
const persons = list(id(32), 4096);

/** What was said, as one's own devices hand it over. */
export const line = struct({
  message: id(16),
  time: uint(),
  author: id(32),
  person: id(32),
  ...chainPlace,
  again: list(struct(chainPlace), 8),
  content: bstr(60_000),
  parents: list(struct({ message: id(16), time }), 16),
  audience: persons,
  reached: persons,
  read: persons,
  key: bytes(32),
  original: optional(bstr(0)),
  granted: optional(bool),
  changed: optional(bool),
  gone: optional(struct({ how: word("withdrawn", "forgotten"), at: time })),
  lasts: optional(lasts),
  goes: optional(uint()),
});
