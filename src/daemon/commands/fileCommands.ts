/** Files: how `send` reads them, and the commands get and receipts. */
import { openAsBlob } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { CouloirError, usage } from "../../errors.ts";
import type { FileView, GroupId, MessageId, MessageView, Transfer } from "../../types.ts";
import type { ApiClient, FileHead } from "../client.ts";
import { contextOf, wholeNumber, type Context, type Outside } from "../context.ts";
import { safeName, typeOf } from "../fileName.ts";
import { writeJson, type Io } from "../io.ts";
import { sizeWords } from "../lines.ts";
import { cleanPhoto } from "../photo/photo.ts";
import { thumbnailOf } from "../photo/thumbnail.ts";
import { pickCaucus, pickMessage } from "../pick.ts";
import { writeTable } from "../table.ts";
import { plainLine } from "../terminal.ts";

/** What a message carries: a photo, cleaned, or a file as it is. */
export interface Attachment {
  readonly head: Pick<FileHead, "name" | "type" | "size" | "picture">;
  readonly bytes: Blob;
}

/** A file to read. */
export const opened = async (path: string): Promise<Blob> => {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw usage("file", `${plainLine(path)} is no file`);
    return await openAsBlob(path);
  } catch (cause) {
    if (cause instanceof CouloirError) throw cause;
    const why = (cause as NodeJS.ErrnoException).code === "ENOENT" ? "it does not exist" : "it cannot be read";
    throw usage("file", `${plainLine(path)}: ${why}`);
  }
};

/** A file as it is, with everything that is in it. */
export const fileAt = async (path: string): Promise<Attachment> => {
  const bytes = await opened(path);
  const name = basename(path);
  return { head: { name, type: typeOf(name), size: bytes.size }, bytes };
};

/** A photo is whole in memory while it is cleaned. */
const MAX_PHOTO = 64_000_000;

/** A photo without EXIF, position and whatever else is not the picture. */
export const photoAt = async (path: string): Promise<Attachment> => {
  const file = await opened(path);
  if (file.size > MAX_PHOTO)
    throw usage("photo-too-large", `a photo has at most ${sizeWords(MAX_PHOTO)}; send it as it is with --file`);
  const photo = cleanPhoto(new Uint8Array(await file.arrayBuffer()));
  const { type, bytes, width, height } = photo;
  const picture = { width, height, thumbnail: Buffer.from(await thumbnailOf(photo)).toString("base64") };
  return {
    head: { name: basename(path), type, size: bytes.length, picture },
    bytes: new Blob([new Uint8Array(bytes)]),
  };
};

/** One line on a terminal's stderr that is written over; nothing in a pipe. */
const progress = ({ stderr }: Io) => {
  let shown = false;
  return {
    show: ({ have, size, state }: Pick<Transfer, "have" | "size" | "state">): void => {
      if (stderr.isTTY !== true) return;
      const words =
        state === "waiting"
          ? "no one who has it is in range; it goes on by itself"
          : `${sizeWords(have)} of ${sizeWords(size)}`;
      stderr.write(`\r\u001b[K${words}`);
      shown = true;
    },
    end: (): void => {
      if (shown) stderr.write("\r\u001b[K");
    },
  };
};

interface Wanted {
  readonly caucus: GroupId;
  readonly message: MessageId;
  /** Milliseconds without a byte until it is given up. */
  readonly patience: number;
}

/** Asks for a file and resolves when it is here, whole. */
const bring = async (daemon: ApiClient, io: Io, { caucus, message, patience }: Wanted): Promise<void> => {
  const line = progress(io);
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), patience);
  let have = -1;
  const take = (now: Pick<Transfer, "have" | "size" | "state">): boolean => {
    line.show(now);
    if (now.have > have) {
      have = now.have;
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), patience);
    }
    return now.state === "here";
  };
  try {
    for await (const event of daemon.events({ caucus, signal: stop.signal })) {
      // Asked once nothing can be missed.
      if (event.name === "hello") {
        const { file } = await daemon.fetchFile(caucus, message);
        if (file !== undefined && take(file)) return;
      } else if (event.name === "transfer" && event.value.message === message && take(event.value)) return;
    }
  } finally {
    clearTimeout(timer);
    line.end();
    stop.abort();
  }
  throw new CouloirError(
    "timeout",
    "file-late",
    "the file is not here yet: no one who has it is in range; the daemon goes on asking, so try again later",
  );
};

