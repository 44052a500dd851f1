/** Hours of a simulated venue's life with a little traffic: whether anything grows, and whether anything gets worse. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Millis } from "../../src/types.ts";
import type { Delivery } from "./ledger.ts";
import type { VenueOptions } from "./venueOptions.ts";
import { VenueSim } from "./venueSim.ts";

/** One checkpoint. */
export interface SoakHour {
  /** Virtual hours since everybody had come. */
  readonly hour: number;
  /** In use after a collection. */
  readonly heapMB: number;
  /** Timers to come, and what peers know of where others are, altogether. */
  readonly timers: number;
  readonly known: number;
  readonly linksEach: number;
  readonly islands: number;
  readonly multicastsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly delivery: Delivery;
}

/** What hours came to. */
export interface Soaked {
  readonly hours: readonly SoakHour[];
  /** Of the line through the heap after the first third, by when caches are as full as they get. */
  readonly heapSlopeKBPerHour: number;
}

const HOUR: Millis = 3_600_000;
/** What was sent so shortly before a checkpoint counts with the next. */
const ON_ITS_WAY: Millis = 120_000;

/** Much shorter-lived mail than people's, so that what expires is gone within the run as well. */
export const soakVenue: Partial<VenueOptions> = {
  peers: 12,
  caucuses: 2,
  buckets: 1,
  wired: 1,
  messagesPerSecond: 0.1,
  lifetime: HOUR / 2,
  churn: 0.02,
  roaming: 0.05,
};

/** Lives so many hours, in as many pieces as there are checkpoints. */
export const soak = async (
  options: Partial<VenueOptions>,
  { hours, checkpoints }: { readonly hours: number; readonly checkpoints: number },
  say: (line: string) => void = () => {},
): Promise<Soaked> => {
  const collect = collector();
  const sim = await VenueSim.create({ ...soakVenue, ...options });
  await sim.opens(10_000);
  await sim.passes(60);
  const began = sim.clock.now();
  const told: SoakHour[] = [];
  say(soakHeader);
  for (let at = 0; at < checkpoints; at++) {
    const from = sim.clock.now();
    const stretch = await sim.passes((hours * 3600) / checkpoints, { talk: true, churn: true });
    const now = sim.clock.now();
    const delivery = sim.delivery(from - ON_ITS_WAY, now - ON_ITS_WAY);
    sim.table.forget(now);
    sim.ledger.forget(now - ON_ITS_WAY);
    await collect();
    const hour: SoakHour = {
      hour: (now - began) / HOUR,
      heapMB: process.memoryUsage().heapUsed / 1e6,
      timers: sim.clock.pending,
      known: sim.peers.reduce((sum, peer) => sum + peer.known(), 0),
      linksEach: sim.links(),
      islands: sim.islands(),
      multicastsPerSecond: stretch.multicastsPerSecond,
      bytesPerSecond: stretch.bytes / stretch.seconds,
      delivery,
    };
    told.push(hour);
    say(soakLine(hour));
  }
  await sim.closes();
  return { hours: told, heapSlopeKBPerHour: slope(told.slice(Math.floor(told.length / 3))) * 1000 };
};

/** Least squares, in MB an hour. */
const slope = (points: readonly SoakHour[]): number => {
  const mean = (of: (one: SoakHour) => number): number =>
    points.reduce((sum, one) => sum + of(one), 0) / Math.max(1, points.length);
  const [x, y] = [mean(({ hour }) => hour), mean(({ heapMB }) => heapMB)];
  const above = points.reduce((sum, { hour, heapMB }) => sum + (hour - x) * (heapMB - y), 0);
  const below = points.reduce((sum, { hour }) => sum + (hour - x) ** 2, 0);
  return below === 0 ? 0 : above / below;
};

/** Collects what can be collected, whatever the process was started with. */
const collector = (): (() => Promise<void>) => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  return async () => {
    for (let times = 0; times < 3; times++) {
      gc();
      await new Promise((resolve) => void setImmediate(resolve));
    }
  };
};

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padEnd(13)).join("");

/** What the columns are. */
export const soakHeader = row([
  "hour",
  "heap (MB)",
  "timers",
  "known",
  "links",
  "islands",
  "multicast/s",
  "KB/s",
  "messages",
  "missing",
  "p99 (ms)",
]);

/** One checkpoint for people. */
export const soakLine = (one: SoakHour): string =>
  row([
    one.hour.toFixed(2),
    one.heapMB.toFixed(2),
    String(one.timers),
    String(one.known),
    one.linksEach.toFixed(1),
    String(one.islands),
    one.multicastsPerSecond.toFixed(3),
    (one.bytesPerSecond / 1000).toFixed(1),
    String(one.delivery.messages),
    String(one.delivery.missing + one.delivery.twice),
    one.delivery.p99.toFixed(0),
  ]);
