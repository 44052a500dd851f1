import assert from "node:assert/strict";
import type { Connection, Libp2p, Stream } from "@libp2p/interface";
import { ALIVE_PROTOCOL } from "../../src/net/alive.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { systemClock } from "../../src/net/systemClock.ts";
import type { Clock } from "../../src/types.ts";
import { dialLink, falseNeighbour } from "./bareNode.ts";
import { createMailbox } from "./mailbox.ts";

const PING = 1;
const PONG = 2;

/** A clock that runs ten times as fast. */
const fast: Clock = {
  now: () => systemClock.now() * 10,
  after: (ms, fn) => systemClock.after(ms / 10, fn),
};

describe("a heartbeat", () => {
  let link: Libp2pLink;
  const strangers: Libp2p[] = [];

  beforeEach(async () => {
    link = new Libp2pLink({ host: nodeHost({ listen: ["127.0.0.1"] }), clock: fast });
    await link.start(createMailbox().handlers);
  });
  afterEach(async () => {
    await Promise.all([link.stop(), ...strangers.splice(0).map(async (node) => node.stop())]);
  });

  /** Somebody whose timers stand still: it dials and says nothing of its own accord. */
  const sleeper = async (): Promise<{ readonly connection: Connection; readonly stream: Stream }> => {
    const node = await falseNeighbour();
    strangers.push(node);
    const connection = await dialLink(node, link.status().addresses);
    return { connection, stream: await connection.newStream(ALIVE_PROTOCOL) };
  };

  it("keeps who answers, though it never asks", async () => {
    const { connection, stream } = await sleeper();
    await new Promise<void>((resolve, reject) => {
      let pings = 0;
      connection.addEventListener("close", () => reject(new Error(`cut after ${pings}`)));
      stream.addEventListener("message", ({ data }) => {
        if (!data.subarray().includes(PING)) return;
        stream.send(Uint8Array.of(PONG));
        // Far longer than anybody is borne with who says nothing.
        if (++pings === 8) resolve();
      });
    });
    assert.equal(connection.status, "open");
  });

  it("drops who is asked and does not answer", async () => {
    const { connection, stream } = await sleeper();
    let asked = 0;
    stream.addEventListener("message", () => asked++);
    await new Promise((resolve) => connection.addEventListener("close", resolve));
    assert.ok(asked > 0);
  });

  it("answers at once", async () => {
    const { stream } = await sleeper();
    const answered = new Promise<void>((resolve) =>
      stream.addEventListener("message", ({ data }) => data.subarray().includes(PONG) && resolve()),
    );
    stream.send(Uint8Array.of(PING));
    await answered;
  });
});
