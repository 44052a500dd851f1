/**
 * The local API: a messenger over HTTP on loopback, for the command line and for pages and bots of the same person.
 * Reads are GET; everything that changes something is POST, PUT or DELETE with a JSON body. Errors: see `problem.ts`.
 */
import { Hono } from "hono";
import type { MessengerApi, VenueView } from "../messenger/api.ts";
import type { VenueStanding } from "../net/vouching.ts";
import { codeOf } from "../net/shortCode.ts";
import type { PersonId } from "../types.ts";
import { SAFE_HEADERS, type App } from "./appFiles.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { dialable } from "./dialable.ts";
import type { Serve } from "./door.ts";
import { EventStreams, type StreamLimits } from "./eventStreams.ts";
import { bearer, jsonBody, sameMachine, unknown } from "./guard.ts";
import type { HubDescriptor, SecureDescriptor } from "./hub/hubServer.ts";
import { PAGE, PAGE_POLICY } from "./page.ts";
import { statusOf, toProblem } from "./problem.ts";
import { deviceRoutes } from "./routes/deviceRoutes.ts";
import { exportRoutes, importRoutes } from "./routes/identityRoutes.ts";
import { caucusRoutes } from "./routes/caucusRoutes.ts";
import { fileRoutes, uploadRoutes } from "./routes/fileRoutes.ts";
import { mailInRoutes, mailRoutes } from "./routes/mailRoutes.ts";
import { messageRoutes } from "./routes/messageRoutes.ts";
import { peopleRoutes } from "./routes/peopleRoutes.ts";
import { body, type Served } from "./routes/request.ts";
import { verificationRoutes } from "./routes/verificationRoutes.ts";
import { toolRoutes } from "./routes/toolRoutes.ts";
import { venueRoutes } from "./routes/venueRoutes.ts";
import * as shape from "./schemas.ts";

/** What the API needs to know of the daemon around the messenger. */
export interface ApiHost {
  readonly messenger: MessengerApi;
  readonly token: string;
  readonly version: string;
  /** The port that it is reached on; known once it listens. */
  readonly port: () => number;
  /** The app for browsers, where it was built. */
  readonly app?: App | undefined;
  /** What the hub says of itself, where one runs. */
  readonly hub: () => HubDescriptor | undefined;
  /** What the doctor says. */
  readonly doctor: () => Promise<Diagnosis>;
  /** Dials these addresses, and remembers them; whether somebody answered. */
  readonly dial: (addresses: readonly string[]) => Promise<boolean>;
  /** Asks the daemon to stop; called after the answer is on its way. */
  readonly stop: () => void;
  /** Asks it to stop and to delete the profile. */
  readonly wipe: () => void;
  /** The person as a file under a passphrase. */
  readonly exportIdentity: (passphrase: string) => Promise<Uint8Array>;
  /** Checks such a file; the result makes its person the one of this daemon, which begins anew. */
  readonly importIdentity: (file: Uint8Array, passphrase: string) => Promise<() => void>;
  /** Errors that are bugs of ours. */
  readonly log: (error: unknown) => void;
  readonly limits?: StreamLimits;
}

/** What `venue` answers: the venue to hand on, and where its app is opened with it. */
export interface VenueAnswer extends VenueView {
  readonly urls: readonly string[];
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
  readonly buckets: number;
  /** Whether this device has the venue's key. */
  readonly keyed: boolean;
  /** What the neighbours are, and say of the venue. */
  readonly standing?: VenueStanding;
  readonly hub: readonly string[];
  /** The hub's port with a certificate of its own; absent where its owner opened none. */
  readonly secure?: SecureDescriptor;
  /** To be read out to somebody who dials this daemon; absent where it has no IPv4 address. */
  readonly code?: string;
}

/** The API's handler of requests, and what ends its open streams. */
export interface Api {
  readonly fetch: Serve;
  readonly streams: EventStreams;
}

