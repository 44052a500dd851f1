import { strict as assert } from "node:assert";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { refused } from "../../src/errors.ts";
import { MAX_BODY, sameToken } from "../../src/daemon/guard.ts";
import { groupId, inviteId, personId } from "../helpers/fakeMessenger.ts";
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
      `/api/caucuses/${caucus}/waiting/${personId("a")}/approve`,
      `/api/caucuses/${caucus}/waiting/${personId("a")}/refuse`,
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

  it("tells of the codes of a caucus and of who waits, and takes decisions about them", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    const call = async (method: string, path: string, body?: object): Promise<[number, unknown]> => {
      const headers = { ...AUTH, ...JSON_TYPE };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await ask(served, `/api/caucuses/${caucus}${path}`, { method, headers, ...sent });
      return [answer.status, JSON.parse(answer.body)];
    };
    const [status, made] = await call("POST", "/invites", { uses: 3, ttl: "never", approval: true });
    assert.equal(status, 201);
    const { invite } = made as { invite: string };
    assert.deepEqual(await call("GET", "/invites"), [200, await served.messenger.codes(caucus)]);
    for (const wrong of [{ ttl: "ever" }, { ttl: 999 }, { uses: 0 }, { uses: 10_001 }, { approval: "yes" }])
      assert.equal((await call("POST", "/invites", wrong))[0], 400, JSON.stringify(wrong));
    assert.equal((await call("DELETE", `/invites/${invite.slice(1)}`))[0], 400);
    assert.deepEqual(await call("DELETE", `/invites/${invite}`), [200, []]);
    const eve = personId("e0");
    const waits = { person: eve, name: "Eve", flag: "", delegation: "", trust: "unverified", guest: false } as const;
    served.messenger.waitingHere = [{ ...waits, invite: inviteId("c0"), since: 1, lastHeard: 2 }];
    assert.deepEqual(await call("GET", "/waiting"), [200, served.messenger.waitingHere]);
    assert.equal((await call("POST", `/waiting/${eve}/approve`, {}))[0], 200);
    assert.deepEqual(await call("POST", `/waiting/${eve}/refuse`, {}), [200, []]);
    assert.deepEqual(
      served.messenger.asked.slice(-3).map(([method]) => method),
      ["revokeCode", "approve", "refuse"],
    );
    served.messenger.failing = { method: "revokeCode", error: refused("may-not-revoke", "no") };
    assert.equal((await call("DELETE", `/invites/${invite}`))[0], 403);
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
