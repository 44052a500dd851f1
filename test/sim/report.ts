/** One venue's life from opening to healing, and its figures. */
import type { Heal } from "./healing.ts";
import type { Delivery } from "./ledger.ts";
import type { VenueOptions } from "./venueOptions.ts";
import { VenueSim, type Stretch } from "./venueSim.ts";

/** Seconds of each part; nought: left out. */
export interface Parts {
  /** Everybody comes within so many seconds, and has as long again and once more to settle; 20 by default. */
  readonly opening?: number;
  readonly idle: number;
  readonly talk: number;
  readonly split: number;
}

/** What a run says. */
export interface Report {
  readonly peers: number;
  readonly caucuses: number;
  readonly virtualSeconds: number;
  readonly linksEach: number;
  readonly islands: number;
  readonly opening: Stretch;
  readonly idle?: Stretch;
  readonly talk?: Stretch & { readonly delivery: Delivery };
  /** Copies of each message that a subscriber of its topic receives, and that come for each member who is owed it. */
  readonly receptionsPerSubscriber?: number;
  readonly receptionsPerMember?: number;
  /** Of these, such as were asked for after somebody told of them, a message and subscriber. */
  readonly asked?: number;
  readonly heal?: Heal;
  readonly cpuSeconds: number;
  readonly memoryMB: number;
}

const OPENING = 20;

/** Lives one venue. */
export const report = async (
  options: Partial<VenueOptions>,
  parts: Parts,
  say: (line: string) => void = () => {},
): Promise<Report> => {
  const began = process.cpuUsage();
  const within = parts.opening ?? OPENING;
  const sim = await VenueSim.create(options);
  const tell = (what: string): void =>
    say(`${sim.seconds().toFixed(0)} s: ${what}; ${sim.links().toFixed(1)} links each, ${sim.islands()} island(s)`);
  const opening = await sim.opens(within * 1000);
  await sim.passes(2 * within);
  tell("open");
  const idle = parts.idle > 0 ? await sim.passes(parts.idle) : undefined;
  if (idle !== undefined) tell("idle");
  const talk = parts.talk > 0 ? await talks(sim, parts.talk, 2 * within) : undefined;
  if (talk !== undefined) tell("talked");
  let heal: Heal | undefined;
  if (parts.split > 0) {
    sim.splits();
    await sim.passes(parts.split, { talk: true });
    tell("split");
    await sim.passes(0, { talk: false });
    heal = await sim.heals(30_000);
    tell("healed");
  }
  const { system, user } = process.cpuUsage(began);
  const islands = sim.islands();
  const linksEach = sim.links();
  await sim.closes();
  return {
    peers: sim.peers.length,
    caucuses: options.caucuses ?? 0,
    virtualSeconds: sim.seconds(),
    linksEach,
    islands,
    opening,
    ...(idle && { idle }),
    ...talk,
    ...(heal && { heal }),
    cpuSeconds: (system + user) / 1e6,
    memoryMB: process.memoryUsage().rss / 1e6,
  };
};

const talks = async (
  sim: VenueSim,
  seconds: number,
  settling: number,
): Promise<Pick<Report, "talk" | "receptionsPerSubscriber" | "receptionsPerMember" | "asked">> => {
  const from = sim.clock.now();
  const before = { ...sim.counts };
  const present = sim.peers.filter(({ running }) => running).length;
  const stretch = await sim.passes(seconds, { talk: true, churn: true });
  const received = sim.counts.received - before.received;
  const asked = sim.counts.asked - before.asked;
  const until = sim.clock.now();
  await sim.passes(0);
  await sim.gathers();
  await sim.passes(settling);
  const delivery = sim.delivery(from, until);
  return {
    talk: { ...stretch, delivery },
    receptionsPerSubscriber: received / Math.max(1, delivery.messages * present),
    receptionsPerMember: received / Math.max(1, delivery.owed),
    asked: asked / Math.max(1, delivery.messages * present),
  };
};

const percent = (part: number): string => `${(part * 100).toFixed(2)} %`;
const ms = (time: number): string => (time === Infinity ? "never" : `${time.toFixed(0)} ms`);
const air = ({ airtime, multicastsPerSecond }: Stretch): string =>
  `${percent(airtime.unicast)} unicast, ${percent(airtime.multicast)} multicast (${multicastsPerSecond.toFixed(2)}/s), busiest access point ${percent(airtime.busiest)}`;

/** A report for people. */
export const table = (told: Report): string => {
  const { opening, idle, talk, heal } = told;
  const rows: [string, string][] = [
    ["peers, caucuses", `${told.peers}, ${told.caucuses}`],
    ["links each, islands", `${told.linksEach.toFixed(1)}, ${told.islands}`],
    ["airtime, opening", air(opening)],
  ];
  if (idle) rows.push(["airtime, idle", air(idle)]);
  if (talk) {
    const { delivery } = talk;
    rows.push(
      ["airtime, talk", air(talk)],
      ["messages, owed to", `${delivery.messages}, ${delivery.owed}`],
      ["missing, shown twice", `${delivery.missing}, ${delivery.twice}`],
      ["latency p50, p99, p99.9", [delivery.p50, delivery.p99, delivery.p999].map(ms).join(", ")],
      ["within a second", percent(delivery.withinSecond)],
      ["receptions per subscriber", (told.receptionsPerSubscriber ?? 0).toFixed(2)],
      ["receptions per member", (told.receptionsPerMember ?? 0).toFixed(1)],
    );
  }
  if (heal) {
    const times = (bytes: number): string => `${(bytes / Math.max(1, heal.differenceBytes)).toFixed(2)} times`;
    rows.push(
      ["half healed, 99 %, all after", [heal.halfAfter, heal.mostAfter, heal.healedAfter].map(ms).join(", ")],
      ["difference", `${heal.missing} frames, ${heal.differenceBytes} B`],
      ["catch-up, with gossip", `${times(heal.syncBytes)}, ${times(heal.syncBytes + heal.gossipBytes)}`],
    );
  }
  rows.push(["virtual time", `${told.virtualSeconds.toFixed(0)} s`]);
  rows.push(["processor, memory", `${told.cpuSeconds.toFixed(0)} s, ${told.memoryMB.toFixed(0)} MB`]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
};
