/** The few scripts that this page names itself. Browsers with Trusted Types (W3C) run no other, whatever gets into the page. */

interface Factory {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): unknown;
  };
}

const own = (url: string): string => {
  if (url !== "/keeper.js" && !url.startsWith("blob:")) throw new TypeError(`${url} is no script of this page`);
  return url;
};

const policy = (globalThis as { readonly trustedTypes?: Factory }).trustedTypes?.createPolicy("couloir", {
  createScriptURL: own,
});

/** An address of a script of our own, as the browser wants to have it. */
export const scriptUrl = (url: string): string => (policy ? (policy.createScriptURL(url) as string) : own(url));
