import { strict as assert } from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiClient } from "../../src/daemon/client.ts";
import { TOKEN } from "./harness.ts";

describe("the client of the local API", () => {
  it("asks on a connection of its own each time: an idle one may be closed under the next request, which is then lost", async () => {
    const ports = new Set<number | undefined>();
    const server = createServer(({ socket }, answer) => {
      ports.add(socket.remotePort);
      answer.setHeader("content-type", "application/json").end("[]");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const client = new ApiClient({ port: (server.address() as AddressInfo).port, token: TOKEN });
      for (let times = 0; times < 3; times += 1) assert.deepEqual(await client.people(), []);
      assert.equal(ports.size, 3);
    } finally {
      server.close();
    }
  });
});
