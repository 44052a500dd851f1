/** The newest line of each group that is no reaction: what a list of caucuses shows. In memory, read again at a start. */
import { show } from "../content/message.ts";
import { QUIET } from "../content/quiet.ts";
import type { GroupId, MessageView } from "../types.ts";
import { isDue } from "./fades.ts";
import { shownEntry, shownLine, wordedNow } from "./history.ts";
import type { Line } from "./lines.ts";
import { counts, lineShape } from "./lines.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import { isSeen, type Worded } from "./wording.ts";

/** So far back a line is looked for; behind more reactions than that there is none. */
const MOST_READ = 500;

/** Whether it stands for itself, unlike a reaction or a pin. */
export const speaks = (line: Pick<Line, "message" | "content" | "gone">): boolean =>
  isSeen(line) && !QUIET.has(show(line.content).kind);

/** A line was put on disk, or its receipts changed. */
export const noteNewest = (session: Session, group: GroupId, worded: Worded): void => {
  const { line } = worded;
  const known = session.newest.get(group)?.line;
  const later = !known || line.time > known.time || (line.time === known.time && line.message >= known.message);
  if (later && speaks(line)) session.newest.set(group, worded);
};

/** Looks for it on disk. */
export const findNewest = async (session: Session, held: Held): Promise<Worded | undefined> => {
  const { state } = held;
  const scope = { space: "message", group: state.group } as const;
  for await (const { value } of session.store.range(scope, { reverse: true, limit: MOST_READ })) {
    const line = lineShape.from(value);
    if (line && counts(state.view, line) && speaks(line) && !isDue(line, session.clock.now()))
      return wordedNow(session, held, line);
  }
  return undefined;
};

/** As people see it; what is only saved here is newer than all else. */
export const lastView = (session: Session, held: Held): MessageView | undefined => {
  const { group, view } = held.state;
  const entry = session.outbox.get(group)?.findLast((one) => one.time === undefined && speaks(one));
  if (entry) return shownEntry(session, held, entry);
  const newest = session.newest.get(group);
  const isHere = newest && counts(view, newest.line) && !isDue(newest.line, session.clock.now());
  return isHere ? shownLine(session, held, newest) : undefined;
};
