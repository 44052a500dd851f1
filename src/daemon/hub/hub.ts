/** A hub: where it is reached, who it is over restarts, and what it says of itself. */
import { randomBytes } from "node:crypto";
import { networkInterfaces } from "node:os";
import { z } from "zod";
import type { MessengerApi } from "../../messenger/api.ts";
import { hubSockets } from "../../net/hubListener.ts";
import type { HubPart } from "../../node.ts";
import type { App } from "../appFiles.ts";
import { hubHosts, type Interfaces } from "../../net/interfaces.ts";
import type { OpenFolder } from "../node.ts";
import { plainLine } from "../terminal.ts";
import { readCertificate, type Certificate, type CertificateFiles } from "./certificate.ts";
import { hubPorts } from "./hubPort.ts";
import { openHubServer, type HubDescriptor } from "./hubServer.ts";
import { openSecurePort, type SecurePort } from "./securePort.ts";

/** The port that a hub has where nobody chose one. */
const USUAL_PORT = 8020;

/** What `up --hub` was told. */
export interface HubOptions {
  /** This one and no other; 0 is any. The one of last time, or the first that is free, when absent. */
  readonly port?: number;
  /** Where it stands, in words for those who open it. */
  readonly room: string;
  readonly certificate?: CertificateFiles;
  /** A second port with a certificate of the hub's own: this port, else that of last time or the first that is free. */
  readonly secure?: { readonly port?: number };
  /** Takes pages by WebRTC too, where the network lets no WebSocket through. */
  readonly webRtc?: boolean;
}

/** What a hub needs of the daemon. */
export interface HubPlace {
  readonly options: HubOptions;
  readonly app: App | undefined;
  readonly folder: Pick<OpenFolder, "kept" | "keep">;
  /** Say nothing of the person. */
  readonly hidden: boolean;
  readonly log: (line: string) => void;
  /** A name that others on the network find it by, while it has one; not with a certificate, which is for other names. */
  readonly named?: () => string | undefined;
  /** Of this machine; asked again each time, for networks come and go. */
  readonly interfaces?: () => Interfaces;
}

/** A hub that is open. */
export interface Hub {
  /** For the messenger's network. */
  readonly part: HubPart;
  /** From now on it says who it is. */
  serve(messenger: MessengerApi): void;
  /** What it says; `undefined` before `serve`. */
  descriptor(): HubDescriptor | undefined;
  close(): Promise<void>;
}

/** Under which name a hub keeps its port and its identity. */
export const HUB_MEMORY = "hub";
const memory = z.object({
  port: z.int().min(1).max(65_535),
  seed: z.instanceof(Uint8Array).refine((seed) => seed.length === 32),
});

/** Stands in where the app was not built. */
const NO_APP: App = {
  words: "",
  answer: ({ url }) =>
    new URL(url).pathname === "/"
      ? new Response("The app was not built on this hub (npm run build:web).\n", { status: 503 })
      : undefined,
};

/** The hosts that stand in its addresses: names of the certificate, or the IP addresses that it is for, or all. */
const hostsOf = (certificate: Certificate | undefined, interfaces: Interfaces): readonly string[] => {
  const addresses = hubHosts(interfaces);
  if (certificate === undefined) return addresses;
  const covered = [...certificate.names, ...addresses.filter((address) => certificate.covers(address))];
  return covered.length > 0 ? covered : addresses;
};

const isAddress = (host: string): boolean => /^[\d.]+$/u.test(host);

/** Opens the hub's port; its messenger comes later, for it wants to know the port. */
export const openHub = async (place: HubPlace): Promise<Hub> => {
  const { options, folder, hidden, log, interfaces = networkInterfaces } = place;
  const certificate = options.certificate === undefined ? undefined : await readCertificate(options.certificate);
  if (certificate !== undefined && certificate.validTo.getTime() < Date.now())
    log(`couloir: the hub's certificate ended on ${certificate.validTo.toDateString()}; browsers will refuse it`);
  if (place.app === undefined) log("couloir: the app for browsers is not built here; build it with: npm run build:web");
  const app = place.app ?? NO_APP;
  const before = memory.safeParse(await folder.kept(HUB_MEMORY)).data;
  const sockets = hubSockets();
  let messenger: MessengerApi | undefined;
  let secure: SecurePort | undefined;
  const hosts = (): readonly string[] => hostsOf(certificate, interfaces());
  // For people to type alone: a page that dialed it would ask a resolver outside where nobody answers by multicast.
  const reached = (): readonly string[] => {
    const name = certificate === undefined ? place.named?.() : undefined;
    return name === undefined ? hosts() : [...hosts(), name];
  };
  const multiaddrs = (): string[] =>
    hosts().map(
      (host) =>
        `/${isAddress(host) ? "ip4" : "dns4"}/${host}/tcp/${server.port}${certificate === undefined ? "" : "/tls"}/ws`,
    );
  const descriptor = (): HubDescriptor | undefined => {
    if (messenger === undefined) return undefined;
    const { peerId, addresses } = messenger.status();
    const { name: venue, buckets, keyed } = messenger.venue();
    const here = new Set(hubHosts(interfaces()));
    const straight = addresses.filter((one) => one.includes("/webrtc-direct/") && here.has(one.split("/")[2] ?? ""));
    return {
      name: hidden ? "" : plainLine(messenger.profile().name),
      venue,
      buckets,
      keyed,
      room: plainLine(options.room),
      peerId,
      urls: reached().map((host) => `http${certificate === undefined ? "" : "s"}://${host}:${server.port}`),
      // The way straight in is told anew each time: its certificate changes.
      addresses: [...multiaddrs().map((address) => `${address}/p2p/${peerId}`), ...straight],
      words: app.words,
      ...(secure && { secure: secure.describe(reached()) }),
    };
  };
  // Browsers let a page with a lock open no plain WebSocket, or only if its reader allows it.
  const secureDescriptor = (): HubDescriptor | undefined => {
    const all = descriptor();
    if (all === undefined || secure === undefined) return undefined;
    const straight = all.addresses.filter((address) => address.includes("/webrtc-direct/"));
    return { ...all, addresses: [...secure.addresses().map((one) => `${one}/p2p/${all.peerId}`), ...straight] };
  };
  const server = await openHubServer(
    { app, sockets, descriptor, ...(certificate === undefined ? {} : { certificate }) },
    options.port === undefined ? hubPorts(USUAL_PORT, before?.port) : [options.port],
  );
  const { port } = server;
  const seed = before?.seed ?? new Uint8Array(randomBytes(32));
  try {
    if (before === undefined || before.port !== port) await folder.keep(HUB_MEMORY, { port, seed });
    if (options.secure !== undefined)
      secure = await openSecurePort({
        app,
        sockets,
        folder,
        log,
        hosts,
        port: options.secure.port,
        descriptor: secureDescriptor,
      });
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    // Without a certificate every address of this machine will do, now and when networks come and go.
    part: {
      sockets,
      port,
      seed,
      webrtcDirect: options.webRtc ?? false,
      ...(certificate === undefined ? {} : { addresses: multiaddrs() }),
    },
    serve: (opened) => {
      messenger = opened;
    },
    descriptor,
    close: async () => {
      await Promise.all([server.close(), secure?.close()]);
    },
  };
};
