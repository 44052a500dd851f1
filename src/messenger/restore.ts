/** What a process before this one left on disk, taken into memory. */
import type { GroupId } from "../types.ts";
import { expectAnswer, readAsk } from "./asks.ts";
import { readInvitation } from "./invitations.ts";
import { findNewest } from "./newest.ts";
import { loadOutbox } from "./outbox.ts";
import { loadGroup } from "./parts.ts";
import { expectPointers } from "./pointers.ts";
import { COMPARED, readCompared } from "./roomRecord.ts";
import type { Session } from "./session.ts";

export const restore = async (session: Session): Promise<void> => {
  const { store, clock } = session;
  await session.files.load(store);
  for await (const { value } of store.range({ space: "group" })) {
    const group = value as GroupId;
    const held = await loadGroup(store, group);
    if (!held) continue;
    session.hold(group, held);
    session.groupTags.update(undefined, held.state, clock.now());
    expectPointers(session, group, held.marks.pointers);
    await loadOutbox(session, group);
    const newest = await findNewest(session, held);
    if (newest) session.newest.set(group, newest);
  }
  for await (const { key, value } of store.range({ space: "profile" })) {
    if (key.name.startsWith("invitation ")) {
      const invitation = readInvitation(value);
      if (invitation) session.invitations.set(invitation.group, invitation);
    } else if (key.name.startsWith("ask ")) {
      const open = readAsk(value);
      if (!open) continue;
      session.asks.set(open.seat.member, open);
      expectAnswer(session, open);
    } else if (key.name.startsWith("open ")) {
      const [group, code] = value as [GroupId, string];
      session.openCodes.set(group, code);
    } else if (key.name.startsWith(COMPARED)) {
      const read = readCompared(value);
      if (read) session.compared.set(read.group, read);
    }
  }
};
