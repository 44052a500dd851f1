// Couloir talks to no server. This fails when shipped code names a foreign host: an http, ws, stun or turn address that
// is neither this machine nor a private network. Comments may cite sources; *.md is not read. Reads src and web, or the
// folders and files that are named: these were built, have no comments, and hold libraries.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const named = process.argv.slice(2);
const PLACES = named.length > 0 ? named : ["src", "web"].filter((name) => existsSync(name));
const CODE = /\.(ts|tsx|js|mjs|html|css|json|svg|ftl|webmanifest)$/;
const ADDRESS =
  /\b(?:https?|wss?):\/\/(?:[^\s/@"'`]*@)?(\[[^\]]*\]|[^\s/:?#"'`)>,;\\]*)|\b(?:stun|turn)s?:([^\s:?"'`)>,;\\{}]{2,})/gi;
/** XML namespaces are names, not addresses: nothing is fetched from them. */
const NAMESPACE = /^http:\/\/www\.w3\.org\/(2000\/svg|1999\/xhtml|1999\/xlink|1998\/Math\/MathML|XML\/1998\/namespace)/;
/** What libraries say in errors, for a developer to read. Nothing fetches them. */
const READING = /^https:\/\/github\.com\/(libp2p\/js-libp2p|multiformats\/multicodec)\/blob\//;

function isNear(host) {
  if (host === "" || host.startsWith("${") || host.startsWith("[")) return !/^\[[23]/.test(host);
  return (
    /^(localhost|.+\.(localhost|local|invalid|test|example)|example\.(com|org|net))$/i.test(host) ||
    /^(0\.0\.0\.0|127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(
      host,
    )
  );
}

/** The file with comments blanked out and its lines kept; strings stay, including those that hold `//`. */
function withoutComments(text, name) {
  const blank = (comment) => comment.replace(/[^\n]/g, " ");
  if (/\.(html|svg)$/.test(name)) return text.replace(/<!--[\s\S]*?-->/g, blank);
  if (/\.(json|ftl|webmanifest)$/.test(name)) return text;
  const token = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g;
  return text.replace(token, (found) => (found.startsWith("/") ? blank(found) : found));
}

let files = 0;
let foreign = 0;
const entriesOf = (place) =>
  statSync(place).isDirectory() ? readdirSync(place, { recursive: true }).map((entry) => join(place, entry)) : [place];

for (const place of PLACES) {
  for (const path of entriesOf(place)) {
    if (!CODE.test(path)) continue;
    files += 1;
    const whole = readFileSync(path, "utf8");
    const text = named.length > 0 ? whole : withoutComments(whole, path);
    for (const match of text.matchAll(ADDRESS)) {
      const host = match[1] ?? match[2];
      const rest = text.slice(match.index, match.index + 200);
      if (isNear(host) || NAMESPACE.test(rest) || READING.test(rest)) continue;
      foreign += 1;
      console.error(`${path}:${text.slice(0, match.index).split("\n").length}: foreign address ${match[0]}`);
    }
  }
}
console.log(`foreign addresses: ${foreign} in ${files} files`);
if (foreign > 0) process.exitCode = 1;
