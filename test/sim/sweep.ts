/** The same venue on other numbers of gossipsub: what each costs, and what it is for. */
import type { GossipPolicy } from "../../src/net/gossipPolicy.ts";
import { report, type Report } from "./report.ts";

/** Numbers that are tried, under a name. */
export interface Variant {
  readonly name: string;
  readonly gossip: Partial<GossipPolicy>;
}

const degree = (D: number): Partial<GossipPolicy> => {
  const Dlo = Math.max(1, D - 1);
  return { D, Dlo, Dhi: Math.max(12, 2 * D), Dscore: Math.min(2, Dlo), Dout: D > 4 ? 2 : 1 };
};

/** The product's own numbers, and from there one at a time. */
export const variants: readonly Variant[] = [
  { name: "as it is", gossip: {} },
  ...[1, 2, 3, 4, 6].map((D) => ({ name: `degree ${D}`, gossip: degree(D) })),
  { name: "heartbeat 0.7 s", gossip: { heartbeatInterval: 700 } },
  { name: "heartbeat 1 s", gossip: { heartbeatInterval: 1000 } },
  { name: "heartbeat 2 s", gossip: { heartbeatInterval: 2000 } },
  { name: "heartbeat 3 s", gossip: { heartbeatInterval: 3000 } },
  { name: "told to 1", gossip: { Dlazy: 1, gossipFactor: 0 } },
  { name: "IDONTWANT from 512 B", gossip: { idontwantMinDataSize: 512 } },
  { name: "IDONTWANT never", gossip: { idontwantMinDataSize: Infinity } },
  { name: "told for 1 heartbeat", gossip: { mcacheGossip: 1 } },
  { name: "told for 5 heartbeats", gossip: { mcacheGossip: 5 } },
];

/** The sizes that the numbers are for. */
export const sizes: readonly number[] = [5, 30, 150, 500];

/** One line of the table. */
export interface Swept {
  readonly peers: number;
  readonly variant: string;
  readonly told: Report;
}

/** Lives each, and says each as soon as it is there. */
export const sweep = async (
  what: { readonly sizes: readonly number[]; readonly variants: readonly Variant[]; readonly seconds: number },
  say: (line: string) => void,
): Promise<readonly Swept[]> => {
  const all: Swept[] = [];
  say(sweptHeader);
  for (const peers of what.sizes)
    for (const { name, gossip } of what.variants) {
      const place = { peers, caucuses: Math.max(1, Math.round(peers / 25)), buckets: peers > 150 ? 8 : 1, wired: 1 };
      const parts = { opening: 10, idle: 0, talk: what.seconds, split: 0 };
      const swept = { peers, variant: name, told: await report({ ...place, gossip }, parts) };
      all.push(swept);
      say(sweptLine(swept));
    }
  return all;
};

const widths = [6, 24, 9, 12, 8, 22, 12, 10];
const row = (cells: readonly string[]): string => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("");

/** What the columns are. */
export const sweptHeader = row([
  "peers",
  "numbers",
  "missing",
  "within 1 s",
  "copies",
  "p50, p99, p99.9 (ms)",
  "unicast air",
  "asked for",
]);

/** One line for people. */
const sweptLine = ({ peers, variant, told }: Swept): string => {
  const { talk, receptionsPerSubscriber = 0, asked = 0 } = told;
  if (talk === undefined) return row([String(peers), variant]);
  const { delivery, airtime } = talk;
  return row([
    String(peers),
    variant,
    String(delivery.missing + delivery.twice),
    `${(delivery.withinSecond * 100).toFixed(2)} %`,
    receptionsPerSubscriber.toFixed(2),
    [delivery.p50, delivery.p99, delivery.p999].map((time) => time.toFixed(0)).join(", "),
    `${(airtime.unicast * 100).toFixed(1)} %`,
    asked.toFixed(2),
  ]);
};
