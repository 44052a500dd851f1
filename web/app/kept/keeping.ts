/** The page's side of what keeps the app: begins it, and tells of a newer version. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { scriptUrl } from "../../peer/scriptUrl.ts";

/** Milliseconds between two looks for a newer version, by whoever comes back to a page that is open for long. */
const LOOK = 3_600_000;

const waiting = signal<ServiceWorker | undefined>(undefined);
let begun = false;

/** The newer version, once it is here whole. */
export const newer: ReadonlySignal<ServiceWorker | undefined> = waiting;

const follow = (registration: ServiceWorkerRegistration): void => {
  const look = (): void => {
    // The first version of all takes over by itself, and is nothing new.
    if (registration.active && registration.waiting) waiting.value = registration.waiting;
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  let last = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - last < LOOK) return;
    last = Date.now();
    registration.update().catch(() => undefined);
  });
};

/**
 * Keeps the app on this device, where it came from a hub over an origin with a lock. Without one, from a file, or behind a
 * certificate that was only clicked through no browser does it, and nothing is lost by that.
 */
export const keep = async (): Promise<void> => {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const isBuilt = document.querySelector('meta[name="couloir-later"]') !== null;
  if (begun || !isBuilt || !isSecureContext || !workers) return;
  begun = true;
  try {
    follow(await workers.register(scriptUrl("/keeper.js"), { updateViaCache: "none" }));
  } catch {
    // See above.
  }
};

/** Lets the newer version take over, and opens it. */
export const takeOver = (): void => {
  const worker = waiting.peek();
  worker?.addEventListener("statechange", () => {
    if (worker.state === "activated") location.reload();
  });
  worker?.postMessage("take over");
};
