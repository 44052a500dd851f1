/** The screens that are loaded apart, and their words. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { language } from "../i18n/index.ts";
import { loadAll } from "../i18n/sources.ts";
import type * as screens from "../views/apart.ts";

type Apart = typeof screens;
const loaded = signal<Apart | undefined>(undefined);
let loading: Promise<void> | undefined;

/** Loads them, once. When that fails (the hub is away and the browser has not kept them), the next call tries again. */
export const loadApart = (): void => {
  loading ??= Promise.all([import("../views/apart.ts"), loadAll(language.peek())]).then(
    ([module]) => {
      loaded.value = module;
    },
    () => {
      loading = undefined;
    },
  );
};

/** They, once they are here. */
export const apart: ReadonlySignal<Apart | undefined> = loaded;
