/** Words that are changed and taken back, over the real handlers: the same in the end in whatever order all came. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { contents } from "../../src/content/message.ts";
import type { ChainChanges } from "../../src/content/changes.ts";
import type { Target } from "../../src/messenger/changeBook.ts";
import { takeChange, takeChangeAgain, withEarlyChanges } from "../../src/messenger/changing.ts";
import type { Line } from "../../src/messenger/lines.ts";
import { sealedAgain } from "../../src/messenger/lines.ts";
import type { Step } from "../../src/messenger/step.ts";
import { saidNow, wordedLine } from "../../src/messenger/wording.ts";
import type { Received } from "../../src/protocol/receiving.ts";
import type { ChainId, MessageId } from "../../src/types.ts";

type Content = Parameters<typeof contents.encode>[0];
const GROUP = "f".repeat(64) as never;
const id = (n: number): MessageId => n.toString(16).padStart(32, "0") as MessageId;
const member = (n: number) => n.toString(16).padStart(64, "0");
const person = member(99);

/** Seats, all of one line; of those gone the cut of their one chain. */
type Seats = ReadonlyMap<number, "in" | number>;
const viewOf = (seats: Seats) => {
  const seat = (n: number) => ({ member: member(n), line: member(1), person });
  const all = [...seats];
  return {
    members: new Map(all.filter(([, is]) => is === "in").map(([n]) => [member(n), seat(n)])),
    gone: new Map(
      all
        .filter(([, is]) => is !== "in")
        .map(([n, is]) => [member(n), { ...seat(n), at: 5e9, cut: new Map([[chainOf(n), is as number]]) }]),
    ),
  };
};
const chainOf = (n: number): ChainId => id(1000 + n) as string as ChainId;

/** A replica: the handlers of arrivals over a store in memory, one step an event. */
class Replica {
  readonly #lines = new Map<string, Line>();
  readonly #places = new Map<string, readonly [number, MessageId]>();
  readonly #changes = new Map<string, Map<ChainId, ChainChanges>>();
  /** Steps that others have asked for. */
  readonly #asked: ((step: Step) => Promise<void>)[] = [];
  /** Lines that were looked for on the disk, and bytes of records of changes that were read. */
  looked = 0;
  read = 0;
  /** Lines that the step at hand has looked for, and the most that one has. */
  #inStep = 0;
  most = 0;
  view = viewOf(new Map([[1, "in"]]));

