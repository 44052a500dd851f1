import assert from "node:assert/strict";
import fc from "fast-check";
import { createDialPlan, defaultDialLimits, type DialPlan } from "../../src/net/dialPlan.ts";

const at = (n: number): string => `/ip4/10.0.${n >> 8}.${n & 255}/tcp/4001`;
const nobody: ReadonlySet<string> = new Set();
const plan = (limits = defaultDialLimits): DialPlan => createDialPlan("m", () => 0.5, limits);

/** Runs a plan against a world in which `answers` says who is where; gives the number of dials and the links. */
const live = (
  book: DialPlan,
  answers: (key: string) => string | undefined,
  { until, linked = new Set<string>(), from = 0 }: { until: number; linked?: Set<string>; from?: number },
): { dials: Map<string, number[]>; linked: Set<string> } => {
  const dials = new Map<string, number[]>();
  for (let now = from; now <= until;) {
    const keys = book.next(linked, now);
    for (const key of keys) {
      dials.set(key, [...(dials.get(key) ?? []), now]);
      const peer = answers(key);
      if (peer === undefined) book.failed(key, now);
      else {
        book.reached(key, peer, now);
        linked.add(peer);
      }
    }
    if (keys.length === 0) now = Math.max(now + 1, Math.min(book.wakeAt(now), until + 1));
  }
  return { dials, linked };
};

