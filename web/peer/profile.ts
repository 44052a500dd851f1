/** Making the profile of this origin: new, or from an identity that moves here. */
import { randomBytes } from "@noble/hashes/utils.js";
import { BrowserHome, browserKey } from "../../src/browser.ts";
import type { MovedIdentity } from "../../src/messenger/identityFile.ts";
import { plantIdentity } from "../../src/messenger/identityPlanting.ts";
import { openBrowserStore } from "../../src/store/openBrowser.ts";
import type { Heavy } from "./heavy.ts";

/** Puts an identity into an empty profile, locked by a passphrase or not. */
export const plant = async (
  profile: string,
  moved: MovedIdentity,
  { heavy, passphrase }: { readonly heavy: Heavy; readonly passphrase?: string },
): Promise<void> => {
  const home = await BrowserHome.open(profile);
  try {
    const key = await browserKey(home, passphrase, heavy);
    const lease = (await home.takeLease(await home.lease())) ?? 0;
    const { store, vault } = await openBrowserStore(home, key, { lease });
    key.fill(0);
    await plantIdentity(store, moved, randomBytes);
    await store.close();
    vault.forget();
  } finally {
    home.close();
  }
};
