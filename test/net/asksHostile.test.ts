import assert from "node:assert/strict";
import type { Connection, Libp2p, Stream } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import { ASK_PROTOCOL } from "../../src/net/asks.ts";
import { MAX_ASK_MESSAGE } from "../../src/net/link.ts";
import { systemClock } from "../../src/net/systemClock.ts";
import type { Clock } from "../../src/types.ts";
import {
  addressed,
  all,
  falseAnswerer,
  later,
  neighbourOf,
  pair,
  prefixed,
  request,
  start,
  stopAll,
} from "./askWorld.ts";
import { dialLink, falseNeighbour, speak } from "./bareNode.ts";
import { until } from "./mailbox.ts";

describe("asking among the hostile", () => {
  afterEach(stopAll);

  it("turns away who asks too much at once, without harm to others", async () => {
    const [one, other] = await pair();
    let asked = 0;
    let release = (): void => {};
    const { promise: four, resolve: allowed } = Promise.withResolvers<void>();
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    other.box.answer = async function* (_, from) {
      if (from === one.link.status().peerId) yield request;
      else if (++asked === 4) allowed();
      await held;
    };
    const greedy = await falseNeighbour();
    later(async () => greedy.stop());
    const connections = await Promise.all(
      [0, 1].map(() => greedy.dial(multiaddr(other.link.status().addresses[0]), { force: true })),
    );
    // Four for a peer, over however many connections.
    await new Promise<void>((resolve) => {
      let refused = 0;
      const onRefused = (): void => void (++refused === 6 && resolve());
      for (const connection of connections)
        for (let i = 0; i < 5; i++)
          connection.newStream(ASK_PROTOCOL, { maxOutboundStreams: 100 }).then((stream) => {
            if (stream.status !== "open") return onRefused();
            stream.addEventListener("close", onRefused);
            stream.send(prefixed(request));
          }, onRefused);
    });
    const first = await one.link.ask(neighbourOf(one), request)[Symbol.asyncIterator]().next();
    assert.deepEqual(first.value, request);
    // What was refused may be known of before what was not.
    await four;
    assert.equal(asked, 4);
    await Promise.all(
      Array.from({ length: 60 }, () => speak(connections[0] as Connection, ASK_PROTOCOL, prefixed(request))),
    );
    release();
  });

  it("goes on asking after ever so many refusals", async () => {
    const [one, other] = await pair();
    const never: AsyncIterator<Uint8Array> = { next: () => new Promise(() => {}) };
    other.box.answer = () => ({ [Symbol.asyncIterator]: () => never });
    const ask = (): Promise<unknown> => all(one.link.ask(neighbourOf(one), request));
    const waiting = Promise.allSettled(Array.from({ length: 4 }, ask));
    for (let i = 0; i < 40; i++) await assert.rejects(ask(), { fault: "network" });
    await other.link.stop();
    await waiting;
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
      (stream) => void stream.send(prefixed(new Uint8Array(MAX_ASK_MESSAGE + 2))),
      (stream) => void stream.send(new Uint8Array(12).fill(0xff)),
      (stream) => stream.abort(new Error("no")),
      (stream) => void stream.send(prefixed(Uint8Array.of(2))),
      (stream) => void stream.send(prefixed(new Uint8Array(0))),
      // Cut in the midst, as it looks where WebRTC went.
      (stream) => {
        stream.send(prefixed(Uint8Array.of(0, 1, 2, 3)));
        void stream.close();
      },
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
      const message = prefixed(new Uint8Array(MAX_ASK_MESSAGE + 1));
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
    later(() => Promise.all(askers.map(async (node) => node.stop())));
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
