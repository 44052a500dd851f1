/** What a browser gets at the daemon's address: that it runs, and nothing about whose it is. */
import { createHash } from "node:crypto";

const STYLE =
  ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:38rem;margin:12vh auto;padding:0 1rem}";

/** No script, no connection, no frame, nothing fetched; the one style by its hash. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The page, the same for everybody. */
export const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Couloir</title>
<style>${STYLE}</style>
<h1>Couloir is running</h1>
<p>A Couloir daemon runs on this computer. Use it from the command line:</p>
<p><code>couloir status</code> · <code>couloir people</code> · <code>couloir chat CAUCUS</code> · <code>couloir --help</code></p>
<p>This page knows nothing about its owner: the daemon tells only programs that can read its data folder.</p>
</html>
`;
