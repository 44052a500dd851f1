// What a clone's `npm install` costs in disk space, against a budget. Node itself, where prepare.mjs brought it, is not
// counted.
import { lstatSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const BUDGET_MB = 180;
const NOT_COUNTED = /^(\.node|node|node-(bin-)?(linux|darwin|win)-\w+)$/;
const FORBIDDEN = /(^|\/)node_modules\/(react-native|@react-native)(\/|$)/;

function bytes(folder, skip = () => false) {
  let sum = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skip(entry.name)) continue;
    const path = join(folder, entry.name);
    sum += entry.isDirectory() ? bytes(path) : lstatSync(path).size;
  }
  return sum;
}

const installed = Object.keys(JSON.parse(readFileSync("node_modules/.package-lock.json", "utf8")).packages);
const megabytes = bytes("node_modules", (name) => NOT_COUNTED.test(name)) / 1e6;
console.log(`node_modules: ${installed.length} packages, ${megabytes.toFixed(1)} MB of ${BUDGET_MB} MB`);

const forbidden = installed.filter((path) => FORBIDDEN.test(path));
if (forbidden.length > 0) console.error(`react-native is back: ${forbidden.join(", ")}`);
if (megabytes > BUDGET_MB) console.error("node_modules is over its budget");
if (forbidden.length > 0 || megabytes > BUDGET_MB) process.exitCode = 1;
