/** What another device of this person has read counts as read here. */
import type { AckChange } from "../../protocol/acks.ts";
import type { GroupState } from "../../protocol/group.ts";
import type { GroupId, MessageId, Millis } from "../../types.ts";
import { tellCaucus } from "../offices.ts";
import type { Line } from "../lines.ts";
import { counts, lineShape } from "../lines.ts";
import { speaks } from "../newest.ts";
import type { Held, Marks } from "../parts.ts";
import { hasRead, withoutUnread, withUnread } from "../reading.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";

/** Unread lines that are looked through for the first that is still unread. */
const MOST_READ = 2000;

/** Whether a line is one that somebody has to read. */
const waits = (session: Session, state: GroupState, line: Line): boolean =>
  !line.gone && !hasRead(session, state, line) && counts(state.view, line) && speaks(line);

/** Another device of this person has read so far: so has the person. */
export const readElsewhere = async (step: Step, group: GroupId, changes: readonly AckChange[]): Promise<void> => {
  const before = step.held(group) as Held;
  const read = new Map(before.state.read);
  for (const { chain, to } of changes) {
    // A chain that this device has not opened may yet come: what is read of it is known then.
    if (before.state.sent.has(chain) || to.read <= (read.get(chain) ?? 0)) continue;
    read.set(chain, to.read);
  }
  if ([...read].every(([chain, count]) => before.state.read.get(chain) === count)) return;
  const state = { ...before.state, read };
  step.hold(state);
  const { unread, unreadFrom } = before.marks;
  if (unread === 0 || !unreadFrom) return;
  step.hold(state, await countAnew(step, state, { marks: before.marks, from: unreadFrom.time }));
  tellCaucus(step, group);
};

const countAnew = async (
  step: Step,
  state: GroupState,
  { marks, from }: { readonly marks: Marks; readonly from: Millis },
): Promise<Marks> => {
  const { session } = step;
  const scope = { space: "message", group: state.group } as const;
  const seen = new Set<MessageId>();
  let out = withoutUnread(marks);
  const look = (line: Line | undefined): void => {
    if (!line || seen.has(line.message)) return;
    seen.add(line.message);
    if (line.time >= from && waits(session, state, line)) out = withUnread(session, out, line);
  };
  // What this very step has put there is not on disk yet.
  for (const line of step.linesOf(state.group)) look(line);
  for await (const { value } of session.store.range(scope, { gte: { time: from }, limit: MOST_READ }))
    look(lineShape.from(value));
  return out;
};
