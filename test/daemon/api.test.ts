import { strict as assert } from "node:assert";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { CouloirError, refused, usage, type Fault } from "../../src/errors.ts";
import { EventStreams } from "../../src/daemon/eventStreams.ts";
import { MAX_BODY, sameToken } from "../../src/daemon/guard.ts";
import { fromProblem, statusOf, toProblem } from "../../src/daemon/problem.ts";
import { serverEvents } from "../../src/daemon/sse.ts";
import type { MessageView } from "../../src/types.ts";
import { FakeMessenger, groupId, personId } from "../helpers/fakeMessenger.ts";
import { cleanUp, serve, TOKEN, type Served } from "./harness.ts";

interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

const AUTH = { authorization: `Bearer ${TOKEN}` };
const JSON_TYPE = { "content-type": "application/json" };

// Not `fetch`, which does not let one lie about the host.
const ask = async (
  { port }: Served,
  path: string,
  { method = "GET", headers = AUTH, body }: Ask = {},
): Promise<Answer> => {
  const asking = request({ host: "127.0.0.1", port, path, method, headers, agent: false });
  asking.end(body);
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  let all = "";
  for await (const part of answer) all += String(part);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: all };
};

const codeOf = ({ body }: Answer): string => (JSON.parse(body) as { error: { code: string } }).error.code;

