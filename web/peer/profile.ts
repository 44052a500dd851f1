/** Making the profile of this origin: new, or from an identity that moves here. */
import { BrowserHome, browserKey } from "../../src/browser.ts";
import { putProfile, putSelf } from "../../src/messenger/selfRecord.ts";
import { openBrowserStore } from "../../src/store/openBrowser.ts";
import { put } from "../../src/store/record.ts";
import type { Heavy } from "./heavy.ts";
import type { Moved } from "./moving.ts";

/** Puts an identity into an empty profile, locked by a passphrase or not. */
export const plant = async (
  profile: string,
  { self, profile: words }: Moved,
  { heavy, passphrase }: { readonly heavy: Heavy; readonly passphrase?: string },
): Promise<void> => {
  const home = await BrowserHome.open(profile);
  try {
    const key = await browserKey(home, passphrase, heavy);
    const lease = (await home.takeLease(await home.lease())) ?? 0;
    const { store, vault } = await openBrowserStore(home, key, { lease });
    key.fill(0);
    const guest = self.guest ? [put({ space: "profile", name: "guest" }, true)] : [];
    await store.commit([putSelf(self), putProfile(words), ...guest]);
    await store.close();
    vault.forget();
  } finally {
    home.close();
  }
};
