// `npm test`: everything except test/venue and test/web on two workers, then those one file at a time: whole venues of
// daemons and browsers would take each other's time. All always run. `npm test -- FILE…` runs those files only.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const mocha = join(dirname(createRequire(import.meta.url).resolve("mocha/package.json")), "bin", "mocha.js");
const strict = process.env.CI === "true" ? ["--forbid-only", "--forbid-pending"] : [];

function run(...args) {
  return spawnSync(process.execPath, [mocha, ...strict, ...args], { stdio: "inherit" }).status === 0;
}

const wanted = process.argv.slice(2);
const venues = ["test/venue", "test/web"].map((folder) => `${folder}/**/*.test.ts`);

const passed =
  wanted.length > 0
    ? [run(...wanted)]
    : [
        run("--parallel", "--jobs", "2", ...venues.flatMap((one) => ["--ignore", one]), "test/**/*.test.ts"),
        run(...venues),
      ];
process.exitCode = passed.every(Boolean) ? 0 : 1;
