/**
 * Tabs of one browser: a channel between them that can be watched and cut, a clock for each that stands still while it
 * is frozen, and one IndexedDB in memory for all.
 */
import "fake-indexeddb/auto";
import { Messenger } from "../../src/messenger/messenger.ts";
import type { Link } from "../../src/net/link.ts";
import { BrowserHome } from "../../src/store/browserHome.ts";
import { wrapKey, unwrapKey } from "../../src/store/keyBox.ts";
import { browserKey, openBrowserStore } from "../../src/store/openBrowser.ts";
import type { Clock, Millis } from "../../src/types.ts";
import { randomBytes } from "@noble/hashes/utils.js";
import type { Environment, Life } from "../../web/peer/environment.ts";
import { heavy } from "../../web/peer/heavy.ts";
import { isIterable, isMethod } from "../../web/peer/methods.ts";
import { PageBackend } from "../../web/peer/pageBackend.ts";
import type { Core, LeadParts } from "../../web/peer/pageParts.ts";
import { openPacket, wireKey, type Channel, type Packet } from "../../web/peer/wire.ts";
import { memoryShelf } from "./memoryShelf.ts";

const cost = { memoryKiB: 64, passes: 1, lanes: 1 };
export const cheapHeavy: Environment["heavy"] = {
  ...heavy,
  wrap: (key, passphrase) => wrapKey(key, passphrase, { cost }),
  unwrap: unwrapKey,
};

/** Lets all that is under way without a timer come to its end. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 60; turn += 1) await new Promise(setImmediate);
};

/** A clock that moves when it is told to. */
export class HandClock implements Clock {
  #now: Millis = 1_800_000_000_000;
  #due: { readonly at: Millis; readonly fn: () => void }[] = [];

  now(): Millis {
    return this.#now;
  }
  after(ms: number, fn: () => void): () => void {
    const one = { at: this.#now + ms, fn };
    this.#due.push(one);
    return () => {
      this.#due = this.#due.filter((other) => other !== one);
    };
  }
  move(ms: number): void {
    this.#now += ms;
    const due = this.#due.filter(({ at }) => at <= this.#now);
    this.#due = this.#due.filter(({ at }) => at > this.#now);
    for (const { fn } of due) fn();
  }
}

/** All that is said on the channel. */
class Bus {
  readonly ends = new Set<BusEnd>();
  /** Everything that was ever posted. */
  readonly heard: unknown[] = [];

  open(): BusEnd {
    const end = new BusEnd(this);
    this.ends.add(end);
    return end;
  }
}

class BusEnd implements Channel {
  onmessage: ((event: MessageEvent) => void) | null = null;
  /** Asked of each packet before it leaves; `false` cuts this tab off, the packet included. */
  allows: (packet: unknown) => boolean = () => true;
  frozen = false;
  cut = false;
  readonly #bus: Bus;
  readonly #held: unknown[] = [];

