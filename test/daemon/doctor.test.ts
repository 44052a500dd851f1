/** What the doctor says: of each fault alone, of several at once, and nothing of any where there is none. */
import { strict as assert } from "node:assert";
import type { NetworkInterfaceInfo } from "node:os";
import type { Status } from "../../src/daemon/api.ts";
import type { Diagnosis } from "../../src/daemon/diagnosis.ts";
import { diagnose, isWell, type Facts, type Finding } from "../../src/daemon/doctor.ts";
import { wordsOf } from "../../src/daemon/doctorWords.ts";
import type { Said } from "../../src/net/look.ts";
import type { NeighbourFacts, Surroundings, ToldFacts } from "../../src/net/survey.ts";
import { personId } from "../helpers/fakeMessenger.ts";
import { cleanUp, couloir, emptyFolder, serve } from "./harness.ts";

const at = (address: string, netmask = "255.255.255.0"): NetworkInterfaceInfo[] => [
  { address, family: "IPv4", internal: address.startsWith("127."), netmask, mac: "", cidr: null },
];
const linkLocal = (): NetworkInterfaceInfo[] => [
  {
    address: "fe80::1",
    family: "IPv6",
    internal: false,
    netmask: "ffff:ffff:ffff:ffff::",
    mac: "",
    cidr: null,
    scopeid: 3,
  },
];
const daemon: Status = {
  state: "running",
  version: "1.0.0",
  person: personId("a"),
  name: "Me",
  peerId: "12D3",
  addresses: ["/ip4/192.168.1.7/tcp/4001"],
  peers: 2,
  venue: "couloir",
  buckets: 1,
  keyed: false,
  hub: [],
};
/** Of three neighbours nothing is to be said. */
const apart: NonNullable<Status["standing"]> = { vouched: 3, strangers: 0, keyed: 0, otherKey: 0, otherwise: 0 };
const said = (more: Partial<Said> = {}): Said => ({ ahead: 200, multicast: true, back: "open", others: [], ...more });
const neighbour = (more: Partial<NeighbourFacts> = {}): NeighbourFacts => ({
  address: "/ip4/192.168.1.8/tcp/4001",
  way: "tcp",
  inbound: false,
  near: true,
  heard: true,
  said: said(),
  ...more,
});
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  neighbours: [neighbour(), neighbour({ address: "/ip4/192.168.1.9/tcp/8020/ws", way: "hub" })],
  told: [{ host: "192.168.1.10", by: "192.168.1.9", found: "open" }],
  multicast: true,
  ...more,
});
const well: Facts = {
  interfaces: { lo: at("127.0.0.1"), wlan0: at("192.168.1.7") },
  routes: [{ name: "wlan0", gateway: "192.168.1.1" }],
  portal: undefined,
  multicast: { sent: true, looped: true, heard: 2 },
  daemon,
  around: around(),
  now: Date.UTC(2026, 10, 22),
};
const nobody = { sent: true, looped: true, heard: 0 };
const empty: Partial<Facts> = {
  multicast: nobody,
  daemon: { ...daemon, peers: 0 },
  around: around({ neighbours: [], told: [] }),
};
const neighbours = (...more: readonly Partial<NeighbourFacts>[]): Partial<Facts> => ({
  around: around({ neighbours: more.map(neighbour) }),
});
const skews = (...ahead: readonly number[]): Partial<Facts> =>
  neighbours(...ahead.map((ms) => ({ said: said({ ahead: ms }) })));
const told = (...found: readonly ToldFacts["found"][]): Partial<Facts> => ({
  around: around({
    told: found.map((one, index) => ({ host: `192.168.1.${index + 20}`, by: "192.168.1.9", found: one })),
  }),
});
/** What each of three neighbours tells of one other. */
const toldByEach = (...found: readonly ToldFacts["found"][]): Partial<Facts> => ({
  around: around({
    told: found.map((one, index) => ({ host: `192.168.1.${index + 20}`, by: `192.168.1.${index + 8}`, found: one })),
  }),
});
const deaf = (...more: readonly Partial<NeighbourFacts>[]): Partial<Facts> => ({
  multicast: nobody,
  ...neighbours(...more.map((one) => ({ heard: false, ...one }))),
});
const MINUTE = 60_000;

