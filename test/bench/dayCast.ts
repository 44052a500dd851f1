/** Who lives through the day: a hub, bots with daemons, two people with nothing but a browser, and their caucuses. */
import { join } from "node:path";
import { until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { GroupId } from "../../src/types.ts";
import type { DayBook } from "./dayBook.ts";
import { DayPages } from "./dayPages.ts";
import { ATTENDEES, REGIONS, SECRETARIAT, TABLET, type Attendee } from "./dayPeople.ts";
import { everybodyIs } from "./soakCast.ts";

/** A caucus and who is in it. Who comes and goes changes it. */
export interface DayCaucus {
  readonly name: string;
  readonly caucus: GroupId;
  nodes: readonly VenueNode[];
  /** From when on somebody who came late has what was said, by this machine's clock. */
  readonly since: Map<VenueNode, number>;
  /** People with a browser in it. */
  readonly guests: number;
}

/** Everybody. */
export interface DayCast {
  readonly venue: Venue;
  readonly hub: VenueNode;
  readonly bots: readonly VenueNode[];
  /** A machine that becomes a second device of somebody. */
  readonly tablet: VenueNode;
  readonly pages: DayPages;
  readonly plenary: DayCaucus;
  readonly regions: readonly DayCaucus[];
  /** Starts a daemon, also after it was killed. */
  start(node: VenueNode): Promise<unknown>;
  close(): Promise<void>;
}

export interface CastOptions {
  readonly peers: number;
  readonly browsers: number;
  /** Per cent of all frames. */
  readonly loss: number;
  /** Where pictures of the screens go. */
  readonly shots: string;
}

/** How many start or come in at a time: all at once would be in each other's way, not the network's. */
const AT_ONCE = 3;
/** Members of a regional caucus, at the least. */
const FEW = 3;
const COMES_WITHIN_S = 120;
const PATIENCE_MS = 240_000;

const inGroups = async (nodes: readonly VenueNode[], act: (node: VenueNode) => Promise<unknown>): Promise<void> => {
  for (let at = 0; at < nodes.length; at += AT_ONCE) await Promise.all(nodes.slice(at, at + AT_ONCE).map(act));
};

const knows = (node: VenueNode, others: readonly string[]): Promise<true> =>
  until(
    `${node.name} knows all of them`,
    async () => {
      const known = new Set((await node.people()).map(({ person }) => person as string));
      const missing = others.filter((one) => !known.has(one)).length;
      if (missing === 0) return true;
      throw new Error(`${missing} of ${others.length} are missing`);
    },
    PATIENCE_MS,
  );

/** Has everybody come in, and the caucuses made. */
export const gather = async ({ peers, browsers, loss, shots }: CastOptions, book: DayBook): Promise<DayCast> => {
  const attendees = ATTENDEES.slice(0, peers - 1 - browsers);
  const seats = ["Seat of the phone", "Seat of the desk"].slice(0, browsers);
  const people: readonly Attendee[] = [SECRETARIAT, ...attendees];
  const flags = new Map(people.map(({ name, flag }) => [name, flag]));
  const venue = await Venue.open(...people.map(({ name }) => name), TABLET, ...seats);
  const pages = new DayPages(shots);
  const close = async (): Promise<void> => {
    await pages.leave();
    await venue.close();
  };
  try {
    const [hub, ...bots] = venue.nodes(...people.map(({ name }) => name)) as [VenueNode, ...VenueNode[]];
    const tablet = venue.node(TABLET);
    await venue.lose(loss);
    await venue.watchTheWayOut([hub, ...bots, tablet]);
    const start = (node: VenueNode): Promise<unknown> =>
      node.up([
        ...(node === hub ? ["--hub", "--hub-port", "8020"] : []),
        ...(node === tablet ? ["--link"] : ["--flag", flags.get(node.name) ?? ""]),
      ]);
    await start(hub);
    const { caucus } = await book.must<{ caucus: GroupId }>(hub, { what: "makes Plenary" }, "caucus", "new", "Plenary");
    const page = join(hub.folder, "..", "poster.html");
    const poster = ["invite", caucus, "--poster", "--history", "all", "--page", page];
    const { code, url } = await book.must<{ code: string; url: string }>(hub, { what: "hangs up a poster" }, ...poster);
    book.tell(`the hub is there, with a poster`);
    await inGroups(bots, async (node) => {
      await start(node);
      await book.must(node, { what: "comes in by the poster" }, "join", code, "--wait", String(COMES_WITHIN_S));
    });
    book.tell(`${bots.length} bots have come in by the poster`);
    if (browsers > 0) await pages.arrive(venue.nodes(...seats), url);
    await everybodyIs([hub, ...bots], caucus, bots.length + 1 + browsers);
    book.tell(`all of ${bots.length + 1 + browsers} are in`);
    const plenary: DayCaucus = { name: "Plenary", caucus, nodes: [hub, ...bots], since: new Map(), guests: browsers };
    const regions: DayCaucus[] = [];
    const count = Math.max(1, Math.min(REGIONS.length, Math.floor(bots.length / FEW)));
    for (const [at, name] of REGIONS.slice(0, count).entries()) {
      const nodes = bots.filter((_, index) => index % count === at);
      const guests = await pages.personsFor(hub, { region: at, of: count });
      regions.push(await meet(book, { name, nodes, guests, pages }));
    }
    book.tell(`${regions.length} regional caucuses are there`);
    return { venue, hub, bots, tablet, pages, plenary, regions, start, close };
  } catch (error) {
    await close();
    throw error;
  }
};

interface Meeting {
  readonly name: string;
  readonly nodes: readonly VenueNode[];
  /** Persons who sit at browsers. */
  readonly guests: readonly string[];
  readonly pages: DayPages;
}

const meet = async (book: DayBook, { name, nodes, guests, pages }: Meeting): Promise<DayCaucus> => {
  const [founder, ...others] = nodes as [VenueNode, ...VenueNode[]];
  const persons = [...others.map(({ person }) => person as string), ...guests];
  await knows(founder, persons);
  const invited = persons.flatMap((person) => ["--with", person]);
  const { caucus } = await book.must<{ caucus: GroupId }>(
    founder,
    { what: `makes ${name}` },
    "caucus",
    "new",
    name,
    ...invited,
  );
  await pages.accept(name, guests);
  await everybodyIs(nodes, caucus, nodes.length + guests.length);
  return { name, caucus, nodes, since: new Map(), guests: guests.length };
};
