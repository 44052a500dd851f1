/**
 * One exchange between two devices, as one of them knows it: what it has heard, what it owes, which secret is in use.
 * Pure: heavy work is done by whoever calls, in slots of its own clock, and its results are put in here. SPEC.md §5.
 */
import type { Shape } from "./codec.ts";
import { bool, bytes, equalBytes, list, optional, struct } from "./codec.ts";
import type { Control } from "./control.ts";
import type { HybridSecret } from "./hybrid.ts";
import {
  cipherName,
  gotName,
  KEM_CIPHER_BYTES,
  KEM_KEY_BYTES,
  kemKeyId,
  named,
  showsKey,
  wantedName,
} from "./hybrid.ts";
import type { Pair } from "./identity.ts";

/** The secret before the newest is kept: the other may not have heard of the newest yet. */
const MAX_SECRETS = 2;

/** A ciphertext of this device. */
interface Answer {
  /** `kemKeyId` of the key that it was made for. */
  readonly key: Uint8Array;
  readonly cipher: Uint8Array;
  readonly said: boolean;
}

export interface Exchange {
  /** The other device's agreement key. */
  readonly agreement: Uint8Array;
  /** A key of the other that waits for an answer. */
  readonly owed?: Uint8Array;
  /** Kept until the other is known to hold its secret. */
  readonly answer?: Answer;
  /** A ciphertext of the other that waits to be opened. */
  readonly cipher?: Uint8Array;
  /** Newest first. */
  readonly secrets: readonly HybridSecret[];
  /** Both are known to hold the newest. */
  readonly use: boolean;
  /** The other uses one that this device does not hold. */
  readonly lost: boolean;
}

/** As it lies on disk. */
export const exchangeShape: Shape<Exchange> = struct({
  agreement: bytes(32),
  owed: optional(bytes(KEM_KEY_BYTES)),
  answer: optional(struct({ key: bytes(16), cipher: bytes(KEM_CIPHER_BYTES), said: bool })),
  cipher: optional(bytes(KEM_CIPHER_BYTES)),
  secrets: list(struct({ id: bytes(8), secret: bytes(32) }), MAX_SECRETS),
  use: bool,
  lost: bool,
});

export const newExchange = (agreement: Uint8Array): Exchange => ({ agreement, secrets: [], use: false, lost: false });

/** For boxes to the other. */
export const inUse = (exchange: Exchange | undefined): HybridSecret | undefined =>
  exchange?.use ? exchange.secrets[0] : undefined;

/**
 * The other says that it holds no secret. With its key, it waits for an answer: the one that it was given already, if
 * that was for this key. Nothing is sealed by a secret that the other does not hold.
 */
const wantedBy = (exchange: Exchange, key?: Uint8Array): Exchange => {
  const { owed: _, ...rest } = { ...exchange, use: false };
  if (!key) return rest;
  const { answer } = rest;
  return answer && equalBytes(answer.key, kemKeyId(key))
    ? { ...rest, answer: { ...answer, said: false } }
    : { ...rest, owed: key };
};

/** What one device hears another say. */
export interface Hearing {
  readonly pair: Pair;
  /** This device's agreement key. */
  readonly own: Uint8Array;
  /** The key that it shows. */
  readonly key?: Uint8Array;
}

/** Notes what the other says. `lacks`: it says that it holds no secret, and waits for this device's key. */
export const heard = (
  before: Exchange,
  frame: Extract<Control, { readonly kind: "kem" }>,
  { pair, own, key }: Hearing,
): { readonly exchange: Exchange; readonly lacks: boolean } => {
  const { agreement } = before;
  if (showsKey(own, agreement)) {
    const lacks = named(frame.wanted, wantedName(pair, agreement));
    const after = lacks ? wantedBy(before) : before;
    const mine = key && kemKeyId(key);
    const found =
      mine && frame.ciphers.find(({ name, cipher }) => named([name], cipherName(pair, agreement, mine, cipher)));
    return { exchange: found ? { ...after, cipher: found.cipher } : after, lacks };
  }
  const shown = frame.key;
  const after = shown && named(frame.wanted, wantedName(pair, agreement, shown)) ? wantedBy(before, shown) : before;
  const [newest] = after.secrets;
  const holds = newest && named(frame.got, gotName(newest, agreement));
  return { exchange: holds ? confirmed(after, newest) : after, lacks: false };
};

/** This device has made an answer to the key that it owed one. */
export const answered = (exchange: Exchange, cipher: Uint8Array, secret: HybridSecret): Exchange => {
  const { owed, ...rest } = exchange;
  if (!owed) return exchange;
  return withSecret({ ...rest, answer: { key: kemKeyId(owed), cipher, said: false } }, secret);
};

/** The answer is on its way. */
export const said = (exchange: Exchange): Exchange =>
  exchange.answer ? { ...exchange, answer: { ...exchange.answer, said: true } } : exchange;

/** This device has opened the other's answer: whoever made it holds the secret. */
export const opened = (exchange: Exchange, secret: HybridSecret): Exchange => {
  const { cipher: _, ...rest } = exchange;
  return { ...withSecret(rest, secret), use: true };
};

/** What waits is of no use: no key, or no ciphertext. */
export const dropped = (exchange: Exchange): Exchange => {
  const { cipher: _, owed: __, ...rest } = exchange;
  return rest;
};

const withSecret = (exchange: Exchange, secret: HybridSecret): Exchange => {
  const others = exchange.secrets.filter((one) => !equalBytes(one.id, secret.id));
  return { ...exchange, secrets: [secret, ...others].slice(0, MAX_SECRETS), lost: false };
};

/** The other has shown that it holds this secret. Only the newest is taken into use. */
export const confirmed = (exchange: Exchange, secret: HybridSecret): Exchange => {
  const [newest] = exchange.secrets;
  if (exchange.use || !newest || !equalBytes(newest.id, secret.id)) return exchange;
  const { answer: _, ...rest } = exchange;
  return { ...rest, use: true, lost: false };
};

/** The other sealed by a secret that this device does not hold. */
export const missed = (exchange: Exchange): Exchange => ({ ...exchange, use: false, lost: true });
