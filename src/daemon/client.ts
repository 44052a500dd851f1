/** The command line's view of a running daemon: one method a request of the local API. */
import { CouloirError } from "../errors.ts";
import type {
  GrantOptions,
  Invite,
  InviteOptions,
  JoinResult,
  LinkOptions,
  Listed,
  MailHeld,
  MailImport,
  NewCaucus,
  Outcome,
  PolicyChange,
} from "../messenger/api.ts";
import { type HistoryOptions, pagingQuery, type SearchAnswer, type SearchOptions } from "../messenger/paging.ts";
import type {
  CaucusView,
  CodeView,
  ComparisonView,
  DeviceId,
  DeviceView,
  GroupId,
  InvitationView,
  LinkId,
  LinkView,
  MessageId,
  MessageView,
  MessengerEvents,
  Millis,
  OpId,
  PersonId,
  PersonView,
  Picture,
  Pin,
  Receipt,
  Role,
  RoomCodeView,
  ToolWord,
  WaitingView,
  Wording,
} from "../types.ts";
import type { CallView, TableView, ToolView } from "../types/tools.ts";
import type { Status, VenueAnswer } from "./api.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { isAlive, readNote, type ApiNote } from "./dataFolder.ts";
import { notRunning } from "./exit.ts";
import { fromProblem } from "./problem.ts";
import { slowGet } from "./slowGet.ts";
import { serverEvents, textLines } from "./sse.ts";

/** What `/events` says: the messenger's events, and `hello` once it listens. */
export type Happening =
  | { readonly name: "hello"; readonly value: unknown }
  | { [E in keyof MessengerEvents]: { readonly name: E; readonly value: MessengerEvents[E] } }[keyof MessengerEvents];

/** What is said of a file that is sent. */
export interface FileHead {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly text?: string;
  readonly reply?: MessageId;
  readonly picture?: Picture;
}

interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** JSON, or bytes as they are. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** A GET whose answer is much to read. */
  readonly long?: true;
}

const wentAway = (cause: unknown): CouloirError =>
  new CouloirError(
    "network",
    "daemon-went-away",
    "the daemon stopped answering; look at its terminal, then try again",
    {
      cause,
    },
  );

const reachable = (error: unknown): boolean => {
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  return cause?.code !== "ECONNREFUSED";
};

/** A typed client of the local API. */
export class ApiClient {
  readonly #note: Pick<ApiNote, "port" | "token">;

  constructor(note: Pick<ApiNote, "port" | "token">) {
    this.#note = note;
  }

  /** The address of the owner's page, with the token that opens it. */
  get ui(): string {
    return `http://127.0.0.1:${this.#note.port}/#token=${this.#note.token}`;
  }

