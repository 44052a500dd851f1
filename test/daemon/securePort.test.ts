/** The port with a certificate of the hub's own: what the certificate is, how long it stays, and what is served there. */
import { strict as assert } from "node:assert";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request, type RequestOptions } from "node:https";
import { createServer, type AddressInfo } from "node:net";
import type { NetworkInterfaceInfo } from "node:os";
import { connect, type TLSSocket } from "node:tls";
import { WebSocket } from "ws";
import { openHub, type Hub } from "../../src/daemon/hub/hub.ts";
import type { HubDescriptor } from "../../src/daemon/hub/hubServer.ts";
import { certificateFor, MAX_MADE, type OwnCertificates } from "../../src/daemon/hub/ownCertificates.ts";
import { openSecurePort, SECURE_MEMORY, type SecurePort } from "../../src/daemon/hub/securePort.ts";
import { newCertificateKey, selfSigned } from "../../src/daemon/hub/selfSigned.ts";
import { hubSockets } from "../../src/net/hubListener.ts";
import { FakeMessenger } from "../helpers/fakeMessenger.ts";
import { cleanUp, later } from "./harness.ts";

const NOW = Date.UTC(2027, 0, 31, 12, 0, 0, 500);
const DAY = 86_400_000;
const HERE = ["192.0.2.7", "127.0.0.1", "couloir.local"];
const ELSEWHERE = ["198.51.100.7", "127.0.0.1", "couloir.local"];

const fresh = (): OwnCertificates => ({ key: newCertificateKey(), made: [] });

describe("a hub's own certificate", () => {
  it("is for the hosts that it is made for, for a server, and signs nothing else", async () => {
    const made = new X509Certificate(await selfSigned({ key: newCertificateKey(), hosts: HERE, now: NOW }));
    assert.equal(made.subjectAltName, "IP Address:192.0.2.7, IP Address:127.0.0.1, DNS:couloir.local");
    assert.deepEqual([made.checkIP("192.0.2.7"), made.checkHost("couloir.local")], ["192.0.2.7", "couloir.local"]);
    assert.equal(made.checkIP("192.0.2.8"), undefined);
    assert.deepEqual([made.subject, made.issuer], ["CN=Couloir hub", "CN=Couloir hub"], "nobody's name");
    assert.deepEqual([made.ca, made.keyUsage], [false, ["1.3.6.1.5.5.7.3.1"]]);
    assert.deepEqual(made.publicKey.asymmetricKeyDetails, { namedCurve: "prime256v1" });
    assert.ok(made.verify(made.publicKey));
  });

  it("is good at once, on clocks that are behind as well, and for 397 days at most", async () => {
    const made = new X509Certificate(await selfSigned({ key: newCertificateKey(), hosts: HERE, now: NOW }));
    const [from, to] = [Date.parse(made.validFrom), Date.parse(made.validTo)];
    assert.equal(from, Math.floor(NOW / 1000) * 1000 - DAY);
    assert.equal(to - from, 397 * DAY);
  });

  it("has another serial number each time, above zero", async () => {
    const key = newCertificateKey();
    const make = async () => new X509Certificate(await selfSigned({ key, hosts: HERE, now: NOW })).serialNumber;
    const [one, other] = [await make(), await make()];
    assert.notEqual(one, other);
    for (const serial of [one, other]) assert.match(serial, /^4[0-9A-F]{31}$/u);
  });

  it("stays as long as it will do, is renewed a month before its end, and keeps its key", async () => {
    const first = await certificateFor(fresh(), { hosts: HERE, now: NOW });
    const at = async (days: number, hosts = HERE) => certificateFor(first.own, { hosts, now: NOW + days * DAY });
    const { fingerprint } = first.certificate;
    assert.equal((await at(0)).certificate.fingerprint, fingerprint);
    assert.equal((await at(365)).certificate.fingerprint, fingerprint);
    assert.equal((await at(1, ["127.0.0.1"])).certificate.fingerprint, fingerprint, "fewer addresses are no reason");
    for (const later of [await at(366), await at(-2), await at(1, ELSEWHERE)]) {
      assert.notEqual(later.certificate.fingerprint, fingerprint);
      assert.deepEqual(later.own.key, first.own.key);
      const [one, other] = [first, later].map(({ certificate }) =>
        new X509Certificate(certificate.cert).publicKey.export({ type: "spki", format: "der" }),
      );
      assert.deepEqual(one, other);
    }
  });

  it("is the same again where the hub comes back, and those that were made are bounded", async () => {
    const first = await certificateFor(fresh(), { hosts: HERE, now: NOW });
    const away = await certificateFor(first.own, { hosts: ELSEWHERE, now: NOW });
    const back = await certificateFor(away.own, { hosts: HERE, now: NOW });
    assert.equal(back.certificate.fingerprint, first.certificate.fingerprint);
    assert.equal(back.own.made.length, 2);
    let { own } = back;
    for (let net = 0; net < 10; net += 1) ({ own } = await certificateFor(own, { hosts: [`10.0.${net}.1`], now: NOW }));
    assert.equal(own.made.length, MAX_MADE);
  });

  it("is made anew where what was kept is none, or another key's", async () => {
    const { own } = await certificateFor(fresh(), { hosts: HERE, now: NOW });
    for (const damaged of [
      { ...own, made: [new Uint8Array(99)] },
      { ...own, key: newCertificateKey() },
    ]) {
      const { certificate } = await certificateFor(damaged, { hosts: HERE, now: NOW });
      assert.ok(certificate.covers("192.0.2.7"));
      assert.notEqual(certificate.fingerprint, new X509Certificate(own.made[0]!).fingerprint256);
    }
  });
});

