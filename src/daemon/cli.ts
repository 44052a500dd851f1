#!/usr/bin/env node
/** Where the command line starts. Checks Node before it loads anything that an old one cannot read. */
const major = Number(process.versions.node.split(".")[0]);

if (major < 22) {
  process.stderr.write(`couloir: this is Node ${process.versions.node}, and Couloir needs Node 22 or newer\n`);
  process.exitCode = 1;
} else {
  const { run } = await import("./run.ts");
  await run(process.argv.slice(2));
}

export {};
