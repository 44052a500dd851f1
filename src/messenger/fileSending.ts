/** Sending a file: read, sealed and written piece by piece, then named by one message. */
import type { FileContent } from "../content/message.ts";
import {
  contents,
  MAX_FILE_NAME,
  MAX_FILE_TYPE,
  MAX_ONCE,
  MAX_THUMBNAIL,
  MAX_VOICE,
  VOICE_BARS,
} from "../content/message.ts";
import { CouloirError, usage } from "../errors.ts";
import { concat, equalBytes, hex, utf8 } from "../protocol/codec.ts";
import { chunkHash, chunksOf, openChunk, rootOf, sealChunk } from "../protocol/file.ts";
import { CHUNK, MAX_FILE } from "../protocol/limits.ts";
import type { Change } from "../store/record.ts";
import { put } from "../store/record.ts";
import type { GroupId, MessageView, Picture, Voice } from "../types.ts";
import type { NewFile } from "./api.ts";
import { joinedGroup } from "./checks.ts";
import { BATCH, indexOf, LIST_INDEX } from "./fetching.ts";
import { putHave } from "./fileBook.ts";
import type { FileDraft } from "./fileDrafts.ts";
import { clearDraft, clearOldDrafts, dropDraft, putDraft } from "./fileDrafts.ts";
import { entryFor } from "./files.ts";
import { lineById } from "./history.ts";
import { Marks } from "./marks.ts";
import { checkText, needLine, nonceBytes, say } from "./saying.ts";
import type { Session } from "./session.ts";

const within = (text: string, most: number): boolean => text.isWellFormed() && utf8(text).length <= most;

const thumbnailOf = ({ thumbnail }: Picture): Uint8Array | undefined => {
  try {
    return Uint8Array.from(atob(thumbnail), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
};

const pictureOf = (picture: Picture): NonNullable<FileContent["picture"]> => {
  const { width, height } = picture;
  const thumbnail = thumbnailOf(picture);
  const pixels = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 0xffff;
  if (!thumbnail || thumbnail.length > MAX_THUMBNAIL || !pixels(width) || !pixels(height))
    throw usage(
      "bad-picture",
      `a picture has a width, a height and a base64 thumbnail of at most ${MAX_THUMBNAIL} bytes`,
    );
  return { width, height, thumbnail };
};

const voiceOf = ({ length, bars }: Voice): NonNullable<FileContent["voice"]> => {
  const loud = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 255;
  if (!Number.isInteger(length) || length < 0 || length > MAX_VOICE || bars.length !== VOICE_BARS || !bars.every(loud))
    throw usage(
      "bad-voice",
      `a voice note has at most ${MAX_VOICE / 60_000} minutes and ${VOICE_BARS} bars of 0 to 255`,
    );
  return { length, bars: Uint8Array.from(bars) };
};

const checkOnce = ({ once, picture, size, together }: NewFile): void => {
  if (!once) return;
  if (!picture || picture.thumbnail !== "" || together !== undefined || size > MAX_ONCE)
    throw usage(
      "bad-once",
      `only one picture of at most ${MAX_ONCE / 1_000_000} MB, without a thumbnail, is shown once`,
    );
};

const check = (file: NewFile): void => {
  const { name, type, size, text = "", together } = file;
  checkOnce(file);
  if (together !== undefined && !/^[0-9a-f]{16}$/.test(together))
    throw usage("bad-together", "what photos have in common has 16 hex digits");
  if (name.trim() === "" || !within(name, MAX_FILE_NAME))
    throw usage("file-name", `a file needs a name of at most ${MAX_FILE_NAME} bytes`);
  if (!within(type, MAX_FILE_TYPE)) throw usage("file-type", `a file's type has at most ${MAX_FILE_TYPE} bytes`);
  if (!Number.isSafeInteger(size) || size < 0) throw usage("file-size", "a file's size is a number of bytes");
  if (size > MAX_FILE)
    throw usage("file-too-large", `a file has at most ${MAX_FILE / 1_000_000} MB; this one has more`);
  checkText(text);
};

const wrongSize = (): CouloirError =>
  usage("file-size", "the file is not as long as it was said to be; nothing was sent");

/** The source broke off: it may be there again later. */
class Broken extends Error {}

async function* unbroken(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    yield* bytes;
  } catch (cause) {
    throw new Broken("the source broke off", { cause });
  }
}

/** The source cut in chunks; throws when it is longer or shorter than `size`. */
async function* cut({ bytes, size }: NewFile): AsyncGenerator<Uint8Array, void> {
  let chunk = new Uint8Array(Math.min(CHUNK, size));
  let filled = 0;
  let total = 0;
  for await (const piece of unbroken(bytes)) {
    total += piece.length;
    if (total > size) throw wrongSize();
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + chunk.length - filled);
      chunk.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < chunk.length) continue;
      yield chunk;
      chunk = new Uint8Array(Math.min(CHUNK, size - total + piece.length - at));
      filled = 0;
    }
  }
  if (total !== size) throw wrongSize();
  if (size === 0) yield chunk;
}