  status(): Promise<Status> {
    return this.#json("/api/status");
  }
  doctor(): Promise<Diagnosis> {
    return this.#json("/api/doctor");
  }
  dial(address: string): Promise<{ readonly reached: boolean }> {
    return this.#post("/api/dial", { address });
  }
  people(): Promise<PersonView[]> {
    return this.#json("/api/people");
  }
  caucuses(): Promise<CaucusView[]> {
    return this.#json("/api/caucuses");
  }
  listed(): Promise<Listed[]> {
    return this.#json("/api/listed");
  }
  invitations(): Promise<InvitationView[]> {
    return this.#json("/api/invitations");
  }
  block(person: PersonId): Promise<unknown> {
    return this.#post(`/api/people/${person}/block`);
  }
  async verifyCode(): Promise<string> {
    return (await this.#json<{ code: string }>("/api/verification")).code;
  }
  verify(code: string, person: PersonId): Promise<PersonView> {
    return this.#post("/api/verification", { code, person });
  }
  compare(person: PersonId): Promise<ComparisonView> {
    return this.#post(`/api/people/${person}/comparison`);
  }
  endComparison(person: PersonId, outcome: Outcome): Promise<PersonView> {
    return this.#post(`/api/people/${person}/comparison/end`, { outcome });
  }
  roomCode(caucus: GroupId): Promise<RoomCodeView> {
    return this.#post(`/api/caucuses/${caucus}/room-code`);
  }
  closeRoomCode(caucus: GroupId): Promise<RoomCodeView> {
    return this.#post(`/api/caucuses/${caucus}/room-code/close`);
  }
  endRoomCode(caucus: GroupId, outcome: Outcome): Promise<CaucusView> {
    return this.#post(`/api/caucuses/${caucus}/room-code/end`, { outcome });
  }
  vouch(person: PersonId, looked: boolean): Promise<PersonView> {
    return this.#json(`/api/people/${person}/vouch`, { method: "PUT", body: { looked } });
  }
  acceptKeys(person: PersonId): Promise<PersonView> {
    return this.#post(`/api/people/${person}/accept-keys`);
  }
  async direct(person: PersonId): Promise<GroupId> {
    return (await this.#post<{ caucus: GroupId }>(`/api/people/${person}/direct`)).caucus;
  }
  async createCaucus(name: string, options: NewCaucus): Promise<GroupId> {
    return (await this.#post<{ caucus: GroupId }>("/api/caucuses", { name, ...options })).caucus;
  }
  invite(caucus: GroupId, options: InviteOptions = {}): Promise<Invite> {
    return this.#post(`/api/caucuses/${caucus}/invites`, options);
  }
  codes(caucus: GroupId): Promise<CodeView[]> {
    return this.#json(`/api/caucuses/${caucus}/invites`);
  }
  revokeCode(caucus: GroupId, invite: OpId): Promise<CodeView[]> {
    return this.#json(`/api/caucuses/${caucus}/invites/${invite}`, { method: "DELETE" });
  }
  waiting(caucus: GroupId): Promise<WaitingView[]> {
    return this.#json(`/api/caucuses/${caucus}/waiting`);
  }
  approve(caucus: GroupId, person: PersonId): Promise<CaucusView> {
    return this.#post(`/api/caucuses/${caucus}/waiting/${person}/approve`);
  }
  refuse(caucus: GroupId, person: PersonId): Promise<WaitingView[]> {
    return this.#post(`/api/caucuses/${caucus}/waiting/${person}/refuse`);
  }
  /** Waits up to `wait` ms for a member to answer. */
  async join(code: string, wait: Millis): Promise<JoinResult> {
    for await (const event of serverEvents(
      await this.#stream("/api/joins", { method: "POST", body: { code, wait } }),
    )) {
      if (event.name === "result") return event.value as JoinResult;
      if (event.name === "error") throw fromProblem(event.value) ?? wentAway(event.value);
    }
    throw wentAway("the answer ended early");
  }
  accept(caucus: GroupId): Promise<JoinResult> {
    return this.#post(`/api/invitations/${caucus}/accept`);
  }
  decline(caucus: GroupId): Promise<unknown> {
    return this.#post(`/api/invitations/${caucus}/decline`);
  }
  add(caucus: GroupId, person: PersonId, options: GrantOptions = {}): Promise<CaucusView> {
    return this.#json(`/api/caucuses/${caucus}/members/${person}`, { method: "PUT", body: options });
  }
  heal(caucus: GroupId): Promise<unknown> {
    return this.#post(`/api/caucuses/${caucus}/heal`);
  }
  remove(caucus: GroupId, person: PersonId): Promise<CaucusView> {
    return this.#json(`/api/caucuses/${caucus}/members/${person}`, { method: "DELETE" });
  }
  setRole(caucus: GroupId, person: PersonId, role: Role): Promise<CaucusView> {
    return this.#json(`/api/caucuses/${caucus}/members/${person}/role`, { method: "PUT", body: { role } });
  }
  setPolicy(caucus: GroupId, change: PolicyChange): Promise<CaucusView> {
    return this.#json(`/api/caucuses/${caucus}/policy`, { method: "PUT", body: change });
  }
  leave(caucus: GroupId): Promise<unknown> {
    return this.#post(`/api/caucuses/${caucus}/leave`);
  }
  send(caucus: GroupId, text: string, reply?: MessageId, onRecord = false): Promise<MessageView> {
    return this.#post(`/api/caucuses/${caucus}/messages`, {
      text,
      ...(reply !== undefined && { reply }),
      ...(onRecord && { onRecord }),
    });
  }
  async recordOf(caucus: GroupId, message: MessageId): Promise<string> {
    return (await this.#json<{ record: string }>(`/api/caucuses/${caucus}/messages/${message}/record`)).record;
  }
  revise(caucus: GroupId, message: MessageId, text: string): Promise<MessageView> {
    return this.#json(`/api/caucuses/${caucus}/messages/${message}/text`, { method: "PUT", body: { text } });
  }
  wordings(caucus: GroupId, message: MessageId): Promise<Wording[]> {
    return this.#json(`/api/caucuses/${caucus}/messages/${message}/wordings`);
  }
  withdraw(caucus: GroupId, message: MessageId): Promise<unknown> {
    return this.#post(`/api/caucuses/${caucus}/messages/${message}/withdraw`);
  }
  forget(caucus: GroupId, message: MessageId): Promise<unknown> {
    return this.#json(`/api/caucuses/${caucus}/messages/${message}`, { method: "DELETE" });
  }
  /** Pins a message for everybody, or takes the pin off. */
  pin(caucus: GroupId, message: MessageId, on: boolean): Promise<MessageView> {
    const call: Call = on ? { method: "PUT", body: {} } : { method: "DELETE" };
    return this.#json(`/api/caucuses/${caucus}/messages/${message}/pin`, call);
  }
  pins(caucus: GroupId): Promise<Pin[]> {
    return this.#json(`/api/caucuses/${caucus}/pins`);
  }
  react(caucus: GroupId, message: MessageId, emoji: string): Promise<MessageView> {
    return this.#post(`/api/caucuses/${caucus}/messages/${message}/reactions`, { emoji });
  }
  sayTool(caucus: GroupId, word: ToolWord): Promise<MessageView> {
    return this.#post(`/api/caucuses/${caucus}/table`, { word });
  }
  table(caucus: GroupId): Promise<TableView> {
    return this.#json(`/api/caucuses/${caucus}/table`);
  }
  tool(caucus: GroupId, message: MessageId): Promise<ToolView> {
    return this.#json(`/api/caucuses/${caucus}/table/${message}`);
  }
  ringing(): Promise<CallView[]> {
    return this.#json("/api/ringing");
  }
  markRead(caucus: GroupId): Promise<unknown> {
    return this.#post(`/api/caucuses/${caucus}/read`);
  }
  message(caucus: GroupId, message: MessageId): Promise<MessageView> {
    return this.#json(`/api/caucuses/${caucus}/messages/${message}`);
  }
  /** Sends a file; it is read as it goes. */
  sendFile(caucus: GroupId, head: FileHead, bytes: Blob): Promise<MessageView> {
    const body = new Blob([`${JSON.stringify(head)}\n`, bytes]);
    return this.#json(`/api/caucuses/${caucus}/files`, { method: "POST", body });
  }
  /** Asks for a file; `transfer` events tell how it goes. */
  fetchFile(caucus: GroupId, message: MessageId): Promise<MessageView> {
    return this.#post(`/api/caucuses/${caucus}/messages/${message}/fetch`);
  }
  /** The bytes of a file that is here. */
  readFile(caucus: GroupId, message: MessageId): Promise<ReadableStream<Uint8Array>> {
    return this.#stream(`/api/caucuses/${caucus}/messages/${message}/file`, { long: true });
  }
  receipts(caucus: GroupId, message: MessageId): Promise<Receipt[]> {
    return this.#json(`/api/caucuses/${caucus}/messages/${message}/receipts`);
  }
  mail(): Promise<MailHeld> {
    return this.#json("/api/mail");
  }
  exportMail(since?: Millis): Promise<ReadableStream<Uint8Array>> {
    return this.#stream(`/api/mail/file${since === undefined ? "" : `?since=${since}`}`, { long: true });
  }
  importMail(file: Blob): Promise<MailImport> {
    return this.#json("/api/mail/file", { method: "POST", body: file });
  }
  venue(): Promise<VenueAnswer> {
    return this.#json("/api/venue");
  }
  joinVenue(code: string): Promise<VenueAnswer> {
    return this.#post("/api/venue", { code });
  }
  devices(): Promise<DeviceView[]> {
    return this.#json("/api/devices");
  }
  offerLink(name: string): Promise<LinkView> {
    return this.#post("/api/links", { name });
  }
  readLink(code: string): Promise<LinkView> {
    return this.#post("/api/links", { code });
  }
  confirmLink(link: LinkId, options: LinkOptions): Promise<LinkView> {
    return this.#post(`/api/links/${link}/confirm`, options);
  }
  cancelLink(link: LinkId): Promise<LinkView> {
    return this.#json(`/api/links/${link}`, { method: "DELETE" });
  }
  revokeDevice(device: DeviceId): Promise<DeviceView[]> {
    return this.#json(`/api/devices/${device}`, { method: "DELETE" });
  }
  /** The person as a file under a passphrase. */
  async exportIdentity(passphrase: string): Promise<Uint8Array> {
    const body = await this.#stream("/api/identity/export", { method: "POST", body: { passphrase } });
    return new Uint8Array(await new Response(body).arrayBuffer());
  }
  /** The daemon begins anew as the person of the file, shortly after this resolves. */
  importIdentity(file: Blob, passphrase: string): Promise<unknown> {
    const body = new Blob([`${JSON.stringify({ passphrase })}\n`, file]);
    return this.#json("/api/identity/import", { method: "POST", body });
  }
  /** Asks the daemon to stop. */
  stop(): Promise<unknown> {
    return this.#post("/api/stop");
  }

  async *history(caucus: GroupId, options: HistoryOptions = {}): AsyncGenerator<MessageView> {
    const path = `/api/caucuses/${caucus}/messages${pagingQuery(options)}`;
    for await (const line of textLines(await this.#stream(path))) {
      const value: unknown = JSON.parse(line);
      const problem = fromProblem(value);
      if (problem !== undefined) throw problem;
      yield value as MessageView;
    }
  }

  search(words: string, options: SearchOptions): Promise<SearchAnswer> {
    return this.#json(`/api/search${pagingQuery({ words, ...options })}`);
  }

  /** What happens from now on (once `hello` came), in one caucus or everywhere, until `signal` says stop. */
  async *events(options: { readonly caucus?: GroupId; readonly signal?: AbortSignal } = {}): AsyncGenerator<Happening> {
    const { caucus, signal } = options;
    const call: Call = signal === undefined ? {} : { signal };
    try {
      const body = await this.#stream(`/events${caucus === undefined ? "" : `?caucus=${caucus}`}`, call);
      for await (const event of serverEvents(body)) yield event as Happening;
    } catch (error) {
      if (signal?.aborted === true) return;
      throw error instanceof CouloirError ? error : wentAway(error);
    }
  }

  #post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.#json(path, { method: "POST", body });
  }

  async #json<T>(path: string, call: Call = {}): Promise<T> {
    const response = await this.#fetch(path, call);
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw wentAway(error);
    }
  }

