/** What has to be so at the end of the day: all who are in a caucus have the same of it, and each act is there once. */
import { setTimeout as delay } from "node:timers/promises";
import { QUIET } from "../../src/content/quiet.ts";
import type { MessageKind, MessageView, Pin } from "../../src/types.ts";
import type { BoardView, TableView, ToolView } from "../../src/types/tools.ts";
import { until } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import { beliefs, venueOf } from "./agreeing.ts";
import type { DayCaucus } from "./dayCast.ts";
import type { DayLife } from "./dayLife.ts";

/** In all; what is looked at after that has to be so at once, or nearly. */
const PATIENCE_MS = 240_000;
const AT_ONCE_MS = 10_000;
const BETWEEN_MS = 3_000;
/** Lines of a page that are looked at. */
const ON_PAGE = 20;
/** Lines that are named where two differ. */
const NAMED = 4;

/** Everything of a line on which all have to agree. */
const told = ({ sentAt, message, sender, kind, text, reply, file, tool, mentions, onRecord }: MessageView): string =>
  [
    sentAt,
    message,
    sender,
    kind,
    text,
    reply ?? "",
    file?.size ?? "",
    file?.once ?? "",
    file?.voice?.length ?? "",
    tool === undefined ? "" : JSON.stringify(tool),
    mentions?.map(({ person }) => person).join() ?? "",
    onRecord ?? "",
  ].join(" ");

/** What one has that the other has not. */
const missing = (of: readonly string[], other: readonly string[]): string => {
  const theirs = new Set(other);
  const lines = of.filter((line) => !theirs.has(line));
  return `${lines.length}${lines.length === 0 ? "" : ` (${lines.slice(0, NAMED).join(" | ")})`}`;
};

const differing = (name: string, mine: readonly string[], first: readonly string[]): string =>
  `${name} lacks ${missing(first, mine)} and has besides ${missing(mine, first)}` +
  (mine.length === first.length ? "; or in another order" : "");

/** How much patience is left. */
class Patience {
  readonly #ends = performance.now() + PATIENCE_MS;

