/** A hub in a process of its own, to be killed: `node hubProcess.ts PORT SEED_IN_HEX`. Prints its address, and its port. */
import { topicOf } from "./mailbox.ts";
import { startHub } from "./hub.ts";

const [port = "0", seed = ""] = process.argv.slice(2);
const hub = await startHub({ port: Number(port), seed: new Uint8Array(Buffer.from(seed, "hex")) });
hub.link.subscribe([topicOf("bucket/0")]);
process.stdout.write(`${JSON.stringify({ address: hub.address, port: hub.port, peer: hub.link.status().peerId })}\n`);
