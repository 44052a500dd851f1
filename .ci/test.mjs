// `npm test`: everything except test/venue and test/web on two workers; then those two side by side, each one file at a
// time: whole venues of daemons and browsers, which wait more than they work. All always run. `npm test -- FILE…` runs
// those files only.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const mocha = join(dirname(createRequire(import.meta.url).resolve("mocha/package.json")), "bin", "mocha.js");
const strict = process.env.CI === "true" ? ["--forbid-only", "--forbid-pending"] : [];

function run(...args) {
  return spawnSync(process.execPath, [mocha, ...strict, ...args], { stdio: "inherit" }).status === 0;
}

/** The same beside what else runs: what it says comes in one piece at the end. */
async function runAside(...args) {
  const child = spawn(process.execPath, [mocha, ...strict, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const said = [];
  child.stdout.on("data", (chunk) => said.push(chunk));
  const [status] = await once(child, "close");
  process.stdout.write(Buffer.concat(said));
  return status === 0;
}

const wanted = process.argv.slice(2);
const [venue, web] = ["test/venue", "test/web"].map((folder) => `${folder}/**/*.test.ts`);

const passed =
  wanted.length > 0
    ? [run(...wanted)]
    : [
        run("--parallel", "--jobs", "2", "--ignore", venue, "--ignore", web, "test/**/*.test.ts"),
        ...(await Promise.all([runAside(venue), runAside(web)])),
      ];
process.exitCode = passed.every(Boolean) ? 0 : 1;
