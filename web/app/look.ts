/** Language, direction, appearance and text size, put on the document. */
import { effect } from "@preact/signals";
import { dir, language, tag, type Language } from "./i18n/index.ts";
import type { Preferences } from "./preferences.ts";

/** Keeps the root element as the reader likes it; the result stops. */
export const wear = (preferences: Preferences, root: HTMLElement): (() => void) =>
  effect(() => {
    root.lang = tag.value;
    root.dir = dir.value;
    const theme = preferences.theme.value;
    if (theme === "device") delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
    root.style.fontSize = preferences.textSize.value === 100 ? "" : `${preferences.textSize.value}%`;
  });

interface Following {
  readonly preferences: Preferences;
  readonly load: (language: Language) => Promise<void>;
  /** A language could not be had: whoever served the page is away. */
  readonly refused: () => void;
}

/** Loads the words of whichever language is chosen. One that cannot be had now is not taken. The result stops. */
export const follow = ({ preferences, load, refused }: Following): (() => void) => {
  let spoken = language.peek();
  return effect(() => {
    const wanted = language.value;
    load(wanted).then(
      () => {
        spoken = wanted;
      },
      () => {
        if (language.peek() !== wanted || spoken === wanted) return;
        preferences.setLanguage(spoken);
        refused();
      },
    );
  });
};
