/** The hub's server: what strangers on the network can do with it, and what they cannot. */
import { strict as assert } from "node:assert";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { WebSocket } from "ws";
import { readApp, type App } from "../../src/daemon/appFiles.ts";
import { fingerprintWords } from "../../src/daemon/fingerprint.ts";
import { hubPorts } from "../../src/daemon/hub/hubPort.ts";
import { openHubServer, type HubDescriptor, type HubParts, type HubServer } from "../../src/daemon/hub/hubServer.ts";
import { cleanUp, emptyFolder, later } from "./harness.ts";

const DESCRIPTOR: HubDescriptor = {
  name: "Ana",
  venue: "couloir",
  buckets: 1,
  keyed: false,
  room: "Room XX",
  peerId: "12D3KooWHub",
  urls: ["http://192.0.2.7:8020"],
  addresses: ["/ip4/192.0.2.7/tcp/8020/ws/p2p/12D3KooWHub"],
  words: "one two",
};

/** A script that the build has zipped, as nobody else would. */
const PART = "export const part = 1;";
const PART_ZIPPED = gzipSync(PART, { level: 0 });

/** An app as the build leaves it. */
const builtApp = async (): Promise<App> => {
  const folder = `${await emptyFolder()}/`;
  await mkdir(join(folder, "web"));
  await writeFile(join(folder, "web", "index.html"), "<!doctype html><title>Couloir</title>");
  await writeFile(join(folder, "web", "main-ABC123.js"), `console.log(${JSON.stringify("x".repeat(4000))});`);
  await writeFile(join(folder, "web", "part-ABC123.js"), PART);
  await writeFile(join(folder, "web", "part-ABC123.js.gz"), PART_ZIPPED);
  await writeFile(join(folder, "web", ".sources"), "secret");
  await writeFile(join(folder, "web", "notes.txt"), "secret");
  await writeFile(join(folder, "couloir.html"), "<!doctype html>whole");
  const app = await readApp(folder);
  assert.ok(app);
  return app;
};

interface Open {
  readonly hub: HubServer;
  readonly accepted: { readonly socket: WebSocket; readonly request: IncomingMessage }[];
}

