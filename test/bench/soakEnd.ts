/** What has to be so at the end: the same histories with all, on daemons and on pages, and states that agree. */
import type { MessageView } from "../../src/types.ts";
import { until } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import { allEqual, beliefs, venueOf } from "./agreeing.ts";
import type { SoakCast, SoakCaucus } from "./soakCast.ts";
import type { SoakLife } from "./soakLife.ts";

const PATIENCE_MS = 120_000;

/** Lines as pages show them, the newest at the end. */
const shown = ({ kind }: MessageView): boolean => kind === "text" || kind === "file";

/** Ids, order, senders, times, what was said. */
const told = async (node: VenueNode, { caucus }: SoakCaucus): Promise<readonly string[]> =>
  (await node.history(caucus))
    .filter(shown)
    .map(({ sentAt, message, sender, text, file }) => `${sentAt} ${message} ${sender} ${text} ${file?.size ?? ""}`);

/** Waits until all agree; rejects with where they do not. Gives how many lines they agree on. */
export const agree = async ({ daemons, caucuses, pages }: SoakCast, life: SoakLife): Promise<number> => {
  let lines = 0;
  for (const one of caucuses) {
    const count = life.counts.get(one.caucus) ?? 0;
    await until(
      `all have the same ${count} lines of ${one.name}`,
      async () => {
        const all = await Promise.all(one.nodes.map((node) => told(node, one)));
        if (all.every((told) => told.length === count && told.join("\n") === all[0]!.join("\n"))) return true;
        throw new Error(all.map((told) => told.length).join());
      },
      PATIENCE_MS,
    );
    lines += count;
    await allEqual(`the same state of ${one.name}`, () =>
      Promise.all(one.nodes.map((node) => beliefs(node, one.caucus))),
    );
  }
  await allEqual("the same venue", () => Promise.all(daemons.map(venueOf)));
  const plenary = caucuses[0]!;
  const history = (await plenary.nodes[0]!.history(plenary.caucus)).filter(shown).map(({ message }) => message);
  for (const { page } of pages) {
    await page.reload();
    const look = async (): Promise<true> => {
      const ids = await page
        .locator("li[data-message]")
        .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["message"] ?? ""));
      const same = ids.length >= Math.min(20, history.length) && ids.join() === history.slice(-ids.length).join();
      if (same) return true;
      throw new Error(`${ids.length} on the page, ${history.length} with the hub`);
    };
    await until("a page shows the end of the same history after it was opened again", look, PATIENCE_MS);
  }
  return lines;
};

/** How far the signed times of texts are from when they were said, at most, in ms. A photo is made ready first. */
export const clockOff = async (hub: VenueNode, life: SoakLife, caucuses: readonly SoakCaucus[]): Promise<number> => {
  let most = 0;
  for (const { caucus } of caucuses)
    for (const { message, sentAt, kind } of await hub.history(caucus)) {
      const said = life.ears.said.get(message);
      if (said !== undefined && kind === "text") most = Math.max(most, Math.abs(sentAt - said.at));
    }
  return most;
};
