/** Pages have no engine of Node's. */
import type { Plugin } from "esbuild";

const signaturePath = new URL("../../src/protocol/signature.ts", import.meta.url).pathname;

/** For a bundle of what else would bring it. */
export const withoutNode: Plugin = {
  name: "without Node",
  setup: (bundle) => {
    bundle.onLoad({ filter: /nodeEngine\.ts$/ }, () => ({
      contents: `export { pureEngine as nodeEngine } from ${JSON.stringify(signaturePath)};`,
      resolveDir: import.meta.dirname,
    }));
  },
};
