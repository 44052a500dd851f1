/** What modelled routers tell each other of, ask each other for and need no more: within gossipsub's limits. */
import type { GossipPolicy } from "../../src/net/gossipPolicy.ts";
import type { GossipCache } from "./gossipCache.ts";
import type { Control, Message } from "./gossipRpc.ts";

const MAX_IHAVE = 10;
const MAX_IWANT = 10;
const MAX_IDS = 5000;
const RETRANSMISSION = 3;

/** One node's. */
export class GossipAsks {
  readonly #policy: GossipPolicy;
  readonly #cache: GossipCache;
  readonly #told = new Map<string, number>();
  readonly #asked = new Map<string, number>();
  readonly #iasked = new Map<string, number>();
  readonly #dontWant = new Map<string, Map<string, number>>();
  #ticks = 0;

  constructor(policy: GossipPolicy, cache: GossipCache) {
    this.#policy = policy;
    this.#cache = cache;
  }

  /** A heartbeat begins: everybody may tell and ask anew. */
  tick(): void {
    this.#ticks++;
    for (const counts of [this.#told, this.#asked, this.#iasked]) counts.clear();
    for (const known of this.#dontWant.values())
      for (const [id, tick] of known) if (this.#ticks - tick >= this.#policy.mcacheLength) known.delete(id);
  }

  leave(peer: string): void {
    this.#dontWant.delete(peer);
  }

  /** What to ask a neighbour for that tells of this. */
  wanted(peer: string, ihave: Control["ihave"], isJoined: (topic: string) => boolean): readonly string[] {
    if (ihave.length === 0) return [];
    const told = (this.#told.get(peer) ?? 0) + 1;
    this.#told.set(peer, told);
    const iasked = this.#iasked.get(peer) ?? 0;
    if (told > MAX_IHAVE || iasked >= MAX_IDS) return [];
    const ids = ihave.flatMap(({ topic, ids: all }) => (isJoined(topic) ? all : []));
    const wanted = [...new Set(ids.filter((id) => !this.#cache.seen(id)))].slice(0, MAX_IDS - iasked);
    this.#iasked.set(peer, iasked + wanted.length);
    return wanted;
  }

  /** What a neighbour gets that asks for these. */
  answered(peer: string, iwant: readonly string[]): readonly Message[] {
    if (iwant.length === 0) return [];
    const asked = (this.#asked.get(peer) ?? 0) + 1;
    this.#asked.set(peer, asked);
    if (asked > MAX_IWANT) return [];
    return iwant.flatMap((id) => this.#cache.wantedBy(id, peer, RETRANSMISSION) ?? []);
  }

  /** A neighbour has these already. */
  unwanted(peer: string, ids: readonly string[]): void {
    if (ids.length === 0) return;
    const known = this.#dontWant.get(peer) ?? new Map<string, number>();
    for (const id of ids) known.set(id, this.#ticks);
    this.#dontWant.set(peer, known);
  }

  isUnwanted(peer: string, id: string): boolean {
    return this.#dontWant.get(peer)?.has(id) === true;
  }
}
