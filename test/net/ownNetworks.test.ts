import assert from "node:assert/strict";
import type { NetworkInterfaceInfo } from "node:os";
import { isNear } from "../../src/net/ownNetworks.ts";

const info = (cidr: string, more: Partial<NetworkInterfaceInfo> = {}): readonly NetworkInterfaceInfo[] => [
  { address: cidr.split("/")[0], cidr, netmask: "", mac: "", internal: false, family: "IPv4", ...more } as never,
];

describe("a machine's own networks", () => {
  const interfaces = {
    lo: info("127.0.0.1/8", { internal: true }),
    wlan0: [...info("192.168.1.7/24"), ...info("fd00::7/64", { family: "IPv6" })],
    docker0: info("172.17.0.1/16"),
    wg0: info("10.8.0.2/24"),
    en9: info("10.9.0.2/32", { netmask: "255.255.255.255" }),
  };

  it("are those of the venue", () => {
    for (const host of ["192.168.1.200", "fd00::99"]) assert.equal(isNear(host, interfaces), true, host);
    for (const host of ["192.168.2.1", "8.8.8.8", "fd01::1", "127.0.0.1", "hub.local", ""])
      assert.equal(isNear(host, interfaces), false, host);
  });

  it("are not those of its containers, which others have by the same numbers, nor what a VPN leads to", () => {
    for (const host of ["172.17.0.2", "10.8.0.3", "10.9.0.2"]) assert.equal(isNear(host, interfaces), false, host);
  });
});
