/** The screens that are loaded apart, and their words. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { language } from "../i18n/index.ts";
import { loadAll } from "../i18n/sources.ts";
import { addIcons } from "./Icon.tsx";
import type * as screens from "../views/apart.ts";

type Apart = typeof screens;
const loaded = signal<Apart | undefined>(undefined);
let loading: Promise<void> | undefined;

/** Their look, where the page names it: a page in one file has it already. */
const loadLook = (): Promise<void> => {
  const href = document.querySelector<HTMLMetaElement>('meta[name="couloir-apart"]')?.content;
  if (href === undefined) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => {
      link.remove();
      reject(new Error("the look of what is loaded apart did not come"));
    });
    Object.assign(link, { rel: "stylesheet", href });
    document.head.append(link);
  });
};

/** Loads them, once. When that fails (the hub is away and the browser has not kept them), the next call tries again. */
export const loadApart = (): void => {
  loading ??= Promise.all([import("../views/apart.ts"), loadAll(language.peek()), loadLook()]).then(
    ([module]) => {
      addIcons(module.laterIcons);
      loaded.value = module;
      module.emojiAhead();
    },
    () => {
      loading = undefined;
    },
  );
};

/** They, once they are here. */
export const apart: ReadonlySignal<Apart | undefined> = loaded;
