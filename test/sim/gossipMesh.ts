/** Whom a modelled router forwards each topic's frames to: gossipsub's meshes, without its scores. */
import type { GossipPolicy } from "../../src/net/gossipPolicy.ts";
import type { Clock, Millis } from "../../src/types.ts";
import type { SimRandom } from "../helpers/simRandom.ts";

/** What meshes are made of. The policy may change at any time. */
export interface MeshParts {
  readonly policy: GossipPolicy;
  readonly clock: Clock;
  readonly random: SimRandom;
  /** Neighbours that want a topic and can be sent to. */
  readonly candidates: (topic: string) => readonly string[];
  /** Whether this side dialed it. */
  readonly isOwn: (peer: string) => boolean;
}

/** What one topic's heartbeat decided. */
export interface Mended {
  readonly graft: readonly string[];
  readonly prune: readonly string[];
  /** Outside the mesh: may be told what there is. */
  readonly others: readonly string[];
}

const BACKOFF_TICKS = 15;

/** All meshes of one node. */
export class GossipMesh {
  readonly #parts: MeshParts;
  readonly #meshes = new Map<string, Set<string>>();
  readonly #backoff = new Map<string, Map<string, Millis>>();
  #ticks = 0;

  constructor(parts: MeshParts) {
    this.#parts = parts;
  }

  topics(): Iterable<string> {
    return this.#meshes.keys();
  }

  has(topic: string): boolean {
    return this.#meshes.has(topic);
  }

  of(topic: string): ReadonlySet<string> {
    return this.#meshes.get(topic) ?? none;
  }

  /** Begins a topic's mesh and says whom to tell. */
  join(topic: string): readonly string[] {
    const joined = this.some(topic, this.#parts.policy.D, (peer) => !this.#backsOff(topic, peer));
    this.#meshes.set(topic, new Set(joined));
    return joined;
  }

  /** So many at random of those who fit. */
  some(topic: string, most: number, fits: (peer: string) => boolean): readonly string[] {
    const all = this.#parts.candidates(topic).filter(fits);
    return this.#parts.random.shuffle(all).slice(0, Math.max(0, most));
  }

  /** A neighbour wants a topic; whether it comes into the mesh at once. */
  subscribed(topic: string, peer: string): boolean {
    const mesh = this.#meshes.get(topic);
    const room = mesh !== undefined && !mesh.has(peer) && mesh.size < this.#parts.policy.Dlo;
    if (!room || this.#backsOff(topic, peer)) return false;
    mesh.add(peer);
    return true;
  }

  /** Whether a neighbour that asks to be forwarded to is granted that. */
  grafted(topic: string, peer: string): boolean {
    const { policy, clock, isOwn } = this.#parts;
    const mesh = this.#meshes.get(topic);
    if (mesh === undefined || mesh.has(peer)) return true;
    const backsOff = (this.#backoff.get(topic)?.get(peer) ?? 0) > clock.now();
    if (backsOff || (mesh.size >= policy.Dhi && !isOwn(peer))) {
      this.#backOff(topic, peer);
      return false;
    }
    mesh.add(peer);
    return true;
  }

  /** A neighbour wants no more of a topic from this node. */
  pruned(topic: string, peer: string): void {
    this.#meshes.get(topic)?.delete(peer);
    this.#backOff(topic, peer);
  }

  leave(peer: string): void {
    for (const mesh of this.#meshes.values()) mesh.delete(peer);
  }

  /** A heartbeat begins. */
  tick(): void {
    this.#ticks++;
    if (this.#ticks % BACKOFF_TICKS !== 0) return;
    const now = this.#parts.clock.now() - this.#parts.policy.heartbeatInterval;
    for (const known of this.#backoff.values()) for (const [peer, at] of known) if (at < now) known.delete(peer);
  }

  /** One topic's heartbeat: enough neighbours, not too many, some of one's own choice. */
  mend(topic: string): Mended {
    const { policy, random, candidates: all, isOwn } = this.#parts;
    const { D, Dlo, Dhi, Dout } = policy;
    const mesh = this.#meshes.get(topic) ?? new Set<string>();
    const others = new Set(random.shuffle(all(topic).filter((peer) => !mesh.has(peer))));
    const candidates = [...others].filter((peer) => !this.#backsOff(topic, peer));
    const graft: string[] = [];
    const prune: string[] = [];
    const take = (peer: string): void => {
      mesh.add(peer);
      others.delete(peer);
      candidates.splice(candidates.indexOf(peer), 1);
      graft.push(peer);
    };
    if (mesh.size < Dlo) for (const peer of candidates.slice(0, D - mesh.size)) take(peer);
    if (mesh.size > Dhi)
      for (const peer of this.#surplus([...mesh])) {
        mesh.delete(peer);
        this.#backOff(topic, peer);
        others.add(peer);
        prune.push(peer);
      }
    const own = [...mesh].filter(isOwn).length;
    if (mesh.size >= Dlo && own < Dout) for (const peer of candidates.filter(isOwn).slice(0, Dout - own)) take(peer);
    return { graft, prune, others: [...others] };
  }

  /** Whom a mesh that is too large lets go of. */
  #surplus(all: readonly string[]): readonly string[] {
    const { policy, random, isOwn } = this.#parts;
    const inOrder = [...all.slice(0, policy.Dscore), ...random.shuffle(all.slice(policy.Dscore))];
    const own = inOrder.filter(isOwn).slice(0, policy.Dout);
    const kept = new Set(Array.from(new Set([...own, ...inOrder])).slice(0, policy.D));
    return all.filter((peer) => !kept.has(peer));
  }

  #backOff(topic: string, peer: string): void {
    const { policy, clock } = this.#parts;
    const known = this.#backoff.get(topic) ?? new Map<string, Millis>();
    known.set(peer, clock.now() + policy.pruneBackoff);
    this.#backoff.set(topic, known);
  }

  #backsOff(topic: string, peer: string): boolean {
    return this.#backoff.get(topic)?.has(peer) === true;
  }
}

const none: ReadonlySet<string> = new Set();
