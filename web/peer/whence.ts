/** What the address of a page and the name of its browser say of it, before anybody has been asked. */

/** Browsers inside other apps and of captive portals, which forget all when they are closed; Apple's name no browser. */
const FORGETFUL = /; wv\)|CaptiveNetworkSupport|CaptivePortal|FBA[NV]\/|Instagram|MicroMessenger/;
export const isForgetful = (userAgent: string): boolean =>
  FORGETFUL.test(userAgent) ||
  (/(iPhone|iPad|Macintosh).*AppleWebKit/.test(userAgent) && !userAgent.includes("Safari/"));

export const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** Whether whoever runs the network could have altered the page on its way. */
export const isGuest = (protocol: string, hostname: string): boolean => protocol === "http:" && !isLoopback(hostname);
