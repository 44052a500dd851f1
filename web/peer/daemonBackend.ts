/** The backend of the daemon's own page: its API over HTTP on this machine, its events over one stream that is kept open. */
import { CouloirError, refused } from "../../src/errors.ts";
import { systemClock } from "../../src/net/systemClock.ts";
import type { PersonId } from "../../src/types.ts";
import type {
  Backend,
  ConnectionView,
  DoctorFinding,
  Holdings,
  HubInfo,
  Opening,
  Origin,
  RemoteApi,
  Slip,
} from "./backend.ts";
import { daemonCall, daemonIterate } from "./daemonCalls.ts";
import { DaemonHttp, daemonAway, isDaemonAway } from "./daemonHttp.ts";
import { daemonSlip, type DaemonSlip } from "./daemonSlip.ts";
import type { Environment } from "./environment.ts";
import { Events } from "./events.ts";
import { countHoldings } from "./holdings.ts";
import { isEvent, repeatOf, type MethodName } from "./methods.ts";
import { tabGone } from "./problem.ts";
import { remoteApi } from "./remoteApi.ts";

const TOKEN = "couloir token";
/** The daemon pings every 15 s. */
const SILENT = 40_000;
const RETRY = [500, 1000, 2000, 5000] as const;
/** A call that finds the daemon away waits so long for it to come back. */
const PATIENCE = 20_000;

interface Status {
  readonly person: PersonId;
  readonly peers: number;
  readonly addresses: readonly string[];
  readonly hub?: readonly string[];
  readonly code?: string;
}

class DaemonBackend implements Backend {
  readonly api: RemoteApi;
  readonly kind = "daemon";
  readonly guest = false;
  readonly locked = false;
  readonly #http: DaemonHttp;
  readonly #environment: Environment;
  readonly #events = new Events();
  readonly #stopLife: () => void;
  readonly #waiting = new Set<() => void>();
  #status: Status;
  #hub: HubInfo | undefined;
  #slip: DaemonSlip | undefined;
  #stream = new AbortController();
  #there = true;
  #closed = false;
  #hurry: () => void = () => {};

