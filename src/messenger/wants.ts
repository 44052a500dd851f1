/** What a group's device has noticed to be missing, here or with others. In memory: noticed again when it matters. */
import type { ChainId, GroupId, MemberId, OpId } from "../types.ts";
import type { Session } from "./session.ts";

const MAX_CHAINS = 32;
const MAX_HEADS = 64;
const MAX_ASKERS = 64;
/** A chain is asked for so often, then given up: its messages die with it. */
const MAX_TRIES = 12;
/** In slots. */
const LONGEST_WAIT = 64;

/** What a member asked for. */
export interface Asked {
  readonly heads: readonly OpId[];
  readonly chains: readonly ChainId[];
}

export class Wants {
  /** Heads that others named; those still unknown at the next slot are asked for. */
  readonly #heads = new Set<OpId>();
  readonly #chains = new Map<ChainId, number>();
  readonly #asked = new Map<MemberId, Asked>();
  /** Operations that somebody else has sent since: no need to send them again. */
  readonly #answered = new Set<OpId>();

  /** Slots until it asks again, and how long it waits after that. */
  #wait = 0;
  #patience = 1;

  hear(heads: readonly OpId[]): void {
    for (const head of heads) {
      if (this.#heads.size >= MAX_HEADS || this.#heads.has(head)) continue;
      this.#heads.add(head);
      this.hurry();
    }
  }
  /** Something changed: an answer may be near. */
  hurry(): void {
    this.#wait = 0;
    this.#patience = 1;
  }
  /** Called once a slot while something is missing: whether to ask in this one. Whoever can answer may be away. */
  turn(): boolean {
    if (this.#wait-- > 0) return false;
    this.#wait = this.#patience;
    this.#patience = Math.min(LONGEST_WAIT, this.#patience * 2);
    return true;
  }
  lacks(chain: ChainId | undefined): void {
    if (!chain || this.#chains.size >= MAX_CHAINS || this.#chains.has(chain)) return;
    this.#chains.set(chain, 0);
    this.hurry();
  }
  has(chain: ChainId): void {
    this.#chains.delete(chain);
  }
  asked(from: MemberId, heads: readonly OpId[], chains: readonly ChainId[]): void {
    if (this.#asked.size < MAX_ASKERS || this.#asked.has(from)) this.#asked.set(from, { heads, chains });
  }
  answered(ops: readonly OpId[]): void {
    if (this.#asked.size > 0) for (const op of ops) this.#answered.add(op);
  }

  /** Heads for which `known` says no. */
  unknown(known: (head: OpId) => boolean): readonly OpId[] {
    for (const head of this.#heads) if (known(head)) this.#heads.delete(head);
    return [...this.#heads];
  }

  /** Chains that are still worth asking for. */
  get lacking(): boolean {
    for (const tries of this.#chains.values()) if (tries < MAX_TRIES) return true;
    return false;
  }
  /** Chains to ask for now. */
  chains(): readonly ChainId[] {
    const out: ChainId[] = [];
    for (const [chain, tries] of this.#chains) {
      if (tries >= MAX_TRIES) continue;
      this.#chains.set(chain, tries + 1);
      out.push(chain);
    }
    return out;
  }

  /** Takes what was asked, with what nobody has sent since. */
  takeAsked(): { readonly asked: ReadonlyMap<MemberId, Asked>; readonly sent: ReadonlySet<OpId> } {
    const out = { asked: new Map(this.#asked), sent: new Set(this.#answered) };
    this.#asked.clear();
    this.#answered.clear();
    return out;
  }
  get hasAsked(): boolean {
    return this.#asked.size > 0;
  }
}

export const wantsOf = (session: Session, group: GroupId): Wants => {
  const known = session.wants.get(group);
  if (known) return known;
  const made = new Wants();
  session.wants.set(group, made);
  return made;
};
