/** Device lists, cards, prekeys, pair secrets and attestations, SPEC.md §3. */
import { refuse } from "./cbor.ts";
import { concat, DH, H, KDF, keyAndTag, label, MAC, u32, type KeyAndTag } from "./crypto.ts";
import { bstr, bytes, id, list, longer, optional, struct, text, uint, unhex, type Of } from "./shapes.ts";
import { signed, type Signed } from "./signed.ts";

type Bytes = Uint8Array;

export const prekey = struct({ number: uint(2 ** 32 - 1), key: bytes(32) });
export type Prekey = Of<typeof prekey>;

const device = struct({ device: id(32), agreement: bytes(32) });
export const deviceList = signed(
  "devices",
  longer(
    { person: id(32), version: uint(), previous: optional(id(32)), devices: list(device, 16) },
    { revoked: list(id(32), 16) },
  ),
  2048,
);
type DeviceList = Signed<Of<typeof deviceList.body>>;

export const card = signed(
  "card",
  longer(
    {
      devices: bstr(2200),
      device: id(32),
      prekey,
      name: text(128),
      flag: text(2),
      delegation: text(128),
      issuedAt: uint(2 ** 48),
    },
    { guest: { read: (value) => (value === true ? true : refuse("a mark that is none")), write: () => true } },
  ),
  2560,
);
/** The cap of a whole card in other structures. */
export const CARD = 2640;

/** A card that is good, and what it stands for. */
export interface Card {
  readonly bytes: Bytes;
  readonly person: string;
  readonly device: string;
  readonly agreement: Bytes;
  readonly prekey: Prekey;
  readonly name: string;
  readonly guest: boolean;
}

/** @throws Refused unless the list is signed by its person and names nobody twice. */
export const readDevices = (from: Bytes): DeviceList => {
  const read = deviceList.read(from);
  const { person, devices, revoked } = read.body;
  const named = [...devices.map(({ device: each }) => each), ...(revoked ?? [])];
  if (new Set(named).size !== named.length || revoked?.length === 0) refuse("a list that is not in order");
  return read.by(unhex(person)) ? read : refuse("a list that its person did not sign");
};

export const listHash = (whole: Bytes): Bytes => H(label("device list"), whole);

/** @throws Refused unless the card is good. */
export const readCard = (from: Bytes): Card => {
  const read = card.read(from);
  const { devices, device: own, prekey: newest, name, guest } = read.body;
  const all = readDevices(devices).body;
  const entry = all.devices.find((each) => each.device === own) ?? refuse("a card beside its list");
  if (!read.by(unhex(own))) refuse("a card that its device did not sign");
  const { agreement } = entry;
  return { bytes: from, person: all.person, device: own, agreement, prekey: newest, name, guest: guest === true };
};

/** What two devices share. */
export interface Pair {
  readonly psk: Bytes;
  readonly key: Bytes;
}

/** @throws Refused where the other's key gives nothing. */
export const pairOf = (secret: Bytes, own: Bytes, other: Bytes): Pair => {
  const shared = DH(secret, other);
  const salt = H(...[own, other].toSorted((a, b) => Buffer.compare(a, b)));
  return { psk: KDF(shared, salt, "pair psk"), key: KDF(shared, salt, "pair key") };
};

/** Who is which member, of which group. */
export interface Claim {
  readonly group: string;
  readonly member: string;
  readonly person: string;
}

export const attest = ({ key }: Pair, { group, member, person }: Claim): Bytes =>
  MAC(key, label("bind"), unhex(group), unhex(member), unhex(person)).slice(0, 16);

/** Key and tag of the pair frame with that number in a group, from the device with that agreement key. */
export const pairFrame = ({ key }: Pair, group: string, from: { agreement: Bytes; number: number }): KeyAndTag => {
  const secret = MAC(key, label("pair mail"), unhex(group), from.agreement);
  return keyAndTag(KDF(MAC(secret, u32(from.number)), unhex(group), ["pair frame", 48]));
};

/** The number of the first pair frame of a day. */
export const firstOfDay = (now: number): number => Math.floor((now - 1_767_225_600_000) / 86_400_000) * 2 ** 16;

/** Proof that one holds an invite's key, as a member. */
export const joinProof = (group: string, member: string, person: string): Bytes =>
  concat(label("join proof"), unhex(group), unhex(member), unhex(person));
