/** A hub as a whole: its certificate, its addresses, and who it is after a restart. */
import { strict as assert } from "node:assert";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { request, type RequestOptions } from "node:https";
import type { IncomingMessage } from "node:http";
import type { NetworkInterfaceInfo } from "node:os";
import { join } from "node:path";
import { openHub, type Hub, type HubOptions, type HubPlace } from "../../src/daemon/hub/hub.ts";
import { hubHosts } from "../../src/net/interfaces.ts";
import { CERTIFICATE, KEY } from "../helpers/certificate.ts";
import { FakeMessenger } from "../helpers/fakeMessenger.ts";
import { cleanUp, emptyFolder, later } from "./harness.ts";

const has = (address: string, internal = false): NetworkInterfaceInfo[] => [
  { address, netmask: "255.255.255.0", family: "IPv4", mac: "00:00:00:00:00:00", internal, cidr: `${address}/24` },
];

const open = async (
  options: Partial<HubOptions> = {},
  more: Partial<HubPlace> & { kept?: Map<string, unknown> } = {},
): Promise<Hub & { readonly logged: string[] }> => {
  const kept = more.kept ?? new Map<string, unknown>();
  const logged: string[] = [];
  const hub = await openHub({
    options: { room: "", port: 0, ...options },
    app: undefined,
    folder: {
      kept: async (name) => kept.get(name),
      keep: async (name, value) => void kept.set(name, value),
    },
    hidden: false,
    log: (line) => logged.push(line),
    interfaces: () => ({ eth0: has("192.0.2.7"), eth1: has("198.51.100.7") }),
    ...more,
  });
  later(() => hub.close());
  return { ...hub, logged };
};

const messenger = async (): Promise<FakeMessenger> => {
  const fake = new FakeMessenger();
  await fake.setProfile({ name: "Ana\u202e", flag: "", delegation: "" });
  return fake;
};

describe("hub: its addresses", () => {
  it("are followed by a name, while it has one, and never with a certificate, which is for other names", async () => {
    const given: { name?: string } = {};
    const hub = await open({}, { named: () => given.name });
    hub.serve(await messenger());
    assert.equal(hub.descriptor()?.urls.length, 2);
    given.name = "couloir.local";
    const { urls = [], addresses = [] } = hub.descriptor() ?? {};
    assert.deepEqual([urls.length, urls.at(-1)], [3, `http://couloir.local:${hub.part.port}`]);
    assert.ok(addresses.length === 2 && addresses.every((address) => address.startsWith("/ip4/")), "no page dials it");
    assert.equal(hub.part.addresses, undefined);
  });

  it("are those of the venue's networks", () => {
    const lo = has("127.0.0.1", true);
    assert.deepEqual(
      hubHosts({
        lo,
        wlan0: has("192.168.1.7"),
        eth0: has("10.0.0.7"),
        docker0: has("172.17.0.1"),
        tun0: has("10.8.0.2"),
      }),
      ["192.168.1.7", "10.0.0.7"],
    );
    assert.deepEqual(hubHosts({ lo, wlan0: has("169.254.3.4"), eth0: has("10.0.0.7") }), ["10.0.0.7"]);
    assert.deepEqual(hubHosts({ lo, wlan0: has("169.254.3.4") }), ["169.254.3.4"]);
    assert.deepEqual(hubHosts({ lo, veth1: has("10.1.0.7") }), ["10.1.0.7"], "better than none");
    assert.deepEqual(hubHosts({ lo }), ["127.0.0.1"]);
  });
});

