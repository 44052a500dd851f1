import { strict as assert } from "node:assert";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { CouloirError, refused, usage, type Fault } from "../../src/errors.ts";
import { EventStreams } from "../../src/daemon/eventStreams.ts";
import { fromProblem, statusOf, toProblem } from "../../src/daemon/problem.ts";
import { serverEvents } from "../../src/daemon/sse.ts";
import type { HistoryOptions } from "../../src/messenger/paging.ts";
import type { MessageView } from "../../src/types.ts";
import { FakeMessenger, groupId, personId } from "../helpers/fakeMessenger.ts";
import { cleanUp, eventually, serve, TOKEN } from "./harness.ts";

const AUTH = { authorization: `Bearer ${TOKEN}` };

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

describe("local API: events", function () {
  this.timeout(10_000);
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
    await eventually(
      () => api.streams.size === 0,
      () => "no listener",
    );
    assert.equal(messenger.listeners("message"), 0);
  });

  it("drops a listener that does not read, and goes on for the others", async () => {
    const { messenger, port, api } = await serve({ limits: { listeners: 4, waiting: 65_536 } });
    const caucus = await messenger.createCaucus("Fish");
    const slow: Socket = connect({ host: "127.0.0.1", port });
    slow.on("error", () => undefined);
    slow.pause();
    slow.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`);
    await eventually(
      () => api.streams.size > 0,
      () => "a listener",
    );
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
    const { client, port } = await serve({ limits: { listeners: 1, waiting: 65_536 } });
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
    const texts = async (options?: HistoryOptions): Promise<string[]> => {
      const all: string[] = [];
      for await (const line of client.history(caucus, options)) all.push(line.text);
      return all;
    };
    assert.deepEqual(await texts(), ["one", "two", "three"]);
    assert.deepEqual(await texts({ limit: 2 }), ["two", "three"]);
    const [, two] = messenger.lines.map(({ sentAt, message }) => ({ at: sentAt, message }));
    assert.deepEqual(await texts({ before: two! }), ["one"]);
    assert.deepEqual(await texts({ after: two!, limit: 1 }), ["three"]);
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
