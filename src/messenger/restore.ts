/** What a process before this one left on disk, taken into memory. */
import { loadLinkedAt } from "./apart.ts";
import { RETAIN } from "../protocol/limits.ts";
import type { GroupId, OpId, Tag } from "../types.ts";
import { expectAnswer, readAsk } from "./asks.ts";
import { readInvitation } from "./invitations.ts";
import { lineShape } from "./lines.ts";
import { inviteOfRecord } from "./codes.ts";
import { findNewest } from "./newest.ts";
import { loadOutbox } from "./outboxBook.ts";
import type { Held } from "./parts.ts";
import { loadGroup } from "./parts.ts";
import { expectPointers } from "./pointers.ts";
import { COMPARED, readCompared } from "./roomRecord.ts";
import type { Session } from "./session.ts";
import type { Place } from "./tagBook.ts";
import { wantsOf } from "./wants.ts";

/** Messages that are looked at to know their tags again. */
const MOST_TAGS = 4096;

/** Under the tag of a message that has been opened could come another one: that would be a proof. */
const expectSeconds = async (session: Session, { state }: Held): Promise<void> => {
  const { group } = state;
  const entries: (readonly [Tag, Place])[] = [];
  for await (const { value } of session.store.range(
    { space: "message", group },
    { reverse: true, limit: MOST_TAGS, gte: { time: Math.max(0, session.clock.now() - RETAIN) } },
  )) {
    const line = lineShape.from(value);
    if (!line?.original || !state.receive.has(line.chain)) continue;
    entries.push([line.original.tag, { kind: "message", group, chain: line.chain, index: line.index }]);
  }
  session.tags.set(`${group}/u`, entries);
};

export const restore = async (session: Session): Promise<void> => {
  const { store, clock, options } = session;
  await session.files.load(store, session.clock.now());
  session.linkedAt = await loadLinkedAt(store);
  for await (const { value } of store.range({ space: "group" })) {
    const group = value as GroupId;
    const held = await loadGroup(store, group, options.pause);
    if (!held) continue;
    session.hold(group, held);
    await session.groupTags.prepare(held.state, clock.now(), options.pause);
    session.groupTags.update(undefined, held.state, clock.now());
    expectPointers(session, group, held.marks.pointers);
    for (const [chain, { since, from }] of held.marks.lacking) wantsOf(session, group).lacks(chain, since, from);
    await expectSeconds(session, held);
    await loadOutbox(session, group);
    const newest = await findNewest(session, held);
    if (newest) session.newest.set(group, newest);
  }
  for await (const { key, value } of store.range({ space: "profile" })) {
    session.exchanges.restore(key.name, value);
    if (key.name.startsWith("invitation ")) {
      const invitation = await readInvitation(value, options.pause);
      if (invitation) session.invitations.set(invitation.group, invitation);
    } else if (key.name.startsWith("ask ")) {
      const open = readAsk(value);
      if (!open) continue;
      session.asks.set(open.seat.member, open);
      expectAnswer(session, open);
    } else if (key.name.startsWith("open ")) {
      const [group, code] = value as [GroupId, string];
      session.openCodes.set(group, code);
    } else if (inviteOfRecord(key.name)) {
      session.codes.add(inviteOfRecord(key.name) as OpId);
    } else if (key.name.startsWith(COMPARED)) {
      const read = readCompared(value);
      if (read) session.compared.set(read.group, read);
    }
  }
};
