import assert from "node:assert/strict";
import { multiaddr } from "@multiformats/multiaddr";
import { ASK_PROTOCOL, WINDOW } from "../../src/net/asks.ts";
import { browserHost, pageLinks } from "../../src/net/browserHost.ts";
import { MAX_ASK_MESSAGE, MAX_ASK_REQUEST } from "../../src/net/link.ts";
import { streamChannel } from "../../src/net/streamChannel.ts";
import { systemClock } from "../../src/net/systemClock.ts";
import type { Clock } from "../../src/types.ts";
import { all, later, neighbourOf, pair, request, start, stopAll } from "./askWorld.ts";
import { startHub } from "./hub.ts";
import { until } from "./mailbox.ts";

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe("asking", () => {
  afterEach(stopAll);

  it("brings a neighbour's answer, in order, of whatever length", async () => {
    const [one, other] = await pair();
    other.box.answer = async function* (asked, from) {
      assert.equal(text(asked), text(request));
      assert.equal(from, one.link.status().peerId);
      yield new Uint8Array(0);
      for (let i = 0; i < 100; i++) yield new Uint8Array(MAX_ASK_MESSAGE).fill(i);
    };
    const messages = await all(one.link.ask(neighbourOf(one), request));
    assert.deepEqual(
      messages.map((message) => message[0]),
      [undefined, ...Array.from({ length: 100 }, (_, i) => i)],
    );
    assert.ok(messages.slice(1).every((message) => message.length === MAX_ASK_MESSAGE));
  });

  it("takes no more than a window from the answerer before the asker has taken it", async () => {
    const [one, other] = await pair();
    let made = 0;
    let onMade = (): void => {};
    other.box.answer = async function* () {
      for (;;) {
        made++;
        onMade();
        yield new Uint8Array(1000);
      }
    };
    const taking = one.link.ask(neighbourOf(one), request)[Symbol.asyncIterator]();
    for (let taken = 1; taken <= 20; taken++) {
      await taking.next();
      assert.ok(made <= taken + WINDOW + 1, `${made} were made when ${taken} were taken`);
      await new Promise<void>((resolve) => {
        onMade = () => made >= taken + WINDOW && resolve();
        onMade();
      });
    }
    await taking.return?.();
  });

  it("answers both ways at once, many questions, each in its own stream", async () => {
    const nodes = await pair();
    for (const { box } of nodes)
      box.answer = async function* (asked) {
        yield asked;
      };
    const questions = nodes.flatMap((node) =>
      Array.from({ length: 4 }, (_, i) => all(node.link.ask(neighbourOf(node), Uint8Array.of(i)))),
    );
    const answers = await Promise.all(questions);
    assert.deepEqual(
      answers.map(([message]) => message?.[0]),
      [0, 1, 2, 3, 0, 1, 2, 3],
    );
  });

  it("keeps a second connection for as long as an answer comes over it", async () => {
    const clock: Clock = { now: () => systemClock.now() * 10, after: (ms, fn) => systemClock.after(ms / 10, fn) };
    const [one, other] = [await start({ clock }), await start({ clock })];
    one.link.hint(other.link.status().addresses);
    await until([one.box, other.box], () => one.box.peers() === 1 && other.box.peers() === 1);
    let release = (): void => {};
    other.box.answer = async function* () {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      yield Uint8Array.of(7);
    };
    const second = await one.inside.dial(multiaddr(other.link.status().addresses[0]), { force: true });
    const closed = new Promise((resolve) => second.addEventListener("close", resolve));
    const stream = await second.newStream(ASK_PROTOCOL);
    const channel = streamChannel(stream, 1000);
    await channel.send(request);
    // Long after it would have gone, of two.
    await new Promise<void>((resolve) => void clock.after(10_000, resolve));
    release();
    assert.deepEqual(await channel.receive(), Uint8Array.of(0, 7));
    await channel.close();
    await closed;
  });

  it("ends at once where there is no answer", async () => {
    const [one] = await pair();
    for (let i = 0; i < 50; i++) assert.deepEqual(await all(one.link.ask(neighbourOf(one), request)), []);
  });

  it("reaches whoever answers at an address, over a relayed connection too, and closes that again", async () => {
    const hub = await startHub();
    later(() => hub.stop());
    const page = await start({ hints: [hub.address], links: pageLinks }, browserHost());
    const relayed = (): readonly string[] =>
      page.link.status().addresses.filter((address) => address.includes("/p2p-circuit"));
    await new Promise<void>((resolve) => {
      const look = (): void => void (relayed().length > 0 && resolve());
      page.inside.addEventListener("self:peer:update", look);
      look();
    });
    const self = page.link.status().peerId;
    assert.ok(
      relayed().every((address) => address.endsWith(`/p2p-circuit/p2p/${self}`)),
      relayed().join(" "),
    );
    page.box.answer = async function* (_, from) {
      assert.equal(from, daemon.link.status().peerId);
      for (let i = 0; i < 10; i++) yield new Uint8Array(MAX_ASK_MESSAGE);
    };
    const clock: Clock = { now: () => systemClock.now() * 10, after: (ms, fn) => systemClock.after(ms / 10, fn) };
    const daemon = await start({ clock });
    assert.equal((await all(daemon.link.ask({ addresses: relayed() }, request))).length, 10);
    const open = daemon.inside.getConnections().find(({ remotePeer }) => remotePeer.toString() === self);
    assert.ok(open?.limits !== undefined);
    // Long enough for a link to count, were it one.
    await new Promise<void>((resolve) => void clock.after(6000, resolve));
    assert.equal(daemon.link.neighbours().includes(self), false);
    if (open.status === "open") await new Promise((resolve) => open.addEventListener("close", resolve));
  });

  it("says that nobody is there", async () => {
    const one = await start();
    const missing = [
      { neighbour: "nobody" },
      { addresses: [] },
      { addresses: ["/ip4/127.0.0.1/tcp/1/p2p/12D3KooWD3bfmNbuuuVCYwkjnFt3ukm3qaB3hDED3peHHXawvRAi"] },
      {
        addresses: ["/ip4/8.8.8.8/tcp/1/p2p/12D3KooWD3bfmNbuuuVCYwkjnFt3ukm3qaB3hDED3peHHXawvRAi", "nonsense", "/ip4"],
      },
      { addresses: one.link.status().addresses },
    ];
    const dial = one.inside.dial.bind(one.inside);
    const dialed: string[] = [];
    one.inside.dial = (address, options) => {
      dialed.push(String(address));
      return dial(address, options);
    };
    for (const whom of missing)
      await assert.rejects(all(one.link.ask(whom, request)), { fault: "network", code: "nobody-there" });
    assert.equal(dialed.length, 1);
    await one.link.stop();
    await assert.rejects(all(one.link.ask({ neighbour: "nobody" }, request)), { fault: "network" });
    const long = new Uint8Array(MAX_ASK_REQUEST + 1);
    const [two] = await pair();
    await assert.rejects(all(two.link.ask(neighbourOf(two), long)), { fault: "usage" });
  });

  it("is given up by its signal, and the answerer stops", async () => {
    const [one, other] = await pair();
    let ended = (): void => {};
    const stopped = new Promise<void>((resolve) => {
      ended = resolve;
    });
    other.box.answer = async function* () {
      try {
        for (;;) yield new Uint8Array(10);
      } finally {
        ended();
      }
    };
    const giveUp = new AbortController();
    const answer = one.link.ask(neighbourOf(one), request, giveUp.signal)[Symbol.asyncIterator]();
    await answer.next();
    giveUp.abort(new Error("enough"));
    await assert.rejects(async () => {
      for (;;) if ((await answer.next()).done === true) return;
    }, /enough/);
    await stopped;
    const late = AbortSignal.abort(new Error("before it began"));
    await assert.rejects(all(one.link.ask(neighbourOf(one), request, late)), /before it began/);
  });

  it("tells an answer that broke off from one that ended, and survives a handler that throws", async () => {
    const [one, other] = await pair();
    other.box.answer = async function* () {
      yield Uint8Array.of(1);
      throw new Error("a bug");
    };
    await assert.rejects(all(one.link.ask(neighbourOf(one), request)), { fault: "network", code: "broke-off" });
    other.box.answer = async function* () {
      yield new Uint8Array(MAX_ASK_MESSAGE + 1);
    };
    await assert.rejects(all(one.link.ask(neighbourOf(one), request)), { fault: "network", code: "broke-off" });
    other.box.answer = async function* () {
      yield Uint8Array.of(2);
    };
    assert.equal((await all(one.link.ask(neighbourOf(one), request))).length, 1);
  });
});
