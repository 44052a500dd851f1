/** Verifying people in person: codes, emoji, a caucus's room code, and what follows when keys have changed. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Outcome } from "../../src/messenger/api.ts";
import type {
  ComparisonView,
  GroupId,
  MessengerEvents,
  PersonId,
  PersonView,
  RoomCodeView,
  Trust,
} from "../../src/types.ts";
import type { Backend } from "../peer/backend.ts";
import type { Args } from "./i18n/index.ts";
import type { Router } from "./router.ts";
import { plainName } from "./text.ts";
import { codeOf, troubleId } from "./trouble.ts";

/** Why a code verified nobody, or not wholly: `CouloirError` codes of `verify`. */
const REFUSALS = [
  "bad-code",
  "own-code",
  "unknown-person",
  "code-of-another",
  "devices-differ",
  "devices-forked",
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What became of a code. */
export type Checked = { readonly person: PersonView } | { readonly refusal: Refusal };

/** Notices of the messenger that a person should read, by code. */
const NOTICES: Readonly<Record<string, string>> = {
  renamed: "notice-renamed",
  "keys-changed": "notice-keys-changed",
  "keys-forked": "notice-keys-forked",
};

/** Those that name nobody. */
const WARNINGS: Readonly<Record<string, string>> = {
  "device-revoked": "notice-device-revoked",
  "quantum-lost": "notice-quantum-lost",
  equivocation: "notice-twofold",
  "own-equivocation": "notice-own-twofold",
  "invite-used-twice": "notice-contest",
  "invite-declined": "notice-declined",
  backdated: "notice-backdated",
};

/** Something that waits for this person: a comparison, or a room code. */
export type Asking =
  | { readonly of: "comparison"; readonly view: ComparisonView }
  | { readonly of: "room"; readonly view: RoomCodeView };

/** What it needs of the controller. */
interface Desk {
  readonly backend: Backend;
  readonly router: Router;
  act<T>(action: () => Promise<T>): Promise<T | undefined>;
  load(): Promise<void>;
  say(id: string, args?: Args, tone?: "plain" | "amber" | "go"): void;
  person(id: PersonId): PersonView | undefined;
}

/** Whether what is written to them is held. */
export const isBroken = (trust: Trust): boolean => trust !== "verified" && trust !== "unverified";

export class Verification {
  readonly #desk: Desk;
  readonly #comparisons = signal<ReadonlyMap<PersonId, ComparisonView>>(new Map());
  readonly #rooms = signal<ReadonlyMap<GroupId, RoomCodeView>>(new Map());
  /** A code that an address or another sheet brought; the sheet `verify` asks before it is taken. */
  readonly brought = signal<string | undefined>(undefined);

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Those under way, and those that have ended until `forget`. */
  get comparisons(): ReadonlySignal<ReadonlyMap<PersonId, ComparisonView>> {
    return this.#comparisons;
  }
  /** The same of room codes. */
  get rooms(): ReadonlySignal<ReadonlyMap<GroupId, RoomCodeView>> {
    return this.#rooms;
  }

  /** What waits for this person: emoji to compare first, then what somebody asks. */
  asking(): readonly Asking[] {
    const all: Asking[] = [
      ...Array.from(this.#comparisons.value.values(), (view) => ({ of: "comparison", view }) as const),
      ...Array.from(this.#rooms.value.values(), (view) => ({ of: "room", view }) as const),
    ];
    return ["compare", "asked"].flatMap((state) => all.filter(({ view }) => view.state === state));
  }

  /** Follows the messenger's events. The result stops that. */
  follow(): () => void {
    const { api } = this.#desk.backend;
    const stops = [
      api.on(
        "comparison",
        (view) => (this.#comparisons.value = new Map(this.#comparisons.peek()).set(view.person, view)),
      ),
      api.on("roomCode", (view) => (this.#rooms.value = new Map(this.#rooms.peek()).set(view.caucus, view))),
      api.on("notice", (notice) => this.#tell(notice)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  #tell({ code, person }: MessengerEvents["notice"]): void {
    const warning = WARNINGS[code];
    if (warning) this.#desk.say(warning, undefined, "amber");
    const id = NOTICES[code];
    const view = person && this.#desk.person(person);
    if (!id || !view) return;
    this.#desk.say(id, { name: plainName(view.name), before: plainName(view.knownAs ?? "") }, "amber");
  }

  /** Reads anew what is under way. */
  async load(): Promise<void> {
    const { api } = this.#desk.backend;
    const [comparisons, rooms] = await Promise.all([api.comparisons(), api.roomCodes()]);
    this.#comparisons.value = new Map(comparisons.map((view) => [view.person, view]));
    this.#rooms.value = new Map(rooms.map((view) => [view.caucus, view]));
  }

  /** Lets go of what has ended. */
  forget(of: PersonId | GroupId): void {
    const ended = (view: { readonly state: string } | undefined): boolean => view?.state === "ended";
    if (ended(this.#comparisons.peek().get(of as PersonId)))
      this.#comparisons.value = new Map([...this.#comparisons.peek()].filter(([person]) => person !== of));
    if (ended(this.#rooms.peek().get(of as GroupId)))
      this.#rooms.value = new Map([...this.#rooms.peek()].filter(([caucus]) => caucus !== of));
  }

  /** This device's code to be scanned: a link that a phone's camera opens, or the bare code where no address is known. */
  async ownCode(): Promise<string | undefined> {
    const code = await this.#desk.act(() => this.#desk.backend.api.verifyCode());
    return code && (this.#desk.backend.inviteLink(code) ?? code);
  }

  /** Takes a scanned or typed code. `undefined` when it came to something else, which a notice tells. */
  async check(code: string, person?: PersonId): Promise<Checked | undefined> {
    try {
      return { person: await this.#desk.backend.api.verify(code.trim(), person) };
    } catch (error) {
      const refusal = REFUSALS.find((one) => one === codeOf(error));
      if (refusal) return { refusal };
      this.#desk.say(troubleId(error), undefined, "amber");
      return undefined;
    } finally {
      await this.#desk.act(() => this.#desk.load());
    }
  }

  /** Shows the sheet that takes a code which was not scanned for anybody in particular. */
  bring(code: string): void {
    this.brought.value = code;
    this.#desk.router.open({ over: "verify" });
  }

  /** Asks somebody to compare emoji, or agrees to. */
  async compare(person: PersonId): Promise<void> {
    await this.#desk.act(() => this.#desk.backend.api.compare(person));
  }
  async endComparison(person: PersonId, outcome: Outcome): Promise<void> {
    await this.#change(() => this.#desk.backend.api.endComparison(person, outcome));
  }
  /** Begins a room code, or takes part. */
  async roomCode(caucus: GroupId): Promise<void> {
    await this.#desk.act(() => this.#desk.backend.api.roomCode(caucus));
  }
  async closeRoomCode(caucus: GroupId): Promise<void> {
    await this.#desk.act(() => this.#desk.backend.api.closeRoomCode(caucus));
  }
  async endRoomCode(caucus: GroupId, outcome: Outcome): Promise<void> {
    await this.#change(() => this.#desk.backend.api.endRoomCode(caucus, outcome));
  }
  /** "I have looked at the app they use", or no longer. */
  async vouch(person: PersonId, looked: boolean): Promise<void> {
    await this.#change(() => this.#desk.backend.api.vouch(person, looked));
  }
  /** Takes their keys as they are, unchecked. */
  async acceptKeys(person: PersonId): Promise<void> {
    await this.#change(() => this.#desk.backend.api.acceptKeys(person));
  }

  async #change(action: () => Promise<unknown>): Promise<void> {
    await this.#desk.act(async () => {
      await action();
      await this.#desk.load();
    });
  }
}
