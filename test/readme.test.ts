/** The README says what is there: every command, every route, and a program that runs. */
import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { main } from "../src/daemon/main.ts";

const ROOT = new URL("../", import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, ROOT), "utf8");

/** The rows of the table under a heading, by their first column. */
const rowsUnder = (readme: string, heading: string): string => {
  const [, section = ""] = readme.split(`\n## ${heading}\n`);
  const [rows = ""] = section.split("\n## ");
  return Array.from(rows.matchAll(/^\| (?<first>`.*?) \| /gmu), ({ groups }) => groups!["first"]!).join("\n");
};

/** The commands that a help lists. */
const commandsIn = async (...args: readonly string[]): Promise<string[]> => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await main([...args, "--help"], {
    io: { stdin: new PassThrough(), stdout, stderr, env: {} } as unknown as Parameters<typeof main>[1]["io"],
    assemble: () => Promise.reject(new Error("no daemon is started here")),
    onSignal: () => () => undefined,
    exit: () => undefined,
  });
  assert.equal(code, 0);
  const [, commands = ""] = (await text(stdout.end())).split("\nCommands:\n");
  return Array.from(commands.matchAll(/^ {2}(?<name>[a-z-]+) /gmu), ({ groups }) => groups!["name"]!);
};

describe("the README", function () {
  this.timeout(30_000);

  it("lists the commands that there are", async () => {
    const groups = ["board", "caucus", "device", "huddle", "invite", "roll", "venue"];
    const sub = await Promise.all(
      groups.map(async (group) => (await commandsIn(group)).map((name) => `${group} ${name}`)),
    );
    // `invite` is a command itself as well.
    const own = (await commandsIn()).filter((name) => name === "invite" || !groups.includes(name));
    const all = [...own, ...sub.flat()];
    const expected = all.filter((name) => !name.endsWith("help"));
    const listed = Array.from(
      rowsUnder(await read("README.md"), "Command line").matchAll(
        /`(?<name>(?:board|caucus|device|huddle|invite|roll|venue) [a-z-]+|[a-z-]+)/gu,
      ),
      ({ groups }) => groups!["name"]!,
    );
    assert.deepEqual(Array.from(new Set(listed)).toSorted(), expected.toSorted());
  });

  it("lists the routes that there are", async () => {
    const folder = "src/daemon/routes/";
    const files = (await readdir(new URL(folder, ROOT))).map((name) => `${folder}${name}`);
    const sources = await Promise.all(["src/daemon/api.ts", ...files].map(read));
    const routes = sources.join("").matchAll(/app\.(?<method>get|post|put|delete)\("(?<path>\/[^"]+)"/gu);
    const expected = Array.from(routes, ({ groups }) => `${groups!["method"]!.toUpperCase()} ${groups!["path"]}`);
    const listed = rowsUnder(await read("README.md"), "Local API").matchAll(/`(?<route>[A-Z]+ \/[^`]*)`/gu);
    assert.deepEqual(
      Array.from(listed, ({ groups }) => groups!["route"]!).toSorted(),
      expected.filter((route) => route !== "GET /").toSorted(),
    );
  });

  it("shows a program that runs", async () => {
    const [, program = ""] = /```ts\n(?<program>[^]*?)```/u.exec(await read("README.md")) ?? [];
    const home = await mkdtemp(join(tmpdir(), "couloir-readme-"));
    try {
      // Not on the network of whoever runs the tests.
      const here = program
        .replace('"couloir/node"', JSON.stringify(new URL("src/node.ts", ROOT).href))
        .replace('name: "Ana"', 'name: "Ana", listen: ["127.0.0.1"], mdns: false');
      assert.notEqual(here, program);
      await writeFile(join(home, "program.ts"), here);
      const child = spawn(process.execPath, ["program.ts"], { cwd: home, timeout: 25_000, killSignal: "SIGKILL" });
      let said = "";
      child.stdout.setEncoding("utf8").on("data", (part: string) => {
        said += part;
        if (said.includes("reached 0 of 0")) child.kill("SIGINT");
      });
      child.stderr.setEncoding("utf8").on("data", (part: string) => {
        said += part;
      });
      const code = await new Promise((resolve) => {
        child.once("close", resolve);
      });
      assert.equal(code, 0, said);
      assert.match(said, /^couloir join couloir:\S+\nAna: Do you support .*\nDo you support .* reached 0 of 0\n$/u);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});
