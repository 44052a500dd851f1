/** The page begins here: it paints, and then fetches the messenger. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { fetchLater, fetchSoon } from "./ahead.ts";
import { Boot } from "./boot.ts";
import { language, preferred } from "./i18n/index.ts";
import { load, loadAll } from "./i18n/sources.ts";
import { follow, wear } from "./look.ts";
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

const preferences = new Preferences(shelf(), preferred(navigator.languages));
wear(preferences, document.documentElement);
await load(language.value);
const open = async () => {
  const { openBackend } = await import("../peer/open.ts");
  void fetchLater().catch(() => undefined);
  void import("./emoji/drawFlags.ts").then(({ drawFlags }) => drawFlags()).catch(() => undefined);
  return openBackend();
};
const boot = new Boot(open, new Router(window), preferences, () => location.reload());
follow({ preferences, load, refused: () => boot.cannotSpeak() });
const root = document.getElementById("app");
if (root) render(<App boot={boot} />, root);
// Not before: on a slow network the words of the first screen would stand in line behind it.
fetchSoon();

// Once the messenger stands, what may be wanted later is fetched too: by then whoever served the page may have left.
effect(() => {
  if (boot.stage.value.stage !== "in") return;
  void loadAll(language.peek()).catch(() => undefined);
  void import("./qr/readQr.ts").catch(() => undefined);
});
