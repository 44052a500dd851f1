/** Absence, hubs, and work off the main thread, each by itself. */
import assert from "node:assert/strict";
import { CouloirError } from "../../src/errors.ts";
import type { MessageView, PersonId } from "../../src/types.ts";
import { AwayWatch } from "../../web/peer/away.ts";
import { writeVenueCode } from "../../src/protocol/venue.ts";
import { askHub, carriedVenue, hubAddress, HubBook, hubUrl, type Fetch } from "../../web/peer/hubs.ts";
import { heavy, type Done, type Job } from "../../web/peer/heavy.ts";
import { offThread, type Laborer } from "../../web/peer/offThread.ts";
import { toProblem } from "../../web/peer/problem.ts";
import { HandClock } from "./tabWorld.ts";

const minutes = (n: number): number => n * 60_000;

describe("absence", () => {
  const me = "5e1f" as PersonId;
  let clock: HandClock;
  let saved: number[];
  let told: number;
  const watch = (aliveAt?: number): AwayWatch =>
    new AwayWatch({
      clock,
      person: me,
      aliveAt,
      save: (at) => void saved.push(at),
      onChange: () => (told += 1),
    });
  const line = (sentAt: number, more: Partial<MessageView> = {}): MessageView =>
    ({ sender: "other", kind: "text", sentAt, ...more }) as MessageView;

  beforeEach(() => {
    clock = new HandClock();
    saved = [];
    told = 0;
  });

  it("is told after a closed page: minutes, and what others wrote meanwhile and comes now", () => {
    const now = clock.now();
    const away = watch(now - minutes(14.5));
    assert.equal(away.away, undefined);
    away.take(line(now - minutes(10)));
    away.take(line(now - 1));
    for (const live of [
      line(now),
      line(now + 5000),
      line(now - 1, { sender: me }),
      ...(["reaction", "pin", "answer", "terms", "stand", "asking", "plan"] as const).map((kind) =>
        line(now - 1, { kind }),
      ),
    ])
      away.take(live);
    assert.deepEqual(away.away, { minutes: 14, messages: 2 });
    assert.equal(told, 2);
    away.seen();
    assert.equal(away.away, undefined);
    away.take(line(now - 1));
    assert.equal(away.away, undefined);
    away.stop();
  });

  it("is not told to a new profile, after half a minute, or when nothing came", () => {
    for (const aliveAt of [undefined, clock.now() - 30_000]) {
      const away = watch(aliveAt);
      away.take(line(clock.now() - 1));
      assert.equal(away.away, undefined);
      away.stop();
    }
    const away = watch(clock.now() - minutes(20));
    assert.equal(away.away, undefined);
    away.stop();
  });

  it("is noticed by a page that slept, at the first sign of life, and lengthens while nobody has seen it", () => {
    const away = watch();
    for (let n = 0; n < 10; n += 1) clock.move(20_000);
    assert.equal(saved.length, 11);
    clock.move(minutes(30));
    away.take(line(clock.now() - minutes(3)));
    assert.deepEqual(away.away, { minutes: 30, messages: 1 });
    clock.move(minutes(10));
    away.take(line(clock.now() - minutes(1)));
    assert.deepEqual(away.away, { minutes: 40, messages: 2 });
    away.stop();
    const before = saved.length;
    clock.move(minutes(1));
    assert.equal(saved.length, before);
  });
});

describe("absence by a clock that is wrong", () => {
  const begin = Date.UTC(2026, 10, 23, 9);
  let now: number;
  const watch = (aliveAt: number): AwayWatch =>
    new AwayWatch({
      clock: { now: () => now, after: () => () => undefined },
      person: "5e1f" as PersonId,
      aliveAt,
      save: () => undefined,
      onChange: () => undefined,
    });
  /** By others' clocks, which are two hours behind: whatever they say now seems to be from long ago. */
  const takes = (away: AwayWatch): void =>
    away.take({ sender: "other", kind: "text", sentAt: now - minutes(120) } as MessageView);

  beforeEach(() => {
    now = begin;
  });

  it("counts what comes when there is a link, however late, and not what is said afterwards", () => {
    const away = watch(now - minutes(14));
    now += minutes(60);
    away.beat();
    away.linked(true);
    for (let n = 0; n < 32; n += 1) {
      now += 1000;
      takes(away);
    }
    assert.equal(away.away?.messages, 32);
    now += 40_000;
    away.beat();
    takes(away);
    assert.equal(away.away?.messages, 32, "a live word");
    away.linked(false);
    away.linked(true);
    takes(away);
    assert.equal(away.away?.messages, 33, "the link broke: there may be more to fetch");
  });

  it("counts no lively talk for ever", () => {
    const away = watch(now - minutes(14));
    away.linked(true);
    for (let n = 0; n < 60; n += 1) {
      now += 10_000;
      away.beat();
      takes(away);
    }
    assert.deepEqual(away.away, { minutes: 14, messages: 18 });
  });

  it("counts nothing that is said after the clock was set back, neither at once nor when it is as late again", () => {
    for (const set of [120, 0.9]) {
      now = begin;
      const away = watch(now - minutes(14));
      away.linked(true);
      takes(away);
      now += minutes(1);
      away.beat();
      now -= minutes(set);
      for (let n = 0; n < 3 * set; n += 1) {
        away.beat();
        takes(away);
        now += minutes(1);
      }
      assert.deepEqual(away.away, { minutes: 14, messages: 1 }, `by ${set} minutes`);
    }
  });

  it("counts after a second sleep as after the first, on the links that are left", () => {
    const away = watch(now - minutes(14));
    away.linked(true);
    now += minutes(5);
    away.beat();
    now += minutes(30);
    takes(away);
    assert.equal(away.away?.messages, 1);
    now += minutes(1);
    away.beat();
    takes(away);
    assert.equal(away.away?.messages, 1, "a live word");
    away.linked(false);
    now += minutes(30);
    takes(away);
    assert.equal(away.away?.messages, 2, "it comes before word of the link that brought it");
  });
});

