/** Messages as they lie in the store, and as a line of history shows them. */
import type { Shape } from "../protocol/codec.ts";
import { bool, bytes, bytesUpTo, id, list, optional, struct, uint, word } from "../protocol/codec.ts";
import type { Original, Placed, Stand } from "../protocol/control.ts";
import { originalShape, standShape } from "../protocol/control.ts";
import type { GroupState } from "../protocol/group.ts";
import { lastsShape } from "../protocol/lasts.ts";
import { MAX_CONTENT, MAX_OP_PARENTS, MAX_PLACES, RETAIN } from "../protocol/limits.ts";
import { alsoReadBy } from "../protocol/readers.ts";
import type { Received } from "../protocol/receiving.ts";
import type { View } from "../protocol/resolve.ts";
import type {
  ChainId,
  DeviceId,
  GroupId,
  LostDevice,
  MemberId,
  MessageId,
  MessageView,
  Millis,
  OpId,
  PersonId,
} from "../types.ts";
import { goesIn } from "./fades.ts";
import type { People } from "./people.ts";

const persons = list(id<PersonId>(32), 4096);

/** Where a message was sealed: at most once at each. */
export interface SealedAt {
  readonly chain: ChainId;
  readonly index: number;
  /** Of the view that the chain serves. */
  readonly heads: readonly OpId[];
}

/** Why nothing is left of a message: its author took it back, or this person wanted it off this device. */
export interface Gone {
  readonly how: "withdrawn" | "forgotten";
  readonly at: Millis;
}

export interface Line extends SealedAt {
  readonly message: MessageId;
  readonly time: Millis;
  readonly author: MemberId;
  readonly person: PersonId;
  /** Sealed again, because the first did not get through or its view was overtaken. */
  readonly again: readonly SealedAt[];
  readonly content: Uint8Array;
  readonly parents: readonly Stand[];
  readonly audience: readonly PersonId[];
  readonly reached: readonly PersonId[];
  readonly read: readonly PersonId[];
  /** The message's own key: with it a newcomer can be shown the original. */
  readonly key: Uint8Array;
  /** What its author signed beside all this; absent where it came with a moved identity. */
  readonly original?: Original;
  /** Came by a grant of history: it was not for this device when it was said. */
  readonly granted?: boolean;
  /** Changes of it have come: `changeBook.ts` has them. */
  readonly changed?: boolean;
  /** Its content names the message itself then (`withdraw`), and it has neither key nor signature. */
  readonly gone?: Gone;
  /** As its author signed it, in seconds. */
  readonly lasts?: number;
  /** When this device lets go of it; absent: it stays. */
  readonly goes?: Millis;
}

/** What its author signed, as it was placed. */
export const placedOf = ({ index, time, parents, content, lasts }: Line, { nonce, acks }: Original): Placed => ({
  index,
  nonce,
  time,
  parents,
  acks,
  content,
  ...(lasts !== undefined && { lasts }),
});

const sealedAt = { chain: id<ChainId>(16), index: uint(), heads: list(id<OpId>(32), MAX_OP_PARENTS) };
export const lineShape: Shape<Line> = struct({
  message: id<MessageId>(16),
  time: uint(),
  author: id<MemberId>(32),
  person: id<PersonId>(32),
  ...sealedAt,
  again: list(struct(sealedAt), MAX_PLACES),
  content: bytesUpTo(MAX_CONTENT),
  parents: list(standShape, 16),
  audience: persons,
  reached: persons,
  read: persons,
  key: bytes(32),
  original: optional(originalShape),
  granted: optional(bool),
  changed: optional(bool),
  gone: optional(struct({ how: word(["withdrawn", "forgotten"]), at: uint() })),
  lasts: optional(lastsShape),
  goes: optional(uint()),
});

/**
 * A message of somebody who is gone counts only as far as the removal's cut says; the same everywhere. A cut lists the
 * chains that are remembered: what is older than that was there long before. Of somebody whose coming in was void,
 * nothing counts.
 */
export const counts = (
  view: View,
  line: Pick<Line, "author" | "chain" | "index" | "time"> & { readonly again?: Line["again"] },
): boolean => {
  const gone = view.gone.get(line.author);
  if (!gone) return view.members.has(line.author);
  return [line, ...(line.again ?? [])].some(({ chain, index }) => {
    const count = gone.cut.get(chain);
    return count === undefined ? line.time < gone.at - RETAIN : index < count;
  });
};

/** Who could read it though they were out, as its sender had not learned: persons, and lost devices of others. */
export interface AlsoRead {
  /** Nobody whom it was from. */
  readonly persons: readonly PersonId[];
  readonly devices: readonly { readonly person: PersonId; readonly device: DeviceId }[];
}

