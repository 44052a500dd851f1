/**
 * Forty attackers against ten honest nodes, `node test/bench/siege.ts [seconds]`: who gets through, what is let in, who is
 * cut, and memory. Ends by itself; 1 when something is not as it must be.
 */
import { besiege } from "../net/siege.ts";
import type { TrickName } from "../net/siegeAttacker.ts";

const MEGABYTE = 1024 * 1024;
/** Heap and buffers of all ten together, beyond the mail that they keep. */
const BOUND = 512 * MEGABYTE;
const TRICKS: readonly TrickName[] = ["topics", "large", "meshes", "liar", "replay", "garbage", "noise", "dials"];
const EACH = 5;
const PROCESSES = 2;

const seconds = Number(process.argv[2] ?? 60);
const all = Array.from({ length: EACH }, () => TRICKS).flat();
const attackers = Array.from({ length: PROCESSES }, (_, at) => all.filter((__, n) => n % PROCESSES === at));
// A tenth of the usual: attackers and besieged have two processors between them, and it is to be reached.
const shares = {
  framesPerSecond: 400,
  bytesPerSecond: 3 * MEGABYTE,
  strangers: { frames: 40, bytes: 300_000 },
  leastFramesPerSecond: 4,
  leastBytesPerSecond: 32_768,
};
const report = await besiege({ honest: 10, attackers, seconds, shares, spoofed: 1000 });

const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`10 honest nodes in one process, ${all.length} attackers in ${PROCESSES}, ${seconds} s`);
say(`honest frames: ${report.said}; arrived during the attack: ${(report.during * 100).toFixed(2)} %; after it: 100 %`);
say(
  `let in from strangers: ${report.letIn.toFixed(0)} frames a second at the most, of a share of ${report.share}; ` +
    `kept by one node, from wherever: ${report.garbage}`,
);
for (const [trick, { said, cut }] of Object.entries(report.news)) say(`${trick}: said ${said}, cut ${cut} times`);
say(`heap and buffers beyond kept mail: ${(report.heap / MEGABYTE).toFixed(0)} MB of ${BOUND / MEGABYTE} for all ten`);
say(`dials of spoofed addresses: ${report.spoofs.toFixed(1)} a second and node, of 1000 answers`);
if (report.during < 0.99 || report.letIn > report.share * 1.1 || report.heap > BOUND) process.exitCode = 1;
