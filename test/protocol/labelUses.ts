/** The domain labels of the sources, each with the call that it goes into, and what SPEC.md says. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
/** SPEC.md. */
export const spec = (): string => readFileSync(join(root, "src/protocol/SPEC.md"), "utf8");

interface Use {
  readonly name: string;
  /** What stands around it: the call that takes it. */
  readonly within: string;
  readonly file: string;
}

export const sources = (...folders: readonly string[]): readonly (readonly [string, string])[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), "utf8")] as const),
  );

/** The first text among the arguments of a call, whatever other calls stand before it. */
const textIn = (source: string, from: number): string | undefined => {
  for (let at = from, depth = 1; depth > 0 && at < source.length; at++) {
    if (source[at] === "(") depth++;
    if (source[at] === ")") depth--;
    if (source[at] !== '"') continue;
    const end = source.indexOf('"', at + 1);
    if (depth === 1) return source.slice(at + 1, end);
    at = end;
  }
  return undefined;
};

/** What stands before a place on its line, and on the line before where nothing else does. */
const lineBefore = (text: string, at: number): string => {
  const before = text.slice(0, at).trimEnd();
  return before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf(";")) + 1);
};

/** Every label in the sources, with the call that it goes into. */
export const uses = (): readonly Use[] =>
  sources("src", "web/peer").flatMap(([file, text]) => [
    ...[...text.matchAll(/\blabel\("([^"]+)"\)/gu)].map(({ 1: name = "", index }) => ({
      name,
      within: /(\w+)[(:][^(]*$/u.exec(lineBefore(text, index))?.[1] ?? "constant",
      file,
    })),
    ...[...text.matchAll(/(?<!#)\b(derive|keyAndTag|signed|topic|name)\(/gu)].flatMap(
      ({ 0: call, 1: within = "", index }) => {
        const name = file.endsWith("vault.ts") ? undefined : textIn(text, index + call.length);
        return name === undefined || name.includes("couloir") ? [] : [{ name, within, file }];
      },
    ),
  ]);
