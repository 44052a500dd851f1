/** The hash of a file as words that two people can compare aloud. */
import { createHash } from "node:crypto";
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

/**
 * Twelve English words (BIP 39) for the first 128 bits of the file's SHA-256: nobody can make another file with the same
 * words, and any other program for BIP 39 gives them, too.
 */
export const fingerprintWords = (file: Uint8Array): string =>
  entropyToMnemonic(createHash("sha256").update(file).digest().subarray(0, 16), wordlist);
