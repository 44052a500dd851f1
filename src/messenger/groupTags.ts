/** The tags that a group's state waits for, part by part; recomputed for a part only when that part changed. */
import { hex } from "../protocol/codec.ts";
import type { EnvelopeKey } from "../protocol/envelope.ts";
import type { GroupState } from "../protocol/group.ts";
import { counterparts, pairWith } from "../protocol/group.ts";
import { hailKeys } from "../protocol/hail.ts";
import type { Card, Self } from "../protocol/identity.ts";
import { HOUR, META_WINDOW, RETAIN } from "../protocol/limits.ts";
import { dayOf, expected, expectedOfPair, newPair, pairFrameKey } from "../protocol/pairwise.ts";
import type { ReceiveChain } from "../protocol/senderKey.ts";
import { complete, metaKey, openTags } from "../protocol/senderKey.ts";
import type { GroupId, Millis, Pause, Tag } from "../types.ts";
import type { Place, TagBook } from "./tagBook.ts";

type Entry = readonly [Tag, Place];

const messageEntries = (group: GroupState["group"], one: ReceiveChain): Entry[] =>
  openTags(one).map(([tag, index]) => [tag, { kind: "message", group, chain: one.chain, index }]);

const pairPart = (group: GroupId, name: string): string => `${group}/p/${name}`;

/** Keeps the book in step with the groups. */
export class GroupTags {
  readonly #book: TagBook;
  readonly #self: () => Self;
  /** The day for which a group's pairs are listened for. */
  readonly #days = new Map<GroupId, number>();
  readonly #windows = new Map<string, ReadonlyMap<number, Entry>>();

  constructor(book: TagBook, self: () => Self) {
    this.#book = book;
    this.#self = self;
  }

  /** Works out beforehand, with pauses, what `update` will need of pairs: an agreement and some keys for each device. */
  async prepare(after: GroupState, now: Millis, pause: Pause | undefined): Promise<void> {
    if (!pause) return;
    for (const [name, card] of counterparts(after)) {
      await pause();
      this.#pair(after, { name, card, now });
    }
  }

  /** Brings the book up to date with `after`; returns the tags that nobody waited for before. */
  update(before: GroupState | undefined, after: GroupState, now: Millis): readonly Tag[] {
    return [...this.#chains(before, after), ...this.#pairwise(before, after, now), ...this.#hails(before, after, now)];
  }

  /** The same group on another day than it was looked at last; the tags that nobody waited for before. */
  turn(state: GroupState, now: Millis): readonly Tag[] {
    return this.#days.get(state.group) === dayOf(now) ? [] : this.#pairwise(undefined, state, now);
  }

  #chains(before: GroupState | undefined, after: GroupState): Tag[] {
    const fresh: Tag[] = [];
    const { group } = after;
    for (const [chain, one] of after.receive) {
      const was = before?.receive.get(chain);
      // A chain's message tags are all known from its first day: consumed ones lead to "stale".
      if (!complete(one) && (!was || complete(was)))
        fresh.push(...this.#book.set(`${group}/m/${chain}`, messageEntries(group, one)));
      // Nothing more can come of it. The tags of its messages stay: under one of them could come another message.
      if (was && complete(one) && !complete(was))
        this.#book.trim(`${group}/m/${chain}`, (place) => place.kind === "message" && place.index < (one.count ?? 0));
      if (was?.metaNext !== one.metaNext || was.metaSkipped !== one.metaSkipped)
        fresh.push(
          ...this.#book.set(
            `${group}/c/${chain}`,
            this.#window(`${group}/c/${chain}`, expected(one.metaNext, one.metaSkipped, META_WINDOW), (number) => [
              metaKey(one.meta, one.distribution, number).tag,
              { kind: "meta", group, chain, number },
            ]),
          ),
        );
    }
    for (const chain of before?.receive.keys() ?? []) {
      if (after.receive.has(chain)) continue;
      this.#book.set(`${group}/m/${chain}`, []);
      this.#book.set(`${group}/c/${chain}`, []);
      this.#windows.delete(`${group}/c/${chain}`);
    }
    return fresh;
  }

  #pairwise(before: GroupState | undefined, after: GroupState, now: Millis): Tag[] {
    const { group } = after;
    if (!before) this.#days.set(group, dayOf(now));
    if (before && before.view === after.view && before.pairs === after.pairs) return [];
    const fresh: Tag[] = [];
    const known = before && counterparts(before);
    for (const [name, card] of counterparts(after)) {
      const counters = after.pairs.get(name) ?? newPair;
      const was = known?.has(name) ? (before?.pairs.get(name) ?? newPair) : undefined;
      if (was?.receiveNext === counters.receiveNext) continue;
      const entries = this.#pair(after, { name, card, now });
      if (entries) fresh.push(...this.#book.set(pairPart(group, name), entries));
    }
    return fresh;
  }

  /** What may come from one device to this one alone. */
  #pair(
    { group, pairs }: GroupState,
    { name, card, now }: { readonly name: string; readonly card: Card; readonly now: Millis },
  ): readonly Entry[] | undefined {
    const pair = name === hex(this.#self().agreement.public) ? undefined : pairWith(this.#self(), card.agreement);
    return (
      pair &&
      this.#window(pairPart(group, name), expectedOfPair(pairs.get(name) ?? newPair, now), (number) => [
        pairFrameKey(pair, group, card.agreement, number).tag,
        { kind: "pair", group, agreement: card.agreement, number },
      ])
    );
  }

  /** A window moves by one or two at a time: what stays in it is not derived again. */
  #window(part: string, numbers: readonly number[], entry: (number: number) => Entry): readonly Entry[] {
    const before = this.#windows.get(part);
    const after = new Map(numbers.map((number) => [number, before?.get(number) ?? entry(number)]));
    this.#windows.set(part, after);
    return [...after.values()];
  }

  #hails(before: GroupState | undefined, after: GroupState, now: Millis): Tag[] {
    const { group } = after;
    if (before?.view === after.view) return [];
    const fresh: Tag[] = [];
    // Also for invites that are used up or revoked: whoever still holds one gets an answer.
    for (const { id, op } of after.dag.all()) {
      if (op.body.kind !== "invite" || !op.body.hail) continue;
      const part = `${group}/h/${id}`;
      const alive = now - op.body.expires < RETAIN + HOUR;
      if (!alive || this.#book.has(part)) continue;
      const entries = hailKeys(op.body.hail).map(({ tag, key }: EnvelopeKey): Entry => [
        tag,
        { kind: "hail", group, invite: id, key },
      ]);
      fresh.push(...this.#book.set(part, entries));
    }
    return fresh;
  }
}
