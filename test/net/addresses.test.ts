import assert from "node:assert/strict";
import { multiaddr } from "@multiformats/multiaddr";
import fc from "fast-check";
import {
  addressKey,
  dialableOf,
  hostOf,
  isLanHost,
  isLocalName,
  isLoopback,
  isWebRtcDirect,
  mostDialableFirst,
  tellable,
} from "../../src/net/addresses.ts";

const peer = "12D3KooWGbkod8z9ABcyfQ1D6aY2vw4aRsasFz5Hjg4zafnkgoJ8";

const CERTHASH = "uEiDikp5KVUgkLta1EjUN-IKbHk-dUBg8VzKgf5nXxLK46w";

describe("addresses", () => {
  it("have one spelling, without the peer id of the day", () => {
    for (const [given, key] of [
      ["192.168.1.5:4001", "/ip4/192.168.1.5/tcp/4001"],
      ["[fe80::1]:4001", "/ip6/fe80::1/tcp/4001"],
      ["hub.local:80", "/dns4/hub.local/tcp/80"],
      ["/ip4/192.168.1.5/tcp/4001", "/ip4/192.168.1.5/tcp/4001"],
      [`/ip4/192.168.1.5/tcp/4001/p2p/${peer}`, "/ip4/192.168.1.5/tcp/4001"],
      [`/ip4/10.0.0.1/tcp/1/ws/p2p/${peer}`, "/ip4/10.0.0.1/tcp/1/ws"],
      [`/ip4/10.0.0.1/tcp/1/p2p/${peer}/p2p-circuit`, `/ip4/10.0.0.1/tcp/1/p2p/${peer}/p2p-circuit`],
    ] as const)
      assert.equal(addressKey(given), key);
  });

  it("are refused without an error when they are none", () => {
    for (const given of ["", "x", ":1", "a b:1", "/", "/ip4/300.1.1.1/tcp/1", "1.2.3.4:70000", "/tcp/1\0", "é:1:2"])
      assert.equal(addressKey(given), undefined, given);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void addressKey(text)));
    assert.equal(addressKey(`/dns4/${"a".repeat(280)}/tcp/1`)?.length, 292);
    assert.equal(addressKey(`/dns4/${"a".repeat(300)}/tcp/1`), undefined);
  });

  it("know what a local network uses", () => {
    for (const host of [
      "10.1.2.3",
      "172.31.0.1",
      "192.168.0.1",
      "169.254.9.9",
      "100.64.0.1",
      "127.0.0.1",
      "fe80::1",
      "fd12::1",
      "::1",
    ])
      assert.equal(isLanHost(host), true, host);
    for (const host of [
      "8.8.8.8",
      "172.32.0.1",
      "192.169.0.1",
      "100.128.0.1",
      "2001:db8::1",
      "example.org",
      "",
      "10.1.2",
    ])
      assert.equal(isLanHost(host), false, host);
    assert.equal(isLoopback("/ip4/127.0.0.1/tcp/1"), true);
    assert.equal(isLoopback("/ip4/10.0.0.1/tcp/1"), false);
    assert.equal(hostOf("/ip4/10.0.0.1/tcp/1"), "10.0.0.1");
  });

  it("keep the peer id where a relay has to be told it", () => {
    const through = "/ip4/10.0.0.1/tcp/80/ws/p2p/12D3KooWD3bfmNbuuuVCYwkjnFt3ukm3qaB3hDED3peHHXawvRAi/p2p-circuit";
    const id = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
    for (const end of [`/p2p/${id}`, `/webrtc/p2p/${id}`]) assert.equal(addressKey(through + end), through + end);
    const told = [through + `/p2p/${id}`, through + `/webrtc/p2p/${id}`, "/ip4/8.8.8.8/tcp/1", "/ip4/10.0.0.2/tcp/1"];
    const dialable = (pages: boolean): readonly string[] =>
      dialableOf(
        told.map((one) => multiaddr(one)),
        multiaddr("/ip4/10.0.0.2/tcp/9/ws"),
        { pages, hubs: false },
      );
    assert.deepEqual(dialable(false), ["/ip4/10.0.0.2/tcp/1"]);
    assert.deepEqual(dialable(true), ["/ip4/10.0.0.2/tcp/1", `${through}/webrtc/p2p/${id}`]);
    // A relay at the host that was reached is further away than another host.
    const relayed = `${through.replace("10.0.0.1", "10.0.0.2")}/webrtc/p2p/${id}`;
    const direct = [3, 4, 5, 6].map((n) => `/ip4/10.0.0.${n}/tcp/1`);
    const from = (all: readonly string[]): readonly string[] =>
      dialableOf(
        all.map((one) => multiaddr(one)),
        multiaddr("/ip4/10.0.0.2/tcp/9/ws"),
        { pages: true, hubs: false },
      );
    assert.deepEqual(from([relayed, ...direct.slice(0, 1)]), [direct[0], relayed]);
    assert.deepEqual(from([relayed, ...direct]), direct, "four are enough");
  });

  it("that go straight to a hub by WebRTC come last, and only for who can use them", () => {
    const straight = `/ip4/10.0.0.2/udp/8020/webrtc-direct/certhash/${CERTHASH}`;
    const told = [straight, "/ip4/10.0.0.2/tcp/8020/ws"];
    const dialable = (hubs: boolean): readonly string[] =>
      dialableOf(
        told.map((one) => multiaddr(one)),
        multiaddr("/ip4/10.0.0.2/tcp/8020/ws"),
        { pages: false, hubs },
      );
    assert.deepEqual(dialable(false), ["/ip4/10.0.0.2/tcp/8020/ws"]);
    assert.deepEqual(dialable(true), ["/ip4/10.0.0.2/tcp/8020/ws", straight]);
    assert.equal(isWebRtcDirect(straight), true);
    assert.equal(isWebRtcDirect(`${straight}/p2p/${peer}/p2p-circuit/webrtc/p2p/${peer}`), false);
    assert.deepEqual(mostDialableFirst(told), told.toReversed());
  });

  it("of another machine's loopback are dialed on that machine only", () => {
    const told = ["/ip4/127.0.0.1/tcp/1/ws", "/ip4/10.0.0.2/tcp/1/ws"].map((one) => multiaddr(one));
    const from = (remote: string) => dialableOf(told, multiaddr(remote), { pages: false, hubs: false });
    assert.deepEqual(from("/ip4/10.0.0.2/tcp/9/ws"), ["/ip4/10.0.0.2/tcp/1/ws"]);
    assert.deepEqual(from("/ip4/127.0.0.1/tcp/9/ws"), ["/ip4/127.0.0.1/tcp/1/ws", "/ip4/10.0.0.2/tcp/1/ws"]);
  });

  it("are told in the order in which others can dial them", () => {
    const through = "/ip4/10.0.0.1/tcp/1/ws/p2p/r/p2p-circuit";
    const [webRtc, tcp] = [`${through}/webrtc/p2p/x`, "/ip4/10.0.0.1/tcp/1/p2p/r/p2p-circuit"];
    const plain = "/ip4/10.0.0.2/tcp/1";
    assert.deepEqual(mostDialableFirst([webRtc, tcp, through, plain]), [plain, through, tcp, webRtc]);
  });

  it("of this machine's containers and VPN are told last: the lists that others are told are short", () => {
    const told = ["/ip4/172.17.0.1/tcp/1", "/ip4/10.0.0.2/tcp/1", "/ip4/172.17.0.1/tcp/8/ws", "/ip4/10.0.0.2/tcp/8/ws"];
    const [bridge, own, bridgeWs, ownWs] = told;
    assert.deepEqual(mostDialableFirst(told, ["10.0.0.2"]), [own, ownWs, bridge, bridgeWs]);
    // A hub has containers as well; where it was reached others can.
    const through = "/ip4/10.0.0.1/tcp/1/ws/p2p/r/p2p-circuit";
    assert.deepEqual(mostDialableFirst([through, ...told.slice(0, 1)], ["10.0.0.2"]), [bridge, through]);
    const elsewhere = through.replace("10.0.0.1", "172.17.0.1");
    assert.deepEqual(mostDialableFirst([elsewhere, through], ["10.0.0.1"]), [through, elsewhere]);
    assert.deepEqual(mostDialableFirst(told), told);
  });

  it("know a name that only a local network has", () => {
    for (const host of ["hub", "localhost", "hub.local", "a.b.lan", "10.0.0.1"]) assert.equal(isLocalName(host), true);
    for (const host of ["example.org", "8.8.8.8", "local.example", "", "hub.local.org"])
      assert.equal(isLocalName(host), false, host);
  });

  it("are at the host that is really asked, whatever is written around it", () => {
    assert.equal(hostOf("/ip4/10.0.0.1/tcp/443/tls/sni/tracker.example/ws"), "");
    assert.equal(hostOf("/ip4/10.0.0.1/tcp/443/tls/ws"), "10.0.0.1");
    assert.equal(hostOf("/ip6zone/eth0/ip6/2001:db8::1/tcp/1"), "2001:db8::1");
    assert.equal(hostOf("/ip6zone/eth0/ip6/fe80::1/tcp/1"), "fe80::1");
    for (const host of [
      // To whoever looks them up these are 8.8.8.8, 8.8.8.8, 87.8.8.8, and a name to ask for.
      "134744072",
      "0x08080808",
      "0127.8.8.8",
      "1e1.8.8.8",
      "10.8.8.8.",
      "fd:.tracker.example",
      "fd:.bad.cafe",
      // To a WebSocket these are tracker.example.
      "tracker.example#.local",
      "tracker.example?.local",
      "tracker.example\\.local",
      "me@tracker.example",
      "tracker.example:1#.local",
      ".local",
      "::ffff:8.8.8.8",
      "::ffff:808:808",
      "64:ff9b::808:808",
    ])
      assert.equal(isLocalName(host), false, host);
  });

  it("that are told leave loopback out where there is a network", () => {
    assert.deepEqual(tellable(["/ip4/127.0.0.1/tcp/1", "/ip4/10.0.0.1/tcp/1"]), ["/ip4/10.0.0.1/tcp/1"]);
    assert.deepEqual(tellable(["/ip4/127.0.0.1/tcp/1"]), ["/ip4/127.0.0.1/tcp/1"]);
  });
});
