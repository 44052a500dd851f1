/** Finds out what the doctor looks at: interfaces, the ways out, who answers by multicast, whether to sign in first. */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { networkInterfaces } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { oneEach, vpns, type Interfaces } from "../net/interfaces.ts";
import { defaultRoutes, type DefaultRoute } from "./defaultRoutes.ts";
import type { Facts } from "./doctor.ts";
import { askGateway, isPortal } from "./portal.ts";

const GROUP = "224.0.0.251";
const PORT = 5353;
const PTR = 12;
const INTERNET = 1;

/** Every device that offers anything at all answers this (RFC 6763 §9): a printer shows that multicast works, too. */
const ANY_SERVICE = "_services._dns-sd._udp.local";

const question = (service: string): number[] => {
  const name = service.split(".").flatMap((label) => [label.length, ...Buffer.from(label)]);
  return [...name, 0, 0, PTR, 0, INTERNET];
};

/** A DNS query (RFC 6762 §5) for services, at most 255 of them. */
export const mdnsQuery = (services: readonly string[]): Uint8Array =>
  Uint8Array.from([0, 0, 0, 0, 0, services.length, 0, 0, 0, 0, 0, 0, ...services.flatMap(question)]);

/** Whether a packet is a DNS answer rather than a question. */
export const isAnswer = (packet: Uint8Array): boolean => packet.length >= 12 && ((packet[2] ?? 0) & 0x80) !== 0;

const ownAddresses = (): Set<string> =>
  new Set(Object.values(networkInterfaces()).flatMap((infos) => (infos ?? []).map(({ address }) => address)));

/** Asks on one interface, or where the routing table leads: into a VPN, may be. `false`: it could not. */
const askOn = async (socket: Socket, question: Uint8Array, address?: string): Promise<boolean> => {
  try {
    socket.addMembership(GROUP, address);
    if (address !== undefined) socket.setMulticastInterface(address);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    socket.send(question, PORT, GROUP, (error) => resolve(error === null));
    return await promise;
  } catch {
    // No membership, no route: the doctor says so in words.
    return false;
  }
};

/** Asks on every interface who else is here, and counts the other machines that answer within `ms`. */
export const askAround = async (service: string, ms: number): Promise<NonNullable<Facts["multicast"]>> => {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  const own = ownAddresses();
  const heard = new Set<string>();
  // Couloir answers to its own service where that comes first.
  const question = mdnsQuery([service, ANY_SERVICE]);
  let [sent, looped] = [false, false];
  socket.on("message", (packet, { address }) => {
    if (isAnswer(packet) && !own.has(address)) heard.add(address);
    if (own.has(address) && packet.equals(question)) looped = true;
  });
  try {
    socket.bind(PORT);
    await once(socket, "listening");
    socket.on("error", () => undefined);
    socket.setMulticastTTL(255);
    const where = oneEach(networkInterfaces());
    for (const address of where.length === 0 ? [undefined] : where)
      if (await askOn(socket, question, address)) sent = true;
    if (sent) await delay(ms);
  } catch {
    // No port: the doctor says so in words.
  } finally {
    socket.close();
  }
  return { sent, looped, heard: heard.size };
};

/** The gateway, where it shows a page for signing in. */
const portalOf = async (routes: readonly DefaultRoute[], interfaces: Interfaces): Promise<string | undefined> => {
  const vpn = vpns(interfaces);
  const gateway = routes.find((route) => route.gateway !== undefined && !vpn.includes(route.name))?.gateway;
  const answer = gateway === undefined ? undefined : await askGateway(gateway);
  return answer !== undefined && isPortal(answer, [...ownAddresses()]) ? gateway : undefined;
};

/** What to look for. */
export interface Examination {
  readonly service: string;
  /** How long to listen for answers. */
  readonly ms: number;
  /** Nobody is in reach: then a page for signing in may be why. */
  readonly alone: boolean;
}

/** The facts, apart from the daemon. */
export const examine = async ({ service, ms, alone }: Examination): Promise<Omit<Facts, "daemon" | "around">> => {
  const interfaces = networkInterfaces();
  const asking = askAround(service, ms);
  const routes = await defaultRoutes();
  const portal = alone && routes !== undefined ? await portalOf(routes, interfaces) : undefined;
  return { interfaces, routes, portal, multicast: await asking, now: Date.now() };
};
