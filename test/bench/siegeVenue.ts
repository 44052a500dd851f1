/**
 * Forty attackers against ten daemons, `npm run bench:siege:venue -- --seconds 60 --honest 10 --attackers 40`: each with an address of its own in a venue of
 * namespaces, where the daemons have the venue's key and prove it to each other. Prints who gets through, what is let in,
 * who is cut, and memory. Ends by itself; 1 when something is not as it must be.
 */
import { loadavg } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Status } from "../../src/daemon/api.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import type { MailHeld, VenueView } from "../../src/messenger/api.ts";
import { serviceTag } from "../../src/net/discovery.ts";
import type { GroupId, MessageView } from "../../src/types.ts";
import { sameHistories, until, Venue } from "../helpers/venue.ts";
import { whyNoVenue } from "../helpers/venueNet.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { Running } from "../helpers/venueProcess.ts";
import type { Visit } from "../helpers/venueVisit.ts";
import type { SiegeNews, SiegeOrder, TrickName } from "../net/siegeAttacker.ts";
import { processor } from "./processor.ts";
import { weighable, weighDaemon } from "./soakHeaps.ts";

const ATTACKER = fileURLToPath(new URL("../net/siegeAttacker.ts", import.meta.url));
const RECORDER = fileURLToPath(new URL("../helpers/venueRecorder.ts", import.meta.url));
const VISIT = fileURLToPath(new URL("../helpers/venueVisit.ts", import.meta.url));

const MEGABYTE = 1024 * 1024;
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    honest: { type: "string", default: "10" },
    attackers: { type: "string", default: "40" },
  },
});
const [seconds, honestCount, count] = [values.seconds, values.honest, values.attackers].map(Number) as [
  number,
  number,
  number,
];
const TRICKS: readonly TrickName[] = ["topics", "large", "meshes", "liar", "replay", "garbage", "noise", "dials"];
/** One answers a thousand times a second by multicast; the others have the rest of the tricks in turn. */
const ATTACKERS: readonly TrickName[] = [
  "spoofs",
  ...Array.from({ length: count - 1 }, (_, at) => TRICKS[at % TRICKS.length]!),
];
/** What one daemon may hold more than before, once its garbage is gone. */
const BOUND = 64 * MEGABYTE;
/** Frames a second that strangers may bring in, all together, and at once. */
const SHARE = 400;
const BURST_SECONDS = 5;
const SAY_EVERY_MS = 500;
const UNDER_WAY_MS = 3_000;
const LONGEST_MS = 25 * 60_000;
const AT_ONCE = 3;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const why = whyNoVenue();
if (why !== undefined) {
  say(`no venue here: ${why}`);
  process.exit(1);
}
setTimeout(() => {
  say(`not over after ${LONGEST_MS / 60_000} minutes`);
  process.exit(1);
}, LONGEST_MS).unref();

/** How many envelopes a daemon keeps. */
const kept = async (node: VenueNode): Promise<number> => {
  const { port, hash } = new URL(node.daemon.ui);
  const env = { TOKEN: hash.replace("#token=", "") };
  const { stdout } = await node.start([`http://127.0.0.1:${port}/api/mail`], { script: VISIT, env }).ended;
  return (JSON.parse((JSON.parse(stdout) as Visit).body ?? "") as MailHeld).envelopes;
};

/** Texts as they come to a daemon, by when. */
const listen = (node: VenueNode, arrivals: Map<string, number>): Running => {
  const tail = node.start(["tail", "--data", node.folder, "--json"]);
  tail.onLine((line) => {
    const { text, kind } = JSON.parse(line) as MessageView;
    if (kind === "text" && !arrivals.has(text)) arrivals.set(text, performance.now());
  });
  return tail;
};

const attack = (
  node: VenueNode,
  order: SiegeOrder,
): { readonly ready: Promise<string>; readonly news: Promise<SiegeNews> } => {
  const running = node.start([], { script: ATTACKER });
  const { promise, resolve, reject } = Promise.withResolvers<SiegeNews>();
  void running.ended.then(({ code, stderr }) => reject(new Error(`${node.name} ended with ${code}: ${stderr}`)));
  running.onLine((line) => {
    if (line.startsWith("{")) resolve(JSON.parse(line) as SiegeNews);
  });
  running.tell(JSON.stringify(order));
  return { ready: running.firstLine, news: promise };
};

