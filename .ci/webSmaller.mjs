// Makes what a phone waits for smaller: the scripts of the hub's page by about a twentieth, zipped, and what is zipped of
// them by as much again.
import { gunzipSync } from "node:zlib";
import { gzipAsync } from "@gfx/zopfli";
import { minify } from "terser";

/** What an output of esbuild becomes; a style sheet stays. */
export async function smaller({ path, text }) {
  if (!path.endsWith(".js")) return text;
  const { code } = await minify(text, {
    module: true,
    ecma: 2022,
    compress: { passes: 2 },
    format: { comments: false },
  });
  return code;
}

/** `bytes` zipped by a search that is slow, for any browser to unzip. */
export async function zipped(bytes) {
  const found = await gzipAsync(bytes, { numiterations: 5 });
  if (!gunzipSync(found).equals(bytes)) throw new Error("what was zipped is not what one unzips");
  return found;
}
