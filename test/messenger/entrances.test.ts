import assert from "node:assert/strict";
import { entrances } from "../../src/messenger/entrances.ts";

const tcp = (host: string, port = 4001): string => `/ip4/${host}/tcp/${port}/p2p/me`;
const ws = (host: string): string => `/ip4/${host}/tcp/8020/ws/p2p/me`;
const through = (relay: string): string => `${relay.replace("/me", "/hub")}/p2p-circuit/p2p/me`;
const hub = (address: string): string => address.replace("/me", "/hub");

describe("the addresses in a code", () => {
  it("of a hub on two networks lead a page in on both", () => {
    const told = [tcp("10.0.0.2"), tcp("192.168.1.2"), ws("10.0.0.2"), ws("192.168.1.2")];
    assert.deepEqual(entrances(told), [ws("10.0.0.2"), ws("192.168.1.2")]);
  });

  it("of a hub on one network are its two ways in, or the way through another hub", () => {
    const told = [tcp("10.0.0.2"), ws("10.0.0.2")];
    assert.deepEqual(entrances(told), [ws("10.0.0.2"), tcp("10.0.0.2")]);
    assert.deepEqual(entrances([...told, through(ws("10.0.0.9"))]), [ws("10.0.0.2"), hub(ws("10.0.0.9"))]);
  });

  it("of a daemon that is no hub are its own, and a hub's for pages, however many hubs there are", () => {
    assert.deepEqual(entrances([tcp("10.0.0.2"), tcp("192.168.1.2")]), [tcp("10.0.0.2"), tcp("192.168.1.2")]);
    const told = [tcp("10.0.0.2"), tcp("192.168.1.2"), through(tcp("10.0.0.8")), through(ws("10.0.0.8"))];
    assert.deepEqual(entrances([...told, through(ws("10.0.0.9"))]), [tcp("10.0.0.2"), hub(ws("10.0.0.8"))]);
  });

  it("of a page are two hubs', so that one of them may be switched off", () => {
    const told = [
      through(ws("10.0.0.8")),
      `${through(ws("10.0.0.8"))}/webrtc/p2p/me`,
      through(tcp("10.0.0.8")),
      through(ws("10.0.0.9")),
    ];
    assert.deepEqual(entrances(told), [hub(ws("10.0.0.8")), hub(ws("10.0.0.9"))]);
    assert.deepEqual(entrances(told.slice(0, 2)), [hub(ws("10.0.0.8"))]);
    assert.deepEqual(entrances([]), []);
  });

  it("of a page are two hubs', however many addresses the first of them has; of one hub they are two of its own", () => {
    const docker = through(ws("172.17.0.1"));
    const other = through(ws("10.0.0.9")).replace("/hub", "/hub2");
    assert.deepEqual(entrances([through(ws("10.0.0.8")), docker, other]), [
      hub(ws("10.0.0.8")),
      other.split("/p2p-c")[0],
    ]);
    assert.deepEqual(entrances([through(ws("10.0.0.8")), docker]), [hub(ws("10.0.0.8")), hub(ws("172.17.0.1"))]);
  });

  it("name no certificate, which is another one tomorrow", () => {
    assert.deepEqual(entrances(["/ip4/10.0.0.2/udp/8020/webrtc-direct/certhash/uE/p2p/me"]), []);
  });

  it("are those of the venue before those of containers and a VPN, which count where there is nothing else", () => {
    const [docker, vpn, dockerWs] = [tcp("172.17.0.1"), tcp("10.8.0.2"), ws("172.17.0.1")];
    const hubs = [tcp("10.0.0.2"), ws("10.0.0.2"), docker, vpn, dockerWs];
    const apart = [docker, vpn, dockerWs];
    assert.deepEqual(entrances(hubs, apart), [ws("10.0.0.2"), tcp("10.0.0.2")]);
    assert.deepEqual(entrances([...hubs, through(ws("10.0.0.9"))], apart), [ws("10.0.0.2"), hub(ws("10.0.0.9"))]);
    assert.deepEqual(entrances([tcp("10.0.0.2"), dockerWs], apart), [tcp("10.0.0.2"), dockerWs]);
    assert.deepEqual(entrances([tcp("10.0.0.2"), tcp("10.1.0.2"), dockerWs], apart)[1], tcp("10.1.0.2"));
    assert.deepEqual(entrances([tcp("10.0.0.2"), vpn], apart), [tcp("10.0.0.2"), vpn]);
  });
});
