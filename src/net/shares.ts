/**
 * Fair shares of what this device takes in, per directly connected link. Garbage cannot be told from mail, by design; so
 * links that are vouched for divide 90 % of the budget, strangers 10 %, and no link takes from another's share.
 *
 * Gossip over its share is dropped (catch-up brings it again); catch-up over its share waits. Pure: time is an argument.
 */
import type { Millis } from "../types.ts";

/** Whether a link is vouched for (it proved the venue key, or a member did) or anybody's. */
export type Trust = "vouched" | "stranger";

/** What this device takes in altogether, and the least that any link gets of it. */
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

interface Account {
  trust: Trust;
  frames: number;
  bytes: number;
  at: Millis;
}

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

  const rates = (trust: Trust): { frames: number; bytes: number } => {
    let members = 0;
    for (const account of accounts.values()) if (account.trust === trust) members++;
    const part = (trust === "stranger" ? limits.strangers : 1 - limits.strangers) / Math.max(1, members);
    return {
      frames: Math.max(limits.leastFramesPerSecond, limits.framesPerSecond * part),
      bytes: Math.max(limits.leastBytesPerSecond, limits.bytesPerSecond * part),
    };
  };

  const settle = (link: string, now: Millis): { account: Account; rate: { frames: number; bytes: number } } => {
    // What still comes from a link that has left is a stranger's with an empty purse, and leaves no trace.
    const account = accounts.get(link) ?? { trust: "stranger", frames: 0, bytes: 0, at: now };
    const rate = rates(account.trust);
    const seconds = Math.max(0, now - account.at) / 1000;
    account.at = now;
    account.frames = Math.min(rate.frames * limits.burstSeconds, account.frames + rate.frames * seconds);
    account.bytes = Math.min(rate.bytes * limits.burstSeconds, account.bytes + rate.bytes * seconds);
    return { account, rate };
  };

  return {
    join(link, trust, now) {
      const known = accounts.get(link);
      if (known?.trust === trust) return;
      accounts.set(link, { trust, frames: 0, bytes: 0, at: now });
      const rate = rates(trust);
      const burst = limits.burstSeconds;
      // What a link has used up stays used up when it becomes another class.
      const fresh = { frames: rate.frames * burst, bytes: rate.bytes * burst };
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
      const { account } = settle(link, now);
      if (account.frames < 1 || account.bytes < bytes) return false;
      account.frames -= 1;
      account.bytes -= bytes;
      return true;
    },
    wait(link, use, now) {
      const { account, rate } = settle(link, now);
      account.frames -= use.frames;
      account.bytes -= use.bytes;
      return Math.ceil(1000 * Math.max(0, -account.frames / rate.frames, -account.bytes / rate.bytes));
    },
  };
};
