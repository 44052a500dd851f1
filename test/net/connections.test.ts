import assert from "node:assert/strict";
import type { Connection } from "@libp2p/interface";
import { Connections, type Entry } from "../../src/net/connections.ts";
import { SimClock } from "../helpers/simClock.ts";

let serial = 0;
const connectionTo = (peer: string, host = "10.0.0.1", direction = "inbound"): Connection =>
  ({
    id: String(serial++),
    direction,
    remotePeer: { toString: () => peer },
    remoteAddr: { toString: () => `/ip4/${host}/tcp/4001` },
  }) as unknown as Connection;

describe("connections", () => {
  let clock: SimClock;
  let connections: Connections;
  beforeEach(() => {
    clock = new SimClock();
    connections = new Connections("m", clock);
  });
  const open = (peer: string, identified = true): Entry => {
    const entry = connections.open(connectionTo(peer), []);
    entry.identified = identified;
    return entry;
  };
  /** Lets time pass as it does in a running link, with signs of life over some connections. */
  const pass = async (seconds: number, alive: readonly Entry[] = []) => {
    const found = { suspects: [] as Entry[], dead: [] as Entry[], second: [] as Entry[] };
    for (let i = 0; i < seconds; i++) {
      await clock.pass(1000);
      for (const entry of alive) connections.sign(entry.connection);
      const findings = connections.check();
      found.suspects.push(...findings.suspects);
      found.dead.push(...findings.dead);
      found.second.push(...findings.second);
    }
    return found;
  };

  it("suspect a silent one once after ten seconds, and give it up a little later", async () => {
    const [silent, live] = [open("a"), open("b")];
    assert.deepEqual(await pass(10, [live]), { suspects: [], dead: [], second: [] });
    assert.deepEqual((await pass(3, [live])).suspects, [silent]);
    assert.deepEqual(Array.from(connections.linked()), ["b"]);
    assert.ok((await pass(3, [live])).dead.includes(silent));
  });

  it("trust one again that gives a sign", async () => {
    const entry = open("a");
    await pass(12);
    assert.equal(connections.linked().size, 0);
    connections.sign(entry.connection);
    assert.equal(connections.linked().size, 1);
    assert.deepEqual(await pass(9), { suspects: [], dead: [], second: [] });
  });

  it("doubt all of them when this machine has left a network, until they show that they work", async () => {
    const [one, other] = [open("a"), open("b")];
    assert.deepEqual(connections.doubt(), [one, other]);
    assert.equal(connections.linked().size, 0);
    assert.deepEqual(connections.doubt(), []);
    assert.deepEqual(await pass(3, [other]), { suspects: [], dead: [], second: [] });
    assert.deepEqual(Array.from(connections.linked()), ["b"]);
  });

  it("hold nothing against a peer while this process itself was paused", async () => {
    open("a");
    await pass(8);
    await clock.pass(60_000);
    assert.deepEqual(connections.check(), { suspects: [], dead: [], second: [] });
    assert.deepEqual((await pass(5)).dead, []);
  });

  it("give up one whose peer never says who it is", async () => {
    const entry = open("a", false);
    assert.ok((await pass(12, [entry])).dead.includes(entry));
  });

  it("keep the older of two live ones, and one side decides", async () => {
    const older = open("z");
    await pass(1, [older]);
    const newer = open("z");
    const found = await pass(5, [older, newer]);
    assert.ok(found.second.every((entry) => entry === newer) && found.second.length > 0);
    const [one, other] = [open("a"), open("a")];
    assert.deepEqual(
      (await pass(4, [one, other])).second.filter(({ peer }) => peer === "a"),
      [],
    );
  });

  it("drop the silent one of two at once, on both sides", async () => {
    for (const peer of ["a", "z"]) {
      const older = open(peer);
      await pass(1, [older]);
      const newer = open(peer);
      const found = await pass(6, [newer]);
      assert.ok(found.dead.includes(older));
      assert.deepEqual(
        found.second.filter((entry) => entry.peer === peer && entry === newer),
        [],
      );
      connections.close(older.connection);
      connections.close(newer.connection);
    }
  });

  it("bound how many one peer may have, whoever decides", async () => {
    const many = Array.from({ length: 10 }, () => open("a"));
    assert.ok((await pass(3, many)).second.length >= 6);
  });

  it("use the one heard last, and take a sign from a peer only where it tells something", async () => {
    const first = open("a");
    await pass(11);
    connections.signFrom("a");
    assert.equal(connections.linked().size, 1);
    const second = open("a");
    await pass(1, [second]);
    assert.equal(connections.best("a"), second);
    await pass(12);
    connections.signFrom("a");
    assert.equal(connections.linked().size, 0);
    assert.notEqual(first, second);
  });

  it("attach gossip where it lost its stream, and cut what it forgot", async () => {
    const [deaf, forgotten, fine] = [open("a"), open("b"), open("c")];
    const gossip = { reaches: (peer: string) => peer === "c", forgot: (peer: string) => peer === "b" };
    for (let i = 0; i < 2; i++) assert.deepEqual(connections.checkGossip(gossip), { attach: [], abort: [] });
    assert.deepEqual(connections.checkGossip(gossip), { attach: [deaf], abort: [forgotten] });
    assert.ok(fine.unheard === 0);
  });

  it("draw lots for those to let go of, among those that have settled", async () => {
    for (let i = 0; i < 10; i++) open(`p${i}`);
    const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n));
    assert.deepEqual(connections.surplus(3, random), []);
    await clock.pass(6000);
    const drawn = new Set<string>();
    for (let i = 0; i < 200; i++) for (const { peer } of connections.surplus(3, random)) drawn.add(peer);
    assert.equal(connections.surplus(3, random).length, 3);
    assert.equal(drawn.size, 10);
    assert.deepEqual(connections.surplus(-1, random), []);
  });

  it("let go first of many behind one address, and never of what this side chose", async () => {
    const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n));
    for (let i = 0; i < 20; i++) connections.open(connectionTo(`crowd${i}`, "10.0.0.66"), []);
    for (let i = 0; i < 5; i++) connections.open(connectionTo(`guest${i}`, `10.0.1.${i}`), []);
    for (let i = 0; i < 5; i++) connections.open(connectionTo(`chosen${i}`, "10.0.0.66", "outbound"), []);
    await clock.pass(6000);
    assert.ok(connections.surplus(18, random).every(({ peer }) => peer.startsWith("crowd")));
    assert.equal(connections.surplus(100, random).length, 25);
  });

  it("let strangers go before all others, those that this side chose included, and those above their number always", async () => {
    const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n));
    for (let i = 0; i < 6; i++) open(`member${i}`);
    for (let i = 0; i < 6; i++) connections.open(connectionTo(`stranger${i}`, `10.0.2.${i}`, "outbound"), []);
    await clock.pass(6000);
    const strangers = new Set(Array.from({ length: 6 }, (_, i) => `stranger${i}`));
    const names = (count: number, over: number): string[] =>
      connections.surplus(count, random, { strangers, over }).map(({ peer }) => peer.replace(/\d/u, ""));
    assert.deepEqual(names(0, 2), ["stranger", "stranger"]);
    assert.deepEqual(new Set(names(6, 0)), new Set(["stranger"]));
    assert.equal(names(8, 2).filter((name) => name === "member").length, 2);
    assert.deepEqual(names(0, 0), []);
  });
});
