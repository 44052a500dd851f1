/** Telling programs of a message. */
import { mayBeTool } from "../content/message.ts";
import type { GroupId } from "../types.ts";
import { shownLine } from "./history.ts";
import { counts, type Line } from "./lines.ts";
import { noteNewest } from "./newest.ts";
import type { Step } from "./step.ts";
import { heardTool } from "./toolLoader.ts";
import { isSeen } from "./wording.ts";

/** Tells a line once it is on disk, as it is then. */
export const tell = (step: Step, group: GroupId, line: Line, event: "message" | "receipt" = "message"): void => {
  const { session } = step;
  if (!isSeen(line)) return;
  step.after(() => {
    const held = session.groups.get(group);
    if (!held || !counts(held.state.view, line)) return;
    noteNewest(session, group, line);
    if (mayBeTool(line.content)) heardTool(session, group, line);
    session.events.emit(event, shownLine(session, held, line));
  });
};
