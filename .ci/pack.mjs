// Checks the package as its users would get it: packs it, then runs publint and attw on the tarball.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ATTW = "@arethetypeswrong/cli@0.18.5";

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exitCode = 1;
  return status === 0;
}

const folder = mkdtempSync(join(tmpdir(), "couloir-pack-"));
try {
  if (run("npm", "pack", "--ignore-scripts", "--silent", "--pack-destination", folder)) {
    const tarball = join(folder, readdirSync(folder)[0]);
    run("node", ".ci/tool.mjs", "publint", "run", "--strict", tarball);
    // The package is ESM throughout. attw is fetched when needed: with its own TypeScript it would weigh 33 MB in every
    // clone.
    run("npm", "exec", "--yes", `--package=${ATTW}`, "--", "attw", "--profile", "esm-only", tarball);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
