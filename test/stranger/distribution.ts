/** Distributions and their boxes, SPEC.md §5. */
import { refuse } from "./cbor.ts";
import { concat, empty, H, KDF, label, MAC, open, same, seal, u32, type Lock } from "./crypto.ts";
import { ops } from "./frames.ts";
import { openBox, sealBox, type Shared } from "./hpke.ts";
import { attest, prekey, type Pair, type Prekey } from "./identity.ts";
import { bstr, bytes, format, hex, id, list, optional, parse, struct, uint, unhex, type Of } from "./shapes.ts";
import { signed } from "./signed.ts";

type Bytes = Uint8Array;

const HEAD = 2128;
const BOXES = 53_760;
const BOX = 105;

export const head = signed(
  "distribution",
  struct({
    group: id(32),
    view: id(32),
    heads: list(id(32), 32),
    sender: id(32),
    chain: id(16),
    signer: bytes(32),
    commit: bytes(32),
    prekey,
    close: optional(struct({ chain: id(16), count: uint(128) })),
    startedAt: uint(2 ** 48),
    served: uint(512),
    boxes: bytes(32),
  }),
  2048,
);
export type Head = Of<typeof head.body>;

export const distribution = struct({ head: bstr(HEAD), boxes: bstr(BOXES) });

/** A distribution that was read; its boxes are those of its head, which its sender signed. */
export interface Distribution {
  readonly head: Head;
  readonly headBytes: Bytes;
  readonly hash: Bytes;
  readonly boxes: readonly Bytes[];
}

export const distributionHash = (headBytes: Bytes): Bytes => H(label("distribution hash"), headBytes);
export const chainId = (group: string, sender: string, signer: Bytes): string =>
  hex(H(label("chain id"), unhex(group), unhex(sender), signer).slice(0, 16));
export const commitment = (group: string, chain: string, secret: Bytes): Bytes =>
  H(label("commit"), unhex(group), unhex(chain), secret);

/** @throws Refused unless a head's sender signed it, and its chain is the sender's own. */
export const readHead = (headBytes: Bytes): Head => {
  const read = head.read(headBytes);
  const { group, sender, chain, signer, heads } = read.body;
  if (!read.by(unhex(sender))) refuse("a head that its sender did not sign");
  if (chainId(group, sender, signer) !== chain) refuse("another's chain");
  if (heads.some((each, i) => i > 0 && heads[i - 1]! >= each)) refuse("heads that are not in order");
  return read.body;
};

/** @throws Refused unless signature, boxes and chain are right. Whether its view is, only the operations tell. */
export const readDistribution = (from: Bytes): Distribution => {
  const { head: headBytes, boxes } = parse(distribution, from, 55_904);
  const read = readHead(headBytes);
  if (!same(H(label("boxes"), boxes), read.boxes)) refuse("boxes of another head");
  if (boxes.length !== read.served * BOX) refuse("not as many boxes as served");
  const each = Array.from({ length: read.served }, (_, i) => boxes.slice(i * BOX, (i + 1) * BOX));
  return { head: read, headBytes, hash: distributionHash(headBytes), boxes: each };
};

/** What one exchange gave (§5): the secret and its id of 8 bytes. */
export interface Exchange {
  readonly secret: Bytes;
  readonly id: Bytes;
}

/** Whom a box is for: the key that it is served by, and the pair with its sender. */
export interface Recipient {
  readonly key: string;
  readonly pair: Pair;
  readonly exchange?: Exchange;
}

const slotOf = ({ key, pair, exchange }: Recipient, chain: string): Bytes => {
  const slot =
    exchange === undefined
      ? MAC(pair.key, label("slot"), unhex(chain), unhex(key))
      : MAC(pair.key, label("hybrid slot"), exchange.id, unhex(chain), unhex(key));
  return slot.slice(0, 4);
};

export const sharedOf = ({ pair, exchange }: Recipient): Shared =>
  exchange === undefined
    ? { psk: KDF(pair.psk, empty, "box psk"), id: label("classic pair") }
    : {
        psk: KDF(concat(pair.psk, exchange.secret), empty, "hybrid box psk"),
        id: concat(label("hybrid pair"), exchange.id),
      };

type Place = Pick<Head, "group" | "view" | "chain" | "sender">;

const infoOf = ({ group, view, chain }: Place, key: string, number: number): Bytes =>
  concat(label("box"), unhex(group), unhex(view), unhex(chain), unhex(key), u32(number));

/** What is in a box. */
export interface Boxed {
  readonly secret: Bytes;
  readonly attestation: Bytes;
}

/** @throws Refused if a box does not open, or does not give the secret of the head. */
export const openOwn = (
  head: Head,
  box: Bytes,
  { recipient, prekeys }: { recipient: Recipient; prekeys: ReadonlyMap<number, Bytes> },
): Boxed => {
  const number = Buffer.from(box).readUInt32BE(4);
  const secret = prekeys.get(number) ?? refuse("a prekey that is gone");
  if (box[8] !== (recipient.exchange === undefined ? 0 : 1)) refuse("another kind of box");
  const info = infoOf(head, recipient.key, number);
  const opened = openBox({ secret, info, shared: sharedOf(recipient), box: box.slice(9) });
  const [S, attestation] = [opened.slice(0, 32), opened.slice(32)];
  if (!same(commitment(head.group, head.chain, S), head.commit)) refuse("a secret that is not the chain's");
  return { secret: S, attestation };
};

/** The one box whose slot is the recipient's; undefined if none is. */
export const findOwn = ({ head: { chain }, boxes }: Distribution, recipient: Recipient): Bytes | undefined => {
  const slot = slotOf(recipient, chain);
  return boxes.find((box) => same(box.slice(0, 4), slot));
};

interface Boxing {
  readonly recipient: Recipient;
  readonly prekey: Prekey;
  readonly person: string;
  readonly random: Bytes;
}

/** A box of a chain's secret, with the sender's attestation. */
export const makeBox = (place: Place, secret: Bytes, { recipient, prekey: to, person, random }: Boxing): Bytes => {
  const { group, sender: member, chain } = place;
  const plaintext = concat(secret, attest(recipient.pair, { group, member, person }));
  const info = infoOf(place, recipient.key, to.number);
  const box = sealBox({ to: to.key, info, shared: sharedOf(recipient), random, plaintext });
  const kind = Uint8Array.of(recipient.exchange === undefined ? 0 : 1);
  return concat(slotOf(recipient, chain), u32(to.number), kind, box);
};

/** Operations beside the distribution of a chain with that secret; `hash`: the distribution's. */
interface Beside {
  readonly secret: Bytes;
  readonly hash: Bytes;
  readonly nonce: Bytes;
}

const lockOf = ({ secret, hash, nonce }: Beside): Lock => ({
  key: KDF(secret, empty, "chain operations"),
  nonce,
  aad: concat(label("sealed operations"), hash),
});
export const sealOps = (beside: Beside, all: readonly Bytes[]): Bytes => seal(lockOf(beside), format(ops, all));
/** @throws Refused if they are not sealed to that chain. */
export const openOps = (beside: Beside, sealed: Bytes): readonly Bytes[] => parse(ops, open(lockOf(beside), sealed));

/** The whole, signed by its sender's seed. */
export const makeDistribution = (
  about: Omit<Head, "served" | "boxes">,
  boxes: readonly Bytes[],
  seed: Bytes,
): Bytes => {
  const all = concat(...boxes.toSorted((a, b) => Buffer.compare(a, b)));
  const headBytes = head.write({ ...about, served: boxes.length, boxes: H(label("boxes"), all) }, seed);
  return format(distribution, { head: headBytes, boxes: all });
};
