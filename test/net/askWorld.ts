/** Nodes that ask each other, and the lies they meet. */
import type { Libp2p, Stream } from "@libp2p/interface";
import * as lp from "it-length-prefixed";
import { ASK_PROTOCOL } from "../../src/net/asks.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import type { HostFactory, LinkOptions } from "../../src/net/linkOptions.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { dialLink, falseNeighbour } from "./bareNode.ts";
import { createMailbox, topicOf, until, type Mailbox } from "./mailbox.ts";

export interface Node {
  readonly link: Libp2pLink;
  readonly box: Mailbox;
  /** What is inside the link. */
  readonly inside: Libp2p;
}

export const request: Uint8Array = new TextEncoder().encode("that one, please");
export const prefixed = (body: Uint8Array): Uint8Array => lp.encode.single(body).subarray();

const stops: (() => Promise<unknown>)[] = [];

/** Runs when a test has ended. */
export const later = (stop: () => Promise<unknown>): void => void stops.push(stop);

/** Stops all that a test has started. */
export const stopAll = async (): Promise<void> => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
};

export const start = async (
  options: Partial<LinkOptions> = {},
  host: HostFactory = nodeHost({ listen: ["127.0.0.1"] }),
): Promise<Node> => {
  let inside: Libp2p | undefined;
  const seen: HostFactory = async (parts) => {
    inside = await host(parts);
    return inside;
  };
  const node = { link: new Libp2pLink({ host: seen, ...options }), box: createMailbox() };
  node.link.subscribe([topicOf("bucket/0")]);
  later(() => node.link.stop());
  await node.link.start(node.box.handlers);
  return { ...node, inside: inside as unknown as Libp2p };
};
/** Two that are linked. */
export const pair = async (options: Partial<LinkOptions> = {}): Promise<readonly [Node, Node]> => {
  const [one, other] = [await start(options), await start()];
  one.link.hint(other.link.status().addresses);
  await until([one.box, other.box], () => one.box.peers() === 1 && other.box.peers() === 1);
  return [one, other];
};
export const neighbourOf = (node: Node): { readonly neighbour: string } => ({
  neighbour: node.link.neighbours()[0] as string,
});
export const all = async (answer: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> => {
  const messages: Uint8Array[] = [];
  for await (const message of answer) messages.push(message);
  return messages;
};
/** A link's neighbour that answers questions as `answer` says. */
export const falseAnswerer = async (asker: Node, answer: (stream: Stream) => void): Promise<Libp2p> => {
  const node = await falseNeighbour();
  later(async () => node.stop());
  await node.handle(ASK_PROTOCOL, answer, { maxInboundStreams: 100 });
  const open = new Promise((resolve) => asker.inside.addEventListener("connection:open", resolve, { once: true }));
  await Promise.all([open, dialLink(node, asker.link.status().addresses)]);
  return node;
};
export const addressed = (asker: Node, node: Libp2p): { readonly addresses: readonly string[] } => ({
  addresses: [`${asker.link.status().addresses[0]?.replace(/\/p2p\/.*/, "")}/p2p/${node.peerId.toString()}`],
});
