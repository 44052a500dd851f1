/** What this person has read, on whichever device: unread lines are counted once for all of them. */
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

/** One more that nobody of this person has read. */
export const withUnread = (marks: Marks, { time, message }: Pick<Line, "time" | "message">): Marks => {
  const first = marks.unread > 0 ? marks.unreadFrom : undefined;
  const earlier = !first || time < first.time || (time === first.time && message < first.message);
  return { ...marks, unread: marks.unread + 1, ...(earlier && { unreadFrom: { time, message } }) };
};

export const withoutUnread = ({ unreadFrom: _read, ...marks }: Marks): Marks => ({ ...marks, unread: 0 });

/** Everything that is here has been seen. */
export const markRead = (step: Step, group: GroupId): void => {
  const { state, marks } = step.held(group) as Held;
  const read = new Map<ChainId, number>(state.read);
  for (const chain of state.receive.values())
    read.set(chain.chain, Math.max(contiguous(chain), read.get(chain.chain) ?? 0));
  const same = marks.unread === 0 && [...read].every(([chain, count]) => (state.read.get(chain) ?? 0) === count);
  if (!same) step.hold({ ...state, read }, withoutUnread(marks));
};
