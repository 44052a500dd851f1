/** Language, direction, appearance and text size, put on the document. */
import { effect } from "@preact/signals";
import { dir, tag } from "./i18n/index.ts";
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
