/**
 * What a neighbour does by gossip besides sending mail: topics that it names, meshes that it joins and leaves, frames that
 * no honest program sends. Each has its measure; what exceeds it is a strike. Pure: time is an argument.
 */
import type { RPC } from "@libp2p/gossipsub/message";
import type { Millis } from "../types.ts";
import { MAX_FRAME } from "./link.ts";

/** Topics that one neighbour may name, on and off: a venue has ten. */
export const MAX_TOPICS = 64;
/** Bytes of a topic's name. */
export const MAX_TOPIC = 128;
/** Joining and leaving meshes: an honest program does so once a second and topic at most, and mostly not at all. */
const TURNS = 256;
const TURNS_PER_SECOND = 16;
/** What exceeds a measure by so many is one strike more. */
const STRIKE_FOR = 64;
/** What an id costs to read, and an entry of an RPC apart from what it holds. */
const ID = 24;
const ENTRY = 64;

const strikesFor = (excess: number): number => Math.ceil(Math.max(0, excess) / STRIKE_FOR);
/** Of the wire's lists of ids; a model of a router has its own. */
const ids = (lists: readonly { readonly messageIDs?: readonly Uint8Array[] }[] = []): number =>
  lists.reduce((sum, { messageIDs = [] }) => sum + messageIDs.length, 0);

/** Whether a frame may be one at all. */
export const isFrame = ({ data, topic }: { readonly data?: Uint8Array; readonly topic: string }): boolean =>
  data !== undefined && data.length > 0 && data.length <= MAX_FRAME && topic.length <= MAX_TOPIC;

/** What an RPC takes of a link's share of what is read: entries, and bytes. */
export const weigh = ({
  messages,
  subscriptions,
  control,
}: RPC): { readonly frames: number; readonly bytes: number } => {
  const turns = (control?.graft.length ?? 0) + (control?.prune.length ?? 0);
  const named = ids(control?.ihave) + ids(control?.iwant) + ids(control?.idontwant);
  const entries = messages.length + subscriptions.length + turns;
  const data = messages.reduce((sum, message) => sum + (message.data?.length ?? 0), 0);
  return { frames: entries, bytes: data + entries * ENTRY + named * ID };
};

/** One neighbour's. */
export class Conduct {
  readonly #topics = new Set<string>();
  #turns = TURNS;
  #at: Millis = -Infinity;

  /** Strikes for an RPC; 0 for whatever an honest program sends. */
  judge({ messages, subscriptions, control }: RPC, now: Millis): number {
    const wrong = messages.filter((message) => !isFrame(message));
    // A frame that is many times too large is read whole before it is known as such.
    const large = wrong.reduce((sum, { data }) => sum + Math.max(1, Math.floor((data?.length ?? 0) / MAX_FRAME)), 0);
    return (
      large +
      this.#topicsBeyond(subscriptions) +
      this.#turnsBeyond((control?.graft.length ?? 0) + (control?.prune.length ?? 0), now)
    );
  }

  #topicsBeyond(subscriptions: RPC["subscriptions"]): number {
    let excess = 0;
    for (const { topic = "" } of subscriptions) {
      if (this.#topics.has(topic)) continue;
      if (topic.length <= MAX_TOPIC && this.#topics.size < MAX_TOPICS) this.#topics.add(topic);
      else excess++;
    }
    return strikesFor(excess);
  }

  #turnsBeyond(count: number, now: Millis): number {
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#turns = Math.min(TURNS, this.#turns + seconds * TURNS_PER_SECOND) - count;
    const strikes = strikesFor(-this.#turns);
    this.#turns = Math.max(0, this.#turns);
    return strikes;
  }
}
