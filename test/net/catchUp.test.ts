import assert from "node:assert/strict";
import { CatchUp } from "../../src/net/catchUp.ts";
import type { SyncOutcome, SyncPeer } from "../../src/net/sync.ts";
import { SimClock } from "../helpers/simClock.ts";
import { SimRandom } from "../helpers/simRandom.ts";
import { channelPair } from "./channelPair.ts";
import { createMailbox, frameOf, topicOf, type Mailbox } from "./mailbox.ts";

const topic = topicOf("t");

interface Member {
  readonly name: string;
  readonly box: Mailbox;
  readonly catchUp: CatchUp;
  readonly outcomes: { readonly from: string; readonly outcome: SyncOutcome }[];
}

describe("the schedule of catch-up", () => {
  let clock: SimClock;
  let members: Map<string, Member>;
  let opened: number;
  let refuse: boolean;
  beforeEach(() => {
    clock = new SimClock();
    members = new Map();
    opened = 0;
    refuse = false;
  });
  afterEach(() => {
    for (const { catchUp } of members.values()) catchUp.stop();
  });

  const member = (name: string): Member => {
    const box = createMailbox();
    const outcomes: Member["outcomes"] = [];
    const random = new SimRandom(`${name}'s salts`).bytes;
    const peer = (from: string): SyncPeer => {
      return { from, handlers: box.handlers, topics: () => [topic], admit: () => 0, clock, random };
    };
    const catchUp = new CatchUp({
      clock,
      random: new SimRandom(name).bytes,
      peer,
      stranger: (from) => from.startsWith("stranger"),
      onOutcome: (from, outcome) => outcomes.push({ from, outcome }),
      async open(to) {
        opened++;
        if (refuse) throw new Error("no connection");
        const [mine, theirs] = channelPair();
        void members.get(to)?.catchUp.serve(name, theirs, to < name);
        return mine;
      },
    });
    const made = { name, box, catchUp, outcomes };
    members.set(name, made);
    return made;
  };
  const link = (dialer: Member, listener: Member): void => {
    listener.catchUp.add(dialer.name, false);
    dialer.catchUp.add(listener.name, true);
  };

  it("catches up at once with a new neighbour, once more when gossip has settled, and both hear of it", async () => {
    const [a, b] = [member("a"), member("b")];
    link(a, b);
    await clock.pass(1000);
    assert.equal(opened, 1);
    assert.deepEqual(a.box.caughtUp, ["b"]);
    assert.deepEqual(b.box.caughtUp, ["a"]);
    await clock.pass(5000);
    assert.equal(opened, 2);
    assert.deepEqual(b.box.caughtUp, ["a", "a"]);
  });

  it("goes on with a random neighbour every twenty seconds or so", async () => {
    const [a, b] = [member("a"), member("b")];
    link(a, b);
    await clock.pass(10 * 60_000);
    // Two sides, thirty rounds each; a quarter of jitter.
    assert.ok(opened >= 40 && opened <= 85, `${opened} sessions`);
  });

  it("fetches soon what is kept of topics that are heard from now on, once more when gossip has settled", async () => {
    const [a, b] = [member("a"), member("b")];
    link(a, b);
    await clock.pass(5000);
    opened = 0;
    a.catchUp.widened();
    await clock.pass(1000);
    assert.equal(opened, 1);
    await clock.pass(4000);
    assert.equal(opened, 2);
  });

  it("begins from the listener's side when the dialer does not", async () => {
    const [a, b] = [member("a"), member("b")];
    a.catchUp.add("b", false);
    b.catchUp.add("a", false);
    await clock.pass(4000);
    assert.equal(a.box.caughtUp.length, 1);
    assert.equal(b.box.caughtUp.length, 1);
  });

  it("carries what came by catch-up along a line of neighbours within seconds", async () => {
    const line = Array.from({ length: 6 }, (_, i) => member(`n${i}`));
    for (const [i, one] of line.entries()) if (i > 0) link(one, line[i - 1] as Member);
    await clock.pass(3000);
    const frame = frameOf(1);
    (line[0] as Member).box.keep(topic, frame);
    (line[0] as Member).catchUp.soon();
    assert.ok(await clock.until(() => line.every(({ box }) => box.has(frame)), 15_000));
  });

  it("tells three neighbours first of what a session brought, and the others within seconds", async () => {
    const hub = member("hub");
    const spokes = Array.from({ length: 9 }, (_, i) => member(`n${i}`));
    for (const one of spokes) link(one, hub);
    await clock.pass(6000);
    const frame = frameOf(1);
    const [first] = spokes as [Member];
    first.box.keep(topic, frame);
    first.catchUp.soon();
    assert.ok(await clock.until(() => hub.box.has(frame), 2000));
    await clock.pass(200);
    const told = spokes.filter(({ box }) => box.has(frame));
    assert.equal(told.length, 1 + 3);
    assert.ok(await clock.until(() => spokes.every(({ box }) => box.has(frame)), 3000));
  });

  it("settles on one session when both begin at once", async () => {
    const [a, b] = [member("a"), member("b")];
    for (let i = 0; i < 5; i++) a.box.keep(topic, frameOf(i));
    a.catchUp.add("b", true);
    b.catchUp.add("a", true);
    await clock.pass(2500);
    assert.equal(b.box.size(), 5);
    assert.equal(b.box.calls(), 5);
    assert.deepEqual(
      a.outcomes.concat(b.outcomes).filter(({ outcome }) => outcome.end === "failed"),
      [],
    );
  });

  it("tries again when a session fails, a few times, and then with its rounds only", async () => {
    const [a, b] = [member("a"), member("b")];
    refuse = true;
    b.catchUp.add("a", false);
    a.catchUp.add("b", true);
    await clock.pass(60_000);
    const tries = opened;
    assert.ok(tries >= 5 && tries <= 16, `${tries} tries`);
    refuse = false;
    await clock.pass(60_000);
    assert.ok(a.box.caughtUp.length > 0);
  });

  it("does not wait for ever on a channel that never opens, and closes it when it comes late", async () => {
    const [mine] = channelPair();
    let open = (): void => {};
    const outcomes: SyncOutcome[] = [];
    const { handlers } = createMailbox();
    const catchUp = new CatchUp({
      clock,
      random: new SimRandom("x").bytes,
      peer: (from) => ({ from, handlers, topics: () => [], admit: () => 0, clock, random: new SimRandom("y").bytes }),
      open: () => new Promise((resolve) => (open = () => resolve(mine))),
      onOutcome: (_, outcome) => outcomes.push(outcome),
    });
    catchUp.add("b", true);
    await clock.pass(11_000);
    assert.equal(outcomes[0]?.end, "failed");
    open();
    await clock.settle();
    assert.equal(mine.closed, true);
    catchUp.stop();
  });

  it("runs few sessions at a time, and refuses more than it has room for", async () => {
    const hub = member("hub");
    const guests = Array.from({ length: 30 }, (_, i) => member(`g${i}`));
    for (const guest of guests) link(guest, hub);
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    hub.box.beforeKeep = () => held;
    for (const guest of guests) guest.box.keep(topic, frameOf(1));
    await clock.pass(0);
    assert.ok(hub.box.calls() <= 12, `${hub.box.calls()} at a time`);
    release();
    assert.ok(await clock.until(() => hub.box.size() === 30 && guests.every(({ box }) => box.size() === 30), 60_000));
  });

  it("is not kept from those who are vouched for by strangers who begin sessions, or let some begin, and say nothing", async () => {
    const [hub, guest] = [member("hub"), member("guest")];
    for (let n = 0; n < 40; n++) {
      const name = `stranger ${n}`;
      hub.catchUp.add(name, n % 2 === 0);
      void hub.catchUp.serve(name, channelPair()[0], false);
    }
    guest.box.keep(topic, frameOf(1));
    link(guest, hub);
    await clock.pass(3000);
    assert.equal(hub.box.size(), 1);
    hub.box.keep(topic, frameOf(1));
    hub.catchUp.soon();
    await clock.pass(3000);
    assert.equal(guest.box.size(), 2);
  });

  it("does nothing more once stopped", async () => {
    const [a, b] = [member("a"), member("b")];
    link(a, b);
    await clock.pass(1000);
    a.catchUp.stop();
    b.catchUp.stop();
    const before = opened;
    await clock.pass(120_000);
    assert.equal(opened, before);
  });
});
