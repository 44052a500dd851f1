/** A peer without the venue's key that floods with well-formed garbage, replays what has expired, and lies in catch-up. */
import type { Carrier, SlotSummary } from "../../src/net/link.ts";
import type { Millis, Topic } from "../../src/types.ts";
import type { SimRandom } from "../helpers/simRandom.ts";
import type { FrameTable } from "./mail.ts";
import type { VenuePeer } from "./venuePeer.ts";
import type { VenueClock } from "./venueClock.ts";

/** Mail that it claims to keep: other sums each time, ids of nothing, and no frames. */
export const lyingMail = (topics: readonly Topic[], random: SimRandom, now: () => Millis): Carrier => ({
  slots: async (): Promise<readonly SlotSummary[]> =>
    topics.flatMap((topic) =>
      [0, 1, 2].map((hours) => ({
        topic,
        slot: (Math.floor(now() / 3_600_000) + 72 - hours) & 0xffff,
        count: random.between(1, 100_000),
        fingerprint: random.bytes(16),
      })),
    ),
  ids: async () => Array.from({ length: 50 }, () => random.bytes(32)),
  frames: async () => [],
});

const LIFETIME: Millis = 72 * 3_600_000;

/** Makes a peer flood from now on, for as long as it runs. */
export const floods = (
  peer: VenuePeer,
  parts: {
    readonly clock: VenueClock;
    readonly random: SimRandom;
    readonly table: FrameTable;
    readonly topics: readonly Topic[];
    readonly perSecond: number;
  },
): void => {
  const { clock, random, table, topics, perSecond } = parts;
  const topic = random.pick(topics);
  if (!peer.running || topic === undefined) return;
  const at = clock.now();
  const expires = random.chance(0.5) ? at + LIFETIME : at - 1;
  peer.says(table.make({ kind: "garbage", topic, at, expires, caucus: -1, sender: peer.index, bytes: 1024 }));
  clock.after((2000 * random.float()) / perSecond, () => floods(peer, parts));
};