const named = (facts: Facts, ...levels: readonly Finding["level"][]): string[] =>
  diagnose(facts)
    .filter(({ level }) => levels.includes(level))
    .map(({ code }) => code);
/** What is in the way. */
const complaints = (facts: Facts): string[] => named(facts, "look", "bad");

describe("doctor", () => {
  afterEach(cleanUp);

  it("tells where pages with a lock are, and by which fingerprint they are known", () => {
    const secure = { urls: ["https://192.168.1.7:8443"], fingerprint: "AB:CD" };
    const findings = diagnose({ ...well, daemon: { ...daemon, secure } });
    assert.equal(isWell(findings), true);
    const { text } = wordsOf(findings.find(({ code }) => code === "secure")!);
    for (const word of [...secure.urls, secure.fingerprint, "Browsers warn"]) assert.ok(text.includes(word), word);
    assert.ok(!diagnose(well).some(({ code }) => code === "secure"));
  });

  it("finds nothing where all is well", () => {
    assert.deepEqual(complaints(well), []);
    assert.deepEqual(
      diagnose(well).map(({ code }) => code),
      ["address", "multicast", "listening", "paths"],
    );
    assert.equal(isWell(diagnose(well)), true);
  });

  it("finds nothing wrong with a healthy network on which nobody else is", () => {
    const facts = { ...well, ...empty };
    assert.deepEqual(complaints(facts), []);
    assert.equal(isWell(diagnose(facts)), true);
    assert.deepEqual(named(facts, "note"), ["multicast-silent", "alone"]);
  });

  for (const [what, facts, codes] of [
    ["no network at all", { interfaces: { lo: at("127.0.0.1") } }, ["no-address"]],
    [
      "only a VPN and containers",
      { ...empty, interfaces: { tun0: at("10.8.0.2"), docker0: at("172.17.0.1") } },
      ["no-address", "vpn"],
    ],
    [
      "a VPN beside the Wi-Fi, and nobody",
      { ...empty, interfaces: { ...well.interfaces, wg0: at("10.8.0.2") } },
      ["vpn"],
    ],
    [
      "a VPN under an everyday name",
      { ...empty, interfaces: { ...well.interfaces, eth7: at("10.8.0.2", "255.255.255.255") } },
      ["vpn"],
    ],
    ["an address that nobody gave", { interfaces: { wlan0: at("169.254.7.7") } }, ["self-assigned"]],
    ["no way out", { routes: [] }, ["no-gateway"]],
    ["a page for signing in", { ...empty, portal: "192.168.1.1" }, ["portal"]],
    ["a clock from the last century", { now: 0 }, ["clock"]],
    ["a clock far ahead", { now: Date.UTC(2101, 0) }, ["clock"]],
    ["a clock that is behind all others", skews(14 * MINUTE, 15 * MINUTE, 15 * MINUTE), ["clock-behind"]],
    ["a clock that is ahead of most others", skews(-14 * MINUTE, -15 * MINUTE, 0), ["clock-ahead"]],
    ["a clock that differs from the only other", skews(-14 * MINUTE), ["clock-differs"]],
    ["guests kept apart", told("silent"), ["isolation"]],
    ["guests kept apart, all but those on a cable", told("unreachable", "open"), ["isolation"]],
    ["guests kept apart, by the word of two of three", toldByEach("silent", "open", "silent"), ["isolation"]],
    ["multicast that is filtered", deaf({}), ["multicast-filtered"]],
    ["multicast that cannot be sent", { ...empty, multicast: { ...nobody, sent: false } }, ["multicast-unsent"]],
    [
      "multicast that does not even come back",
      { ...empty, multicast: { ...nobody, looped: false } },
      ["multicast-unsent"],
    ],
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
    ["a firewall", neighbours({ said: said({ back: "silent" }) }, { said: said({ back: "refused" }) }), ["firewall"]],
    ["a daemon that listens nowhere", { daemon: { ...daemon, addresses: [] } }, ["not-listening"]],
    ["no daemon", { daemon: undefined, around: undefined }, ["not-running"]],
    [
      "everything at once",
      {
        multicast: nobody,
        routes: [],
        around: around({
          neighbours: [neighbour({ heard: false, said: said({ ahead: 9 * MINUTE, back: "silent" }) })],
          told: [{ host: "192.168.1.20", by: "192.168.1.8", found: "silent" }],
        }),
      },
      ["clock-differs", "no-gateway", "isolation", "multicast-filtered", "firewall"],
    ],
  ] as const satisfies readonly (readonly [string, Partial<Facts>, readonly string[]])[])
    it(`names ${what}`, () => {
      assert.deepEqual(complaints({ ...well, ...facts }), codes);
      assert.equal(isWell(diagnose({ ...well, ...facts })), false);
    });

  for (const [what, facts] of [
    ["the right key", { daemon: { ...daemon, keyed: true, standing: { ...apart, keyed: 3 } } }],
    ["a VPN that leaves the neighbours alone", { interfaces: { ...well.interfaces, wg0: at("10.8.0.2") } }],
    [
      "a VPN in which the others are reached all the same",
      { interfaces: { ...well.interfaces, wg0: at("10.8.0.2") }, routes: [{ name: "wg0" }] },
    ],
    ["the tunnels that every Mac has", { ...empty, interfaces: { ...well.interfaces, utun0: linkLocal() } }],
    ["a public address", { ...empty, interfaces: { wlan0: at("8.8.4.4") } }],
    ["a routing table that cannot be read", { routes: undefined }],
    ["clocks that are a minute apart", skews(MINUTE, -MINUTE)],
    ["one clock of three that is wrong", skews(0, 30 * MINUTE, -100)],
    ["two clocks that are wrong, each in its way", skews(30 * MINUTE, -30 * MINUTE)],
    ["a neighbour's machine that is there and refuses", told("refused")],
    ["somebody who is not there, by the word of one of three", toldByEach("open", "silent", "refused")],
    ["somebody who is not there, by the word of one of two", toldByEach("silent", "open")],
    ["neighbours of whom nothing was tried", told("untried", "untried")],
    ["a multicast that some hear", deaf({ heard: true }, {})],
    ["neighbours beyond a router, who cannot be heard", deaf({ near: false })],
    ["neighbours who take no part in multicast", deaf({ said: said({ multicast: false }) })],
    ["printers that answer when neighbours do not", { ...deaf({}), multicast: { ...nobody, heard: 1 } }],
    [
      "--no-mdns",
      { multicast: nobody, around: around({ multicast: false, neighbours: [neighbour({ heard: false })] }) },
    ],
    ["neighbours who could not try to come back", neighbours({ said: said({ back: "untried" }) })],
    ["a neighbour who could not come back, where another could", neighbours({ said: said({ back: "silent" }) }, {})],
    [
      "a neighbour who could not come back, where one came in",
      neighbours({ said: said({ back: "silent" }), inbound: true }),
    ],
    ["neighbours who say nothing", neighbours({ said: undefined as never }, { said: undefined as never })],
  ] as const satisfies readonly (readonly [string, Partial<Facts>])[])
    it(`does not complain of ${what}`, () => {
      assert.deepEqual(complaints({ ...well, ...facts }), []);
    });

  it("lets no stranger's word count against what most say of the venue", () => {
    const parts = { ...apart, otherwise: 1, buckets: 8 };
    const outvoted = { ...well, daemon: { ...daemon, standing: parts } };
    assert.deepEqual([complaints(outvoted), named(outvoted, "note")], [[], ["venue-others-differ"]]);
    const key = { ...apart, vouched: 1, strangers: 2, keyed: 2, otherKey: 1 };
    const other = { ...well, daemon: { ...daemon, keyed: true, standing: key } };
    assert.deepEqual([complaints(other), named(other, "note")], [[], ["venue-key-others"]]);
    const claimed = { ...well, daemon: { ...daemon, standing: { ...apart, keyed: 1 } } };
    assert.deepEqual([complaints(claimed), named(claimed, "note")], [[], ["venue-key-some"]]);
    // Of two who differ nobody knows which is wrong.
    const two = { ...well, daemon: { ...daemon, standing: { ...parts, vouched: 1 } } };
    assert.deepEqual(complaints(two), ["venue-differs"]);
  });

  it("does not even mention a VPN that leaves the neighbours alone", () => {
    const facts = { ...well, interfaces: { ...well.interfaces, wg0: at("10.8.0.2") } };
    assert.deepEqual(named(facts, "note"), []);
    assert.deepEqual(named({ ...facts, routes: [{ name: "wg0" }] }, "note"), ["vpn"]);
  });

  it("says how others are reached", () => {
    const facts = { ...well, ...neighbours({}, { way: "hub" }, { way: "webrtc" }, { way: "relay" }, {}) };
    const [paths] = diagnose(facts).filter(({ code }) => code === "paths");
    assert.equal(
      wordsOf(paths!).text,
      "5 others are in reach: 2 straight, 1 by a hub’s WebSocket, 1 by WebRTC, 1 through a relay.",
    );
  });

  it("says who is kept apart, from whom, and by how much a clock is wrong", () => {
    const text = (facts: Partial<Facts>, code: Finding["code"]): string =>
      wordsOf(diagnose({ ...well, ...facts }).find((one) => one.code === code)!).text;
    assert.match(
      text(told("silent", "silent"), "isolation"),
      /: 192\.168\.1\.20, 192\.168\.1\.21 do not answer this computer, and answer 192\.168\.1\.9\./u,
    );
    assert.match(
      text(skews(14 * MINUTE, 15 * MINUTE, 16 * MINUTE), "clock-behind"),
      /15 minutes behind those of 3 others/u,
    );
    assert.match(text(skews(-14 * MINUTE), "clock-differs"), /the one neighbour who was asked are 14 minutes apart/u);
  });

  it("counts somebody of whom two tell once", () => {
    const found = ["192.168.1.8", "192.168.1.9"].map((by) => ({ host: "192.168.1.20", by, found: "silent" }) as const);
    const [finding] = diagnose({ ...well, around: around({ told: found }) }).filter(({ code }) => code === "isolation");
    assert.deepEqual(finding?.values, { hosts: "192.168.1.20", apart: 1, by: "192.168.1.8, 192.168.1.9" });
  });

  it("says what to do next, in whole sentences", () => {
    for (const facts of [
      well,
      { ...well, ...empty, portal: "10.0.0.1" },
      { ...well, daemon: undefined, around: undefined },
      { ...well, ...empty, interfaces: {}, multicast: undefined, routes: [], now: 0 },
      { ...well, ...deaf({ said: said({ back: "silent", ahead: 9 * MINUTE }) }) },
      { ...well, ...told("silent") },
    ])
      for (const finding of diagnose(facts)) {
        const { text, next = "Nothing." } = wordsOf(finding);
        assert.match(text, /^[A-Z0-9].*\.$/u);
        assert.match(next, /^[A-Z].*(?:[.?]|: couloir .+)$/u);
        if (finding.level === "look" || finding.level === "bad") assert.notEqual(next, "Nothing.", finding.code);
      }
  });

  it("shows each link, and says so when all is well", async function () {
    this.timeout(10_000);
    const { folder } = await serve({ around: around() });
    const [words, json] = await Promise.all([couloir({ folder }, "doctor"), couloir({ folder }, "doctor", "--json")]);
    assert.match(words.stdout, /hub {4}to \/ip4\/192\.168\.1\.9\/tcp\/8020\/ws/u);
    const { well: isFine, findings, neighbours: shown } = JSON.parse(json.stdout) as Diagnosis;
    assert.equal(words.stdout.endsWith("All is well.\n"), isFine);
    assert.equal(isFine, isWell(findings));
    assert.deepEqual(shown[1], { address: "/ip4/192.168.1.9/tcp/8020/ws", way: "hub", inbound: false });
  });

  it("dials what somebody read out, and says when nobody is there", async () => {
    const { folder, dialed } = await serve();
    assert.equal((await couloir({ folder }, "dial", "G82G-0JXQ")).code, 0);
    assert.deepEqual(dialed, ["/ip4/192.168.8.20/tcp/8020/ws"]);
    const slip = await couloir({ folder }, "dial", "G82G-0JXR");
    assert.deepEqual([slip.code, /a letter wrong/u.test(slip.stderr)], [2, true]);
    assert.equal((await couloir({ folder }, "dial", "hello")).code, 2);
    const away = await couloir({ folder }, "dial", "192.0.2.1:4001");
    assert.deepEqual([away.code, /couloir doctor/u.test(away.stderr)], [1, true]);
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
