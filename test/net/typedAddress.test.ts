import assert from "node:assert/strict";
import fc from "fast-check";
import { addressKey } from "../../src/net/addresses.ts";
import { typedAddresses } from "../../src/net/typedAddress.ts";

describe("a typed address", () => {
  for (const [typed, dialed] of [
    ["G82G-0JXQ", ["/ip4/192.168.8.20/tcp/8020/ws"]],
    ["fzzqx xb556", ["/ip4/10.255.254.253/tcp/43817"]],
    ["192.168.8.20:4700", ["/ip4/192.168.8.20/tcp/4700", "/ip4/192.168.8.20/tcp/4700/ws"]],
    [" hub.example:4700 ", ["/dns4/hub.example/tcp/4700", "/dns4/hub.example/tcp/4700/ws"]],
    ["hub:4700", ["/dns4/hub/tcp/4700", "/dns4/hub/tcp/4700/ws"]],
    ["[fe80::1]:4700", ["/ip6/fe80::1/tcp/4700", "/ip6/fe80::1/tcp/4700/ws"]],
    ["couloir.local", ["/dns4/couloir.local/tcp/8020/ws"]],
    ["192.168.8.20", ["/ip4/192.168.8.20/tcp/8020/ws"]],
    ["http://192.168.8.20:8021/#couloir:abc", ["/ip4/192.168.8.20/tcp/8021/ws"]],
    ["https://hub.example/", ["/dns4/hub.example/tcp/443/tls/ws"]],
    ["/ip4/192.168.8.20/tcp/4001/ws", ["/ip4/192.168.8.20/tcp/4001/ws"]],
  ] as const)
    it(`dials ${typed.trim()}`, () => assert.deepEqual(typedAddresses(typed), dialed));

  it("dials nothing for what is none: a code with a slip least of all", () => {
    for (const typed of [
      "",
      "hello",
      "G82G-0JXR",
      "FZZQX-XB557",
      "a b:1",
      "host:99999",
      "/tcp/1",
      "ftp://x/",
      "http://",
    ])
      assert.deepEqual(typedAddresses(typed), [], typed);
  });

  it("never throws, and gives only what can be dialed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain()), (typed) => {
        for (const one of typedAddresses(typed)) assert.notEqual(addressKey(one), undefined, one);
      }),
    );
    assert.deepEqual(typedAddresses("1".repeat(1_000_000)), []);
  });
});
