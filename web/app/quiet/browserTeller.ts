/** Notifications of the browser that this runs in. */
import type { Teller, Told } from "./notifier.ts";

/** `none`: this page has no notifications, as it came. Else what the browser says of them. */
export const permission = (): NotificationPermission | "none" =>
  isSecureContext && "Notification" in globalThis ? Notification.permission : "none";

/** Asks the person; to be called from a press of theirs. */
export const askPermission = async (): Promise<boolean> =>
  permission() !== "none" && (await Notification.requestPermission()) === "granted";

/** By tag: what a press on one does. */
const waiting = new Map<string, () => void>();
/** By tag: what the page itself shows. */
const pages = new Map<string, Notification>();
let listening = false;

/** Some phones show nothing but what a service worker tells; it says here which was pressed. */
const byWorker = async (worker: ServiceWorkerRegistration, { title, body, tag }: Told): Promise<void> => {
  if (!listening)
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
      if (typeof data === "object" && data !== null && "pressed" in data) waiting.get(String(data.pressed))?.();
    });
  listening = true;
  await worker.showNotification(title, { body, tag });
};

const byPage = ({ title, body, tag }: Told): void => {
  const one = new Notification(title, { body, tag });
  pages.set(tag, one);
  one.addEventListener("click", () => {
    window.focus();
    one.close();
    waiting.get(tag)?.();
  });
};

const registration = (): Promise<ServiceWorkerRegistration | undefined> => {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  return Promise.resolve(workers?.getRegistration()).catch(() => undefined);
};

export const browserTeller: Teller = {
  seen: () => document.visibilityState === "visible" && document.hasFocus(),
  may: () => permission() === "granted",
  show: (told, onPress) => {
    waiting.set(told.tag, onPress);
    void registration()
      .then((worker) => (worker?.active ? byWorker(worker, told) : byPage(told)))
      .catch(() => undefined);
  },
  hide: (tag) => {
    pages.get(tag)?.close();
    void registration()
      .then((worker) => worker?.getNotifications({ tag }))
      .then((shown) => shown?.forEach((one) => one.close()))
      .catch(() => undefined);
  },
};