  constructor(http: DaemonHttp, environment: Environment, status: Status) {
    this.#http = http;
    this.#environment = environment;
    this.#status = status;
    this.api = remoteApi({
      person: status.person,
      call: (name, args) => this.#call(name, args),
      iterate: (name, args) => daemonIterate(http, name, args),
      on: (event, handler) => this.#events.on(event, handler as (value: unknown) => void),
    });
    this.#stopLife = environment.onLife((what) => {
      if (what === "wake") this.hurry();
    });
  }

  /** Reads what is there, and begins to listen. */
  async start(): Promise<void> {
    await this.#refresh();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    void this.#listen();
    await promise;
    this.#slip = await daemonSlip(this.api, this.#environment);
  }

  get slip(): Slip | undefined {
    return this.#slip?.slip;
  }

  get hub(): HubInfo | undefined {
    return this.#hub;
  }

  async connection(): Promise<ConnectionView> {
    await this.#refresh().catch(() => undefined);
    return this.#view();
  }
  onConnection(handler: (view: ConnectionView) => void): () => void {
    return this.#events.on("connection", handler as (value: unknown) => void);
  }
  onMissed(handler: () => void): () => void {
    return this.#events.on("missed", handler);
  }
  onGone(handler: () => void): () => void {
    return this.#events.on("gone", handler);
  }
  // A daemon is awake while its page is not.
  seenAway(): void {}
  async addHub(address: string): Promise<undefined> {
    const answer = await this.#http.json({ method: "POST", path: "/api/dial", body: { address } });
    if ((answer as { readonly reached?: boolean }).reached !== true)
      throw new CouloirError("network", "hub-away", "nothing answers there");
  }
  async doctor(): Promise<readonly DoctorFinding[]> {
    const answer = await this.#http.json({ path: "/api/doctor" });
    return (answer as { readonly findings: readonly DoctorFinding[] }).findings;
  }
  hurry(): void {
    this.#hurry();
  }
  inviteLink(code: string): string | undefined {
    const [url] = this.#hub?.urls ?? [];
    return url === undefined ? undefined : `${url.replace(/[#?].*$/, "").replace(/\/$/, "")}/#${code.trim()}`;
  }
  exportIdentity(passphrase: string): Promise<Uint8Array> {
    return this.#http.bytes({ method: "POST", path: "/api/identity/export", body: { passphrase } });
  }
  moveLink(): Promise<string> {
    return Promise.reject(refused("not-in-daemon", "from a daemon an identity moves by its file"));
  }
  async importIdentity(from: Uint8Array | string, passphrase: string): Promise<void> {
    if (typeof from === "string") throw refused("not-in-daemon", "to a daemon an identity moves by its file");
    const body = new Blob([JSON.stringify({ passphrase }), "\n", from as Uint8Array<ArrayBuffer>]);
    await this.#http.json({ method: "POST", path: "/api/identity/import", body });
    // It begins anew; until then it has no page to give.
    await this.#back(PATIENCE);
    this.#environment.reload();
  }
  holdings(): Promise<Holdings> {
    return countHoldings(this.api);
  }
  async wipe(): Promise<void> {
    await this.#http.json({ method: "POST", path: "/api/wipe", body: { yes: true } });
    await this.close();
    await this.#environment.sweep();
  }
  async close(): Promise<void> {
    this.#closed = true;
    this.#slip?.forget();
    this.#stopLife();
    this.#stream.abort();
    this.#hurry();
    this.#wake();
  }

  async #call(name: MethodName, args: readonly unknown[]): Promise<unknown> {
    for (const until = systemClock.now() + PATIENCE; ;) {
      try {
        return await daemonCall(this.#http, name, args);
      } catch (error) {
        if (!isDaemonAway(error)) throw error;
        if (repeatOf(name) === "once") throw tabGone();
        const left = until - systemClock.now();
        if (this.#closed || left <= 0) throw error;
        this.#gone();
        await this.#back(left);
      }
    }
  }

  /** The daemon is back, or the time is up. */
  #back(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = systemClock.after(ms, resolve);
      this.#waiting.add(() => {
        cancel();
        resolve();
      });
    });
  }
  #wake(): void {
    const all = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of all) resolve();
  }

  /** Listens for ever: when the stream breaks, it is opened anew, and nobody believes that nothing was missed. */
  async #listen(): Promise<void> {
    for (let tries = 0, first = true; !this.#closed; tries += 1) {
      this.#stream = new AbortController();
      let cancel = (): void => {};
      const alive = (): void => {
        cancel();
        cancel = systemClock.after(SILENT, () => this.#stream.abort());
      };
      try {
        alive();
        for await (const { name, value } of this.#http.events({ path: "/events", signal: this.#stream.signal })) {
          alive();
          if (name === "hello") {
            tries = 0;
            await this.#hello(first);
            first = false;
          } else if (isEvent(name)) this.#events.emit(name, value);
          if (name === "peers") await this.#tell();
        }
      } catch (error) {
        // Another token: this daemon is not the one that the page belongs to.
        if (!isDaemonAway(error)) return this.#events.emit("gone", undefined);
      } finally {
        cancel();
      }
      if (this.#closed) return;
      this.#gone();
      await this.#pause(RETRY[Math.min(tries, RETRY.length - 1)] as number);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = systemClock.after(ms, resolve);
      this.#hurry = () => {
        cancel();
        resolve();
      };
    });
  }

  async #hello(first: boolean): Promise<void> {
    this.#there = true;
    this.#wake();
    if (!first) this.#events.emit("missed", undefined);
    await this.#tell();
  }

  #gone(): void {
    if (!this.#there) return;
    this.#there = false;
    this.#events.emit("connection", this.#view());
  }

  async #tell(): Promise<void> {
    await this.#refresh().catch(() => undefined);
    this.#events.emit("connection", this.#view());
  }

  async #refresh(): Promise<void> {
    this.#status = (await this.#http.json({ path: "/api/status" })) as Status;
    this.#hub = ((await this.#http.json({ path: "/api/hub" })) as HubInfo | null) ?? undefined;
  }

  #view(): ConnectionView {
    const { peers, addresses, code } = this.#status;
    if (!this.#there) return { peers: 0, viaHub: 0, direct: 0, addresses: [], hubs: [], trouble: "daemon-away" };
    return {
      peers,
      viaHub: 0,
      direct: peers,
      addresses,
      hubs: [],
      ...(code !== undefined && { code }),
      ...(peers === 0 && { trouble: "nobody-here" }),
    };
  }
}

/** Opens the daemon's page; `no-token` when its address was typed by hand. */
export const openDaemon = async (environment: Environment): Promise<Opening> => {
  const { fragment, session, fetch } = environment;
  const origin: Origin = { kind: "daemon", guest: false, hubAnswers: true, passphrase: "none", forgetful: false };
  const given = /^token=([0-9a-f]{64})$/.exec(fragment)?.[1];
  if (given !== undefined) {
    session.setItem(TOKEN, given);
    environment.clearFragment();
  }
  const token = given ?? session.getItem(TOKEN);
  if (token === null) return { state: "no-token", origin };
  const http = new DaemonHttp(environment.origin, fetch, token);
  try {
    const status = (await http.json({ path: "/api/status" })) as Status;
    const backend = new DaemonBackend(http, environment, status);
    await backend.start();
    return { state: "ready", origin, backend };
  } catch (error) {
    if (isDaemonAway(error)) return { state: "impossible", origin, code: "daemon-away", message: daemonAway().message };
    session.removeItem(TOKEN);
    return { state: "no-token", origin };
  }
};
