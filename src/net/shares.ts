/**
 * Fair shares of what this device takes in, per directly connected link. Garbage cannot be told from mail, by design; so
 * links that are vouched for divide 90 % of the budget, and no link takes from another's share. Strangers have 10 % all
 * together, however many they are and however often they come anew.
 *
 * Gossip over its share is dropped (catch-up brings it again); catch-up over its share waits. Pure: time is an argument.
 */
import type { Millis } from "../types.ts";

/** Whether a link is vouched for (it proved the venue key, or a member did) or anybody's. */
export type Trust = "vouched" | "stranger";

/** What this device takes in altogether, and the least that any link that is vouched for gets of it. */
export interface ShareLimits {
  readonly framesPerSecond: number;
  readonly bytesPerSecond: number;
  /** The part of strangers, 0 to 1. */
  readonly strangers: number;
  readonly leastFramesPerSecond: number;
  readonly leastBytesPerSecond: number;
  /** A link may use so many seconds of its share at once. */
  readonly burstSeconds: number;
}

/** Generous for people, small for a program that floods. */
export const defaultShareLimits: ShareLimits = {
  framesPerSecond: 4000,
  bytesPerSecond: 32 * 1024 * 1024,
  strangers: 0.1,
  leastFramesPerSecond: 100,
  leastBytesPerSecond: 512 * 1024,
  burstSeconds: 5,
};

interface Purse {
  frames: number;
  bytes: number;
  at: Millis;
}
interface Account extends Purse {
  trust: Trust;
}
interface Rate {
  readonly frames: number;
  readonly bytes: number;
}
/** However small a share: the largest frame fits into what may come at once. */
const LARGEST_FRAME = 65_536;

/** The books of all links. */
export interface Shares {
  /** A link came, or what is known of it changed. */
  join(link: string, trust: Trust, now: Millis): void;
  leave(link: string): void;
  /** Takes one frame of gossip from the link's share; `false`: over it, nothing was taken. */
  take(link: string, bytes: number, now: Millis): boolean;
  /** Takes frames of catch-up and says how long to wait before the next; the share may go into debt once. */
  wait(link: string, use: { readonly frames: number; readonly bytes: number }, now: Millis): Millis;
}

/** Books for a set of links that comes and goes. */
export const createShares = (limits: ShareLimits = defaultShareLimits): Shares => {
  const accounts = new Map<string, Account>();

  const rates = (trust: Trust): Rate => {
    let members = 0;
    for (const account of accounts.values()) if (account.trust === trust) members++;
    const part = (trust === "stranger" ? limits.strangers : 1 - limits.strangers) / Math.max(1, members);
    const rate = { frames: limits.framesPerSecond * part, bytes: limits.bytesPerSecond * part };
    if (trust === "stranger") return rate;
    return {
      frames: Math.max(limits.leastFramesPerSecond, rate.frames),
      bytes: Math.max(limits.leastBytesPerSecond, rate.bytes),
    };
  };
  const most = (rate: Rate): Rate => ({
    frames: Math.max(1, rate.frames * limits.burstSeconds),
    bytes: Math.max(LARGEST_FRAME, rate.bytes * limits.burstSeconds),
  });
  const fill = (purse: Purse, rate: Rate, now: Millis): void => {
    const seconds = Math.max(0, now - purse.at) / 1000;
    const full = most(rate);
    purse.at = now;
    purse.frames = Math.min(full.frames, purse.frames + rate.frames * seconds);
    purse.bytes = Math.min(full.bytes, purse.bytes + rate.bytes * seconds);
  };

  /** What strangers have together: each link's share is drawn on it as well. */
  const all: Rate = {
    frames: limits.framesPerSecond * limits.strangers,
    bytes: limits.bytesPerSecond * limits.strangers,
  };
  const together: Purse = { ...most(all), at: -Infinity };

  /** The purses that a link draws on, filled up to now. */
  const settle = (link: string, now: Millis): readonly (readonly [Purse, Rate])[] => {
    // What still comes from a link that has left is a stranger's with an empty purse, and leaves no trace.
    const account = accounts.get(link) ?? { trust: "stranger", frames: 0, bytes: 0, at: now };
    const rate = rates(account.trust);
    fill(account, rate, now);
    if (account.trust === "vouched") return [[account, rate]];
    fill(together, all, now);
    return [
      [account, rate],
      [together, all],
    ];
  };

  return {
    join(link, trust, now) {
      const known = accounts.get(link);
      if (known?.trust === trust) return;
      accounts.set(link, { trust, frames: 0, bytes: 0, at: now });
      // What a link has used up stays used up when it becomes another class.
      const fresh = most(rates(trust));
      accounts.set(link, {
        trust,
        frames: Math.min(fresh.frames, known?.frames ?? fresh.frames),
        bytes: Math.min(fresh.bytes, known?.bytes ?? fresh.bytes),
        at: now,
      });
    },
    leave(link) {
      accounts.delete(link);
    },
    take(link, bytes, now) {
      const purses = settle(link, now);
      if (purses.some(([purse]) => purse.frames < 1 || purse.bytes < bytes)) return false;
      for (const [purse] of purses) {
        purse.frames -= 1;
        purse.bytes -= bytes;
      }
      return true;
    },
    wait(link, use, now) {
      let seconds = 0;
      for (const [purse, rate] of settle(link, now)) {
        purse.frames -= use.frames;
        purse.bytes -= use.bytes;
        seconds = Math.max(seconds, -purse.frames / rate.frames, -purse.bytes / rate.bytes);
      }
      return Math.ceil(1000 * seconds);
    },
  };
};
