import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { bounded, udpAddresses, udpPort, type StraightListener } from "../../src/net/webRtcDirect.ts";

describe("WebRTC straight from pages", () => {
  it("has the hub's number for its port, and any where that is taken", async () => {
    const other = createSocket("udp4");
    other.bind(0);
    await once(other, "listening");
    const { port } = other.address();
    assert.equal(await udpPort(port), 0);
    other.close();
    await once(other, "close");
    assert.equal(await udpPort(port), port);
    assert.equal(await udpPort(0), 0);
  });

  it("listens once for each family of addresses", () => {
    assert.deepEqual(udpAddresses(["/ip4/0.0.0.0/tcp/1", "/ip4/10.0.0.1/tcp/2", "/ip6/::/tcp/3"], 8020), [
      "/ip6/::/udp/8020/webrtc-direct",
      "/ip4/0.0.0.0/udp/8020/webrtc-direct",
    ]);
  });

  it("holds few half open for strangers, however many datagrams come, and leaves room for others", async () => {
    const open: (() => void)[] = [];
    const taken = new Map<string, number>();
    const listener = bounded({
      incomingConnection: async (_: string, host: string) => {
        taken.set(host, (taken.get(host) ?? 0) + 1);
        await new Promise<void>((resolve) => open.push(resolve));
        throw new Error("it never opened");
      },
    } as unknown as StraightListener);
    const { signal } = new AbortController();
    const come = (host: string, times: number): Promise<void>[] =>
      Array.from({ length: times }, (_, at) => listener.incomingConnection(`u${at}`, host, at, signal));
    const flood = come("10.0.0.66", 1000);
    assert.deepEqual([...taken], [["10.0.0.66", 16]]);
    const honest = come("10.0.0.7", 1);
    assert.equal(taken.get("10.0.0.7"), 1);
    const crowd = Array.from({ length: 1000 }, (_, at) => come(`10.0.1.${at}`, 1)).flat();
    assert.equal(open.length, 32);
    for (const end of open) end();
    await Promise.allSettled([...flood, ...honest, ...crowd]);
    const again = come("10.0.0.66", 1);
    assert.equal(taken.get("10.0.0.66"), 17, "what has ended makes room");
    open.at(-1)?.();
    await Promise.allSettled(again);
  });
});
