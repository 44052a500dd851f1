/** Multicast DNS on the simulated air: the socket under the product's own discovery. */
import type { PeerId, PeerInfo } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import type { MdnsService, MdnsServiceFactory, MdnsSocket } from "../../src/net/mdnsDiscovery.ts";
import type { Place, Radio } from "./radio.ts";

type Packet =
  | { readonly kind: "query"; readonly name: string }
  | { readonly kind: "response"; readonly tag: string; readonly from: string; readonly info: PeerInfo };

interface Answer {
  readonly type: string;
  readonly name: string;
  readonly data: string;
}

const HEADERS = 60;
const RECORD = 14;

/** Everybody who listens. */
export class Multicast {
  /** Questions and answers sent. */
  questions = 0;
  answers = 0;
  readonly #radio: Radio;
  readonly #heard = new Map<Place, (packet: Packet) => void>();

  constructor(radio: Radio) {
    this.#radio = radio;
  }

  /** What a machine's discovery talks through. */
  service(place: Place, peer: PeerId): MdnsServiceFactory {
    return ({ tag, name }) => {
      let onQuery: (packet: { questions: readonly { name: string }[] }) => void = () => {};
      let onResponse: (packet: { answers: readonly { type: string; name: string }[] }) => void = () => {};
      let onPeer: (event: { detail: PeerInfo }) => void = () => {};
      const hear = (packet: Packet): void => {
        if (packet.kind === "query") onQuery({ questions: [{ name: packet.name }] });
        else {
          onResponse({ answers: [{ type: "PTR", name: packet.tag }] });
          if (packet.tag === tag && packet.from !== name) onPeer({ detail: packet.info });
        }
      };
      const query = (asked: string): void => {
        this.questions++;
        this.#send(place, HEADERS + 18 + asked.length, { kind: "query", name: asked });
      };
      const socket: MdnsSocket = {
        on: (event: string, listener: (packet: never) => void) => {
          if (event === "query") onQuery = listener as typeof onQuery;
          else onResponse = listener as typeof onResponse;
        },
        query: ({ questions }) => query(questions[0]?.name ?? ""),
        respond: (records) => {
          this.answers++;
          const all = records as readonly Answer[];
          const size = all.reduce((sum, one) => sum + one.name.length + one.data.length + RECORD, HEADERS + 12);
          const texts = all.filter(({ type }) => type === "TXT").map(({ data }) => data.replace("dnsaddr=", ""));
          const info = { id: peer, multiaddrs: texts.map((text) => multiaddr(text)) };
          this.#send(place, size, { kind: "response", tag, from: name, info });
        },
      };
      const service: MdnsService = {
        mdns: socket,
        start: async () => {
          this.#heard.set(place, hear);
          // As the package does.
          query(tag);
        },
        stop: async () => this.silence(place),
        addEventListener: (_: string, listener: unknown) => {
          onPeer = listener as typeof onPeer;
        },
      };
      return service;
    };
  }

  /** The program there is gone. */
  silence(place: Place): void {
    this.#heard.delete(place);
  }

  #send(from: Place, bytes: number, packet: Packet): void {
    this.#heard.get(from)?.(packet);
    this.#radio.multicast(from, bytes, (place) => this.#heard.get(place)?.(packet));
  }
}
