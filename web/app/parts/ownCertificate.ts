/** Pages with a lock whose certificate the hub made itself. */
import type { HubInfo } from "../../peer/backend.ts";

/** Whether this page is one: only the look that its reader takes at the certificate says that nobody has altered it. */
export const isBehindOwn = (hub: HubInfo | undefined): boolean =>
  hub?.secure !== undefined && location.protocol === "https:";

/** Where the hub has one, at the host by which this page was opened if possible; nothing where a page needs none. */
export const wayToLock = (hub: HubInfo | undefined): string | undefined => {
  const urls = hub?.secure?.urls ?? [];
  return isSecureContext ? undefined : (urls.find((url) => new URL(url).hostname === location.hostname) ?? urls[0]);
};
