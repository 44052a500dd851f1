import assert from "node:assert/strict";
import fc from "fast-check";
import type { Channel } from "../../src/net/channel.ts";
import type { Carrier } from "../../src/net/link.ts";
import { initiateSync, respondSync, type SyncLimits, type SyncOutcome, type SyncPeer } from "../../src/net/sync.ts";
import { MAX_MESSAGE, syncMessage, type SyncMessage } from "../../src/net/syncMessages.ts";
import { SyncBroken } from "../../src/net/syncSession.ts";
import { Turns } from "../../src/net/turns.ts";
import type { Topic } from "../../src/types.ts";
import { SimClock } from "../helpers/simClock.ts";
import { channelPair } from "./channelPair.ts";
import { createMailbox, frameOf, malformedFrame, topicOf, type Mailbox } from "./mailbox.ts";

const a = topicOf("a");
const b = topicOf("b");

interface Side extends SyncPeer {
  readonly box: Mailbox;
}

const side = (clock: SimClock, topics: readonly Topic[] = [a], limits: Partial<SyncLimits> = {}): Side => {
  const box = createMailbox();
  // No comparison of what seems the same: see `craftedIds.test.ts`.
  let drawn = 0;
  const random = (length: number): Uint8Array => new Uint8Array(length).fill(drawn++, 1).fill(1, 0, 1);
  return { box, from: "them", handlers: box.handlers, topics: () => topics, admit: () => 0, clock, random, limits };
};

const meet = async (clock: SimClock, left: Side, right: Side): Promise<readonly [SyncOutcome, SyncOutcome]> => {
  const [one, other] = channelPair();
  return clock.wait(Promise.all([initiateSync(one, left), respondSync(other, right)]), 600_000);
};

