/** Routes about what is written. */
import type { Hono } from "hono";
import { usage } from "../../errors.ts";
import type { MessengerApi } from "../../messenger/api.ts";
import * as shape from "../schemas.ts";
import { body, caucus, lines, message, type Served } from "./request.ts";

/** What is written. */
export const messageRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
  app.get("/api/caucuses/:caucus/messages", (c) => {
    const history = messenger.history(caucus(c), shape.defined(shape.parse(shape.historyQuery, c.req.query())));
    return c.body(lines(history), 200, { "Content-Type": "application/x-ndjson" });
  });
  app.get("/api/caucuses/:caucus/messages/:message", async (c) => {
    const found = await messenger.message(caucus(c), message(c));
    if (found === undefined) throw usage("unknown-message", "there is no such message in this caucus");
    return c.json(found);
  });
  app.get("/api/search", async (c) => {
    const { words, ...options } = shape.parse(shape.searchQuery, c.req.query());
    return c.json(await messenger.search(words, shape.defined(options)));
  });
  app.post("/api/caucuses/:caucus/messages", async (c) => {
    const { text, ...options } = body(c, shape.sendBody);
    return c.json(await messenger.send(caucus(c), text, shape.defined(options)), 201);
  });
  app.post("/api/caucuses/:caucus/messages/:message/reactions", async (c) => {
    const { emoji, ...options } = body(c, shape.reactBody);
    return c.json(await messenger.react(caucus(c), message(c), emoji, shape.defined(options)), 201);
  });
  app.put("/api/caucuses/:caucus/messages/:message/text", async (c) =>
    c.json(await messenger.revise(caucus(c), message(c), body(c, shape.reviseBody).text)),
  );
  app.get("/api/caucuses/:caucus/messages/:message/wordings", async (c) =>
    c.json(await messenger.wordings(caucus(c), message(c))),
  );
  app.post("/api/caucuses/:caucus/messages/:message/withdraw", async (c) => {
    await messenger.withdraw(caucus(c), message(c));
    return c.json({});
  });
  app.delete("/api/caucuses/:caucus/messages/:message", async (c) => {
    await messenger.forget(caucus(c), message(c));
    return c.json({});
  });
  app.get("/api/caucuses/:caucus/messages/:message/record", async (c) =>
    c.json({ record: await messenger.recordOf(caucus(c), message(c)) }),
  );
  app.put("/api/caucuses/:caucus/messages/:message/pin", async (c) =>
    c.json(await messenger.pin(caucus(c), message(c), true)),
  );
  app.delete("/api/caucuses/:caucus/messages/:message/pin", async (c) =>
    c.json(await messenger.pin(caucus(c), message(c), false)),
  );
  app.get("/api/caucuses/:caucus/pins", async (c) => c.json(await messenger.pins(caucus(c))));
  app.get("/api/caucuses/:caucus/messages/:message/receipts", async (c) =>
    c.json(await messenger.receipts(caucus(c), message(c))),
  );
  app.post("/api/caucuses/:caucus/read", async (c) => {
    await messenger.markRead(caucus(c));
    return c.json({});
  });
};
