/**
 * What a tab notes at once, for itself when it is loaded anew in the next moment: the database answers too late for that.
 * Sealed by the profile's vault, and gone with the tab, but for what the tab's own shelf has no room for: that stays on one
 * that all tabs share, sealed, until a page has finished it, has given it up, or wipes this device.
 */
import type { Vault } from "../../src/store/vault.ts";
import type { Slip } from "./backend.ts";
import type { Environment, Shelf } from "./environment.ts";

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

/** Begins what is the end only; the rest is on the other shelf. What is whole begins with a number below `BITS`. */
const REST = "+";
/** By halves one finds how much the tab's own shelf takes, to within a sixty-fourth. */
const HALVES = 6;

/** A shelf of the tab's own, and as much again on one that all tabs share, for what the first has no room for. */
const shelvesIn = ({ session, local }: Shelves): Shelf => {
  const removeItem = (name: string): void => {
    session.removeItem(name);
    local.removeItem(name);
  };
  return {
    getItem: (name) => {
      const text = session.getItem(name);
      return text?.startsWith(REST) ? (local.getItem(name) ?? "") + text.slice(1) : text;
    },
    setItem: (name, text) => {
      const own = (cut: number): boolean => {
        try {
          session.setItem(name, cut > 0 ? REST + text.slice(cut) : text);
          return true;
        } catch {
          return false;
        }
      };
      if (own(0)) return local.removeItem(name);
      let [tooLittle, cut] = [0, text.length];
      for (let half = 0; half < HALVES; half += 1) {
        const middle = Math.ceil((tooLittle + cut) / 2);
        if (own(middle)) cut = middle;
        else tooLittle = middle;
      }
      try {
        session.setItem(name, REST + text.slice(cut));
        local.setItem(name, text.slice(0, cut));
      } catch (error) {
        removeItem(name);
        throw error;
      }
    },
    removeItem,
  };
};

/** Where a slip is kept. */
export type Shelves = Pick<Environment, "session" | "local">;

export const slipIn = (shelves: Shelves, vault: Vault): Slip => {
  const shelf = shelvesIn(shelves);
  const placeOf = (name: string) => {
    const whole = `couloir slip ${name}`;
    return { whole, place: new TextEncoder().encode(whole) };
  };
  return {
    read: (name) => {
      const { whole, place } = placeOf(name);
      try {
        const text = shelf.getItem(whole);
        return text === null ? undefined : vault.open(place, unwritten(text));
      } catch {
        // The profile is closed.
        return undefined;
      }
    },
    write: (name, bytes) => {
      const { whole, place } = placeOf(name);
      try {
        if (bytes === undefined) shelf.removeItem(whole);
        else shelf.setItem(whole, written(vault.seal(place, bytes)));
        return true;
      } catch {
        // No room for it, or the profile is closed: the database has to do.
        return false;
      }
    },
  };
};