describe("the dial plan", () => {
  it("links to everybody in a small venue", () => {
    const book = plan();
    for (let n = 0; n < 11; n++) book.found(`p${n}`, [at(n)], 0);
    const { linked } = live(book, (key) => `p${key.split(".")[3]?.split("/")[0]}`, { until: 30_000 });
    assert.equal(linked.size, 11);
  });

  it("of a page: comes to three hubs before all pages, and to a hub that comes late however many pages there are", () => {
    const book = plan({ ...defaultDialLimits, hubs: 3 });
    const answers = (key: string): string => key.split("/").at(-1) ?? "";
    const page = (n: number): string => `${at(1)}/ws/p2p/z1/p2p-circuit/webrtc/p2p/p${n}`;
    const hub = (n: number): string => `${at(n)}/ws/p2p/z${n}`;
    book.hint(hub(1), 0);
    const { linked } = live(book, answers, { until: 1000 });
    for (let n = 0; n < 30; n++) book.found(`p${n}`, [page(n)], 1000);
    book.found("z2", [hub(2)], 1000);
    live(book, answers, { from: 1000, until: 20_000, linked });
    assert.deepEqual([...linked].slice(0, 2), ["z1", "z2"]);
    assert.equal(linked.size, defaultDialLimits.least);
    for (let n = 0; n < 6; n++) linked.add(`guest${n}`);
    for (const n of [3, 4]) book.found(`z${n}`, [hub(n)], 20_000);
    live(book, answers, { from: 20_000, until: 30_000, linked });
    assert.equal([...linked].filter((peer) => peer.startsWith("z")).length, 3);
  });

  it("attack: strangers above their number do not keep it from dialing members", () => {
    const book = plan();
    for (let n = 0; n < 40; n++) book.found(`p${n}`, [at(n)], 0);
    const strangers = new Set(Array.from({ length: 11 }, (_, i) => `s${i}`));
    assert.equal(book.next(strangers, 60_000).length, 0, "eleven members are enough");
    assert.ok(book.next(strangers, 60_000, strangers).length > 0);
    assert.equal(book.surplusOfStrangers(11), 7);
    assert.equal(book.surplusOfStrangers(4), 0);
  });

  it("links to a few in a large one", () => {
    const book = plan();
    for (let n = 0; n < 100; n++) book.found(`p${n}`, [at(n)], 0);
    const { linked } = live(book, (key) => key, { until: 30_000 });
    // And one more, whom it met soon after coming.
    assert.equal(linked.size, defaultDialLimits.least + 1);
  });

  it("dials three at a time at most, two of them for what only discovery knows", () => {
    const book = plan();
    for (let n = 0; n < 5; n++) book.found(`p${n}`, [at(n)], 0);
    assert.equal(book.next(nobody, 5000).length, 2);
    book.hint(at(100), 5000);
    book.hint(at(101), 5000);
    assert.deepEqual(book.next(nobody, 5000), [at(100)]);
    assert.deepEqual(book.next(nobody, 5000), []);
  });

  it("dials a peer over one address at a time, and not at all when linked", () => {
    const book = plan();
    book.found("p", [at(1), at(2)], 0);
    assert.equal(book.next(nobody, 5000).length, 1);
    book.failed(at(1), 5000);
    assert.deepEqual(book.next(nobody, 5000), [at(2)]);
    book.reached(at(2), "p", 5000);
    assert.deepEqual(book.next(new Set(["p"]), 60_000), []);
  });

  it("backs off from an address that does not answer, and never gives up a hint", () => {
    const book = plan();
    book.hint(at(1), 0);
    const { dials } = live(book, () => undefined, { until: 10 * 60_000 });
    const times = dials.get(at(1)) ?? [];
    const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
    assert.deepEqual(gaps.slice(0, 4), [1000, 2000, 4000, 8000]);
    assert.ok(gaps.slice(4).every((gap) => gap === 15_000));
    assert.ok(times.length > 35);
    const patient = plan({ ...defaultDialLimits, hintRetry: 5000 });
    patient.hint(at(1), 0);
    const tries = live(patient, () => undefined, { until: 10 * 60_000 }).dials.get(at(1)) ?? [];
    assert.ok(tries.slice(4).every((time, i) => time - (tries[i + 3] as number) === 5000));
  });

  it("dials a typed address as a hub's and as a daemon's until it has proved to be one, and again when that is gone", () => {
    const book = plan();
    for (const key of [at(1), `${at(1)}/ws`]) book.hint(key, 0);
    const { dials, linked } = live(book, (key) => (key.endsWith("/ws") ? "hub" : undefined), { until: 200_000 });
    assert.deepEqual([dials.get(at(1))?.length, dials.get(`${at(1)}/ws`)?.length], [1, 1]);
    linked.delete("hub");
    book.lost("hub", [`${at(1)}/ws`], 200_000);
    const again = live(book, () => undefined, { until: 230_000, from: 200_001, linked });
    assert.ok((again.dials.get(at(1))?.length ?? 0) > 0);
  });

  it("forgets what discovery named and nobody answers at", () => {
    const book = plan();
    book.found("p", [at(1)], 0);
    const { dials } = live(book, () => undefined, { until: 60 * 60_000 });
    assert.equal(dials.get(at(1))?.length, 8);
  });

  it("dials a lost peer every second or two while a partition lasts", () => {
    const book = plan();
    book.lost("p", [at(1)], 0);
    const { dials } = live(book, () => undefined, { until: 60_000 });
    const times = dials.get(at(1)) ?? [];
    for (const [i, time] of times.entries()) if (i > 0) assert.ok(time - (times[i - 1] as number) <= 2000);
    assert.ok(times.length >= 30);
  });

  it("dials lost peers although others have taken their places, up to what it keeps at most", () => {
    const book = plan();
    for (let n = 0; n < 40; n++) book.found(`p${n}`, [at(n)], 0);
    const linked = new Set(Array.from({ length: 6 }, (_, n) => `other ${n}`));
    live(book, () => undefined, { until: 10_000, linked: new Set(linked) });
    assert.deepEqual(book.next(linked, 10_000), []);
    for (let n = 0; n < 20; n++) book.lost(`p${n}`, [at(n)], 10_000);
    const healed = live(book, (key) => `p${key.split(".")[3]?.split("/")[0]}`, { until: 40_000, linked, from: 10_000 });
    assert.equal(healed.linked.size, defaultDialLimits.most);
    assert.ok(book.patience(at(30), 20_000) > book.patience(at(19), 20_000));
  });

  it("comes to others within seconds when all whom it was linked with are out of reach, and goes on to try those", () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const book = createDialPlan("m", random);
    const isThere = (key: string): boolean => Number(key.split(".")[3]?.split("/")[0]) >= 10;
    for (let n = 0; n < 10; n++) book.lost(`p${n}`, [at(n)], 0);
    for (let n = 0; n < 40; n++) book.found(`p${n}`, [at(n)], 0);
    const linked = new Set<string>();
    const underWay = new Map<string, number>();
    const lost: number[] = [];
    for (let now = 1000; now < 30_000; now += 50) {
      for (const [key, ends] of underWay) {
        if (ends > now) continue;
        underWay.delete(key);
        if (!isThere(key)) {
          book.failed(key, now);
          continue;
        }
        book.reached(key, key, now);
        if (linked.size < 3) linked.add(`p${key.split(".")[3]?.split("/")[0]}`);
      }
      for (const key of book.next(linked, now)) {
        underWay.set(key, now + (isThere(key) ? 50 : book.patience(key, now)));
        if (!isThere(key)) lost.push(now);
      }
      if (now === 10_000) assert.ok(linked.size > 0, "linked with nobody after ten seconds");
    }
    assert.ok(lost.filter((when) => when > 10_000).length >= 10, "it gave those up whom it has lost");
  });

  it("leaves the air to mail for a while after each of the lost that is back, if it has links enough", () => {
    const book = plan();
    const others = Array.from({ length: defaultDialLimits.least }, (_, n) => `other ${n}`);
    for (let n = 20; n < 40; n++) book.found(`p${n}`, [at(n)], 0);
    for (let n = 0; n < 5; n++) book.lost(`p${n}`, [at(n)], 0);
    assert.ok(book.next(new Set(others), 1000).length > 0);
    for (let n = 0; n < 5; n++) book.failed(at(n), 1000);
    // Whoever dialed.
    const linked = new Set([...others, "p0"]);
    assert.deepEqual(book.next(linked, 2500), []);
    assert.ok(book.wakeAt(2500) > 3500 && book.wakeAt(2500) < 5500);
    assert.ok(book.next(linked, 5500).length > 0);
    // With fewer links it does not wait.
    const few = plan();
    for (let n = 0; n < 5; n++) few.lost(`p${n}`, [at(n)], 0);
    assert.ok(few.next(new Set(["p0"]), 1000).length > 0);
  });

  it("meets somebody new every minute though it has links enough, so that halves do not stay apart", () => {
    const book = plan();
    for (let n = 0; n < 40; n++) book.found(`p${n}`, [at(n)], 0);
    const linked = new Set(Array.from({ length: 12 }, (_, n) => `other ${n}`));
    const { dials } = live(book, (key) => key, { until: 600_000, linked });
    const all = Array.from(dials.values()).flat();
    assert.ok(all.length >= 8 && all.length <= 12, `${all.length} met in ten minutes`);
    assert.ok(Math.min(...all) <= 10_000, "the first of them soon");
  });

  it("sleeps while it has as many dials under way as it may, also past the time to meet somebody new", () => {
    const book = plan();
    for (let n = 0; n < 8; n++) book.lost(`p${n}`, [at(n)], 0);
    const first = book.next(nobody, 1000);
    assert.equal(first.length, 3);
    assert.deepEqual(book.next(nobody, 100_000), []);
    assert.equal(book.wakeAt(100_000), Infinity);
    for (const key of first) book.failed(key, 100_000);
    assert.equal(book.next(nobody, 100_000).length, 3);
  });

  it("does not let lost peers keep hints waiting", () => {
    const book = plan();
    for (let n = 0; n < 30; n++) book.lost(`p${n}`, [at(n)], 0);
    live(book, () => undefined, { until: 20_000 });
    book.hint(at(500), 20_000);
    const first = live(book, () => undefined, { until: 21_000, from: 20_000 });
    assert.ok(first.dials.has(at(500)));
  });

  it("leaves alone who hung up because of enough links, and hangs up above the limit only", () => {
    const book = plan();
    book.found("p", [at(1)], 0);
    book.enough("p", [at(1)], 0);
    assert.deepEqual(book.next(nobody, 60_000), []);
    assert.deepEqual(book.next(nobody, 5 * 60_000), [at(1)]);
    assert.equal(book.surplus(12), 0);
    assert.equal(book.surplus(15), 3);
  });

  it("tries hints and what was reached before again when the network changes", () => {
    const book = plan();
    book.hint(at(1), 0);
    book.found("p", [at(2)], 0);
    live(book, () => undefined, { until: 60_000 });
    assert.deepEqual(book.next(nobody, 60_001), []);
    book.refresh(60_001);
    assert.deepEqual(book.next(nobody, 61_001), [at(1)]);
  });

  it("never dials itself again, and strangers to our protocols rarely", () => {
    const book = plan();
    book.hint(at(1), 0);
    book.next(nobody, 0);
    book.useless(at(1), "self", 0);
    book.hint(at(1), 1000);
    book.found("q", [at(1)], 1000);
    book.lost("q", [at(1)], 1000);
    book.found("m", [at(9)], 0);
    assert.deepEqual(book.next(nobody, 10 * 60 * 60_000), []);
    book.found("p", [at(2)], 0);
    book.next(nobody, 5000);
    book.useless(at(2), "foreign", 5000);
    assert.deepEqual(book.next(nobody, 60_000), []);
  });

  it("lets the side with the lower id go first when both find each other", () => {
    const low = createDialPlan("a", () => 0.5);
    const high = createDialPlan("z", () => 0.5);
    low.found("z", [at(1)], 0);
    high.found("a", [at(2)], 0);
    assert.deepEqual(low.next(nobody, 0), [at(1)]);
    assert.deepEqual(high.next(nobody, 0), []);
    assert.deepEqual(high.next(new Set(["a"]), 2000), []);
  });

  it("stays small under a flood of made-up peers, and keeps what it has", () => {
    const book = plan();
    book.hint(at(60_000), 0);
    book.found("real", [at(60_001)], 0);
    live(book, (key) => (key === at(60_001) ? "real" : undefined), { until: 5000 });
    for (let n = 0; n < 20_000; n++) book.found(`fake${n}`, [at(n)], 6000 + n);
    const { dials } = live(book, () => undefined, { until: 40_000, from: 30_000, linked: new Set(["real"]) });
    assert.ok(dials.has(at(60_000)));
    assert.ok(dials.size <= 512);
    assert.deepEqual(book.worthRemembering(), [at(60_001)]);
  });

  it("keeps the pages that a hub named last, of however many, and remembers none for the next run", () => {
    const book = plan();
    const page = (n: number): string => `${at(1)}/ws/p2p/hub/p2p-circuit/webrtc/p2p/p${n}`;
    book.hint(`${at(1)}/ws`, 0);
    for (let n = 0; n < 1000; n++) book.found(`p${n}`, [page(n)], n);
    const { dials } = live(book, (key) => key, { until: 60_000, from: 30_000 });
    const numbers = Array.from(dials.keys(), (key) => Number(/p(\d+)$/.exec(key)?.[1] ?? 1000));
    assert.ok(dials.size > 3 && numbers.every((n) => n > 1000 - 64));
    assert.deepEqual(book.worthRemembering(), [`${at(1)}/ws`]);
  });

  it("tries ever more rarely to reach pages where devices are kept apart, and hubs as before", () => {
    const book = plan({ ...defaultDialLimits, hintRetry: 5000 });
    const page = (n: number): string => `${at(1)}/ws/p2p/hub/p2p-circuit/webrtc/p2p/p${n}`;
    const linked = new Set(["hub"]);
    const told = (from: number, until: number, answers: (key: string) => string | undefined): number => {
      let tries = 0;
      // A hub names them every fifteen seconds.
      for (let now = from; now < until; now += 15_000) {
        for (let n = 0; n < 30; n++) book.found(`p${n}`, [page(n)], now);
        const { dials } = live(book, answers, { until: now + 14_999, from: now, linked });
        for (const [key, times] of dials) if (key.includes("circuit")) tries += times.length;
      }
      return tries;
    };
    assert.ok(told(0, 10 * 60_000, () => undefined) < 30);
    assert.ok(told(10 * 60_000, 20 * 60_000, () => undefined) <= 15);
    book.hint(at(9), 20 * 60_000);
    assert.deepEqual(book.next(linked, 20 * 60_000), [at(9)]);
    book.failed(at(9), 20 * 60_000);
    // The network has changed: at once, and to as many as wanted.
    book.refresh(21 * 60_000);
    told(21 * 60_000, 22 * 60_000, (key) => /p\d+$/.exec(key)?.[0]);
    assert.ok(linked.size >= defaultDialLimits.least);
  });

  it("goes straight to a hub by WebRTC only where its WebSocket does not answer, and forgets that way", () => {
    const [socket, straight] = [`${at(1)}/ws`, "/ip4/10.0.0.1/udp/1/webrtc-direct/certhash/uEi"];
    const book = plan({ ...defaultDialLimits, hintRetry: 5000 });
    const hints = [straight, socket];
    for (const key of hints) book.hint(key, 0);
    assert.deepEqual(book.next(nobody, 0), [socket]);
    assert.deepEqual(book.next(nobody, 10_000), [], "it may yet answer");
    book.failed(socket, 10_000);
    assert.deepEqual(book.next(nobody, 10_000), [straight]);
    book.reached(straight, "hub", 10_500);
    assert.deepEqual(book.worthRemembering(), []);
    // The link breaks: the usual way first.
    book.lost("hub", [straight, socket], 60_000);
    assert.deepEqual(book.next(nobody, 70_000), [socket]);
    book.failed(socket, 70_000);
    assert.deepEqual(book.next(nobody, 70_000), [straight]);
    assert.deepEqual(book.next(nobody, 72_000), [socket], "the usual way does not wait for the other one");
    book.reached(socket, "hub", 72_000);
    assert.deepEqual(book.next(new Set(["hub"]), 80_000), []);
  });

  it("gives a way straight to a hub up that a browser refuses, and its WebSocket never", () => {
    const [socket, straight] = [`${at(1)}/ws`, "/ip4/10.0.0.1/udp/1/webrtc-direct/certhash/uEi"];
    const book = plan({ ...defaultDialLimits, hintRetry: 5000 });
    for (const key of [socket, straight]) book.hint(key, 0);
    const { dials } = live(book, () => undefined, { until: 10 * 60_000 });
    assert.equal(dials.get(straight)?.length, 8);
    assert.ok((dials.get(socket)?.length ?? 0) > 100);
  });

  it("never throws, exceeds its dials, or dials linked peers, whatever happens", () => {
    const key = fc.integer({ min: 0, max: 20 }).map(at);
    const who = fc.constantFrom("m", "a", "b", "c", "z");
    const step = fc.oneof(
      fc.record({ do: fc.constant("hint" as const), key, who }),
      fc.record({ do: fc.constantFrom("found" as const, "lost" as const, "enough" as const), key, who }),
      fc.record({
        do: fc.constantFrom("reached" as const, "failed" as const, "self" as const, "foreign" as const),
        key,
        who,
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const book = createDialPlan("m", Math.random);
        const dialing = new Set<string>();
        let now = 0;
        for (const { do: what, key: where, who: peer } of steps) {
          now += 400;
          if (what === "hint") book.hint(where, now);
          else if (what === "found" || what === "lost" || what === "enough") book[what](peer, [where], now);
          else {
            dialing.delete(where);
            if (what === "reached") book.reached(where, peer, now);
            else if (what === "failed") book.failed(where, now);
            else book.useless(where, what, now);
          }
          for (const next of book.next(new Set(["a"]), now)) {
            assert.ok(!dialing.has(next));
            dialing.add(next);
          }
          assert.ok(dialing.size <= 3);
        }
      }),
    );
  });
});
