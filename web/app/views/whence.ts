/** Where the page came from, as far as the first screen is built by it. */
import { useState } from "preact/hooks";
import type { Origin } from "../../peer/backend.ts";
import type { Boot } from "../boot.ts";

interface Whence {
  readonly kind: Origin["kind"];
  readonly invited: boolean;
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
    return { kind: isFile ? "file" : "hub", invited, guarded: isFile };
  });
  const known = origin.value;
  if (known === undefined) return address;
  return { kind: known.kind, invited: known.invite !== undefined, guarded: known.passphrase === "required" };
};
