/**
 * Words of the interface, by Fluent. Pure but for one signal: which language. The sources come from outside
 * (`sources.ts` in a bundle, the files themselves in tests).
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { computed, signal } from "@preact/signals";

export type Language = "ar" | "zh" | "en" | "fr" | "ru" | "es";
/** Each named in itself, in the order of the United Nations; `tag` says of Han glyphs which. */
export const LANGUAGES: readonly {
  readonly language: Language;
  readonly name: string;
  readonly dir: "ltr" | "rtl";
  readonly tag: string;
}[] = [
  { language: "ar", name: "العربية", dir: "rtl", tag: "ar" },
  { language: "zh", name: "中文", dir: "ltr", tag: "zh-Hans" },
  { language: "en", name: "English", dir: "ltr", tag: "en" },
  { language: "fr", name: "Français", dir: "ltr", tag: "fr" },
  { language: "ru", name: "Русский", dir: "ltr", tag: "ru" },
  { language: "es", name: "Español", dir: "ltr", tag: "es" },
];

/** Fluent sources by language. */
export type Sources = Readonly<Record<Language, readonly string[]>>;
/** What a message is told: several names stand in a row, as the language joins them. */
export type Args = Readonly<Record<string, string | number | readonly string[]>>;

// Day before month, a 24-hour clock, and digits that match the placards' and clocks' of the venue.
const LOCALES: Readonly<Partial<Record<Language, string>>> = { en: "en-GB", ar: "ar-u-nu-latn" };

const bundles = signal<Readonly<Partial<Record<Language, FluentBundle>>>>({});
export const language = signal<Language>("en");
const spoken = computed(() => LANGUAGES.find((one) => one.language === language.value));
export const dir = computed(() => spoken.value?.dir ?? "ltr");
/** For `lang` in the document. */
export const tag = computed(() => spoken.value?.tag ?? "");
export const locale = computed(() => LOCALES[language.value] ?? tag.value);

export const isLanguage = (value: unknown): value is Language => LANGUAGES.some((one) => one.language === value);

/** The first of the reader's languages that is ready, or English. */
export const preferred = (wishes: readonly string[]): Language =>
  wishes.map((wish) => wish.toLowerCase().split("-")[0]).find(isLanguage) ?? "en";

/** Adds languages to those that are there. Throws a `SyntaxError` for a source that does not parse: that is a fault of the build. */
export const install = (sources: Partial<Sources>): void => {
  const made: Partial<Record<Language, FluentBundle>> = { ...bundles.value };
  for (const { language: one, tag: own } of LANGUAGES) {
    const given = sources[one];
    if (given === undefined) continue;
    // Isolation is ours (see `isolated`): only what needs it, so that plain words stay plain in the document.
    const bundle = new FluentBundle(LOCALES[one] ?? own, { useIsolating: false });
    for (const source of given) {
      const [error] = bundle.addResource(new FluentResource(source));
      if (error) throw error;
    }
    made[one] = bundle;
  }
  bundles.value = made;
};

const TURNS =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200e\u200f\u202a-\u202e\u2066-\u2069\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** In a sentence of our language, somebody's words must not turn ours round. */
const isolated = (value: string): string =>
  dir.value === "rtl" || TURNS.test(value)
    ? `\u2068${value.replace(/[\u202a-\u202e\u2066-\u2069]/g, "")}\u2069`
    : value;

const rows = computed(() => new Intl.ListFormat(locale.value, { type: "conjunction" }));

/** Each name by itself: as one piece they would take our "and" between them along, to where it does not belong. */
const toldAs = (value: Args[string]): FluentVariable => {
  if (typeof value === "number") return value;
  return typeof value === "string" ? isolated(value) : rows.value.format(value.map(isolated));
};

/** The reader's language; another while its words are on their way. */
const bundleNow = (): FluentBundle | undefined =>
  bundles.value[language.value] ?? Object.values(bundles.value).find((one) => one !== undefined);

/** A message's words in the reader's language. An unknown id shows itself; a test sees to it that there is none. */
export const t = (id: string, args?: Args): string => {
  const bundle = bundleNow();
  const message = bundle?.getMessage(id);
  if (!bundle || !message?.value) return id;
  const given: Record<string, FluentVariable> = {};
  for (const [name, value] of Object.entries(args ?? {})) given[name] = toldAs(value);
  // Errors are collected rather than thrown: half a sentence is better than none.
  return bundle.formatPattern(message.value, given, []);
};

const OPEN = "\ue000";

/** A message whose words carry `<b>…</b>`: the pieces in order. What others wrote never counts as a mark. */
export const marked = (id: string, args?: Args): readonly { readonly text: string; readonly strong: boolean }[] => {
  const plain = (value: string): string => value.replaceAll("<", OPEN);
  const safe: Record<string, Args[string]> = {};
  for (const [name, value] of Object.entries(args ?? {})) {
    if (typeof value === "number") safe[name] = value;
    else safe[name] = typeof value === "string" ? plain(value) : value.map(plain);
  }
  return t(id, safe)
    .split(/<\/?b>/)
    .map((text, at) => ({ text: text.replaceAll(OPEN, "<"), strong: at % 2 === 1 }))
    .filter(({ text }) => text !== "");
};
