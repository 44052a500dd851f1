/** Who lives through the soak: daemons, one of them a hub, people with nothing but a page, and the caucuses of them all. */
import { Delegate, LAPTOP } from "../helpers/delegate.ts";
import { until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { Invite } from "../../src/messenger/api.ts";
import type { GroupId } from "../../src/types.ts";
import { weighable } from "./soakHeaps.ts";

/** A caucus, and whose daemons are in it. */
export interface SoakCaucus {
  readonly name: string;
  readonly caucus: GroupId;
  readonly nodes: readonly VenueNode[];
}

/** Everybody. The first daemon is the hub; the last two are those that are killed now and then. */
export interface SoakCast {
  readonly venue: Venue;
  readonly daemons: readonly VenueNode[];
  readonly restless: readonly VenueNode[];
  readonly pages: readonly Delegate[];
  /** The machines of the pages. */
  readonly seats: readonly VenueNode[];
  /** The first one is of all; the two others of the hub and every other daemon. */
  readonly caucuses: readonly SoakCaucus[];
  close(): Promise<void>;
}

/** Starts a daemon of the cast, also after it was killed. */
export const startDaemon = (cast: Pick<SoakCast, "daemons">, node: VenueNode): Promise<unknown> =>
  node.up(node === cast.daemons[0] ? ["--hub"] : [], weighable(node));

/** Waits until each daemon sees so many who have joined. */
export const everybodyIs = async (nodes: readonly VenueNode[], caucus: GroupId, members: number): Promise<void> => {
  for (const node of nodes)
    await until(
      `${node.name} sees ${members} members`,
      async () => {
        const found = (await node.caucus(caucus))?.members ?? [];
        const joined = found.filter(({ state }) => state === "joined").length;
        if (joined === members) return true;
        throw new Error(`${joined} of ${found.length}`);
      },
      120_000,
    );
};

/** Has everybody come in. */
export const gather = async (daemonCount: number, pageCount: number): Promise<SoakCast> => {
  const names = Array.from({ length: daemonCount }, (_, at) => (at === 0 ? "Hub" : `Daemon ${at + 1}`));
  const places = Array.from({ length: pageCount }, (_, at) => `Page ${at + 1}`);
  const venue = await Venue.open(...names, ...places);
  const pages: Delegate[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(pages.map((page) => page.leaves().catch(() => undefined)));
    await venue.close();
  };
  try {
    const [daemons, seats] = [venue.nodes(...names), places.length > 0 ? venue.nodes(...places) : []];
    // One by one: all at once would be an hour's load in a minute.
    for (const node of daemons) await startDaemon({ daemons }, node);
    const hub = daemons[0]!;
    const others = (nodes: readonly VenueNode[]): string[] =>
      nodes.filter((node) => node !== hub).flatMap(({ person }) => ["--with", person]);
    await until("the hub knows all daemons", async () => (await hub.people()).length === daemonCount - 1);
    const { caucus } = await hub.ask<{ caucus: GroupId }>("caucus", "new", "Plenary", ...others(daemons));
    for (const seat of seats) {
      const { url } = await hub.ask<Invite & { url: string }>("invite", caucus);
      const page = await Delegate.sits(seat, LAPTOP);
      pages.push(page);
      await page.opens(url);
      await page.joins({ name: seat.name, country: "CH" });
      await page.enters("Plenary");
    }
    await everybodyIs(daemons, caucus, daemonCount + pageCount);
    const caucuses: SoakCaucus[] = [{ name: "Plenary", caucus, nodes: daemons }];
    for (const [at, name] of ["Fish", "Salt"].entries()) {
      const nodes = daemons.filter((node, index) => node === hub || index % 2 === at);
      const made = await hub.ask<{ caucus: GroupId }>("caucus", "new", name, ...others(nodes));
      await everybodyIs(nodes, made.caucus, nodes.length);
      caucuses.push({ name, caucus: made.caucus, nodes });
    }
    return { venue, daemons, restless: daemons.slice(-2), pages, seats, caucuses, close };
  } catch (error) {
    await close();
    throw error;
  }
};
