/** A hub in a process of its own, to be killed: `node hubProcess.ts PORT SEED_IN_HEX`. Prints its address, and its port. */
import { topicOf } from "./mailbox.ts";
import { startHub } from "./hub.ts";

const [port = "0", seed = ""] = process.argv.slice(2);
const seeded = { port: Number(port), seed: new Uint8Array(Buffer.from(seed, "hex")) };
const hub = await startHub({ ...seeded, webrtcDirect: true });
hub.link.subscribe([topicOf("bucket/0")]);
const { peerId: peer, addresses } = hub.link.status();
const direct = addresses.find((one) => one.includes("/webrtc-direct/")) ?? "";
process.stdout.write(`${JSON.stringify({ address: hub.address, direct, port: hub.port, peer })}\n`);
