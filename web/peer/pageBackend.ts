/**
 * The backend in a page: this tab leads, or follows one that does, and changes over without the screens noticing more than
 * `kind`, `onConnection` and `onMissed`.
 */
import { systemClock } from "../../src/net/systemClock.ts";
import { Vault } from "../../src/store/vault.ts";
import type { Clock, MessengerEvents, Millis, PersonId } from "../../src/types.ts";
import type { Backend, ConnectionView, Holdings, HubInfo, RemoteApi, Slip } from "./backend.ts";
import { PageCore } from "./core.ts";
import { Events } from "./events.ts";
import { isEvent, type EventName, type HouseName } from "./methods.ts";
import { tabGone, toCouloirError } from "./problem.ts";
import { remoteApi } from "./remoteApi.ts";
import type { Core, LeadParts, PageBackendOptions } from "./pageParts.ts";
import { Rpc } from "./rpc.ts";
import { Seats } from "./seats.ts";
import type { Seat } from "./seat.ts";
import { slipIn } from "./slip.ts";
import { Tabs } from "./tabs.ts";
import { Wire, type Packet } from "./wire.ts";

/** Followers that have said nothing for so long are told nothing. */
const FOLLOWS: Millis = 60_000;
/** Where a tab that is reloaded leaves the number of its lease. */
const LED = "couloir lease";

/** See above. */
export class PageBackend implements Backend {
  readonly api: RemoteApi;
  readonly guest: boolean;
  readonly locked: boolean;
  readonly slip: Slip;
  readonly #vault: Vault;
  readonly #options: PageBackendOptions;
  readonly #events: Events;
  readonly #seats: Seats;
  readonly #wire: Wire;
  readonly #rpc: Rpc;
  readonly #tabs: Tabs<Core>;
  readonly #stopLife: () => void;
  readonly #clock: Clock;
  #core: Core | undefined;
  /** The same from the moment on that this tab begins to lead. */
  #work: Promise<Core> | undefined;
  #leader: string | undefined;
  #followedAt = -Infinity;
  #hiddenSince: Millis | undefined;
  #hub: HubInfo | undefined;
  #venue: string | undefined;
  #meeting = false;
  #seated = 0;

