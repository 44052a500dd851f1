/**
 * Keys that this device may hand on: to members that asked for a chain which they cannot open, and to newcomers whose
 * invite grants history. In memory: who still lacks something asks again.
 */
import type { HistoryPlace } from "../protocol/control.ts";
import type { ChainId, GroupId, MemberId } from "../types.ts";
import type { Session } from "./session.ts";

const MAX_ASKERS = 64;
const MAX_REQUESTS = 256;
/** Somebody who says so often to have answered, and is asked for the same again, keeps nobody else from answering. */
const MAX_GIVEN = 4;
/** Newcomers whose grant is kept in mind between slots. */
const MAX_PLANS = 4;

/** A chain that a member asked for. */
export interface Request {
  /** How often; its sender answers the first time, anybody from the second. */
  readonly asks: number;
  /** Somebody else has answered since. */
  readonly given: boolean;
  /** Who said to have answered, and how often. */
  readonly givers: ReadonlyMap<MemberId, number>;
  /** How often this device has answered. */
  readonly answered: number;
  /** The index to go on from. */
  readonly next: number;
}

export class Handouts {
  readonly #requests = new Map<string, Request>();
  /** Newcomers that wait for a part of the history, and from where on. */
  readonly #recalls = new Map<MemberId, HistoryPlace | undefined>();
  /** Where all lies that they are granted, oldest first. */
  readonly #plans = new Map<MemberId, readonly HistoryPlace[]>();

  asked(member: MemberId, chain: ChainId): void {
    const name = `${member}/${chain}`;
    const before = this.#requests.get(name) ?? {
      asks: 0,
      given: false,
      givers: new Map(),
      answered: 0,
      next: 0,
    };
    if (!this.#requests.has(name) && this.#requests.size >= MAX_REQUESTS)
      this.#requests.delete(this.#requests.keys().next().value as string);
    this.#requests.set(name, { ...before, asks: before.asks + 1, given: false });
  }
  /** Somebody else has answered. */
  given(member: MemberId, chain: ChainId, by: MemberId): void {
    const before = this.#requests.get(`${member}/${chain}`);
    const said = (before?.givers.get(by) ?? 0) + 1;
    if (!before || said > MAX_GIVEN) return;
    const givers = new Map(before.givers).set(by, said);
    this.#requests.set(`${member}/${chain}`, { ...before, given: true, givers });
  }
  request(member: MemberId, chain: ChainId): Request | undefined {
    return this.#requests.get(`${member}/${chain}`);
  }
  answered(member: MemberId, chain: ChainId, next: number): void {
    const before = this.#requests.get(`${member}/${chain}`);
    if (before) this.#requests.set(`${member}/${chain}`, { ...before, answered: before.answered + 1, next });
  }

  /** Requests that are remembered. */
  get size(): number {
    return this.#requests.size;
  }

  recall(member: MemberId, after: HistoryPlace | undefined): void {
    if (this.#recalls.size < MAX_ASKERS || this.#recalls.has(member)) this.#recalls.set(member, after);
  }
  get hasRecalls(): boolean {
    return this.#recalls.size > 0;
  }
  /** The one to be served in this slot. */
  takeRecall(): readonly [MemberId, HistoryPlace | undefined] | undefined {
    const [first] = this.#recalls;
    if (first) this.#recalls.delete(first[0]);
    return first;
  }

  /** What a newcomer is granted, as it was looked up when they began to ask. */
  plan(member: MemberId): readonly HistoryPlace[] | undefined {
    return this.#plans.get(member);
  }
  /** `undefined`: it is looked up anew the next time. */
  setPlan(member: MemberId, places: readonly HistoryPlace[] | undefined): void {
    this.#plans.delete(member);
    if (places) this.#plans.set(member, places);
    if (this.#plans.size > MAX_PLANS) this.#plans.delete(this.#plans.keys().next().value as MemberId);
  }
}

export const handoutsOf = (session: Session, group: GroupId): Handouts => {
  const known = session.handouts.get(group);
  if (known) return known;
  const made = new Handouts();
  session.handouts.set(group, made);
  return made;
};
