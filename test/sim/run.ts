/**
 * `npm run sim -- --peers 500 --caucuses 20 …`: a venue's life in virtual time, and what it cost. `--json` for programs;
 * `--help` names the rest. Everything but the time and memory that it took follows from `--seed`.
 */
import { parseArgs } from "node:util";
import { idleCrowds } from "./idle.ts";
import { report, table } from "./report.ts";
import { soak } from "./soak.ts";
import { sizes, sweep, variants } from "./sweep.ts";
import { defaultVenue } from "./venueOptions.ts";

const number = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    peers: number,
    caucuses: number,
    seed: number,
    rate: number,
    loss: number,
    churn: number,
    roaming: number,
    wired: number,
    attackers: number,
    insiders: number,
    "attack-rate": number,
    "per-ap": number,
    buckets: number,
    opening: number,
    idle: number,
    talk: number,
    split: number,
    isolation: { type: "boolean", default: false },
    "no-multicast": { type: "boolean", default: false },
    sweep: { type: "boolean", default: false },
    hours: number,
    crowds: number,
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const HELP = `npm run sim -- [options]
  --peers 500       --caucuses 20     --seed 1        --rate 10 (messages a second)
  --loss 0.05       --churn 0.1 (part of the peers that leaves a minute)             --roaming 0.05
  --wired 2         --per-ap 28       --buckets 8     --attackers 0     --attack-rate 5
  --insiders 0 (of the attackers, with the venue's key)
  --opening 20 (seconds within which everybody comes)
  --idle 120        --talk 120        --split 60      seconds of silence, of talk and churn, of a partition (0: none)
  --isolation       --no-multicast    --json
  --sweep           other numbers of gossipsub at 5, 30, 150 and 500 peers (or at --peers), --talk 20 each
  --crowds 10,100,300,1000    so many who say nothing: what multicast comes to, for --idle 120 seconds
  --hours 12        hours of 12 peers (or --peers) with a little talk and churn: what the heap comes to`;

if (values.help) console.log(HELP);
else if (values.sweep) {
  const of = values.peers === undefined ? sizes : values.peers.split(",").map(Number);
  await sweep({ sizes: of, variants, seconds: Number(values.talk ?? 20) }, (line) => console.log(line));
} else if (values.crowds !== undefined) {
  const sizes = values.crowds.split(",").map(Number);
  const [opening, idle] = [Number(values.opening ?? 20), Number(values.idle ?? 120)];
  await idleCrowds({ sizes, opening, idle }, (line) => console.log(line));
} else if (values.hours !== undefined) {
  const hours = Number(values.hours);
  const peers = values.peers === undefined ? {} : { peers: Number(values.peers) };
  const soaked = await soak(peers, { hours, checkpoints: Math.max(4, Math.ceil(hours)) }, (line) => console.log(line));
  console.log(`heap slope ${soaked.heapSlopeKBPerHour.toFixed(1)} KB an hour`);
} else {
  const or = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : Number(text));
  const peers = or(values.peers, defaultVenue.peers);
  const told = await report(
    {
      seed: or(values.seed, defaultVenue.seed),
      peers,
      caucuses: or(values.caucuses, defaultVenue.caucuses),
      messagesPerSecond: or(values.rate, defaultVenue.messagesPerSecond),
      loss: or(values.loss, defaultVenue.loss),
      churn: or(values.churn, defaultVenue.churn),
      roaming: or(values.roaming, defaultVenue.roaming),
      wired: or(values.wired, defaultVenue.wired),
      attackers: or(values.attackers, 0),
      insiders: or(values.insiders, 0),
      attackRate: or(values["attack-rate"], defaultVenue.attackRate),
      perAccessPoint: or(values["per-ap"], defaultVenue.perAccessPoint),
      buckets: or(values.buckets, peers > 150 ? 8 : 1),
      isolation: values.isolation,
      lifetime: defaultVenue.lifetime,
      gossip: {},
      noMulticast: values["no-multicast"],
    },
    {
      opening: or(values.opening, 20),
      idle: or(values.idle, 120),
      talk: or(values.talk, 120),
      split: or(values.split, 60),
    },
    (line) => console.error(line),
  );
  console.log(values.json ? JSON.stringify(told) : table(told));
}
