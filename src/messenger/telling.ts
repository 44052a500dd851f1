/** Telling programs of a message. */
import { mayBeTool } from "../content/message.ts";
import type { GroupId, MessageId, Millis } from "../types.ts";
import { lineNamed } from "./changeBook.ts";
import { shownLine } from "./history.ts";
import { counts, type Line } from "./lines.ts";
import { noteNewest } from "./newest.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";
import { heardTool } from "./toolLoader.ts";
import { isSeen, wordedLine } from "./wording.ts";

/** Tells a line once it is on disk, as it is then. */
export const tell = async (
  step: Step,
  group: GroupId,
  line: Line,
  event: "message" | "receipt" = "message",
): Promise<void> => {
  const { session } = step;
  if (!isSeen(line)) return;
  const worded = await wordedLine(step, (step.held(group) as Held).state, line);
  step.after(() => {
    const held = session.groups.get(group);
    if (!held || !counts(held.state.view, line)) return;
    noteNewest(session, group, worded);
    if (mayBeTool(line.content)) heardTool(session, group, line);
    session.events.emit(event, shownLine(session, held, worded));
  });
};

/** Tells a message that is another now, once for all that a step brings of it. */
export const tellAnew = (step: Step, group: GroupId, message: MessageId): void =>
  step.late(group + message, async () => {
    const line = await lineNamed(step, { group, to: message });
    if (line) await tell(step, group, line, "receipt");
  });

/** What changes again and again is told so often: what it says now is worked out from all that it ever said. */
const REST: Millis = 1000;

/** Tells a message whose words changed, or have come further. */
export const tellChanged = (step: Step, group: GroupId, message: MessageId): void => {
  const { session } = step;
  const { changing, clock } = session;
  const name = group + message;
  if (changing.has(name)) return void changing.set(name, true);
  tellAnew(step, group, message);
  step.after(() => {
    changing.set(name, false);
    clock.after(REST, () => {
      const again = changing.get(name);
      changing.delete(name);
      if (again && !session.closed)
        session.track(session.step(async (next) => tellChanged(next, group, message)).catch(() => undefined));
    });
  });
};
