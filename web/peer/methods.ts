/** What one tab may ask of another: every name, and whether it may be asked twice. */
import type { MessengerEvents } from "../../src/types.ts";
import type { RemoteApi } from "./backend.ts";

/**
 * `again`: asked twice it is as if asked once (reads; what has a nonce; what sets something). `once`: when the answer is
 * lost, the person has to look what became of it.
 */
export type Repeat = "again" | "once";

type Methods = Exclude<keyof RemoteApi, "person" | "on" | "history" | "readFile" | "exportMail">;

export const METHODS = {
  profile: "again",
  setProfile: "again",
  people: "again",
  block: "again",
  verifyCode: "again",
  verify: "again",
  compare: "again",
  endComparison: "once",
  comparisons: "again",
  roomCode: "again",
  closeRoomCode: "again",
  endRoomCode: "once",
  roomCodes: "again",
  vouch: "again",
  acceptKeys: "again",
  caucuses: "again",
  listed: "again",
  createCaucus: "once",
  invite: "once",
  codes: "again",
  revokeCode: "once",
  waiting: "again",
  approve: "once",
  refuse: "once",
  join: "again",
  invitations: "again",
  accept: "once",
  decline: "once",
  add: "once",
  remove: "once",
  setRole: "again",
  setPolicy: "again",
  leave: "once",
  heal: "once",
  direct: "again",
  send: "again",
  react: "again",
  recordOf: "again",
  revise: "again",
  wordings: "again",
  withdraw: "once",
  forget: "again",
  pin: "again",
  pins: "again",
  sayTool: "again",
  table: "again",
  tool: "again",
  ringing: "again",
  sendFile: "again",
  fetchFile: "again",
  cancelFile: "again",
  receipts: "again",
  remember: "again",
  remembered: "again",
  devices: "again",
  links: "again",
  offerLink: "again",
  readLink: "again",
  confirmLink: "again",
  cancelLink: "again",
  revokeDevice: "again",
  markRead: "again",
  message: "again",
  search: "again",
  status: "again",
  mail: "again",
  importMail: "once",
  venue: "again",
  joinVenue: "again",
} as const satisfies Record<Methods, Repeat>;

const ITERABLES = { history: "again", readFile: "again", exportMail: "again" } as const;

/** What the backend itself asks of the tab that holds the keys. */
const HOUSE = {
  whoami: "again",
  connection: "again",
  hub: "again",
  seenAway: "again",
  addHub: "again",
  hurry: "again",
  holdings: "again",
  moveLink: "again",
} as const satisfies Record<string, Repeat>;

/** The messenger's events, and what else the leading tab tells: the connection changed. */
export const EVENTS = {
  message: true,
  receipt: true,
  erased: true,
  caucus: true,
  codes: true,
  waiting: true,
  invitation: true,
  person: true,
  link: true,
  devices: true,
  remembered: true,
  peers: true,
  notice: true,
  tool: true,
  transfer: true,
  comparison: true,
  roomCode: true,
  connection: true,
} as const satisfies Record<keyof MessengerEvents | "connection", true>;

export type MethodName = keyof typeof METHODS;
export type IterableName = keyof typeof ITERABLES;
export type HouseName = keyof typeof HOUSE;
export type EventName = keyof typeof EVENTS;
/** All that is called and answered once. */
export type CallName = MethodName | HouseName;

export const isMethod = (name: unknown): name is MethodName => typeof name === "string" && Object.hasOwn(METHODS, name);
export const isHouse = (name: unknown): name is HouseName => typeof name === "string" && Object.hasOwn(HOUSE, name);
export const isIterable = (name: unknown): name is IterableName =>
  typeof name === "string" && Object.hasOwn(ITERABLES, name);
export const isEvent = (name: unknown): name is EventName => typeof name === "string" && Object.hasOwn(EVENTS, name);

/** See `Repeat`. */
export const repeatOf = (name: CallName): Repeat => (isMethod(name) ? METHODS[name] : HOUSE[name]);
