/**
 * Where the changes of messages lie: one record for each message that was changed and each chain on which it was. Nothing is
 * merged into the message itself: what it says is worked out from these when it is read, so that it is the same in whatever
 * order they came, and whatever a view has since shown to count. SPEC.md §10.
 */
import { type ChainChanges, type Changed, withChange } from "../content/changes.ts";
import { contents, mayBeChange } from "../content/message.ts";
import { id, list, struct, uint, word } from "../protocol/codec.ts";
import type { Shape } from "../protocol/codec.ts";
import { CHAIN_LENGTH } from "../protocol/limits.ts";
import type { View } from "../protocol/resolve.ts";
import { del, put, type Change } from "../store/record.ts";
import type { ChainId, GroupId, MemberId, MessageId, Millis } from "../types.ts";
import { type Line, lineShape } from "./lines.ts";
import type { Session } from "./session.ts";
import type { LinePlace } from "./step.ts";

const chainChangesShape: Shape<ChainChanges> = struct({
  chain: id<ChainId>(16),
  author: id<MemberId>(32),
  changes: list(
    struct({ index: uint(), time: uint(), message: id<MessageId>(16), how: word(["revise", "empty", "withdraw"]) }),
    CHAIN_LENGTH,
  ),
});

/** A message whose changes are meant. */
export interface Target {
  readonly group: GroupId;
  readonly to: MessageId;
}

const changesScope = ({ group, to }: Target) => ({ space: "change", about: `${group} ${to}` }) as const;
/** What keeps the changes of one message on one chain; nothing where none are left. */
export const changesRecord = (target: Target, changes: ChainChanges): Change => {
  const key = { ...changesScope(target), chain: changes.chain };
  return changes.changes.length > 0 ? put(key, chainChangesShape.to(changes)) : del(key);
};

/** Where lines and their changes are read: on the disk, or in a step that has put some there. */
export interface Reader {
  place(group: GroupId, name: string): Promise<LinePlace | undefined>;
  line(group: GroupId, place: LinePlace): Promise<Line | undefined>;
  changesOn(target: Target, chain: ChainId): Promise<ChainChanges | undefined>;
  changes(target: Target): Promise<readonly ChainChanges[]>;
}

export const onDisk = ({ store }: Pick<Session, "store">): Reader => ({
  place: async (group, name) =>
    (await store.get({ space: "place", group, message: name as MessageId })) as LinePlace | undefined,
  line: async (group, [time, message]) => {
    const raw = await store.get({ space: "message", group, time, message });
    return raw === undefined ? undefined : lineShape.from(raw);
  },
  changesOn: async (target, chain) => {
    const raw = await store.get({ ...changesScope(target), chain });
    return raw === undefined ? undefined : chainChangesShape.from(raw);
  },
  changes: async (target) => {
    const out: ChainChanges[] = [];
    for await (const { value } of store.range(changesScope(target))) {
      const read = chainChangesShape.from(value);
      if (read) out.push(read);
    }
    return out;
  },
});

/** New words for another message, or what takes one back: then it is no line by itself. What does not decode is none. */
export const changeOf = ({ message, content }: Pick<Line, "message" | "content">) => {
  const word = mayBeChange(content) ? contents.decode(content) : undefined;
  return (word?.kind === "revise" || word?.kind === "withdraw") && word.to !== message ? word : undefined;
};

/** The line of a message, if it is there. */
export const lineNamed = async (reader: Reader, { group, to }: Target): Promise<Line | undefined> => {
  const place = await reader.place(group, to);
  return place && reader.line(group, place);
};

/** What a line changes, at each of these places where it was sealed; nothing where it is no change. */
export const changedAt = (
  line: Line,
  places: readonly { readonly chain: ChainId; readonly index: number; readonly time?: Millis }[],
): readonly (Changed & { readonly to: MessageId })[] => {
  const word = changeOf(line);
  if (!word) return [];
  const { message, author } = line;
  const how = word.kind === "withdraw" ? "withdraw" : word.text === "" ? "empty" : "revise";
  return places.map(({ chain, index, time = line.time }) => ({
    to: word.to,
    chain,
    index,
    time,
    message,
    author,
    how,
  }));
};

/** The changes on one chain with one more. */
export const withOneMore = async (reader: Reader, target: Target, change: Changed): Promise<ChainChanges> => {
  const { chain, author } = change;
  return withChange((await reader.changesOn(target, chain)) ?? { chain, author, changes: [] }, change);
};

/** The seats of the one whose seat this is: whose a message is goes by the line of seats (SPEC.md §7), a card is no title. */
export const seatsOf = ({ members, gone }: View, author: MemberId): ReadonlySet<MemberId> => {
  const { line } = members.get(author) ?? gone.get(author) ?? {};
  const all = [...members.values(), ...gone.values()].filter((one) => line !== undefined && one.line === line);
  return new Set([author, ...all.map(({ member }) => member)]);
};

/** The changes of a message by whoever said it. */
export const authorsChanges = async (
  reader: Reader,
  target: Target & { readonly seats: ReadonlySet<MemberId> },
): Promise<readonly ChainChanges[]> => (await reader.changes(target)).filter(({ author }) => target.seats.has(author));