  get left(): number {
    return Math.max(AT_ONCE_MS, this.#ends - performance.now());
  }
}

/** Of all these nodes. */
interface All {
  readonly nodes: readonly VenueNode[];
  readonly patience: Patience;
}

/** Waits until all give the same; words for where they do not. */
const same = async (
  what: string,
  { nodes, patience }: All,
  read: (node: VenueNode) => Promise<readonly string[]>,
): Promise<string | undefined> => {
  const look = async (): Promise<true> => {
    const [first = [], ...others] = await Promise.all(nodes.map(read));
    const off = others.flatMap((mine, at) =>
      mine.join("\n") === first.join("\n") ? [] : [differing(nodes[at + 1]!.name, mine, first)],
    );
    if (off.length === 0) return true;
    await delay(BETWEEN_MS);
    throw new Error(`against ${nodes[0]!.name}: ${off.join("; ")}`);
  };
  return until(what, look, patience.left).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
};

/** What lies on the table, without what each sees of receipts. */
const onTable = async (node: VenueNode, { caucus }: DayCaucus): Promise<readonly string[]> => {
  const { boards, calls, huddles, rollCalls } = await node.ask<TableView>("table", caucus);
  const whole = await Promise.all(
    boards.map(({ message }) => node.ask<BoardView>("board", "show", caucus, message, "--history")),
  );
  return [...whole, ...calls, ...huddles, ...rollCalls].map((one: ToolView) => {
    if (one.tool === "call") return JSON.stringify({ ...one, rings: false, reached: 0 });
    if (one.tool !== "rollCall") return JSON.stringify(one);
    const said = one.people.map(({ person, saidSo }) => [person, saidSo ?? ""]).filter(([, at]) => at !== "");
    return JSON.stringify([one.message, one.by, one.at, one.text, one.again, said]);
  });
};

const pinsOf = async (node: VenueNode, { caucus }: DayCaucus): Promise<readonly string[]> =>
  (await node.ask<Pin[]>("pins", caucus)).map(({ by, at, line }) => `${at} ${by} ${line.message}`);

const historyOf = async (node: VenueNode, { caucus }: DayCaucus, since = 0): Promise<readonly string[]> =>
  (await node.history(caucus)).filter(({ sentAt, kind }) => sentAt >= since && kind !== "notice").map(told);

/** Whoever has all of it, and those who came later, each with what was said since. */
const sameOf = async (caucus: DayCaucus, patience: Patience): Promise<(string | undefined)[]> => {
  const nodes = caucus.nodes.filter((node) => !caucus.since.has(node));
  const [first] = nodes as [VenueNode];
  const whole = { nodes, patience };
  const { name } = caucus;
  const off = [
    await same(`the same history of ${name}`, whole, (node) => historyOf(node, caucus)),
    await same(`the same view of ${name}`, { nodes: caucus.nodes, patience }, async (node) =>
      (await beliefs(node, caucus.caucus)).split("\n"),
    ),
    await same(`the same pins in ${name}`, whole, (node) => pinsOf(node, caucus)),
    await same(`the same table of ${name}`, whole, (node) => onTable(node, caucus)),
  ];
  for (const [node, since] of caucus.since)
    if (caucus.nodes.includes(node))
      off.push(
        await same(`what was said in ${name} since ${node.name} came`, { nodes: [first, node], patience }, (one) =>
          historyOf(one, caucus, since),
        ),
      );
  return off;
};

/** Each act that was confirmed left one message, and nothing else did. */
const onceEach = async (day: DayLife, caucus: DayCaucus): Promise<readonly string[]> => {
  const lines = (await caucus.nodes[0]!.history(caucus.caucus)).filter(({ kind }) => kind !== "notice");
  const off: string[] = [];
  const ids = new Set(lines.map(({ message }) => message));
  if (ids.size !== lines.length) off.push(`${caucus.name} has ${lines.length - ids.size} lines twice`);
  const count = <T>(all: readonly T[], key: (one: T) => string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const one of all) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
    return counts;
  };
  const key = (person: string | undefined, kind: MessageKind | undefined): string => `${person ?? ""} ${kind ?? ""}`;
  const here = day.book.deeds.filter((deed) => deed.caucus === caucus.caucus && deed.kind !== undefined);
  const of = (came: string): Map<string, number> =>
    count(
      here.filter((deed) => deed.came === came),
      ({ person, kind }) => key(person, kind),
    );
  const [done, unsure] = [of("done"), of("unsure")];
  const found = count(lines, ({ sender, kind }) => key(sender, kind));
  for (const one of new Set([...done.keys(), ...found.keys()])) {
    const [least, there] = [done.get(one) ?? 0, found.get(one) ?? 0];
    if (there >= least && there <= least + (unsure.get(one) ?? 0)) continue;
    const [person = "", kind = ""] = one.split(" ");
    const who = here.find((deed) => deed.person === person)?.by ?? person.slice(0, 8);
    off.push(`${caucus.name}: ${who} did ${least} of ${kind}, and ${there} are there`);
  }
  return off;
};

/** A page that is opened again shows the end of the same history. */
const onPages = async (day: DayLife, patience: Patience): Promise<readonly string[]> => {
  const { pages, plenary } = day.cast;
  const off: string[] = [];
  const shown = ({ kind, tool }: MessageView): boolean =>
    !QUIET.has(kind) && kind !== "notice" && !(tool?.kind === "rollCall" && tool.again !== undefined);
  for (const one of pages.seated) {
    await one.delegate.page.reload();
    const look = async (): Promise<true> => {
      await pages.enter(one, plenary.name);
      const ids = await pages.lines(one);
      const lines = (await plenary.nodes[0]!.history(plenary.caucus)).filter(shown).map(({ message }) => message);
      const end = lines.slice(-ids.length);
      if (ids.length >= Math.min(ON_PAGE, lines.length) && ids.join() === end.join()) return true;
      await delay(BETWEEN_MS);
      throw new Error(differing("the page", ids, end));
    };
    await until(`${one.who.name}'s page shows the same history`, look, patience.left).catch((error: unknown) =>
      off.push((error as Error).message),
    );
  }
  return off;
};

/** What differs, in words; nothing where all is as it must be. */
export const whatDiffers = async (day: DayLife): Promise<readonly string[]> => {
  const off: (string | undefined)[] = [];
  const patience = new Patience();
  for (const caucus of day.caucuses) off.push(...(await sameOf(caucus, patience)), ...(await onceEach(day, caucus)));
  const { hub, bots, pages, venue } = day.cast;
  off.push(await same("the same venue", { nodes: [hub, ...bots], patience }, async (node) => [await venueOf(node)]));
  off.push(...(await onPages(day, patience)));
  off.push(...pages.wrongs(/ERR_|WebSocket connection|status of 503/u));
  const sought = await venue.waysOutSought();
  if (sought !== 0) off.push(`daemons looked ${sought} times for the way out of the network`);
  return off.filter((one) => one !== undefined);
};