describe("local API: who may speak to it", () => {
  let served: Served;
  beforeEach(async () => {
    served = await serve();
  });
  afterEach(cleanUp);

  it("shows anybody on this machine a page that says nothing of its owner", async () => {
    await served.messenger.setProfile({ name: "Secretary Ostrova", flag: "CH", delegation: "" });
    const page = await ask(served, "/", { headers: {} });
    assert.equal(page.status, 200);
    assert.match(String(page.headers["content-type"]), /^text\/html/u);
    assert.match(String(page.headers["content-security-policy"]), /^default-src 'none';/u);
    for (const secret of ["Ostrova", served.messenger.person.slice(0, 8), TOKEN, served.folder])
      assert.ok(!page.body.includes(secret));
    assert.doesNotMatch(page.body, /<script|https?:|src=|url\(/u);
  });

  for (const [path, method] of [
    ["/api/status", "GET"],
    ["/events", "GET"],
    ["/api/caucuses", "POST"],
    ["/api/stop", "POST"],
    ["/nowhere", "GET"],
  ] as const)
    it(`wants the token for ${method} ${path}`, async () => {
      for (const headers of [
        {},
        { authorization: `Bearer ${"cd".repeat(32)}` },
        { authorization: `Bearer ${TOKEN.slice(0, -1)}` },
        { authorization: `Basic ${TOKEN}` },
      ]) {
        const answer = await ask(served, path, {
          method,
          headers: { ...JSON_TYPE, ...headers },
          ...(method === "POST" ? { body: "{}" } : {}),
        });
        assert.equal(answer.status, 401);
        assert.equal(codeOf(answer), "token");
      }
      assert.deepEqual(
        await ask(served, `${path}?token=${TOKEN}`, { method, headers: {} }).then(({ status }) => status),
        401,
      );
    });

  it("compares tokens whole", () => {
    assert.ok(sameToken(TOKEN, TOKEN));
    for (const other of ["", TOKEN.slice(1), `${TOKEN}0`, `${TOKEN.slice(0, -1)}0`])
      assert.ok(!sameToken(other, TOKEN));
  });

  it("answers only to its own name, whatever name a browser was made to believe", async () => {
    for (const host of [
      "evil.example",
      `evil.example:${served.port}`,
      "127.0.0.1",
      `127.0.0.1:${served.port + 1}`,
      `localhost.evil.example:${served.port}`,
    ])
      for (const path of ["/", "/api/status"]) {
        const answer = await ask(served, path, { headers: { ...AUTH, host } });
        assert.equal(answer.status, 403, host);
        assert.equal(codeOf(answer), "foreign-host");
      }
    for (const host of [`127.0.0.1:${served.port}`, `localhost:${served.port}`])
      assert.equal((await ask(served, "/api/status", { headers: { ...AUTH, host } })).status, 200);
  });

  it("does not answer other pages, even with the token", async () => {
    for (const origin of [
      "http://evil.example",
      "null",
      "file://",
      `https://127.0.0.1:${served.port}`,
      `http://127.0.0.1:${served.port + 1}`,
    ]) {
      const answer = await ask(served, "/api/status", { headers: { ...AUTH, origin } });
      assert.equal(answer.status, 403, origin);
      assert.equal(codeOf(answer), "foreign-origin");
      assert.equal(answer.headers["access-control-allow-origin"], undefined);
    }
    const own = { ...AUTH, origin: `http://localhost:${served.port}` };
    assert.equal((await ask(served, "/api/status", { headers: own })).status, 200);
  });

  it("gives no page the leave that a preflight asks for", async () => {
    const answer = await ask(served, "/api/caucuses", {
      method: "OPTIONS",
      headers: { origin: "http://evil.example", "access-control-request-method": "POST" },
    });
    assert.equal(answer.status, 403);
    assert.equal((await ask(served, "/api/caucuses", { method: "OPTIONS" })).status, 405);
  });

  it("changes nothing by GET or by HEAD", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    served.messenger.asked.length = 0;
    for (const path of [
      `/api/caucuses/${caucus}/leave`,
      `/api/caucuses/${caucus}/invites`,
      "/api/joins",
      "/api/stop",
      `/api/people/${personId("a")}/block`,
    ])
      for (const method of ["GET", "HEAD"]) assert.equal((await ask(served, path, { method })).status, 404, path);
    for (const path of ["/api/status", "/api/people", "/api/caucuses", "/api/profile", "/api/invitations"])
      assert.equal((await ask(served, path)).status, 200);
    assert.deepEqual(served.messenger.asked, []);
  });

  it("takes JSON that says that it is JSON, which a foreign form cannot", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonp",
    ]) {
      const headers = { ...AUTH, "content-type": type };
      const answer = await ask(served, "/api/caucuses", { method: "POST", headers, body: '{"name":"x"}' });
      assert.equal(answer.status, 415, type);
    }
    assert.deepEqual(served.messenger.groups, []);
  });

  it("takes no body over its cap, announced or not", async () => {
    const body = JSON.stringify({ name: "x".repeat(MAX_BODY) });
    const announced = { ...AUTH, ...JSON_TYPE, "content-length": String(body.length) };
    assert.equal((await ask(served, "/api/caucuses", { method: "POST", headers: announced, body })).status, 413);
    const chunked = { ...AUTH, ...JSON_TYPE, "transfer-encoding": "chunked" };
    assert.equal((await ask(served, "/api/caucuses", { method: "POST", headers: chunked, body })).status, 413);
  });

  it("says in one line what is wrong with a request", async () => {
    const post = (path: string, body: string) =>
      ask(served, path, { method: "POST", headers: { ...AUTH, ...JSON_TYPE }, body });
    for (const [path, body] of [
      ["/api/caucuses", "{"],
      ["/api/caucuses", "{}"],
      ["/api/caucuses", '{"name":"x","colour":1}'],
      ["/api/caucuses", '{"name":"  "}'],
      ["/api/caucuses", '{"name":"x","with":["zz"]}'],
      ["/api/joins", '{"code":"x","wait":-1}'],
      ["/api/caucuses/abc/messages", '{"text":"x"}'],
      [`/api/caucuses/${groupId("a")}/messages`, '{"text":""}'],
      [`/api/caucuses/${groupId("a")}/messages?limit=x`, "x"],
    ] as const) {
      const answer = await post(path, body);
      assert.equal(answer.status, 400, body);
      const { error } = JSON.parse(answer.body) as { error: { fault: string; message: string } };
      assert.equal(error.fault, "usage");
      assert.doesNotMatch(error.message, /\n/u);
    }
    assert.equal((await ask(served, `/api/caucuses/${groupId("a")}/messages?limit=0`)).status, 400);
  });

  it("keeps the words of our own bugs in the log", async () => {
    served.messenger.failing = { method: "createCaucus", error: new TypeError("secret words") };
    const answer = await ask(served, "/api/caucuses", {
      method: "POST",
      headers: { ...AUTH, ...JSON_TYPE },
      body: '{"name":"x"}',
    });
    assert.equal(answer.status, 500);
    assert.doesNotMatch(answer.body, /secret words/u);
    assert.equal(served.logged.length, 1);
  });

  it("listens on loopback only", () => {
    return new Promise<void>((resolve, reject) => {
      // 127.0.0.2 is this machine as well, and not the address that was opened.
      const socket = connect({ host: "127.0.0.2", port: served.port });
      socket.once("connect", () => reject(new Error("connected")));
      socket.once("error", () => resolve());
    });
  });
});

describe("local API: errors there and back", () => {
  const faults: Fault[] = ["usage", "refused", "invalid", "storage", "network", "timeout", "internal"];
  for (const fault of faults)
    it(`carries ${fault}`, () => {
      const error = new CouloirError(fault, "some-code", "some words");
      const problem = toProblem(error);
      const back = fromProblem(JSON.parse(JSON.stringify(problem)));
      assert.deepEqual([back?.fault, back?.code, back?.message], [fault, "some-code", "some words"]);
      assert.ok(statusOf(problem) >= 400);
    });
  it("is not fooled by a message that looks like one", () => {
    assert.equal(fromProblem({ message: "x" }), undefined);
    assert.equal(fromProblem({ error: "x" }), undefined);
    assert.equal(fromProblem(undefined), undefined);
  });
});

