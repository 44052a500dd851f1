/**
 * The daemon, with its ears open: whatever passes through a connection or a stream of its libp2p node, encrypted or not,
 * lands in files of the folder `SPY_FOLDER`, one for each stream and direction; so does the multicast that it hears.
 */
import { createSocket } from "node:dgram";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { AbstractMessageStream } from "@libp2p/utils";
import { run } from "../../src/daemon/run.ts";

const folder = process.env["SPY_FOLDER"] ?? "";
const names = new WeakMap<object, string>();
let count = 0;

const nameOf = (stream: object): string => {
  const known = names.get(stream);
  if (known !== undefined) return known;
  const name = `${(count += 1)}-${stream.constructor.name}`;
  names.set(stream, name);
  return name;
};
type Data = Parameters<typeof AbstractMessageStream.prototype.onData>[0];
const keep = (stream: object, direction: "in" | "out", data: Data): void =>
  appendFileSync(join(folder, `${nameOf(stream)}.${direction}`), data.subarray());

// oxlint-disable-next-line typescript/unbound-method -- both are called with their stream below
const { onData, send } = AbstractMessageStream.prototype;
AbstractMessageStream.prototype.onData = function (data) {
  keep(this, "in", data);
  onData.call(this, data);
};
AbstractMessageStream.prototype.send = function (data) {
  keep(this, "out", data);
  return send.call(this, data);
};

const multicast = createSocket({ type: "udp4", reuseAddr: true });
multicast.on("message", (data) => appendFileSync(join(folder, "multicast"), data));
multicast.bind(5353, () => multicast.addMembership("224.0.0.251"));
multicast.unref();

await run(process.argv.slice(2));
