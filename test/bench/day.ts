/**
 * A day in the venue, `npm run day -- --minutes 10 --peers 28 --loss 5 --seed 1`: an hour pressed into so many minutes, in
 * which everything is used once. All but two of the peers are daemons in namespaces; these two are a phone in English and a
 * wide screen in Arabic (`--browsers 0` does without). Prints what happens when, how soon words arrive, and how much of the
 * processor that takes; pictures of both screens and a log of all acts go to `shots/day/`, which git ignores. Then waits until
 * all is settled, and says what differs: ends with 1 where anything does.
 */
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { whyNoChromium } from "../helpers/chromium.ts";
import { SimRandom } from "../helpers/simRandom.ts";
import { uniqueName, whyNoVenue } from "../helpers/venueNet.ts";
import { DayBook } from "./dayBook.ts";
import { gather } from "./dayCast.ts";
import { whatDiffers } from "./dayEnd.ts";
import { DayLife } from "./dayLife.ts";
import { playAll } from "./dayScenes.ts";
import type { Ears } from "./ears.ts";
import { takePhoto } from "./photoTaking.ts";
import { Shares } from "./shares.ts";
import { percentile } from "./slope.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    peers: { type: "string", default: "28" },
    browsers: { type: "string", default: "2" },
    loss: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});
const [minutes, peers, browsers, loss] = [values.minutes, values.peers, values.browsers, values.loss].map(Number) as [
  number,
  number,
  number,
  number,
];
const SHOTS = fileURLToPath(new URL("../../shots/day/", import.meta.url));
const MINUTE = 60_000;
const ANNEX = 4_000_000;
/** Somebody does something so often. */
const PACE_MS = 900;
/** What comes before and after, at the most. */
const AROUND_MS = 40 * MINUTE;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const tellDelays = (where: string, { delays }: Ears): void => {
  const all = delays.map(([, ms]) => ms);
  say(
    `from saying to ${where}: ${percentile(all, 50)} ms half of them, ${percentile(all, 99)} ms 99 of 100 (${all.length})`,
  );
};

const why = whyNoVenue() ?? (browsers > 0 ? whyNoChromium() : undefined);
if (why !== undefined) {
  say(`no day here: ${why}`);
  process.exit(1);
}
setTimeout(
  () => {
    say(`not over ${AROUND_MS / MINUTE} minutes after it should be`);
    process.exit(1);
  },
  minutes * MINUTE + AROUND_MS,
).unref();

await rm(SHOTS, { recursive: true, force: true });
await mkdir(SHOTS, { recursive: true });
const log = createWriteStream(join(SHOTS, "log.txt"));
const folder = await mkdtemp(join(tmpdir(), `${uniqueName("day")}.`));
const files = { photo: join(folder, "IMG 0815.jpg"), annex: join(folder, "annex.pdf") };
const book = new DayBook(minutes * MINUTE, { say, write: (line) => void log.write(`${line}\n`) });
const cast = await gather({ peers, browsers, loss, shots: SHOTS }, book);
try {
  say(`${peers} peers are in after ${(book.elapsed / 1000).toFixed(0)} s; load ${loadavg()[0]!.toFixed(1)}`);
  await takePhoto(cast.pages.phone?.delegate, files.photo);
  await writeFile(files.annex, randomBytes(ANNEX));
  await cast.pages.settle();
  const day = new DayLife(cast, book, { files, random: new SimRandom(values.seed) });
  const shares = new Shares([cast.hub, ...cast.bots]);
  book.begin();
  const over = new AbortController();
  const beneath = Promise.all([day.talk(PACE_MS, over.signal), shares.watch(over.signal)]);
  await Promise.all([playAll(day), delay(minutes * MINUTE)]);
  await day.ended();
  over.abort();
  await beneath;
  book.tell("the hour is over");
  const settling = performance.now();
  const off = [...book.faults, ...(await whatDiffers(day))];
  say(`looked at everything for ${((performance.now() - settling) / 1000).toFixed(0)} s`);
  await cast.pages.shoot("at the end");
  const deeds = book.deeds.filter(({ came }) => came === "done");
  const refused = book.deeds.filter(({ came }) => came !== "done");
  say(`${deeds.length} acts were done, ${refused.length} were not:`);
  for (const { by, what, came } of refused) say(`  ${by}: ${what} – ${came}`);
  tellDelays("arriving at a daemon", day.ears);
  if (browsers > 0) {
    tellDelays("standing on a screen", day.shown);
    say(`from a press to the words in one's own record: ${percentile(day.onScreen, 50)} ms half of them`);
  }
  say(shares.tell());
  day.ears.quiet();
  if (off.length > 0) {
    say(`NOT AS IT MUST BE:\n${off.map((one) => `  ${one}`).join("\n")}`);
    process.exitCode = 1;
  } else {
    for (const node of [cast.hub, ...cast.bots]) await node.down();
    say("all have the same of everything, each act is there once, nothing foreign was asked; all ended in order");
  }
} finally {
  log.end();
  await cast.close();
  await rm(folder, { recursive: true, force: true });
}
