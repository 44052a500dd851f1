/**
 * The buckets that a device hears and carries. Daemons hear all. A page on a phone hears those of its groups, a few more
 * that are always the same, so that neighbours do not see which are which, and the lobby, in which first contacts are:
 * what comes for all the others would cost most of its airtime. SPEC.md §12.
 */
import { derive, NO_SALT } from "../protocol/primitives.ts";
import type { GroupId, Topic } from "../types.ts";
import type { Session } from "./session.ts";
import type { Venue } from "./venue.ts";

/** Buckets heard beside one's own. */
const COVER = 3;

/** What a device, by the seed of its key, hears in any case: the same at every start, for those that change are cover. */
export const coverOf = (device: Uint8Array, venue: Venue): readonly Topic[] => {
  const lots = derive(device, NO_SALT, "cover buckets", 2 * venue.buckets.length);
  return venue.buckets
    .map((topic, at) => ({ topic, lot: (lots[2 * at] as number) * 256 + (lots[2 * at + 1] as number) }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, COVER)
    .map(({ topic }) => topic);
};

/** What to hear from the start. Whoever still asks to come in somewhere is answered in a bucket that it does not know. */
export const heardAtStart = (session: Session): readonly Topic[] => {
  const { self, venue, options, groups, asks } = session;
  if (options.hears !== "own" || asks.size > 0) return venue.carried;
  const own = [...groups.values()].map(({ state }) => venue.bucketOf(state.view.bucket));
  return [...new Set([venue.lobby, ...coverOf(self.device.secret, venue), ...own])];
};

/** A group is new, or changed. */
export const hearGroup = ({ venue, groups, link }: Session, group: GroupId): void => {
  const held = groups.get(group);
  if (held) link.subscribe([venue.bucketOf(held.state.view.bucket)]);
};

/** The answer may come in any bucket. Until the next start, for neighbours have seen the question in all of them. */
export const hearAll = ({ venue, link }: Session): void => link.subscribe(venue.carried);
