/** The page of the measurements: the same in a browser. */
import { browserEngine } from "../../src/browserEngine.ts";
import { useLateEngine } from "../../src/protocol/engines.ts";
import { costsOf, SIZES } from "./costs.ts";

/** Has the browser's own Ed25519 verify from now on. */
const verifyNatively = async (): Promise<void> => {
  const engine = browserEngine();
  if (!engine) throw new Error("no WebCrypto with Ed25519 here");
  await useLateEngine(engine);
};

Object.assign(globalThis, { costsOf, verifyNatively, SIZES });