const has = (address: string): NetworkInterfaceInfo[] => [
  { address, netmask: "255.255.255.0", family: "IPv4", mac: "00:00:00:00:00:00", internal: false, cidr: null },
];

const folderOf = (kept: Map<string, unknown>) => ({
  kept: async (name: string) => kept.get(name),
  keep: async (name: string, value: unknown) => void kept.set(name, value),
});

const openWith = async (kept: Map<string, unknown>, secure: { port?: number } = { port: 0 }): Promise<Hub> => {
  const hub = await openHub({
    options: { room: "", port: 0, secure },
    app: undefined,
    folder: folderOf(kept),
    hidden: false,
    log: () => undefined,
    named: () => "couloir.local",
    interfaces: () => ({ eth0: has("192.0.2.7") }),
  });
  later(() => hub.close());
  hub.serve(new FakeMessenger());
  return hub;
};

const shown = async (port: number, options: object = {}): Promise<TLSSocket> => {
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ...options });
  later(async () => void socket.destroy());
  await once(socket, "secureConnect");
  return socket;
};

const portOf = (hub: Hub): number => Number(new URL(hub.descriptor()?.secure?.urls[0] ?? "").port);

describe("a hub's port with a lock", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

  it("serves what the plain port serves, to whoever knows the certificate, and tells pages to stay there", async () => {
    const kept = new Map<string, unknown>();
    const hub = await openWith(kept);
    const { secure, addresses } = hub.descriptor()!;
    const port = portOf(hub);
    assert.deepEqual(secure?.urls, [`https://192.0.2.7:${port}`, `https://couloir.local:${port}`]);
    assert.ok(
      addresses.every((address) => !address.includes("/tls/")),
      "a plain page could not dial it",
    );
    const { made } = kept.get(SECURE_MEMORY) as OwnCertificates;
    const ca = new X509Certificate(made[0]!).toString();
    const options: RequestOptions = { host: "127.0.0.1", port, path: "/hub.json", ca, agent: false };
    const asking = request(options).end();
    const [answer] = (await once(asking, "response")) as [IncomingMessage];
    let body = "";
    for await (const part of answer.setEncoding("utf8")) body += String(part);
    const told = JSON.parse(body) as HubDescriptor;
    const peer = told.peerId;
    assert.deepEqual(told.addresses, [`/ip4/192.0.2.7/tcp/${port}/tls/ws/p2p/${peer}`]);
    assert.deepEqual({ ...told, addresses }, hub.descriptor());
    assert.equal(new X509Certificate(made[0]!).fingerprint256, secure?.fingerprint);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`), "nothing is served in the clear there");
    const nobody = request({ ...options, ca: undefined }).end();
    await assert.rejects(once(nobody, "response"), /self-signed/u);
  });

  it("takes WebSockets", async () => {
    const kept = new Map<string, unknown>();
    const port = portOf(await openWith(kept));
    const socket = new WebSocket(`wss://127.0.0.1:${port}/`, { rejectUnauthorized: false });
    // There is no node behind it in this test, and it says so in its own way.
    const [code] = (await once(socket, "close")) as [number];
    assert.equal(code, 1013);
  });

  it("speaks TLS 1.3 and nothing older", async () => {
    const port = portOf(await openWith(new Map()));
    assert.equal((await shown(port)).getProtocol(), "TLSv1.3");
    await assert.rejects(shown(port, { maxVersion: "TLSv1.2" }), /protocol version/u);
  });

  it("is the same after a restart: port, key and certificate", async () => {
    const kept = new Map<string, unknown>();
    const first = await openWith(kept);
    const { secure } = first.descriptor()!;
    await first.close();
    const again = await openWith(kept, {});
    assert.deepEqual(again.descriptor()?.secure, secure);
    assert.equal((await shown(portOf(again))).getPeerX509Certificate()?.fingerprint256, secure?.fingerprint);
    assert.notEqual((await openWith(new Map())).descriptor()?.secure?.fingerprint, secure?.fingerprint);
  });

  it("says which option chooses another port where that is taken, and leaves nothing open", async () => {
    const other = createServer().listen(0, "0.0.0.0");
    later(async () => void other.close());
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const kept = new Map<string, unknown>();
    await assert.rejects(openWith(kept, { port }), /cannot open port \d+ for the hub: it is taken; .*--secure-port/u);
    const { port: plain } = kept.get("hub") as { port: number };
    await assert.rejects(fetch(`http://127.0.0.1:${plain}/hub.json`));
  });

  it("shows another certificate while it is open once the one it has will not do, and says so", async () => {
    const kept = new Map<string, unknown>();
    const logged: string[] = [];
    let [hosts, now] = [["192.0.2.7"], NOW];
    const secure: SecurePort = await openSecurePort({
      app: { words: "", answer: () => undefined },
      sockets: hubSockets(),
      descriptor: () => undefined,
      folder: folderOf(kept),
      port: 0,
      hosts: () => hosts,
      now: () => now,
      log: (line) => logged.push(line),
    });
    later(() => secure.close());
    const print = async () => (await shown(secure.port)).getPeerX509Certificate()?.fingerprint256;
    const first = await print();
    await secure.look();
    hosts = [];
    await secure.look();
    assert.equal(await print(), first, "no network is no reason");
    assert.equal(logged.length, 0);

    const seen = new Set([first]);
    const changes: (() => void)[] = [() => (hosts = ["198.51.100.7"]), () => (now += 370 * DAY)];
    for (const change of changes) {
      change();
      await secure.look();
      const next = await print();
      assert.ok(next !== undefined && !seen.has(next));
      seen.add(next);
      assert.equal(secure.describe([]).fingerprint, next);
      assert.ok(logged.at(-1)?.includes(next));
      const { made } = kept.get(SECURE_MEMORY) as OwnCertificates;
      assert.equal(new X509Certificate(made[0]!).fingerprint256, next, "it is kept before it is shown");
    }
  });
});
