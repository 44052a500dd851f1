/** Every method of the messenger as a request to the daemon's API. */
import { CouloirError } from "../../src/errors.ts";
import type { InviteOptions, NewFile } from "../../src/messenger/api.ts";
import { type HistoryOptions, pagingQuery, type SearchOptions } from "../../src/messenger/paging.ts";
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

const ROUTES: Record<Exclude<MethodName, "join" | "sendFile" | "importMail" | "message">, Route> = {
  profile: () => ({ path: "/api/profile" }),
  setProfile: (body: object) => ({ method: "PUT", path: "/api/profile", body, result: nothing }),
  people: () => ({ path: "/api/people" }),
  block: (person: string) => ({ ...post(`/api/people/${person}/block`), result: nothing }),
  verifyCode: () => ({ path: "/api/verification", result: (answer) => (answer as { code: unknown }).code }),
  verify: (code: string, person?: string) =>
    post("/api/verification", person === undefined ? { code } : { code, person }),
  compare: (person: string) => post(`/api/people/${person}/comparison`),
  endComparison: (person: string, outcome: string) => post(`/api/people/${person}/comparison/end`, { outcome }),
  comparisons: () => ({ path: "/api/comparisons" }),
  roomCode: (caucus: string) => post(`${at(caucus)}/room-code`),
  closeRoomCode: (caucus: string) => post(`${at(caucus)}/room-code/close`),
  endRoomCode: (caucus: string, outcome: string) => post(`${at(caucus)}/room-code/end`, { outcome }),
  roomCodes: () => ({ path: "/api/room-codes" }),
  vouch: (person: string, looked: boolean) => ({
    method: "PUT",
    path: `/api/people/${person}/vouch`,
    body: { looked },
  }),
  acceptKeys: (person: string) => post(`/api/people/${person}/accept-keys`),
  direct: (person: string) => ({ ...post(`/api/people/${person}/direct`), result: caucusOf }),
  caucuses: () => ({ path: "/api/caucuses" }),
  listed: () => ({ path: "/api/listed" }),
  createCaucus: (name: string, options: object = {}) => ({
    ...post("/api/caucuses", { name, ...options }),
    result: caucusOf,
  }),
  invite: (caucus: string, options: InviteOptions = {}) => post(`${at(caucus)}/invites`, options),
  codes: (caucus: string) => ({ path: `${at(caucus)}/invites` }),
  revokeCode: (caucus: string, invite: string) => ({ method: "DELETE", path: `${at(caucus)}/invites/${invite}` }),
  waiting: (caucus: string) => ({ path: `${at(caucus)}/waiting` }),
  approve: (caucus: string, person: string) => post(`${at(caucus)}/waiting/${person}/approve`),
  refuse: (caucus: string, person: string) => post(`${at(caucus)}/waiting/${person}/refuse`),
  invitations: () => ({ path: "/api/invitations" }),
  accept: (caucus: string) => post(`/api/invitations/${caucus}/accept`),
  decline: (caucus: string) => ({ ...post(`/api/invitations/${caucus}/decline`), result: nothing }),
  add: (caucus: string, person: string, body: object = {}) => ({
    method: "PUT",
    path: `${at(caucus)}/members/${person}`,
    body,
  }),
  setRole: (caucus: string, person: string, role: string) => ({
    method: "PUT",
    path: `${at(caucus)}/members/${person}/role`,
    body: { role },
  }),
  setPolicy: (caucus: string, body: object) => ({ method: "PUT", path: `${at(caucus)}/policy`, body }),
  remove: (caucus: string, person: string) => ({ method: "DELETE", path: `${at(caucus)}/members/${person}` }),
  leave: (caucus: string) => ({ ...post(`${at(caucus)}/leave`), result: nothing }),
  heal: (caucus: string) => ({ ...post(`${at(caucus)}/heal`), result: nothing }),
  send: (caucus: string, text: string, options: object = {}) => post(`${at(caucus)}/messages`, { text, ...options }),
  react: (caucus: string, message: string, emoji: string, options: object = {}) =>
    post(`${at(caucus, message)}/reactions`, { emoji, ...options }),
  recordOf: (caucus: string, message: string) => ({
    path: `${at(caucus, message)}/record`,
    result: (answer) => (answer as { record: unknown }).record,
  }),
  revise: (caucus: string, message: string, text: string) => ({
    method: "PUT",
    path: `${at(caucus, message)}/text`,
    body: { text },
  }),
  wordings: (caucus: string, message: string) => ({ path: `${at(caucus, message)}/wordings` }),
  withdraw: (caucus: string, message: string) => ({ ...post(`${at(caucus, message)}/withdraw`), result: nothing }),
  forget: (caucus: string, message: string) => ({ method: "DELETE", path: at(caucus, message), result: nothing }),
  pin: (caucus: string, message: string, on: boolean) => ({
    method: on ? "PUT" : "DELETE",
    path: `${at(caucus, message)}/pin`,
    ...(on && { body: {} }),
  }),
  pins: (caucus: string) => ({ path: `${at(caucus)}/pins` }),
  sayTool: (caucus: string, word: object, options: object = {}) => post(`${at(caucus)}/table`, { word, ...options }),
  table: (caucus: string) => ({ path: `${at(caucus)}/table` }),
  tool: (caucus: string, message: string) => ({ path: `${at(caucus)}/table/${message}` }),
  ringing: () => ({ path: "/api/ringing" }),
  fetchFile: (caucus: string, message: string) => post(`${at(caucus, message)}/fetch`),
  cancelFile: (caucus: string, message: string) => ({ method: "DELETE", path: `${at(caucus, message)}/fetch` }),
  receipts: (caucus: string, message: string) => ({ path: `${at(caucus, message)}/receipts` }),
  search: (words: string, options: SearchOptions = {}) => ({
    path: `/api/search${pagingQuery({ words, ...options })}`,
  }),
  remember: (name: string, value: unknown, options: object = {}) => ({
    method: "PUT",
    path: named(name),
    body: { value, ...options },
    result: nothing,
  }),
  remembered: (name: string) => ({ path: named(name), result: (answer) => (answer as { value?: unknown }).value }),
  devices: () => ({ path: "/api/devices" }),
  links: () => ({ path: "/api/links" }),
  offerLink: (name: string) => post("/api/links", { name }),
  readLink: (code: string) => post("/api/links", { code }),
  confirmLink: (link: string, options: object = {}) => post(`/api/links/${link}/confirm`, options),
  cancelLink: (link: string) => ({ method: "DELETE", path: `/api/links/${link}` }),
  revokeDevice: (device: string) => ({ method: "DELETE", path: `/api/devices/${device}` }),
  markRead: (caucus: string) => ({ ...post(`${at(caucus)}/read`), result: nothing }),
  status: () => ({ path: "/api/status" }),
  mail: () => ({ path: "/api/mail" }),
  venue: () => ({ path: "/api/venue" }),
  joinVenue: (code: string) => post("/api/venue", { code }),
};

