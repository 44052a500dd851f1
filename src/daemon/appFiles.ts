/** The app as it was built, in memory. Servers answer with what is in this map; no path ever reaches the disk. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip as gzipWithCallback } from "node:zlib";
import { fingerprintWords } from "./fingerprint.ts";

const gzip = promisify(gzipWithCallback);

/** Beside `src` in a clone and beside itself in the package. */
const BUILT = fileURLToPath(new URL("../../dist/", import.meta.url));

/** What a page may load and reach. `style-src` without `unsafe-inline`: no markup has a style of its own. */
const APP_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src blob:",
  "connect-src 'self' ws: wss: http:",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types couloir",
].join("; ");

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webmanifest": "application/manifest+json",
};

/** What every answer of a server of ours says, whatever it holds. */
export const SAFE_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
} as const;

interface AppFile {
  readonly body: Buffer<ArrayBuffer>;
  readonly gzipped: Buffer<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** The app, ready to be served. */
export interface App {
  /** The SHA-256 of `couloir.html` as words. */
  readonly words: string;
  /** The answer for a path of the app; `undefined` for any other. `request` must be GET or HEAD. */
  answer(request: Request): Response | undefined;
}

const fileOf = async (
  body: Buffer<ArrayBuffer>,
  headers: AppFile["headers"],
  gzipped?: Buffer<ArrayBuffer>,
): Promise<AppFile> => ({
  body,
  gzipped: gzipped ?? (await gzip(body, { level: 9 })),
  headers: {
    ...SAFE_HEADERS,
    "Content-Security-Policy": APP_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    ETag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    ...headers,
  },
});

/** The name of a file holds the hash of what is in it, so it never changes; a page that names it does. */
const FOREVER = "public, max-age=31536000, immutable";
const ASK_FIRST = "no-cache";
/** What keeps the app in a browser: browsers ask for it by this name again and again. */
const KEEPER = "keeper.js";

const readFiles = async (folder: string): Promise<Map<string, AppFile>> => {
  const files = new Map<string, AppFile>();
  const names = new Set(await readdir(`${folder}web`));
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (name.startsWith(".") || type === undefined) continue;
    const isPage = name === "index.html";
    const lasts = !isPage && name !== KEEPER;
    const headers = { "Content-Type": type, "Cache-Control": lasts ? FOREVER : ASK_FIRST };
    const path = `${folder}web/${name}`;
    // The build zips what a phone waits for, smaller than there is time for here.
    const gzipped = names.has(`${name}.gz`) ? await readFile(`${path}.gz`) : undefined;
    files.set(isPage ? "/" : `/${name}`, await fileOf(await readFile(path), headers, gzipped));
  }
  return files;
};

const answer = (file: AppFile, request: Request): Response => {
  const headers = new Headers(file.headers);
  headers.set("Vary", "Accept-Encoding");
  if (request.headers.get("if-none-match") === file.headers["ETag"])
    return new Response(null, { status: 304, headers });
  const zipped = /\bgzip\b/u.test(request.headers.get("accept-encoding") ?? "");
  const body = zipped ? file.gzipped : file.body;
  if (zipped) headers.set("Content-Encoding", "gzip");
  headers.set("Content-Length", String(body.length));
  return new Response(request.method === "HEAD" ? null : body, { headers });
};

/** Reads what was built in `folder`; `undefined` where nothing was. */
export const readApp = async (folder = BUILT): Promise<App | undefined> => {
  try {
    const files = await readFiles(folder);
    const single = await readFile(`${folder}couloir.html`);
    const headers = {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Disposition": 'attachment; filename="couloir.html"',
      "Cache-Control": ASK_FIRST,
    };
    files.set("/couloir.html", await fileOf(single, headers));
    return {
      words: fingerprintWords(single),
      answer: (request) => {
        const file = files.get(new URL(request.url).pathname);
        return file === undefined ? undefined : answer(file, request);
      },
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};
