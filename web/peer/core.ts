/** The messenger of the tab that leads, and what the backend adds to it: hubs, the state of the network, absence. */
import { runPage, type BrowserHome, type OpenedPage } from "../../src/browser.ts";
import { CouloirError, usage } from "../../src/errors.ts";
import type { MessengerApi } from "../../src/messenger/api.ts";
import { codeOf } from "../../src/net/shortCode.ts";
import { systemClock } from "../../src/net/systemClock.ts";
import { readVenueCode, type VenueDescriptor } from "../../src/protocol/venue.ts";
import type { MessengerEvents } from "../../src/types.ts";
import { AwayWatch } from "./away.ts";
import type { ConnectionView, Holdings, Trouble } from "./backend.ts";
import type { Environment } from "./environment.ts";
import { countHoldings } from "./holdings.ts";
import { carriedVenue, HubBook, hubUrl, type HubCard } from "./hubs.ts";
import { EVENTS, isHouse, isIterable, isMethod, type EventName, type HouseName } from "./methods.ts";
import { keepMemory, readMemory, type PageMemory } from "./memory.ts";
import type { Answerer } from "./rpc.ts";
import type { Leading } from "./seat.ts";

/** Between two looks at a hub to which there is no link. */
const LOOK_EVERY = 10_000;
const HUBS = 8;
/** Addresses of codes; a code has four at most. */
const FOLLOWED = 8;

/** What the leading tab is opened with. */
export interface CoreOptions {
  readonly home: BrowserHome;
  readonly environment: Environment;
  /** A copy of the profile's key; it is zeroed. */
  readonly key: Uint8Array;
  readonly lease: number;
  readonly guest: boolean;
  /** The hub that served the page, and others that a person has typed. */
  readonly hubs: ReadonlyMap<string, HubCard | undefined>;
  /** Tells this tab and those that follow. */
  readonly tell: (event: EventName, value: unknown) => void;
  readonly onLost: () => void;
  /** The venue's code that the page's address carried. */
  readonly venueCode?: string | undefined;
  /** The venue that a person has chosen since the page was opened. */
  readonly venue?: string | undefined;
  /** The page has to begin anew: in this venue. */
  readonly onVenue: (venue: string) => void;
}

/** What the address carried; nothing where it came garbled. */
const venueIn = (code: string | undefined): VenueDescriptor | undefined => {
  try {
    return code === undefined ? undefined : readVenueCode(code);
  } catch {
    return undefined;
  }
};

/** See above. */
export class PageCore implements Leading, Answerer {
  readonly #page: OpenedPage;
  readonly #hubs: HubBook;
  readonly #away: AwayWatch;
  readonly #options: CoreOptions;
  readonly #undo: (() => void)[] = [];
  #memory: PageMemory;
  #venue: string;
  #cancel: () => void = () => {};
  #told = "";

