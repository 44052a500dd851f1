/** Routes about the venue. Its code holds the venue's key, so only the owner is told. */
import type { Hono } from "hono";
import type { ApiHost, VenueAnswer } from "../api.ts";
import { handedOn, withVenue } from "../hub/entrance.ts";
import * as shape from "../schemas.ts";
import { body, type Served } from "./request.ts";

/** What there is to hand on: as a hub, with its own addresses. */
const venueAnswer = ({ messenger, hub }: Pick<ApiHost, "messenger" | "hub">): VenueAnswer => {
  const at = hub();
  const venue = at === undefined ? messenger.venue() : handedOn(messenger.venue(), at);
  return { ...venue, urls: (at?.urls ?? []).map((url) => withVenue(url, venue)) };
};

/** Adds the routes. */
export const venueRoutes = (app: Hono<Served>, host: ApiHost): void => {
  app.get("/api/venue", (c) => c.json(venueAnswer(host)));
  app.post("/api/venue", async (c) => {
    await host.messenger.joinVenue(body(c, shape.venueBody).code);
    return c.json(venueAnswer(host));
  });
};
