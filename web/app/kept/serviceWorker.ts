/**
 * Keeps the app's own files, and nothing else, so that it opens while whoever served it is away. A newer version is fetched
 * beside it, whole, and takes over when somebody agrees. Only for origins with a lock: elsewhere no browser runs this.
 */

/** Written in by the build: the SHA-256 (base64) of each file by its path, and a name for all of them. */
declare global {
  var COULOIR_KEPT: { readonly version: string; readonly files: Readonly<Record<string, string>> };
}
const { version, files } = globalThis.COULOIR_KEPT;

const OURS = "couloir-kept-";
const NAME = OURS + version;
/** Versions that stay: other tabs may still run the one before. */
const VERSIONS = 2;

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Pressing extends Lasting {
  readonly notification: Notification;
}
interface Tab {
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
declare const self: {
  skipWaiting(): Promise<void>;
  readonly clients: {
    matchAll(options: { readonly type: "window"; readonly includeUncontrolled: true }): Promise<readonly Tab[]>;
    openWindow(path: string): Promise<unknown>;
  };
};

const on = <E extends Event>(type: string, handler: (event: E) => void): void =>
  addEventListener(type, (event) => handler(event as E));

on<Lasting>("install", (event) => {
  const wanted = Object.entries(files).map(
    ([path, hash]) => new Request(path, { integrity: `sha256-${hash}`, cache: path === "/" ? "no-cache" : "default" }),
  );
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(wanted)));
});

const forgetOld = async (): Promise<void> => {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NAME);
  for (const name of names.slice(0, 1 - VERSIONS)) await caches.delete(name);
};
on<Lasting>("activate", (event) => event.waitUntil(forgetOld()));

const kept = async (path: string, request: Request): Promise<Response> => {
  const own = await caches.open(NAME);
  const found = (await own.match(path, { ignoreVary: true })) ?? (await caches.match(path, { ignoreVary: true }));
  return found ?? fetch(request);
};
on<Fetching>("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isPage = pathname === "/";
  if (request.method !== "GET" || origin !== location.origin) return;
  // The page only where somebody goes there: who asks whether a hub is there must hear it from the hub.
  if (isPage ? request.mode !== "navigate" : !/^\/[\w-]+\.(js|css)$/u.test(pathname)) return;
  event.respondWith(kept(pathname, request));
});

on<MessageEvent>("message", ({ data }) => {
  if (data === "take over") void self.skipWaiting();
});

/** A notification was pressed: the tab that is there says what that opens. */
const pressed = async (tag: string): Promise<void> => {
  const [tab] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!tab) return void (await self.clients.openWindow("/"));
  tab.postMessage({ pressed: tag });
  await tab.focus();
};
on<Pressing>("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(pressed(event.notification.tag));
});
