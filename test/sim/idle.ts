/** What a venue costs the air while nobody says anything, at several sizes: multicast must not grow with them. */
import { report } from "./report.ts";
import type { VenueOptions } from "./venueOptions.ts";
import type { Stretch } from "./venueSim.ts";

/** One size. */
export interface IdleCrowd {
  readonly peers: number;
  readonly linksEach: number;
  readonly islands: number;
  readonly opening: Stretch;
  readonly idle: Stretch;
}

/** Lives each size, and says each as soon as it is there. */
export const idleCrowds = async (
  what: {
    readonly sizes: readonly number[];
    /** Seconds within which everybody comes; twice that to settle. */
    readonly opening: number;
    /** Seconds of silence after that. */
    readonly idle: number;
    readonly options?: Partial<VenueOptions>;
  },
  say: (line: string) => void = () => {},
): Promise<readonly IdleCrowd[]> => {
  const all: IdleCrowd[] = [];
  say(header);
  for (const peers of what.sizes) {
    const place = { peers, caucuses: Math.max(1, Math.round(peers / 25)), buckets: peers > 150 ? 8 : 1, wired: 1 };
    const parts = { opening: what.opening, idle: what.idle, talk: 0, split: 0 };
    const { linksEach, islands, opening, idle } = await report({ ...place, ...what.options }, parts);
    if (idle === undefined) continue;
    const crowd = { peers, linksEach, islands, opening, idle };
    all.push(crowd);
    say(line(crowd));
  }
  return all;
};

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padEnd(20)).join("");
const percent = (part: number): string => `${(part * 100).toFixed(3)} %`;

const header = row(["idle peers", "multicasts a second", "multicast air", "unicast air", "links each", "islands"]);

const line = ({ peers, linksEach, islands, idle }: IdleCrowd): string =>
  row([
    String(peers),
    idle.multicastsPerSecond.toFixed(3),
    percent(idle.airtime.multicast),
    percent(idle.airtime.unicast),
    linksEach.toFixed(1),
    String(islands),
  ]);
