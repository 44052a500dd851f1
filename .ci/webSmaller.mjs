// Makes the scripts of the hub's page smaller than esbuild leaves them: about a twentieth, zipped. A phone waits for them.
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
