/** Codes to come in, to compare and to link by, with what follows from their secrets, SPEC.md §11 and §16. */
import { refuse } from "./cbor.ts";
import { concat, empty, H, KDF, keyAndTag, label, MAC, same, signingKey, u32, u8, type KeyAndTag } from "./crypto.ts";
import { CARD } from "./identity.ts";
import { ops } from "./frames.ts";
import {
  bool,
  bstr,
  bytes,
  format,
  id,
  list,
  optional,
  parse,
  struct,
  text,
  uint,
  union,
  word,
  unhex,
} from "./shapes.ts";

type Bytes = Uint8Array;

const where = { venue: text(64), buckets: uint(64), addresses: list(text(256), 4) };
const invite = struct({
  secret: bytes(16),
  group: id(32),
  expires: uint(2 ** 48),
  ...where,
  venueKey: optional(bytes(16)),
});
export const link = struct({
  secret: bytes(16),
  device: id(32),
  agreement: bytes(32),
  expires: uint(2 ** 48),
  ...where,
});

export const venue = struct({
  name: text(64),
  buckets: uint(64),
  key: optional(bytes(16)),
  hubs: list(text(256), 4),
});

/** Codes of one kind: how they begin, and the label of their sum. */
const codes = (scheme: string, purpose: string) => ({
  write: (body: Bytes): string =>
    `${scheme}:${Buffer.from(concat(body, H(label(purpose), body).slice(0, 4))).toString("base64url")}`,
  /** @throws Refused unless the code is whole. */
  read: (code: string): Bytes => {
    const said = code.slice(code.indexOf("#") + 1).trim();
    if (!said.startsWith(`${scheme}:`)) refuse("another kind of code");
    const coded = said.slice(scheme.length + 1);
    const whole = Uint8Array.from(Buffer.from(coded, "base64url"));
    if (Buffer.from(whole).toString("base64url") !== coded) refuse("no code");
    const body = whole.slice(0, -4);
    return same(whole.slice(-4), H(label(purpose), body).slice(0, 4)) ? body : refuse("a code that was mistyped");
  },
});

const inviteCode = codes("couloir", "invite code");
export const linkCode = codes("couloir-link", "link code");
export const verifyCode = codes("couloir-verify", "verify code");
export const venueCode = codes("couloir-venue", "venue code");

/** The device list that a code to compare by shows. @throws Refused unless it is one. */
export const readVerify = (code: string): Bytes => {
  const body = verifyCode.read(code);
  return body[0] === 1 ? body.slice(1) : refuse("another version");
};

/** What an invite's secret gives. */
export const inviteKeys = (secret: Bytes): { readonly seed: Bytes; readonly key: Bytes; readonly hail: Bytes } => {
  const seed = KDF(secret, empty, "invite key");
  return { seed, key: signingKey(seed), hail: KDF(secret, empty, "invite hail") };
};

export const hailContext = label("hail");
export const hailKey = (hail: Bytes, i: number): KeyAndTag =>
  keyAndTag(KDF(MAC(hail, u32(i)), empty, ["hail frame", 48]));
export const answerKey = (hail: Bytes, member: string): KeyAndTag =>
  keyAndTag(KDF(hail, unhex(member), ["answer frame", 48]));

export const welcome = struct({
  group: id(32),
  ops,
  from: id(32),
  attestation: bytes(16),
  invite: id(32),
  part: uint(63),
  parts: uint(64),
  secret: optional(bytes(32)),
});

/** Under a hail tag. */
export const hailed = union({
  ask: { card: bstr(CARD), member: id(32), proof: bytes(64) },
  joined: { ops },
});

/** Under an answer tag. */
export const answered = union({
  welcome: { prekey: uint(2 ** 32 - 1), box: bstr(65_473) },
  refused: { reason: word("expired", "used", "revoked", "guest") },
  wait: {},
});

export const linkContext = label("link");
/** Of a link: what its secret gives, SPEC.md §11. */
export const linkKeys = (secret: Bytes) => ({
  name: KDF(secret, empty, ["link id", 16]),
  hello: keyAndTag(KDF(secret, empty, ["link hello", 48])),
  answer: keyAndTag(KDF(secret, empty, ["link answer", 48])),
});

export const linkHello = struct({ key: bytes(32) });
export const linkAnswer = struct({
  key: bytes(32),
  nonce: bytes(16),
  name: text(128),
  guest: bool,
  signature: bytes(64),
});

export const linkFrame = union({
  about: { person: id(32), name: text(128), flag: text(2), delegation: text(128) },
  list: { devices: bstr(2200), group: id(32), author: id(32), guest: bool },
  agreed: {},
  refused: {},
  seat: {
    card: bstr(CARD),
    member: id(32),
    prekey: struct({ number: uint(2 ** 32 - 1), key: bytes(32) }),
    proof: bytes(64),
  },
  grant: { part: uint(7), parts: uint(8), bytes: bstr(60_000) },
  done: {},
});

const place = struct({ group: id(32), member: id(32) });
/** What the parts of a grant are together. */
export const linkGrant = struct({
  root: optional(bytes(32)),
  name: text(128),
  flag: text(2),
  delegation: text(128),
  ops,
  places: list(place, 512),
  contacts: list(struct({ card: bstr(CARD), blocked: bool }), 1000),
  venueKey: optional(bytes(16)),
});

/** Key and tag of frame n of a link's session. */
export const linkFrameKey = (session: Bytes, from: "new" | "old", n: number): KeyAndTag =>
  keyAndTag(KDF(MAC(session, u8(from === "old" ? 1 : 0), u32(n)), empty, ["link frame", 48]));

/** Session key of a link. `shared` is DH of hello's key and the new device's agreement key. */
export const linkSession = (shared: Bytes, parts: readonly Bytes[]): Bytes =>
  KDF(shared, H(label("link transcript"), concat(...parts)), "link session");

/** So many numbers of six bits, from the first bit on. */
export const sixes = (bytes: Bytes, count: number): readonly number[] => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: count }, (_, i) => parseInt(bits.slice(6 * i, 6 * i + 6), 2));
};

export const readInvite = (code: string) => parse(invite, inviteCode.read(code), 2048);
export const writeInvite = (code: Parameters<typeof invite.write>[0]): string => inviteCode.write(format(invite, code));
