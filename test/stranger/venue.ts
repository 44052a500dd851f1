/** Topics, presence and catch-up of a venue, SPEC.md §12. */
import { concat, empty, H, KDF, keyAndTag, label, MAC, u16, u32, u64, u8, utf8 } from "./crypto.ts";
import { SIZES } from "./envelope.ts";
import { CARD } from "./identity.ts";
import { bstr, hex, id, list, struct, text, uint, unhex } from "./shapes.ts";
import { signed } from "./signed.ts";

type Bytes = Uint8Array;

export const venueKey = (name: string): Bytes => KDF(utf8(name), empty, "venue");

export const topic = (venue: Bytes, purpose: "bucket topic" | "presence topic", n: number): string =>
  `couloir/1/${hex(MAC(venue, label(purpose), u16(n)).slice(0, 8))}`;

/** The number of a group's bucket; `secret` is CREATE's. */
export const bucketOf = (venue: Bytes, secret: Bytes, buckets: number): number =>
  Buffer.from(MAC(venue, label("choose bucket"), secret)).readUInt32BE() % buckets;

/** The numbers of the buckets that a page hears whatever groups it is in; `device` is the seed of its key. */
export const coverOf = (device: Bytes, buckets: number): readonly number[] => {
  const lots = KDF(device, empty, ["cover buckets", 2 * buckets]);
  const lot = (n: number): number => lots[2 * n]! * 256 + lots[2 * n + 1]!;
  return Array.from({ length: buckets }, (_, n) => n)
    .sort((a, b) => lot(a) - lot(b))
    .slice(0, 3);
};

export const presenceKey = (venue: Bytes) => keyAndTag(KDF(venue, empty, ["presence key", 48]));
export const presenceContext = label("presence frame");
export const presence = signed(
  "presence",
  struct({
    card: bstr(CARD),
    device: id(32),
    at: uint(2 ** 48),
    listings: list(struct({ caucus: id(32), name: text(256), code: text(1024) }), 8),
    next: uint(3_600_000),
  }),
  16_384,
);

/** What somebody says of who is here whom they heard. */
export const presenceAnswer = struct({ frames: list(struct({ age: uint(86_400_000), frame: bstr(20_480) }), 64) });

/** Two bytes for a frame that the asker knows, by its hash. */
export const presenceMark = (salt: Bytes, id: Bytes): Bytes => H(label("presence mark"), salt, id).slice(0, 2);

/** By what those who know a venue's name recognise it. */
export const mark = (venue: Bytes): Bytes => MAC(venue, label("venue mark")).slice(0, 8);

/** Two who prove a venue's key to each other: by their peer ids, and what each drew. */
export interface Meeting {
  readonly prover: string;
  readonly verifier: string;
  readonly nonces: readonly [prover: Bytes, verifier: Bytes];
}

export const proof = (name: string, key: Bytes, { prover, verifier, nonces }: Meeting): Bytes => {
  const named = [prover, verifier].flatMap((peer) => [u16(utf8(peer).length), utf8(peer)]);
  return MAC(KDF(key, utf8(name), "venue proof key"), label("venue proof"), ...named, ...nonces);
};

/** Mail in a file: topics by the bytes that are hex in their names. */
export const mailFile = (mail: readonly { readonly topic: string; readonly frame: Bytes }[]): Bytes => {
  const each = mail.map(({ topic: name, frame }) =>
    concat(u8(SIZES.indexOf(frame.length)), unhex(name.slice("couloir/1/".length)), frame),
  );
  return concat(utf8("couloir mail 1\n"), ...each, u8(255), u32(mail.length));
};

/** Of a set of envelopes, by their ids. */
export const fingerprint = (ids: readonly Bytes[]): Bytes => {
  const little = (bytes: Bytes): bigint => BigInt(`0x${hex(bytes.toReversed())}`);
  const sum = ids.reduce((all, each) => (all + little(each)) % 2n ** 256n, 0n);
  const back = Buffer.from(sum.toString(16).padStart(64, "0"), "hex").reverse();
  return H(back, u64(ids.length).toReversed()).slice(0, 16);
};
