/** What a group's device has noticed to be missing, here or with others. In memory: noticed again when it matters. */
import { hex } from "../protocol/codec.ts";
import { RETAIN } from "../protocol/limits.ts";
import type { SignedOp } from "../protocol/membership.ts";
import type { ChainId, GroupId, MemberId, Millis, OpId } from "../types.ts";
import type { Session } from "./session.ts";

const MAX_CHAINS = 32;
const MAX_HEADS = 64;
const MAX_ASKERS = 64;
/** What is only known by a name is asked for so often, then given up: nobody has it, or it never was. */
const MAX_TRIES = 12;
/** In slots. */
const LONGEST_WAIT = 64;

/** A chain that cannot be opened. */
export interface Lack {
  readonly since: Millis;
  /** Whose distribution has come: it exists, and is asked for as long as it may still be opened. Absent: others named it. */
  readonly from?: MemberId;
  readonly tries: number;
}

/** What a member asked for. */
export interface Asked {
  readonly heads: readonly OpId[];
  readonly chains: readonly ChainId[];
}

/** A device to be told alone of operations: why this one, by which they came in or were invited, counts no more. */
export interface Alone {
  readonly agreement: Uint8Array;
  readonly op: OpId;
  /** Worked out when it is said. */
  readonly why: () => readonly SignedOp[];
}

/** The newest displace the oldest: whoever names what does not exist cannot fill the table. */
const remember = <K, V>(table: Map<K, V>, [key, value]: readonly [K, V], most: number): void => {
  if (table.size >= most) table.delete(table.keys().next().value as K);
  table.set(key, value);
};

const nameOf = ({ agreement, op }: Alone): string => hex(agreement) + op;

export class Wants {
  /** Heads that others named; those still unknown at the next slot are asked for. */
  readonly #heads = new Map<OpId, number>();
  readonly #chains = new Map<ChainId, Lack>();
  readonly #asked = new Map<MemberId, Asked>();
  /** Operations that somebody else has sent since: no need to send them again. */
  readonly #answered = new Set<OpId>();

  /** Heads that nobody is known to have named yet: a quiet group would not hear of them. */
  #unsaid: string | undefined;

  /** The view has changed. */
  changed(heads: readonly OpId[]): void {
    this.#unsaid = heads.join();
  }
  /** Somebody else has named these heads to the group. */
  said(heads: readonly OpId[]): void {
    if (this.#unsaid === heads.join()) this.#unsaid = undefined;
  }
  /** This device has named the heads as they are: also those of operations of its own, which `changed` has not seen. */
  spoken(): void {
    this.#unsaid = undefined;
  }
  get hasUnsaid(): boolean {
    return this.#unsaid !== undefined;
  }

  /** Devices that cannot open what is said to the group: they are told alone. */
  readonly #alone = new Map<string, Alone>();

  tellAlone(alone: Alone): void {
    if (this.#alone.size < MAX_ASKERS) this.#alone.set(nameOf(alone), alone);
  }
  get hasAlone(): boolean {
    return this.#alone.size > 0;
  }
  /** So many of them at most. */
  takeAlone(most: number): readonly Alone[] {
    const out = [...this.#alone.values()].slice(0, most);
    for (const one of out) this.#alone.delete(nameOf(one));
    return out;
  }

  /** Slots until it asks again, and how long it waits after that. */
  #wait = 0;
  #patience = 1;

  /** Since when, and how often, it has asked what came to pass while it was away. */
  #back = { since: 0, asks: 0 };

  askSince(since: Millis): void {
    this.#back = { since, asks: this.asksSince(since) + 1 };
  }
  asksSince(since: Millis): number {
    return this.#back.since === since ? this.#back.asks : 0;
  }

  hear(heads: readonly OpId[]): void {
    for (const head of heads) {
      // One that was given up is asked for again: whoever names it now may have it.
      if ((this.#heads.get(head) ?? MAX_TRIES) < MAX_TRIES) continue;
      remember(this.#heads, [head, 0], MAX_HEADS);
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
    for (const [head, tries] of this.#heads) this.#heads.set(head, tries + 1);
    for (const [chain, lack] of this.#chains) this.#chains.set(chain, { ...lack, tries: lack.tries + 1 });
    return true;
  }
  /** `from`: whose distribution is here; else others have named it. */
  lacks(chain: ChainId, since: Millis, from?: MemberId): void {
    const before = this.#chains.get(chain);
    if (before && (before.from || !from)) this.#chains.set(chain, { ...before, tries: 0 });
    else {
      this.#chains.delete(chain);
      remember(this.#chains, [chain, { since, ...(from && { from }), tries: 0 }], MAX_CHAINS);
      this.hurry();
    }
  }
  has(chain: ChainId): void {
    this.#chains.delete(chain);
  }
  isLacking(chain: ChainId): boolean {
    return this.#chains.has(chain);
  }
  asked(from: MemberId, heads: readonly OpId[], chains: readonly ChainId[]): void {
    if (this.#asked.size < MAX_ASKERS || this.#asked.has(from)) this.#asked.set(from, { heads, chains });
  }
  answered(ops: readonly OpId[]): void {
    if (this.#asked.size > 0) for (const op of ops) this.#answered.add(op);
  }

  /** Heads for which `known` says no. */
  unknown(known: (head: OpId) => boolean): readonly OpId[] {
    for (const head of this.#heads.keys()) if (known(head)) this.#heads.delete(head);
    return [...this.#heads].filter(([, tries]) => tries < MAX_TRIES).map(([head]) => head);
  }

  /** Chains that are asked for; after RETAIN their senders cannot seal them anew. */
  chains(now: Millis): readonly ChainId[] {
    for (const [chain, { since }] of this.#chains) if (now - since >= RETAIN) this.#chains.delete(chain);
    return [...this.#chains].filter(([, { from, tries }]) => from || tries <= MAX_TRIES).map(([chain]) => chain);
  }
  /** What a restart must not forget. */
  get lacking(): ReadonlyMap<ChainId, Lack> {
    return this.#chains;
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
