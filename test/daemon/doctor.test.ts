import { strict as assert } from "node:assert";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { NetworkInterfaceInfo } from "node:os";
import type { Status } from "../../src/daemon/api.ts";
import { diagnose, type Facts } from "../../src/daemon/doctor.ts";
import { askAround, isAnswer, mdnsQuery } from "../../src/daemon/probe.ts";
import { personId } from "../helpers/fakeMessenger.ts";
import { cleanUp, couloir, emptyFolder, later, serve } from "./harness.ts";

const at = (address: string): NetworkInterfaceInfo[] => [
  { address, family: "IPv4", internal: address.startsWith("127."), netmask: "255.255.255.0", mac: "", cidr: null },
];
const daemon: Status = {
  state: "running",
  version: "1.0.0",
  person: personId("a"),
  name: "Me",
  peerId: "12D3",
  addresses: ["/ip4/192.168.1.7/tcp/4001"],
  peers: 3,
  venue: "couloir",
  buckets: 1,
  keyed: false,
  hub: [],
};
/** Of three neighbours nothing is to be said. */
const apart: NonNullable<Status["standing"]> = { vouched: 3, strangers: 0, keyed: 0, otherKey: 0, otherwise: 0 };
const well: Facts = {
  interfaces: { lo: at("127.0.0.1"), wlan0: at("192.168.1.7") },
  gateway: true,
  multicast: { sent: true, heard: 2 },
  daemon,
  now: Date.UTC(2026, 10, 22),
};
const without = (facts: Facts): Facts => ({ ...facts, daemon: undefined });
/** What is not as it should be. */
const complaints = (facts: Facts): string[] =>
  diagnose(facts)
    .filter(({ level }) => level !== "good")
    .map(({ code }) => code);

describe("doctor", () => {
  afterEach(cleanUp);

  it("finds nothing where all is well", () => {
    assert.deepEqual(complaints(well), []);
    assert.deepEqual(
      diagnose(well).map(({ code }) => code),
      ["address", "multicast", "listening", "peers"],
    );
  });

  for (const [what, facts, codes] of [
    ["no network at all", { interfaces: { lo: at("127.0.0.1") } }, ["no-address"]],
    [
      "only a VPN and containers",
      { interfaces: { tun0: at("10.8.0.2"), docker0: at("172.17.0.1") } },
      ["no-address", "vpn"],
    ],
    ["a VPN beside the Wi-Fi", { interfaces: { ...well.interfaces, wg0: at("10.8.0.2") } }, ["vpn"]],
    ["an address that nobody gave", { interfaces: { wlan0: at("169.254.7.7") } }, ["self-assigned"]],
    ["a public address", { interfaces: { wlan0: at("8.8.4.4") } }, ["public-address"]],
    ["no way out", { gateway: false }, ["no-gateway"]],
    ["a routing table that cannot be read", { gateway: undefined }, []],
    ["a clock from the last century", { now: 0 }, ["clock"]],
    ["a clock far ahead", { now: Date.UTC(2101, 0) }, ["clock"]],
    [
      "silence",
      { multicast: { sent: true, heard: 0 }, daemon: { ...daemon, peers: 0 } },
      ["multicast-silent", "alone"],
    ],
    ["no multicast", { multicast: { sent: false, heard: 0 } }, ["multicast-unsent"]],
    [
      "another number of parts",
      { daemon: { ...daemon, standing: { ...apart, otherwise: 2, buckets: 8 } } },
      ["venue-differs"],
    ],
    ["a key that is missing here", { daemon: { ...daemon, standing: { ...apart, keyed: 3 } } }, ["venue-key-missing"]],
    [
      "another key",
      { daemon: { ...daemon, keyed: true, standing: { ...apart, vouched: 0, strangers: 3, keyed: 1, otherKey: 1 } } },
      ["venue-key-differs"],
    ],
    ["the right key", { daemon: { ...daemon, keyed: true, standing: { ...apart, keyed: 3 } } }, []],
    ["a daemon that listens nowhere", { daemon: { ...daemon, addresses: [] } }, ["not-listening"]],
  ] as const satisfies readonly (readonly [string, Partial<Facts>, readonly string[]])[])
    it(`names ${what}`, () => {
      assert.deepEqual(complaints({ ...well, ...facts }), codes);
    });

  it("works without a daemon", () => {
    assert.deepEqual(complaints(without(well)), ["not-running"]);
  });

  it("does not call silence a fault when others were reached another way", () => {
    const finding = diagnose({ ...well, multicast: { sent: true, heard: 0 } }).find(
      ({ code }) => code === "multicast-silent",
    );
    assert.match(finding?.text ?? "", /that is enough/u);
  });

  it("says what to do next, in whole sentences", () => {
    for (const facts of [
      well,
      without(well),
      { ...well, interfaces: {}, multicast: undefined, gateway: false, now: 0 },
    ])
      for (const { text } of diagnose(facts)) assert.match(text, /^[A-Z0-9].*(?:\.|: couloir .+)$/u);
  });

  it("asks by a well-formed query", () => {
    const query = mdnsQuery(["_a._udp.local", "_b._tcp.local"]);
    assert.deepEqual([...query.subarray(0, 12)], [0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0]);
    assert.equal(
      Buffer.from(query.subarray(12, 31)).toString("latin1"),
      "\u0002_a\u0004_udp\u0005local\0\0\u000c\0\u0001",
    );
    assert.equal(isAnswer(query), false);
    assert.equal(isAnswer(Uint8Array.from([0, 0, 0x84, 0, 0, 0, 0, 0, 0, 0, 0, 0])), true);
    assert.equal(isAnswer(new Uint8Array(3)), false);
  });

  it("does not count itself", async () => {
    const echo = createSocket({ type: "udp4", reuseAddr: true });
    echo.bind(5353);
    await once(echo, "listening");
    later(async () => void echo.close());
    try {
      echo.addMembership("224.0.0.251");
    } catch {
      // Without a multicast route there is nobody to hear either.
    }
    echo.on("message", () =>
      echo.send(Uint8Array.from([0, 0, 0x84, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 5353, "224.0.0.251", () => undefined),
    );
    assert.equal((await askAround("_nobody._udp.local", 100)).heard, 0);
  });

  it("ends with 0 whatever it finds, with or without a daemon", async function () {
    this.timeout(10_000);
    const { folder } = await serve();
    const [with_, without_] = await Promise.all([
      couloir({ folder }, "doctor", "--json"),
      couloir({ folder: await emptyFolder() }, "doctor", "--json"),
    ]);
    const codes = (stdout: string): string[] =>
      (JSON.parse(stdout) as { findings: { code: string }[] }).findings.map(({ code }) => code);
    assert.deepEqual([with_.code, without_.code], [0, 0]);
    assert.ok(codes(with_.stdout).includes("alone"));
    assert.ok(codes(without_.stdout).includes("not-running"));
  });
});