const join = async (http: DaemonHttp, [code, wait]: Args): Promise<unknown> => {
  for await (const { name, value } of http.events(post("/api/joins", { code, wait }))) {
    if (name === "result") return value;
    if (name === "error") throw fromProblem((value as { error?: unknown }).error);
  }
  throw daemonAway();
};

/** Browsers stream no request to plain http, so the file becomes a blob, which a browser keeps on disk when it is large. */
const gathered = async (bytes: AsyncIterable<Uint8Array>): Promise<Blob> => {
  const parts: Blob[] = [];
  for await (const part of bytes) parts.push(new Blob([part as Uint8Array<ArrayBuffer>]));
  return new Blob(parts);
};

const sendFile = async (http: DaemonHttp, [caucus, file]: Args): Promise<unknown> => {
  const { bytes, ...head } = file as NewFile;
  const body = new Blob([JSON.stringify(head), "\n", await gathered(bytes)]);
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
  if (name === "importMail")
    return http.json({
      method: "POST",
      path: "/api/mail/file",
      body: await gathered(args[0] as AsyncIterable<Uint8Array>),
    });
  if (name === "message") return message(http, args);
  const { result = (answer: unknown) => answer, ...request } = ROUTES[name](...(args as never[]));
  return result(await http.json(request));
};

/** Many answers. */
export const daemonIterate = (http: DaemonHttp, name: IterableName, args: Args): AsyncIterable<unknown> => {
  const [caucus, second] = args as [string, unknown];
  if (name === "exportMail") return http.pieces({ path: "/api/mail/file" });
  if (name === "readFile") return http.pieces({ path: `${at(caucus, second as string)}/file` });
  return http.lines({ path: `${at(caucus)}/messages${pagingQuery((second ?? {}) as HistoryOptions)}` });
};
