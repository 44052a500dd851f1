/**
 * What a tab notes at once, for itself when it is loaded anew in the next moment: the database answers too late for that.
 * Sealed by the profile's vault, and gone with the tab.
 */
import { base64urlnopad } from "@scure/base";
import type { Vault } from "../../src/store/vault.ts";
import type { Slip } from "./backend.ts";
import type { Environment } from "./environment.ts";

const NAME = "couloir slip";
const place = new TextEncoder().encode(NAME);

export const slipIn = (session: Environment["session"], vault: Vault): Slip => ({
  read: () => {
    try {
      const sealed = base64urlnopad.decode(session.getItem(NAME) ?? "");
      const text = vault.open(place, sealed);
      return text && new TextDecoder().decode(text);
    } catch {
      // Somebody else's, or damaged.
      return undefined;
    }
  },
  write: (text) => {
    try {
      if (text === undefined) session.removeItem(NAME);
      else session.setItem(NAME, base64urlnopad.encode(vault.seal(place, new TextEncoder().encode(text))));
    } catch {
      // No room for it, or the profile is closed: the database has to do.
    }
  },
});
