/** Tells outside of the page that something came, where the person wants that and does not look at the page. */
import { QUIET } from "../../../src/content/quiet.ts";
import type { GroupId, MessageId, MessageView } from "../../../src/types.ts";
import type { Controller } from "../controller.ts";
import { t } from "../i18n/index.ts";
import { plainName, plainText, cut } from "../text.ts";

/** Characters of a text that a preview shows. */
const PREVIEW = 140;

/** A notification: a later one with the same tag takes its place. */
export interface Told {
  readonly title: string;
  readonly body: string;
  /** Says nothing about the caucus to whoever keeps notifications. */
  readonly tag: string;
}

/** The part of a browser that shows them. */
export interface Teller {
  /** Whether somebody looks at the page. */
  seen(): boolean;
  /** Whether the browser lets this page tell anything. */
  may(): boolean;
  show(told: Told, onPress: () => void): void;
  /** Takes away what was shown with this tag, as far as the browser lets it. */
  hide(tag: string): void;
}

export class Notifier {
  readonly #app: Controller;
  readonly #teller: Teller;
  readonly #tags = new Map<GroupId, string>();
  /** What the last notification of a caucus is about. */
  readonly #last = new Map<GroupId, MessageId>();
  readonly #stops: readonly (() => void)[];

  constructor(app: Controller, teller: Teller) {
    this.#app = app;
    this.#teller = teller;
    const { api } = app.backend;
    this.#stops = [
      api.on("message", (line) => this.#hear(line)),
      api.on("receipt", (line) => {
        if (line.kind === "withdrawn") this.#unsay(line);
      }),
      api.on("erased", (line) => this.#unsay(line)),
    ];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /** What was taken back is not read here either. */
  #unsay({ caucus, message }: Pick<MessageView, "caucus" | "message">): void {
    const tag = this.#last.get(caucus) === message ? this.#tags.get(caucus) : undefined;
    if (tag !== undefined) this.#teller.hide(tag);
  }

  #hear(line: MessageView): void {
    const { quiet } = this.#app.preferences;
    const { notify, previews, pocket } = quiet.now;
    if (!notify || quiet.plenary || !this.#interrupts(line) || this.#teller.seen() || !this.#teller.may()) return;
    const { caucus } = line;
    const tag = this.#tags.get(caucus) ?? `couloir-${this.#tags.size}`;
    this.#tags.set(caucus, tag);
    this.#last.set(caucus, line.message);
    const told = previews && !pocket ? this.#whole(line) : { title: t("app-name"), body: this.#bare(line) };
    this.#teller.show({ ...told, tag }, () => this.#app.openCaucus(caucus));
  }

  /** What the person of this device has to see, in a caucus that may stand out with it. */
  #interrupts(line: MessageView): boolean {
    const { me, preferences } = this.#app;
    if (line.sender === me || line.granted || line.kind === "notice" || QUIET.has(line.kind)) return false;
    const alert = preferences.alert(line.caucus);
    return alert === "all" || (alert === "mentions" && (line.kind === "call" || this.#named(line)));
  }

  #named({ mentions }: MessageView): boolean {
    return mentions?.some(({ person }) => person === this.#app.me) ?? false;
  }

  #bare(line: MessageView): string {
    if (line.kind === "call") return t("notify-call");
    return t(this.#named(line) ? "notify-named" : "notify-new");
  }

  #whole(line: MessageView): Pick<Told, "title" | "body"> {
    const view = this.#app.caucus(line.caucus);
    const name = plainName(line.name) || t("nameless");
    const text = line.tool ? this.#bare(line) : cut(plainText(line.text), PREVIEW);
    return {
      title: (view && this.#app.title(view)) || t("nameless"),
      body: t("said-aloud", { name, text: text || t("notify-new") }),
    };
  }
}
