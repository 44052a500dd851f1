/** Routes about verification in person: codes, emoji, a caucus's room code, and whose app somebody has looked at. */
import type { Hono } from "hono";
import type { MessengerApi } from "../../messenger/api.ts";
import * as shape from "../schemas.ts";
import { body, caucus, person, type Served } from "./request.ts";

/** What is compared in person. */
export const verificationRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
  app.get("/api/verification", async (c) => c.json({ code: await messenger.verifyCode() }));
  app.post("/api/verification", async (c) => {
    const { code, person: expected } = body(c, shape.verifyBody);
    return c.json(await messenger.verify(code, expected));
  });
  app.get("/api/comparisons", (c) => c.json(messenger.comparisons()));
  app.post("/api/people/:person/comparison", async (c) => c.json(await messenger.compare(person(c))));
  app.post("/api/people/:person/comparison/end", async (c) =>
    c.json(await messenger.endComparison(person(c), body(c, shape.outcomeBody).outcome)),
  );
  app.put("/api/people/:person/vouch", async (c) =>
    c.json(await messenger.vouch(person(c), body(c, shape.vouchBody).looked)),
  );
  app.post("/api/people/:person/accept-keys", async (c) => c.json(await messenger.acceptKeys(person(c))));
  app.get("/api/room-codes", (c) => c.json(messenger.roomCodes()));
  app.post("/api/caucuses/:caucus/room-code", async (c) => c.json(await messenger.roomCode(caucus(c))));
  app.post("/api/caucuses/:caucus/room-code/close", async (c) => c.json(await messenger.closeRoomCode(caucus(c))));
  app.post("/api/caucuses/:caucus/room-code/end", async (c) =>
    c.json(await messenger.endRoomCode(caucus(c), body(c, shape.outcomeBody).outcome)),
  );
};
