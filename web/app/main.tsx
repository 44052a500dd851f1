/** The page begins here: it paints, and then fetches the messenger. */
import { render } from "preact";
import { Boot } from "./boot.ts";
import { install, preferred } from "./i18n/index.ts";
import { sources } from "./i18n/sources.ts";
import { wear } from "./look.ts";
import { Preferences, type Shelf } from "./preferences.ts";
import { Router } from "./router.ts";
import { App } from "./views/App.tsx";

const shelf = (): Shelf | undefined => {
  try {
    return localStorage;
  } catch {
    return undefined; // storage is refused: the messenger says so when it opens
  }
};

install(sources);
const preferences = new Preferences(shelf(), preferred(navigator.languages));
wear(preferences, document.documentElement);
const open = async () => {
  const { openBackend } = await import("../peer/open.ts");
  return openBackend();
};
const boot = new Boot(open, new Router(window), preferences, () => location.reload());
const root = document.getElementById("app");
if (root) render(<App boot={boot} />, root);
