/** Every method of the messenger as a request to the daemon's API. */
import { CouloirError } from "../../src/errors.ts";
import type { HistoryOptions, InviteOptions, NewFile } from "../../src/messenger/api.ts";
import { daemonAway, type DaemonHttp, type Request } from "./daemonHttp.ts";
import type { IterableName, MethodName } from "./methods.ts";
import { fromProblem } from "./problem.ts";

type Args = readonly unknown[];
/** The request for some arguments, and what to make of the answer. */
type Route = (...args: never[]) => Request & { readonly result?: (answer: unknown) => unknown };

const caucusOf = (answer: unknown): unknown => (answer as { caucus: unknown }).caucus;
const nothing = (): undefined => undefined;
const post = (path: string, body: unknown = {}): Request => ({ method: "POST", path, body });
const at = (caucus: string, message?: string): string =>
  `/api/caucuses/${caucus}${message === undefined ? "" : `/messages/${message}`}`;
const named = (name: string): string => `/api/remembered/${encodeURIComponent(name)}`;

const ROUTES: Record<Exclude<MethodName, "join" | "sendFile" | "message">, Route> = {
  profile: () => ({ path: "/api/profile" }),
  setProfile: (body: object) => ({ method: "PUT", path: "/api/profile", body, result: nothing }),
  people: () => ({ path: "/api/people" }),
  block: (person: string) => ({ ...post(`/api/people/${person}/block`), result: nothing }),
  direct: (person: string) => ({ ...post(`/api/people/${person}/direct`), result: caucusOf }),
  caucuses: () => ({ path: "/api/caucuses" }),
  listed: () => ({ path: "/api/listed" }),
  createCaucus: (name: string, options: object = {}) => ({
    ...post("/api/caucuses", { name, ...options }),
    result: caucusOf,
  }),
  invite: (caucus: string, options: InviteOptions = {}) => post(`${at(caucus)}/invites`, options),
  invitations: () => ({ path: "/api/invitations" }),
  accept: (caucus: string) => post(`/api/invitations/${caucus}/accept`),
  decline: (caucus: string) => ({ ...post(`/api/invitations/${caucus}/decline`), result: nothing }),
  add: (caucus: string, person: string) => ({ method: "PUT", path: `${at(caucus)}/members/${person}`, body: {} }),
  setRole: (caucus: string, person: string, role: string) => ({
    method: "PUT",
    path: `${at(caucus)}/members/${person}/role`,
    body: { role },
  }),
  setPolicy: (caucus: string, body: object) => ({ method: "PUT", path: `${at(caucus)}/policy`, body }),
  remove: (caucus: string, person: string) => ({ method: "DELETE", path: `${at(caucus)}/members/${person}` }),
  leave: (caucus: string) => ({ ...post(`${at(caucus)}/leave`), result: nothing }),
  send: (caucus: string, text: string, options: object = {}) => post(`${at(caucus)}/messages`, { text, ...options }),
  react: (caucus: string, message: string, emoji: string, options: object = {}) =>
    post(`${at(caucus, message)}/reactions`, { emoji, ...options }),
  fetchFile: (caucus: string, message: string) => post(`${at(caucus, message)}/fetch`),
  cancelFile: (caucus: string, message: string) => ({ method: "DELETE", path: `${at(caucus, message)}/fetch` }),
  receipts: (caucus: string, message: string) => ({ path: `${at(caucus, message)}/receipts` }),
  remember: (name: string, value: unknown) => ({ method: "PUT", path: named(name), body: { value }, result: nothing }),
  remembered: (name: string) => ({ path: named(name), result: (answer) => (answer as { value?: unknown }).value }),
  markRead: (caucus: string) => ({ ...post(`${at(caucus)}/read`), result: nothing }),
  status: () => ({ path: "/api/status" }),
};

const join = async (http: DaemonHttp, [code, wait]: Args): Promise<unknown> => {
  for await (const { name, value } of http.events(post("/api/joins", { code, wait }))) {
    if (name === "result") return value;
    if (name === "error") throw fromProblem((value as { error?: unknown }).error);
  }
  throw daemonAway();
};

/** Browsers stream no request to plain http, so the file becomes a blob, which a browser keeps on disk when it is large. */
const sendFile = async (http: DaemonHttp, [caucus, file]: Args): Promise<unknown> => {
  const { bytes, ...head } = file as NewFile;
  const parts: Blob[] = [];
  for await (const part of bytes) parts.push(new Blob([part as Uint8Array<ArrayBuffer>]));
  const body = new Blob([JSON.stringify(head), "\n", ...parts]);
  return http.json({ method: "POST", path: `${at(caucus as string)}/files`, body });
};

const message = async (http: DaemonHttp, [caucus, id]: Args): Promise<unknown> => {
  try {
    return await http.json({ path: at(caucus as string, id as string) });
  } catch (error) {
    if (error instanceof CouloirError && error.code === "unknown-message") return undefined;
    throw error;
  }
};

/** One answer. */
export const daemonCall = async (http: DaemonHttp, name: MethodName, args: Args): Promise<unknown> => {
  if (name === "join") return join(http, args);
  if (name === "sendFile") return sendFile(http, args);
  if (name === "message") return message(http, args);
  const { result = (answer: unknown) => answer, ...request } = ROUTES[name](...(args as never[]));
  return result(await http.json(request));
};

/** Many answers. */
export const daemonIterate = (http: DaemonHttp, name: IterableName, args: Args): AsyncIterable<unknown> => {
  const [caucus, second] = args as [string, unknown];
  if (name === "readFile") return http.pieces({ path: `${at(caucus, second as string)}/file` });
  const { limit } = (second ?? {}) as HistoryOptions;
  return http.lines({ path: `${at(caucus)}/messages${limit === undefined ? "" : `?limit=${limit}`}` });
};
