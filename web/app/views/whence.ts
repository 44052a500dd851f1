/** Where the page came from, as far as the first screen is built by it. */
import { useState } from "preact/hooks";
import type { Origin } from "../../peer/backend.ts";
import { isForgetful, isGuest } from "../../peer/whence.ts";
import type { Boot } from "../boot.ts";

interface Whence {
  readonly kind: Origin["kind"];
  readonly guest: boolean;
  readonly invited: boolean;
  /** Whether an identity came with the address. */
  readonly moved: boolean;
  /** Whether the browser forgets what is made in it. */
  readonly forgetful: boolean;
  /** Whether there must be a passphrase. */
  readonly guarded: boolean;
}

/**
 * By the page's address alone until the rest is known: what a form is about to be built by stands there from the beginning,
 * and nothing moves away under a finger.
 */
export const useWhence = ({ origin }: Boot): Whence => {
  // Read once: whoever opens the page takes the fragment out of it.
  const [address] = useState<Whence>(() => {
    const isFile = location.protocol === "file:";
    const invited = /^#couloir(?::|%3a)/iu.test(location.hash);
    return {
      kind: isFile ? "file" : "hub",
      guest: isGuest(location.protocol, location.hostname),
      invited,
      moved: location.hash.startsWith("#move="),
      forgetful: isForgetful(navigator.userAgent),
      guarded: isFile,
    };
  });
  const known = origin.value;
  if (known === undefined) return address;
  const { kind, guest, forgetful, invite, move, passphrase } = known;
  return {
    kind,
    guest,
    forgetful,
    invited: invite !== undefined,
    moved: move !== undefined,
    guarded: passphrase === "required",
  };
};
