import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Libp2p } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import { WebSocketServer, WebSocket } from "ws";
import { SocketConnection } from "../../src/net/socketConnection.ts";
import { bareNode } from "./bareNode.ts";

describe("a server's WebSocket as a connection", () => {
  let server: WebSocketServer;
  let socket: WebSocket;
  let client: WebSocket;
  let connection: SocketConnection;
  let node: Libp2p;

  before(async () => {
    node = await bareNode();
  });
  after(async () => {
    await node.stop();
  });
  beforeEach(async () => {
    server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    await once(server, "listening");
    client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const [[accepted]] = await Promise.all([once(server, "connection"), once(client, "open")]);
    socket = accepted as WebSocket;
    const log = node.logger.forComponent("test");
    connection = new SocketConnection(socket, multiaddr("/ip4/127.0.0.1/tcp/1/ws"), log);
  });
  afterEach(() => {
    client.terminate();
    server.close();
  });

  it("stops when its reader or its writer has to wait, and goes on", async () => {
    connection.addEventListener("message", () => {});
    connection.pause();
    assert.equal(socket.isPaused, true);
    connection.resume();
    assert.equal(socket.isPaused, false);
    client.pause();
    while (connection.send(new Uint8Array(64 * 1024)));
    const drained = once(connection, "drain");
    client.resume();
    await drained;
    assert.equal(connection.send(Uint8Array.of(1)), true);
  });

  it("ends when either side ends, in order or not", async () => {
    client.close();
    await once(connection, "close");
    assert.equal(connection.status, "closed");
  });

  it("is reset when the other side is cut off, or says what is no message", async () => {
    client.terminate();
    await once(connection, "close");
    assert.equal(connection.status, "reset");
  });

  it("is cut by what is not binary", async () => {
    client.send("text");
    await once(client, "close");
    assert.equal(connection.status, "aborted");
  });
});
