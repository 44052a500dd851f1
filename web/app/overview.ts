/** Everybody and everything there is, as last read: caucuses, people, invitations, open caucuses of the venue. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Listed } from "../../src/messenger/api.ts";
import type { CaucusView, InvitationView, PersonView } from "../../src/types.ts";
import type { RemoteApi } from "../peer/backend.ts";

export class Overview {
  readonly #api: RemoteApi;
  readonly #failed: (error: unknown) => void;
  readonly #caucuses = signal<readonly CaucusView[]>([]);
  readonly #people = signal<readonly PersonView[]>([]);
  readonly #invitations = signal<readonly InvitationView[]>([]);
  readonly #listed = signal<readonly Listed[]>([]);
  #refreshing = false;
  #stale = false;

  /** `failed` is told why a refresh could not be read; what was read before stays. */
  constructor(api: RemoteApi, failed: (error: unknown) => void) {
    this.#api = api;
    this.#failed = failed;
  }

  get caucuses(): ReadonlySignal<readonly CaucusView[]> {
    return this.#caucuses;
  }
  get people(): ReadonlySignal<readonly PersonView[]> {
    return this.#people;
  }
  get invitations(): ReadonlySignal<readonly InvitationView[]> {
    return this.#invitations;
  }
  get listed(): ReadonlySignal<readonly Listed[]> {
    return this.#listed;
  }

  /** Reads everything now. */
  async load(): Promise<void> {
    const [caucuses, invitations, listed, people] = await Promise.all([
      this.#api.caucuses(),
      this.#api.invitations(),
      this.#api.listed(),
      this.#api.people(),
    ]);
    this.#caucuses.value = caucuses;
    this.#invitations.value = invitations;
    this.#listed.value = listed;
    this.#people.value = people;
  }

  takePerson(person: PersonView): void {
    this.#people.value = [...this.#people.peek().filter((one) => one.person !== person.person), person];
    this.refresh();
  }

  /** Reads anew; what changes meanwhile is fetched once more, never twice at a time. */
  refresh(): void {
    this.#stale = true;
    if (!this.#refreshing) void this.#refreshAll();
  }

  async #refreshAll(): Promise<void> {
    this.#refreshing = true;
    while (this.#stale) {
      this.#stale = false;
      try {
        await this.load();
      } catch (error) {
        this.#failed(error);
      }
    }
    this.#refreshing = false;
  }
}
