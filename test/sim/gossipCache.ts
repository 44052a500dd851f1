/** What a modelled router remembers: ids that it has seen, and frames of the last heartbeats. */
import type { GossipPolicy } from "../../src/net/gossipPolicy.ts";
import type { Millis } from "../../src/types.ts";
import type { Message } from "./gossipRpc.ts";

interface Kept {
  readonly message: Message;
  validated: boolean;
  /** Who sent it as well before it was validated. */
  sources: Set<string>;
  readonly asked: Map<string, number>;
}

/** One node's. */
export class GossipCache {
  readonly #policy: GossipPolicy;
  readonly #seen = new Map<string, Millis>();
  readonly #kept = new Map<string, Kept>();
  readonly #history: { readonly id: string; readonly topic: string }[][];

  constructor(policy: GossipPolicy) {
    this.#policy = policy;
    this.#history = Array.from({ length: policy.mcacheLength }, () => []);
  }

  seen(id: string): boolean {
    return this.#seen.has(id);
  }

  see(id: string, now: Millis): void {
    this.#seen.set(id, now + this.#policy.seenTTL);
  }

  prune(now: Millis): void {
    for (const [id, until] of this.#seen) {
      if (until > now) return;
      this.#seen.delete(id);
    }
  }

  put(id: string, message: Message, validated: boolean): void {
    if (this.#kept.has(id)) return;
    this.#kept.set(id, { message, validated, sources: new Set(), asked: new Map() });
    this.#history[0]?.push({ id, topic: message.topic });
  }

  duplicate(id: string, from: string): void {
    const kept = this.#kept.get(id);
    if (kept?.validated === false) kept.sources.add(from);
  }

  validate(id: string): { readonly message: Message; readonly sources: ReadonlySet<string> } | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined) return undefined;
    kept.validated = true;
    const { message, sources } = kept;
    kept.sources = new Set();
    return { message, sources };
  }

  remove(id: string): void {
    this.#kept.delete(id);
  }

  /** A frame that somebody asks for, unless they have asked too often. */
  wantedBy(id: string, peer: string, most: number): Message | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined) return undefined;
    const times = (kept.asked.get(peer) ?? 0) + 1;
    kept.asked.set(peer, times);
    return times > most ? undefined : kept.message;
  }

  /** The validated frames of a topic that neighbours are told of. */
  told(topic: string): string[] {
    return this.#history
      .slice(0, this.#policy.mcacheGossip)
      .flat()
      .filter((one) => one.topic === topic && this.#kept.get(one.id)?.validated === true)
      .map(({ id }) => id);
  }

  shift(): void {
    for (const { id } of this.#history.pop() ?? []) this.#kept.delete(id);
    this.#history.unshift([]);
  }
}
