/** What is wrong with the words of a language beside the English ones. Pure; the build of the app and a test ask it. */
import { FluentResource } from "@fluent/bundle";

/** Fluent sources by the names of their files. */
export type Files = ReadonlyMap<string, string>;

interface Message {
  readonly variables: ReadonlySet<string>;
  /** The keys of each choice. */
  readonly choices: readonly (readonly string[])[];
  readonly strong: boolean;
}

interface Node {
  readonly type?: string;
  readonly name?: string;
  readonly variants?: readonly { readonly key: { readonly value: unknown } }[];
}

const partsOf = (node: unknown): readonly Node[] =>
  typeof node !== "object" || node === null
    ? []
    : [...(Array.isArray(node) ? [] : [node as Node]), ...Object.values(node).flatMap(partsOf)];

const messageOf = (value: unknown): Message => {
  const parts = partsOf(value);
  return {
    variables: new Set(parts.flatMap(({ type, name }) => (type === "var" && name !== undefined ? [name] : []))),
    choices: parts.flatMap(({ type, variants = [] }) =>
      type === "select" ? [variants.map(({ key }) => String(key.value))] : [],
    ),
    strong: JSON.stringify(value).includes("<b>"),
  };
};

const messagesOf = (source: string): ReadonlyMap<string, Message> =>
  new Map(new FluentResource(source).body.map(({ id, value }) => [id, messageOf(value)]));

/** The ids as a line begins with them: the parser leaves out what it cannot read. */
const written = (source: string): readonly string[] => source.match(/^[a-zA-Z][\w-]*(?= *=)/gm) ?? [];

/** The categories in which a language counts whole things. French and Spanish `many` is for whole millions. */
const categories = (language: string): readonly string[] =>
  new Intl.PluralRules(language)
    .resolvedOptions()
    .pluralCategories.filter((one) => one !== "many" || !["fr", "es"].includes(language));

const same = (some: Iterable<string>, others: Iterable<string>): boolean =>
  new Set(some).symmetricDifference(new Set(others)).size === 0;

const inMessage = (language: string, here: Message, english: Message): readonly string[] => [
  ...(same(here.variables, english.variables) ? [] : ["has other variables"]),
  ...(here.strong === english.strong ? [] : ["marks other places as strong"]),
  ...(here.choices.every((keys) => same(keys.filter((key) => !/^\d+$/.test(key)).concat("other"), categories(language)))
    ? []
    : ["counts otherwise than the language does"]),
];

const inFile = (language: string, source: string, english: string): readonly string[] => {
  const [ids, messages, wanted] = [written(source), messagesOf(source), messagesOf(english)];
  return [
    ...[...wanted.keys()].filter((id) => !messages.has(id)).map((id) => `${id} is missing`),
    ...ids.filter((id) => !wanted.has(id)).map((id) => `${id} is too much`),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} stands twice`),
    ...ids.filter((id) => !messages.has(id)).map((id) => `${id} cannot be read`),
    ...[...messages].flatMap(([id, message]) => {
      const model = wanted.get(id);
      return model ? inMessage(language, message, model).map((fault) => `${id} ${fault}`) : [];
    }),
  ];
};

/**
 * Each message that is missing, too much, twice, unreadable, told other things than the English one, or that counts in
 * other categories than its language; file by file, for a file is loaded with the screens that say it.
 */
export const faultsOf = (language: string, files: Files, english: Files): readonly string[] =>
  [...new Set([...files.keys(), ...english.keys()])].flatMap((name) =>
    inFile(language, files.get(name) ?? "", english.get(name) ?? "").map((fault) => `${language}/${name}: ${fault}`),
  );
