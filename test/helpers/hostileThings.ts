/** What somebody might write and send who wants more than to be read. Whatever runs of it, or is fetched, leaves a mark. */
import type { Picture } from "../../src/types.ts";
import { gif, png, pngHeader } from "../photo/pictures.ts";

/** The mark: a property of the page's `globalThis`. */
export const MARK = "gotcha";
/** Nobody's address (RFC 5737); a request to it has left the room. */
const ELSEWHERE = "http://198.51.100.7";
const RUN = `globalThis.${MARK}=1`;
const IMG = `<img src="${ELSEWHERE}/a.png" onerror="${RUN}">`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="${RUN}"><script>${RUN}</script><image href="${ELSEWHERE}/b.png"/></svg>`;
const SCRIPT = `<script>${RUN}</script>`;

/** As names; with what is to be seen of each. */
export const NAMES = {
  person: { written: `\u202e<b onclick=${RUN}>\u2067Ann\u200b\u0301${"\u0302".repeat(12)}`, shown: /<b onclick=/u },
  delegation: { written: `\u202eUN\u2066 ${IMG.slice(0, 20)}`, shown: /UN <img src=/u },
  caucus: { written: `\u202e</title>${SCRIPT}\u2067`, shown: `</title>${SCRIPT}` },
} as const;

/** As texts; what is to be seen of each, where that is not what was written. */
export const TEXTS: readonly { readonly written: string; readonly shown?: string }[] = [
  { written: IMG },
  { written: `"'></p></li>${SCRIPT}<!--` },
  { written: SVG },
  { written: `&lt;b&gt; &amp;amp; ${"{"}{ 7*7 }} $&` },
  { written: `javascript:${RUN}//` },
  { written: `data:text/html,${SCRIPT}` },
  { written: `${ELSEWHERE}/c.png?${"q".repeat(300)}` },
  { written: `[safe](javascript:${RUN})` },
  { written: "pay \u202egnp.exe now", shown: "pay gnp.exe now" },
  { written: "open \u2067 \u2066 \u2068 and never closed" },
  { written: "in\u200bvi\u200bsible" },
  { written: `Z${"\u0301".repeat(3000)}`, shown: `Z${"\u0301".repeat(4)}` },
  { written: "W".repeat(16_384), shown: `${"W".repeat(2_000)}…` },
  { written: "\u0000\u0007\u001b[31mred\u009b" + "\u007f", shown: "[31mred" },
  { written: "﷽".repeat(200) },
];

/** A file, and what comes of it. */
export interface HostileFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly picture?: Picture;
  /** What it is saved as, or what is said in place of the whole picture. */
  readonly saved?: RegExp;
  readonly said?: RegExp;
}

const small = (): string => png(4, 4, () => [0, 80, 60]).toString("base64");
const picture = (thumbnail: string, width = 100, height = 100): Picture => ({ width, height, thumbnail });
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const TOO_LARGE = /This picture is too large/u;
const NONE = /This is no picture/u;

export const FILES: readonly HostileFile[] = [
  { name: "../../etc/passwd", type: "text/plain", bytes: Buffer.from("root"), saved: /^[^/\\]*etc_passwd$/u },
  { name: "a<b>.html", type: "text/html", bytes: Buffer.from(`${SCRIPT}${IMG}`), saved: /^a.b.\.html$/u },
  { name: "photo.jpg\u202egnp.exe", type: "image/jpeg", bytes: Buffer.from("MZ"), saved: /^photo\.jpggnp\.exe$/u },
  { name: "drawing.svg", type: "image/svg+xml", bytes: Buffer.from(SVG), saved: /^drawing\.svg$/u },
  { name: "1.svg", type: "image/svg+xml", bytes: Buffer.from(SVG), picture: picture(base64(SVG)), said: NONE },
  { name: "2.png", type: "image/png", bytes: Buffer.from(SCRIPT), picture: picture(base64(SCRIPT)), said: NONE },
  { name: "3.png", type: "text/html", bytes: Buffer.from(IMG), picture: picture(small(), 65_535, 1), said: NONE },
  {
    name: "4.png",
    type: "image/png",
    bytes: pngHeader(50_000, 50_000),
    picture: picture(pngHeader(30_000, 30_000).toString("base64"), 1, 65_535),
    said: TOO_LARGE,
  },
  {
    name: "5.gif",
    type: "image/gif",
    bytes: gif(10, 10, { frame: [30_000, 30_000] }),
    picture: picture(gif(10, 10, { frame: [30_000, 30_000] }).toString("base64")),
    said: TOO_LARGE,
  },
];
