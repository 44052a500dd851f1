import assert from "node:assert/strict";
import { once } from "node:events";
import type { Stream } from "@libp2p/interface";
import { setFlow } from "../../src/net/flow.ts";
import { bareNode, dialLink } from "./bareNode.ts";

const PROTOCOL = "/test/flow/1";

describe("holding a stream up", () => {
  it("and letting it go on harms nobody, though its connection is just being closed", async () => {
    const [listener, dialer] = await Promise.all([bareNode(true, ["/ip4/127.0.0.1/tcp/0"]), bareNode()]);
    try {
      const came = Promise.withResolvers<Stream>();
      await listener.handle(PROTOCOL, (stream) => came.resolve(stream));
      const connection = await dialLink(dialer, listener.getMultiaddrs().map(String));
      const sending = await connection.newStream(PROTOCOL);
      sending.send(new Uint8Array(100_000));
      const stream = await came.promise;
      await once(stream, "message");
      setFlow(stream, true);
      assert.equal(stream.readStatus, "paused");
      const [inbound] = listener.getConnections();
      const closing = inbound?.close();
      const raw = (inbound as unknown as { maConn: { close(): Promise<void> } }).maConn;
      const closed = raw.close();
      assert.doesNotThrow(() => setFlow(stream, false));
      assert.notEqual(stream.status, "open");
      await Promise.all([closing?.catch(() => undefined), closed.catch(() => undefined)]);
    } finally {
      await Promise.all([listener.stop(), dialer.stop()]);
    }
  });
});
