/**
 * The screens over a backend that only pretends, for tests and for looking. Never part of the app. The address says what
 * to show: `#scene=none&guest=1&held=1&governed=1&doorway=1&tables=1&doctor=1&lang=ar&theme=dark&text=200&stage=new`.
 */
import { render } from "preact";
import type { Opening, Origin } from "../peer/backend.ts";
import { Boot } from "./boot.ts";
import { drawFlags } from "./emoji/drawFlags.ts";
import { LANGUAGES, isLanguage } from "./i18n/index.ts";
import { loadAll } from "./i18n/sources.ts";
import { wear } from "./look.ts";
import { Preferences } from "./preferences.ts";
import { Router } from "./router.ts";
import { crowd } from "./testing/doorway.ts";
import { FakeBackend } from "./testing/fakeBackend.ts";
import { FINDINGS } from "./testing/findings.ts";
import { governed } from "./testing/governed.ts";
import { paper } from "./testing/paper.ts";
import { call, layLarge, layTables, take } from "./testing/tables.ts";
import { venue, withChangedKey } from "./testing/venue.ts";
import { App } from "./views/App.tsx";

/** What tests find in the page, as `demo`. */
export interface Demo {
  readonly boot: Boot;
  readonly backend: FakeBackend;
  readonly play: typeof play;
}

/** What others do at a table. */
const play = { call, take, layLarge };

const wish = new URLSearchParams(location.hash.slice(1));
const begin = async (): Promise<void> => {
  await Promise.all(LANGUAGES.map((one) => loadAll(one.language)));
  const { picture, photo } = await paper();
  const scene = wish.get("scene");
  const guest = wish.has("guest");
  const backend = new FakeBackend({
    ...(wish.has("held") && { venue: withChangedKey(venue(picture)) }),
    ...(wish.has("governed") && { venue: governed(venue(picture)) }),
    ...(wish.has("doctor") && { kind: "daemon" as const, findings: FINDINGS }),
    ...((scene === "none" || scene === "empty") && { scene }),
    guest,
    picture,
    photo,
  });
  const stage = wish.get("stage");
  const origin: Origin = {
    kind: stage === "file" ? "file" : "hub",
    guest,
    hub: backend.hub,
    hubAnswers: true,
    passphrase: stage === "file" ? "required" : "optional",
    forgetful: wish.has("forgetful"),
    ...(wish.has("invite") && { invite: "couloir:7KQ4M2XP" }),
  };
  const opening: Opening =
    stage === "new" || stage === "file"
      ? {
          state: "new",
          origin,
          begin: async ({ profile }) => {
            backend.messenger.profile = profile;
            return backend;
          },
          restore: async () => backend,
        }
      : stage === "locked"
        ? { state: "locked", origin, unlock: async () => backend, wipe: async () => {} }
        : stage === "no-token"
          ? { state: "no-token", origin }
          : stage === "old"
            ? { state: "impossible", origin, code: "old-browser", message: "" }
            : { state: "ready", origin, backend };
  const lang = wish.get("lang");
  const preferences = new Preferences(wish.has("kept") ? sessionStorage : undefined, isLanguage(lang) ? lang : "en");
  const theme = wish.get("theme");
  if (theme === "dark" || theme === "light") preferences.setTheme(theme);
  if (wish.has("text")) preferences.setTextSize(Number(wish.get("text")));
  wear(preferences, document.documentElement);
  const boot = new Boot(async () => opening, new Router(window), preferences);
  if (wish.has("doorway")) for (const { caucus } of backend.messenger.venue.caucuses) crowd(backend.messenger, caucus);
  const [first] = backend.messenger.venue.caucuses;
  if (wish.has("tables") && first) layTables(backend.messenger, first);
  Object.assign(globalThis, { demo: { boot, backend, play } });
  const root = document.getElementById("app");
  if (root) render(<App boot={boot} />, root);
  void drawFlags();
};

await begin();
