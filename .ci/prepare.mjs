// Runs before `npm start`, `npm test` and friends, so that a fresh clone works at once: installs the packages of
// package-lock.json when they are missing or out of date, and Node 24 when the machine's own Node is older. With
// `--tools` also what `npm run verify` checks with, and with `--oracle` what `npm run oracle` compares with, which those
// who only run or test Couloir need not have; with `--web` builds the app for browsers when its sources have changed.
// Runs on Node 20, needs no package, and writes to stderr only: the stdout of `npm run -s couloir` belongs to couloir.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  copyFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_MAJOR = 24;
const WAIT_MS = 15 * 60_000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const more = ["tools", "oracle"]
  .filter((name) => process.argv.includes(`--${name}`))
  .map((name) => join(root, ".ci", name));
const nodeHome = join(modules, ".node");
const lock = join(root, ".prepare.lock");
const windows = process.platform === "win32";
const nodeLink = join(modules, ".bin", windows ? "node.exe" : "node");
const nodeBinary = (home) => join(home, "bin", windows ? "node.exe" : "node");

const say = (text) => process.stderr.write(`couloir: ${text}\n`);

/** Whether node_modules holds what package-lock.json asks for. npm writes its own record last, so a broken install has none. */
function packagesAreCurrent(folder = root) {
  let wanted;
  let present;
  try {
    wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
    present = JSON.parse(readFileSync(join(folder, "node_modules", ".package-lock.json"), "utf8")).packages;
  } catch {
    return false;
  }
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "") continue;
    const found = present[path];
    // Packages for other platforms are in the lock file but never installed.
    if (found === undefined ? !entry.optional : found.version !== entry.version || found.integrity !== entry.integrity)
      return false;
  }
  return true;
}

/** npm puts node_modules/.bin first on PATH, so after the first run the Node that runs this is already the right one. */
function nodeIsCurrent() {
  return (
    existsSync(nodeLink) || (Number(process.versions.node.split(".")[0]) >= NODE_MAJOR && existsSync(process.execPath))
  );
}

function npm({ node, cwd = root }, ...args) {
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  const cli = process.env.npm_execpath;
  // Output of npm goes to stderr whole: its stdout too.
  const options = { cwd, stdio: ["ignore", 2, 2], shell: cli === undefined && windows };
  const [command, before] = cli === undefined ? ["npm", []] : [node, [cli]];
  const { status, error } = spawnSync(command, [...before, ...args, ...quiet], options);
  if (status !== 0) throw new Error(`npm ${args[0]} failed${error === undefined ? "" : `: ${error.message}`}`);
}

function installPackages() {
  say("installing packages (once, and again when package-lock.json changes)");
  // `npm ci` empties node_modules: a Node that lives there, perhaps the one running this, steps aside meanwhile.
  const aside = join(lock, "node");
  const inside = existsSync(nodeHome);
  if (inside) renameSync(nodeHome, aside);
  const running = existsSync(process.execPath) ? process.execPath : nodeBinary(aside);
  try {
    npm({ node: running }, "ci");
  } finally {
    if (inside && !existsSync(nodeHome)) {
      mkdirSync(modules, { recursive: true });
      renameSync(aside, nodeHome);
    }
  }
  if (inside) linkNode();
}

/**
 * Brings the very package that the npm package `node` would fetch in its install script. It is installed beside the
 * project and moved in, so that neither package.json, the lock file nor the other packages are touched.
 */
function installNode() {
  say(
    `Node ${process.versions.node} is too old to run the sources: bringing Node ${NODE_MAJOR} into node_modules/.bin`,
  );
  const { platform, arch } = process;
  const name = `${platform === "darwin" && arch === "arm64" ? "node-bin" : "node"}-${windows ? "win" : platform}-${arch}`;
  const stage = join(lock, "stage");
  mkdirSync(stage);
  writeFileSync(join(stage, "package.json"), "{}");
  npm(
    { node: process.execPath },
    "install",
    `${name}@${NODE_MAJOR}`,
    "--prefix",
    stage,
    "--no-save",
    "--no-package-lock",
  );
  const home = join(stage, "node_modules", name);
  if (spawnSync(nodeBinary(home), ["--version"]).status !== 0) throw new Error(`${name} does not run on this machine`);
  rmSync(nodeHome, { recursive: true, force: true });
  // The binary only: headers and manuals would be half of it again.
  mkdirSync(nodeHome);
  renameSync(join(home, "bin"), join(nodeHome, "bin"));
  linkNode();
}

function linkNode() {
  mkdirSync(dirname(nodeLink), { recursive: true });
  rmSync(nodeLink, { force: true });
  if (windows) copyFileSync(nodeBinary(nodeHome), nodeLink);
  else symlinkSync(join("..", ".node", "bin", "node"), nodeLink);
}

/** One process prepares; others wait for it. A lock whose owner died is taken away. */
function withLock(work) {
  const deadline = Date.now() + WAIT_MS;
  const owner = join(lock, "pid");
  let waiting = false;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (Date.now() > deadline) throw new Error(`another run holds ${lock}; remove it if there is none`);
    if (ownerDied(owner)) {
      // Renaming succeeds for one of several waiters only.
      const dead = `${lock}.${process.pid}`;
      try {
        renameSync(lock, dead);
        rmSync(dead, { recursive: true, force: true });
      } catch {}
    } else {
      if (!waiting) say("waiting for another run to finish installing");
      waiting = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    writeFileSync(owner, String(process.pid));
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function ownerDied(owner) {
  try {
    const pid = Number(readFileSync(owner, "utf8"));
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    if (error.code !== "ENOENT") return error.code === "ESRCH";
    // No pid yet: its owner is about to write one, or was killed before it could.
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    return since !== undefined && Date.now() - since > 10_000;
  }
}

try {
  const missing = () => more.filter((folder) => !packagesAreCurrent(folder));
  if (!packagesAreCurrent() || !nodeIsCurrent() || missing().length > 0)
    withLock(() => {
      if (!packagesAreCurrent()) installPackages();
      if (!nodeIsCurrent()) installNode();
      for (const folder of missing()) {
        say(`installing ${relative(root, folder)}`);
        // The Node that was just brought, where one was: some tools ask for a newer one than the machine's.
        npm({ node: existsSync(nodeLink) ? nodeLink : process.execPath, cwd: folder }, "ci");
      }
    });
  // By the Node that was just brought, where one was: the build reads TypeScript.
  if (process.argv.includes("--web"))
    spawnSync(existsSync(nodeLink) ? nodeLink : process.execPath, [join(root, ".ci", "web.mjs"), "--if-changed"], {
      stdio: ["ignore", 2, 2],
    });
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
