/** Catch-up among those who choose their frames' ids, and those who lie about what they keep. */
import assert from "node:assert/strict";
import type { Channel } from "../../src/net/channel.ts";
import type { Carrier } from "../../src/net/link.ts";
import { initiateSync, respondSync, type SyncOutcome, type SyncPeer } from "../../src/net/sync.ts";
import { syncMessage, type SyncMessage } from "../../src/net/syncMessages.ts";
import {
  answerRanges,
  compareIds,
  fingerprint,
  NAME_BYTES,
  SALT_BYTES,
  saltedIds,
  takeRanges,
} from "../../src/protocol/reconcile.ts";
import { SimClock } from "../helpers/simClock.ts";
import { SimRandom } from "../helpers/simRandom.ts";
import { type Person, room } from "../protocol/room.ts";
import { channelPair } from "./channelPair.ts";
import { topicOf } from "./mailbox.ts";

const topic = topicOf("a");
const SLOT = 7;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** A mailbox in which a frame's id is what its author wants it to be: its last 32 bytes. */
class Crafted {
  readonly frames = new Map<string, Uint8Array>();
  readonly peer: SyncPeer;

  constructor(name: string, clock: SimClock, ids: readonly Uint8Array[]) {
    for (const id of ids) this.frames.set(hex(id), id);
    const all = (): Uint8Array[] => [...this.frames.values()].toSorted(compareIds);
    const carrier: Carrier = {
      slots: async () => [{ topic, slot: SLOT, count: this.frames.size, fingerprint: fingerprint(all()) }],
      ids: async () => all(),
      frames: async (_, __, wanted) => wanted.flatMap((id) => this.frames.get(hex(id)) ?? []),
    };
    this.peer = {
      from: "them",
      handlers: {
        carrier,
        onCaughtUp: () => undefined,
        onFrame: async (_, frame) => {
          if (this.frames.has(hex(frame))) return "ignore";
          this.frames.set(hex(frame), frame.slice());
          return "accept";
        },
      },
      topics: () => [topic],
      admit: () => 0,
      clock,
      random: new SimRandom(name).bytes,
    };
  }
}

/** Some names less others, as a number, and whose they are. */
interface Difference {
  readonly value: bigint;
  readonly plus: readonly Uint8Array[];
  readonly minus: readonly Uint8Array[];
}

/** Two sets of ids, of which no two are one, whose names under a salt that is known beforehand sum up alike. */
const alikeUnder = (salt: Uint8Array, ids: readonly Uint8Array[]): readonly [Uint8Array[], Uint8Array[]] => {
  const { set, idOf } = saltedIds(ids, salt);
  let all: readonly Difference[] = set.ids.map((name) => ({
    value: BigInt(`0x${hex(name.slice(0, NAME_BYTES).reverse())}`),
    plus: [name],
    minus: [],
  }));
  // Next to each other they differ by little; what they differ by, by less: each time so many bits as there are of them.
  while (all.length > 1) {
    const sorted = all.toSorted((a, b) => (a.value < b.value ? -1 : 1));
    all = sorted.flatMap((low, i) => {
      const high = sorted[i + 1];
      if (i % 2 === 1 || !high) return [];
      return { value: high.value - low.value, plus: [...high.plus, ...low.minus], minus: [...high.minus, ...low.plus] };
    });
    const found = all.find(({ value }) => value === 0n);
    const idsOf = (names: readonly Uint8Array[]): Uint8Array[] => names.flatMap((name) => idOf(name) ?? []);
    if (found) return [idsOf(found.plus), idsOf(found.minus)];
  }
  throw new Error("none found");
};

