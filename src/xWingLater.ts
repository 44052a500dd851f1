/**
 * X-Wing for a messenger: loaded at its first use, which is never before a first chat, and with a pause before each
 * operation, so that a page goes on answering taps. An operation takes 2 to 3 ms on a laptop and three times that with
 * Chromium slowed down six times: less than a worker takes to start.
 */
import type { Kem } from "./protocol/hybrid.ts";

const load = async (): Promise<Kem> => {
  await new Promise((resolve) => setTimeout(resolve));
  return (await import("./protocol/xWing.ts")).xWing;
};

/** Rejects where the part cannot be loaded. */
export const xWingLater: Kem = {
  publicKey: async (seed) => (await load()).publicKey(seed),
  encapsulate: async (publicKey, random) => (await load()).encapsulate(publicKey, random),
  decapsulate: async (seed, cipher) => (await load()).decapsulate(seed, cipher),
};
