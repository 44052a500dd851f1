/** Finds out what the doctor looks at: interfaces, the default route, and who answers by multicast. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Facts } from "./doctor.ts";

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

/** Asks who else is here, and counts the other machines that answer within `ms`. */
export const askAround = async (service: string, ms: number): Promise<NonNullable<Facts["multicast"]>> => {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  const own = ownAddresses();
  const heard = new Set<string>();
  let sent = false;
  socket.on("message", (packet, { address }) => {
    if (isAnswer(packet) && !own.has(address)) heard.add(address);
  });
  try {
    socket.bind(PORT);
    await once(socket, "listening");
    socket.on("error", () => undefined);
    socket.addMembership(GROUP);
    socket.setMulticastTTL(255);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    socket.send(mdnsQuery([ANY_SERVICE, service]), PORT, GROUP, (error) => resolve(error === null));
    sent = await promise;
    if (sent) await delay(ms);
  } catch {
    // No port, no membership, no route: the doctor says so in words.
  } finally {
    socket.close();
  }
  return { sent, heard: heard.size };
};

/** Whether the routing table has a way out; `undefined` where it cannot be read. */
const hasGateway = async (): Promise<boolean | undefined> => {
  try {
    const rows = (await readFile("/proc/net/route", "utf8")).split("\n").slice(1);
    return rows.some((row) => row.split("\t")[1] === "00000000");
  } catch {
    return undefined;
  }
};

/** The facts, apart from the daemon. */
export const examine = async (service: string, ms: number): Promise<Omit<Facts, "daemon">> => {
  const [gateway, multicast] = await Promise.all([hasGateway(), askAround(service, ms)]);
  return { interfaces: networkInterfaces(), gateway, multicast, now: Date.now() };
};
