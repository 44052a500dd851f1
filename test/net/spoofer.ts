/** Answers by multicast DNS in the name of peers that are not there, a thousand a second from one machine. */
import { randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { EventEmitter, once } from "node:events";
import { setImmediate, setTimeout as delay } from "node:timers/promises";
import { generateKeyPair } from "@libp2p/crypto/keys";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import multicastDns from "multicast-dns";
import { speakAt } from "../../src/net/mdnsService.ts";

const GROUP = "224.0.0.251";
const PORT = 5353;
const A_SECOND = 1000;
const TICK_MS = 5;
/** Each is another peer at another address, and comes again under another name. */
const NOBODIES = 500;
/** Random hexadecimal digits in a name. */
const DIGITS = 32;

/** Packets as `multicast-dns` writes them, for an address where nobody is. */
const packetsOf = async (tag: string): Promise<readonly Buffer[]> => {
  const packets: Buffer[] = [];
  const sink = Object.assign(new EventEmitter(), { send: (packet: Buffer) => packets.push(Buffer.from(packet)) });
  const writer = multicastDns({ socket: sink as unknown as Socket, bind: false, multicast: false });
  for (let n = 0; n < NOBODIES; n += 1) {
    const peer = peerIdFromPrivateKey(await generateKeyPair("Ed25519")).toString();
    const name = `${randomBytes(DIGITS / 2).toString("hex")}.${tag}`;
    const address = `/ip4/10.77.0.${200 + (n % 50)}/tcp/${4000 + n}/p2p/${peer}`;
    writer.respond([
      { name: tag, type: "PTR", class: "IN", ttl: 120, data: name },
      { name, type: "TXT", class: "IN", ttl: 120, data: `dnsaddr=${address}` },
    ]);
  }
  // It writes once it believes that it is bound.
  await setImmediate();
  return packets;
};

/** Gives `packet` another name, in place. */
const rename = (packet: Buffer, label: Buffer): void => {
  const digits = randomBytes(DIGITS / 2).toString("hex");
  for (let at = packet.indexOf(label); at >= 0; at = packet.indexOf(label, at + DIGITS))
    packet.write(digits, at, "latin1");
  label.write(digits, "latin1");
};

/** Answers without being asked while `goesOn`; tells of each. */
export const spoofing = async (
  tag: string,
  goesOn: () => boolean,
  onSaid: () => void,
): Promise<() => Promise<void>> => {
  const packets = await packetsOf(tag);
  // Names are labels, a length before each: the first one of `DIGITS` bytes is the random one.
  const labels = packets.map((packet) => Buffer.from(packet.subarray(labelAt(packet), labelAt(packet) + DIGITS)));
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  socket.bind(0);
  await once(socket, "listening");
  const [address] = speakAt();
  if (address !== undefined) socket.setMulticastInterface(address);
  return async () => {
    const began = performance.now();
    for (let said = 0; goesOn();) {
      const due = ((performance.now() - began) / 1000) * A_SECOND;
      for (; said < due; said += 1) {
        const packet = packets[said % NOBODIES]!;
        rename(packet, labels[said % NOBODIES]!);
        socket.send(packet, PORT, GROUP, () => undefined);
        onSaid();
      }
      await delay(TICK_MS);
    }
    socket.close();
  };
};

const labelAt = (packet: Buffer): number => {
  for (let at = 12; at + DIGITS < packet.length; at += 1)
    if (packet[at] === DIGITS && /^[0-9a-f]+$/.test(packet.toString("latin1", at + 1, at + 1 + DIGITS))) return at + 1;
  throw new Error("a packet without a name");
};
