/**
 * A hub's other port, with a certificate that the hub makes itself: for phones, whose browsers lend the microphone and
 * much else only to pages with a lock. It serves what the plain port serves; only its owner opens it.
 */
import { z } from "zod";
import { HUB_NAMES } from "../../net/hubName.ts";
import type { OpenFolder } from "../node.ts";
import { hubPorts } from "./hubPort.ts";
import { openHubServer, type HubLimits, type HubParts, type SecureDescriptor } from "./hubServer.ts";
import { certificateFor, MAX_MADE } from "./ownCertificates.ts";

/** The port that it has where nobody chose one. */
const USUAL_PORT = 8443;

/** Under which name the port, its key and its certificates are kept. */
export const SECURE_MEMORY = "secure";
const memory = z.object({
  port: z.int().min(1).max(65_535),
  key: z.instanceof(Uint8Array),
  made: z.array(z.instanceof(Uint8Array)).max(MAX_MADE),
});

/** Half of a plain port's: here a connection costs a signature. */
const LIMITS: Partial<HubLimits> = { connections: 1200, connectionsPerAddress: 800, webSockets: 400 };

/** Networks come and go, and certificates end. */
const LOOK_EVERY = 60_000;

/** What it needs of the hub. */
export interface SecurePlace extends Pick<HubParts, "app" | "sockets"> {
  /** This one and no other; the one of last time, or the first that is free, when absent. */
  readonly port: number | undefined;
  readonly folder: Pick<OpenFolder, "kept" | "keep">;
  /** The IP addresses at which the hub is reached now. */
  readonly hosts: () => readonly string[];
  /** What it says of itself to whoever asks here. */
  readonly descriptor: HubParts["descriptor"];
  readonly log: (line: string) => void;
  readonly now?: () => number;
}

/** An open one. */
export interface SecurePort {
  readonly port: number;
  /** Where it is reached, at these hosts. */
  describe(hosts: readonly string[]): SecureDescriptor;
  /** The hub's multiaddrs for pages that came by it. */
  addresses(): readonly string[];
  /** Takes another certificate where the one that it shows will not do any more. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it. */
export const openSecurePort = async (place: SecurePlace): Promise<SecurePort> => {
  const { folder, hosts, log, now = Date.now } = place;
  const before = memory.safeParse(await folder.kept(SECURE_MEMORY)).data;
  // Loopback as well, which is all that there is while there is no network: that is no reason for another certificate.
  const wish = () => ({ hosts: [...new Set([...hosts(), "127.0.0.1", ...HUB_NAMES])], now: now() });
  const key = before?.key ?? (await import("./selfSigned.ts")).newCertificateKey();
  let { certificate, own } = await certificateFor({ key, made: before?.made ?? [] }, wish());
  const server = await openHubServer(
    { ...place, certificate, own: true, option: "--secure-port", limits: LIMITS },
    place.port === undefined ? hubPorts(USUAL_PORT, before?.port) : [place.port],
  );
  const { port } = server;
  const look = async (): Promise<void> => {
    const next = await certificateFor(own, wish());
    if (next.certificate.fingerprint === certificate.fingerprint) return;
    await folder.keep(SECURE_MEMORY, { port, ...next.own });
    ({ certificate, own } = next);
    server.change(certificate);
    log(`couloir: the secure port has another certificate now; its fingerprint: ${certificate.fingerprint}`);
  };
  try {
    await folder.keep(SECURE_MEMORY, { port, ...own });
  } catch (error) {
    await server.close();
    throw error;
  }
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => log(`couloir: the secure port keeps its certificate: ${String(error)}`))
      .finally(() => (looking = undefined));
  }, LOOK_EVERY);
  timer.unref();
  return {
    port,
    describe: (at) => ({
      urls: at.map((host) => `https://${host}:${port}`),
      fingerprint: certificate.fingerprint,
    }),
    addresses: () => hosts().map((host) => `/ip4/${host}/tcp/${port}/tls/ws`),
    look,
    close: async () => {
      clearInterval(timer);
      await looking;
      await server.close();
    },
  };
};