  private constructor(options: PageBackendOptions, parts: { readonly seats: Seats; readonly events: Events }) {
    const { environment, home, key, clock = systemClock } = options;
    this.#clock = clock;
    this.#options = options;
    this.guest = options.guest;
    this.locked = options.locked;
    this.#vault = new Vault(key);
    this.slip = slipIn(environment, this.#vault);
    this.#events = parts.events;
    this.#seats = parts.seats;
    this.#hiddenSince = environment.hidden() ? clock.now() : undefined;
    this.#wire = new Wire(environment.channel(`couloir/${home.profile}`), key, (packet) => this.#take(packet));
    this.#rpc = new Rpc(this.#wire, clock);
    const mine = (): Promise<Core> => this.#work ?? Promise.reject(tabGone());
    this.#rpc.serve({
      call: async (method, args) => (await mine()).call(method, args),
      iterate: async function* (method, args) {
        yield* (await mine()).iterate(method, args);
      },
    });
    const { locks } = environment;
    this.#tabs = new Tabs<Core>({
      home,
      wire: this.#wire,
      rpc: this.#rpc,
      clock,
      locks,
      lead: (lease, onLost) => this.#lead(lease, onLost),
      onSeat: (seat) => this.#sit(seat),
      onFailed: (error) => this.#seats.end(toCouloirError(error)),
      hiddenSince: () => this.#hiddenSince,
    });
    // A hub that was still starting when the page came says a moment later who it is.
    this.#events.on("connection", () => void this.#meetHub());
    this.#stopLife = environment.onLife((what) => {
      this.#hiddenSince = what === "wake" ? undefined : (this.#hiddenSince ?? this.#clock.now());
      if (what === "leave") this.#farewell();
      if (what !== "wake") return;
      void this.#tabs.wake();
      this.#core?.wake();
    });
    this.api = remoteApi({
      person: "" as PersonId,
      call: (name, args) => this.#seats.call(name, args),
      iterate: (name, args) => this.#seats.iterate(name, args),
      on: (event, handler) => this.#events.on(event, handler as (value: unknown) => void),
    });
  }

  /** Leads or follows; resolves when the messenger can be asked. Rejects when the profile cannot be opened. */
  static async open(options: PageBackendOptions): Promise<PageBackend> {
    const seats = new Seats();
    const backend = new PageBackend(options, { seats, events: new Events() });
    try {
      backend.#tabs.start((options.fresh ?? false) || (await backend.#wasLast()));
      const person = (await backend.#house("whoami")) as PersonId;
      Object.assign(backend.api, { person });
      backend.#hub = (await backend.#house("hub")) as HubInfo | undefined;
      return backend;
    } catch (error) {
      await backend.close();
      throw error;
    }
  }

  get kind(): Backend["kind"] {
    if (this.#leader !== undefined) return "tab";
    return this.#options.environment.protocol === "file:" ? "file" : "page";
  }
  get hub(): HubInfo | undefined {
    return this.#hub;
  }

  async connection(): Promise<ConnectionView> {
    return (await this.#house("connection")) as ConnectionView;
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
  seenAway(): void {
    this.#house("seenAway").catch(() => undefined);
  }
  async addHub(address: string): Promise<HubInfo> {
    const hub = (await this.#house("addHub", address)) as HubInfo;
    this.#hub ??= hub;
    return hub;
  }
  doctor(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  hurry(): void {
    this.#house("hurry").catch(() => undefined);
  }

  inviteLink(code: string): string | undefined {
    const { origin, protocol } = this.#options.environment;
    const page = protocol === "file:" ? this.#hub?.urls[0] : (this.#hub?.urls[0] ?? origin);
    return page === undefined ? undefined : `${page.replace(/[#?].*$/, "").replace(/\/$/, "")}/#${code.trim()}`;
  }

  async exportIdentity(passphrase: string): Promise<Uint8Array> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of this.#seats.iterate("exportIdentity", [passphrase]))
      parts.push(part as Uint8Array<ArrayBuffer>);
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }
  async moveLink(passphrase: string): Promise<string> {
    return (await this.#house("moveLink", passphrase)) as string;
  }
  async importIdentity(from: Uint8Array | string, passphrase: string): Promise<void> {
    const { environment, home } = this.#options;
    // Before anything is given up for it.
    const { openMoved, plant } = await import("./moving.ts");
    const moved = await openMoved(from, passphrase, environment.heavy);
    await this.#leave();
    await home.wipe();
    await plant(home.profile, moved, { heavy: environment.heavy, ...(this.locked ? { passphrase } : {}) });
    environment.reload();
  }

  async holdings(): Promise<Holdings> {
    return (await this.#house("holdings")) as Holdings;
  }

  async wipe(): Promise<void> {
    const { environment, home } = this.#options;
    await this.#leave();
    await home.wipe();
    await environment.sweep();
  }

  async close(): Promise<void> {
    this.#seats.end();
    this.#stopLife();
    // What others were to hand over to this tab comes no more; its work would wait for it.
    this.#rpc.close();
    await this.#tabs.close();
    this.#wire.close();
    this.#options.key.fill(0);
    this.#vault.forget();
    this.#options.home.close();
  }

  #farewell(): void {
    const lease = this.#tabs.farewell();
    // Who leads may be waiting for more of a file.
    if (this.#leader !== undefined) this.#wire.send({ to: this.#leader, kind: "left" });
    if (lease !== undefined) this.#options.environment.session.setItem(LED, String(lease));
  }

  /** Whether nobody has led since this very tab did: it was only reloaded. */
  async #wasLast(): Promise<boolean> {
    const { home, environment } = this.#options;
    const led = environment.session.getItem(LED);
    environment.session.removeItem(LED);
    return led !== null && Number(led) === (await home.lease());
  }

  /** Tells the other tabs that it is over, and closes. */
  async #leave(): Promise<void> {
    this.#wire.send({ to: "", kind: "gone" });
    await this.close();
  }

  #house(name: HouseName, ...args: readonly unknown[]): Promise<unknown> {
    return this.#seats.call(name, args);
  }

  #lead(lease: number, onLost: () => void): Promise<Core> {
    const { lead = (parts) => this.#open(parts) } = this.#options;
    const tell = (event: EventName, value: unknown): void => {
      this.#events.emit(event, value);
      if (this.#clock.now() - this.#followedAt < FOLLOWS)
        this.#wire.send({ to: "", kind: "event", value: [event, value] });
    };
    const onVenue = (venue: string): void => {
      this.#venue = venue;
      this.#tabs.again();
    };
    const work = lead({ lease, onLost, tell, onVenue });
    // Others may ask from now on; their calls wait for it.
    this.#work = work;
    work.catch(() => undefined);
    return work;
  }

  #open(parts: LeadParts): Promise<Core> {
    const { home, environment, key, guest, hubs, venueCode } = this.#options;
    return PageCore.open({ home, environment, key: key.slice(), guest, hubs, venue: this.#venue, venueCode, ...parts });
  }

  #sit(seat: Seat<Core> | undefined): void {
    this.#core = seat?.kind === "leads" ? seat.work : undefined;
    if (seat?.kind !== "leads") this.#work = undefined;
    this.#leader = seat?.kind === "follows" ? seat.leader : undefined;
    const leader = this.#leader;
    if (leader !== undefined)
      this.#seats.sit({
        call: (method, args) => this.#rpc.call(leader, method, args),
        iterate: (method, args) => this.#rpc.iterate(leader, method, args),
      });
    else this.#seats.sit(this.#core);
    if (seat === undefined) return;
    // Not at the first seat: nobody has missed anything yet.
    if ((this.#seated += 1) > 1) this.#events.emit("missed", undefined);
    void this.#retold();
  }

  /** Asks who the hub is where that is not known yet, and has the screens look again when it is. */
  async #meetHub(): Promise<void> {
    if (this.#hub !== undefined || this.#meeting) return;
    this.#meeting = true;
    try {
      this.#hub = (await this.#house("hub")) as HubInfo | undefined;
      if (this.#hub !== undefined) this.#events.emit("connection", await this.connection());
    } catch {
      // The page has left.
    } finally {
      this.#meeting = false;
    }
  }

  async #retold(): Promise<void> {
    try {
      this.#events.emit("connection", await this.connection());
      this.#hub = ((await this.#house("hub")) as HubInfo | undefined) ?? this.#hub;
    } catch {
      // The page has left.
    }
  }

  #take(packet: Packet): void {
    if (this.#rpc.take(packet)) {
      this.#followedAt = this.#clock.now();
      return;
    }
    if (this.#tabs.take(packet)) {
      if (packet.kind === "who") this.#followedAt = this.#clock.now();
      return;
    }
    if (packet.kind === "left") this.#rpc.lose(packet.from);
    else if (packet.kind === "event" && packet.from === this.#leader) {
      const [event, value] = Array.isArray(packet.value) ? (packet.value as unknown[]) : [];
      if (isEvent(event)) this.#events.emit(event, value as MessengerEvents[keyof MessengerEvents]);
    } else if (packet.kind === "gone") void this.close().then(() => this.#events.emit("gone", undefined));
  }
}
