/** What the peer needs of the browser around it; a test gives its own. Whatever is missing in a plain http page is optional. */
import { source as verifier } from "couloir:verifier";
import { source } from "couloir:worker";
import type { VerifyingWorker } from "../../src/browser.ts";
import type { Heavy } from "./heavy.ts";
import type { Fetch } from "./hubs.ts";
import { blobWorker, offThread } from "./offThread.ts";
import type { Channel } from "./wire.ts";

/** `wake`: in view again, thawed, or back on a network. `hide`: nobody looks any more. `leave`: about to be closed or frozen. */
export type Life = "wake" | "hide" | "leave";

/** Words that a browser keeps at once. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** See above. */
export interface Environment {
  /** `https:`, `http:` or `file:`. */
  readonly protocol: string;
  readonly hostname: string;
  /** Scheme, host and port; `null` or `file://` on file://. */
  readonly origin: string;
  /** What stood after `#` when the page was opened, without it. */
  readonly fragment: string;
  readonly userAgent: string;
  readonly fetch: Fetch;
  readonly heavy: Heavy;
  /** A worker of `verifier.ts`. */
  readonly verifier: () => VerifyingWorker;
  /** Absent on plain http. */
  readonly locks?: LockManager;
  /** Lives as long as the tab. */
  readonly session: Shelf;
  /** Outlives the tab, and is there for all of this origin. */
  readonly local: Shelf;
  channel(name: string): Channel;
  hidden(): boolean;
  online(): boolean;
  /** Tells of the page's life; the result unsubscribes. */
  onLife(handler: (what: Life) => void): () => void;
  /** Takes the fragment out of the address bar and the history. */
  clearFragment(): void;
  reload(): void;
  /** Deletes what lies in this origin outside the profile: other databases of ours, remembered settings. */
  sweep(): Promise<void>;
}

/** The names of all that is ours where the origin is not ours alone. */
const OURS = "couloir";

const noStorage: Shelf = {
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
};

/** A browser that refuses storage throws at the mere mention of it. */
const storage = (which: "sessionStorage" | "localStorage"): Storage | undefined => {
  try {
    return window[which];
  } catch {
    return undefined;
  }
};

const onLife: Environment["onLife"] = (handler) => {
  const stop = new AbortController();
  const { signal } = stop;
  const wake = (): void => handler("wake");
  document.addEventListener("visibilitychange", () => handler(document.hidden ? "hide" : "wake"), { signal });
  document.addEventListener("resume", wake, { signal });
  window.addEventListener("pageshow", wake, { signal });
  window.addEventListener("online", wake, { signal });
  window.addEventListener("pagehide", () => handler("leave"), { signal });
  return () => stop.abort();
};

const sweep = async (): Promise<void> => {
  for (const which of ["localStorage", "sessionStorage"] as const) {
    const kept = storage(which);
    const ours = Object.keys(kept ?? {}).filter((name) => location.protocol !== "file:" || name.startsWith(OURS));
    for (const name of ours) kept?.removeItem(name);
  }
  // Not in every browser; the profile itself is deleted by name.
  const all = typeof indexedDB.databases === "function" ? await indexedDB.databases() : [];
  for (const { name = "" } of all) if (name.startsWith(`${OURS}/`)) indexedDB.deleteDatabase(name);
  // The app itself, where the browser keeps it: not on plain http, and not for a file.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (location.protocol === "file:" || !workers) return;
  for (const one of await workers.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
};

/** The browser that this runs in. */
export const browserEnvironment = (): Environment => {
  const locks = navigator.locks as LockManager | undefined;
  return {
    protocol: location.protocol,
    hostname: location.hostname,
    origin: location.origin,
    fragment: location.hash.slice(1),
    userAgent: navigator.userAgent,
    fetch: (url, init) => fetch(url, init),
    heavy: offThread(() => blobWorker(source)),
    verifier: () => blobWorker(verifier),
    ...(locks === undefined ? {} : { locks }),
    session: storage("sessionStorage") ?? noStorage,
    local: storage("localStorage") ?? noStorage,
    channel: (name) => new BroadcastChannel(name),
    hidden: () => document.hidden,
    // Without it, browsers say that they are online.
    online: () => navigator.onLine,
    onLife,
    clearFragment: () => history.replaceState(history.state, "", location.pathname + location.search),
    reload: () => location.reload(),
    sweep,
  };
};
