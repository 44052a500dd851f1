/**
 * A large partition, `npm run bench:venue -- --daemons 30 --loss 10 --seconds 60 --messages 200`: real daemons in namespaces,
 * three caucuses, a network that loses frames and falls into two halves, in each of which so much is said. Prints how long
 * after the heal all histories are the same. Ends by itself; 1 when that takes longer than it may, or something is missing.
 */
import { loadavg } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Status } from "../../src/daemon/api.ts";
import type { GroupId, MessageView } from "../../src/types.ts";
import { sameHistories, until, Venue } from "../helpers/venue.ts";
import { whyNoVenue } from "../helpers/venueNet.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { Running } from "../helpers/venueProcess.ts";
import { processor } from "./processor.ts";

const { values } = parseArgs({
  options: {
    daemons: { type: "string", default: "30" },
    loss: { type: "string", default: "10" },
    seconds: { type: "string", default: "60" },
    messages: { type: "string", default: "200" },
  },
});
const [count, loss, seconds, messages] = [values.daemons, values.loss, values.seconds, values.messages].map(Number) as [
  number,
  number,
  number,
  number,
];
const CAUCUSES = 3;
/** How many start at a time: all at once would be in each other's way, not the network's. */
const AT_ONCE = 3;
const HEAL_MS = 30_000;
/** How long it is looked whether histories become the same at all. */
const PATIENCE_MS = 300_000;
const LONGEST_MS = 25 * 60_000;

interface Caucus {
  readonly caucus: GroupId;
  readonly nodes: readonly VenueNode[];
  readonly texts: string[];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const since = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
const inGroups = async (nodes: readonly VenueNode[], act: (node: VenueNode) => Promise<unknown>): Promise<void> => {
  for (let at = 0; at < nodes.length; at += AT_ONCE) await Promise.all(nodes.slice(at, at + AT_ONCE).map(act));
};

const found = async (nodes: readonly VenueNode[], at: number): Promise<Caucus> => {
  const [founder, ...others] = nodes as [VenueNode, ...VenueNode[]];
  await until(
    `${founder.name} knows everybody`,
    async () => {
      const known = new Set((await founder.people()).map(({ person }) => person));
      return others.every(({ person }) => known.has(person));
    },
    PATIENCE_MS,
  );
  const invited = others.flatMap(({ person }) => ["--with", person]);
  const { caucus } = await founder.ask<{ caucus: GroupId }>("caucus", "new", `Caucus ${at + 1}`, ...invited);
  for (const node of nodes)
    await until(
      `${node.name} sees all members`,
      async () => {
        const members = (await node.caucus(caucus))?.members ?? [];
        return members.length === nodes.length && members.every(({ state }) => state === "joined");
      },
      PATIENCE_MS,
    );
  return { caucus, nodes, texts: [] };
};

interface Ear {
  readonly texts: ReadonlySet<string>;
  readonly tail: Running;
}

/** All texts of a caucus as they come to a daemon: reading its history again and again would cost it more than healing. */
const hear = (node: VenueNode, caucus: GroupId): Ear => {
  const texts = new Set<string>();
  const tail = node.start(["tail", "--data", node.folder, "--json", caucus]);
  tail.onLine((line) => {
    const { text, kind } = JSON.parse(line) as MessageView;
    if (kind === "text") texts.add(text);
  });
  return { texts, tail };
};

/** One half speaks: so much, in turn, evenly over the time. */
const speak = async (half: readonly VenueNode[], caucuses: readonly Caucus[], cutAt: number): Promise<void> => {
  for (let n = 0; n < messages; n += 1) {
    await delay(Math.max(1, cutAt + (n * seconds * 950) / messages - performance.now()));
    const node = half[n % half.length]!;
    const { caucus, texts } = caucuses.find(({ nodes }) => nodes.includes(node))!;
    const text = `${node.name} says ${n}`;
    await node.ask("send", caucus, text);
    texts.push(text);
  }
};

const why = whyNoVenue();
if (why !== undefined) {
  say(`no venue here: ${why}`);
  process.exit(1);
}
setTimeout(() => {
  say(`not over after ${LONGEST_MS / 60_000} minutes`);
  process.exit(1);
}, LONGEST_MS).unref();

const began = performance.now();
const venue = await Venue.open(...Array.from({ length: count }, (_, at) => `Daemon ${at + 1}`));
try {
  const all = venue.nodes();
  await inGroups(all, (node) => node.up());
  say(`${count} daemons are up after ${since(began)}`);
  const caucuses: Caucus[] = [];
  for (let at = 0; at < CAUCUSES; at += 1)
    caucuses.push(
      await found(
        all.filter((_, index) => index % CAUCUSES === at),
        at,
      ),
    );
  const links = (await Promise.all(all.map((node) => node.ask<Status>("status")))).map(({ peers }) => peers);
  say(`${CAUCUSES} caucuses are there after ${since(began)}; links ${Math.min(...links)} to ${Math.max(...links)}`);

  const heard = caucuses.map((caucus) => ({
    caucus,
    ears: caucus.nodes.map((node) => hear(node, caucus.caucus)),
  }));
  for (const { caucus, ears } of heard)
    await until("everybody listens", async () => {
      const text = `listen ${caucus.texts.length}`;
      await caucus.nodes[0]!.ask("send", caucus.caucus, text);
      caucus.texts.push(text);
      await delay(2_000);
      return ears.every(({ texts }) => texts.has(text));
    });
  const deaf = heard.map(({ caucus }) => caucus.texts.length);
  const half = Math.ceil(count / 2);
  const [left, right] = [all.slice(0, half), all.slice(half)];
  await venue.lose(loss);
  await venue.cut(left, right);
  const [cutAt, usedBefore] = [performance.now(), await processor(all)];
  await Promise.all([left, right].map((side) => speak(side, caucuses, cutAt)));
  const spoken = since(cutAt);
  await delay(Math.max(0, cutAt + seconds * 1000 - performance.now()));
  const used = await processor(all);
  say(
    `${2 * messages} messages were said in ${spoken} of ${since(cutAt)} apart; ${(used - usedBefore).toFixed(1)} s of processor; load ${loadavg()[0]!.toFixed(1)}`,
  );

  await venue.heal();
  const healedAt = performance.now();
  const took = await Promise.all(
    heard.map(async ({ caucus, ears }, at) => {
      const since = caucus.texts.slice(deaf[at]);
      await until(
        `all of ${caucus.nodes.length} have heard ${since.length} texts`,
        async () => ears.every(({ texts }) => since.every((text) => texts.has(text))),
        PATIENCE_MS,
      );
      return performance.now() - healedAt;
    }),
  );
  const healing = (await processor(all)) - used;
  for (const { caucus, nodes, texts } of caucuses) {
    const read = await sameHistories(nodes, caucus, texts.length);
    if (read.toSorted().join("\n") !== texts.toSorted().join("\n")) throw new Error("not everything, or not once");
  }
  const longest = Math.max(...took);
  say(
    `the same histories with all, everything once: ${took.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(", ")} after the heal, ` +
      `${healing.toFixed(1)} s of processor, at ${loss} % loss; at most ${HEAL_MS / 1000} s; load ${loadavg()[0]!.toFixed(1)}`,
  );
  if (longest > HEAL_MS) process.exitCode = 1;
  for (const { ears } of heard) for (const { tail } of ears) tail.kill("SIGKILL");
  await inGroups(all, (node) => node.down());
  say(`all ended in order after ${since(began)}`);
} finally {
  await venue.close();
}
