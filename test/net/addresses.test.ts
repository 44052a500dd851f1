import assert from "node:assert/strict";
import fc from "fast-check";
import { addressKey, hostOf, isLanHost, isLoopback, tellable } from "../../src/net/addresses.ts";

const peer = "12D3KooWGbkod8z9ABcyfQ1D6aY2vw4aRsasFz5Hjg4zafnkgoJ8";

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
    assert.equal(addressKey("/ip4/1.2.3.4/tcp/1".padEnd(5000, "/ws")), undefined);
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

  it("that are told leave loopback out where there is a network", () => {
    assert.deepEqual(tellable(["/ip4/127.0.0.1/tcp/1", "/ip4/10.0.0.1/tcp/1"]), ["/ip4/10.0.0.1/tcp/1"]);
    assert.deepEqual(tellable(["/ip4/127.0.0.1/tcp/1"]), ["/ip4/127.0.0.1/tcp/1"]);
  });
});