  private constructor(
    options: CoreOptions,
    page: OpenedPage,
    { memory, venue }: { readonly memory: PageMemory; readonly venue: string },
  ) {
    this.#options = options;
    this.#page = page;
    this.#memory = memory;
    this.#venue = venue;
    const changed = (): void => this.#changed();
    this.#hubs = new HubBook(options.environment.fetch, changed);
    for (const [url, card] of options.hubs) this.#hubs.note(url, card);
    for (const url of memory.hubs) this.#hubs.note(url);
    this.#away = new AwayWatch({
      clock: systemClock,
      person: page.messenger.person,
      aliveAt: memory.aliveAt,
      // A tab that can no longer write learns of it by this, too.
      save: (at) => void keepMemory(page.store, "aliveAt", at).catch(() => undefined),
      onChange: changed,
    });
    this.#away.linked(page.messenger.status().peers > 0);
    for (const event of Object.keys(EVENTS) as EventName[]) if (event !== "connection") this.#forward(event);
    this.#undo.push(page.onLinks(changed));
    // Also those that have not answered yet: whoever typed one need not do so again.
    void this.#keepHubs();
    this.#look();
  }

  /** Opens the store under the lease and joins the network. */
  static async open(options: CoreOptions): Promise<PageCore> {
    const { home, environment, key, lease, guest, onLost } = options;
    let memory: PageMemory | undefined;
    let venue = "couloir";
    const opened: { core?: PageCore } = {};
    const page = await runPage(
      home,
      { key, lease },
      {
        guest,
        ask: true,
        onLost,
        onFollow: (addresses) => opened.core?.follow(addresses),
        verifier: environment.verifier,
        // What cannot be read is left out of a list; the rest of it is worth more than a page that does not open.
        onDamaged: () => undefined,
        kept: async (store) => {
          memory = await readMemory(store);
          const cards = [...options.hubs.values()].filter((card) => card !== undefined);
          const served = cards[0]?.info.venue;
          const known = environment.protocol === "file:" ? memory.venue || served : served || memory.venue;
          const code = options.venue ? undefined : venueIn(options.venueCode);
          venue = options.venue || code?.name || known || venue;
          const buckets = cards.find(({ info }) => info.venue === venue)?.info.buckets;
          return {
            hints: [...new Set([...cards.flatMap(({ addresses }) => addresses), ...memory.addresses])],
            hosts: [
              environment.hostname,
              ...[...options.hubs.keys(), ...memory.hubs].map((url) => new URL(url).hostname),
            ],
            followed: memory.followed,
            venue: code === undefined ? venue : (options.venueCode ?? venue),
            ...(buckets === undefined || code !== undefined ? {} : { buckets }),
          };
        },
      },
    );
    opened.core = new PageCore(options, page, { memory: memory as PageMemory, venue });
    return opened.core;
  }

  get messenger(): MessengerApi {
    return this.#page.messenger;
  }

  async call(method: string, args: readonly unknown[]): Promise<unknown> {
    if (isMethod(method)) {
      const messenger = this.messenger as unknown as Record<string, (...args: unknown[]) => unknown>;
      return messenger[method]?.(...args);
    }
    if (isHouse(method)) return this.#house[method](...args);
    throw usage("unknown-method", "there is no such thing to ask for");
  }

  async *iterate(method: string, args: readonly unknown[]): AsyncIterable<unknown> {
    if (method === "exportIdentity") {
      const { sealedIdentity } = await import("./moving.ts");
      yield await this.#backedUp(
        await sealedIdentity(this.#page.store, String(args[0]), this.#options.environment.heavy),
      );
      return;
    }
    if (!isIterable(method)) throw usage("unknown-method", "there is no such thing to ask for");
    const messenger = this.messenger as unknown as Record<string, (...args: unknown[]) => AsyncIterable<unknown>>;
    yield* messenger[method]?.(...args) ?? [];
  }

  /** The page is in view again, or the network is back. */
  wake(): void {
    this.#away.beat();
    this.#look();
    this.#page.wake();
  }

  async close(): Promise<void> {
    this.#cancel();
    this.#away.stop();
    for (const undo of this.#undo) undo();
    // The store fails what is under way where the lease is lost; that is no news here.
    await this.#page.close().catch(() => undefined);
  }

  #forward(event: keyof MessengerEvents): void {
    this.#undo.push(
      this.messenger.on(event, (value) => {
        if (event === "message") this.#away.take(value as MessengerEvents["message"]);
        if (event === "peers") this.#away.linked((value as MessengerEvents["peers"]) > 0);
        this.#options.tell(event, value);
        if (event === "peers" || event === "person") this.#changed();
      }),
    );
  }

  #changed(): void {
    const view = this.#view();
    const told = JSON.stringify(view);
    if (told === this.#told) return;
    this.#told = told;
    this.#options.tell("connection", view);
  }

  #view(): ConnectionView {
    const best = new Map<string, boolean>();
    for (const { peer, path } of this.#page.links()) best.set(peer, best.get(peer) === true || path === "direct");
    const direct = [...best.values()].filter(Boolean).length;
    const hubs = this.#hubs.states(new Set(best.keys()));
    const { away } = this.#away;
    const code = codeOf(this.#hubs.cards()[0]?.info.urls ?? []);
    const trouble = this.#trouble(
      hubs.some(({ state }) => state === "connected"),
      best.size,
      direct,
    );
    return {
      peers: best.size,
      viaHub: best.size - direct,
      direct,
      addresses: this.messenger.status().addresses,
      hubs,
      ...(code === undefined ? {} : { code }),
      ...(away === undefined ? {} : { away }),
      ...(trouble === undefined ? {} : { trouble }),
    };
  }

  #trouble(connected: boolean, peers: number, direct: number): Trouble | undefined {
    if (peers === 0 && !this.#options.environment.online()) return "offline";
    if (this.#hubs.urls().length === 0 && peers === 0) return "no-hub";
    if (peers === 0) return "hub-away";
    if (!this.messenger.people().some(({ online }) => online)) return "nobody-here";
    return connected && direct === 0 && peers > 1 ? "no-direct" : undefined;
  }

  /** Asks the hubs to which there is no link whether they are there, now and from time to time. */
  #look(): void {
    this.#cancel();
    this.#cancel = systemClock.after(LOOK_EVERY, () => this.#look());
    const linked = new Set(this.#page.links().map(({ peer }) => peer));
    for (const { url, state } of this.#hubs.states(linked)) if (state !== "connected") void this.#ask(url);
    this.#page.hint(this.#hubs.addresses());
  }

  async #ask(url: string, chosen = false): Promise<HubCard | undefined> {
    const card = await this.#hubs.look(url);
    if (card === undefined) return undefined;
    this.#page.hint(card.addresses);
    // What names a hub's certificate is wrong after the hub's next start.
    const lasting = this.#hubs.addresses().filter((address) => !address.includes("/certhash/"));
    const addresses = lasting.slice(0, 4 * HUBS);
    if (addresses.join() !== this.#memory.addresses.join()) {
      this.#memory = { ...this.#memory, addresses };
      await this.#keep("addresses", addresses);
    }
    await this.#keepHubs();
    await this.#settle(card.info.venue, chosen);
    return card;
  }

  async #keepHubs(): Promise<void> {
    const hubs = this.#hubs.urls().slice(0, HUBS);
    if (hubs.join() === this.#memory.hubs.join()) return;
    this.#memory = { ...this.#memory, hubs };
    await this.#keep("hubs", hubs);
  }

  /** A code leads to hubs that need not be there now: without the address bar's help a file must know them next time. */
  follow(addresses: readonly string[]): void {
    const followed = [...new Set([...addresses, ...this.#memory.followed])].slice(0, FOLLOWED);
    if (followed.join() === this.#memory.followed.join()) return;
    this.#memory = { ...this.#memory, followed };
    void this.#keep("followed", followed);
  }

  /**
   * A page is in the venue of its hub. It goes over to another one when a person says so by adding a hub, or when no hub
   * of its own venue has answered and one of another has: the file was carried elsewhere.
   */
  async #settle(venue: string, chosen: boolean): Promise<void> {
    const answered = this.#hubs.cards().map(({ info }) => info.venue);
    if (venue === "" || venue === this.#venue || (!chosen && answered.includes(this.#venue))) return;
    this.#venue = venue;
    await this.#keep("venue", venue);
    this.#options.onVenue(venue);
  }

  async #keep<K extends keyof PageMemory>(name: K, value: Exclude<PageMemory[K], undefined>): Promise<void> {
    await keepMemory(this.#page.store, name, value).catch(() => undefined);
  }

  async #holdings(): Promise<Holdings> {
    const { backup } = this.#memory;
    return { ...(await countHoldings(this.messenger)), ...(backup === undefined ? {} : { backup }) };
  }

  async #backedUp<T>(made: T): Promise<T> {
    const backup = systemClock.now();
    this.#memory = { ...this.#memory, backup };
    await this.#keep("backup", backup);
    return made;
  }

  readonly #house: Record<HouseName, (...args: unknown[]) => unknown> = {
    whoami: () => this.messenger.person,
    connection: () => this.#view(),
    hub: () => this.#hubs.cards()[0]?.info,
    seenAway: () => this.#away.seen(),
    addHub: async (typed) => {
      const url = hubUrl(String(typed));
      // A venue may have public addresses: this one was typed.
      this.#page.name(new URL(url).hostname);
      const card = await this.#ask(url, true);
      // What a hub's screen shows holds the venue as well, with a second address, which may be the one that answers.
      const code = carriedVenue(String(typed));
      if (code !== undefined) await this.messenger.joinVenue(code).catch(() => undefined);
      if (card === undefined)
        throw new CouloirError(
          "network",
          "hub-away",
          "nothing answers there; look at the hub's screen for its address",
        );
      return card.info;
    },
    hurry: () => this.#look(),
    holdings: () => this.#holdings(),
    moveLink: async (passphrase) => {
      const { sealedMove } = await import("./moving.ts");
      const fragment = await sealedMove(this.#page.store, String(passphrase), this.#options.environment.heavy);
      return `${this.#hubs.cards()[0]?.info.urls[0]?.replace(/[#?].*$/, "") ?? ""}#move=${fragment}`;
    },
  };
}
