/**
 * Fair shares of what this device takes in, per directly connected link. Garbage cannot be told from mail, by design; so
 * links that are vouched for divide the budget, and no link takes from another's share. Strangers have one of their own
 * all together, however many they are and however often they come anew: what airtime bears.
 *
 * Gossip over its share is dropped (catch-up brings it again); catch-up over its share waits. Pure: time is an argument.
 */
import type { Millis } from "../types.ts";

/** Whether a link is vouched for (it proved the venue key, or a member did) or anybody's. */
export type Trust = "vouched" | "stranger";

/** So much a second. */
export interface Rate {
  readonly frames: number;
  readonly bytes: number;
}

/** What this device takes in, and the least that any link that is vouched for gets of it. */
export interface ShareLimits {
  /** Of links that are vouched for, together. */
  readonly framesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Of strangers, together. */
  readonly strangers: Rate;
  readonly leastFramesPerSecond: number;
  readonly leastBytesPerSecond: number;
  /** A link may use so many seconds of its share at once, and so much at least. */
  readonly burstSeconds: number;
  readonly leastBurst: Rate;
}

/** However small a share: the largest frame fits into what may come at once. */
const LARGEST_FRAME = 65_536;

/**
 * Generous for people, small for a program that floods. Strangers have a tenth of what a Wi-Fi cell carries from one
 * device to another: 0.38 ms for a frame of 1 KiB to the access point and from it, 3.5 MB a second of large ones.
 */
export const defaultShareLimits: ShareLimits = {
  framesPerSecond: 4000,
  bytesPerSecond: 32 * 1024 * 1024,
  strangers: { frames: 260, bytes: 350_000 },
  leastFramesPerSecond: 100,
  leastBytesPerSecond: 512 * 1024,
  burstSeconds: 5,
  leastBurst: { frames: 1, bytes: LARGEST_FRAME },
};

/**
 * What strangers may bring into a room: a tenth of what a cell carries of what goes to everybody. 28 devices at an access
 * point, two copies each: 22 ms for a frame of 1 KiB, 17 ms for each KiB of large ones.
 */
const ROOM: Rate = { frames: 4.5, bytes: 6000 };
const LEAST_ROOM = 4;
/** As long as nobody says how many devices are in the room: as many as are at one access point. */
export const USUAL_ROOM = 28;

/** The limits of what strangers bring to one device of a room with so many, all of whom pass it on to all others. */
export const entryLimits = (devices: number): ShareLimits => {
  const room = Math.max(LEAST_ROOM, devices);
  return {
    ...defaultShareLimits,
    strangers: { frames: ROOM.frames / room, bytes: ROOM.bytes / room },
    burstSeconds: 20,
    leastBurst: { frames: 2, bytes: 8192 },
  };
};

interface Purse {
  frames: number;
  bytes: number;
  at: Millis;
}
interface Account extends Purse {
  trust: Trust;
}

/** The books of all links. */
export interface Shares {
  /** A link came, or what is known of it changed. */
  join(link: string, trust: Trust, now: Millis): void;
  leave(link: string): void;
  /**
   * Takes one frame of gossip from the link's share; `false`: over it, nothing was taken. One that is larger than all that
   * may come at once takes a full share into debt.
   */
  take(link: string, bytes: number, now: Millis): boolean;
  /** What the link may bring now, at least nothing. */
  left(link: string, now: Millis): Rate;
  /** Takes frames of catch-up and says how long to wait before the next; the share may go into debt once. */
  wait(link: string, use: { readonly frames: number; readonly bytes: number }, now: Millis): Millis;
}

/** Books for a set of links that comes and goes; `limitsNow` is asked each time. */
export const createShares = (limitsNow: () => ShareLimits = () => defaultShareLimits): Shares => {
  const accounts = new Map<string, Account>();

  const rates = (trust: Trust): Rate => {
    const limits = limitsNow();
    let members = 0;
    for (const account of accounts.values()) if (account.trust === trust) members++;
    const part = 1 / Math.max(1, members);
    if (trust === "stranger") return { frames: limits.strangers.frames * part, bytes: limits.strangers.bytes * part };
    return {
      frames: Math.max(limits.leastFramesPerSecond, limits.framesPerSecond * part),
      bytes: Math.max(limits.leastBytesPerSecond, limits.bytesPerSecond * part),
    };
  };
  const most = (rate: Rate): Rate => {
    const { burstSeconds, leastBurst } = limitsNow();
    return {
      frames: Math.max(leastBurst.frames, rate.frames * burstSeconds),
      bytes: Math.max(leastBurst.bytes, rate.bytes * burstSeconds),
    };
  };
  const fill = (purse: Purse, rate: Rate, now: Millis): void => {
    const seconds = Math.max(0, now - purse.at) / 1000;
    const full = most(rate);
    purse.at = now;
    purse.frames = Math.min(full.frames, purse.frames + rate.frames * seconds);
    purse.bytes = Math.min(full.bytes, purse.bytes + rate.bytes * seconds);
  };

  /** What strangers have together: each link's share is drawn on it as well. */
  const together: Purse = { ...most(limitsNow().strangers), at: -Infinity };

  /** The purses that a link draws on, filled up to now. */
  const settle = (link: string, now: Millis): readonly (readonly [Purse, Rate])[] => {
    // What still comes from a link that has left is a stranger's with an empty purse, and leaves no trace.
    const account = accounts.get(link) ?? { trust: "stranger", frames: 0, bytes: 0, at: now };
    const rate = rates(account.trust);
    fill(account, rate, now);
    if (account.trust === "vouched") return [[account, rate]];
    const { strangers } = limitsNow();
    fill(together, strangers, now);
    return [
      [account, rate],
      [together, strangers],
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
      const lacks = ([purse, rate]: readonly [Purse, Rate]): boolean =>
        purse.frames < 1 || purse.bytes < Math.min(bytes, most(rate).bytes);
      if (purses.some(lacks)) return false;
      for (const [purse] of purses) {
        purse.frames -= 1;
        purse.bytes -= bytes;
      }
      return true;
    },
    left(link, now) {
      const purses = settle(link, now);
      const least = (of: keyof Rate): number =>
        Math.max(0, Math.floor(Math.min(...purses.map(([purse]) => purse[of]))));
      return { frames: least("frames"), bytes: least("bytes") };
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
