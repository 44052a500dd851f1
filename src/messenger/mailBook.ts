/**
 * Which mail a device keeps, and what it lets go of: the decisions, in memory, without the bytes.
 *
 * A device has so much room. Nine tenths are for what it sealed or opened itself and for what came over links that are
 * vouched for, one tenth for what strangers brought: neither class takes from the other. Within a class every source is
 * cut down to the same level, what expires soonest first; what is this device's own goes last.
 *
 * What was let go of is remembered by its id until it expires: it was looked at, and need not be fetched again. Where
 * even that takes too much, an hour's mail that was looked at once is closed, and no more of it is fetched.
 */
import { unhex } from "../protocol/codec.ts";
import { hoursLeft, slotAlive } from "../protocol/envelope.ts";
import type { IdSum } from "../protocol/idSet.ts";
import { addId, emptySum, removeId } from "../protocol/idSet.ts";
import type { Trust } from "../net/shares.ts";
import type { EnvelopeId, Millis, Tag, Topic } from "../types.ts";

/** Where an envelope lies. */
export interface MailRef {
  readonly topic: Topic;
  readonly slot: number;
  readonly envelope: EnvelopeId;
}

/** `own`: sealed or opened by this device. */
export type MailClass = "own" | Trust;

/** What is remembered of an envelope. */
export interface Kept {
  readonly tag: Tag;
  readonly size: number;
  readonly rank: MailClass;
  /** The link that brought it; of one's own mail it does not matter. */
  readonly source: string;
}

/** What is remembered of an envelope that was let go of. */
export interface Gone {
  readonly tag: Tag;
  readonly rank: MailClass;
}

/** What a look at the room came to. */
export interface Shed {
  /** To be deleted. */
  readonly erased: readonly MailRef[];
  /** To be replaced by the memory of it. */
  readonly gone: readonly (MailRef & Gone)[];
}

interface Slot {
  readonly topic: Topic;
  readonly slot: number;
  readonly mail: Map<EnvelopeId, Kept>;
  readonly gone: Map<EnvelopeId, Gone>;
  sum: IdSum;
  /** `forgot`: some of what was let go of is not remembered. `closed`: and since then all of it was looked at. */
  state: "open" | "forgot" | "closed";
}

/** One thing, or several by their envelope. */
type Several = MailRef | Map<EnvelopeId, MailRef>;

/** What an envelope costs besides its bytes: an entry here and in the database. */
const OVERHEAD = 768;
/** The part of strangers. */
const STRANGERS = 0.1;
/** Room is made for a while: down to this part of what there is. */
const DOWN_TO = 0.95;
/** One envelope that was let go of is remembered for so many bytes of room, and so many in any case. */
const ROOM_PER_GONE = 2048;
const LEAST_GONE = 32_768;
/** Frames under one tag that count as opened: whoever has seen a tag can put it on anything. */
const CLAIMS_PER_TAG = 4;

const weightOf = ({ size }: Pick<Kept, "size">): number => size + OVERHEAD;
const classOf = (rank: MailClass): Trust => (rank === "stranger" ? "stranger" : "vouched");
const accountOf = ({ rank, source }: Kept): string => (rank === "own" ? "own" : `${rank} ${source}`);

/** See above. */
export class MailBook {
  readonly #room: Readonly<Record<Trust, number>>;
  readonly #slots = new Map<string, Slot>();
  readonly #memory: Readonly<Record<Trust, number>>;
  readonly #tags = new Map<Tag, Several>();
  readonly #goneTags = new Map<Tag, Several>();
  /** What each source takes up, and each class. */
  readonly #accounts = new Map<string, number>();
  readonly #used: Record<Trust, number> = { vouched: 0, stranger: 0 };
  readonly #gone: Record<Trust, number> = { vouched: 0, stranger: 0 };

  /** @param room in bytes @param memory envelopes that were let go of and are remembered */
  constructor(room: number, memory = Math.max(LEAST_GONE, room / ROOM_PER_GONE)) {
    const share = (all: number) => ({ vouched: all * (1 - STRANGERS), stranger: all * STRANGERS });
    this.#room = share(room);
    this.#memory = share(memory);
  }

  /** Whether it is here, or was and is known. */
  has({ topic, slot, envelope }: MailRef): boolean {
    const at = this.#slots.get(`${topic}/${slot}`);
    return at !== undefined && (at.mail.has(envelope) || at.gone.has(envelope));
  }

  /** All that there is for this class, in bytes. */
  room(trust: Trust): number {
    return this.#room[trust];
  }

