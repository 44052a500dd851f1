// `npm test`: everything except test/venue on two workers, then test/venue one file at a time, because its network
// namespaces would disturb each other. Both always run. `npm test -- FILE…` runs those files only.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const mocha = join(dirname(createRequire(import.meta.url).resolve("mocha/package.json")), "bin", "mocha.js");
const strict = process.env.CI === "true" ? ["--forbid-only", "--forbid-pending"] : [];

function run(...args) {
  return spawnSync(process.execPath, [mocha, ...strict, ...args], { stdio: "inherit" }).status === 0;
}

const wanted = process.argv.slice(2);
const venue = "test/venue";
const hasVenue = existsSync(venue) && readdirSync(venue, { recursive: true }).some((name) => name.endsWith(".test.ts"));

const passed =
  wanted.length > 0
    ? [run(...wanted)]
    : [
        run("--parallel", "--jobs", "2", "--ignore", `${venue}/**`, "test/**/*.test.ts"),
        !hasVenue || run(`${venue}/**/*.test.ts`),
      ];
process.exitCode = passed.every(Boolean) ? 0 : 1;
