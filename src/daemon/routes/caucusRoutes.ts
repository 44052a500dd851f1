/** Routes about caucuses: what there is, who comes in, who goes. */
import type { Hono } from "hono";
import type { MessengerApi } from "../../messenger/api.ts";
import type { EventStreams } from "../eventStreams.ts";
import { toProblem } from "../problem.ts";
import * as shape from "../schemas.ts";
import { body, caucus, invite, person, type Served } from "./request.ts";

/** Caucuses, and the ways into them. */
export const caucusRoutes = (app: Hono<Served>, messenger: MessengerApi, streams: EventStreams): void => {
  app.get("/api/caucuses", (c) => c.json(messenger.caucuses()));
  app.get("/api/listed", (c) => c.json(messenger.listed()));
  app.post("/api/caucuses", async (c) => {
    const { name, ...options } = body(c, shape.createBody);
    return c.json({ caucus: await messenger.createCaucus(name, shape.defined(options)) }, 201);
  });
  app.post("/api/caucuses/:caucus/invites", async (c) =>
    c.json(await messenger.invite(caucus(c), shape.defined(body(c, shape.inviteBody))), 201),
  );
  app.get("/api/caucuses/:caucus/invites", async (c) => c.json(await messenger.codes(caucus(c))));
  app.delete("/api/caucuses/:caucus/invites/:invite", async (c) =>
    c.json(await messenger.revokeCode(caucus(c), invite(c))),
  );
  app.get("/api/caucuses/:caucus/waiting", async (c) => c.json(await messenger.waiting(caucus(c))));
  app.post("/api/caucuses/:caucus/waiting/:person/approve", async (c) =>
    c.json(await messenger.approve(caucus(c), person(c))),
  );
  app.post("/api/caucuses/:caucus/waiting/:person/refuse", async (c) =>
    c.json(await messenger.refuse(caucus(c), person(c))),
  );
  app.post("/api/joins", async (c) => {
    const { code, wait } = body(c, shape.joinBody);
    return streams.waitFor(messenger.join(code, wait), toProblem);
  });
  app.get("/api/invitations", (c) => c.json(messenger.invitations()));
  app.post("/api/invitations/:caucus/accept", async (c) => c.json(await messenger.accept(caucus(c))));
  app.post("/api/invitations/:caucus/decline", async (c) => {
    await messenger.decline(caucus(c));
    return c.json({});
  });
  app.put("/api/caucuses/:caucus/members/:person", async (c) =>
    c.json(await messenger.add(caucus(c), person(c), shape.defined(body(c, shape.addBody)))),
  );
  app.delete("/api/caucuses/:caucus/members/:person", async (c) =>
    c.json(await messenger.remove(caucus(c), person(c))),
  );
  app.post("/api/caucuses/:caucus/heal", async (c) => {
    await messenger.heal(caucus(c));
    return c.json({});
  });
  app.put("/api/caucuses/:caucus/members/:person/role", async (c) =>
    c.json(await messenger.setRole(caucus(c), person(c), body(c, shape.roleBody).role)),
  );
  app.put("/api/caucuses/:caucus/policy", async (c) =>
    c.json(await messenger.setPolicy(caucus(c), shape.defined(body(c, shape.policyBody)))),
  );
  app.post("/api/caucuses/:caucus/leave", async (c) => {
    await messenger.leave(caucus(c));
    return c.json({});
  });
};
