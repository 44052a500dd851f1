/**
 * An hour of a venue, `npm run soak -- --minutes 60 --daemons 12 --browsers 4`: daemons and pages in namespaces write, send
 * photos, are killed, cut off and put to sleep. Prints each minute what they hold in memory; at the end how fast that grows,
 * whether all have the same histories and states, and whether times and delays have drifted. Ends by itself; 1 when
 * something is not as it must be.
 */
import { rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { whyNoChromium } from "../helpers/chromium.ts";
import { uniqueName, whyNoVenue } from "../helpers/venueNet.ts";
import { takePhoto } from "./photoTaking.ts";
import { gather, type SoakCast } from "./soakCast.ts";
import { agree, clockOff } from "./soakEnd.ts";
import { PageScale, weighDaemon } from "./soakHeaps.ts";
import { SoakLife } from "./soakLife.ts";
import { percentile, slopeOf } from "./slope.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    daemons: { type: "string", default: "12" },
    browsers: { type: "string", default: "4" },
  },
});
const [minutes, daemons, browsers] = [values.minutes, values.daemons, values.browsers].map(Number) as [
  number,
  number,
  number,
];
const PACE = { talkMs: 3_000, photoMs: 180_000, troubleMs: Math.min(120_000, minutes * 6_000) };
const WEIGH_MS = Math.min(60_000, minutes * 2_000);
/** At first everything is compiled and filled. */
const WARM = 0.2;
const MEGABYTE = 1024 * 1024;
/** Megabytes an hour that a process may grow by: a message's id, keys and marks stay for as long as it may be asked for. */
const MOST = 8;
/** Below that the first minutes are all there is. */
const ENOUGH_MINUTES = 30;
/** What comes before and after, at the most. */
const AROUND_MS = 20 * 60_000;

type Series = Map<string, (readonly [at: number, bytes: number])[]>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const mb = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Weighs everybody that is awake, one after another. */
const weighAll = async (
  cast: SoakCast,
  life: SoakLife,
  scales: readonly PageScale[],
  series: Series,
): Promise<void> => {
  const put = (name: string, bytes: number): void => {
    const points = series.get(name) ?? [];
    series.set(name, [...points, [Date.now(), bytes]]);
  };
  const heaps: number[] = [];
  const resident: number[] = [];
  for (const node of life.steady) {
    const { heap, buffers, rss } = await weighDaemon(node);
    put(node.name, heap);
    put(`${node.name}, buffers`, buffers);
    heaps.push(heap);
    resident.push(rss);
  }
  put("all daemons, resident, on the average", mean(resident));
  const pages: number[] = [];
  const marks: string[] = [];
  for (const [at, scale] of scales.entries()) {
    if (life.isAsleep(at)) continue;
    const { heap, nodes, listeners } = await scale.weigh();
    put(cast.seats[at]!.name, heap);
    pages.push(heap);
    marks.push(`${nodes}/${listeners}`);
  }
  const lines = [...life.counts.values()].reduce((sum, count) => sum + count, 0);
  say(
    `${new Date().toISOString().slice(11, 19)}: ${lines} lines; a daemon holds ${mb(mean(heaps))} MB (${mb(mean(resident))} resident), ` +
      `a page ${mb(mean(pages))} MB (elements/listeners ${marks.join(" ")}); ${life.troubles} troubles; load ${loadavg()[0]!.toFixed(1)}`,
  );
};

const tellSlopes = (series: Series): boolean => {
  let leaks = false;
  for (const [name, points] of series) {
    const settled = points.slice(Math.floor(points.length * WARM));
    const { perHour, error } = slopeOf(settled.map(([at, bytes]) => [at, bytes / MEGABYTE]));
    const grows = perHour - 2 * error > MOST && !name.includes(",");
    leaks ||= grows;
    say(
      `${name}: ${mb(settled[0]?.[1] ?? NaN)} → ${mb(settled.at(-1)?.[1] ?? NaN)} MB, ` +
        `${perHour.toFixed(2)} ± ${error.toFixed(2)} MB an hour${grows ? " – grows" : ""}`,
    );
  }
  return leaks;
};

const why = whyNoVenue() ?? (browsers > 0 ? whyNoChromium() : undefined);
if (why !== undefined) {
  say(`no soak here: ${why}`);
  process.exit(1);
}
setTimeout(
  () => {
    say(`not over ${AROUND_MS / 60_000} minutes after it should be`);
    process.exit(1);
  },
  minutes * 60_000 + AROUND_MS,
).unref();

const photo = join(tmpdir(), uniqueName("photo.jpg"));
const began = performance.now();
const cast = await gather(daemons, browsers);
try {
  say(
    `${daemons} daemons, ${browsers} pages, 3 caucuses: all are in after ${((performance.now() - began) / 1000).toFixed(0)} s`,
  );
  await takePhoto(cast.pages[0], photo);
  const scales = await Promise.all(cast.pages.map((page) => PageScale.of(page)));
  const life = new SoakLife(cast, PACE, photo);
  const series: Series = new Map();
  const ends = AbortSignal.timeout(minutes * 60_000);
  const living = life.live(ends);
  const weighing = (async () => {
    while (!ends.aborted) {
      await weighAll(cast, life, scales, series);
      await delay(WEIGH_MS, undefined, { signal: ends }).catch(() => undefined);
    }
  })();
  await Promise.all([living, weighing]);
  const leaks = tellSlopes(series);
  const lines = await agree(cast, life);
  say(`all histories are the same: ${lines} lines, on ${daemons} daemons and ${browsers} pages; states agree`);
  say(`signed times are off by ${await clockOff(cast.daemons[0]!, life, cast.caucuses)} ms at most`);
  const third = (from: number): readonly number[] => {
    const [first, last] = [life.ears.delays[0]?.[0] ?? 0, life.ears.delays.at(-1)?.[0] ?? 0];
    const [a, b] = [first + ((last - first) * from) / 3, first + ((last - first) * (from + 1)) / 3];
    return life.ears.delays.filter(([at]) => at >= a && at <= b).map(([, ms]) => ms);
  };
  for (const [name, at] of [
    ["first", 0],
    ["last", 2],
  ] as const) {
    const delays = third(at);
    say(
      `from saying to reading, the ${name} third: ${percentile(delays, 50)} ms half of them, ${percentile(delays, 99)} ms 99 of 100 (${delays.length})`,
    );
  }
  if (minutes < ENOUGH_MINUTES) say(`too short to say whether there is a leak: that takes ${ENOUGH_MINUTES} minutes`);
  else say(leaks ? "there is a leak" : `no leak: nothing grows by more than ${MOST} MB an hour`);
  if (leaks && minutes >= ENOUGH_MINUTES) process.exitCode = 1;
  for (const { browser } of cast.pages) browser.assertWell(/ERR_|WebSocket connection|status of 503/u);
  life.ears.quiet();
  for (const node of cast.daemons) await node.down();
  say("all ended in order");
} finally {
  await cast.close();
  await rm(photo, { force: true });
}
