/** Messages as they lie in the store, and as a line of history shows them. */
import type { Shape } from "../protocol/codec.ts";
import { bool, bytes, bytesUpTo, id, list, optional, struct, uint } from "../protocol/codec.ts";
import type { Original, Placed } from "../protocol/control.ts";
import { originalShape } from "../protocol/control.ts";
import { MAX_CONTENT, RETAIN } from "../protocol/limits.ts";
import type { View } from "../protocol/resolve.ts";
import type { ChainId, GroupId, MemberId, MessageId, MessageView, Millis, PersonId } from "../types.ts";
import type { People } from "./people.ts";

const persons = list(id<PersonId>(32), 4096);

export interface Line {
  readonly message: MessageId;
  readonly time: Millis;
  readonly author: MemberId;
  readonly person: PersonId;
  readonly chain: ChainId;
  readonly index: number;
  readonly content: Uint8Array;
  readonly parents: readonly MessageId[];
  readonly audience: readonly PersonId[];
  readonly reached: readonly PersonId[];
  readonly read: readonly PersonId[];
  /** The message's own key: with it a newcomer can be shown the original. */
  readonly key: Uint8Array;
  /** What its author signed beside all this; absent where it came with a moved identity. */
  readonly original?: Original;
  /** Came by a grant of history: it was not for this device when it was said. */
  readonly granted?: boolean;
}

/** What its author signed, as it was placed. */
export const placedOf = ({ index, time, parents, content }: Line, { nonce, acks }: Original): Placed => ({
  index,
  nonce,
  time,
  parents,
  acks,
  content,
});

export const lineShape: Shape<Line> = struct({
  message: id<MessageId>(16),
  time: uint(),
  author: id<MemberId>(32),
  person: id<PersonId>(32),
  chain: id<ChainId>(16),
  index: uint(),
  content: bytesUpTo(MAX_CONTENT),
  parents: list(id<MessageId>(16), 16),
  audience: persons,
  reached: persons,
  read: persons,
  key: bytes(32),
  original: optional(originalShape),
  granted: optional(bool),
});

/**
 * A message of somebody who is gone counts only as far as the removal's cut says; the same everywhere. A cut lists the
 * chains that are remembered: what is older than that was there long before. Of somebody whose coming in was void,
 * nothing counts.
 */
export const counts = (view: View, line: Pick<Line, "author" | "chain" | "index" | "time">): boolean => {
  const gone = view.gone.get(line.author);
  if (!gone) return view.members.has(line.author);
  const count = gone.cut.get(line.chain);
  return count === undefined ? line.time < gone.at - RETAIN : line.index < count;
};

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
    readonly missing: ReadonlySet<MessageId>;
    readonly shown: Pick<MessageView, "kind" | "text" | "reply" | "file" | "onRecord">;
    readonly held: Pick<MessageView, "heldFor">;
  },
): MessageView => ({
  message: line.message,
  caucus,
  sender: line.person,
  name: about.name,
  sentAt: line.time,
  ...about.shown,
  reached: line.reached.length,
  read: line.read.length,
  of: line.audience.length,
  state: about.saved ? "saved" : line.person === about.self ? "sent" : "received",
  missing: line.parents.filter((one) => about.missing.has(one)).length,
  ...(line.granted && { granted: true }),
  ...about.held,
});

/** With `person` among those reached (and those who read), if it was an addressee and was not yet. */
export const acknowledged = (line: Line, person: PersonId, read: boolean): Line | undefined => {
  if (!line.audience.includes(person)) return undefined;
  const reached = line.reached.includes(person) ? line.reached : [...line.reached, person];
  const seen = !read || line.read.includes(person) ? line.read : [...line.read, person];
  return reached === line.reached && seen === line.read ? undefined : { ...line, reached, read: seen };
};
