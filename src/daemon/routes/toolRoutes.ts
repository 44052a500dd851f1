/** Routes about what lies on a caucus's table: calls, boards. */
import type { Hono } from "hono";
import type { MessengerApi } from "../../messenger/api.ts";
import { defined } from "../schemas.ts";
import { toolBody } from "../toolSchemas.ts";
import { body, caucus, message, type Served } from "./request.ts";

/** The negotiation's tools. */
export const toolRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
  app.get("/api/ringing", async (c) => c.json(await messenger.ringing()));
  app.get("/api/caucuses/:caucus/table", async (c) => c.json(await messenger.table(caucus(c))));
  app.post("/api/caucuses/:caucus/table", async (c) => {
    const { word, ...options } = body(c, toolBody);
    return c.json(await messenger.sayTool(caucus(c), word, defined(options)), 201);
  });
  app.get("/api/caucuses/:caucus/table/:message", async (c) => c.json(await messenger.tool(caucus(c), message(c))));
};