const cannotWrite = (path: string, cause: unknown): CouloirError =>
  usage(
    "output",
    (cause as NodeJS.ErrnoException).code === "EEXIST"
      ? `${plainLine(path)} is there already; choose another name with -o, or overwrite it with -f`
      : `${plainLine(path)} cannot be written`,
  );

/** Writes what is read to a new file, or in the place of an old one once it is whole. Nothing is read that has no place. */
export const save = async (
  read: () => Promise<ReadableStream<Uint8Array>>,
  path: string,
  force: boolean,
): Promise<void> => {
  const target = force ? `${path}.part` : path;
  const file = await open(target, force ? "w" : "wx", 0o600).catch((cause: unknown) => {
    throw cannotWrite(path, cause);
  });
  try {
    try {
      for await (const piece of await read()) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    if (force) await rename(target, path);
  } catch (cause) {
    await rm(target, { force: true });
    if (cause instanceof CouloirError) throw cause;
    throw new CouloirError(
      "storage",
      "output",
      `${plainLine(path)} was not saved whole, and what came of it is removed`,
      { cause },
    );
  }
};

interface GetFlags {
  readonly output?: string;
  readonly force?: boolean;
  readonly wait: number;
}

const fileOf = ({ file }: MessageView): FileView => {
  if (file === undefined) throw usage("no-file", "there is no photo or file in this message");
  return file;
};

const get = async (
  { io, client, answer }: Context,
  [which, argument]: readonly [string, string],
  { output, force = false, wait }: GetFlags,
): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const message = await pickMessage(daemon, caucus, argument);
  const file = fileOf(await daemon.message(caucus, message));
  if (file.state === "viewed") throw usage("file-viewed", "that was shown here once, and is gone");
  if (file.state !== "here") await bring(daemon, io, { caucus, message, patience: wait * 1000 });
  const read = () => daemon.readFile(caucus, message);
  if (output === "-") {
    for await (const piece of await read())
      if (!io.stdout.write(piece)) await new Promise((go) => io.stdout.once("drain", go));
    return;
  }
  const path = resolve(output ?? safeName(file.name));
  await save(read, path, force);
  const { name, type, size } = file;
  await answer({ message, caucus, path, name, type, size }, `${plainLine(path)} (${sizeWords(size)})`);
};

const receipts = async ({ io, json, client }: Context, [which, argument]: readonly [string, string]): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const all = await daemon.receipts(caucus, await pickMessage(daemon, caucus, argument));
  if (json) return writeJson(io.stdout, all);
  const rows = all.map(({ person, name, reached, read }) => [
    person.slice(0, 8),
    plainLine(name),
    read ? "read" : reached ? "reached" : "not yet",
  ]);
  return writeTable(io, ["ID", "NAME", ""], { rows, none: "Nobody else was there to read it." });
};

/** Adds the commands to the program. */
export const addFileCommands = (program: Command, outside: Outside): void => {
  program
    .command("get")
    .argument("<caucus>", "name, id, or the beginning of an id")
    .argument("<message>", "id, or its beginning")
    .option("-o, --output <file>", "where to save it; - is stdout, and the sender's name for it the default")
    .option("-f, --force", "overwrite what is there")
    .option("--wait <seconds>", "how long to wait while nothing comes", wholeNumber(1, 86_400), 60)
    .description("save a photo or a file")
    .action((which: string, message: string, flags: GetFlags, command: Command) =>
      get(contextOf(command, outside), [which, message], flags),
    );
  program
    .command("receipts")
    .argument("<caucus>", "name, id, or the beginning of an id")
    .argument("<message>", "id, or its beginning")
    .description("whom a message has reached, and who has read it")
    .action((which: string, message: string, _: object, command: Command) =>
      receipts(contextOf(command, outside), [which, message]),
    );
};
