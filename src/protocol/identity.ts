/**
 * Who somebody is. A *person* is an Ed25519 root key that signs a versioned, hash-chained list of *devices*; a device has
 * an Ed25519 and an X25519 key. A *card* is what a device shows others: its person's device list, its current prekey and
 * what the person says of themselves. SPEC.md §3.
 */
import type { DeviceId, Millis, PersonId, Profile, Random } from "../types.ts";
import type { Shape, ShapeOf } from "./codec.ts";
import { bytes, bytesUpTo, codec, hex, id, struct, text, uint, unhex } from "./codec.ts";
import type { DeviceEntry, DeviceList } from "./devices.ts";
import { deviceLists, firstList, nextList } from "./devices.ts";
import { MAX_CARD_BYTES, MAX_LIST_BYTES, RETAIN } from "./limits.ts";
import type { KeyPair } from "./primitives.ts";
import { agree, agreementPair, derive, label, mac, sha256 } from "./primitives.ts";
import { signed } from "./signed.ts";
import { signingPair } from "./signature.ts";

/** A prekey: an X25519 public key with a number that only grows. */
export interface Prekey {
  readonly number: number;
  readonly key: Uint8Array;
}

/** A prekey with its secret, as its device keeps it. `retired`: when a newer one took over. */
export interface OwnPrekey extends Prekey {
  readonly secret: Uint8Array;
  readonly retired?: Millis;
}

export interface Card extends Profile {
  readonly person: PersonId;
  readonly device: DeviceId;
  readonly agreement: Uint8Array;
  readonly devices: DeviceList;
  /** The device list as its person signed it. */
  readonly list: Uint8Array;
  readonly prekey: Prekey;
  readonly issuedAt: Millis;
  /** Its person's keys have been on a page that came over plain http. They say so themselves: `false` proves nothing. */
  readonly guest: boolean;
  /** The card as it travels. */
  readonly bytes: Uint8Array;
}

export const prekeyShape: Shape<Prekey> = struct({ number: uint(0xffff_ffff), key: bytes(32) });

const bareCard = struct({
  devices: bytesUpTo(MAX_LIST_BYTES),
  device: id<DeviceId>(32),
  prekey: prekeyShape,
  name: text(128),
  flag: text(2),
  delegation: text(128),
  issuedAt: uint(),
});
/** A guest's card has one field more, `true`. */
const cardBody: Shape<ShapeOf<typeof bareCard> & { readonly guest: boolean }> = {
  to: (value) => [...(bareCard.to(value) as unknown[]), ...(value.guest ? [true] : [])],
  from: (raw) => {
    const guest = Array.isArray(raw) && raw.length === 8 && raw[7] === true;
    const body = bareCard.from(guest ? raw.slice(0, 7) : raw);
    return body && { ...body, guest };
  },
};
const cards = signed("card", codec(cardBody, MAX_CARD_BYTES), MAX_CARD_BYTES, (body) => unhex(body.device));

/** A card whose two signatures hold and whose device stands in its list; otherwise `undefined`. */
export const readCard = (raw: Uint8Array): Card | undefined => {
  const card = cards.open(raw);
  const devices = card && deviceLists.open(card.body.devices)?.body;
  const entry = devices?.devices.find((one) => one.device === card?.body.device);
  if (!card || !devices || !entry) return undefined;
  const { device, prekey, name, flag, delegation, issuedAt, guest } = card.body;
  return {
    person: devices.person,
    device,
    agreement: entry.agreement,
    devices,
    list: card.body.devices,
    prekey,
    name,
    flag,
    delegation,
    issuedAt,
    guest,
    bytes: raw,
  };
};

/** The root key of a person; its secret half is on main devices only. */
export interface Root {
  readonly public: Uint8Array;
  readonly secret?: Uint8Array;
}

/** All that this device has of its person and of itself. Secrets are 32-byte seeds. */
export interface Self {
  readonly person: Root;
  readonly device: KeyPair;
  readonly agreement: KeyPair;
  /** The signed device list. */
  readonly devices: Uint8Array;
  /** Newest first. */
  readonly prekeys: readonly OwnPrekey[];
  /** The mark that its cards bear for ever. */
  readonly guest: boolean;
}

export const newPrekey = (number: number, random: Random): OwnPrekey => {
  const pair = agreementPair(random(32));
  return { number, key: pair.public, secret: pair.secret };
};

