/** A person of the stranger's own, with one device, SPEC.md §3. */
import { agreementKey, signingKey } from "./crypto.ts";
import { sealMail, slotAt } from "./envelope.ts";
import { card, deviceList, readCard, type Card, type Prekey } from "./identity.ts";
import { hex } from "./shapes.ts";
import { presence, presenceContext, presenceKey } from "./venue.ts";

type Bytes = Uint8Array;

/** What a stranger's implementation is given: so many random bytes, the time, and where frames go. */
export interface Host {
  readonly random: (length: number) => Bytes;
  readonly now: () => number;
  readonly publish: (frame: Bytes) => void;
}

/** Somebody's secrets, and the card that shows the rest. */
export interface Self {
  readonly card: Card;
  /** Seed of `DK`. */
  readonly device: Bytes;
  readonly agreement: Bytes;
  /** Of the card's prekey. */
  readonly prekeySecret: Bytes;
}

/** What tells a venue who is present. */
export const presenceFrame = ({ random, now }: Host, { card: own, device }: Self, venue: Bytes): Bytes => {
  const said = { card: own.bytes, device: own.device, at: now(), listings: [], next: 30_000 };
  const mail = { context: presenceContext, slot: slotAt(now()), nonce: random(24) };
  return sealMail(presenceKey(venue), { ...mail, plaintext: presence.write(said, device) });
};

/** A prekey and its secret half. */
export const newPrekey = (host: Host, number: number): { readonly secret: Bytes; readonly prekey: Prekey } => {
  const secret = host.random(32);
  return { secret, prekey: { number, key: agreementKey(secret) } };
};

export const newSelf = (host: Host, name: string): Self => {
  const [root, device, agreement] = [host.random(32), host.random(32), host.random(32)];
  const own = { device: hex(signingKey(device)), agreement: agreementKey(agreement) };
  const list = { person: hex(signingKey(root)), version: 1, previous: null, devices: [own] };
  const { secret, prekey } = newPrekey(host, 1);
  const said = { device: own.device, prekey, name, flag: "", delegation: "", issuedAt: host.now() };
  const bytes = card.write({ devices: deviceList.write(list, root), ...said }, device);
  return { card: readCard(bytes), device, agreement, prekeySecret: secret };
};
