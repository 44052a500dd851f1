import { readFile } from "node:fs/promises";
import type { VenueNode } from "../helpers/venueNode.ts";

/** Seconds of processor that daemons have used: what a crowded machine does not change. */
export const processor = async (nodes: readonly VenueNode[]): Promise<number> => {
  const used = await Promise.all(
    nodes.map(async ({ daemon }) => {
      const stat = await readFile(`/proc/${daemon.pid}/stat`, "utf8");
      const [user, system] = stat
        .slice(stat.lastIndexOf(")") + 2)
        .split(" ")
        .slice(11, 13);
      return (Number(user) + Number(system)) / 100;
    }),
  );
  return used.reduce((sum, one) => sum + one, 0);
};