describe("absence without a word", () => {
  it("is noticed by the first message that comes, before any timer", () => {
    let now = Date.UTC(2026, 10, 23, 9);
    const clock = { now: () => now, after: () => () => undefined };
    const parts = { person: "5e1f" as PersonId, aliveAt: undefined, save: () => undefined, onChange: () => undefined };
    const away = new AwayWatch({ ...parts, clock });
    now += minutes(14);
    away.take({ sender: "other", kind: "text", sentAt: now - 1 } as MessageView);
    assert.deepEqual(away.away, { minutes: 14, messages: 1 });
  });
});

describe("a hub's address", () => {
  it("is understood as people type and scan it", () => {
    for (const [typed, url] of [
      ["192.168.8.20:4700", "http://192.168.8.20:4700"],
      [" 192.168.8.20 ", "http://192.168.8.20:8020"],
      ["couloir.local", "http://couloir.local:8020"],
      ["http://192.168.8.20:4700/#couloir:abc", "http://192.168.8.20:4700"],
      ["http://192.168.8.20", "http://192.168.8.20"],
      ["https://caucus.example.org/x?y", "https://caucus.example.org"],
      ["[fd00::1]:8020", "http://[fd00::1]:8020"],
      ["g82 j29 ed2", "http://192.168.8.20:4700"],
      ["G82G-0JXQ", "http://192.168.8.20:8020"],
    ])
      assert.equal(hubUrl(typed!), url);
  });

  it("brings the venue along where the screen's code holds it", () => {
    const code = writeVenueCode({
      name: "v",
      buckets: 8,
      key: new Uint8Array(16),
      hubs: ["/ip4/10.0.0.2/tcp/8020/ws"],
    });
    assert.equal(carriedVenue(` http://192.168.8.20:8020/#${code} `), code);
    assert.equal(hubUrl(`http://192.168.8.20:8020/#${code}`), "http://192.168.8.20:8020");
    for (const typed of ["192.168.8.20", "http://192.168.8.20/#couloir:abc", "#%E0%A4%A", ""])
      assert.equal(carriedVenue(typed), undefined);
  });

  it("is refused when it is none", () => {
    for (const typed of [
      "",
      "   ",
      "two words",
      "G82-J29-ED3",
      "FZZQX-XB556",
      "javascript:alert(1)",
      "file:///etc/passwd",
      "http://",
      "http://u:p@h/",
    ])
      assert.throws(
        () => hubUrl(typed),
        (error) => error instanceof CouloirError && error.code === "bad-address",
        typed,
      );
  });

  it("becomes a multiaddr", () => {
    assert.equal(hubAddress("http://192.168.8.20:8020", "P"), "/ip4/192.168.8.20/tcp/8020/ws/p2p/P");
    assert.equal(hubAddress("https://hub.example.org", "P"), "/dns4/hub.example.org/tcp/443/tls/ws/p2p/P");
    assert.equal(hubAddress("http://[fd00::1]:80", "P"), "/ip6/fd00::1/tcp/80/ws/p2p/P");
  });
});

