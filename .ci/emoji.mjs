// Makes the data of the emoji picker anew: web/app/emoji/data. For a new Unicode: raise the versions here and NEWEST, run it
// with the internet at hand, and look at what changed. It downloads the packages beside the project, not into it.
//
// The order and the groups are those of Unicode's emoji-test.txt, the names and search words those of CLDR.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ORDER = "unicode-emoji-json@0.9.0";
const NAMES = "cldr-annotations-full@48.2.0";
const DERIVED = "cldr-annotations-derived-full@48.2.0";
const LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"];
/** What every browser that the app is built for knows as one emoji. */
const NEWEST = 15;
/** Letters before those that older systems cannot draw: from Emoji 12 on, then 13, 14, 15. */
const SINCE = { 12: "a", 13: "b", 14: "c", 15: "d" };

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const place = join(root, "web", "app", "emoji", "data");
const { plainWords } = await import(pathToFileURL(join(root, "web", "app", "emoji", "plainWords.ts")));

const isCountry = (emoji) => /^[\u{1f1e6}-\u{1f1ff}]{2}$/u.test(emoji);
const lettersOf = (country) => Array.from(country, (one) => String.fromCharCode(one.codePointAt(0) - 0x1f1a5)).join("");
const bare = (emoji) => emoji.replaceAll("\ufe0f", "");
/** 12.1 and 13.1 are new only in what they join: a system is asked whether it draws a later one. */
const since = ({ emoji, emoji_version: version }) => (SINCE[Math.ceil(Number(version))] ?? "") + emoji;

/** A name, and the folded words by which it is found besides: none that begins another one, or in Chinese is part of it. */
function lineOf(name, phrases) {
  const isPart = /\p{Script=Han}/u.test(name)
    ? (text, word) => text.includes(word)
    : (text, word) => text.startsWith(word);
  const wordsOf = (text) => plainWords(text).split(" ").filter(Boolean);
  const inName = wordsOf(name);
  const words = [...new Set(phrases.flatMap(wordsOf))];
  const kept = words.filter(
    (word) => ![...inName, ...words].some((other) => (other !== word || inName.includes(word)) && isPart(other, word)),
  );
  return [name, kept.join(" ")].join("\t").trim();
}

const temporary = mkdtempSync(join(tmpdir(), "couloir-emoji-"));
try {
  const packed = (name, file) => {
    const folder = join(temporary, name.replace(/@.*/u, ""));
    mkdirSync(folder);
    execFileSync("npm", ["pack", name, "--silent", "--pack-destination", folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    execFileSync("sh", ["-c", "tar xzf *.tgz"], { cwd: folder });
    return (path) => JSON.parse(readFileSync(join(folder, "package", file(path)), "utf8"));
  };
  const order = packed(ORDER, () => "data-by-group.json")();
  const names = packed(NAMES, (language) => `annotations/${language}/annotations.json`);
  const derived = packed(DERIVED, (language) => `annotationsDerived/${language}/annotations.json`);

  const groups = order.map(({ emojis }) => emojis.filter(({ emoji_version: version }) => Number(version) <= NEWEST));
  const countries = groups.flat().filter(({ emoji }) => isCountry(emoji));
  const shown = groups.map((group) => group.filter(({ emoji }) => !isCountry(emoji)));
  const tones = Array.from({ length: 5 }, (_, at) => String.fromCodePoint(0x1f3fb + at));
  const lines = [...shown.map((group) => group.map(since)), tones, countries.map(({ emoji }) => lettersOf(emoji))];
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "set.txt"), lines.map((line) => `${line.join(" ")}\n`).join(""));

  for (const language of LANGUAGES) {
    const known = { ...derived(language).annotationsDerived.annotations, ...names(language).annotations.annotations };
    const named = (emoji) => {
      const { tts: [name] = [], default: words = [] } = known[bare(emoji)] ?? known[emoji] ?? {};
      if (!name) throw new Error(`${language} has no name for ${emoji}`);
      // Of "flag: Scotland" the part that tells.
      return lineOf(/\p{RGI_Emoji_Tag_Sequence}/v.test(emoji) ? name.replace(/^[^:：]*[:：]\s*/u, "") : name, words);
    };
    const all = [...shown.flat().map(({ emoji }) => emoji), ...tones].map(named);
    writeFileSync(join(place, `${language}.txt`), all.map((line) => `${line}\n`).join(""));
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