describe("attack 23: negentropy", () => {
  const clock = new SimClock();
  const random = new SimRandom("crafted");
  const meet = async (one: Crafted, other: Crafted): Promise<readonly [SyncOutcome, SyncOutcome]> => {
    const [mine, theirs] = channelPair();
    return clock.wait(Promise.all([initiateSync(mine, one.peer), respondSync(theirs, other.peer)]), 600_000);
  };
  /** `a + b = c + d` modulo 2^256, little-endian, whatever the first three are. */
  const fourth = (a: Uint8Array, b: Uint8Array, c: Uint8Array): Uint8Array => {
    let carry = 0;
    return Uint8Array.from({ length: 32 }, (_, i) => {
      const value = (a[i] as number) + (b[i] as number) - (c[i] as number) + carry;
      carry = value >> 8;
      return value & 0xff;
    });
  };

  it("ids that sum up alike hide nothing for long: what is compared is salted", async () => {
    const common = Array.from({ length: 200 }, () => random.bytes(32));
    const [honest, b, c] = [random.bytes(32), random.bytes(32), random.bytes(32)];
    const [left, right] = [
      [...common, honest, b],
      [...common, c, fourth(honest, b, c)],
    ];
    assert.deepEqual(fingerprint(left), fingerprint(right), "the sums tell no difference");
    const [one, other] = [new Crafted("one", clock, left), new Crafted("other", clock, right)];
    let sessions = 0;
    for (; other.frames.size < 204 && sessions < 100; sessions++) {
      const outcomes = await meet(one, other);
      for (const { end } of outcomes) assert.equal(end, "complete");
    }
    assert.ok(other.frames.has(hex(honest)), `not in ${sessions} sessions`);
    assert.deepEqual([...one.frames.keys()].toSorted(), [...other.frames.keys()].toSorted());
  });

  it("nor inside of a slot that differs elsewhere", async () => {
    const common = Array.from({ length: 200 }, () => random.bytes(32)).sort(compareIds);
    // All four lie between two neighbours of the common ids, in one range, and more differs far from there.
    const near = (): Uint8Array => Uint8Array.from(random.bytes(32), (byte, i) => (i < 8 ? 0x55 : byte));
    const [honest, b, c] = [near(), near(), near()];
    const crafted = fourth(honest, b, c);
    const [one, other] = [
      new Crafted("three", clock, [...common, honest, b, random.bytes(32)]),
      new Crafted("four", clock, [...common, c, crafted]),
    ];
    await meet(one, other);
    assert.equal(one.frames.size, 205);
    assert.deepEqual([...one.frames.keys()].toSorted(), [...other.frames.keys()].toSorted());
  });

  it("names that sum up alike under a salt that is known before do so under no other: nothing hides from a fresh one", () => {
    const known = random.bytes(SALT_BYTES);
    const ids = Array.from({ length: 1 << 15 }, () => random.bytes(32));
    const [left, right] = alikeUnder(known, ids);
    assert.ok(left.length > 0 && left.length === right.length);
    assert.equal(new Set([...left, ...right].map(hex)).size, 2 * left.length);
    /** Whether one who has the one set learns by fingerprints that another has the other. */
    const sees = (salt: Uint8Array): boolean => {
      const [mine, theirs] = [saltedIds(left, salt).set, saltedIds(right, salt).set];
      const answer = answerRanges(theirs, [{ kind: "fingerprint", value: fingerprint(mine.ids) }], 65_536);
      assert.ok(answer);
      const step = takeRanges(mine, answer, 65_536);
      assert.ok(step);
      return step.need.length > 0 || step.next !== undefined;
    };
    assert.ok(!sees(known), "who knows the salt hides what they like");
    for (let i = 0; i < 20; i++) assert.ok(sees(random.bytes(SALT_BYTES)));
  });

  it("who asks draws a salt for each comparison", async () => {
    const [one, other] = [new Crafted("five", clock, []), new Crafted("six", clock, [])];
    const salts: string[] = [];
    for (let i = 0; i < 10; i++) {
      const id = random.bytes(32);
      one.frames.set(hex(id), id);
      const [mine, theirs] = channelPair();
      await clock.wait(Promise.all([initiateSync(mine, one.peer), respondSync(theirs, other.peer)]), 600_000);
      for (const bytes of mine.sent) {
        const message = syncMessage.decode(bytes);
        if (message?.kind === "compare") salts.push(hex(message.salt));
      }
    }
    assert.ok(salts.length >= 10);
    assert.equal(new Set(salts).size, 10);
  });

  /** Says that it has all that the other side has, and nothing else. */
  const liar = (): Channel & { readonly heard: string[] } => {
    const heard: string[] = [];
    let answer: SyncMessage | undefined;
    return {
      heard,
      async send(bytes) {
        const message = syncMessage.decode(bytes);
        heard.push(message?.kind ?? "nothing");
        answer =
          message?.kind === "hello"
            ? message
            : message?.kind === "bye"
              ? message
              : { kind: "ranges", parts: [{ ranges: [], getting: false }] };
      },
      receive: async () => (answer === undefined ? undefined : syncMessage.encode(answer)),
      close: async () => undefined,
    };
  };

  it("a neighbour that claims to have the same keeps nobody from what another has", async () => {
    const common = Array.from({ length: 50 }, () => random.bytes(32));
    const missing = random.bytes(32);
    const one = new Crafted("one", clock, common);
    for (let i = 0; i < 20; i++) {
      const { end } = await clock.wait(initiateSync(liar(), one.peer), 60_000);
      assert.ok(end === "complete" || end === "failed", end);
    }
    assert.ok(!one.frames.has(hex(missing)));
    await meet(one, new Crafted("honest", clock, [...common, missing]));
    assert.ok(one.frames.has(hex(missing)));
  });

  it("an operation that a carrier withholds is missed by those that rest on it, and all come to one view", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as readonly [Person, Person, Person];
    const withheld = ana.act({ kind: "rekey" });
    const later = Array.from({ length: 5 }, () => ana.act({ kind: "rekey" }));
    const before = bo.view.view;
    assert.equal(bo.learn(later), 0);
    assert.equal(bo.view.view, before);
    const lacking = [...bo.state.waiting.values()].flatMap(({ op }) =>
      op.parents.filter((one) => !bo.state.dag.has(one)),
    );
    assert.ok(lacking.includes(withheld.id), "the parents name what is missing");
    assert.equal(bo.learn([withheld]), 6);
    cy.learn([...later, withheld]);
    for (const one of [bo, cy]) assert.equal(one.view.view, ana.view.view);
  });
});