/** The sealed chunk that an earlier try left of these bytes; `undefined` where it left none. Throws where it is of others. */
const keptOf = async (
  session: Session,
  draft: FileDraft,
  { index, plain }: { readonly index: number; readonly plain: Uint8Array },
): Promise<Uint8Array | undefined> => {
  const read = session.store.get({ space: "chunk", file: draft.scope, index: indexOf(index) });
  session.track(read);
  const sealed = await read;
  if (!sealed) return undefined;
  const opened = openChunk(draft, index, sealed);
  if (opened && equalBytes(opened, plain)) return sealed;
  throw usage("file-source", "this is another file than the one that was begun under this nonce; send it again");
};

/** Seals a source into a scope of its own, behind what is there; resolves with the list of its chunks' hashes. */
const sealAll = async (session: Session, file: NewFile, draft: FileDraft): Promise<Uint8Array> => {
  const hashes: Uint8Array[] = [];
  let batch: Change[] = [putDraft(draft)];
  const keep = async (): Promise<void> => {
    if (session.closed) throw new CouloirError("storage", "store-closed", "the profile was closed meanwhile");
    const write = session.store.commit(batch);
    session.track(write);
    batch = [];
    await write;
  };
  let behind = false;
  for await (const plain of cut(file)) {
    const index = hashes.length;
    const kept: Uint8Array | undefined = behind ? undefined : await keptOf(session, draft, { index, plain });
    behind = kept === undefined;
    const sealed = kept ?? sealChunk(draft, index, plain);
    if (!kept) batch.push(put({ space: "chunk", file: draft.scope, index: indexOf(index) }, sealed));
    hashes.push(chunkHash(sealed));
    if (batch.length >= BATCH) await keep();
  }
  if (batch.length > 0) await keep();
  return concat(...hashes);
};

const asFault = (cause: unknown): CouloirError =>
  cause instanceof CouloirError
    ? cause
    : new CouloirError("usage", "file-source", "the file could not be read; nothing was sent", { cause });

/** Files that are being sent under a nonce: the same again is the same. */
const underWay = new WeakMap<Session, Map<string, Promise<MessageView>>>();

/** See `MessengerApi.sendFile`. */
export const sendFile = async (session: Session, caucus: GroupId, file: NewFile): Promise<MessageView> => {
  joinedGroup(session, caucus);
  check(file);
  const nonce = nonceBytes(file.nonce);
  if (!nonce) return send(session, caucus, file);
  const all = underWay.get(session) ?? new Map<string, Promise<MessageView>>();
  underWay.set(session, all);
  const name = `${caucus}${hex(nonce)}`;
  const before = all.get(name);
  if (before) return before;
  const sent = session.files.sentAs(caucus, nonce)?.places.find(({ group }) => group === caucus);
  const known = sent && (await lineById(session, caucus, sent.message));
  if (known) return known;
  const sending = send(session, caucus, file).finally(() => all.delete(name));
  all.set(name, sending);
  return sending;
};

/** What an earlier try left of a file of this length under this nonce, or one to begin. */
const draftOf = ({ options, files, clock }: Session, group: GroupId, { nonce: name, size }: NewFile): FileDraft => {
  const at = clock.now();
  const nonce = nonceBytes(name);
  const left = nonce && files.drafts.take({ group, nonce, size });
  if (left) return { ...left, at };
  const [key, scope] = [options.random(32), hex(options.random(16))];
  return { scope, key, size, group, at, ...(nonce && { nonce }) };
};

const send = async (session: Session, caucus: GroupId, file: NewFile): Promise<MessageView> => {
  const { name, type, size, text, reply, together, once = false } = file;
  if (reply) await needLine(session, caucus, reply);
  const picture = file.picture && pictureOf(file.picture);
  const voice = file.voice && voiceOf(file.voice);
  const draft = draftOf(session, caucus, file);
  const { key, scope, nonce } = draft;
  try {
    const list = await sealAll(session, file, draft);
    const content: FileContent = {
      kind: "file",
      name,
      type,
      size,
      key,
      root: rootOf(list),
      ...(picture && { picture }),
      ...(text && { text }),
      ...(reply && { reply }),
      ...(together && { together }),
      ...(voice && { voice }),
      once,
    };
    const line = await say(session, caucus, {
      content: contents.encode(content),
      nonce,
      also: (step, message) => {
        const entry = entryFor(step, content, { group: caucus, message });
        const marks = Marks.all(chunksOf(size));
        step.putFile({ ...entry, scope, unsaid: [caucus], ...(nonce && { nonce }) });
        step.write(put({ space: "chunk", file: scope, index: LIST_INDEX }, list));
        step.write(putHave(entry.file, marks), dropDraft(draft));
        step.after(() => session.files.setHave(entry.file, marks));
      },
    });
    // What another file left under this nonce.
    const other = nonce && session.files.drafts.take({ group: caucus, nonce });
    if (other) await clearDraft(session.store, other).catch(() => session.files.drafts.keep(other));
    return line;
  } catch (cause) {
    const broken = cause instanceof Broken;
    if (broken) session.files.drafts.keep(draft);
    const gone = broken ? clearOldDrafts(session) : clearDraft(session.store, draft);
    session.track(gone.catch(() => undefined));
    await gone.catch(() => undefined);
    throw asFault(broken ? cause.cause : cause);
  }
};
