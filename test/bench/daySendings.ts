/** Scenes with photos, files and words to one person. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { MessageId, MessageView } from "../../src/types.ts";
import { until } from "../helpers/venue.ts";
import type { SaidOfFile } from "../helpers/venueSend.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { DayCaucus } from "./dayCast.ts";
import type { DayLife } from "./dayLife.ts";

const SEND = new URL("../helpers/venueSend.ts", import.meta.url).pathname;
const PATIENCE_MS = 240_000;
/** How many fetch a file that is sent to all. */
const FETCH = 4;
const SEVERAL = 4;
const BARS = 64;

/** Sends a file by the local API, with what the command line does not say of one. */
const sendsFile = async (
  day: DayLife,
  { by, caucus, what, said }: { by: VenueNode; caucus: DayCaucus; what: string; said: SaidOfFile & { path: string } },
): Promise<MessageId> => {
  const { path, ...more } = said;
  const at = Date.now();
  const running = by.start([by.folder, caucus.caucus, path, JSON.stringify(more)], { script: SEND });
  const { message } = JSON.parse(await running.firstLine) as MessageView;
  day.told(caucus.caucus, { message, by, text: more.text ?? "", at });
  day.book.note({
    by: by.name,
    person: by.person,
    what: `${what} in ${caucus.name}`,
    came: "done",
    caucus: caucus.caucus,
    kind: "file",
  });
  return message;
};

const fetches = async (day: DayLife, node: VenueNode, { caucus }: DayCaucus, message: MessageId): Promise<void> => {
  await until(
    `${node.name} has the line`,
    async () => (await node.history(caucus)).some((line) => line.message === message),
    PATIENCE_MS,
  );
  const path = join(node.folder, "..", `${node.name} ${message}`);
  await day.book.must(node, { what: "fetches a file" }, "get", caucus, message, "-o", path, "--wait", "60");
};

/** Several photos at once, one to see once, a voice note, and a file of some megabytes that a few fetch. */
export const sendings = async (day: DayLife): Promise<void> => {
  const { plenary } = day.cast;
  const { photo, annex } = day.files;
  const together = randomBytes(8).toString("hex");
  const by = day.someone(plenary);
  for (let n = 0; n < SEVERAL; n += 1)
    await sendsFile(day, {
      by,
      caucus: plenary,
      what: "sends one of several photos",
      said: { path: photo, photo: true, together },
    });
  const bars = Array.from({ length: BARS }, () => day.random.between(10, 250));
  const voice = { length: 9_000, bars };
  await sendsFile(day, {
    by: day.someone(plenary),
    caucus: plenary,
    what: "sends a voice note",
    said: { path: photo, voice },
  });
  const region = day.cast.regions.at(-1) ?? plenary;
  const from = day.someone(region);
  const secret = { path: photo, photo: true, once: true };
  const once = await sendsFile(day, { by: from, caucus: region, what: "sends a photo to see once", said: secret });
  const viewer = day.someone(region, from);
  await fetches(day, viewer, region, once);
  const { code } = await viewer.run("get", region.caucus, once, "-o", join(viewer.folder, "..", "again"));
  if (code === 0) day.book.fault(`${viewer.name} saw what is shown once twice`);
  const annexBy = day.someone(plenary);
  const message = await sendsFile(day, {
    by: annexBy,
    caucus: plenary,
    what: "sends a file of some megabytes",
    said: { path: annex, text: "The annex" },
  });
  const began = performance.now();
  const readers = day.random.shuffle(day.awake(plenary).filter((node) => node !== annexBy)).slice(0, FETCH);
  await Promise.all(readers.map((node) => fetches(day, node, plenary, message)));
  day.book.tell(`${readers.length} have fetched it after ${((performance.now() - began) / 1000).toFixed(1)} s`);
};

/** From one to one: among bots, and to the phone. */
export const direct = async (day: DayLife): Promise<void> => {
  const { bots, hub, pages } = day.cast;
  const [a, b] = day.random.shuffle(bots.filter((node) => !day.isAway(node))) as [VenueNode, VenueNode];
  const persons = [b.person, ...(pages.phone?.person === undefined ? [] : [pages.phone.person])];
  for (const person of persons) {
    const text = `Between us: I would sign it (${day.random.between(100, 999)}).`;
    const { caucus } = await day.book.must<{ caucus: string }>(
      a,
      { what: "writes to one person" },
      "send",
      person,
      text,
    );
    if (person !== b.person) continue;
    await until(
      `${b.name} has it`,
      async () => {
        const { stdout, code } = await b.run("history", caucus, "--json");
        return code === 0 && stdout.includes(text);
      },
      PATIENCE_MS,
    );
    await day.book.must(b, { what: "answers" }, "send", a.person, "So would I.");
  }
  await day.book.must(hub, { what: "writes to one person" }, "send", b.person, "See me at the desk, please.");
};
