/**
 * `npm run sim -- --peers 500 --caucuses 20 …`: a venue's life in virtual time, and what it cost. `--json` for programs;
 * `--help` names the rest. Everything but the time and memory that it took follows from `--seed`.
 */
import { parseArgs } from "node:util";
import { report, table } from "./report.ts";
import { defaultVenue } from "./venueSim.ts";

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
    "attack-rate": number,
    "per-ap": number,
    buckets: number,
    idle: number,
    talk: number,
    split: number,
    isolation: { type: "boolean", default: false },
    "no-multicast": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const HELP = `npm run sim -- [options]
  --peers 500       --caucuses 20     --seed 1        --rate 10 (messages a second)
  --loss 0.05       --churn 0.1 (part of the peers that leaves a minute)             --roaming 0.05
  --wired 2         --per-ap 28       --buckets 8     --attackers 0     --attack-rate 5
  --idle 120        --talk 120        --split 60      seconds of silence, of talk and churn, of a partition (0: none)
  --isolation       --no-multicast    --json`;

if (values.help) console.log(HELP);
else {
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
      attackRate: or(values["attack-rate"], defaultVenue.attackRate),
      perAccessPoint: or(values["per-ap"], defaultVenue.perAccessPoint),
      buckets: or(values.buckets, peers > 150 ? 8 : 1),
      isolation: values.isolation,
      noMulticast: values["no-multicast"],
    },
    { idle: or(values.idle, 120), talk: or(values.talk, 120), split: or(values.split, 60) },
    (line) => console.error(line),
  );
  console.log(values.json ? JSON.stringify(told) : table(told));
}
