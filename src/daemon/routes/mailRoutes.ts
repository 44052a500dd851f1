/** Routes about the sealed mail that this device keeps: how much it is, and as a file both ways, never whole in memory. */
import type { Hono } from "hono";
import type { MessengerApi } from "../../messenger/api.ts";
import { isBytes, piecesOf } from "../headedBody.ts";
import * as shape from "../schemas.ts";
import type { Served } from "./request.ts";

const streamed = (pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> => {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => {
        await iterator.return?.();
      },
    },
    { highWaterMark: 1 },
  );
};

/** Taking a file in; to be added before the route that reads JSON from every body. */
export const mailInRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
  app.post("/api/mail/file", async (c) => {
    isBytes(c.req.header("content-type"));
    return c.json(await messenger.importMail(piecesOf(c.req.raw.body)));
  });
};

/** Adds the others. */
export const mailRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
  app.get("/api/mail", async (c) => c.json(await messenger.mail()));
  app.get("/api/mail/file", (c) => {
    const { since } = shape.parse(shape.mailQuery, c.req.query());
    return c.body(streamed(messenger.exportMail(since)), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": 'attachment; filename="couloir-mail"',
    });
  });
};
