/**
 * A browser's own Ed25519 (WebCrypto), where it has one: off the page's thread, and several times faster than JavaScript.
 * Pages on plain http have none.
 */
import type { LateEngine } from "./protocol/lateEngine.ts";

const ALGORITHM = { name: "Ed25519" };
/** Importing a key costs about as much as using it; a venue has a few thousand. */
const REMEMBERED = 4096;

/** `undefined` where the browser has no WebCrypto here. Hand it to `useLateEngine`, which tests it first. */
export const browserEngine = (): LateEngine | undefined => {
  const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto };
  if (!subtle) return undefined;
  const keys = new Map<string, Promise<CryptoKey>>();
  const keyOf = (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> => {
    const name = raw.join();
    const known = keys.get(name);
    if (known) return known;
    const made = subtle.importKey("raw", raw, ALGORITHM, false, ["verify"]);
    if (keys.size >= REMEMBERED) keys.clear();
    keys.set(name, made);
    return made;
  };
  return {
    verify: async (signature, message, publicKey) => {
      try {
        const key = await keyOf(publicKey.slice());
        return await subtle.verify(ALGORITHM, key, signature.slice(), message.slice());
      } catch {
        return false;
      }
    },
  };
};
