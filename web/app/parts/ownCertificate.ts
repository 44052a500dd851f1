/** Pages with a lock whose certificate the hub made itself. */
import type { HubInfo } from "../../peer/backend.ts";

/** Whether whoever served the page said so along with it. Not every browser shows a page that. */
const wasServedSo = (): boolean =>
  performance
    .getEntriesByType("navigation")
    .some((page) => (page as PerformanceNavigationTiming).serverTiming?.some(({ name }) => name === "own-certificate"));

/** Whether this page is one: only the look that its reader takes at the certificate says that nobody has altered it. */
export const isBehindOwn = (hub: HubInfo | undefined): boolean => {
  if (location.protocol !== "https:") return false;
  // A hub that is known besides may have such a port, too.
  return wasServedSo() || (hub?.secure?.urls.some((url) => new URL(url).port === location.port) ?? false);
};

/** Where the hub has one, at the host by which this page was opened if possible; nothing where a page needs none. */
export const wayToLock = (hub: HubInfo | undefined): string | undefined => {
  const urls = hub?.secure?.urls ?? [];
  return isSecureContext ? undefined : (urls.find((url) => new URL(url).hostname === location.hostname) ?? urls[0]);
};