  get held() {
    const { view } = this;
    return { state: { group: GROUP, view, seat: { member: member(1) }, tips: [] }, marks: { unread: 0, missing: [] } };
  }
  get step(): Step {
    this.#inStep = 0;
    const name = (place: readonly [number, string]) => `${place[0]} ${place[1]}`;
    const step = {
      now: 1,
      held: () => this.held,
      hold: () => {},
      session: {
        person,
        outbox: new Map(),
        changing: new Map(),
        clock: { after: () => {} },
        track: () => {},
        step: async (work: (step: Step) => Promise<void>) => void this.#asked.push(work),
      },
      line: async (_group: unknown, place: readonly [number, MessageId]) => {
        this.looked += 1;
        this.most = Math.max(this.most, (this.#inStep += 1));
        return this.#lines.get(name(place));
      },
      place: async (_group: unknown, which: string) => this.#places.get(which),
      putPlace: (_group: unknown, which: string, place: readonly [number, MessageId]) =>
        void this.#places.set(which, place),
      putLine: (_group: unknown, line: Line) => void this.#lines.set(name([line.time, line.message]), line),
      moveLine: (_group: unknown, { time, message }: Line) => void this.#lines.delete(name([time, message])),
      changesOn: async ({ to }: Target, chain: ChainId) => {
        const found = this.#changes.get(to)?.get(chain);
        this.read += found?.changes.length ?? 0;
        return found;
      },
      changes: async ({ to }: Target) => {
        const all = [...(this.#changes.get(to)?.values() ?? [])];
        this.read += all.reduce((sum, { changes }) => sum + changes.length, 0);
        return all;
      },
      putChanges: ({ to }: Target, changes: ChainChanges) => {
        const known = this.#changes.get(to) ?? new Map();
        this.#changes.set(to, known.set(changes.chain, changes));
      },
      write: () => {},
      after: (fn: () => void) => fn(),
      late: () => {},
      file: () => undefined,
    };
    return step as unknown as Step;
  }

  /** As `takeMessage` does. */
  async takes(came: Line): Promise<void> {
    const { step } = this;
    const at = await step.place(GROUP, came.message);
    if (at) {
      const { chain, heads, time, index, parents, key, original } = came;
      const received = { chain, heads, placed: { index, time, parents }, key, original } as unknown as Received;
      const line = (await step.line(GROUP, at)) as Line;
      await takeChangeAgain(step, GROUP, { line, received });
      const known = (await step.line(GROUP, at)) as Line;
      const after = sealedAgain(known, received, time);
      if (after === known) return;
      step.putLine(GROUP, after);
      if (after.time === known.time) return;
      step.moveLine(GROUP, known);
      step.putPlace(GROUP, after.message, [after.time, after.message]);
    } else {
      const line = await withEarlyChanges(step, GROUP, came);
      step.putLine(GROUP, line);
      step.putPlace(GROUP, line.message, [line.time, line.message]);
      await takeChange(step, GROUP, { line, at: line });
    }
    for (let next = this.#asked.shift(); next; next = this.#asked.shift()) await next(this.step);
  }

  line(message: MessageId): Line | undefined {
    const place = this.#places.get(message);
    return place && this.#lines.get(`${place[0]} ${place[1]}`);
  }
  /** What the message says. */
  async says(message: MessageId): Promise<string> {
    const line = this.line(message);
    if (!line) return "";
    const worded = await wordedLine(this.step, this.held.state as never, line);
    const { kind, text } = saidNow({ outbox: new Map(), person: "" } as never, this.held as never, worded);
    return kind === "withdrawn" ? "withdrawn" : text;
  }
  /** Words that lie on its disk. */
  words(): readonly string[] {
    return [...this.#lines.values()].flatMap(({ content }) => {
      const word = contents.decode(content);
      return word && "text" in word && word.text ? [word.text] : [];
    });
  }
}

interface Said {
  readonly message: number;
  readonly time: number;
  readonly by?: number;
  readonly index?: number;
  readonly chain?: ChainId;
  readonly content: Content;
}
const lineOf = ({ message, time, by = 1, index = message, chain = chainOf(by), content }: Said): Line =>
  ({
    message: id(message),
    time,
    author: member(by),
    person,
    chain,
    index,
    heads: [],
    again: [],
    content: contents.encode(content),
    parents: [],
    audience: [],
    reached: [],
    read: [],
    key: new Uint8Array(32).fill(1),
    original: {},
  }) as unknown as Line;

const ORIGINAL = lineOf({ message: 500, time: 100, content: { kind: "text", text: "first" } });
const revise = (
  message: number,
  time: number,
  more: { by?: number; index?: number; chain?: ChainId; text?: string } = {},
): Line =>
  lineOf({
    message,
    time,
    ...more,
    content: { kind: "revise", to: id(500), text: more.text ?? `${message}`, mentions: [] },
  });
const withdraw = (message: number, time: number, more: { by?: number; index?: number } = {}): Line =>
  lineOf({ message, time, ...more, content: { kind: "withdraw", to: id(500) } });

/** As many as somebody could have said in a day, on chains of their length. */
const flood = (): readonly Line[] =>
  Array.from({ length: 4096 }, (_, n) =>
    revise(10_000 + n, 10_000 + n, { index: n % 128, chain: chainOf(5000 + Math.floor(n / 128)) }),
  );

type Event = Line | Seats;
const after = async (events: readonly Event[]): Promise<Replica> => {
  const replica = new Replica();
  for (const one of events)
    if (one instanceof Map) replica.view = viewOf(one as Seats);
    else await replica.takes(one as Line);
  return replica;
};
const same = async (...orders: readonly (readonly Event[])[]): Promise<void> => {
  const said = await Promise.all(orders.map(async (one) => (await after(one)).says(id(500))));
  assert.deepEqual(
    said,
    said.map(() => said[0]),
  );
};

const BOTH: Seats = new Map<number, "in" | number>([
  [1, "in"],
  [2, "in"],
]);
/** The second device was unseated: nothing of its chain counts. */
const CUT: Seats = new Map<number, "in" | number>([
  [1, "in"],
  [2, 0],
]);

describe("changes in whatever order they come", () => {
  it("come to the same, with a steady membership", async () => {
    const change = fc
      .tuple(fc.nat(40), fc.integer({ min: 90, max: 130 }), fc.integer({ min: 1, max: 2 }), fc.nat(9))
      .map(([n, time, by, dice]) =>
        dice === 0 ? withdraw(600 + n, time, { by }) : revise(600 + n, time, { by, text: dice === 1 ? "" : `${n}` }),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(change, { selector: ({ message }) => message, maxLength: 25 }),
        fc.infiniteStream(fc.nat()),
        async (changes, dice) => {
          const all = [ORIGINAL, ...changes];
          const other = all
            .map((one) => [dice.next().value as number, one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one);
          const [a, b] = [await after([BOTH, ...all]), await after([BOTH, ...other])];
          assert.equal(await a.says(id(500)), await b.says(id(500)));
          if ((await a.says(id(500))) === "withdrawn") assert.deepEqual([a.words(), b.words()], [[], []]);
        },
      ),
      { numRuns: 200, seed: 16 },
    );
  });

  it("come to the same, whatever views come between them, and whatever some never get that does not count", async () => {
    const cut = 630;
    const change = fc
      .tuple(fc.nat(60), fc.integer({ min: 90, max: 130 }), fc.integer({ min: 1, max: 2 }), fc.nat(12))
      .map(([n, time, by, dice]) => {
        const index = 600 + n;
        if (dice === 0) return withdraw(index + 100 * by, time, { by, index });
        return revise(index + 100 * by, time, { by, index, text: dice === 1 ? "" : `${n}` });
      });
    const cutOff: Seats = new Map<number, "in" | number>([
      [1, "in"],
      [2, cut],
    ]);
    const shuffled = <T>(list: readonly T[], dice: fc.Stream<number>): readonly T[] =>
      list
        .map((one) => [dice.next().value as number, one] as const)
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(change, { selector: ({ message }) => message, maxLength: 20 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        async (changes, isVoid, dice) => {
          const last = isVoid ? BOTH : cutOff;
          const taken = ({ author, index, content }: Line): boolean =>
            last === BOTH || author === member(1) || index < cut || contents.decode(content)?.kind === "withdraw";
          const replicas: Replica[] = [];
          for (const misses of [false, false, true]) {
            const lines = [ORIGINAL, ...changes].filter((one) => taken(one) || !misses);
            replicas.push(await after([BOTH, ...shuffled<Event>([...lines, BOTH, cutOff, CUT], dice), last]));
          }
          const said = await Promise.all(replicas.map((one) => one.says(id(500))));
          assert.deepEqual(new Set(said).size, 1, said.join());
          if (said[0] === "withdrawn") assert.deepEqual(replicas.map((one) => one.words()).flat(), []);
        },
      ),
      { numRuns: 200, seed: 17 },
    );
  });

  it("come to the same where many came before the message that do not count by their times", async () => {
    const before = Array.from({ length: 32 }, (_, n) => revise(n, 10 + n));
    const one = revise(800, 200, { text: "newer" });
    await same([...before, one, ORIGINAL], [ORIGINAL, ...before, one], [one, ORIGINAL, ...before]);
  });

  it("come to the same where the message itself turns out to be of an earlier time", async () => {
    const earlier = { ...ORIGINAL, time: 50, chain: chainOf(1), index: 1 };
    const one = revise(800, 70, { text: "newer" });
    await same([ORIGINAL, earlier, one], [earlier, ORIGINAL, one], [ORIGINAL, one, earlier], [one, ORIGINAL, earlier]);
  });

  it("leave a message that is gone where its author's earliest time puts it, whenever that came", async () => {
    const earlier = { ...ORIGINAL, time: 50, index: 1 };
    const back = withdraw(800, 70);
    for (const order of [
      [ORIGINAL, back, earlier],
      [ORIGINAL, earlier, back],
      [back, earlier, ORIGINAL],
    ]) {
      const line = (await after(order)).line(id(500));
      assert.deepEqual([line?.time, line?.gone?.at, line?.original], [50, 70, undefined]);
      assert.ok(line?.key.every((byte) => byte === 0));
    }
  });

  it("come to the same where a removal that is heard of meanwhile turns out void: new words", async () => {
    const one = revise(800, 200, { by: 2, text: "newer" });
    await same([BOTH, ORIGINAL, one], [BOTH, ORIGINAL, CUT, one, BOTH], [CUT, one, ORIGINAL, BOTH]);
  });

  it("come to the same where a removal that is heard of meanwhile turns out void: what takes it back", async () => {
    const one = withdraw(800, 200, { by: 2 });
    await same([BOTH, ORIGINAL, one], [BOTH, ORIGINAL, CUT, one, BOTH], [CUT, one, ORIGINAL, BOTH]);
  });

  it("come to the same where ten of a device that is cut off came before one of another that counts", async () => {
    const cut = Array.from({ length: 10 }, (_, n) => revise(600 + n, 110 + n, { by: 2 }));
    const one = revise(800, 200, { text: "newer" });
    await same([CUT, ORIGINAL, ...cut, one], [BOTH, ORIGINAL, ...cut, one, CUT]);
  });

  it("come to the same where new words are found at a second place, which alone counts", async () => {
    const first: Line = revise(800, 200, { by: 2, index: 5, text: "newer" });
    const second: Line = { ...first, index: 1 };
    const cut: Seats = new Map<number, "in" | number>([
      [1, "in"],
      [2, 2],
    ]);
    await same([BOTH, ORIGINAL, first, second, cut], [cut, ORIGINAL, first, second], [cut, ORIGINAL, second, first]);
  });

  it("leave no words of a device that is cut off on the disk once it is taken back", async () => {
    const cut = revise(700, 150, { by: 2, text: "secret" });
    const back = withdraw(800, 200);
    for (const order of [
      [BOTH, ORIGINAL, cut, CUT, back],
      [CUT, ORIGINAL, cut, back],
      [CUT, ORIGINAL, back, cut],
    ])
      assert.deepEqual((await after(order)).words(), []);
  });

  it("leave no words where the first that takes it back did not count when it came", async () => {
    const words = revise(700, 150, { text: "secret" });
    const orders = [BOTH, ORIGINAL, words, CUT, withdraw(800, 200, { by: 2 }), BOTH, withdraw(801, 210)];
    const replica = await after(orders);
    assert.equal(await replica.says(id(500)), "withdrawn");
    assert.deepEqual(replica.words(), []);
  });

  it("cost little more each, also where one that takes it back is sealed again and again, each time as of earlier", async () => {
    const replica = await after([ORIGINAL, ...flood(), withdraw(8000, 900_000)]);
    assert.deepEqual(replica.words(), []);
    const before = replica.looked;
    for (let n = 1; n <= 10; n++) await replica.takes({ ...withdraw(8000, 900_000 - n), index: n });
    assert.ok(replica.looked - before <= 10 * 100, `${replica.looked - before} lines looked at for ten`);
  });

  it("hold few lines in memory at once, whatever one member says", async () => {
    const replica = await after([ORIGINAL, ...flood()]);
    assert.ok(replica.read <= 4096 * 128, `${replica.read} changes read for 4096`);
    await replica.takes(withdraw(8000, 900_000));
    assert.ok(replica.most <= 300, `${replica.most} lines in one step`);
    assert.deepEqual(replica.words(), []);
  });

  it("harm nothing where they name themselves, each other, or what was taken back", async () => {
    const to = (n: number, message: number, kind: "revise" | "withdraw"): Line =>
      lineOf({
        message,
        time: message,
        content: kind === "revise" ? { kind, to: id(n), text: "x", mentions: [] } : { kind, to: id(n) },
      });
    const odd = [to(900, 900, "withdraw"), to(901, 901, "revise"), to(800, 902, "revise"), to(800, 903, "withdraw")];
    const one = revise(800, 200, { text: "newer" });
    await same([ORIGINAL, one, ...odd], [...odd, one, ORIGINAL], [...odd, ORIGINAL, one]);
  });
});
