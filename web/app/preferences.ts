/**
 * How this person likes the screens: language, appearance, which caucuses may interrupt. Kept with the messenger's own things; language
 * and appearance also where they can be read before the messenger is open (they say nothing about anybody).
 */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { CaucusView, GroupId } from "../../src/types.ts";
import type { RemoteApi } from "../peer/backend.ts";
import { isLanguage, language, type Language } from "./i18n/index.ts";
import { Quiet } from "./quiet/quiet.ts";

export type Theme = "device" | "light" | "dark";
export const THEMES: readonly Theme[] = ["device", "light", "dark"];
export const TEXT_SIZES: readonly number[] = [100, 125, 150, 200];

/** What of a caucus stands out: everything, only what names this person (and calls), nothing. */
export type Alert = "all" | "mentions" | "none";
export const ALERTS: readonly Alert[] = ["all", "mentions", "none"];

const isTheme = (value: unknown): value is Theme => THEMES.some((one) => one === value);

/** The part of `localStorage` in use; it may be refused. */
export interface Shelf {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

const NAME = "couloir:look";
const ALERT = "alerts";

export class Preferences {
  readonly quiet: Quiet;
  readonly #shelf: Shelf | undefined;
  readonly #theme = signal<Theme>("device");
  readonly #textSize = signal(100);
  readonly #alerts = signal<ReadonlyMap<GroupId, Alert>>(new Map());
  #api: Pick<RemoteApi, "remember"> | undefined;

  /** Reads the shelf; `wish` is the language to use where it holds none. */
  constructor(shelf: Shelf | undefined, wish: Language) {
    this.#shelf = shelf;
    this.quiet = new Quiet(shelf);
    language.value = wish;
    this.#take(parse(read(shelf)));
  }

  get theme(): ReadonlySignal<Theme> {
    return this.#theme;
  }
  /** Per cent. */
  get textSize(): ReadonlySignal<number> {
    return this.#textSize;
  }
  alert(caucus: GroupId): Alert {
    return this.#alerts.value.get(caucus) ?? "all";
  }
  /** How many unread lines of a caucus stand out. */
  standsOut({ caucus, unread, mentioned = 0 }: Pick<CaucusView, "caucus" | "unread" | "mentioned">): number {
    const alert = this.alert(caucus);
    return alert === "all" ? unread : alert === "mentions" ? mentioned : 0;
  }

  /** Whether this browser has shown Couloir to its person before. */
  get known(): boolean {
    return read(this.#shelf) !== null;
  }

  /** What the messenger keeps wins over the shelf. */
  async load(api: Pick<RemoteApi, "remember" | "remembered">): Promise<void> {
    this.#api = api;
    const [look, alerts] = await Promise.all([api.remembered("look"), api.remembered(ALERT)]);
    this.#take(look);
    this.#takeAlerts(alerts);
    this.#keep();
  }

  /** Another device of this person changed what is remembered under a name. How the screens look is each device's own. */
  async changed(name: string, api: Pick<RemoteApi, "remembered">): Promise<void> {
    if (name === ALERT) this.#takeAlerts(await api.remembered(ALERT));
  }

  setLanguage(value: Language): void {
    language.value = value;
    this.#keep();
  }
  setTheme(value: Theme): void {
    this.#theme.value = value;
    this.#keep();
  }
  setTextSize(value: number): void {
    this.#textSize.value = value;
    this.#keep();
  }
  setAlert(caucus: GroupId, alert: Alert): void {
    const all = new Map(this.#alerts.peek()).set(caucus, alert);
    if (alert === "all") all.delete(caucus);
    this.#alerts.value = all;
    this.#api?.remember(ALERT, [...all], { shared: true }).catch(() => {});
  }

  #takeAlerts(alerts: unknown): void {
    this.#alerts.value = new Map(Array.isArray(alerts) ? alerts.filter(isAlert) : []);
  }

  #take(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    if ("language" in value && isLanguage(value.language)) language.value = value.language;
    if ("theme" in value && isTheme(value.theme)) this.#theme.value = value.theme;
    if ("textSize" in value && TEXT_SIZES.some((one) => one === value.textSize)) {
      this.#textSize.value = Number(value.textSize);
    }
  }

  #keep(): void {
    const look = { language: language.peek(), theme: this.#theme.peek(), textSize: this.#textSize.peek() };
    try {
      this.#shelf?.setItem(NAME, JSON.stringify(look));
    } catch {
      // A private window may refuse; the messenger's own copy is enough once it is open.
    }
    this.#api?.remember("look", look).catch(() => {});
  }
}

const isAlert = (value: unknown): value is readonly [GroupId, Alert] =>
  Array.isArray(value) && typeof value[0] === "string" && ALERTS.some((one) => one === value[1]);

const read = (shelf: Shelf | undefined): string | null => {
  try {
    return shelf?.getItem(NAME) ?? null;
  } catch {
    return null;
  }
};

const parse = (text: string | null): unknown => {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
};