/** What the daemon says of itself. */
export const statusOfDaemon = ({ messenger, version, hub }: Pick<ApiHost, "messenger" | "version" | "hub">): Status => {
  const { venue: standing, ...now } = messenger.status();
  const { name: venue, buckets, keyed } = messenger.venue();
  const { urls = [], secure } = hub() ?? {};
  const code = codeOf(urls, now.addresses);
  return {
    state: "running",
    version,
    person: messenger.person,
    name: messenger.profile().name,
    ...now,
    venue,
    buckets,
    keyed,
    ...(standing && { standing }),
    hub: urls,
    ...(secure && { secure }),
    ...(code === undefined ? {} : { code }),
  };
};

/** What anybody on this machine may have: the app, and whether a daemon serves it. Nothing of the owner. */
const openRoutes = (app: Hono<Served>, { app: built, version }: ApiHost): void => {
  app.get("/session", (context) => context.json({ daemon: true, version }));
  app.use(async (context, next) => {
    const answer = ["GET", "HEAD"].includes(context.req.method) ? built?.answer(context.req.raw) : undefined;
    return answer ?? next();
  });
  app.get("/", (context) => context.html(PAGE, 200, { "Content-Security-Policy": PAGE_POLICY }));
};

const ownRoutes = (app: Hono<Served>, host: ApiHost): void => {
  const { messenger } = host;
  app.get("/api/status", (context) => context.json(statusOfDaemon(host)));
  app.get("/api/doctor", async (context) => context.json(await host.doctor()));
  app.post("/api/dial", async (context) => {
    const { address } = body(context, shape.dialBody);
    return context.json({ reached: await host.dial(dialable(address)) });
  });
  app.get("/api/hub", (context) => context.json(host.hub() ?? null));
  app.get("/api/remembered/:name", async (context) =>
    context.json({ value: await messenger.remembered(shape.parse(shape.rememberedName, context.req.param("name"))) }),
  );
  app.put("/api/remembered/:name", async (context) => {
    const { value, ...options } = body(context, shape.rememberBody);
    const name = shape.parse(shape.rememberedName, context.req.param("name"));
    await messenger.remember(name, value, shape.defined(options));
    return context.json({});
  });
  app.post("/api/stop", (context) => {
    body(context, shape.nothing);
    setImmediate(host.stop);
    return context.json({});
  });
  app.post("/api/wipe", (context) => {
    body(context, shape.wipeBody);
    setImmediate(host.wipe);
    return context.json({});
  });
};

const HEADERS = {
  ...SAFE_HEADERS,
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
};

/** Builds the API over a messenger. */
export const createApi = (host: ApiHost): Api => {
  const app = new Hono<Served>();
  const streams = new EventStreams(host.messenger, host.limits);
  app.use(async (context, next) => {
    await next();
    // The app and its pages have headers of their own.
    for (const [name, value] of Object.entries(HEADERS))
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  });
  app.use(sameMachine(host.port));
  openRoutes(app, host);
  app.use(bearer(host.token));
  uploadRoutes(app, host.messenger);
  importRoutes(app, host.importIdentity);
  mailInRoutes(app, host.messenger);
  app.use(jsonBody);
  app.get("/events", (context) => {
    const { caucus: only } = shape.parse(shape.eventsQuery, context.req.query());
    return streams.subscribe(() => context.env.outgoing.destroy(), only);
  });
  ownRoutes(app, host);
  venueRoutes(app, host);
  mailRoutes(app, host.messenger);
  peopleRoutes(app, host.messenger);
  verificationRoutes(app, host.messenger);
  caucusRoutes(app, host.messenger, streams);
  messageRoutes(app, host.messenger);
  toolRoutes(app, host.messenger);
  fileRoutes(app, host.messenger);
  deviceRoutes(app, host.messenger);
  exportRoutes(app, host.exportIdentity);
  app.notFound(unknown);
  app.onError((error, context) => {
    const problem = toProblem(error);
    if (problem.error.fault === "internal") host.log(error);
    return context.json(problem, statusOf(problem));
  });
  return { fetch: (request, connection) => app.fetch(request, connection), streams };
};
