/** Takes what a message brings off this device: its file, and the keys that would bring it back. */
import type { FileContent } from "../content/message.ts";
import { chunksOf, fileIdOf } from "../protocol/file.ts";
import { del } from "../store/record.ts";
import type { MessageId } from "../types.ts";
import { indexOf, LIST_INDEX } from "./fetching.ts";
import { forgotten } from "./fileBook.ts";
import { isViewed } from "./files.ts";
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
