// What a phone loads from a hub until its first chat, zipped as the hub zips it, against a budget. Everything counts that
// the page names, and whatever that names in turn, but for what is loaded when somebody first uses it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 300;
const WEB = join("dist", "web");

/** The words that a reader of one language sees first: each is counted with what all load. */
const LANGUAGE = /^web\/app\/i18n\/(\w+)\.ts$/;

// Not needed for a first chat: loaded behind it, or at its first use.
const LATER = [
  { entry: /argon$/, why: "a passphrase" },
  { entry: /^web\/app\/qr\/readQr\.ts$/, why: "a QR code that was photographed" },
  {
    entry: /^web\/app\/(views\/apart\.ts|apart\.css)$/,
    why: "sheets, settings, a new caucus, photos, files that are sent",
  },
  { entry: /^src\/workerEngine\.ts$/, why: "a page on plain http, which begins without it" },
  { entry: /^src\/messenger\/verification\.ts$/, why: "verification in person, and codes that are open" },
  { entry: /^web\/peer\/daemonBackend\.ts$/, why: "the page of a daemon's owner" },
  { entry: /^src\/messenger\/devices\/apart\.ts$/, why: "who has several devices" },
  { entry: /^src\/messenger\/seldom\.ts$/, why: "files, words on record, mail on a stick, what lies on the table" },
  { entry: /^web\/peer\/moving\.ts$/, why: "who moves to another device, or back" },
  { entry: /^web\/app\/emoji\/data\/\w+\.txt$/, why: "all emoji" },
  { entry: /^web\/app\/emoji\/(drawFlags|flagFont)\.ts$/, why: "systems that draw no flags" },
  { entry: LANGUAGE, why: "who reads this language" },
  { entry: /^web\/app\/i18n\/later\/\w+\.ts$/, why: "the words of sheets and settings" },
];

const parts = JSON.parse(readFileSync(join(WEB, ".parts.json"), "utf8"));
const byName = new Map(parts.map((part) => [part.name, part]));
const later = ({ entryPoint = "" }) => LATER.find(({ entry }) => entry.test(entryPoint));

const needed = new Set();
const put = (name) => {
  const part = byName.get(name);
  if (part === undefined || needed.has(name)) return;
  needed.add(name);
  for (const one of part.imports) {
    const imported = byName.get(one.name);
    if (imported !== undefined && (one.kind !== "dynamic-import" || later(imported) === undefined)) put(one.name);
  }
};
for (const { name, entryPoint } of parts) if (/^web\/app\/(main\.tsx|app\.css)$/.test(entryPoint ?? "")) put(name);

/** As the hub sends it, which is as the build has zipped it, where it has. */
const zipped = (name) => {
  const path = join(WEB, name);
  return existsSync(`${path}.gz`)
    ? readFileSync(`${path}.gz`).length
    : gzipSync(readFileSync(path), { level: 9 }).length;
};
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
let common = 0;
for (const name of ["index.html", ...needed]) {
  const bytes = zipped(name);
  common += bytes;
  console.log(`${kB(bytes)}  ${name}  ${byName.get(name)?.entryPoint ?? ""}`);
}
for (const part of parts)
  if (!needed.has(part.name))
    console.log(`   later: ${kB(zipped(part.name))}  ${part.name}, for ${later(part)?.why ?? "what is later"}`);
const languages = parts.filter(({ entryPoint = "" }) => LANGUAGE.test(entryPoint));
for (const { name, entryPoint } of languages) {
  const sum = common + zipped(name);
  const [, language] = LANGUAGE.exec(entryPoint);
  console.log(`first chat, ${language}: ${kB(sum).trim()} of ${BUDGET_KB} kB, zipped`);
  if (sum > BUDGET_KB * 1000) {
    console.error(`what is loaded until the first chat is over its budget in ${language}`);
    process.exitCode = 1;
  }
}
const page = readFileSync(join(WEB, "index.html"), "utf8");
for (const { name, entryPoint = "" } of parts)
  if (entryPoint.startsWith("web/app/i18n/") && page.includes(name)) {
    console.error(`the page names ${entryPoint}, and so loads it for who reads another language, too`);
    process.exitCode = 1;
  }
if (languages.length === 0) throw new Error("the words of no language were found");