const names = (what: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${what} ${at + 1}`);
const venue = await Venue.open(...names("Honest", honestCount), ...names("Attacker", ATTACKERS.length));
try {
  const honest = venue.nodes(...names("Honest", honestCount));
  const attackers = venue.nodes(...names("Attacker", ATTACKERS.length));
  const [first, ...others] = honest as [VenueNode, ...VenueNode[]];
  await first.up(["--venue-key", "new"], weighable(first));
  const { code } = await first.ask<VenueView>("venue");
  for (let at = 0; at < others.length; at += AT_ONCE)
    await Promise.all(others.slice(at, at + AT_ONCE).map((node) => node.up(["--venue", code], weighable(node))));
  let over = false;
  for (const { name, daemon } of honest)
    void daemon.ended.then(({ code, stderr }) => {
      if (!over) say(`${name} ended amid it with ${code}: ${stderr}`);
    });
  await until("the first knows all", async () => (await first.people()).length === honestCount - 1);
  const invited = others.flatMap(({ person }) => ["--with", person]);
  const { caucus } = await first.ask<{ caucus: GroupId }>("caucus", "new", "Plenary", ...invited);
  for (const node of honest)
    await until(`${node.name} is in`, async () => (await node.caucus(caucus))?.members.length === honestCount);
  let texts = 0;
  for (; texts < 40; texts += 1) await honest[texts % honestCount]!.ask("send", caucus, `before: ${texts}`);
  await sameHistories(honest, caucus, texts);
  for (const node of honest)
    await until(`all that ${node.name} is linked to has proved the key`, async () => {
      const { standing, peers } = await node.ask<Status>("status");
      return peers >= honestCount - 1 && standing?.vouched === peers;
    });

  const { stdout } = await attackers[0]!.start([first.daemon.addresses[0]!, "10"], { script: RECORDER }).ended;
  const day = JSON.parse(stdout) as string[];
  const arrivals = honest.map(() => new Map<string, number>());
  const tails = honest.map((node, at) => listen(node, arrivals[at]!));
  const before = await Promise.all(honest.map(weighDaemon));
  const mailBefore = Math.max(...(await Promise.all(honest.map(kept))));
  say(
    `${honestCount} daemons have proved the venue's key to each other; ${day.length} envelopes to replay; load ${loadavg()[0]!.toFixed(1)}`,
  );

  const targets = honest.map(({ daemon }) => daemon.addresses[0]!);
  const order = {
    targets,
    topic: makeVenue("couloir").buckets[0]!,
    seconds,
    day,
    tag: serviceTag("couloir"),
    envelopes: true,
  };
  // The machine is the daemons' own, in truth; but a thousand answers a second there shall be.
  const attacks = attackers.map((node, at) => {
    const trick = ATTACKERS[at]!;
    return attack(node, { ...order, tricks: [trick], ...(trick !== "spoofs" && { nice: 19 }) });
  });
  await Promise.all(attacks.map(({ ready }) => ready));
  say(`${ATTACKERS.length} attackers have begun`);
  const [since, usedBefore] = [performance.now(), await processor(honest)];
  const ends = since + seconds * 1000;
  const said: { readonly text: string; readonly at: number; readonly by: number }[] = [];
  let [most, weighed] = [0, 0];
  const weighing = (async () => {
    for (; performance.now() < ends; weighed += 1) {
      const at = weighed % honestCount;
      most = Math.max(most, (await weighDaemon(honest[at]!)).heap - before[at]!.heap);
      await delay(1_000);
    }
  })();
  for (let turn = 0; performance.now() < ends; turn += 1) {
    const [by, text, at] = [turn % honestCount, `during: ${turn}`, performance.now()];
    await honest[by]!.ask("send", caucus, text);
    said.push({ text, at, by });
    await delay(Math.max(1, SAY_EVERY_MS - (performance.now() - at)));
  }
  await weighing;
  const lasted = (performance.now() - since) / 1000;
  const due = said.filter(({ at }) => at < ends - UNDER_WAY_MS);
  const arrived = due.reduce(
    (sum, { text }) => sum + arrivals.filter((one) => (one.get(text) ?? Infinity) <= ends).length,
    0,
  );
  const during = arrived / (due.length * honestCount);
  const used = (await processor(honest)) - usedBefore;
  say(`a daemon used ${((100 * used) / honestCount / lasted).toFixed(0)} % of a processor meanwhile`);
  say(
    `said during the attack: ${said.length}; arrived during it: ${(during * 100).toFixed(2)} %; load ${loadavg()[0]!.toFixed(1)}`,
  );
  const all: Partial<Record<TrickName, { said: number; cut: number }>> = {};
  for (const news of await Promise.all(attacks.map((one) => one.news)))
    for (const [trick, one] of Object.entries(news) as [TrickName, { said: number; cut: number }][]) {
      const known = (all[trick] ??= { said: 0, cut: 0 });
      known.said += one.said;
      known.cut += one.cut;
    }
  for (const [trick, one] of Object.entries(all)) say(`${trick}: said ${one.said}, cut ${one.cut} times`);
  const end = performance.now();
  await sameHistories(honest, caucus, texts + said.length, 120_000);
  say(`after it: 100 % arrived, the same with all, ${((performance.now() - end) / 1000).toFixed(1)} s later`);
  const after = await Promise.all(honest.map(weighDaemon));
  const mail = Math.max(...(await Promise.all(honest.map(kept))));
  const letIn = (mail - mailBefore) / (lasted + BURST_SECONDS);
  say(
    `let in, honest mail among it: ${letIn.toFixed(0)} envelopes a second at the most, of ${SHARE} that strangers may bring`,
  );
  const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);
  say(
    `a daemon held at most ${megabytes(most)} MB more meanwhile (${weighed} looks), and ` +
      `${megabytes(Math.max(...after.map(({ heap }, at) => heap - before[at]!.heap)))} MB more after it, of ${BOUND / MEGABYTE}; ` +
      `resident ${megabytes(Math.max(...before.map(({ rss }) => rss)))} → ${megabytes(Math.max(...after.map(({ rss }) => rss)))}`,
  );
  const uncut = (["topics", "large", "meshes", "liar", "noise"] as const).filter(
    (trick) => (all[trick]?.cut ?? 0) === 0,
  );
  if (uncut.length > 0) say(`never cut: ${uncut.join(", ")}`);
  if (during < 0.99 || letIn > SHARE * 1.1 || most > BOUND || uncut.length > 0) process.exitCode = 1;
  over = true;
  for (const tail of tails) tail.kill("SIGKILL");
  for (const node of honest) await node.down();
} catch (error) {
  // What a daemon said at its end comes first.
  await delay(1_000);
  throw error;
} finally {
  await venue.close();
}
