/** Who is in which caucus: making, joining, inviting, leaving. Each act is told of by a notice where it fails. */
import type { GrantOptions, Invite, InviteOptions, NewCaucus } from "../../src/messenger/api.ts";
import type { GroupId, PersonId } from "../../src/types.ts";
import type { Backend } from "../peer/backend.ts";
import type { Args } from "./i18n/index.ts";
import type { Router } from "./router.ts";

/** Milliseconds that a join waits for a member's answer before it says that it will go on trying. */
const JOIN_WAIT = 20_000;

/** What it needs of the controller. */
interface Desk {
  readonly backend: Backend;
  readonly router: Router;
  act<T>(action: () => Promise<T>): Promise<T | undefined>;
  load(): Promise<void>;
  say(id: string, args?: Args, tone?: "plain" | "amber" | "go"): void;
  openCaucus(caucus: GroupId): void;
}

export class Membership {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async createCaucus(name: string, options: NewCaucus): Promise<GroupId | undefined> {
    const made = await this.#desk.act(async () => {
      const caucus = await this.#desk.backend.api.createCaucus(name, options);
      await this.#desk.load();
      return caucus;
    });
    if (made) this.#desk.openCaucus(made);
    return made;
  }

  /** Opens the conversation with one person, made when there is none. */
  async direct(person: PersonId): Promise<void> {
    const caucus = await this.#desk.act(async () => {
      const made = await this.#desk.backend.api.direct(person);
      await this.#desk.load();
      return made;
    });
    if (caucus) this.#desk.openCaucus(caucus);
  }

  invite(caucus: GroupId, options?: InviteOptions): Promise<Invite | undefined> {
    return this.#desk.act(() => this.#desk.backend.api.invite(caucus, options));
  }

  /** Follows an invite code and opens the caucus. Where approval is asked for, or nobody answered, a notice says so. */
  async join(code: string): Promise<GroupId | undefined> {
    return this.#enter(() => this.#desk.backend.api.join(code.trim(), JOIN_WAIT));
  }
  async accept(caucus: GroupId): Promise<GroupId | undefined> {
    return this.#enter(() => this.#desk.backend.api.accept(caucus));
  }
  async #enter(way: () => Promise<{ caucus: GroupId; state: "joined" | "pending" }>): Promise<GroupId | undefined> {
    const result = await this.#desk.act(async () => {
      const entered = await way();
      await this.#desk.load();
      return entered;
    });
    if (result?.state === "pending") this.#desk.say("notice-pending", undefined, "amber");
    if (result?.state === "joined") this.#desk.openCaucus(result.caucus);
    return result?.caucus;
  }

  async decline(caucus: GroupId): Promise<void> {
    await this.#desk.act(async () => {
      await this.#desk.backend.api.decline(caucus);
      await this.#desk.load();
    });
  }
  async block(person: PersonId): Promise<void> {
    await this.#desk.act(async () => {
      await this.#desk.backend.api.block(person);
      await this.#desk.load();
    });
  }
  async add(caucus: GroupId, person: PersonId, options?: GrantOptions): Promise<void> {
    await this.#desk.act(async () => {
      await this.#desk.backend.api.add(caucus, person, options);
      await this.#desk.load();
    });
  }
  async remove(caucus: GroupId, person: PersonId): Promise<void> {
    await this.#desk.act(async () => {
      await this.#desk.backend.api.remove(caucus, person);
      await this.#desk.load();
    });
  }
  async leave(caucus: GroupId): Promise<void> {
    const left = await this.#desk.act(async () => {
      await this.#desk.backend.api.leave(caucus);
      await this.#desk.load();
      return true;
    });
    if (left) this.#desk.router.go({ at: "caucuses" });
  }
}
