/** What all who are in a caucus have to agree on, as their daemons tell it. */
import type { Status } from "../../src/daemon/api.ts";
import type { GroupId } from "../../src/types.ts";
import { until } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

const PATIENCE_MS = 120_000;

/** What a daemon believes of a caucus, without who happens to be in reach. */
export const beliefs = async (node: VenueNode, caucus: GroupId): Promise<string> => {
  const view = await node.caucus(caucus);
  const members = view?.members.map(({ person, name, role, state, confirmed, unopened, equivocated }) =>
    [person, name, role, state, person === node.person || confirmed, unopened === true, equivocated === true].join(),
  );
  return [view?.name, view?.state, view?.quantum, view?.motions?.length, ...(members ?? []).toSorted()].join("\n");
};

/** The venue as a daemon knows it. */
export const venueOf = async (node: VenueNode): Promise<string> => {
  const { version, venue, buckets, keyed } = await node.ask<Status>("status");
  return [version, venue, buckets, keyed].join();
};

/** Waits until all values are the same, and gives it; rejects with those that there are. */
export const allEqual = async (what: string, values: () => Promise<readonly string[]>): Promise<string> =>
  until(
    what,
    async () => {
      const found = new Set(await values());
      if (found.size === 1) return [...found][0]!;
      throw new Error([...found].join("\n--\n"));
    },
    PATIENCE_MS,
  );
