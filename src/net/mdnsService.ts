/**
 * `@libp2p/mdns` on every interface. The package listens on all of them, and speaks on the one that the routing table
 * prefers: on a machine with a cable and a Wi-Fi that is the wrong one for half of the people, and behind a VPN for all.
 * So what it would say goes out once an interface here, by sockets of the same kind that nobody reads.
 */
import { createSocket } from "node:dgram";
import { networkInterfaces } from "node:os";
import { mdns } from "@libp2p/mdns";
import multicastDns from "multicast-dns";
import { oneEach } from "./interfaces.ts";
import type { MdnsService, MdnsServiceFactory, MdnsSocket } from "./mdnsDiscovery.ts";

/** No timer of the package's own: far beyond any run, and within what `setInterval` takes. */
const NEVER = 2_000_000_000;

type Speaker = ReturnType<typeof multicastDns>;

/** A socket that speaks on one interface. An interface that goes away makes what is said there fail, and nothing else. */
export const speakerOn = (address: string): Speaker => {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  const speaker = multicastDns({ socket, interface: address, bind: "0.0.0.0" });
  // Systems hand each of them all that any of them hears; what has been read once need not be read again.
  socket.removeAllListeners("message");
  for (const trouble of ["error", "warning"] as const) speaker.on(trouble, () => undefined);
  return speaker;
};

/** The addresses of this machine that others in the venue can use, one an interface. */
export const speakAt = (): readonly string[] => oneEach(networkInterfaces());

/** See above; silent by itself. */
export const mdnsService: MdnsServiceFactory = ({ tag, name }, { logger }) => {
  const create = mdns({ serviceTag: tag, peerName: name, broadcast: false, interval: NEVER });
  const addressManager = { getAddresses: () => [] } as unknown as Parameters<typeof create>[0]["addressManager"];
  const heard = create({ addressManager, logger }) as unknown as MdnsService;
  let speakers: readonly Speaker[] = [];
  let socket: MdnsSocket | undefined;
  return {
    addEventListener: heard.addEventListener.bind(heard),
    start: async () => {
      await heard.start();
      const inner = heard.mdns;
      if (inner === undefined) return;
      speakers = speakAt().map(speakerOn);
      const voices = (): readonly Pick<MdnsSocket, "query" | "respond">[] =>
        speakers.length === 0 ? [inner] : (speakers as readonly unknown[] as readonly MdnsSocket[]);
      socket = {
        on: inner.on.bind(inner) as MdnsSocket["on"],
        // The package writes into what it is given.
        query: (question) => voices().forEach((voice) => voice.query(structuredClone(question))),
        respond: (answers) => voices().forEach((voice) => voice.respond(structuredClone(answers))),
      };
    },
    stop: async () => {
      socket = undefined;
      await Promise.all(speakers.map((speaker) => new Promise<void>((resolve) => speaker.destroy(() => resolve()))));
      speakers = [];
      await heard.stop();
    },
    get mdns() {
      return socket;
    },
  };
};
