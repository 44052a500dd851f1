/**
 * Who may speak to the local API. Any web page can make a browser on this machine send requests to a loopback port, under
 * a name of its own (DNS rebinding), and any program of another user can connect; so a request needs our own host name,
 * no foreign origin, and the token that only the owner of the data folder can read.
 */
import { timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Fault } from "../errors.ts";
import type { Problem } from "./problem.ts";

/** The largest request body: four of the largest envelopes. */
export const MAX_BODY = 262_144;

const problem = (
  context: Context,
  status: ContentfulStatusCode,
  [fault, code, message]: readonly [Fault, string, string],
): Response => context.json({ error: { code, fault, message } } satisfies Problem, status);

/** Compares without telling by its time how much was right. */
export const sameToken = (given: string, token: string): boolean => {
  const a = Buffer.from(given);
  const b = Buffer.from(token);
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Refuses what was not addressed to this machine by its own name, what a foreign page sent, and unknown methods. */
export const sameMachine =
  (port: () => number): MiddlewareHandler =>
  async (context, next) => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`];
    if (!hosts.includes(context.req.header("host") ?? ""))
      return problem(context, 403, ["refused", "foreign-host", "this address answers only to its own name"]);
    const origin = context.req.header("origin");
    if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`))
      return problem(context, 403, ["refused", "foreign-origin", "this address does not answer to other pages"]);
    if (!["GET", "HEAD", "POST", "PUT", "DELETE"].includes(context.req.method))
      return problem(context, 405, ["usage", "method", "this method is not known here"]);
    return next();
  };

/** Demands the token. It never comes in the address, which ends in logs and histories. */
export const bearer =
  (token: string): MiddlewareHandler =>
  async (context, next) => {
    const given = /^Bearer (?<token>[0-9a-f]+)$/u.exec(context.req.header("authorization") ?? "")?.groups?.["token"];
    if (given === undefined || !sameToken(given, token)) {
      context.header("WWW-Authenticate", "Bearer");
      return problem(context, 401, ["refused", "token", "the token of the data folder is missing or wrong"]);
    }
    return next();
  };

/** The text of a body, or `undefined` as soon as it is over the cap. */
const capped = async (body: ReadableStream<Uint8Array> | null): Promise<string | undefined> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > MAX_BODY) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
};

/** Reads the body of a write. It is JSON and says so, which a form of a foreign page cannot, and no larger than the cap. */
export const jsonBody: MiddlewareHandler<{ Variables: { json: unknown } }> = async (context, next) => {
  if (context.req.method !== "POST" && context.req.method !== "PUT") return next();
  if (!/^application\/json(?:;|$)/u.test(context.req.header("content-type") ?? ""))
    return problem(context, 415, ["usage", "content-type", "the body must be application/json"]);
  const text = await capped(context.req.raw.body);
  if (text === undefined)
    return problem(context, 413, ["usage", "too-large", `a request is at most ${MAX_BODY} bytes`]);
  try {
    context.set("json", JSON.parse(text));
  } catch {
    return problem(context, 400, ["usage", "bad-request", "the body is not JSON"]);
  }
  return next();
};

/** The answer to an address that does not exist. */
export const unknown = (context: Context): Response =>
  problem(context, 404, ["usage", "unknown-address", "there is nothing at this address"]);
