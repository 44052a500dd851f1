/** What this person has read, on whichever device: unread lines are counted once for all of them. */
import { show } from "../content/message.ts";
import type { GroupState } from "../protocol/group.ts";
import { contiguous } from "../protocol/senderKey.ts";
import type { ChainId, GroupId } from "../types.ts";
import type { Line } from "./lines.ts";
import type { Held, Marks } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** Whether this person has read it, here or, as far as is known here, elsewhere. */
export const hasRead = (session: Session, state: GroupState, line: Line): boolean =>
  line.person === session.person || line.index < (state.read.get(line.chain) ?? 0);

/** Whether a line names this person. */
const names = (session: Session, { content }: Line): boolean =>
  show(content).mentions?.some(({ person }) => person === session.person) ?? false;

/** One more that nobody of this person has read. */
export const withUnread = (session: Session, marks: Marks, line: Line): Marks => {
  const { time, message } = line;
  const first = marks.unread > 0 ? marks.unreadFrom : undefined;
  const earlier = !first || time < first.time || (time === first.time && message < first.message);
  const mentioned = marks.mentioned + (names(session, line) ? 1 : 0);
  return { ...marks, unread: marks.unread + 1, mentioned, ...(earlier && { unreadFrom: { time, message } }) };
};

/** One less: it is gone, and nobody has read it. What was before all that is unread was no part of it. */
export const withOneRead = (session: Session, marks: Marks, line: Line): Marks => {
  const { unread, unreadFrom: from, mentioned } = marks;
  const { time, message } = line;
  if (unread === 0 || (from && (time < from.time || (time === from.time && message < from.message)))) return marks;
  if (unread === 1) return withoutUnread(marks);
  return { ...marks, unread: unread - 1, mentioned: Math.max(0, mentioned - (names(session, line) ? 1 : 0)) };
};

export const withoutUnread = ({ unreadFrom: _read, ...marks }: Marks): Marks => ({
  ...marks,
  unread: 0,
  mentioned: 0,
});

/** Everything that is here has been seen. */
export const markRead = (step: Step, group: GroupId): void => {
  const { state, marks } = step.held(group) as Held;
  const read = new Map<ChainId, number>(state.read);
  for (const chain of state.receive.values())
    read.set(chain.chain, Math.max(contiguous(chain), read.get(chain.chain) ?? 0));
  const same = marks.unread === 0 && [...read].every(([chain, count]) => (state.read.get(chain) ?? 0) === count);
  if (!same) step.hold({ ...state, read }, withoutUnread(marks));
};
