/**
 * The slip of a tab whose keys are in the daemon: sealed by a key of its own, which the daemon keeps, so that what is left
 * in a browser after the tab opens nowhere else.
 */
import { randomBytes } from "@noble/hashes/utils.js";
import { hex, unhex } from "../../src/protocol/codec.ts";
import { profileKeyBytes, Vault } from "../../src/store/vault.ts";
import type { RemoteApi, Slip } from "./backend.ts";
import { slipIn, type Shelves } from "./slip.ts";

const NAME = "slip key";

const keyIn = async (api: Pick<RemoteApi, "remembered">): Promise<Uint8Array | undefined> => {
  const kept = await api.remembered(NAME);
  return typeof kept === "string" && /^[0-9a-f]{64}$/.test(kept) ? unhex(kept) : undefined;
};

/** A slip, and how it is closed for good. */
export interface DaemonSlip {
  readonly slip: Slip;
  forget(): void;
}

/** Makes the key where there is none. Nothing when the daemon cannot keep it. */
export const daemonSlip = async (
  api: Pick<RemoteApi, "remember" | "remembered">,
  shelves: Shelves,
): Promise<DaemonSlip | undefined> => {
  try {
    if (!(await keyIn(api))) await api.remember(NAME, hex(randomBytes(profileKeyBytes)));
    // Another tab may have been quicker.
    const key = await keyIn(api);
    if (!key) return undefined;
    const vault = new Vault(key);
    return { slip: slipIn(shelves, vault), forget: () => vault.forget() };
  } catch {
    return undefined;
  }
};
