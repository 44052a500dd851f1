/** Takes what a message says off this device: its words, its file, and the keys that would bring them back. */
import { contents, type FileContent, show } from "../content/message.ts";
import { chunksOf, fileIdOf } from "../protocol/file.ts";
import { del } from "../store/record.ts";
import type { GroupId, MessageId } from "../types.ts";
import { indexOf, LIST_INDEX } from "./fetching.ts";
import { forgotten } from "./fileBook.ts";
import { isViewed } from "./files.ts";
import type { Gone, Line } from "./lines.ts";
import type { Step } from "./step.ts";

const NO_KEY = new Uint8Array(32);

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

/** What is left: that there was a message, at its place. */
export const erased = ({ original: _signed, ...line }: Line, gone: Gone): Line => ({
  ...line,
  content: contents.encode({ kind: "withdraw", to: line.message }),
  key: NO_KEY,
  gone,
});

/** Puts what is left of a message in its place. */
export const eraseLine = (step: Step, group: GroupId, line: Line, gone: Gone): Line => {
  const { file } = show(line.content);
  if (file) leaveFile(step, file, line.message);
  const left = erased(line, gone);
  step.putLine(group, left);
  return left;
};
