// Runs one of the tools of .ci/tools, as npm would run one of node_modules: `node .ci/tool.mjs oxlint --fix`.
import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";

const [name, ...args] = process.argv.slice(2);
const bin = join(import.meta.dirname, "tools", "node_modules", ".bin");
// After node_modules/.bin, where the right Node may be.
const env = { ...process.env, PATH: `${process.env.PATH}${delimiter}${bin}` };
const { status, error } = spawnSync(name, args, { stdio: "inherit", env, shell: process.platform === "win32" });
if (error !== undefined) process.stderr.write(`couloir: ${name}: ${error.message}\n`);
process.exitCode = status ?? 1;