describe("catch-up", () => {
  let clock: SimClock;
  beforeEach(() => {
    clock = new SimClock();
  });

  it("makes any two mailboxes the same in the topics that both keep", async () => {
    const frames = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(a, b), fc.integer({ min: 0, max: 2 })),
      {
        maxLength: 80,
      },
    );
    await fc.assert(
      fc.asyncProperty(frames, async (kept) => {
        const left = side(clock, [a, b]);
        const right = side(clock, [b, a]);
        for (const [slot, topic, where] of kept) {
          const frame = frameOf(slot, 40);
          if (where !== 1) left.box.keep(topic, frame);
          if (where !== 0) right.box.keep(topic, frame);
        }
        const [begun, answered] = await meet(clock, left, right);
        assert.equal(begun.end, "complete");
        assert.equal(answered.end, "complete");
        assert.equal(left.box.size(), kept.length);
        assert.equal(right.box.size(), kept.length);
        assert.equal(begun.accepted, kept.filter(([, , where]) => where === 1).length);
        assert.equal(begun.given, kept.filter(([, , where]) => where === 0).length);
      }),
      { numRuns: 60 },
    );
  });

  it("costs two messages each way when nothing differs", async () => {
    const [left, right] = [side(clock), side(clock)];
    for (let i = 0; i < 500; i++) {
      const frame = frameOf(i % 20);
      left.box.keep(a, frame);
      right.box.keep(a, frame);
    }
    const [one, other] = channelPair();
    await clock.wait(Promise.all([initiateSync(one, left), respondSync(other, right)]), 60_000);
    assert.equal(one.sent.length, 2);
    assert.equal(other.sent.length, 2);
    assert.ok(one.sent.reduce((sum, bytes) => sum + bytes.length, 0) < 1000);
  });

  it("moves the largest frames in messages of the agreed size, and many small ones in few", async () => {
    const [left, right] = [side(clock), side(clock)];
    for (let i = 0; i < 40; i++) right.box.keep(a, frameOf(i % 2, i % 3 === 0 ? 65_536 : 250));
    for (let i = 0; i < 3000; i++) left.box.keep(a, frameOf(9, 250));
    const [one, other] = channelPair();
    await clock.wait(Promise.all([initiateSync(one, left), respondSync(other, right)]), 60_000);
    assert.equal(left.box.size(), 3040);
    assert.equal(right.box.size(), 3040);
    for (const bytes of [...one.sent, ...other.sent]) assert.ok(bytes.length <= MAX_MESSAGE);
    assert.ok(one.sent.length < 30, `${one.sent.length} messages`);
  });

  it("compares many slots at once, and fetches and gives what differs in them in few messages", async () => {
    const [left, right] = [side(clock, [a, b]), side(clock, [b, a])];
    for (let i = 0; i < 72; i++)
      for (const topic of [a, b]) {
        left.box.keep(topic, frameOf(i));
        right.box.keep(topic, frameOf(i));
      }
    const [one, other] = channelPair();
    await clock.wait(Promise.all([initiateSync(one, left), respondSync(other, right)]), 60_000);
    assert.equal(left.box.size(), 288);
    assert.equal(right.box.size(), 288);
    // Of 144 slots sixteen at a time: nine comparisons, each of which brings and gives in one message.
    assert.equal(one.sent.length, 9 * 3 + 2);
  });

  it("compares slots apart that together are too large for one message", async () => {
    const [left, right] = [side(clock), side(clock)];
    for (const slot of [1, 2, 3])
      for (let i = 0; i < 1500; i++) {
        const frame = frameOf(slot, 40);
        left.box.keep(a, frame);
        if (i % 40 > 0) right.box.keep(a, frame);
      }
    const [one, other] = channelPair();
    let drawn = 0;
    const asks = { ...left, random: (length: number) => new Uint8Array(length).fill((drawn += 1)) };
    const passed: number[] = [];
    const carrier = { ...right.handlers.carrier, passed: (_: Topic, at: number) => void passed.push(at) };
    const answers = { ...right, handlers: { ...right.handlers, carrier } };
    await clock.wait(Promise.all([initiateSync(one, asks), respondSync(other, answers)]), 60_000);
    assert.equal(right.box.size(), 4500);
    const compared = one.sent.flatMap((bytes) => {
      const message = syncMessage.decode(bytes);
      return message?.kind === "compare" ? [message.parts.length] : [];
    });
    assert.deepEqual(new Set(compared), new Set([2, 1]));
    assert.deepEqual(passed, [3, 2, 1], "each was gone through");
  });

  it("does not compare again what another session brought while it waited for its turn", async () => {
    const turns = new Turns(clock);
    const middle = { ...side(clock), turns };
    middle.box.beforeKeep = () => new Promise((resolve) => void clock.after(20, resolve));
    const others = [side(clock), side(clock)];
    for (let i = 0; i < 200; i++) {
      const frame = frameOf(i % 10, 250);
      for (const { box } of others) box.keep(a, frame);
    }
    const channels = others.map(() => channelPair());
    await clock.wait(
      Promise.all(
        others.flatMap((other, i) => {
          const [one, two] = channels[i] ?? channelPair();
          return [initiateSync(one, middle), respondSync(two, other)];
        }),
      ),
      60_000,
    );
    assert.equal(middle.box.size(), 200);
    assert.deepEqual(
      channels.map(([one]) => one.sent.length),
      [4, 2],
    );
  });

  it("says of no hour that all was offered when it asked for nothing of it", async () => {
    const turns = new Turns(clock);
    const [full, giver] = [side(clock), side(clock)];
    for (const slot of [1, 2]) giver.box.keep(a, frameOf(slot));
    const passed: number[] = [];
    const { carrier } = full.box.handlers;
    const handlers = {
      ...full.box.handlers,
      carrier: { ...carrier, passed: (_: Topic, at: number) => passed.push(at) },
    };
    turns.take("2/a", {});
    await meet(clock, giver, { ...full, handlers, turns } as Side);
    assert.equal(full.box.size(), 1);
    assert.deepEqual(passed, [1]);
  });

  it("takes the newest mail first", async () => {
    const [left, right] = [side(clock), side(clock)];
    const order: number[] = [];
    left.box.beforeKeep = async (frame) => void order.push(frame[1] as number);
    for (const slot of [3, 9, 1, 7]) for (let i = 0; i < 3; i++) right.box.keep(a, frameOf(slot));
    await meet(clock, left, right);
    assert.deepEqual(order, [9, 9, 9, 7, 7, 7, 3, 3, 3, 1, 1, 1]);
  });

  it("brings nothing into an hour that is closed, takes all out of it, and says when all of one was offered", async () => {
    for (const answers of [false, true]) {
      const [tight, roomy] = [side(clock), side(clock)];
      for (const { box } of [tight, roomy])
        for (const slot of [1, 2]) for (let i = 0; i < 3; i++) box.keep(a, frameOf(slot));
      const { carrier } = tight.box.handlers;
      const passed: number[] = [];
      const closing: Carrier = {
        ...carrier,
        slots: async () => (await carrier.slots()).map((one) => ({ ...one, closed: one.slot === 1 })),
        passed: (_, slot) => void passed.push(slot),
      };
      const full: Side = { ...tight, handlers: { ...tight.handlers, carrier: closing } };
      await (answers ? meet(clock, roomy, full) : meet(clock, full, roomy));
      assert.equal(tight.box.size(), 9, "three of the open hour");
      assert.equal(roomy.box.size(), 12, "all");
      // Who answers is given nothing of the closed hour: that it was gone through is no news.
      assert.deepEqual(passed, answers ? [2, 1] : [2]);
      passed.length = 0;
      const stranger: Side = { ...full, passes: false };
      roomy.box.keep(a, frameOf(2));
      await (answers ? meet(clock, roomy, stranger) : meet(clock, stranger, roomy));
      assert.deepEqual(passed, [], "a stranger's word closes nothing");
    }
  });

  it("is brought the same mail by one neighbour at a time, whoever asks, and the others come back for the rest", async () => {
    const turns = new Turns(clock);
    const middle = { ...side(clock), turns };
    // A commit takes a while, as on a disk: meanwhile the others could bring the same.
    middle.box.beforeKeep = () => new Promise((resolve) => void clock.after(20, resolve));
    const others = Array.from({ length: 4 }, () => side(clock));
    for (let i = 0; i < 200; i++) {
      const frame = frameOf(i % 2, 250);
      for (const { box } of others) box.keep(a, frame);
    }
    const outcomes = await clock.wait(
      Promise.all(
        others.map((other, i) => {
          const [one, two] = channelPair();
          const [asks, answers] = i < 2 ? [middle, other] : [other, middle];
          return Promise.all([initiateSync(one, asks), respondSync(two, answers)]);
        }),
      ),
      60_000,
    );
    assert.equal(middle.box.size(), 200);
    assert.equal(middle.box.calls(), 200);
    assert.deepEqual(
      outcomes.map(([{ end }]) => end),
      ["complete", "complete", "partial", "partial"],
    );
  });

  it("is still brought by the first what takes it several messages", async () => {
    for (const asks of [true, false]) {
      const middle = { ...side(clock), turns: new Turns(clock) };
      middle.box.beforeKeep = () => new Promise((resolve) => void clock.after(30, resolve));
      const others = [side(clock), side(clock)];
      for (let i = 0; i < 3200; i++) {
        const frame = frameOf(i % 16, 250);
        for (const { box } of others) box.keep(a, frame);
      }
      const session = (other: Side, whoAsks: boolean): Promise<unknown> => {
        const [one, two] = channelPair();
        const [begins, answers] = whoAsks ? [middle, other] : [other, middle];
        return Promise.all([initiateSync(one, begins), respondSync(two, answers)]);
      };
      const first = session(others[0] as Side, asks);
      await clock.pass(1700);
      const second = session(others[1] as Side, false);
      await clock.wait(Promise.all([first, second]), 60_000);
      assert.equal(middle.box.size(), 3200);
      assert.equal(middle.box.calls(), 3200, asks ? "asking" : "answering");
    }
  });

  it("asks for no more before what came is committed", async () => {
    const [left, right] = [side(clock), side(clock)];
    for (let i = 0; i < 20; i++) right.box.keep(a, frameOf(1, 65_536));
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    left.box.beforeKeep = () => held;
    const [one, other] = channelPair();
    const done = Promise.all([initiateSync(one, left), respondSync(other, right)]);
    await clock.settle();
    const before = one.sent.length;
    await clock.pass(5000);
    assert.equal(one.sent.length, before);
    assert.ok(left.box.calls() < 20);
    release();
    await clock.wait(done, 60_000);
    assert.equal(left.box.size(), 20);
  });

  it("waits when the link is over its share", async () => {
    const [left, right] = [side(clock), side(clock)];
    for (let i = 0; i < 30; i++) right.box.keep(a, frameOf(1, 65_536));
    const start = clock.now();
    let booked = 0;
    const slow: Side = {
      ...left,
      admit: ({ bytes }) => {
        booked += bytes;
        return Math.max(0, booked / 250 - (clock.now() - start));
      },
    };
    await meet(clock, slow, right);
    assert.equal(left.box.size(), 30);
    assert.ok(clock.now() - start > (30 * 65_536) / 250);
  });

  it("takes nothing before the share allows it, and ends when others have used it up for good", async () => {
    const [left, right] = [side(clock), side(clock)];
    right.box.keep(a, frameOf(1));
    const [outcome] = await meet(clock, { ...left, admit: ({ frames }) => (frames > 0 ? 60_000 : 50_000) }, right);
    assert.equal(outcome.end, "failed");
    assert.ok(!(outcome.cause instanceof SyncBroken), "no fault of the other side");
    assert.equal(left.box.calls(), 0);
  });

  it("stops at what this device or the other wants to take in, and goes on in the next session", async () => {
    const left = side(clock, [a], { quota: 200_000 });
    const right = side(clock);
    for (let i = 0; i < 20; i++) right.box.keep(a, frameOf(1, 50_000));
    const [begun, answered] = await meet(clock, left, right);
    assert.equal(begun.end, "partial");
    assert.equal(answered.end, "partial");
    assert.equal(left.box.caughtUp.length, 0);
    assert.ok(left.box.size() > 0 && left.box.size() < 20);
    const other = side(clock, [a], { quota: 200_000 });
    const [pushed] = await meet(clock, right, other);
    assert.equal(pushed.end, "partial");
    assert.ok(other.box.size() > 0 && other.box.size() < 20);
    for (let i = 0; i < 10 && left.box.size() < 20; i++) await meet(clock, left, right);
    assert.equal(left.box.size(), 20);
    assert.equal((await meet(clock, left, right))[0].end, "complete");
  });

  it("ends when the other side falls silent, closes early, or its frames are malformed", async () => {
    for (const sides of ["begin", "answer"] as const) {
      const one = side(clock);
      one.box.keep(a, frameOf(1));
      const [mine] = channelPair();
      const run = sides === "begin" ? initiateSync(mine, one) : respondSync(mine, one);
      assert.equal((await clock.wait(run, 20_000)).end, "failed");
      assert.equal(mine.closed, true);
      const [ours, theirs] = channelPair();
      await theirs.close();
      assert.equal((await (sides === "begin" ? initiateSync(ours, one) : respondSync(ours, one))).end, "failed");
    }
    const [left, right] = [side(clock), side(clock)];
    for (let i = 0; i < 100; i++) right.box.keep(a, malformedFrame());
    assert.equal((await meet(clock, left, right))[0].end, "failed");
    assert.ok(left.box.calls() < 100);
  });

  it("survives a carrier or a messenger that fails", async () => {
    const [left, right] = [side(clock), side(clock)];
    const broken: Side = {
      ...right,
      handlers: {
        ...right.handlers,
        carrier: { ...right.handlers.carrier, ids: () => Promise.reject(new Error("disk")) },
      },
    };
    left.box.keep(a, frameOf(1));
    const outcomes = await meet(clock, left, broken);
    assert.deepEqual(
      outcomes.map(({ end }) => end),
      ["failed", "failed"],
    );
    left.box.beforeKeep = () => Promise.reject(new Error("a bug above"));
    right.box.keep(a, frameOf(2));
    assert.equal((await meet(clock, left, right))[0].end, "complete");
  });
});

