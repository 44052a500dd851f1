/** A person of the stranger's own, with one device, SPEC.md §3. */
import { agreementKey, signingKey } from "./crypto.ts";
import { card, deviceList, readCard, type Card, type Prekey } from "./identity.ts";
import { hex } from "./shapes.ts";

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
  readonly agreement: Bytes;
  /** Of the card's prekey. */
  readonly prekeySecret: Bytes;
}

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
  return { card: readCard(bytes), agreement, prekeySecret: secret };
};
