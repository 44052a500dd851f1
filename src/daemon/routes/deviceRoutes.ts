/** Routes about this person's devices: which there are, linking one, revoking one. */
import type { Context, Hono } from "hono";
import type { MessengerApi } from "../../messenger/api.ts";
import type { LinkId } from "../../types.ts";
import * as shape from "../schemas.ts";
import { body, type Served } from "./request.ts";

const link = (c: Context<Served>): LinkId => shape.parse(shape.linkId, c.req.param("link"));

/** Everything answers at once; how a link goes on is told by the event `link`. */
export const deviceRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
  app.get("/api/devices", async (c) => c.json(await messenger.devices()));
  app.delete("/api/devices/:device", async (c) =>
    c.json(await messenger.revokeDevice(shape.parse(shape.deviceId, c.req.param("device")))),
  );
  app.get("/api/links", (c) => c.json(messenger.links()));
  app.post("/api/links", async (c) => {
    const asked = body(c, shape.linkBody);
    return c.json("code" in asked ? await messenger.readLink(asked.code) : await messenger.offerLink(asked.name), 201);
  });
  app.post("/api/links/:link/confirm", async (c) =>
    c.json(await messenger.confirmLink(link(c), shape.defined(body(c, shape.confirmBody)))),
  );
  app.delete("/api/links/:link", async (c) => c.json(await messenger.cancelLink(link(c))));
};