/** Of a message: with those of the message that gave it other words. */
export const alsoRead = ({ dag, view }: GroupState, line: Line, newer?: Line): AlsoRead => {
  const persons = new Set<PersonId>();
  const devices = new Map<DeviceId, PersonId>();
  const sealed = [line, ...(newer ? [newer] : [])].flatMap(({ time, heads, again }) =>
    [{ heads }, ...again].map((at) => ({ heads: at.heads, time })),
  );
  for (const at of sealed) {
    const outsiders = alsoReadBy(dag, view, at);
    for (const person of outsiders.persons) persons.add(person);
    for (const [device, person] of outsiders.devices) devices.set(device, person);
  }
  persons.delete(line.person);
  const lost = [...devices].filter(([, person]) => !persons.has(person));
  return {
    persons: [...persons].sort(),
    devices: lost.map(([device, person]) => ({ person, device })).sort((a, b) => (a.device < b.device ? -1 : 1)),
  };
};

/**
 * The same message, found at another place as well. Of several times that its author gave it the earliest counts, with what
 * was signed there; it goes when the first of them says so.
 */
export const sealedAgain = (
  before: Line,
  { chain, heads, placed: { index, time, parents, lasts }, key, original }: Received,
  now: Millis,
): Line => {
  const line = goingBy(before, goesIn({ content: before.content, time, original, ...(lasts && { lasts }) }, now));
  const known = [line, ...line.again].some((one) => one.chain === chain && one.index === index);
  const place = { chain, index, heads };
  // Of what was shown once, or is gone, no key comes back.
  const erased = line.key.every((byte) => byte === 0);
  if (time < line.time && (!erased || line.gone)) {
    const { lasts: _other, ...rest } = line;
    const first = { chain: line.chain, index: line.index, heads: line.heads };
    const again = [first, ...line.again].slice(0, MAX_PLACES);
    const signed = !line.gone && { key, original };
    return { ...rest, ...place, ...signed, time, parents, again, ...(lasts && { lasts }) };
  }
  return known || line.again.length >= MAX_PLACES ? line : { ...line, again: [...line.again, place] };
};

const goingBy = (line: Line, goes: Millis | undefined): Line =>
  goes === undefined || (line.goes ?? Infinity) <= goes ? line : { ...line, goes };

/** As one string: a message at another time than it was named with is not the one that was named. */
export const standName = ({ message, time }: Stand): string => `${message}@${time}`;

export const nameOf = (people: People, view: View | undefined, person: PersonId): string => {
  const contact = people.get(person)?.card;
  if (contact) return contact.name;
  for (const one of view?.members.values() ?? []) if (one.person === person) return one.card.name;
  for (const one of view?.gone.values() ?? []) if (one.person === person) return one.card.name;
  for (const one of view?.invites.values() ?? []) if (one.card?.person === person) return one.card.name;
  return "";
};

export const viewOf = (
  caucus: GroupId,
  line: Line,
  about: {
    readonly name: string;
    readonly self: PersonId;
    readonly saved: boolean;
    readonly missing: ReadonlySet<string>;
    readonly alsoRead: AlsoRead;
    /** What one's own devices are called. */
    readonly called: (device: DeviceId) => string | undefined;
    readonly shown: Pick<
      MessageView,
      "kind" | "text" | "reply" | "mentions" | "file" | "onRecord" | "tool" | "notice" | "revisedAt" | "withdrawnAt"
    >;
    readonly held: Pick<MessageView, "heldFor">;
    readonly reach: Pick<Line, "audience" | "reached" | "read">;
  },
): MessageView => ({
  message: line.message,
  caucus,
  sender: line.person,
  name: about.name,
  sentAt: line.time,
  ...about.shown,
  reached: about.reach.reached.length,
  read: about.reach.read.length,
  of: about.reach.audience.length,
  state: about.saved ? "saved" : line.person === about.self ? "sent" : "received",
  missing: line.parents.filter((one) => about.missing.has(standName(one))).length,
  ...(about.alsoRead.persons.length > 0 && { alsoRead: about.alsoRead.persons }),
  ...(about.alsoRead.devices.length > 0 && {
    lostDevices: about.alsoRead.devices.map((one): LostDevice => {
      const name = one.person === about.self ? about.called(one.device) : undefined;
      return { ...one, ...(name && { name }) };
    }),
  }),
  ...(line.granted && { granted: true }),
  ...(line.goes !== undefined && { goesAt: line.goes }),
  ...about.held,
});

/** With `person` among those reached (and those who read), if it was an addressee and was not yet. */
export const acknowledged = (line: Line, person: PersonId, read: boolean): Line | undefined => {
  if (!line.audience.includes(person)) return undefined;
  const reached = line.reached.includes(person) ? line.reached : [...line.reached, person];
  const seen = !read || line.read.includes(person) ? line.read : [...line.read, person];
  return reached === line.reached && seen === line.read ? undefined : { ...line, reached, read: seen };
};