describe("catch-up with a hostile neighbour", () => {
  const clock = new SimClock();
  const limits: Partial<SyncLimits> = { silence: 1000, total: 20_000, maxMessages: 200, quota: 1_000_000 };
  const anyTopic = fc.constantFrom("a", "b", "c");
  const slot = fc.constantFrom(0, 1, 2, 65_535);
  const bound = fc.option(fc.uint8Array({ maxLength: 32 }), { nil: undefined });
  const frames = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });
  const packedIds = fc.uint8Array({ maxLength: 200 });
  const ranges = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constantFrom("skip", "list"), to: bound }),
      fc.record({
        kind: fc.constant("fingerprint"),
        to: bound,
        value: fc.uint8Array({ minLength: 16, maxLength: 16 }),
      }),
      fc.record({ kind: fc.constant("ids"), to: bound, ids: packedIds }),
    ),
    { maxLength: 12 },
  );
  const digest = fc.record({
    topic: fc.integer({ min: 0, max: 4 }),
    slot,
    count: fc.integer({ min: 0, max: 2 ** 40 }),
    fingerprint: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  });
  const parts = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown[]> =>
    fc.array(fc.record(fields), { maxLength: 4 });
  const anyMessage = fc.oneof(
    fc.record({
      kind: fc.constant("hello"),
      topics: fc.array(anyTopic, { maxLength: 5 }),
      quota: fc.constantFrom(0, 1000, 2 ** 50),
      slots: fc.array(digest, { maxLength: 8 }),
    }),
    fc.record({
      kind: fc.constant("compare"),
      salt: fc.uint8Array({ minLength: 16, maxLength: 16 }),
      parts: parts({ topic: anyTopic, slot, ranges }),
    }),
    fc.record({ kind: fc.constant("ranges"), parts: parts({ ranges, getting: fc.boolean() }) }),
    fc.record({ kind: fc.constant("want"), parts: parts({ topic: anyTopic, slot, ids: packedIds }) }),
    fc.record({ kind: fc.constant("frames"), parts: parts({ done: fc.integer({ min: 0, max: 1024 }), frames }) }),
    fc.record({ kind: fc.constant("give"), parts: parts({ topic: anyTopic, slot, frames }) }),
    fc.record({ kind: fc.constant("took"), more: fc.boolean() }),
    fc.record({ kind: fc.constant("bye"), complete: fc.boolean() }),
    fc.record({ kind: fc.constant("busy") }),
  );
  /** A message in order, a message of its kind with other content, bytes of some length, or a cut one. */
  const anyBytes = fc.oneof(
    { weight: 8, arbitrary: anyMessage.map((message) => syncMessage.encode(message as SyncMessage)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    {
      weight: 1,
      arbitrary: anyMessage.map((message) => {
        const bytes = syncMessage.encode(message as SyncMessage);
        return bytes.subarray(0, bytes.length >> 1);
      }),
    },
  );
  const hello = { kind: "hello", topics: ["a"], quota: 1e9, slots: [] } as const;

  /** Says what it is told to, whatever it hears. */
  const parrot = (script: readonly Uint8Array[]): Channel & { spoken: number } => {
    const channel = {
      spoken: 0,
      send: async () => {},
      receive: async () => script[channel.spoken++],
      close: async () => {},
    };
    return channel;
  };

  for (const begins of [true, false])
    it(`never throws and always ends when this side ${begins ? "begins" : "answers"}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyBytes, { maxLength: 40 }), fc.boolean(), async (script, polite) => {
          const mine = side(clock, [a, b], limits);
          for (let i = 0; i < 50; i++) mine.box.keep(i % 2 ? a : b, frameOf(i % 3, 40));
          const channel = parrot(polite ? [syncMessage.encode(hello), ...script] : script);
          const run = begins ? initiateSync(channel, mine) : respondSync(channel, mine);
          const outcome = await clock.wait(run, 60_000);
          assert.ok(["complete", "partial", "busy", "failed"].includes(outcome.end));
          assert.ok(channel.spoken <= 201);
        }),
        { numRuns: 150 },
      );
    });

  it("takes no answer to something else, whatever it was asked", async () => {
    const digests = [1, 2].map((slot) => ({
      topic: 0,
      slot,
      count: 5,
      fingerprint: new Uint8Array(16),
      closed: false,
    }));
    const ranges = [{ kind: "ids", ids: new Uint8Array(12).fill(7) }] as const;
    const compared = { kind: "ranges", parts: [1, 2].map(() => ({ ranges, getting: false })) } as const;
    const answers: readonly (readonly SyncMessage[])[] = [
      [{ kind: "ranges", parts: compared.parts.slice(1) }],
      [{ kind: "ranges", parts: [...compared.parts, ...compared.parts] }],
      [compared, { kind: "frames", parts: [] }],
      [compared, { kind: "frames", parts: [{ done: 2, frames: [frameOf(1)] }] }],
      [compared, { kind: "frames", parts: [{ done: 1, frames: [frameOf(1), frameOf(1)] }] }],
      [compared, { kind: "frames", parts: [1, 1, 1].map((done) => ({ done, frames: [] })) }],
      [compared, { kind: "frames", parts: [{ done: 0, frames: [] }] }],
    ];
    for (const [at, said] of answers.entries()) {
      const mine = side(clock, [a], limits);
      const liar = parrot([{ ...hello, slots: digests }, ...said].map((one) => syncMessage.encode(one)));
      const outcome = await clock.wait(initiateSync(liar, mine), 60_000);
      assert.ok(outcome.cause instanceof SyncBroken, `answer ${at}`);
      assert.equal(outcome.cause.message, "an answer to something else", `answer ${at}`);
      assert.equal(mine.box.calls(), 0, `answer ${at}`);
    }
  });

  it("answers no question about a slot twice, one that is not shared, or more ids than may be wanted at once", async () => {
    const salt = new Uint8Array(16);
    const part = (topic: string, at: number) => ({ topic, slot: at, ranges: [{ kind: "list" as const }] });
    const wanted = (at: number, ids: number) => ({ topic: "a", slot: at, ids: new Uint8Array(ids * 12) });
    const both = { kind: "compare", salt, parts: [part("a", 0), part("a", 1)] } as const;
    const questions: readonly (readonly SyncMessage[])[] = [
      [{ kind: "compare", salt, parts: [] }],
      [{ kind: "compare", salt, parts: [part("a", 0), part("a", 0)] }],
      [{ kind: "compare", salt, parts: [part("a", 0), part("b", 0)] }],
      [{ kind: "give", parts: [{ topic: "b", slot: 0, frames: [frameOf(0)] }] }],
      [{ kind: "want", parts: [wanted(0, 1)] }],
      [both, { kind: "want", parts: [wanted(0, 1), wanted(2, 1)] }],
      [both, { kind: "want", parts: [wanted(0, 1000), wanted(1, 25)] }],
      [both, { kind: "want", parts: [wanted(0, 0)] }],
      // Slots that are empty cost no ids: they are as many as a message holds, and a salt is for those of one.
      [both, { kind: "compare", salt, parts: Array.from({ length: 15 }, (_, at) => part("a", 2 + at)) }],
    ];
    for (const [at, asked] of questions.entries()) {
      const mine = side(clock, [a], limits);
      mine.box.keep(a, frameOf(0));
      const liar = parrot([hello, ...asked].map((one) => syncMessage.encode(one)));
      const outcome = await clock.wait(respondSync(liar, mine), 60_000);
      assert.ok(outcome.cause instanceof SyncBroken, `question ${at}`);
      assert.notEqual(outcome.cause.message, "ended early", `question ${at}`);
      assert.equal(mine.box.calls(), 0, `question ${at}`);
    }
  });

  it("looks at so many ids and no more, however many slots one comparison names", async () => {
    let read = 0;
    const mine = side(clock, [a], { ...limits, maxIds: 100 });
    for (let i = 0; i < 16 * 50; i++) mine.box.keep(a, frameOf(i % 16, 40));
    const admit: SyncPeer["admit"] = ({ bytes }) => {
      read += bytes / 32;
      return 0;
    };
    const parts = Array.from({ length: 16 }, (_, at) => ({
      topic: "a",
      slot: at,
      ranges: [{ kind: "list" as const }],
    }));
    const all = syncMessage.encode({ kind: "compare", salt: new Uint8Array(16), parts });
    const asks = parrot([syncMessage.encode(hello), all, all, all]);
    await clock.wait(respondSync(asks, { ...mine, admit }), 60_000);
    assert.equal(read, 100);
  });

  it("ends with one that never stops giving, and with one whose ranges never agree", async () => {
    const give = syncMessage.encode({
      kind: "give",
      parts: [{ topic: "a", slot: 1, frames: [frameOf(1, 60_000)] }],
    });
    const giver = parrot([syncMessage.encode(hello), ...Array.from({ length: 5000 }, () => give)]);
    const mine = side(clock, [a], limits);
    assert.equal((await clock.wait(respondSync(giver, mine), 60_000)).end, "failed");
    assert.ok(giver.spoken < 30, `${giver.spoken} messages`);

    const odd = syncMessage.encode({
      kind: "ranges",
      parts: [{ ranges: [{ kind: "fingerprint", value: new Uint8Array(16) }], getting: false }],
    });
    const digests = [{ topic: 0, slot: 1, count: 5, fingerprint: new Uint8Array(16), closed: false }];
    const liar = parrot([syncMessage.encode({ ...hello, slots: digests }), ...Array.from({ length: 5000 }, () => odd)]);
    const other = side(clock, [a], limits);
    const outcome = await clock.wait(initiateSync(liar, other), 60_000);
    assert.notEqual(outcome.end, "complete");
    assert.ok(liar.spoken < 200);
  });
});
