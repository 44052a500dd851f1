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
const domain = new TextEncoder().encode("couloir/tabs/1");

const isPacket = (value: unknown): value is Packet => {
  if (typeof value !== "object" || value === null) return false;
  const { from, to, kind, id } = value as Partial<Packet>;
  const texts = [from, to, kind].every((one) => typeof one === "string");
  return texts && (id === undefined || Number.isSafeInteger(id));
};

/** One tab's end of the channel. */
export class Wire {
  readonly self: string;
  readonly #channel: Channel;
  readonly #key: Uint8Array;

  /** Does not keep `profileKey`. */
  constructor(channel: Channel, profileKey: Uint8Array, handler: (packet: Packet) => void) {
    this.self = Array.from(randomBytes(12), (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.#channel = channel;
    this.#key = hkdf(sha256, profileKey, domain, undefined, 32);
    channel.onmessage = ({ data }) => {
      const packet = this.#open(data);
      if (packet !== undefined && packet.from !== this.self && (packet.to === "" || packet.to === this.self))
        handler(packet);
    };
  }

  send({ bytes = new Uint8Array(0), ...packet }: Omit<Packet, "from">): void {
    const head = new TextEncoder().encode(JSON.stringify({ ...packet, from: this.self }));
    const plain = new Uint8Array(4 + head.length + bytes.length);
    new DataView(plain.buffer).setUint32(0, head.length);
    plain.set(head, 4);
    plain.set(bytes, 4 + head.length);
    const nonce = randomBytes(24);
    const box = xchacha20poly1305(this.#key, nonce, domain).encrypt(plain);
    const sealed = new Uint8Array(24 + box.length);
    sealed.set(nonce);
    sealed.set(box, 24);
    try {
      this.#channel.postMessage(sealed);
    } catch {
      // The channel is closed: nobody waits for this any more.
    }
  }

  close(): void {
    this.#channel.onmessage = null;
    this.#channel.close();
    this.#key.fill(0);
  }

  /** Total: what is not a packet of this profile is nothing. */
  #open(sealed: unknown): Packet | undefined {
    if (!(sealed instanceof Uint8Array) || sealed.length < 44 || sealed.length > MAX_PACKET) return undefined;
    try {
      const plain = xchacha20poly1305(this.#key, sealed.subarray(0, 24), domain).decrypt(sealed.subarray(24));
      const end = 4 + new DataView(plain.buffer, plain.byteOffset).getUint32(0);
      const head: unknown = JSON.parse(new TextDecoder().decode(plain.subarray(4, end)));
      if (!isPacket(head) || end > plain.length) return undefined;
      return end === plain.length ? head : { ...head, bytes: plain.slice(end) };
    } catch {
      return undefined;
    }
  }
}