const open = async (more: Partial<HubParts> = {}, ports: readonly number[] = [0]): Promise<Open> => {
  const accepted: { socket: WebSocket; request: IncomingMessage }[] = [];
  const sockets = {
    accept: (socket: WebSocket, request: IncomingMessage): void => {
      socket.on("error", () => socket.terminate());
      accepted.push({ socket, request });
    },
  };
  const hub = await openHubServer({ app: await builtApp(), sockets, descriptor: () => DESCRIPTOR, ...more }, ports);
  later(() => hub.close());
  return { hub, accepted };
};

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Not `fetch`, which tidies paths and unzips. */
const ask = async (
  { hub }: Open,
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> => {
  const asking = httpRequest({ host: "127.0.0.1", port: hub.port, path, method, headers, agent: false });
  asking.end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  const body = Buffer.concat(await answer.toArray());
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
};

const raw = async ({ hub }: Open, text: string): Promise<Socket> => {
  const socket = connect({ host: "127.0.0.1", port: hub.port });
  socket.on("error", () => undefined);
  later(async () => void socket.destroy());
  await once(socket, "connect");
  socket.resume().write(text);
  return socket;
};

const webSocket = ({ hub }: Open, path = "/"): WebSocket => {
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}${path}`);
  socket.on("error", () => undefined);
  later(async () => socket.terminate());
  return socket;
};

describe("hub: what it serves", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

  it("serves the page with a policy that lets it load nothing from elsewhere and run nothing inline", async () => {
    const page = await ask(await open(), "/");
    assert.equal(page.status, 200);
    assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
    const policy = String(page.headers["content-security-policy"]);
    assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';/u);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:\/\/|\*/u);
    assert.match(policy, /frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types couloir$/u);
    assert.equal(page.headers["cache-control"], "no-cache");
    assert.equal(page.headers["x-content-type-options"], "nosniff");
    assert.equal(page.headers["referrer-policy"], "no-referrer");
    assert.equal(page.headers["access-control-allow-origin"], undefined);
  });

  it("serves what the build has zipped as that has, to those who can unzip, and not by its own name", async () => {
    const hub = await open();
    const zipped = await ask(hub, "/part-ABC123.js", { headers: { "accept-encoding": "gzip" } });
    assert.deepEqual([zipped.headers["content-encoding"], zipped.body], ["gzip", PART_ZIPPED]);
    const plain = await ask(hub, "/part-ABC123.js");
    assert.deepEqual([plain.headers["content-encoding"], plain.body.toString()], [undefined, PART]);
    assert.equal((await ask(hub, "/part-ABC123.js.gz")).status, 404);
  });

  it("serves what has its hash in its name for ever, zipped for those who can unzip, and says when nothing is new", async () => {
    const hub = await open();
    const script = await ask(hub, "/main-ABC123.js", { headers: { "accept-encoding": "gzip, br" } });
    assert.equal(script.headers["cache-control"], "public, max-age=31536000, immutable");
    assert.equal(script.headers["content-encoding"], "gzip");
    assert.match(gunzipSync(script.body).toString(), /^console\.log/u);
    const plain = await ask(hub, "/main-ABC123.js");
    assert.equal(plain.headers["content-encoding"], undefined);
    assert.deepEqual(plain.body, gunzipSync(script.body));
    const page = await ask(hub, "/");
    const again = await ask(hub, "/", { headers: { "if-none-match": String(page.headers.etag) } });
    assert.deepEqual([again.status, again.body.length], [304, 0]);
    const head = await ask(hub, "/", { method: "HEAD" });
    assert.deepEqual(
      [head.status, head.body.length, head.headers["content-length"]],
      [200, 0, String(page.body.length)],
    );
  });

  it("gives couloir.html to keep, and its hash in words", async () => {
    const hub = await open();
    const file = await ask(hub, "/couloir.html");
    assert.equal(file.headers["content-disposition"], 'attachment; filename="couloir.html"');
    assert.equal(fingerprintWords(file.body), (await builtApp()).words);
    assert.match((await builtApp()).words, /^[a-z]+(?: [a-z]+){11}$/u);
    assert.notEqual(fingerprintWords(Buffer.from("<!doctype html>whole ")), (await builtApp()).words);
  });

  it("describes itself to pages from anywhere, once it knows who it is", async () => {
    const answer = await ask(await open(), "/hub.json", { headers: { origin: "null" } });
    assert.deepEqual(JSON.parse(answer.body.toString()), DESCRIPTOR);
    assert.equal(answer.headers["access-control-allow-origin"], "*");
    assert.equal(answer.headers["cache-control"], "no-store");
    const starting = await ask(await open({ descriptor: () => undefined }), "/hub.json");
    assert.deepEqual([starting.status, starting.headers["access-control-allow-origin"]], [503, "*"]);
  });

  it("serves nothing else: no path reaches the disk, and nothing of its owner is here", async () => {
    const hub = await open();
    for (const path of [
      "/.sources",
      "/notes.txt",
      "/index.html",
      "/..%2fcouloir.html",
      "/../couloir.html/",
      "/../../../../etc/passwd",
      "/%2e%2e/%2e%2e/etc/passwd",
      "//etc/passwd",
      "/main-ABC123.js/..",
      "/main-ABC123.js%00.html",
      "/api/status",
      "/api/hub",
      "/session",
      "/events",
      "/__proto__",
    ]) {
      const answer = await ask(hub, path, { headers: { authorization: `Bearer ${"ab".repeat(32)}` } });
      // What means the same as `/` may be the page, which is public.
      if (path !== "/main-ABC123.js/..") assert.equal(answer.status, 404, path);
      assert.doesNotMatch(answer.body.toString(), /secret|root:/u, path);
    }
  });

  it("reads only", async () => {
    const hub = await open();
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
      for (const path of ["/", "/hub.json", "/api/stop"]) {
        const answer = await ask(hub, path, { method });
        assert.deepEqual([answer.status, answer.headers.allow], [405, "GET, HEAD"], method);
      }
  });

  it("serves whatever name it is called by: on a network it has none of its own", async () => {
    const hub = await open();
    for (const host of ["hub.local", "192.0.2.7:8020", "[2001:db8::1]"])
      assert.equal((await ask(hub, "/", { headers: { host } })).status, 200, host);
  });
});

describe("hub: WebSockets", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

  it("hands them over with the address that they came from", async () => {
    const hub = await open();
    const socket = webSocket(hub);
    await once(socket, "open");
    const [{ socket: other, request }] = hub.accepted as [Open["accepted"][0]];
    assert.match(request.socket.remoteAddress ?? "", /127\.0\.0\.1$/u);
    other.send("hello");
    const [data] = (await once(socket, "message")) as [Buffer];
    assert.equal(data.toString(), "hello");
  });

  it("takes them at / and nowhere else, and no more than it can hold", async () => {
    const hub = await open({ limits: { webSockets: 1 } });
    const refused = async (path: string): Promise<number> => {
      const [, answer] = (await once(webSocket(hub, path), "unexpected-response")) as [unknown, IncomingMessage];
      return answer.statusCode ?? 0;
    };
    assert.equal(await refused("/api"), 404);
    const first = webSocket(hub);
    await once(first, "open");
    assert.equal(await refused("/"), 503);
    first.close();
    await once(first, "close");
    await once(webSocket(hub), "open");
  });

  it("cuts off a message that no peer of ours sends", async () => {
    const hub = await open();
    const socket = webSocket(hub);
    await once(socket, "open");
    socket.send(Buffer.alloc(1_100_000));
    const [code] = (await once(socket, "close")) as [number];
    assert.equal(code, 1009);
  });

  it("lets go of them when it closes", async () => {
    const hub = await open();
    const socket = webSocket(hub);
    await once(socket, "open");
    const closed = once(socket, "close");
    await hub.hub.close();
    await closed;
  });
});

describe("hub: what strangers cannot use up", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

  it("hangs up on whoever never finishes a request", async () => {
    const hub = await open({ limits: { headTimeout: 200 } });
    const slow = await raw(hub, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    const body = await raw(hub, "GET / HTTP/1.1\r\nHost: x\r\n");
    await Promise.all([once(slow, "close"), once(body, "close")]);
  });

  it("hangs up on whoever says nothing at all", async () => {
    const hub = await open({ limits: { headTimeout: 200, idleTimeout: 200 } });
    await once(await raw(hub, ""), "close");
  });

  it("reads no head without end", async () => {
    const hub = await open();
    const answer = await ask(hub, "/", { headers: { "x-long": "y".repeat(9000) } });
    assert.equal(answer.status, 431);
  });

  it("leaves room for others when one address takes all it can get", async () => {
    const hub = await open({ limits: { connectionsPerAddress: 2 } });
    const [first] = [await raw(hub, ""), await raw(hub, "")];
    const third = await raw(hub, "");
    await once(third, "close");
    first.destroy();
    await once(first, "close");
    for (;;) {
      // The server learns of the end in its own time; an answer is what counts.
      try {
        assert.equal((await ask(hub, "/")).status, 200);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ECONNRESET") throw error;
      }
    }
  });
});

describe("hub: its port", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

  const taken = async (): Promise<number> => {
    const server = createServer().listen(0, "0.0.0.0");
    await once(server, "listening");
    later(async () => void server.close());
    return (server.address() as AddressInfo).port;
  };

  it("is that of last time, else the usual one and those after it, else any", () => {
    assert.deepEqual(hubPorts(8020, 9000).slice(0, 3), [9000, 8020, 8021]);
    assert.deepEqual(hubPorts(8020, 8020).slice(0, 2), [8020, 8021]);
    assert.equal(hubPorts(8020, undefined).at(-1), 0);
  });

  it("is the next one where it is taken, unless somebody chose it", async () => {
    const port = await taken();
    const { hub } = await open({}, [port, 0]);
    assert.notEqual(hub.port, port);
    await assert.rejects(open({}, [port]), (error: Error & { code?: string }) => {
      assert.equal(error.code, "hub-port");
      assert.match(error.message, new RegExp(`port ${port} for the hub: it is taken; choose another one`, "u"));
      return true;
    });
  });
});
