/** What the doctor finds out from the system: routes, the gateway's own page, who answers by multicast. */
import { strict as assert } from "node:assert";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { NetworkInterfaceInfo } from "node:os";
import { bsdRoutes, linuxRoutes, windowsRoutes } from "../../src/daemon/defaultRoutes.ts";
import { askGateway, isPortal } from "../../src/daemon/portal.ts";
import { askAround, isAnswer, mdnsQuery } from "../../src/daemon/probe.ts";
import { cleanUp, later } from "./harness.ts";

const at = (address: string): NetworkInterfaceInfo[] => [
  { address, family: "IPv4", internal: false, netmask: "255.255.255.0", mac: "", cidr: null },
];

describe("what the doctor looks at", () => {
  afterEach(cleanUp);

  it("reads the ways out on every system", () => {
    assert.deepEqual(
      linuxRoutes(
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n" +
          "tun0\t00000000\t0108080A\t0003\t0\t0\t0\t00000080\t0\t0\t0\n" +
          "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n" +
          "wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0\n",
      ),
      [
        { name: "tun0", gateway: "10.8.8.1" },
        { name: "wlan0", gateway: "192.168.1.1" },
      ],
    );
    assert.deepEqual(
      bsdRoutes(
        "Routing tables\n\nInternet:\nDestination        Gateway            Flags           Netif Expire\n" +
          "default            192.168.1.1        UGScg             en0       \n0/1                utun3              UScg            utun3\n" +
          "127                127.0.0.1          UCS               lo0       \n",
      ),
      [{ name: "en0", gateway: "192.168.1.1" }, { name: "utun3" }],
    );
    assert.deepEqual(
      windowsRoutes(
        "Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik\r\n          0.0.0.0          0.0.0.0      192.168.1.1      192.168.1.7     25\r\n" +
          "        127.0.0.0        255.0.0.0   Auf Verbindung         127.0.0.1    331\r\n",
        { "WLAN 2": at("192.168.1.7") },
      ),
      [{ name: "WLAN 2", gateway: "192.168.1.1" }],
    );
    for (const junk of ["", "\n\n", "a b c", "\t\t\t\t\t\t\t\t"])
      assert.deepEqual([...linuxRoutes(junk), ...bsdRoutes(junk), ...windowsRoutes(junk, {})], []);
  });

  it("tells a page for signing in from a router's own", () => {
    const redirect = (location: string) => ({ status: 302, location });
    const own = ["192.168.1.7"];
    for (const answer of [
      { status: 511, location: "" },
      redirect("http://portal.hotel.example/login?res=notyet&userurl=http%3A%2F%2Fconnectivity.invalid%2F"),
      redirect("https://captive.example/guest?mac=02:00&ip=192.168.1.7"),
    ])
      assert.equal(isPortal(answer, own), true, answer.location);
    for (const answer of [
      { status: 200, location: "" },
      { status: 401, location: "" },
      redirect("/login.html"),
      redirect("http://fritz.box/"),
      redirect("https://192.168.1.1/Main_Login.asp?next=%E0%A4%A"),
      redirect("https://connectivity.invalid/"),
    ])
      assert.equal(isPortal(answer, own), false, answer.location);
  });

  it("asks the gateway, in plain HTTP and once", async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url, headers }, answer) => {
      asked.push(`${headers.host}${url}`);
      answer.writeHead(302, { Location: "http://portal.example/?url=connectivity.invalid" }).end("x".repeat(100_000));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    later(async () => void server.close());
    const { port } = server.address() as AddressInfo;
    const answer = await askGateway("127.0.0.1", port);
    assert.deepEqual(answer, { status: 302, location: "http://portal.example/?url=connectivity.invalid" });
    assert.deepEqual(asked, ["connectivity.invalid/"]);
    server.close();
    await once(server, "close");
    assert.equal(await askGateway("127.0.0.1", port), undefined);
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
});
