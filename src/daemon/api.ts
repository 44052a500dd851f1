/**
 * The local API: a messenger over HTTP on loopback, for the command line and for pages and bots of the same person.
 * Reads are GET; everything that changes something is POST, PUT or DELETE with a JSON body. Errors: see `problem.ts`.
 */
import { Hono, type Context } from "hono";
import { usage } from "../errors.ts";
import type { MessengerApi } from "../messenger/api.ts";
import type { GroupId, MessageId, PersonId } from "../types.ts";
import type { Connection, Serve } from "./door.ts";
import { EventStreams, type StreamLimits } from "./eventStreams.ts";
import { bearer, jsonBody, sameMachine, unknown } from "./guard.ts";
import { PAGE, PAGE_POLICY } from "./page.ts";
import { statusOf, toProblem } from "./problem.ts";
import * as shape from "./schemas.ts";

interface Served {
  readonly Bindings: Connection;
  readonly Variables: { json: unknown };
}

/** What the API needs to know of the daemon around the messenger. */
export interface ApiHost {
  readonly messenger: MessengerApi;
  readonly token: string;
  readonly version: string;
  readonly venue: string;
  /** The port that it is reached on; known once it listens. */
  readonly port: () => number;
  /** Asks the daemon to stop; called after the answer is on its way. */
  readonly stop: () => void;
  /** Errors that are bugs of ours. */
  readonly log: (error: unknown) => void;
  readonly limits?: StreamLimits;
}

/** What `status` answers. */
export interface Status {
  readonly state: "running";
  readonly version: string;
  readonly person: PersonId;
  readonly name: string;
  readonly peerId: string;
  readonly addresses: readonly string[];
  readonly peers: number;
  readonly venue: string;
  readonly hub: readonly string[];
}

/** The API's handler of requests, and what ends its open streams. */
export interface Api {
  readonly fetch: Serve;
  readonly streams: EventStreams;
}

const person = (context: Context): PersonId => shape.parse(shape.personId, context.req.param("person"));
const caucus = (context: Context): GroupId => shape.parse(shape.groupId, context.req.param("caucus"));
const message = (context: Context): MessageId => shape.parse(shape.messageId, context.req.param("message"));

const body = <S extends Parameters<typeof shape.parse>[0]>(context: Context<Served>, schema: S) =>
  shape.parse(schema, context.get("json"));

const lines = (values: AsyncIterable<unknown>): ReadableStream<Uint8Array> => {
  const iterator = values[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
      } catch (error) {
        // The status is long on its way, so an error in the middle is the last line.
        controller.enqueue(encoder.encode(`${JSON.stringify(toProblem(error))}\n`));
        controller.close();
      }
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
};

const peopleRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
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

const caucusRoutes = (app: Hono<Served>, messenger: MessengerApi, streams: EventStreams): void => {
  app.get("/api/caucuses", (c) => c.json(messenger.caucuses()));
  app.get("/api/listed", (c) => c.json(messenger.listed()));
  app.post("/api/caucuses", async (c) => {
    const { name, ...options } = body(c, shape.createBody);
    return c.json({ caucus: await messenger.createCaucus(name, shape.defined(options)) }, 201);
  });
  app.post("/api/caucuses/:caucus/invites", async (c) =>
    c.json(await messenger.invite(caucus(c), shape.defined(body(c, shape.inviteBody))), 201),
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
  app.put("/api/caucuses/:caucus/members/:person", async (c) => c.json(await messenger.add(caucus(c), person(c))));
  app.delete("/api/caucuses/:caucus/members/:person", async (c) =>
    c.json(await messenger.remove(caucus(c), person(c))),
  );
  app.post("/api/caucuses/:caucus/leave", async (c) => {
    await messenger.leave(caucus(c));
    return c.json({});
  });
};

const messageRoutes = (app: Hono<Served>, messenger: MessengerApi): void => {
  app.get("/api/caucuses/:caucus/messages", (c) => {
    const { limit } = shape.parse(shape.historyQuery, c.req.query());
    const history = messenger.history(caucus(c), limit === undefined ? {} : { limit });
    return c.body(lines(history), 200, { "Content-Type": "application/x-ndjson" });
  });
  app.get("/api/caucuses/:caucus/messages/:message", async (c) => {
    const found = await messenger.message(caucus(c), message(c));
    if (found === undefined) throw usage("unknown-message", "there is no such message in this caucus");
    return c.json(found);
  });
  app.post("/api/caucuses/:caucus/messages", async (c) => {
    const { text, ...options } = body(c, shape.sendBody);
    return c.json(await messenger.send(caucus(c), text, shape.defined(options)), 201);
  });
  app.post("/api/caucuses/:caucus/messages/:message/reactions", async (c) => {
    const { emoji, ...options } = body(c, shape.reactBody);
    return c.json(await messenger.react(caucus(c), message(c), emoji, shape.defined(options)), 201);
  });
  app.post("/api/caucuses/:caucus/read", async (c) => {
    await messenger.markRead(caucus(c));
    return c.json({});
  });
};

const status = ({ messenger, version, venue }: ApiHost): Status => ({
  state: "running",
  version,
  person: messenger.person,
  name: messenger.profile().name,
  ...messenger.status(),
  venue,
  hub: [],
});

/** Builds the API over a messenger. */
export const createApi = (host: ApiHost): Api => {
  const app = new Hono<Served>();
  const streams = new EventStreams(host.messenger, host.limits);
  app.use(async (context, next) => {
    await next();
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
    context.header("Content-Security-Policy", context.req.path === "/" ? PAGE_POLICY : "default-src 'none'");
  });
  app.use(sameMachine(host.port));
  app.get("/", (context) => context.html(PAGE));
  app.use(bearer(host.token));
  app.use(jsonBody);
  app.get("/api/status", (context) => context.json(status(host)));
  app.get("/events", (context) => {
    const { caucus: only } = shape.parse(shape.eventsQuery, context.req.query());
    return streams.subscribe(() => context.env.outgoing.destroy(), only);
  });
  app.post("/api/stop", (context) => {
    body(context, shape.nothing);
    setImmediate(host.stop);
    return context.json({});
  });
  peopleRoutes(app, host.messenger);
  caucusRoutes(app, host.messenger, streams);
  messageRoutes(app, host.messenger);
  app.notFound(unknown);
  app.onError((error, context) => {
    const problem = toProblem(error);
    if (problem.error.fault === "internal") host.log(error);
    return context.json(problem, statusOf(problem));
  });
  return { fetch: (request, connection) => app.fetch(request, connection), streams };
};
