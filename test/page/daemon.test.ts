/** The daemon's page: its backend over a real API, over real HTTP, with a messenger of arrays behind it. */
import assert from "node:assert/strict";
import { CouloirError } from "../../src/errors.ts";
import { openIn } from "../../web/peer/opening.ts";
import type { Backend, ConnectionView, Opening } from "../../web/peer/backend.ts";
import type { Environment, Life } from "../../web/peer/environment.ts";
import { cleanUp, serve, TOKEN, type Served } from "../daemon/harness.ts";
import { personId } from "../helpers/fakeMessenger.ts";
import { cheapHeavy } from "./tabWorld.ts";
import { memoryShelf } from "./memoryShelf.ts";

const coded = (code: string) => (error: unknown) => error instanceof CouloirError && error.code === code;

describe("the daemon's page", () => {
  let served: Served;
  let backend: Backend | undefined;
  let cleared: number;
  const session = new Map<string, string>();
  const lives = new Set<(what: Life) => void>();

  const environment = (fragment: string, fetch: Environment["fetch"] = globalThis.fetch): Environment => ({
    protocol: "http:",
    hostname: "127.0.0.1",
    origin: `http://127.0.0.1:${served.port}`,
    fragment,
    userAgent: "",
    fetch,
    heavy: cheapHeavy,
    verifier: () => assert.fail("nothing is verified here"),
    session: memoryShelf(session),
    local: memoryShelf(),
    channel: () => assert.fail("a daemon's page has no other tabs to speak to"),
    hidden: () => false,
    online: () => true,
    onLife: (handler) => {
      lives.add(handler);
      return () => void lives.delete(handler);
    },
    clearFragment: () => (cleared += 1),
    reload: () => undefined,
    sweep: async () => undefined,
  });
  const ready = (opening: Opening): Backend => {
    assert.equal(opening.state, "ready");
    return (backend = (opening as Extract<Opening, { state: "ready" }>).backend);
  };
  const open = async (fetch?: Environment["fetch"]): Promise<Backend> =>
    ready(await openIn(environment(`token=${TOKEN}`, fetch)));
  const next = (from: Backend, is: (view: ConnectionView) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const off = from.onConnection((view) => {
        if (!is(view)) return;
        off();
        resolve();
      });
    });

  beforeEach(async () => {
    served = await serve();
    session.clear();
    cleared = 0;
  });
  afterEach(async () => {
    await backend?.close();
    backend = undefined;
    await cleanUp();
  });

  it("takes its token from the address, keeps it for the tab, and takes it out of sight", async () => {
    const { kind, guest } = await open();
    assert.deepEqual([kind, guest, cleared, session.size], ["daemon", false, 1, 1]);
    await backend?.close();
    ready(await openIn(environment("")));
  });

  it("gives a tab a slip that opens again with this daemon alone", async () => {
    const { slip } = await open();
    assert.ok(slip?.write("files", Buffer.from("annex.pdf")));
    assert.doesNotMatch([...session.values()].join(), /annex/u);
    await backend?.close();
    assert.equal(slip?.write("files", Buffer.from("later")), false, "a page that has closed");
    const again = ready(await openIn(environment("")));
    assert.equal(Buffer.from(again.slip?.read("files") ?? []).toString(), "annex.pdf");
    await again.api.remember("slip key", undefined);
    assert.equal(ready(await openIn(environment(""))).slip?.read("files"), undefined, "a daemon that was wiped");
    await again.close();
  });

  it("says what is missing without a token, or with another daemon's", async () => {
    assert.equal((await openIn(environment(""))).state, "no-token");
    assert.equal((await openIn(environment(`token=${"0".repeat(64)}`))).state, "no-token");
    assert.equal(session.size, 0);
  });

  it("asks for everything that a messenger does", async () => {
    const { api } = await open();
    const { messenger } = served;
    const ana = messenger.meet("Ana", personId("a0"), { flag: "HR" });
    assert.equal(api.person, messenger.person);
    assert.deepEqual(await api.people(), [ana]);
    await api.setProfile({ name: "Ben", flag: "FR", delegation: "" });
    assert.equal((await api.profile()).name, "Ben");
    const caucus = await api.createCaucus("Finance", { with: [ana.person] });
    assert.equal((await api.caucuses())[0]?.name, "Finance");
    const line = await api.send(caucus, "one");
    const file = {
      name: "a.txt",
      type: "text/plain",
      size: 6,
      bytes: (async function* () {
        yield Buffer.from("abc");
        yield Buffer.from("def");
      })(),
    };
    const sent = await api.sendFile(caucus, file);
    assert.equal(Buffer.concat(await Array.fromAsync(api.readFile(caucus, sent.message))).toString(), "abcdef");
    const reaction = await api.react(caucus, line.message, "🤝");
    const lines = await Array.fromAsync(api.history(caucus, { limit: 3 }));
    assert.deepEqual(
      lines.map(({ message }) => message),
      [line.message, sent.message, reaction.message],
    );
    const [first, second] = lines.map(({ sentAt, message }) => ({ at: sentAt, message }));
    const page = await Array.fromAsync(api.history(caucus, { after: first!, before: second!, limit: 3 }));
    assert.deepEqual(page, []);
    assert.equal((await Array.fromAsync(api.history(caucus, { after: first!, limit: 1 })))[0]?.message, sent.message);
    assert.deepEqual(
      (await api.search("ONE", { caucus, limit: 5 })).lines.map(({ message }) => message),
      [line.message],
    );
    await Array.fromAsync(api.history(caucus, { limit: 3, without: "changes" }));
    assert.deepEqual(served.messenger.asked.at(-1), ["history", caucus, { limit: 3, without: "changes" }]);
    assert.equal((await api.message(caucus, line.message))?.text, "one");
    assert.equal(await api.message(caucus, "f".repeat(32) as never), undefined);
    assert.equal((await api.receipts(caucus, line.message)).length, 1);
    await api.remember("draft", { text: "half a" });
    assert.deepEqual(await api.remembered("draft"), { text: "half a" });
    await api.remember("draft", undefined);
    assert.equal(await api.remembered("draft"), undefined);
    assert.equal((await api.invite(caucus)).code, `couloir:${caucus.slice(0, 8)}`);
    assert.equal((await api.join("couloir:x", 1000)).state, "joined");
    await api.markRead(caucus);
    await api.leave(caucus);
    await assert.rejects(api.add(caucus.replace(/^c/, "d") as never, ana.person), coded("unknown-caucus"));
    await assert.rejects(api.message("nonsense" as never, line.message), coded("bad-request"));
    assert.deepEqual(await backend?.holdings(), { caucuses: 1, messages: 2, files: 1 });
  });

  it("tells what happens", async () => {
    const { api } = await open();
    const caucus = await api.createCaucus("Finance");
    const { promise, resolve } = Promise.withResolvers<string>();
    api.on("message", ({ text }) => resolve(text));
    served.messenger.hear({ caucus, sender: personId("b0"), text: "hello" });
    assert.equal(await promise, "hello");
    const reached = next(backend!, ({ peers }) => peers === 7);
    served.messenger.peers = 7;
    served.messenger.emit("peers", 7);
    await reached;
    assert.deepEqual(await backend?.connection(), {
      peers: 7,
      viaHub: 0,
      direct: 7,
      addresses: ["/ip4/192.0.2.7/tcp/4001"],
      hubs: [],
      code: "ZG00-083W-7T3N",
    });
  });

  it("goes on by itself when the daemon comes back, loses no send, and says that something may have been missed", async () => {
    let down = false;
    const fetch: Environment["fetch"] = (...given) =>
      down ? Promise.reject(new TypeError("Failed to fetch")) : globalThis.fetch(...given);
    const { api } = await open(fetch);
    const caucus = await api.createCaucus("Finance");
    const away = next(backend!, ({ trouble }) => trouble === "daemon-away");
    const missed = new Promise<void>((resolve) => backend?.onMissed(resolve));
    down = true;
    served.api.streams.close();
    await away;
    const sending = api.send(caucus, "typed meanwhile");
    await assert.rejects(api.createCaucus("Another"), coded("tab-gone"));
    down = false;
    for (const live of lives) live("wake");
    await missed;
    assert.equal((await sending).text, "typed meanwhile");
    const nonces = served.messenger.asked
      .filter(([method]) => method === "send")
      .map(([, , , options]) => (options as { nonce: string }).nonce);
    assert.equal(nonces.length, 1);
    assert.match(nonces[0]!, /^[0-9a-f]{32}$/);
  });

  it("asks again under the same nonce when an answer is lost", async () => {
    let lose = true;
    const fetch: Environment["fetch"] = async (url, init) => {
      const response = await globalThis.fetch(url, init);
      if (!url.endsWith("/messages") || !lose) return response;
      lose = false;
      setImmediate(() => served.api.streams.close());
      throw new TypeError("Failed to fetch");
    };
    const { api } = await open(fetch);
    const caucus = await api.createCaucus("Finance");
    await api.send(caucus, "once");
    const asked = served.messenger.asked.filter(([method]) => method === "send");
    assert.equal(asked.length, 2);
    assert.deepEqual(asked[0], asked[1]);
  });

  it("becomes somebody else, and is loaded anew once the daemon is back", async () => {
    let down = false;
    let reloads = 0;
    const fetch: Environment["fetch"] = async (url, init) => {
      if (down) throw new TypeError("Failed to fetch");
      const response = await globalThis.fetch(url, init);
      if (!url.endsWith("/import")) return response;
      down = true;
      served.api.streams.close();
      return response;
    };
    const reload = (): void => void (reloads += 1);
    const page = ready(await openIn({ ...environment(`token=${TOKEN}`, fetch), reload }));
    const away = next(page, ({ trouble }) => trouble === "daemon-away");
    const importing = page.importIdentity(Uint8Array.of(1), "four good words");
    await away;
    assert.equal(reloads, 0);
    down = false;
    for (const live of lives) live("wake");
    await importing;
    assert.equal(reloads, 1);
  });

  it("is never believed to be a hub, nor a hub's page a daemon's", async () => {
    const elsewhere = await openIn({ ...environment("", () => Promise.resolve(new Response("", { status: 404 }))) });
    assert.notEqual(elsewhere.origin.kind, "daemon");
  });
});
