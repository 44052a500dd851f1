/** What every `Link` does, whatever it runs on. A new implementation tests itself with a `World` of its own. */
import assert from "node:assert/strict";
import type { Link } from "../../src/net/link.ts";
import { createMailbox, frameOf, malformedFrame, topicOf, type Mailbox } from "./mailbox.ts";

/** A network to make links on. */
export interface World {
  /** A link that is not started. */
  link(): Link;
  /** Lets time pass until `done()` holds. */
  until(boxes: readonly Mailbox[], done: () => boolean): Promise<void>;
  close(): Promise<void>;
}

interface Node {
  readonly link: Link;
  readonly box: Mailbox;
}

const bucket = topicOf("bucket/0");
const other = topicOf("bucket/1");

/**
 * Runs the contract against worlds that `create` makes, a fresh one for each test. `unruly`: whether its links may be
 * given handlers that wait for ever or throw; a simulated network takes that for a failure of the run.
 */
export const linkContract = (name: string, create: () => World, { unruly = true } = {}): void => {
  describe(`a link (${name})`, () => {
    let world: World;
    let nodes: Node[];

    beforeEach(() => {
      world = create();
      nodes = [];
    });
    afterEach(async () => {
      await Promise.all(nodes.map(({ link }) => link.stop()));
      await world.close();
    });

    const start = async (topics = [bucket]): Promise<Node> => {
      const node = { link: world.link(), box: createMailbox() };
      nodes.push(node);
      node.link.subscribe(topics);
      await node.link.start(node.box.handlers);
      return node;
    };
    const until = (done: () => boolean): Promise<void> =>
      world.until(
        nodes.map(({ box }) => box),
        done,
      );
    const everybodyHas = (frame: Uint8Array) => (): boolean => nodes.every(({ box }) => box.has(frame));
    /** Publishes as a messenger does: kept first. */
    const publish = async ({ link, box }: Node, frame: Uint8Array, topic = bucket): Promise<number> => {
      box.keep(topic, frame);
      return link.publish(topic, frame);
    };
    /** Makes a line of nodes, each linked to the one before. */
    const line = async (length: number): Promise<Node[]> => {
      for (let i = 0; i < length; i++) await start();
      for (const [i, { link }] of nodes.entries()) if (i > 0) link.hint((nodes[i - 1] as Node).link.status().addresses);
      await until(() => nodes.every(({ box }, i) => box.peers() >= (i === 0 || i === length - 1 ? 1 : 2)));
      return nodes;
    };

    it("says where it can be reached, and counts its neighbours", async () => {
      const [a, b] = (await line(2)) as [Node, Node];
      assert.ok(a.link.status().addresses.length > 0);
      assert.notEqual(a.link.status().peerId, b.link.status().peerId);
      assert.equal(a.link.status().peers, 1);
      assert.equal(b.link.status().peers, 1);
    });

    it("publishes to nobody without an error", async () => {
      const a = await start();
      assert.equal(await publish(a, frameOf(1)), 0);
    });

    it("carries a frame to everybody, also through others, and says how many neighbours took it", async () => {
      const [, middle] = await line(3);
      const frame = frameOf(1);
      assert.equal(await publish(middle as Node, frame), 2);
      await until(everybodyHas(frame));
      const far = frameOf(1);
      assert.equal(await publish(nodes[0] as Node, far), 1);
      await until(everybodyHas(far));
    });

    it("carries the largest frame", async () => {
      await line(2);
      const frame = frameOf(1, 65_536);
      assert.equal(await publish(nodes[0] as Node, frame), 1);
      await until(everybodyHas(frame));
    });

    it("catches up both ways with what was missed, in every slot and topic that both keep", async () => {
      const a = await start([bucket, other]);
      const b = await start([bucket, other]);
      for (let i = 0; i < 60; i++) {
        a.box.keep(i % 2 ? bucket : other, frameOf(i % 5));
        b.box.keep(i % 2 ? bucket : other, frameOf(i % 7));
      }
      const shared = frameOf(9);
      a.box.keep(bucket, shared);
      b.box.keep(bucket, shared);
      b.link.hint(a.link.status().addresses);
      await until(() => a.box.size() === 121 && b.box.size() === 121);
      await until(() => a.box.caughtUp.length > 0 && b.box.caughtUp.length > 0);
    });

    it("tells both sides that they are caught up even when there was nothing", async () => {
      const [a, b] = (await line(2)) as [Node, Node];
      await until(() => a.box.caughtUp.length > 0 && b.box.caughtUp.length > 0);
    });

    it("catches up with nothing of topics that only one side keeps", async () => {
      const a = await start([bucket, other]);
      const b = await start([bucket]);
      a.box.keep(other, frameOf(1));
      a.box.keep(bucket, frameOf(1));
      b.link.hint(a.link.status().addresses);
      await until(() => b.box.caughtUp.length > 0);
      assert.equal(b.box.size(), 1);
    });

    it("brings what one missed through a neighbour that carries it, with the sender gone", async () => {
      const [a, carrier] = (await line(2)) as [Node, Node];
      const frame = frameOf(3);
      await publish(a, frame);
      await until(() => carrier.box.has(frame));
      await a.link.stop();
      const late = await start();
      late.link.hint(carrier.link.status().addresses);
      await until(() => late.box.has(frame));
    });

    it("passes on by catch-up what it got by catch-up", async () => {
      await line(3);
      const [a] = nodes as [Node, Node, Node];
      const newcomer = { link: world.link(), box: createMailbox() };
      nodes.push(newcomer);
      const old = Array.from({ length: 20 }, () => frameOf(4));
      for (const frame of old) newcomer.box.keep(bucket, frame);
      newcomer.link.subscribe([bucket]);
      await newcomer.link.start(newcomer.box.handlers);
      newcomer.link.hint(a.link.status().addresses);
      await until(() => old.every((frame) => everybodyHas(frame)()));
    });

    it("starts again after a stop, and catches up", async () => {
      const [a, b] = (await line(2)) as [Node, Node];
      await b.link.stop();
      await until(() => a.box.peers() === 0);
      const missed = frameOf(2);
      assert.equal(await publish(a, missed), 0);
      await b.link.start(b.box.handlers);
      b.link.hint(a.link.status().addresses);
      await until(() => b.box.has(missed));
      await until(() => a.box.peers() === 1 && b.box.peers() === 1);
      const next = frameOf(2);
      await publish(b, next);
      await until(() => a.box.has(next));
    });

    const unrulyIt = unruly ? it : (): void => {};

    unrulyIt("keeps a frame to itself until it is committed", async () => {
      const [, middle, end] = (await line(3)) as [Node, Node, Node];
      let commit = (): void => {};
      const held = new Promise<void>((resolve) => {
        commit = resolve;
      });
      const frame = frameOf(5);
      let entered = false;
      middle.box.beforeKeep = (one) => {
        entered ||= one === frame || Buffer.from(one).equals(frame);
        return held;
      };
      await publish(nodes[0] as Node, frame);
      await until(() => entered || middle.box.calls() > 0);
      assert.equal(end.box.has(frame), false);
      commit();
      await until(() => end.box.has(frame));
    });

    unrulyIt("goes on when a handler throws or a frame is rejected", async () => {
      const [a, b] = (await line(2)) as [Node, Node];
      const poison = frameOf(6);
      b.box.beforeKeep = async (frame) => {
        if (Buffer.from(frame).equals(poison)) throw new Error("a bug above");
      };
      await a.link.publish(bucket, poison);
      await a.link.publish(bucket, malformedFrame());
      const frame = frameOf(6);
      await publish(a, frame);
      await until(() => b.box.has(frame));
      assert.equal(b.box.has(poison), false);
    });

    it("takes any text as a hint", async () => {
      const a = await start();
      a.link.hint(["", "nonsense", "/ip4/1.2.3.4", "host:99999", "/ip4/127.0.0.1/tcp/1", "x".repeat(10_000), "/\0"]);
      assert.equal(a.link.status().peers, 0);
    });
  });
};
