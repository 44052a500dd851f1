/**
 * Listens to a daemon as any neighbour may, `node venueRecorder.ts ADDRESS SECONDS`: prints all envelopes that it was given,
 * in base64, as one line of JSON.
 */
import { setTimeout as delay } from "node:timers/promises";
import { makeVenue } from "../../src/messenger/venue.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { createMailbox } from "../net/mailbox.ts";

const [address = "", seconds = "5"] = process.argv.slice(2);
const recorded: string[] = [];
const box = createMailbox();
const link = new Libp2pLink({ host: nodeHost({}), hints: [address] });
link.subscribe(makeVenue("couloir").buckets);
await link.start({
  ...box.handlers,
  onFrame: async (_, frame) => {
    recorded.push(Buffer.from(frame).toString("base64"));
    return "accept";
  },
});
await delay(Number(seconds) * 1000);
process.stdout.write(`${JSON.stringify(recorded)}\n`, () => process.exit(0));
