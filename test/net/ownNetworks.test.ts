import assert from "node:assert/strict";
import { syncBuiltinESMExports } from "node:module";
import os, { type NetworkInterfaceInfo } from "node:os";
import { isNear, mayDialFound } from "../../src/net/ownNetworks.ts";

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
    for (const host of ["192.168.2.1", "8.8.8.8", "fd01::1", "127.0.0.1", "hub.local", "", "192.168.1.9\0.example"])
      assert.equal(isNear(host, interfaces), false, host);
  });

  it("are not those of its containers, which others have by the same numbers, nor what a VPN leads to", () => {
    for (const host of ["172.17.0.2", "10.8.0.3", "10.9.0.2"]) assert.equal(isNear(host, interfaces), false, host);
  });

  it("are told from those of containers by names that systems give", () => {
    const own = ["br-lan", "br0", "bridge100", "vEthernet (External)", "Ethernet 2", "en0"];
    const theirs = ["docker0", "br-0a1b2c3d4e5f", "veth12ab", "vEthernet (WSL (Hyper-V firewall))", "lxdbr0"];
    const near = (name: string): boolean => isNear("192.168.1.9", { [name]: info("192.168.1.7/24") });
    assert.deepEqual(own.filter(near), own);
    assert.deepEqual(theirs.filter(near), []);
  });

  it("are looked up once, however many addresses strangers announce at a time", () => {
    const { networkInterfaces } = os;
    let asked = 0;
    os.networkInterfaces = () => {
      asked++;
      return networkInterfaces();
    };
    syncBuiltinESMExports();
    try {
      for (let n = 0; n < 100; n++) {
        assert.equal(mayDialFound(`/ip4/198.51.100.${n}/tcp/1`, `198.51.100.${n}`), false);
        mayDialFound(`/ip4/127.0.0.1/tcp/${n}`, "127.0.0.1");
      }
    } finally {
      os.networkInterfaces = networkInterfaces;
      syncBuiltinESMExports();
    }
    // The time for which an answer holds may end meanwhile.
    assert.ok(asked < 20, `${asked} times`);
  });
});
