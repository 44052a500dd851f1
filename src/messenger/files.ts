/** A file as a message brings it, and as people see it. */
import type { FileContent } from "../content/message.ts";
import { show } from "../content/message.ts";
import { usage } from "../errors.ts";
import { fileIdOf } from "../protocol/file.ts";
import { CHUNK } from "../protocol/limits.ts";
import { del } from "../store/record.ts";
import type { FileId, FileState, FileView, GroupId, MessageId, PersonId } from "../types.ts";
import type { FileEntry } from "./fileBook.ts";
import { withHolder, withPlace } from "./fileBook.ts";
import type { Line } from "./lines.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** How a file stands here. */
export const stateOf = ({ files, fetches }: Session, content: Pick<FileContent, "size">, file: FileId): FileState => {
  if (files.whole({ file, size: content.size })) return "here";
  if (fetches.coming(file)) return "coming";
  return files.get(file)?.wanted ? "waiting" : "away";
};

/** Bytes of a file that are here. */
export const bytesHere = (
  { files }: Session,
  { file, size }: { readonly file: FileId; readonly size: number },
): number => (files.whole({ file, size }) ? size : Math.min(size, files.have(file) * CHUNK));

/** What is shown once and was: nothing is left of its key. */
export const isViewed = ({ once, key }: Pick<FileContent, "once" | "key">): boolean =>
  once && key.every((byte) => byte === 0);

const keepers = (session: Session, held: Held, file: FileId): Set<PersonId> => {
  const { members, gone } = held.state.view;
  const out = new Set<PersonId>();
  for (const { member } of session.files.get(file)?.holders ?? []) {
    const person = members.get(member)?.person ?? gone.get(member)?.person;
    if (person) out.add(person);
  }
  return out;
};

export const fileView = (session: Session, held: Held, content: FileContent, author: PersonId): FileView => {
  const { name, type, size, picture, together, voice, once } = content;
  const file = fileIdOf(content);
  const state = isViewed(content) ? "viewed" : stateOf(session, content, file);
  const persons = new Set([author, ...keepers(session, held, file)]);
  if (state === "here") persons.add(session.person);
  return {
    name,
    type,
    size,
    ...(picture && { picture: { ...picture, thumbnail: base64(picture.thumbnail) } }),
    have: bytesHere(session, { file, size }),
    state,
    keptBy: persons.size,
    keepers: [...persons],
    ...(together && { together }),
    ...(voice && { voice: { length: voice.length, bars: [...voice.bars] } }),
    ...(once && { once }),
  };
};

/** The file that a message brings. Usage error `no-file` for another message. */
export const contentOf = (line: Pick<Line, "content">): FileContent => {
  const { file } = show(line.content);
  if (!file) throw usage("no-file", "that message brings no file");
  return file;
};

/** Makes room for one more file and gives its first entry. */
export const entryFor = (
  step: Step,
  content: FileContent,
  { group, message }: { readonly group: GroupId; readonly message: MessageId },
): FileEntry => {
  const file = fileIdOf(content);
  const known = step.file(file);
  if (known) return withPlace(known, group, message);
  const { files } = step.session;
  const old = files.room();
  if (old) {
    step.write(del({ space: "file", name: `about ${old.file}` }));
    step.after(() => files.forget(old.file));
  }
  const { key, root, size, once } = content;
  const fresh: FileEntry = {
    file,
    key,
    root,
    size,
    scope: file,
    at: step.now,
    places: [{ group, message }],
    wanted: false,
    holders: [],
    unsaid: [],
    once,
  };
  const { holders, changes } = files.takeEarly(file, group);
  step.write(...changes);
  return holders.reduce((entry, holder) => withHolder(entry, holder), fresh);
};

/** A line came that may bring a file. */
export const noteFile = (step: Step, group: GroupId, line: Line): void => {
  const { file } = show(line.content);
  if (file) step.putFile(entryFor(step, file, { group, message: line.message }));
};
