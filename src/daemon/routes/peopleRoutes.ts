/** Routes about people: who this is, who else is here. */
import type { Hono } from "hono";
import type { MessengerApi } from "../../messenger/api.ts";
import * as shape from "../schemas.ts";
import { body, person, type Served } from "./request.ts";

/** The person of this device, and others. */
export const peopleRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
  app.get("/api/profile", (c) => c.json(messenger.profile()));
  app.put("/api/profile", async (c) => {
    await messenger.setProfile(body(c, shape.profileBody));
    return c.json(messenger.profile());
  });
  app.get("/api/people", (c) => c.json(messenger.people()));
  app.post("/api/people/:person/block", async (c) => {
    await messenger.block(person(c));
    return c.json({});
  });
  app.post("/api/people/:person/direct", async (c) => c.json({ caucus: await messenger.direct(person(c)) }));
};
