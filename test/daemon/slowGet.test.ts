/** An answer that is read slowly, from a server that has long closed the connection. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { slowGet } from "../../src/daemon/slowGet.ts";

const SIZE = 300_000;

describe("an answer that is read slowly", () => {
  let server: Server;
  const open = async (status: number, body: Buffer): Promise<string> => {
    server = createServer((request, response) =>
      response.writeHead(status, { "X-Asked": request.headers["x-asked"] ?? "" }).end(body),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };
  afterEach(() => server.close());

  it("is whole though the connection was closed before its second piece was read", async () => {
    const url = await open(200, Buffer.alloc(SIZE, 7));
    const closed = once(server, "connection").then(([socket]) => once(socket as NodeJS.EventEmitter, "close"));
    const answer = await slowGet(url, { connection: "close", "x-asked": "this" });
    assert.deepEqual([answer.ok, answer.headers.get("x-asked")], [true, "this"]);
    const reader = answer.body!.getReader();
    let size = (await reader.read()).value?.length ?? 0;
    await closed;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) size += piece.value.length;
    assert.equal(size, SIZE);
  });

  it("has the status that it has, and none where nobody listens", async () => {
    const url = await open(404, Buffer.from("no"));
    const answer = await slowGet(url, { connection: "close" });
    assert.deepEqual([answer.status, await answer.text()], [404, "no"]);
    server.close();
    await assert.rejects(slowGet(url, { connection: "close" }), (error: Error) => {
      assert.equal((error.cause as NodeJS.ErrnoException).code, "ECONNREFUSED");
      return error instanceof TypeError;
    });
  });
});
