import assert from "node:assert/strict";
import type { Connection, Libp2p, Stream } from "@libp2p/interface";
import * as lp from "it-length-prefixed";
import { ASK_PROTOCOL, WINDOW } from "../../src/net/asks.ts";
import { browserHost, pageLinks } from "../../src/net/browserHost.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { MAX_ASK_MESSAGE, MAX_ASK_REQUEST } from "../../src/net/link.ts";
import type { HostFactory, LinkOptions } from "../../src/net/linkOptions.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { systemClock } from "../../src/net/systemClock.ts";
import type { Clock } from "../../src/types.ts";
import { dialLink, falseNeighbour, speak } from "./bareNode.ts";
import { startHub } from "./hub.ts";
import { createMailbox, topicOf, until, type Mailbox } from "./mailbox.ts";

interface Node {
  readonly link: Libp2pLink;
  readonly box: Mailbox;
  /** What is inside the link. */
  readonly inside: Libp2p;
}

const request = new TextEncoder().encode("that one, please");
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const prefixed = (body: Uint8Array): Uint8Array => lp.encode.single(body).subarray();

describe("asking", () => {
  const stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });

  const start = async (
    options: Partial<LinkOptions> = {},
    host: HostFactory = nodeHost({ listen: ["127.0.0.1"] }),
  ): Promise<Node> => {
    let inside: Libp2p | undefined;
    const seen: HostFactory = async (parts) => {
      inside = await host(parts);
      return inside;
    };
    const node = { link: new Libp2pLink({ host: seen, ...options }), box: createMailbox() };
    node.link.subscribe([topicOf("bucket/0")]);
    stops.push(() => node.link.stop());
    await node.link.start(node.box.handlers);
    return { ...node, inside: inside as unknown as Libp2p };
  };
  /** Two that are linked. */
  const pair = async (options: Partial<LinkOptions> = {}): Promise<readonly [Node, Node]> => {
    const [one, other] = [await start(options), await start()];
    one.link.hint(other.link.status().addresses);
    await until([one.box, other.box], () => one.box.peers() === 1 && other.box.peers() === 1);
    return [one, other];
  };
  const neighbourOf = (node: Node): { readonly neighbour: string } => ({
    neighbour: node.link.neighbours()[0] as string,
  });
  const all = async (answer: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> => {
    const messages: Uint8Array[] = [];
    for await (const message of answer) messages.push(message);
    return messages;
  };
  /** A link's neighbour that answers questions as `answer` says. */
  const falseAnswerer = async (asker: Node, answer: (stream: Stream) => void): Promise<Libp2p> => {
    const node = await falseNeighbour();
    stops.push(async () => node.stop());
    await node.handle(ASK_PROTOCOL, answer, { maxInboundStreams: 100 });
    const open = new Promise((resolve) => asker.inside.addEventListener("connection:open", resolve, { once: true }));
    await Promise.all([open, dialLink(node, asker.link.status().addresses)]);
    return node;
  };
  const addressed = (asker: Node, node: Libp2p): { readonly addresses: readonly string[] } => ({
    addresses: [`${asker.link.status().addresses[0]?.replace(/\/p2p\/.*/, "")}/p2p/${node.peerId.toString()}`],
  });

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

  it("reaches whoever answers at an address, over a relayed connection too, and closes that again", async () => {
    const hub = await startHub();
    stops.push(() => hub.stop());
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
    const elapsed: (() => void)[] = [];
    const clock: Clock = {
      now: () => systemClock.now(),
      after: (ms, fn) => (ms === 10_000 ? (elapsed.push(fn), () => {}) : systemClock.after(ms, fn)),
    };
    const daemon = await start({ clock });
    assert.equal((await all(daemon.link.ask({ addresses: relayed() }, request))).length, 10);
    assert.equal(daemon.link.neighbours().includes(self), false, "a relayed connection is no link");
    const open = daemon.inside.getConnections().find(({ remotePeer }) => remotePeer.toString() === self);
    assert.ok(open?.limits !== undefined);
    const closed = new Promise((resolve) => open.addEventListener("close", resolve));
    for (const fn of elapsed) fn();
    await closed;
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
    for (const whom of missing)
      await assert.rejects(all(one.link.ask(whom, request)), { fault: "network", code: "nobody-there" });
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

  it("turns away who asks too much at once, without harm to others", async () => {
    const [one, other] = await pair();
    let asked = 0;
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    other.box.answer = async function* (_, from) {
      if (from === one.link.status().peerId) yield request;
      else asked++;
      await held;
    };
    const greedy = await falseNeighbour();
    stops.push(async () => greedy.stop());
    const connection = await dialLink(greedy, other.link.status().addresses);
    await Promise.all(Array.from({ length: 60 }, () => speak(connection, ASK_PROTOCOL, prefixed(request))));
    const first = await one.link.ask(neighbourOf(one), request)[Symbol.asyncIterator]().next();
    assert.deepEqual(first.value, request);
    assert.ok(asked <= 4, `${asked} at once`);
    release();
  });

  it("gives up on an answerer that sends anything but answers, or nothing", async () => {
    const pending: (() => void)[] = [];
    // What the link waits for without a sign of the other side, a test need not.
    const clock: Clock = {
      now: () => systemClock.now(),
      after: (ms, fn) => (ms === 30_000 ? (pending.push(fn), () => {}) : systemClock.after(ms, fn)),
    };
    const answers: ((stream: Stream) => void)[] = [
      (stream) => void stream.send(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x7f)),
      (stream) => void stream.send(prefixed(new Uint8Array(MAX_ASK_MESSAGE + 1))),
      (stream) => void stream.send(new Uint8Array(12).fill(0xff)),
      (stream) => stream.abort(new Error("no")),
      (stream) => {
        stream.addEventListener("message", () => {
          for (const fn of pending.splice(0)) fn();
        });
      },
    ];
    for (const answer of answers) {
      const asker = await start({ clock });
      const node = await falseAnswerer(asker, answer);
      await assert.rejects(all(asker.link.ask(addressed(asker, node), request)), { fault: "network" });
    }
  });

  it("reads no further than it is read from, whatever is sent", async () => {
    const asker = await start();
    let sent = 0;
    let full = (): void => {};
    const stuck = new Promise<void>((resolve) => {
      full = resolve;
    });
    const node = await falseAnswerer(asker, (stream) => {
      const message = prefixed(new Uint8Array(MAX_ASK_MESSAGE));
      // An answerer that keeps to no window.
      while (stream.send(message)) sent += message.length;
      full();
    });
    const answer = asker.link.ask(addressed(asker, node), request)[Symbol.asyncIterator]();
    assert.equal((await answer.next()).value?.length, MAX_ASK_MESSAGE);
    await stuck;
    assert.ok(sent < 8 * 1024 * 1024, `${sent} bytes went`);
    await answer.return?.();
  });

  it("leaves nothing behind when a hundred ask and go away", async () => {
    const [, other] = await pair();
    let open = 0;
    other.box.answer = async function* () {
      open++;
      try {
        for (;;) yield new Uint8Array(1000);
      } finally {
        open--;
      }
    };
    const askers = await Promise.all(Array.from({ length: 10 }, () => falseNeighbour()));
    stops.push(() => Promise.all(askers.map(async (node) => node.stop())));
    const ask = async (node: Libp2p): Promise<Connection> => {
      const connection = await dialLink(node, other.link.status().addresses);
      await Promise.all(Array.from({ length: 10 }, () => speak(connection, ASK_PROTOCOL, prefixed(request))));
      return connection;
    };
    const connections = await Promise.all(askers.map(ask));
    const closed = connections.map((one) => new Promise((resolve) => one.addEventListener("close", resolve)));
    for (const connection of connections) connection.abort(new Error("gone"));
    await Promise.all(closed);
    other.box.answer = async function* () {
      yield request;
    };
    const [one] = [await start()];
    one.link.hint(other.link.status().addresses);
    await until([one.box], () => one.box.peers() === 1);
    assert.equal((await all(one.link.ask(neighbourOf(one), request))).length, 1);
    assert.equal(open, 0);
  });
});