  async #stream(path: string, call: Call = {}): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#fetch(path, call);
    if (body === null) throw wentAway("an answer without a body");
    return body;
  }

  async #fetch(path: string, { method = "GET", body, signal, long }: Call): Promise<Response> {
    // A connection that is kept may be closed by the daemon just as it is used again: a message would be lost, or twice.
    const headers: Record<string, string> = { authorization: `Bearer ${this.#note.token}`, connection: "close" };
    const isBytes = body instanceof Blob;
    if (body !== undefined) headers["content-type"] = isBytes ? "application/octet-stream" : "application/json";
    const url = `http://127.0.0.1:${this.#note.port}${path}`;
    const asked = (): Promise<Response> =>
      fetch(url, {
        method,
        headers,
        redirect: "error",
        ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
    let response: Response;
    try {
      response = await (long ? slowGet(url, headers) : asked());
    } catch (error) {
      throw reachable(error) ? wentAway(error) : notRunning();
    }
    if (response.ok) return response;
    const problem = fromProblem(await response.json().catch(() => undefined));
    if (problem === undefined && response.status >= 500) throw wentAway(`status ${response.status}`);
    // Somebody else took the port since, or another daemon: its answer is not ours.
    if (problem === undefined || response.status === 401) throw notRunning();
    throw problem;
  }
}

/** The client of the daemon on this data folder; `notRunning` when there is none. */
export const connect = async (folder: string): Promise<ApiClient> => {
  const note = await readNote(folder);
  if (note === undefined || !isAlive(note.pid)) throw notRunning();
  return new ApiClient(note);
};
