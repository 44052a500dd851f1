/**
 * The screens over a messenger with a store in IndexedDB that holds a long record: how smoothly it scrolls, and how soon a
 * key that is pressed shows while others write.
 */
import { h, render } from "preact";
import { contents } from "../../src/content/message.ts";
import { rotate } from "../../src/protocol/sending.ts";
import { BrowserHome } from "../../src/store/browserHome.ts";
import { browserLevel } from "../../src/store/browserLevel.ts";
import { Boot } from "../../web/app/boot.ts";
import { loadAll } from "../../web/app/i18n/sources.ts";
import { wear } from "../../web/app/look.ts";
import { Preferences } from "../../web/app/preferences.ts";
import { Router } from "../../web/app/router.ts";
import { FakeBackend } from "../../web/app/testing/fakeBackend.ts";
import { App } from "../../web/app/views/App.tsx";
import type { RemoteApi } from "../../web/peer/backend.ts";
import { remoteApi } from "../../web/peer/remoteApi.ts";
import { writeLines } from "../helpers/manyLines.ts";
import { NOW, type Person } from "../protocol/room.ts";
import { asInPages, crowd, joined, Page } from "./pageSession.ts";

/** Milliseconds between two lines of the record. */
const APART = 30_000;
/** Messages of a chain before its sender begins another. */
const TURN = 125;
/** A frame of a screen that shows sixty a second. */
const FRAME = 1000 / 60;
/** What others write is a moment younger each time. */
const TICK = 50;

export interface Scrolled {
  readonly ms: number;
  readonly frames: number;
  /** Frames that a smooth movement would have had besides. */
  readonly dropped: number;
  readonly longestFrame: number;
  readonly lines: number;
  readonly entriesHeld: number;
  readonly long: readonly number[];
}

export interface Typed {
  readonly keys: number;
  /** Milliseconds from each press until it showed, where that was more than a frame. */
  readonly slow: readonly number[];
  readonly long: readonly number[];
  /** Messages that came in meanwhile, of so many that were sent. */
  readonly came: number;
  readonly sent: number;
}

/** What a messenger does behind the screens, without a process between. */
class Near extends FakeBackend {
  readonly #api: RemoteApi;
  constructor(page: Page) {
    super({ scene: "empty" });
    const verbs = page.messenger as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
    this.#api = remoteApi({
      person: page.messenger.person,
      call: async (name, args) => verbs[name]?.(...args),
      iterate: (name, args) => verbs[name]?.(...args) as AsyncIterable<unknown>,
      on: (event, handler) => page.messenger.on(event, handler),
    });
  }
  override get api(): RemoteApi {
    return this.#api;
  }
}

const WORDS = "the committee notes with concern that paragraph four still says shall and asks for should".split(" ");
const textOf = (n: number): string => `${n}: ${WORDS.slice(0, 2 + ((n * 7) % (WORDS.length - 2))).join(" ")}`;

let page: Page;
let ana: Person;
let now = NOW;

/** Fills the store and shows the record. Resolves when it stands. */
const begin = async (count: number, verifier: string): Promise<void> => {
  await asInPages(verifier);
  const home = await BrowserHome.open("bench");
  const lease = await home.takeLease(await home.lease());
  page = await Page.open(browserLevel("bench", lease ?? 1), () => now);
  ana = crowd(8);
  await joined(page, ana);
  const { group } = ana.state;
  const { member: author, person } = ana;
  const from = NOW - count * APART - 1000;
  await writeLines(page.session.store, { group, count, from, apart: APART, text: textOf, author, person });
  await page.messenger.setProfile({ name: "Bench", flag: "", delegation: "" });
  await loadAll("en");
  const preferences = new Preferences(undefined, "en");
  wear(preferences, document.documentElement);
  const backend = new Near(page);
  const origin = { kind: "hub", guest: false, hubAnswers: true, passphrase: "optional", forgetful: false } as const;
  const boot = new Boot(async () => ({ state: "ready", origin, backend }), new Router(window), preferences);
  render(h(App, { boot }), document.getElementById("app") as HTMLElement);
  await new Promise<void>((done) => {
    const look = () => (document.querySelector(".line") ? done() : requestAnimationFrame(look));
    look();
  });
  boot.router.go({ at: "caucus", caucus: group });
};

const watchLong = (): (() => readonly number[]) => {
  const long: number[] = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: "longtask" });
  return () => {
    long.push(...observer.takeRecords().map(({ duration }) => duration));
    observer.disconnect();
    return long;
  };
};

/** Scrolls up for the first half of so many milliseconds, then down; `step` pixels with each frame. */
const scroll = async (ms: number, step: number): Promise<Scrolled> => {
  const pane = document.querySelector(".record__pane") as HTMLElement;
  const seen = new Set<string>();
  const long = watchLong();
  let [frames, dropped, longestFrame, entriesHeld] = [0, 0, 0, 0];
  const began = performance.now();
  await new Promise<void>((done) => {
    let last = began;
    const turn = (at: number): void => {
      const gap = at - last;
      last = at;
      frames += 1;
      dropped += Math.max(0, Math.round(gap / FRAME) - 1);
      longestFrame = Math.max(longestFrame, gap);
      pane.scrollTop += at - began < ms / 2 ? -step : step;
      if (frames % 10 === 0) {
        const entries = pane.querySelectorAll("[data-message]");
        entriesHeld = Math.max(entriesHeld, entries.length);
        for (const entry of entries) seen.add(entry.getAttribute("data-message") ?? "");
      }
      if (at - began >= ms) done();
      else requestAnimationFrame(turn);
    };
    requestAnimationFrame(turn);
  });
  return { ms, frames, dropped, longestFrame, lines: seen.size, entriesHeld, long: long() };
};

/** What others are going to say, sealed: the frames of each message, those of a new chain before it. */
const sealed = async (count: number): Promise<readonly (readonly Uint8Array[])[]> => {
  const all: (readonly Uint8Array[])[] = [];
  for (let n = 0; n < count; n += 1) {
    const frames: Uint8Array[] = [];
    if (n % TURN === 0) {
      const turned = await rotate(ana.state, ana.context);
      ana.state = turned.state;
      frames.push(...turned.frames);
    }
    ana.now += TICK;
    frames.push(ana.say(contents.encode({ kind: "text", text: `heard ${textOf(n)}` })).frame);
    all.push(frames);
  }
  return all;
};

/** Others write so many messages a second from now on; resolves to what became of that when `stop` is called. */
const hearing = async (rate: number, seconds: number): Promise<() => Promise<Typed>> => {
  const all = await sealed(rate * seconds);
  const long = watchLong();
  const slow: number[] = [];
  let [keys, came, given] = [0, 0, 0];
  const events = new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "keydown") slow.push(duration);
  });
  events.observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  addEventListener("keydown", () => (keys += 1), { capture: true });
  page.messenger.on("message", () => (came += 1));
  const timer = setInterval(() => {
    const frames = all[given];
    if (!frames) return;
    given += 1;
    now += TICK;
    void page.take(frames);
  }, 1000 / rate);
  return async () => {
    clearInterval(timer);
    await page.session.idle();
    events.disconnect();
    return { keys, slow, long: long(), came, sent: given };
  };
};

Object.assign(globalThis, { begin, scroll, hearing });
