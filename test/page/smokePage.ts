/** The page of `chromium.test.ts`: the peer without screens, and who verifies in it. */
import { withVerdicts } from "../../src/protocol/lateEngine.ts";
import { pureEngine, setEngine, sign, signingPair, verify } from "../../src/protocol/signature.ts";
import { openBackend } from "../../web/peer/open.ts";

let here = 0;
setEngine({
  ...pureEngine,
  verify: (...of) => {
    here++;
    return pureEngine.verify(...of);
  },
});

/** Signatures that this very thread has verified so far. */
export const verifiedHere = (): number => here;

const verifiesElsewhere = async (): Promise<boolean> => {
  const { secret, public: key } = signingPair(new Uint8Array(32).fill(5));
  const text = crypto.getRandomValues(new Uint8Array(8));
  const before = here;
  return (await withVerdicts(() => verify(sign(text, secret), text, key))) && here === before;
};

/** Resolves once somebody else does it for those who wait, or this thread again. */
export const verifies = async (where: "elsewhere" | "here"): Promise<void> => {
  while ((await verifiesElsewhere()) !== (where === "elsewhere"))
    await new Promise((resolve) => setTimeout(resolve, 20));
};

const workers: Worker[] = [];
globalThis.Worker = class extends Worker {
  constructor(...given: ConstructorParameters<typeof Worker>) {
    super(...given);
    workers.push(this);
  }
};

/** Sends every worker what it cannot but fail at. */
export const breakWorkers = (): void => {
  for (const one of workers) one.postMessage(undefined);
};

Object.assign(globalThis, { openBackend, verifiedHere, verifies, breakWorkers });
