/** What a person does with a file that a message brings: ask for it, stop, read it. */
import { type CouloirError, invalid, usage } from "../errors.ts";
import { chunksOf, fileIdOf, openChunk } from "../protocol/file.ts";
import type { FileContent } from "../content/message.ts";
import { contents, show } from "../content/message.ts";
import type { GroupId, MessageId, MessageView } from "../types.ts";
import { lineNamed } from "./changeBook.ts";
import { knownGroup } from "./checks.ts";
import type { FileEntry } from "./fileBook.ts";
import { eraseFile } from "./erasing.ts";
import { indexOf } from "./fetching.ts";
import { contentOf, entryFor, isViewed } from "./files.ts";
import { lineById, storedContent, storedLine } from "./history.ts";
import type { Session } from "./session.ts";

const fileOf = async (session: Session, caucus: GroupId, message: MessageId): Promise<FileContent> => {
  const content = await storedContent(session, knownGroup(session, caucus), message);
  if (!content) throw usage("unknown-message", "that message is not in this caucus");
  return contentOf({ content });
};

const shown = async (session: Session, caucus: GroupId, message: MessageId): Promise<MessageView> => {
  const view = await lineById(session, caucus, message);
  if (!view) throw usage("unknown-message", "that message is not in this caucus");
  return view;
};

/** See `MessengerApi.fetchFile`. */
export const fetchFile = async (session: Session, caucus: GroupId, message: MessageId): Promise<MessageView> => {
  const content = await fileOf(session, caucus, message);
  if (isViewed(content)) throw viewed();
  const file = fileIdOf(content);
  if (!session.files.whole({ file, size: content.size })) {
    await session.step(async (step) => {
      const line = await lineNamed(step, { group: caucus, to: message });
      const waits = session.outbox.get(caucus)?.some((one) => one.message === message) ?? false;
      // Taken back, shown once, or gone by itself, since.
      if (line ? !show(line.content).file || isViewed(contentOf(line)) : !waits) return;
      step.putFile({ ...entryFor(step, content, { group: caucus, message }), wanted: true });
      step.after(() => session.fetches.begin(file));
    });
    session.seeking.hurry(caucus);
  }
  return shown(session, caucus, message);
};

/** See `MessengerApi.cancelFile`. */
export const cancelFile = async (session: Session, caucus: GroupId, message: MessageId): Promise<MessageView> => {
  const file = fileIdOf(await fileOf(session, caucus, message));
  session.fetches.stop(file);
  await session.step(async (step) => {
    const entry = step.file(file);
    if (!entry?.wanted) return;
    step.putFile({ ...entry, wanted: false });
    step.after(() => session.fetches.tell(entry));
  });
  return shown(session, caucus, message);
};

const viewed = (): CouloirError => usage("file-viewed", "that was shown here once, and is gone");

const entryHere = (session: Session, content: FileContent): FileEntry => {
  const entry = session.files.get(fileIdOf(content));
  if (!entry || !session.files.whole(entry))
    throw usage("file-not-here", "that file is not on this device; ask for it");
  return entry;
};

async function* piecesOf(session: Session, content: FileContent): AsyncGenerator<Uint8Array, void> {
  const entry = entryHere(session, content);
  for (let i = 0; i < chunksOf(content.size); i++) {
    const sealed = await session.store.get({ space: "chunk", file: entry.scope, index: indexOf(i) });
    const plain = sealed && openChunk(content, i, sealed);
    if (!plain)
      throw invalid("file-damaged", "that file is not what its sender sealed, or it is damaged on this device");
    if (plain.length > 0) yield plain;
  }
}

/** Erases what is shown once: its chunks, its key, and the key of the message that brought it, in one batch. */
const erase = (session: Session, caucus: GroupId, message: MessageId): Promise<void> =>
  session.step(async (step) => {
    const at = await step.place(caucus, message);
    const line = at && (await step.line(caucus, at));
    const content = line && contentOf(line);
    if (!content || isViewed(content)) throw viewed();
    entryHere(session, content);
    const none = new Uint8Array(32);
    const { original: _signed, ...rest } = line;
    const left = contents.encode({ ...content, key: none, root: none });
    step.putLine(caucus, { ...rest, content: left, key: none });
    eraseFile(step, content);
    step.after(() => {
      session.events.emit("transfer", { caucus, message, have: 0, size: content.size, state: "viewed" });
    });
  });

/** See `MessengerApi.readFile`. */
export async function* readFile(
  session: Session,
  caucus: GroupId,
  message: MessageId,
): AsyncGenerator<Uint8Array, void> {
  const held = knownGroup(session, caucus);
  const content = await fileOf(session, caucus, message);
  if (!content.once) {
    yield* piecesOf(session, content);
    return;
  }
  if (isViewed(content)) throw viewed();
  const line = await storedLine(session, held, message);
  if (!line || line.person === session.person) throw usage("file-once", "only those who get it see it, once");
  // Whole in memory before it is erased, and erased before anything of it is shown: nobody sees half of it twice.
  const pieces = await Array.fromAsync(piecesOf(session, content));
  await erase(session, caucus, message);
  yield* pieces;
}
