/** What modelled routers say to each other, and how many bytes it takes on the wire. */
import type { GossipsubOpts } from "@libp2p/gossipsub";
import { hex } from "../../src/protocol/codec.ts";
import type { Sized } from "./streams.ts";

/** A frame under its topic. */
export interface Message {
  readonly topic: string;
  readonly data: Uint8Array;
}

/** Control messages, by topic or by id. */
export interface Control {
  readonly ihave: { readonly topic: string; readonly ids: readonly string[] }[];
  readonly iwant: readonly string[];
  readonly graft: string[];
  readonly prune: string[];
  readonly idontwant: readonly string[];
}

/** One RPC. */
export interface Rpc extends Sized {
  readonly subscriptions: readonly { readonly topic: string; readonly subscribe: boolean }[];
  readonly messages: readonly Message[];
  readonly control: Control | undefined;
}

/** Nothing. */
export const noControl: Control = { ihave: [], iwant: [], graft: [], prune: [], idontwant: [] };

const ID = 22;
const FIELD = 4;

/** Bytes of an RPC. */
export const sizeOf = ({ subscriptions, messages, control }: Omit<Rpc, "byteLength">): number => {
  let size = FIELD;
  for (const { topic } of subscriptions) size += topic.length + 2 * FIELD;
  for (const { topic, data } of messages) size += topic.length + data.length + 3 * FIELD;
  if (control === undefined) return size;
  for (const { topic, ids } of control.ihave) size += topic.length + FIELD + ids.length * ID;
  for (const topic of [...control.graft, ...control.prune]) size += topic.length + 2 * FIELD;
  return size + (control.iwant.length + control.idontwant.length) * ID;
};

const ids = new WeakMap<Uint8Array, string>();

/** The id of a message, by the product's own function; computed once for all peers that hold the same bytes. */
export const idText = (idFn: GossipsubOpts["msgIdFn"], { topic, data }: Message): string => {
  let id = ids.get(data);
  if (id === undefined) {
    id = hex(idFn?.({ topic, data } as unknown as Parameters<NonNullable<typeof idFn>>[0]) as Uint8Array);
    ids.set(data, id);
  }
  return id;
};
