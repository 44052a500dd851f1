/** A program to kill: opens the profile in its first argument, commits without end, and prints each number once saved. */
import { writeSync } from "node:fs";
import { openProfile } from "../../src/store/openNode.ts";
import { group, message, puts } from "./samples.ts";

const { store } = await openProfile(process.argv[2] ?? "");
const g = group("crash");
const save = async (n: number): Promise<void> => {
  await store.commit([
    puts({ space: "message", group: g, time: n, message: message(n) }, { text: `message ${n}` }),
    puts({ space: "outbox", group: g, seq: n }, n),
  ]);
  writeSync(1, `${n}\n`);
};
// Several at a time, so that they share writes.
for (let n = 0; ; n += 8) await Promise.all(Array.from({ length: 8 }, (_, at) => save(n + at)));
