/**
 * Runs inside a node's namespace, where the daemon's local API can be reached: carries out commands of the command line
 * in this process, as they come on stdin, one JSON a line. Starting a process for each would take most of a test's time.
 */
import { createInterface } from "node:readline";
import { couloir } from "../daemon/harness.ts";

/** One command. */
export interface AgentRequest {
  readonly id: number;
  readonly folder: string;
  readonly args: readonly string[];
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, folder, args } = JSON.parse(line) as AgentRequest;
  void couloir({ folder }, ...args).then((ended) => process.stdout.write(`${JSON.stringify({ id, ...ended })}\n`));
}
