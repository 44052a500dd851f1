/**
 * Ana and Ben, two peers in one process, over real libp2p on this machine.
 *
 *     node examples/01-two-peers.ts
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Messenger, MessengerEvents } from "../src/index.ts";
import { openMessenger } from "../src/node.ts";

/** Waits for an event that fits. Subscribe first, then do what causes it: events are not kept. */
const next = <E extends keyof MessengerEvents>(
  messenger: Messenger,
  event: E,
  fits: (value: MessengerEvents[E]) => boolean,
): Promise<MessengerEvents[E]> =>
  new Promise((resolve) => {
    const off = messenger.on(event, (value) => {
      if (!fits(value)) return;
      off();
      resolve(value);
    });
  });

const home = await mkdtemp(join(tmpdir(), "couloir-"));
// On one machine the loopback is network enough. In a building leave these out: they find each other by mDNS.
const local = { listen: ["127.0.0.1"], mdns: false };

const ana = await openMessenger({ ...local, folder: join(home, "ana"), name: "Ana" });
const anaSeesBen = next(ana.messenger, "person", ({ name }) => name === "Ben");
const { addresses } = ana.messenger.status();
const ben = await openMessenger({ ...local, folder: join(home, "ben"), name: "Ben", peers: addresses });
const { person } = await anaSeesBen;
console.log("Ana sees Ben.");

// Ben accepts an invitation by itself; `ask: true` would leave it to him.
const benIsIn = next(ben.messenger, "caucus", ({ state }) => state === "joined");
const caucus = await ana.messenger.createCaucus("Article 12", { with: [person] });
console.log(`Ben is in “${(await benIsIn).name}”.`);

const question = next(ben.messenger, "message", ({ text }) => text.endsWith("?"));
await ana.messenger.send(caucus, "Do you support the second reading?");
const asked = await question;
console.log(`Ben reads: ${asked.text}`);

// Nothing is said to have arrived before the other side has acknowledged it; here Ben's answer does that as well.
const receipt = next(ana.messenger, "receipt", (line) => line.reached === line.of);
const answer = next(ana.messenger, "message", ({ sender }) => sender === person);
await ben.messenger.send(caucus, "With the brackets gone, yes.", { reply: asked.message });
console.log(`Ana reads: ${(await answer).text}`);

const reached = await receipt;
console.log(`“${reached.text}” reached ${reached.reached} of ${reached.of}.`);

for await (const line of ben.messenger.history(caucus)) console.log(`  ${line.name}: ${line.text}`);

await ana.close();
await ben.close();
await rm(home, { recursive: true });
