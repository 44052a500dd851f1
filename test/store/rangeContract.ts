/** The part of the contract that is about order and ranges. */
import assert from "node:assert/strict";
import type { Scope } from "../../src/store/keys.ts";
import type { Change } from "../../src/store/record.ts";
import type { MessageId } from "../../src/types.ts";
import type { Bench } from "./bench.ts";
import { all, chain, envelope, group, message, oneOfEach, op, person, puts, topic } from "./samples.ts";

const ours = { space: "message", group: group("ours") } as const;
const ids = [1, 2, 3].map((n) => message(n)).sort() as [MessageId, MessageId, MessageId];
/** In order; the times cross every byte that a time fills. */
const history = [0, 1, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 40, 1_700_000_000_000, 2 ** 53 - 1].flatMap(
  (time) => ids.map((id) => ({ ...ours, time, message: id }) as const),
);

/** Adds its tests to the suite around it. */
export const rangeContract = (bench: Bench): void => {
  /** The store with these messages and, around them, messages of other groups. */
  const withHistory = async () => {
    const store = await bench.open();
    const changes: Change[] = history.map((key, n) => puts(key, n));
    for (const other of ["a", "b", "c", "d"])
      changes.push(...history.map((key) => puts({ ...key, group: group(other) }, "other")));
    // Written in no order.
    await store.commit(changes.sort((a, b) => (JSON.stringify(a).length % 7) - (JSON.stringify(b).length % 7)));
    return store;
  };

  it("gives a group's messages by time, then id, with their keys", async () => {
    const store = await withHistory();
    const got = await all(store.range(ours));
    assert.deepEqual(
      got,
      history.map((key, n) => ({ key, value: n })),
    );
  });

  it("gives the newest messages first, page by page", async () => {
    const store = await withHistory();
    const newest = [...history].reverse();
    const got: unknown[] = [];
    for (let page = await all(store.range(ours, { reverse: true, limit: 5 })); page.length > 0;) {
      assert.ok(page.length === 5 || got.length + page.length === history.length);
      got.push(...page.map(({ key }) => key));
      const { key } = page.at(-1)!;
      page = await all(store.range(ours, { reverse: true, limit: 5, lt: { time: key.time, message: key.message } }));
    }
    assert.deepEqual(got, newest);
  });

  it("cuts where it is told", async () => {
    const store = await withHistory();
    const [low, mid, high] = ids;
    const at = async (bounds: object) => (await all(store.range(ours, bounds))).map(({ value }) => value);
    const every = history.map((_, n) => n);
    const from = (time: number) => history.findIndex((key) => key.time === time);
    assert.deepEqual(await at({ gt: { time: 255 } }), every.slice(from(256)));
    assert.deepEqual(await at({ gte: { time: 255 } }), every.slice(from(255)));
    assert.deepEqual(await at({ lt: { time: 255 } }), every.slice(0, from(255)));
    assert.deepEqual(await at({ lte: { time: 255 } }), every.slice(0, from(256)));
    assert.deepEqual(await at({ gt: { time: 255, message: mid } }), every.slice(from(255) + 2));
    assert.deepEqual(await at({ gte: { time: 255, message: mid } }), every.slice(from(255) + 1));
    assert.deepEqual(await at({ lt: { time: 255, message: mid } }), every.slice(0, from(255) + 1));
    assert.deepEqual(await at({ lte: { time: 255, message: high } }), every.slice(0, from(256)));
    assert.deepEqual(
      await at({ gte: { time: 255, message: low }, lt: { time: 256 }, reverse: true, limit: 2 }),
      [8, 7],
    );
    assert.deepEqual(await at({ gt: { time: 256 }, lt: { time: 255 } }), []);
    assert.deepEqual(await at({ limit: 0 }), []);
    assert.deepEqual(await at({ gt: { time: 2 ** 53 - 1 } }), []);
  });

  it("gives the outbox in the order of its numbers", async () => {
    const store = await bench.open();
    const scope = { space: "outbox", group: group("g") } as const;
    const numbers = [65_536, 2, 256, 0, 255, 65_535, 2 ** 40, 1];
    await store.commit(numbers.map((seq) => puts({ ...scope, seq }, `n${seq}`)));
    await store.commit([puts({ space: "outbox", group: group("h"), seq: 3 }, "other")]);
    const sorted = [...numbers].sort((a, b) => a - b);
    const got = await all(store.range(scope));
    assert.deepEqual(
      got,
      sorted.map((seq) => ({ key: { ...scope, seq }, value: `n${seq}` })),
    );
    assert.equal((await all(store.range(scope, { gt: { seq: 255 } }))).length, 4);
  });

  it("gives what belongs to a group, and that alone", async () => {
    const store = await bench.open();
    const changes = ["g", "h"].flatMap((one) =>
      Array.from({ length: 5 }, (_, n) => [
        puts({ space: "op", group: group(one), op: op(n) }, `${one}${n}`),
        puts({ space: "part", group: group(one), part: chain(n) }, `${one}${n}`),
        puts({ space: "place", group: group(one), message: message(n) }, `${one}${n}`),
      ]).flat(),
    );
    await store.commit(changes);
    const want = (field: string, id: (n: number) => string) =>
      Array.from({ length: 5 }, (_, n) => `${field} ${id(n)} g${n}`).sort();
    const got = async (scope: Scope, field: string) =>
      (await all(store.range(scope)))
        .map(({ key, value }) => {
          assert.equal((key as unknown as Record<string, string>)["group"], group("g"));
          return `${field} ${(key as unknown as Record<string, string>)[field]} ${String(value)}`;
        })
        .sort();
    assert.deepEqual(await got({ space: "op", group: group("g") }, "op"), want("op", op));
    assert.deepEqual(await got({ space: "part", group: group("g") }, "part"), want("part", chain));
    assert.deepEqual(await got({ space: "place", group: group("g") }, "message"), want("message", message));
  });

  it("gives all contacts, groups and profile records with the ids that their keys hide", async () => {
    const store = await bench.open();
    await store.commit(oneOfEach.map((key) => puts(key, 1)));
    await store.commit([puts({ space: "contact", person: person("bo") }, 2)]);
    const contacts = await all(store.range({ space: "contact" }));
    assert.deepEqual(
      new Set(contacts.map(({ key, value }) => `${key.person} ${String(value)}`)),
      new Set([`${person("ana")} 1`, `${person("bo")} 2`]),
    );
    assert.deepEqual(
      (await all(store.range({ space: "group" }))).map(({ key }) => key),
      [{ space: "group", group: group("corridor") }],
    );
    assert.deepEqual(
      (await all(store.range({ space: "profile" }))).map(({ key }) => key),
      [{ space: "profile", name: "identity" }],
    );
  });

  const mail = (label: string, slot: number, n: number) =>
    ({ space: "mail", topic: topic(label), slot, envelope: envelope(n) }) as const;

  it("gives a topic's mail by slot, and its ids without the mail", async () => {
    const store = await bench.open();
    const slots = [65_535, 0, 255, 256, 7];
    await store.commit(slots.flatMap((slot) => [1, 2, 3].map((n) => puts(mail("b0", slot, n), Uint8Array.of(n)))));
    await store.commit([puts(mail("b1", 7, 9), Uint8Array.of(9))]);
    const scope = { space: "mail", topic: topic("b0") } as const;
    const got = await all(store.range(scope));
    assert.deepEqual([...new Set(got.map(({ key }) => key.slot))], [0, 7, 255, 256, 65_535]);
    for (const { key, value } of got) assert.deepEqual(key, mail("b0", key.slot, value[0]!));
    assert.equal(got.length, 15);
    assert.deepEqual(
      await all(store.envelopes(topic("b0"))),
      got.map(({ key }) => ({ slot: key.slot, envelope: key.envelope })),
    );
    const seven = await all(store.envelopes(topic("b0"), { gte: { slot: 7 }, lte: { slot: 7 } }));
    assert.deepEqual(
      new Set(seven.map((one) => `${one.slot} ${one.envelope}`)),
      new Set([1, 2, 3].map((n) => `7 ${envelope(n)}`)),
    );
    assert.equal((await all(store.range(scope, { gt: { slot: 7 }, lt: { slot: 65_535 } }))).length, 6);
    assert.deepEqual((await all(store.envelopes(topic("b0"), { reverse: true, limit: 1 })))[0]?.slot, 65_535);
  });

  it("clears part of a scope", async () => {
    const store = await withHistory();
    assert.equal(await store.clear(ours, { lt: { time: 256 } }), 9);
    assert.equal((await all(store.range(ours))).length, history.length - 9);
    assert.equal(await store.clear(ours, { reverse: true, limit: 2 }), 2);
    assert.equal((await all(store.range(ours))).at(-1)?.value, history.length - 3);
    assert.equal(await store.clear(ours), history.length - 11);
    assert.equal((await all(store.range({ space: "message", group: group("a") }))).length, history.length);
    assert.equal(await store.clear(ours), 0);
  });

  it("drops the mail of slots that have passed, in all topics, by whatever the caller calls past", async () => {
    const store = await bench.open();
    const many = Array.from({ length: 2500 }, (_, n) => n);
    await store.commit(many.map((n) => puts(mail(`b${n % 3}`, n % 2 === 0 ? 65_534 : 2, n), Uint8Array.of(1))));
    await store.commit(oneOfEach.filter(({ space }) => space !== "mail").map((key) => puts(key, 1)));
    // Slots wrap around: 65534 lies before 2 here.
    assert.equal(await store.clearSlots((slot) => slot > 60_000), 1250);
    let left = 0;
    for (const label of ["b0", "b1", "b2"])
      for await (const { slot } of store.envelopes(topic(label))) {
        assert.equal(slot, 2);
        left++;
      }
    assert.equal(left, 1250);
    assert.equal(await store.get(oneOfEach[0]!), 1);
    assert.equal(await store.get(oneOfEach[5]!), 1);
  }).timeout(60_000);
};
