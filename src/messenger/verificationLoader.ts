/** Verification in person is loaded apart: few need it in the first minute, and a page is to be there quickly. */
import type { Session } from "./session.ts";
import type * as module from "./verification.ts";

export type Verification = typeof module;

export class VerificationLoader {
  readonly #session: Session;
  #module: Verification | undefined;
  #loading: Promise<Verification> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** It, if it is here. */
  get here(): Verification | undefined {
    return this.#module;
  }

  /** Loads it. When that fails (the hub is away and the browser has not kept it), the next call tries again. */
  load(): Promise<Verification> {
    this.#loading ??= import("./verification.ts").then(
      (loaded) => {
        this.#module = loaded;
        loaded.beginVerification(this.#session);
        return loaded;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
