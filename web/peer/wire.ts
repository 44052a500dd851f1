/**
 * What tabs of one profile say to each other, over a BroadcastChannel. On file:// every local page hears the channel, so
 * each packet is sealed under a key that only an opened profile has; what does not open is somebody else's.
 *
 *     nonce(24) ‖ XChaCha20-Poly1305(u32 length of head ‖ head, JSON ‖ bytes)
 */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "@noble/hashes/utils.js";
import { concat, hex, utf8 } from "../../src/protocol/codec.ts";

/** One message between tabs. */
export interface Packet {
  readonly from: string;
  /** A tab's name, or empty for all of them. */
  readonly to: string;
  readonly kind: string;
  /** Which call or source of `from`, or of `to`, it is about. */
  readonly id?: number;
  readonly value?: unknown;
  readonly bytes?: Uint8Array;
}

/** The part of `BroadcastChannel` that is used. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

const MAX_PACKET = 16 * 1024 * 1024;
const NONCE = 24;
const domain = utf8("couloir/tabs/1");

const isPacket = (value: unknown): value is Packet => {
  if (typeof value !== "object" || value === null) return false;
  const { from, to, kind, id } = value as Partial<Packet>;
  const texts = [from, to, kind].every((one) => typeof one === "string");
  return texts && (id === undefined || Number.isSafeInteger(id));
};

/** The key of a profile's channel. Does not keep `profileKey`. */
export const wireKey = (profileKey: Uint8Array): Uint8Array => hkdf(sha256, profileKey, domain, undefined, 32);

/** A packet as it goes over the channel. */
export const sealPacket = (key: Uint8Array, { bytes = new Uint8Array(0), ...packet }: Packet): Uint8Array => {
  const head = utf8(JSON.stringify(packet));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.length);
  const nonce = randomBytes(NONCE);
  return concat(nonce, xchacha20poly1305(key, nonce, domain).encrypt(concat(length, head, bytes)));
};

/** Total: what is not a packet under this key is nothing. */
export const openPacket = (key: Uint8Array, sealed: unknown): Packet | undefined => {
  if (!(sealed instanceof Uint8Array) || sealed.length > MAX_PACKET) return undefined;
  try {
    const plain = xchacha20poly1305(key, sealed.subarray(0, NONCE), domain).decrypt(sealed.subarray(NONCE));
    const end = 4 + new DataView(plain.buffer, plain.byteOffset).getUint32(0);
    const head: unknown = JSON.parse(new TextDecoder().decode(plain.subarray(4, end)));
    if (!isPacket(head)) return undefined;
    return end >= plain.length ? head : { ...head, bytes: plain.slice(end) };
  } catch {
    return undefined;
  }
};

/** One tab's end of the channel. */
export class Wire {
  readonly self = hex(randomBytes(12));
  readonly #channel: Channel;
  readonly #key: Uint8Array;

  constructor(channel: Channel, profileKey: Uint8Array, handler: (packet: Packet) => void) {
    this.#channel = channel;
    this.#key = wireKey(profileKey);
    channel.onmessage = ({ data }) => {
      const packet = openPacket(this.#key, data);
      if (packet !== undefined && packet.from !== this.self && (packet.to === "" || packet.to === this.self))
        handler(packet);
    };
  }

  send(packet: Omit<Packet, "from">): void {
    try {
      this.#channel.postMessage(sealPacket(this.#key, { ...packet, from: this.self }));
    } catch {
      // The channel is closed: nobody waits for this any more.
    }
  }

  close(): void {
    this.#channel.onmessage = null;
    this.#channel.close();
    this.#key.fill(0);
  }
}