  total(): { readonly envelopes: number; readonly bytes: number; readonly room: number } {
    let [envelopes, bytes] = [0, 0];
    for (const { mail } of this.#slots.values())
      for (const { size } of mail.values()) {
        envelopes++;
        bytes += size;
      }
    return { envelopes, bytes, room: this.#room.vouched + this.#room.stranger };
  }

  /** Whether something has to be let go of. */
  over(): boolean {
    return this.#used.vouched > this.#room.vouched || this.#used.stranger > this.#room.stranger;
  }

  keep(ref: MailRef, kept: Kept): void {
    const slot = this.#slot(ref);
    if (slot.mail.has(ref.envelope)) return;
    if (slot.gone.has(ref.envelope)) this.#forgetGone(slot, ref.envelope);
    slot.mail.set(ref.envelope, kept);
    slot.sum = addId(slot.sum, unhex(ref.envelope));
    note(this.#tags, kept.tag, ref);
    this.#count(kept, weightOf(kept));
  }

  /** Remembers what was let go of in an earlier run, or just now. */
  letGo(ref: MailRef, gone: Gone): void {
    const slot = this.#slot(ref);
    if (slot.mail.has(ref.envelope) || slot.gone.has(ref.envelope)) return;
    slot.gone.set(ref.envelope, gone);
    slot.sum = addId(slot.sum, unhex(ref.envelope));
    note(this.#goneTags, gone.tag, ref);
    this.#gone[classOf(gone.rank)]++;
  }

  /** What is here under a tag. */
  under(tag: Tag): readonly MailRef[] {
    return refsOf(this.#tags, tag);
  }

  /** What came under this tag was for this device: it is let go of last. Gives what was not so before. */
  claim(tag: Tag): readonly MailRef[] {
    const refs = this.under(tag);
    const claimed: MailRef[] = [];
    for (const ref of refs.slice(0, CLAIMS_PER_TAG)) {
      const slot = this.#slot(ref);
      const kept = slot.mail.get(ref.envelope);
      if (!kept || kept.rank === "own") continue;
      this.#count(kept, -weightOf(kept));
      const own: Kept = { ...kept, rank: "own" };
      slot.mail.set(ref.envelope, own);
      this.#count(own, weightOf(own));
      claimed.push(ref);
    }
    return claimed;
  }

  /** These tags mean something now: what was let go of under them is to be fetched again. Gives what is forgotten so. */
  revive(tags: readonly Tag[]): readonly MailRef[] {
    const refs = tags.flatMap((tag) => refsOf(this.#goneTags, tag));
    for (const ref of refs) this.#forgetGone(this.#slot(ref), ref.envelope);
    return refs;
  }

  /** Lets go of what has expired and, where a class has more than its room, of what expires soonest. */
  shed(now: Millis): Shed {
    const byAge = [...this.#slots.values()].sort((a, b) => hoursLeft(a.slot, now) - hoursLeft(b.slot, now));
    const erased: MailRef[] = [];
    for (const slot of byAge) if (!slotAlive(slot.slot, now)) erased.push(...this.#drop(slot));
    const alive = byAge.filter((slot) => slotAlive(slot.slot, now));
    const gone = [...this.#makeRoom("vouched", alive), ...this.#makeRoom("stranger", alive)];
    return { erased: [...erased, ...this.#forgetOldest(alive)], gone };
  }

  /** Slots with anything in them, as others are told of them. */
  slots(): readonly {
    readonly topic: Topic;
    readonly slot: number;
    readonly count: number;
    readonly sum: IdSum;
    readonly closed: boolean;
  }[] {
    return [...this.#slots.values()]
      .filter(({ mail, gone, state }) => mail.size + gone.size > 0 || state === "closed")
      .map(({ topic, slot, mail, gone, sum, state }) => ({
        topic,
        slot,
        count: mail.size + gone.size,
        sum,
        closed: state === "closed",
      }));
  }

  /** All of a slot that a neighbour has was looked at. */
  passed(topic: Topic, slot: number): void {
    const at = this.#slots.get(`${topic}/${slot}`);
    if (at?.state === "forgot") at.state = "closed";
  }

  /** Ids in a slot: of what is here, and of what was. */
  ids(topic: Topic, slot: number): readonly EnvelopeId[] {
    const at = this.#slots.get(`${topic}/${slot}`);
    return at ? [...at.mail.keys(), ...at.gone.keys()] : [];
  }

  /** What is here of a slot. */
  held(topic: Topic, slot: number): readonly EnvelopeId[] {
    return [...(this.#slots.get(`${topic}/${slot}`)?.mail.keys() ?? [])];
  }

  #slot({ topic, slot }: MailRef): Slot {
    const name = `${topic}/${slot}`;
    const known = this.#slots.get(name);
    if (known) return known;
    const made: Slot = { topic, slot, mail: new Map(), gone: new Map(), sum: emptySum, state: "open" };
    this.#slots.set(name, made);
    return made;
  }

  #count(kept: Kept, weight: number): void {
    const account = accountOf(kept);
    const total = (this.#accounts.get(account) ?? 0) + weight;
    if (total > 0) this.#accounts.set(account, total);
    else this.#accounts.delete(account);
    this.#used[classOf(kept.rank)] += weight;
  }

  /** One class down to its room. */
  #makeRoom(trust: Trust, byAge: readonly Slot[]): readonly (MailRef & Gone)[] {
    if (this.#used[trust] <= this.#room[trust]) return [];
    const target = this.#room[trust] * DOWN_TO;
    const own = trust === "vouched" ? (this.#accounts.get("own") ?? 0) : 0;
    const sources = [...this.#accounts].filter(([account]) => account.startsWith(`${trust} `));
    const level = levelFor(
      sources.map(([, weight]) => weight),
      Math.max(0, target - own),
    );
    const spare = new Map(sources.map(([account, weight]) => [account, weight - level]));
    // Only where all else is gone is it the turn of this device's own.
    if (own > target) spare.set("own", own - target);
    const out: (MailRef & Gone)[] = [];
    for (const slot of byAge)
      for (const [envelope, kept] of slot.mail) {
        const left = spare.get(accountOf(kept)) ?? 0;
        if (left <= 0) continue;
        spare.set(accountOf(kept), left - weightOf(kept));
        const ref = { topic: slot.topic, slot: slot.slot, envelope };
        const { tag, rank } = kept;
        this.#forget(slot, envelope);
        this.letGo(ref, { tag, rank });
        out.push({ ...ref, tag, rank });
      }
    return out;
  }

  /** The memory of what is gone is bounded, too. */
  #forgetOldest(byAge: readonly Slot[]): readonly MailRef[] {
    const out: MailRef[] = [];
    for (const slot of byAge)
      for (const [envelope, { rank }] of slot.gone) {
        const trust = classOf(rank);
        if (this.#gone[trust] <= this.#memory[trust]) continue;
        this.#forgetGone(slot, envelope);
        // What strangers brought was theirs alone to look at: it closes nothing.
        if (trust === "vouched" && slot.state === "open") slot.state = "forgot";
        out.push({ topic: slot.topic, slot: slot.slot, envelope });
      }
    return out;
  }

  #drop(slot: Slot): readonly MailRef[] {
    const ids = [...slot.mail.keys(), ...slot.gone.keys()];
    for (const envelope of slot.mail.keys()) this.#forget(slot, envelope);
    for (const envelope of slot.gone.keys()) this.#forgetGone(slot, envelope);
    this.#slots.delete(`${slot.topic}/${slot.slot}`);
    return ids.map((envelope) => ({ topic: slot.topic, slot: slot.slot, envelope }));
  }

  #forget(slot: Slot, envelope: EnvelopeId): void {
    const kept = slot.mail.get(envelope);
    if (!kept) return;
    slot.mail.delete(envelope);
    slot.sum = removeId(slot.sum, unhex(envelope));
    this.#count(kept, -weightOf(kept));
    strike(this.#tags, kept.tag, envelope);
  }

  #forgetGone(slot: Slot, envelope: EnvelopeId): void {
    const gone = slot.gone.get(envelope);
    if (!gone) return;
    slot.gone.delete(envelope);
    slot.sum = removeId(slot.sum, unhex(envelope));
    this.#gone[classOf(gone.rank)]--;
    strike(this.#goneTags, gone.tag, envelope);
  }
}

const refsOf = (tags: ReadonlyMap<Tag, Several>, tag: Tag): readonly MailRef[] => {
  const several = tags.get(tag);
  if (several === undefined) return [];
  return several instanceof Map ? [...several.values()] : [several];
};

/** Nearly every tag is on one envelope, so that one costs no map of its own. */
const note = (tags: Map<Tag, Several>, tag: Tag, ref: MailRef): void => {
  const several = tags.get(tag);
  if (several === undefined) tags.set(tag, ref);
  else if (several instanceof Map) several.set(ref.envelope, ref);
  else tags.set(tag, new Map([several, ref].map((one) => [one.envelope, one])));
};

const strike = (tags: Map<Tag, Several>, tag: Tag, envelope: EnvelopeId): void => {
  const several = tags.get(tag);
  if (several instanceof Map) {
    several.delete(envelope);
    if (several.size > 0) return;
  } else if (several?.envelope !== envelope) return;
  tags.delete(tag);
};

/** The level to which all are cut down so that they come to no more than `total`: who has less keeps all. */
export const levelFor = (weights: readonly number[], total: number): number => {
  const sorted = [...weights].sort((a, b) => a - b);
  let left = total;
  for (const [at, weight] of sorted.entries()) {
    const each = left / (sorted.length - at);
    if (weight > each) return each;
    left -= weight;
  }
  return Infinity;
};