  constructor(bus: Bus) {
    this.#bus = bus;
  }
  postMessage(message: unknown): void {
    if (this.cut || !this.allows(message)) {
      this.cut = true;
      return;
    }
    this.#bus.heard.push(message);
    for (const end of this.#bus.ends) if (end !== this) end.hear(structuredClone(message));
  }
  hear(message: unknown): void {
    if (this.cut) return;
    if (this.frozen) this.#held.push(message);
    else setImmediate(() => this.onmessage?.({ data: message } as MessageEvent));
  }
  thaw(): void {
    this.frozen = false;
    for (const message of this.#held.splice(0)) this.hear(message);
  }
  close(): void {
    this.cut = true;
    this.#bus.ends.delete(this);
  }
}

/** A link with nobody on it. */
const lonely: Link = {
  start: async () => undefined,
  stop: async () => undefined,
  subscribe: () => undefined,
  publish: async () => 0,
  hint: () => undefined,
  status: () => ({ peerId: "", addresses: [], peers: 0 }),
  neighbours: () => [],
  // oxlint-disable-next-line require-yield -- nobody answers
  ask: async function* () {
    throw new Error("nobody is there");
  },
};

/** A real messenger on the leased store, with nobody around. */
const realCore =
  (profile: string, key: Uint8Array, clock: Clock) =>
  async ({ lease, onLost, tell }: LeadParts): Promise<Core> => {
    const home = await BrowserHome.open(profile);
    const { store } = await openBrowserStore(home, key, { lease, onLost });
    const messenger = await Messenger.open({ store, link: lonely, clock, random: randomBytes });
    messenger.on("message", (view) => tell("message", view));
    const asked = messenger as unknown as Record<string, (...args: readonly unknown[]) => never>;
    return {
      call: async (method, args) => {
        if (isMethod(method)) return asked[method]!(...args);
        if (method === "whoami") return messenger.person;
        return undefined;
      },
      iterate: async function* (method, args) {
        if (isIterable(method)) yield* asked[method]!(...args) as AsyncIterable<unknown>;
      },
      wake: () => undefined,
      close: async () => {
        await messenger.close().catch(() => undefined);
        await store.close();
        home.close();
      },
    };
  };

/** One tab. */
export interface Tab {
  readonly backend: PageBackend;
  readonly clock: HandClock;
  readonly end: BusEnd;
  /** Says what happens to the page. */
  live(what: Life): void;
}

/** A browser with tabs. */
export class TabWorld {
  readonly bus = new Bus();
  readonly profile: string;
  readonly key: Uint8Array;
  readonly tabs: Tab[] = [];
  readonly #homes: BrowserHome[] = [];

  private constructor(profile: string, key: Uint8Array) {
    this.profile = profile;
    this.key = key;
  }

  static #count = 0;
  static async make(): Promise<TabWorld> {
    const profile = `tabs-${(TabWorld.#count += 1)}`;
    const home = await BrowserHome.open(profile);
    const key = await browserKey(home);
    const world = new TabWorld(profile, key);
    world.#homes.push(home);
    return world;
  }

  /** How a tab leads unless the test says otherwise. */
  leads(clock: Clock = new HandClock()): (parts: LeadParts) => Promise<Core> {
    return realCore(this.profile, this.key.slice(), clock);
  }

  /** Begins to open a tab; the promise is the open one. */
  async opening(
    options: {
      readonly lead?: (parts: LeadParts) => Promise<Core>;
      readonly locks?: LockManager;
      readonly hidden?: boolean;
      /** What outlives a reload of the tab. */
      readonly session?: Map<string, string>;
    } = {},
  ): Promise<Tab> {
    const clock = new HandClock();
    const end = this.bus.open();
    const handlers = new Set<(what: Life) => void>();
    let kept = options.hidden ?? false;
    const environment = {
      protocol: "http:",
      hostname: "192.168.8.20",
      origin: "http://192.168.8.20:8020",
      fragment: "",
      userAgent: "",
      fetch: () => Promise.reject(new Error("no network")),
      heavy: cheapHeavy,
      verifier: () => {
        throw new Error("no worker");
      },
      ...(options.locks === undefined ? {} : { locks: options.locks }),
      session: memoryShelf(options.session),
      local: memoryShelf(),
      channel: () => end,
      hidden: () => kept,
      online: () => true,
      onLife: (handler: (what: Life) => void) => {
        handlers.add(handler);
        return () => void handlers.delete(handler);
      },
      clearFragment: () => undefined,
      reload: () => undefined,
      sweep: async () => undefined,
    } satisfies Environment;
    const home = await BrowserHome.open(this.profile);
    const opened = PageBackend.open({
      environment,
      home,
      key: this.key.slice(),
      locked: false,
      guest: true,
      hubs: new Map(),
      clock,
      lead: options.lead ?? this.leads(clock),
    });
    // Whoever finds nobody waits for a while before it takes the lead.
    for (let turns = 0, done = false; !done && turns < 40; turns += 1) {
      void opened.then(
        () => (done = true),
        () => (done = true),
      );
      await settle();
      if (!done) clock.move(250);
    }
    const tab: Tab = {
      backend: await opened,
      clock,
      end,
      live: (what) => {
        kept = what !== "wake";
        for (const handler of handlers) handler(what);
      },
    };
    this.tabs.push(tab);
    return tab;
  }

  /** Time passes in all tabs that are not frozen or gone. */
  async passes(ms: number, step = 500): Promise<void> {
    for (let left = ms; left > 0; left -= step) {
      for (const { clock, end } of this.tabs) if (!end.frozen && !end.cut) clock.move(Math.min(step, left));
      await settle();
    }
  }

  /** What a packet on the channel says. */
  reads(message: unknown): Packet | undefined {
    return openPacket(wireKey(this.key), message);
  }

  async close(): Promise<void> {
    for (const { backend, end } of this.tabs) {
      end.thaw();
      await backend.close();
    }
    for (const home of this.#homes) await home.wipe();
  }
}
