/** From an opened page to a running messenger: what has to be asked, in order. Knows no document. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Backend, Beginning, Opening, Origin } from "../peer/backend.ts";
import { Controller } from "./controller.ts";
import type { Language } from "./i18n/index.ts";
import type { Preferences } from "./preferences.ts";
import type { Router } from "./router.ts";
import { troubleId } from "./trouble.ts";

/** `opening`: what is on this device is being looked at. `in`: there is a messenger. `wiped`: there was. */
export type Stage =
  | { readonly stage: "opening" }
  | { readonly stage: "new" | "locked" | "no-token" }
  | { readonly stage: "impossible"; readonly code: string }
  | { readonly stage: "in"; readonly controller: Controller }
  | { readonly stage: "wiped"; readonly daemon: boolean };

export class Boot {
  readonly router: Router;
  readonly preferences: Preferences;
  readonly #stage = signal<Stage>({ stage: "opening" });
  readonly #origin = signal<Origin | undefined>(undefined);
  readonly #unspoken = signal<string | undefined>(undefined);
  readonly #opening: Promise<Opening>;
  readonly #reload: () => void;

  /** `open` begins at once: what it loads comes while the person types their name. `reload` loads the page anew. */
  constructor(open: () => Promise<Opening>, router: Router, preferences: Preferences, reload: () => void = () => {}) {
    this.#reload = reload;
    this.router = router;
    this.preferences = preferences;
    this.#opening = open();
    this.#begin().catch((error: unknown) => this.#fail(error));
  }

  get stage(): ReadonlySignal<Stage> {
    return this.#stage;
  }
  /** Where the page came from, once that is known. */
  get origin(): ReadonlySignal<Origin | undefined> {
    return this.#origin;
  }
  /** Why the language that was chosen before there is a messenger was not taken: the id of the words to say. */
  get unspoken(): ReadonlySignal<string | undefined> {
    return this.#unspoken;
  }

  /** Chooses a language. */
  speak(language: Language): void {
    this.#unspoken.value = undefined;
    this.preferences.setLanguage(language);
  }

  /** The words of the language that was chosen cannot be had: whoever served the page is away. Says so on any screen. */
  cannotSpeak(): void {
    const now = this.#stage.peek();
    if (now.stage === "in") now.controller.say("error-hub-away");
    else this.#unspoken.value = "error-hub-away";
  }

  async #begin(): Promise<void> {
    const opening = await this.#opening;
    this.#origin.value = opening.origin;
    if (opening.state === "ready") {
      const controller = await this.#enter(opening.backend);
      this.#follow(controller, opening.origin);
    } else if (opening.state === "impossible") this.#stage.value = { stage: "impossible", code: opening.code };
    else this.#stage.value = { stage: opening.state };
  }

  /** Whoever is somebody here already is asked before a link speaks in their name, or takes its place. */
  #follow(controller: Controller, { invite, move, verify }: Origin): void {
    if (invite) {
      controller.pending.value = invite;
      this.router.open({ over: "code" });
    } else if (move) {
      controller.moving.value = move;
      this.router.open({ over: "move" });
    } else if (verify) controller.verification.bring(verify);
    // Whoever has no name wanted to be a device of somebody's, and is not yet.
    else if (controller.profile.peek().name === "") this.router.open({ over: "offer" });
  }

  #fail(error: unknown): void {
    this.#stage.value = { stage: "impossible", code: troubleId(error) };
  }

  async #enter(backend: Backend): Promise<Controller> {
    const controller = new Controller(backend, this.router, this.preferences);
    // Another tab has wiped this device or become somebody else: nothing here is true any more.
    backend.onGone(() => {
      controller.stop();
      this.#reload();
    });
    await controller.start();
    this.#stage.value = { stage: "in", controller };
    return controller;
  }

  /** A new person. Follows the invite that brought them. Gives the id of what went wrong. */
  async join(how: Beginning): Promise<string | undefined> {
    return this.#try(async (opening) => {
      if (opening.state !== "new") return;
      const controller = await this.#enter(await opening.begin(how));
      const { invite, verify } = opening.origin;
      if (verify) controller.verification.bring(verify);
      if (!invite) return;
      controller.say("notice-joining", undefined, "go");
      // Not awaited: the screens are there, and the caucus opens when a member answers.
      void controller.membership.join(invite).then(() => {
        if (controller.notice.peek()?.id === "notice-joining") controller.dismiss();
        return undefined;
      });
    });
  }

  /** Begins without a name, to become a device of somebody who uses Couloir elsewhere already. */
  async link(passphrase: string): Promise<string | undefined> {
    return this.#try(async (opening) => {
      if (opening.state !== "new") return;
      const profile = { name: "", flag: "", delegation: "" };
      await this.#enter(await opening.begin({ profile, ...(passphrase !== "" && { passphrase }) }));
      this.router.open({ over: "offer" });
    });
  }

  /** An identity from elsewhere; `keep` locks it here with the same passphrase. */
  async restore(from: Uint8Array | string, passphrase: string, keep: boolean): Promise<string | undefined> {
    return this.#try(async (opening) => {
      if (opening.state === "new") await this.#enter(await opening.restore(from, passphrase, keep));
    });
  }

  async unlock(passphrase: string): Promise<string | undefined> {
    return this.#try(async (opening) => {
      if (opening.state !== "locked") return;
      const controller = await this.#enter(await opening.unlock(passphrase));
      this.#follow(controller, opening.origin);
    });
  }

  /** Nothing is left of the profile on this device: nothing of it is shown or remembered any more. */
  end(): void {
    const now = this.#stage.peek();
    if (now.stage !== "in") return;
    now.controller.stop();
    this.#stage.value = { stage: "wiped", daemon: now.controller.kind.peek() === "daemon" };
    this.router.forget();
  }

  /** Whoever has forgotten the passphrase can only begin anew. The page has to be loaded again afterwards. */
  async wipe(): Promise<string | undefined> {
    return this.#try(async (opening) => {
      if (opening.state === "locked") await opening.wipe();
    });
  }

  async #try(act: (opening: Opening) => Promise<void>): Promise<string | undefined> {
    try {
      await act(await this.#opening);
      return undefined;
    } catch (error) {
      return troubleId(error);
    }
  }
}
