/** Routes about files: up and down as streams, so that none is ever whole in memory. */
import type { Hono } from "hono";
import { usage } from "../../errors.ts";
import type { MessengerApi } from "../../messenger/api.ts";
import { isBytes, readHead } from "../headedBody.ts";
import * as shape from "../schemas.ts";
import { caucus, message, type Served } from "./request.ts";

/** The head of a file holds its thumbnail and what is written under it. */
const MAX_HEAD = 131_072;

/** Pieces as they are asked for. When they do not come to their size, the connection breaks off: no half passes for all. */
const streamed = (pieces: AsyncIterable<Uint8Array>, size: number): ReadableStream<Uint8Array> => {
  const iterator = pieces[Symbol.asyncIterator]();
  let left = size;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await iterator.next();
        if (next.done !== true) {
          left -= next.value.length;
          controller.enqueue(next.value);
        } else if (left === 0) controller.close();
        else throw new Error("a file came to another size than it has");
      },
      cancel: async () => {
        await iterator.return?.();
      },
    },
    { highWaterMark: 1 },
  );
};

/** Sending a file; to be added before the route that reads JSON from every body. */
export const uploadRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
  app.post("/api/caucuses/:caucus/files", async (c) => {
    isBytes(c.req.header("content-type"));
    const { head, rest } = await readHead(c.req.raw.body, MAX_HEAD);
    const { name, type, size, ...more } = shape.parse(shape.fileHead, head);
    const file = { name, type, size, bytes: rest, ...shape.defined(more) };
    return c.json(await messenger.sendFile(caucus(c), file), 201);
  });
};

/** Getting a file. Whatever it says that it is, a browser that opens this address only saves it. */
export const fileRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
  app.get("/api/caucuses/:caucus/messages/:message/file", async (c) => {
    const found = await messenger.message(caucus(c), message(c));
    if (found?.file === undefined) throw usage("no-file", "there is no file in this message");
    if (found.file.state === "viewed") throw usage("file-viewed", "that was shown here once, and is gone");
    if (found.file.state !== "here") throw usage("file-not-here", "this file is not on this device yet");
    return c.body(streamed(messenger.readFile(caucus(c), message(c)), found.file.size), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Length": String(found.file.size),
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(found.file.name.toWellFormed())}`,
    });
  });
  app.post("/api/caucuses/:caucus/messages/:message/fetch", async (c) =>
    c.json(await messenger.fetchFile(caucus(c), message(c))),
  );
  app.delete("/api/caucuses/:caucus/messages/:message/fetch", async (c) =>
    c.json(await messenger.cancelFile(caucus(c), message(c))),
  );
};