describe("a hub", () => {
  const peerId = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
  const card = {
    name: "Nordic",
    venue: "v",
    room: "r",
    peerId,
    urls: ["http://10.0.0.1:1"],
    addresses: ["/ip4/10.0.0.1"],
  };
  const answering =
    (body: unknown, status = 200): Fetch =>
    async () =>
      new Response(typeof body === "string" ? body : JSON.stringify(body), { status });

  it("is believed in its own words, cut to size, and nothing else in them", async () => {
    const found = await askHub(
      "http://10.0.0.1:8020",
      answering({ ...card, name: "x".repeat(9000), urls: ["javascript:1", 7] }),
    );
    assert.equal(found?.info.name.length, 200);
    assert.deepEqual(found?.info.urls, []);
    assert.deepEqual(found?.addresses, [`/ip4/10.0.0.1/tcp/8020/ws/p2p/${peerId}`, "/ip4/10.0.0.1"]);
  });

  it("tells where it has pages with a lock, and no hash that whoever is in between could have written", async () => {
    const told = async (secure: unknown) =>
      (await askHub("http://10.0.0.1:8020", answering({ ...card, secure })))?.info.secure;
    const urls = ["https://10.0.0.1:8443"];
    assert.deepEqual(
      await told({ urls: [...urls, "http://10.0.0.1", "javascript:1", "https://", 7], fingerprint: "AB" }),
      {
        urls,
      },
    );
    for (const nonsense of [undefined, null, 7, "https://10.0.0.1", {}, { urls: "https://10.0.0.1" }, { urls: ["x"] }])
      assert.equal(await told(nonsense), undefined);
  });

  it("is nobody when it answers nonsense, too much, an error, or not at all", async () => {
    for (const fetch of [
      answering("not json"),
      answering("null"),
      answering([1]),
      answering({ ...card, peerId: "no" }),
      answering(`{"x":"${"y".repeat(70_000)}"}`),
      answering(card, 404),
      () => Promise.reject(new TypeError("refused")),
    ])
      assert.equal(await askHub("http://10.0.0.1:8020", fetch), undefined);
  });

  it("is away when it does not answer, and connected when there is a link to it", async () => {
    let there = false;
    let changes = 0;
    const fetch: Fetch = (...given) => (there ? answering(card)(...given) : Promise.reject(new TypeError("refused")));
    const book = new HubBook(fetch, () => (changes += 1));
    book.note("http://10.0.0.1:1");
    const states = (linked: string[] = []): string[] => book.states(new Set(linked)).map(({ state }) => state);
    assert.deepEqual(states(), ["trying"]);
    await book.look("http://10.0.0.1:1");
    assert.deepEqual(states(), ["away"]);
    there = true;
    await book.look("http://10.0.0.1:1");
    assert.deepEqual([states(), states([peerId])], [["trying"], ["connected"]]);
    there = false;
    await book.look("http://10.0.0.1:1");
    assert.deepEqual([states(), book.cards()[0]?.info.name, book.addresses().length], [["away"], "Nordic", 2]);
    assert.equal(changes, 3);
  });

  it("is forgotten when it was typed and never answered, but for the newest, and not when it has", async () => {
    const book = new HubBook(
      () => Promise.reject(new Error("nobody")),
      () => undefined,
    );
    book.note("http://10.0.0.1:1", {
      info: { name: "", venue: "", buckets: 1, room: "", urls: [] },
      peerId,
      addresses: [],
    });
    for (let port = 1; port <= 6; port++) await book.look(`http://nonsense:${port}`);
    assert.deepEqual(book.urls(), ["http://10.0.0.1:1", ...[3, 4, 5, 6].map((port) => `http://nonsense:${port}`)]);
  });
});

describe("work off the main thread", () => {
  /** A worker in this thread. */
  class Clerk implements Laborer {
    onmessage: Laborer["onmessage"] = null;
    onerror: Laborer["onerror"] = null;
    ended = false;
    readonly #fails: boolean;
    constructor(fails = false) {
      this.#fails = fails;
    }
    postMessage({ id, work, args }: Job): void {
      const run = heavy[work] as (...args: readonly unknown[]) => Promise<Uint8Array>;
      const answer = (data: Done): void => this.onmessage?.({ data } as MessageEvent<Done>);
      if (this.#fails) setImmediate(() => this.onerror?.({} as ErrorEvent));
      else
        run(...args).then(
          (result) => answer({ id, result }),
          (error: unknown) => answer({ id, problem: toProblem(error) }),
        );
    }
    terminate(): void {
      this.ended = true;
    }
  }
  const key = new Uint8Array(32).fill(7);
  const coded = (code: string) => (error: unknown) => error instanceof CouloirError && error.code === code;

  it("comes back with the result or the very error, and lets the worker go", async () => {
    const clerks: Clerk[] = [];
    const work = offThread(() => {
      clerks.push(new Clerk());
      return clerks.at(-1)!;
    });
    const box = await work.wrap(key, "right");
    assert.deepEqual(await work.unwrap(await work.wrap(key)), key);
    await assert.rejects(work.unwrap(box, "wrong"), coded("wrong-passphrase"));
    assert.equal(clerks.length, 4);
    assert.ok(clerks.every(({ ended }) => ended));
  });

  it("is done on this thread where there is no worker, or it fails", async () => {
    for (const make of [
      () => new Clerk(true),
      () => {
        throw new Error("refused by policy");
      },
    ]) {
      const work = offThread(make);
      const [box, other] = await Promise.all([work.wrap(key), work.wrap(key)]);
      assert.deepEqual(await work.unwrap(box), key);
      assert.deepEqual(box, other);
    }
  });
});
