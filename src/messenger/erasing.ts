/** Takes what a message says off this device: its words, its file, and the keys that would bring them back. */
import { type FileContent, show } from "../content/message.ts";
import { chunksOf, fileIdOf } from "../protocol/file.ts";
import { del } from "../store/record.ts";
import type { GroupId, MessageId } from "../types.ts";
import { indexOf, LIST_INDEX } from "./fetching.ts";
import { forgotten } from "./fileBook.ts";
import { isViewed } from "./files.ts";
import { counts, type Line } from "./lines.ts";
import { speaks } from "./newest.ts";
import { unsay } from "./outbox.ts";
import { hasRead, withoutOneUnread } from "./reading.ts";
import type { Step } from "./step.ts";

/** Takes all of a file off the disk; at once out of mind, so that nothing more of it is written behind this. */
export const eraseFile = (step: Step, content: FileContent): void => {
  const { session } = step;
  const entry = step.file(fileIdOf(content));
  if (!entry) return;
  const { file, scope, size } = entry;
  step.write(...forgotten(entry), del({ space: "chunk", file: scope, index: LIST_INDEX }));
  for (let i = 0; i < chunksOf(size); i++) step.write(del({ space: "chunk", file: scope, index: indexOf(i) }));
  step.dropFile(file);
  session.fetches.stop(file);
  session.files.forget(file);
};

/** The file of one message, unless another brings it as well. */
export const leaveFile = (step: Step, content: FileContent, message: MessageId): void => {
  const entry = step.file(fileIdOf(content));
  const places = entry?.places.filter((one) => one.message !== message) ?? [];
  if (entry && places.length > 0) step.putFile({ ...entry, places });
  else if (!isViewed(content)) eraseFile(step, content);
};

/** Takes a message out of history: its words, its file, its key, its place in the outbox, and what else points at it. */
export const eraseLine = (step: Step, group: GroupId, line: Line): void => {
  const { session } = step;
  const { file } = show(line.content);
  if (file) leaveFile(step, file, line.message);
  step.dropLine(group, line);
  unsay(step, group, line.message);
  const held = step.held(group);
  if (!held) return;
  const { state, marks } = held;
  const isUnread = !hasRead(session, state, line) && counts(state.view, line) && speaks(line);
  const pins = marks.pins.filter((one) => one.message !== line.message);
  const after = isUnread ? withoutOneUnread(session, marks, line) : marks;
  if (isUnread || pins.length < marks.pins.length) step.hold(state, { ...after, pins });
};
