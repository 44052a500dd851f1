/**
 * What this device holds of people's keys beyond their cards: the line of their device lists, what was compared in person,
 * whose app somebody has looked at. SPEC.md §16.
 */
import type { Shape } from "../protocol/codec.ts";
import { bool, id, list, optional, struct, text, uint, word } from "../protocol/codec.ts";
import type { DeviceHistory, ListSeen } from "../protocol/deviceHistory.ts";
import { MAX_DEVICES } from "../protocol/limits.ts";
import { beginHistory, covers, deviceHistory, deviceIds, followList, listOf } from "../protocol/deviceHistory.ts";
import type { Card } from "../protocol/identity.ts";
import type { Change } from "../store/record.ts";
import { del, put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { AppMark, DeviceId, Millis, PersonId, Standing, Trust } from "../types.ts";

/** Persons whose vouches for one other are remembered; the newest stay. */
const MAX_VOUCHERS = 32;
/** Vouches of others that are remembered in all. */
const MAX_HEARD = 4096;

/** What was compared in person. */
export interface Check {
  readonly at: Millis;
  readonly by: "code" | "emoji";
  readonly devices: readonly DeviceId[];
  /** What they called themselves then. */
  readonly name: string;
  /** The other device of this person that compared; absent where it was this one. */
  readonly from?: DeviceId;
}

/** Whoever vouches has looked at the app on these devices. */
export interface HeardVouch {
  readonly by: PersonId;
  readonly devices: readonly DeviceId[];
  readonly at: Millis;
}

export interface TrustRecord {
  readonly person: PersonId;
  readonly history: DeviceHistory;
  /** Two of their lists contradict each other. */
  readonly forked: boolean;
  /** Compared, and not the same. */
  readonly mismatch: boolean;
  readonly check?: Check;
  /** What other devices of this person, or this one, compared beside it or before: it counts should that one be lost. */
  readonly others: readonly Check[];
  readonly vouches: readonly HeardVouch[];
}

const check: Shape<Check> = struct({
  at: uint(),
  by: word(["code", "emoji"]),
  devices: deviceIds,
  name: text(128),
  from: optional(id<DeviceId>(32)),
});
const shape: Shape<TrustRecord> = struct({
  person: id<PersonId>(32),
  history: deviceHistory,
  forked: bool,
  mismatch: bool,
  check: optional(check),
  others: list(check, MAX_DEVICES),
  vouches: list(struct({ by: id<PersonId>(32), devices: deviceIds, at: uint() }), MAX_VOUCHERS),
});

/** How somebody stands with regard to some devices: all that they have, or those that a caucus serves. */
const trustIn = (record: TrustRecord | undefined, devices: readonly DeviceId[]): Trust => {
  if (record?.mismatch) return "mismatch";
  if (!record?.check) return "unverified";
  if (covers(record.check.devices, devices)) return "verified";
  return record.forked ? "forked" : "changed";
};

export class TrustBook {
  /** Whose book it is: their own vouches are never crowded out. */
  own: PersonId | undefined;
  /** Persons whose record or name changed, until somebody tells of it. */
  readonly changed = new Set<PersonId>();
  /** For whose app this person has vouched, or has taken it back. */
  readonly vouchedFor = new Set<PersonId>();
  readonly #records = new Map<PersonId, TrustRecord>();
  #heard = 0;

  async load(store: Store): Promise<void> {
    for await (const { value } of store.range({ space: "trust" })) {
      const record = shape.from(value);
      if (record) this.#set(record);
    }
  }

  get(person: PersonId): TrustRecord | undefined {
    return this.#records.get(person);
  }
  /** Everybody of whom anything is remembered. */
  all(): Iterable<TrustRecord> {
    return this.#records.values();
  }

  /** What is known of somebody, if only the list of their card. */
  of(card: Card): TrustRecord {
    const known = this.#records.get(card.person);
    if (known) return known;
    return {
      person: card.person,
      history: beginHistory(listOf(card)),
      forked: false,
      mismatch: false,
      others: [],
      vouches: [],
    };
  }

  /** What stores a record, which is to be taken into memory once that is on disk. */
  stored(record: TrustRecord): Change {
    return put({ space: "trust", person: record.person }, shape.to(record));
  }
  /** Takes a record into memory; the change stores it. */
  put(record: TrustRecord): Change {
    this.#set(record);
    this.changed.add(record.person);
    return this.stored(record);
  }

  #set(record: TrustRecord): void {
    this.#heard += record.vouches.length - (this.#records.get(record.person)?.vouches.length ?? 0);
    this.#records.set(record.person, record);
    if (record.vouches.some(({ by }) => by === this.own)) this.vouchedFor.add(record.person);
  }

  /** A list of somebody whose card (`known`) is known: what it changes, if anything. */
  see(seen: ListSeen, known: Card): readonly Change[] {
    const record = this.of(known);
    const { history, verdict } = followList(record.history, seen);
    if (verdict === "forked") return record.forked ? [] : [this.put({ ...record, forked: true })];
    return history === record.history ? [] : [this.put({ ...record, history })];
  }

  /** Forgets somebody, unless they were compared in person. */
  forget(person: PersonId): readonly Change[] {
    const record = this.#records.get(person);
    if (!record || record.check || record.mismatch) return [];
    this.#heard -= record.vouches.length;
    this.#records.delete(person);
    return [del({ space: "trust", person })];
  }

  /** A vouch that was heard; nothing for one that is older than what is known, or has no room. */
  hear(card: Card, vouch: HeardVouch): readonly Change[] {
    const record = this.of(card);
    const before = record.vouches.find((one) => one.by === vouch.by);
    if (before ? before.at >= vouch.at : vouch.devices.length === 0 || this.#heard >= MAX_HEARD) return [];
    const vouches = [...record.vouches.filter((one) => one !== before), vouch];
    const last = vouches.length > MAX_VOUCHERS ? vouches.find(({ by }) => by !== this.own) : undefined;
    return [this.put({ ...record, vouches: vouches.filter((one) => one !== last) })];
  }

  /** How somebody stands with these devices. */
  standing(person: PersonId, { devices, used = devices, guest, among }: Standings): Standing {
    const record = this.#records.get(person);
    const trust = trustIn(record, devices);
    const counts = (one: HeardVouch): boolean => covers(one.devices, used) && (among?.has(one.by) ?? true);
    const vouchedBy = guest || used.length === 0 ? [] : (record?.vouches ?? []).filter(counts).map(({ by }) => by);
    const app: AppMark = guest ? "guest" : vouchedBy.length > 0 ? "vouched" : "unchecked";
    return { trust, verified: trust === "verified", app, vouchedBy };
  }
}

/** What a standing is about. */
interface Standings {
  readonly devices: readonly DeviceId[];
  /** Those whose app it is; all by default. */
  readonly used?: readonly DeviceId[];
  readonly guest: boolean;
  /** Those whose vouches count; everybody by default. */
  readonly among?: ReadonlySet<PersonId>;
}
