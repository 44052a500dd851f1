/** Each example does what its first lines say, as a program of its own. */
import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openMessenger, type Opened } from "../src/node.ts";

const EXAMPLES = fileURLToPath(new URL("../examples", import.meta.url));
const PATIENCE = 50_000;

/** A program that runs; `ended` gives what it said, and fails unless it ended well and in time. */
const run = (name: string, ...args: readonly string[]) => {
  const child = spawn(process.execPath, [join(EXAMPLES, name), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: PATIENCE,
    killSignal: "SIGKILL",
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  const ended = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${name} ended with ${code ?? signal}:\n${said}`));
    });
  });
  return { ended, stop: () => child.kill("SIGTERM") };
};

describe("examples", function () {
  this.timeout(60_000);
  let home: string;
  let opened: Opened | undefined;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "couloir-examples-"));
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
    await rm(home, { recursive: true, force: true });
  });

  it("are all run here", async () => {
    assert.deepEqual((await readdir(EXAMPLES)).toSorted(), [
      "01-two-peers.ts",
      "02-caucus-bot.ts",
      "03-custom-link.ts",
    ]);
  });

  it("01: two peers form a caucus, and write both ways", async () => {
    const said = await run("01-two-peers.ts").ended;
    assert.match(said, /^Ben is in “Article 12”\.$/mu);
    assert.match(said, /^Ana reads: With the brackets gone, yes\.$/mu);
    assert.match(said, /second reading\?” reached 1 of 1\.$/mu);
    assert.match(said, /^ {2}Ana: Do you support .*\n {2}Ben: With the brackets/mu);
  });

  it("02: a bot comes by a code, answers, and counts again after a restart", async () => {
    const venue = `examples ${randomUUID()}`;
    opened = await openMessenger({ folder: join(home, "ana"), name: "Ana", venue, listen: ["127.0.0.1"], mdns: false });
    const { messenger } = opened;
    const replies: string[] = [];
    messenger.on("message", ({ text, sender }) => {
      if (sender !== messenger.person) replies.push(text);
    });
    const until = async (done: () => boolean, what: string): Promise<void> => {
      for (const end = Date.now() + PATIENCE; !done(); await delay(50))
        if (Date.now() > end) throw new Error(`no ${what}; replies so far: ${replies.join(" | ")}`);
    };
    const caucus = await messenger.createCaucus("Article 12");
    const bot = ["02-caucus-bot.ts", "--data", join(home, "bot"), "--venue", venue] as const;
    const members = (): number => messenger.caucuses()[0]?.members.length ?? 0;

    const first = run(...bot, (await messenger.invite(caucus)).code);
    await until(() => members() === 2, "bot in the caucus");
    await messenger.send(caucus, "!roll");
    await until(() => replies.length === 1, "die");
    assert.match(replies[0]!, /^You rolled [1-6]\.$/u);
    await messenger.send(caucus, "!support The second reading");
    await messenger.send(caucus, "!support the second reading");
    await until(() => replies.length === 3, "tally");
    assert.equal(replies[2], "the second reading: 1");
    first.stop();
    assert.match(await first.ended, /^The bot has joined\.$/mu);

    // Asked while it is away, without a code this time.
    await messenger.send(caucus, "!tally");
    const second = run(...bot);
    await until(() => replies.length === 4, "tally after the restart");
    assert.equal(replies[3], "the second reading: 1");
    second.stop();
    await second.ended;
  });

  it("03: a link of one's own carries a caucus", async () => {
    const said = await run("03-custom-link.ts").ended;
    assert.match(said, /^Ana alone: saved$/mu);
    assert.match(said, /^Ben heard Ana: Over a link of our own\.$/mu);
  });
});