describe("local API: events", () => {
  afterEach(cleanUp);

  it("tells what happens from the moment it says hello", async () => {
    const { messenger, client } = await serve();
    const caucus = await messenger.createCaucus("Fish");
    const other = await messenger.createCaucus("Trade");
    const seen: string[] = [];
    const stop = new AbortController();
    for await (const event of client.events({ caucus, signal: stop.signal })) {
      if (event.name === "hello") {
        messenger.hear({ caucus: other, sender: personId("a"), text: "elsewhere" });
        messenger.emit("peers", 4);
        messenger.hear({ caucus, sender: personId("a"), text: "here\u2028\n\ndata: x" });
      }
      if (event.name === "message") {
        seen.push(event.value.text);
        stop.abort();
      }
    }
    assert.deepEqual(seen, ["here\u2028\n\ndata: x"]);
  });

  it("forgets a listener that went away", async () => {
    const { messenger, client, api } = await serve();
    const stop = new AbortController();
    for await (const event of client.events({ signal: stop.signal })) {
      assert.equal(event.name, "hello");
      assert.equal(messenger.listeners("message"), 1);
      stop.abort();
    }
    while (api.streams.size > 0) await new Promise(setImmediate);
    assert.equal(messenger.listeners("message"), 0);
  });

  it("drops a listener that does not read, and goes on for the others", async () => {
    const { messenger, port, api } = await serve({ listeners: 4, waiting: 65_536 });
    const caucus = await messenger.createCaucus("Fish");
    const slow: Socket = connect({ host: "127.0.0.1", port });
    slow.on("error", () => undefined);
    slow.pause();
    slow.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`);
    while (api.streams.size === 0) await new Promise(setImmediate);
    const text = "x".repeat(20_000);
    let said = 0;
    // The kernel takes some megabytes before anything waits here.
    while (api.streams.size > 0 && said < 5_000) {
      messenger.hear({ caucus, sender: personId("a"), text });
      messenger.lines.length = 0;
      said += 1;
      await new Promise(setImmediate);
    }
    assert.equal(api.streams.size, 0);
    // What came before is still read; then the connection ends.
    slow.resume();
    await once(slow, "close");
    assert.equal(messenger.listeners("message"), 0);
  });

  it("keeps no more than its bound for a reader that never comes", () => {
    const messenger = new FakeMessenger();
    const streams = new EventStreams(messenger, { listeners: 2, waiting: 1000 });
    let cut = 0;
    streams.subscribe(() => (cut += 1));
    messenger.emit("notice", { level: "info", code: "x", text: "short" });
    assert.equal(streams.size, 1);
    messenger.emit("notice", { level: "info", code: "x", text: "y".repeat(1000) });
    assert.deepEqual([streams.size, cut], [0, 1]);
    assert.equal(messenger.listeners("notice"), 0);
  });

  it("has a bound on listeners", async () => {
    const { client, port } = await serve({ listeners: 1, waiting: 65_536 });
    const stop = new AbortController();
    for await (const event of client.events({ signal: stop.signal })) {
      assert.equal(event.name, "hello");
      const second = await fetch(`http://127.0.0.1:${port}/events`, { headers: AUTH });
      assert.equal(second.status, 403);
      assert.match(await second.text(), /too-many-listeners/u);
      stop.abort();
    }
  });

  it("waits for a join as long as it takes, and carries its refusal", async () => {
    const { messenger, client } = await serve();
    const { promise, resolve } = Promise.withResolvers<void>();
    messenger.joining = promise;
    const joined = client.join("couloir:abc", 1000);
    resolve();
    assert.deepEqual(await joined, { caucus: groupId("101e"), state: "joined" });
    messenger.failing = { method: "join", error: refused("expired", "this code has expired") };
    await assert.rejects(client.join("couloir:abc", 1000), { fault: "refused", code: "expired" });
  });

  it("streams a history, and its error in the middle of it", async () => {
    const { messenger, client } = await serve();
    const caucus = await messenger.createCaucus("Fish");
    for (const text of ["one", "two", "three"]) await messenger.send(caucus, text);
    const texts = async (limit?: number): Promise<string[]> => {
      const all: string[] = [];
      for await (const line of client.history(caucus, limit)) all.push(line.text);
      return all;
    };
    assert.deepEqual(await texts(), ["one", "two", "three"]);
    assert.deepEqual(await texts(2), ["two", "three"]);
    const [line] = messenger.lines;
    messenger.history = async function* (): AsyncGenerator<MessageView> {
      yield line!;
      throw usage("broken", "the rest cannot be read");
    };
    const got: string[] = [];
    await assert.rejects(
      async () => {
        for await (const { text } of client.history(caucus)) got.push(text);
      },
      { code: "broken" },
    );
    assert.deepEqual(got, ["one"]);
  });

  it("reads events however the bytes are cut", async () => {
    const bytes = new TextEncoder().encode(': ping\n\nevent: a\ndata: {"x":"é漢"}\n\nevent: b\ndata: 2\n\n');
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const events = [];
    for await (const event of serverEvents(body)) events.push(event);
    assert.deepEqual(events, [
      { name: "a", value: { x: "é漢" } },
      { name: "b", value: 2 },
    ]);
  });
});
