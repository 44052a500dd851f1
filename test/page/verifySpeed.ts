/** How long this host takes to verify, by JavaScript and by itself. */
import { sign, signingPair, verify } from "../../src/protocol/signature.ts";

const COUNT = 100;

/** Milliseconds a signature. */
export const noble = (): number => {
  const { secret, public: key } = signingPair(new Uint8Array(32).fill(9));
  const message = new Uint8Array(300).fill(1);
  const signature = sign(message, secret);
  verify(signature, message, key);
  const since = performance.now();
  for (let i = 0; i < COUNT; i += 1) if (!verify(signature, message, key)) throw new Error("does not verify");
  return (performance.now() - since) / COUNT;
};
