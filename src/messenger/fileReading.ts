/** What a person does with a file that a message brings: ask for it, stop, read it. */
import { invalid, usage } from "../errors.ts";
import { chunksOf, fileIdOf, openChunk } from "../protocol/file.ts";
import type { FileContent } from "../content/message.ts";
import type { GroupId, MessageId, MessageView } from "../types.ts";
import { knownGroup } from "./checks.ts";
import { indexOf } from "./fetches.ts";
import { contentOf, entryFor } from "./files.ts";
import { lineById, storedContent } from "./history.ts";
import type { Session } from "./session.ts";

const fileOf = async (session: Session, caucus: GroupId, message: MessageId): Promise<FileContent> => {
  const content = await storedContent(session, knownGroup(session, caucus), message);
  if (!content) throw usage("unknown-message", "that message is not in this caucus");
  return contentOf({ content });
};

const shown = async (session: Session, caucus: GroupId, message: MessageId): Promise<MessageView> =>
  (await lineById(session, caucus, message)) as MessageView;

/** See `MessengerApi.fetchFile`. */
export const fetchFile = async (session: Session, caucus: GroupId, message: MessageId): Promise<MessageView> => {
  const content = await fileOf(session, caucus, message);
  const file = fileIdOf(content);
  if (!session.files.whole({ file, size: content.size })) {
    await session.step(async (step) => {
      step.putFile({ ...entryFor(step, content, { group: caucus, message }), wanted: true });
    });
    session.seeking.hurry(caucus);
    session.fetches.begin(file);
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

/** See `MessengerApi.readFile`. */
export async function* readFile(
  session: Session,
  caucus: GroupId,
  message: MessageId,
): AsyncGenerator<Uint8Array, void> {
  const content = await fileOf(session, caucus, message);
  const file = fileIdOf(content);
  const entry = session.files.get(file);
  if (!entry || !session.files.whole(entry))
    throw usage("file-not-here", "that file is not on this device; ask for it");
  for (let i = 0; i < chunksOf(content.size); i++) {
    const sealed = await session.store.get({ space: "chunk", file: entry.scope, index: indexOf(i) });
    const plain = sealed && openChunk(content, i, sealed);
    if (!plain)
      throw invalid("file-damaged", "that file is not what its sender sealed, or it is damaged on this device");
    if (plain.length > 0) yield plain;
  }
}