/** What is kept of a person apart from any device. */
export interface PersonKeys {
  /** Seed of the root key. */
  readonly seed: Uint8Array;
  /** The signed device list. */
  readonly devices: Uint8Array;
  readonly guest: boolean;
}

/** The keys of a device that belongs to nobody yet. */
export interface DeviceKeys {
  readonly device: KeyPair;
  readonly agreement: KeyPair;
  readonly entry: DeviceEntry;
}

export const freshDevice = (random: Random): DeviceKeys => {
  const device = signingPair(random(32));
  const agreement = agreementPair(random(32));
  const entry: DeviceEntry = { device: hex(device.public) as DeviceId, agreement: agreement.public };
  return { device, agreement, entry };
};

/** A person with one device. */
export const newSelf = (random: Random, guest = false): Self => {
  const person = signingPair(random(32));
  const { device, agreement, entry } = freshDevice(random);
  const devices = firstList(person.secret, entry);
  return { person, device, agreement, devices, prekeys: [newPrekey(1, random)], guest };
};

/** One more device of a person; the oldest leaves a full list. `undefined` when the list is not that person's. */
export const newDeviceOf = ({ seed, devices: before, guest }: PersonKeys, random: Random): Self | undefined => {
  const { device, agreement, entry } = freshDevice(random);
  const devices = nextList(before, seed, { add: [entry] });
  return devices && { person: signingPair(seed), device, agreement, devices, prekeys: [newPrekey(1, random)], guest };
};

export const personOf = (self: Self): PersonId => hex(self.person.public) as PersonId;

/** The card of this device, now. */
export const makeCard = (self: Self, profile: Profile, now: Millis): Card => {
  const prekey = self.prekeys[0] as OwnPrekey;
  const card = cards.sign(
    {
      devices: self.devices,
      device: hex(self.device.public) as DeviceId,
      prekey: { number: prekey.number, key: prekey.key },
      name: profile.name,
      flag: profile.flag,
      delegation: profile.delegation,
      issuedAt: now,
      guest: self.guest,
    },
    self.device.secret,
  );
  return readCard(card.bytes) as Card;
};

/** Puts a newer prekey first and forgets those that were retired longer than RETAIN ago. */
export const rotatePrekeys = (prekeys: readonly OwnPrekey[], now: Millis, random: Random): readonly OwnPrekey[] => {
  const [current, ...older] = prekeys as readonly [OwnPrekey, ...OwnPrekey[]];
  return [
    newPrekey(current.number + 1, random),
    { ...current, retired: now },
    ...older.filter((one) => one.retired !== undefined && now - one.retired < RETAIN),
  ];
};

/** What two devices share without a word: HKDF of their static X25519 secret, salted with both keys in order. */
export interface Pair {
  /** For the pre-shared secret of HPKE boxes. */
  readonly psk: Uint8Array;
  /** For slots of boxes, pairwise tags and attestations. */
  readonly key: Uint8Array;
}

const REMEMBERED_PAIRS = 4096;
const pairs = new WeakMap<KeyPair, Map<string, Pair>>();

/** `undefined` for an agreement key of low order. An X25519 costs as much as a hundred hashes: each is done once. */
export const pairOf = (own: KeyPair, other: Uint8Array): Pair | undefined => {
  const known = pairs.get(own) ?? new Map<string, Pair>();
  pairs.set(own, known);
  const name = hex(other);
  const pair = known.get(name) ?? makePair(own, other);
  if (known.size >= REMEMBERED_PAIRS) known.clear();
  if (pair) known.set(name, pair);
  return pair;
};

const makePair = (own: KeyPair, other: Uint8Array): Pair | undefined => {
  const secret = agree(own.secret, other);
  if (!secret) return undefined;
  const [low, high] = hex(own.public) < hex(other) ? [own.public, other] : [other, own.public];
  const salt = sha256(low, high);
  return { psk: derive(secret, salt, "pair psk"), key: derive(secret, salt, "pair key") };
};

/**
 * Deniable proof, between two devices, that `member` in `group` is the device of `person`: a MAC that the other side
 * could have made too. 16 bytes.
 */
export const attest = (pair: Pair, group: string, member: string, person: string): Uint8Array =>
  mac(pair.key, label("bind"), unhex(group), unhex(member), unhex(person)).subarray(0, 16);
