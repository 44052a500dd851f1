// `npm test`: everything except test/venue and test/web on two workers; then those two side by side, venues one file at a
// time and browsers two: both wait more than they work. The venue that waits longest, with the least work, stands beside
// the first part already. All always run. `npm test -- FILE…` runs those files only.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const mocha = join(dirname(createRequire(import.meta.url).resolve("mocha/package.json")), "bin", "mocha.js");
const strict = process.env.CI === "true" ? ["--forbid-only", "--forbid-pending"] : [];

const start = (args, stdio) => spawn(process.execPath, [mocha, ...strict, ...args], { stdio });

async function run(...args) {
  const [status] = await once(start(args, "inherit"), "close");
  return status === 0;
}

/** The same beside what else runs: what it says comes in one piece at the end. */
async function runAside(...args) {
  const child = start(args, ["ignore", "pipe", "inherit"]);
  const said = [];
  child.stdout.on("data", (chunk) => said.push(chunk));
  const [status] = await once(child, "close");
  process.stdout.write(Buffer.concat(said));
  return status === 0;
}

const wanted = process.argv.slice(2);
const [venue, web] = ["test/venue", "test/web"].map((folder) => `${folder}/**/*.test.ts`);
const waiting = "test/venue/partition.test.ts";
const two = ["--parallel", "--jobs", "2"];

async function runAll() {
  const patient = runAside(waiting);
  const first = await run(...two, "--ignore", venue, "--ignore", web, "test/**/*.test.ts");
  return [first, ...(await Promise.all([patient, runAside("--ignore", waiting, venue), runAside(...two, web)]))];
}

const passed = wanted.length > 0 ? [await run(...wanted)] : await runAll();
process.exitCode = passed.every(Boolean) ? 0 : 1;