describe("hub: what it says of itself", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

  it("names its room, its owner and all its addresses, made harmless", async () => {
    const hub = await open({ room: "Room\u0007 XX" });
    assert.equal(hub.descriptor(), undefined, "it does not know yet who it is");
    const fake = await messenger();
    hub.serve(fake);
    const { port } = hub.part;
    const { peerId } = fake.status();
    assert.deepEqual(hub.descriptor(), {
      name: "Ana",
      venue: "test",
      buckets: 1,
      keyed: false,
      room: "Room XX",
      peerId,
      urls: [`http://192.0.2.7:${port}`, `http://198.51.100.7:${port}`],
      addresses: [`/ip4/192.0.2.7/tcp/${port}/ws/p2p/${peerId}`, `/ip4/198.51.100.7/tcp/${port}/ws/p2p/${peerId}`],
      words: "",
    });
    const served = (await (await fetch(`http://127.0.0.1:${port}/hub.json`)).json()) as unknown;
    assert.deepEqual(served, hub.descriptor());
  });

  it("tells pages the way straight in, with the certificate of the moment, at the venue's addresses only", async () => {
    const hub = await open();
    const fake = await messenger();
    const status = fake.status();
    const straight = (host: string): string => `/ip4/${host}/udp/8020/webrtc-direct/certhash/uEi/p2p/${status.peerId}`;
    const hosts = ["192.0.2.7", "172.17.0.1"];
    fake.status = () => ({ ...status, addresses: ["/ip4/192.0.2.7/tcp/1", ...hosts.map(straight)] });
    hub.serve(fake);
    const told = hub.descriptor()?.addresses.filter((address) => !address.includes("/ws/"));
    assert.deepEqual(told, [straight("192.0.2.7")]);
    assert.ok(!hub.descriptor()?.urls.some((url) => url.includes("webrtc")));
  });

  it("follows the networks of the machine, and keeps its owner's name when it is to", async () => {
    let address = "192.0.2.7";
    const hub = await open({}, { hidden: true, interfaces: () => ({ eth0: has(address) }) });
    hub.serve(await messenger());
    assert.equal(hub.descriptor()?.name, "");
    address = "192.0.2.8";
    assert.deepEqual(hub.descriptor()?.urls, [`http://192.0.2.8:${hub.part.port}`]);
  });

  it("is the same hub at the same port after a restart", async () => {
    const kept = new Map<string, unknown>();
    const first = await open({}, { kept });
    const { port, seed } = first.part;
    assert.equal(seed.length, 32);
    await first.close();
    // As it is without --hub-port.
    const { port: _, ...options } = { port: 0, room: "" };
    const again = await openHub({
      options,
      app: undefined,
      folder: { kept: async (name) => kept.get(name), keep: async (name, value) => void kept.set(name, value) },
      hidden: false,
      log: () => undefined,
    });
    later(() => again.close());
    assert.equal(again.part.port, port);
    assert.deepEqual(again.part.seed, seed);
    assert.notDeepEqual((await open()).part.seed, seed, "another folder is another hub");
  });

  it("says on the terminal, and to whoever opens it, that there is no app", async () => {
    const hub = await open();
    assert.match(hub.logged.join(), /the app for browsers is not built here/u);
    assert.equal((await fetch(`http://127.0.0.1:${hub.part.port}/`)).status, 503);
  });
});

describe("hub: with a certificate", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

  const files = async (cert: string | Buffer, key: string | Buffer): Promise<{ cert: string; key: string }> => {
    const folder = await emptyFolder();
    const paths = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
    await writeFile(paths.cert, cert);
    await writeFile(paths.key, key);
    return paths;
  };

  it("speaks https and wss by the names of the certificate", async () => {
    const hub = await open({ certificate: await files(CERTIFICATE, KEY) });
    hub.serve(await messenger());
    const { port, addresses } = hub.part;
    assert.deepEqual(hub.descriptor()?.urls, [`https://hub.test:${port}`]);
    assert.deepEqual(addresses, [`/dns4/hub.test/tcp/${port}/tls/ws`]);
    const options: RequestOptions = {
      host: "127.0.0.1",
      servername: "hub.test",
      port,
      path: "/hub.json",
      ca: CERTIFICATE,
      agent: false,
    };
    const asking = request(options).end();
    const [answer] = (await once(asking, "response")) as [IncomingMessage];
    assert.equal(answer.statusCode, 200);
    answer.resume();
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`), "nothing is served in the clear beside it");
  });

  it("adds the addresses that it is for", async () => {
    const hub = await open(
      { certificate: await files(CERTIFICATE, KEY) },
      { interfaces: () => ({ lo: has("127.0.0.1", true) }) },
    );
    assert.deepEqual(hub.part.addresses, [
      `/dns4/hub.test/tcp/${hub.part.port}/tls/ws`,
      `/ip4/127.0.0.1/tcp/${hub.part.port}/tls/ws`,
    ]);
  });

  it("says what is wrong with the files", async () => {
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const locked = other.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" });
    const plain = other.export({ type: "pkcs8", format: "pem" });
    for (const [certificate, words] of [
      [await files(CERTIFICATE, plain), /--cert and --key do not belong together/u],
      [await files("no certificate", KEY), /not a certificate and its key in PEM form/u],
      [await files(CERTIFICATE, "no key"), /not a certificate and its key in PEM form/u],
      [await files(CERTIFICATE, locked), /--key is locked by a passphrase/u],
      [{ cert: "/nowhere/cert.pem", key: "/nowhere/key.pem" }, /--cert \/nowhere\/cert\.pem: it does not exist/u],
    ] as const)
      await assert.rejects(open({ certificate }), (error: Error & { fault?: string }) => {
        assert.equal(error.fault, "usage");
        assert.match(error.message, words);
        assert.doesNotMatch(error.message, /\n/u);
        return true;
      });
  });
});
