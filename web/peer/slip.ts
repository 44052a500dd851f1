/**
 * What a tab notes at once, for itself when it is loaded anew in the next moment: the database answers too late for that.
 * Sealed by the profile's vault, and gone with the tab.
 */
import type { Vault } from "../../src/store/vault.ts";
import type { Slip } from "./backend.ts";
import type { Environment } from "./environment.ts";

/**
 * Bits of a character. Browsers store two bytes for each and count them, and not all keep what is no text: with 15 none is
 * half of a pair.
 */
const BITS = 15;

/** Bytes as characters; the first one says how many of the last bytes are none. */
const written = (bytes: Uint8Array): string => {
  const units = new Uint16Array(1 + Math.ceil((8 * bytes.length) / BITS));
  units[0] = Math.floor(((units.length - 1) * BITS) / 8) - bytes.length;
  let [held, bits, at] = [0, 0, 1];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    if (bits < BITS) continue;
    bits -= BITS;
    units[at++] = held >>> bits;
    held &= (1 << bits) - 1;
  }
  if (bits > 0) units[at] = held << (BITS - bits);
  return new TextDecoder("utf-16le").decode(units);
};

const unwritten = (text: string): Uint8Array => {
  const length = Math.floor(((text.length - 1) * BITS) / 8) - text.charCodeAt(0);
  const bytes = new Uint8Array(Math.max(0, length));
  let [held, bits, at] = [0, 0, 1];
  for (let to = 0; to < bytes.length; to++) {
    if (bits < 8) {
      held = (held << BITS) | text.charCodeAt(at++);
      bits += BITS;
    }
    bits -= 8;
    bytes[to] = held >>> bits;
    held &= (1 << bits) - 1;
  }
  return bytes;
};

export const slipIn = (session: Environment["session"], vault: Vault): Slip => {
  const placeOf = (name: string) => {
    const whole = `couloir slip ${name}`;
    return { whole, place: new TextEncoder().encode(whole) };
  };
  return {
    read: (name) => {
      const { whole, place } = placeOf(name);
      try {
        const text = session.getItem(whole);
        return text === null ? undefined : vault.open(place, unwritten(text));
      } catch {
        // The profile is closed.
        return undefined;
      }
    },
    write: (name, bytes) => {
      const { whole, place } = placeOf(name);
      try {
        if (bytes === undefined) session.removeItem(whole);
        else session.setItem(whole, written(vault.seal(place, bytes)));
        return true;
      } catch {
        // No room for it, or the profile is closed: the database has to do.
        return false;
      }
    },
  };
};
