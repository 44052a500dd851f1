/**
 * The only thing that views talk to: signals of what is so, and actions. Over a `Backend`, it knows no document.
 * Actions never reject: what went wrong is told by `notice`, and the result says whether it went well.
 */
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { CHANGES } from "../../src/content/quiet.ts";
import type { Listed } from "../../src/messenger/api.ts";
import type {
  CaucusMember,
  CaucusView,
  GroupId,
  InvitationView,
  MessageId,
  MessageView,
  PersonId,
  PersonView,
  Profile,
  Receipt,
} from "../../src/types.ts";
import type { Backend, ConnectionView } from "../peer/backend.ts";
import { Conversation } from "./conversation.ts";
import { Drafts } from "./drafts.ts";
import { Files } from "./files.ts";
import { compare } from "./i18n/format.ts";
import type { Args } from "./i18n/index.ts";
import { Membership } from "./membership.ts";
import { Overview } from "./overview.ts";
import { Pictures } from "./pictures.ts";
import type { Preferences } from "./preferences.ts";
import { byRecency, reachOf, titleOf, type Reach } from "./reading.ts";
import type { Router } from "./router.ts";
import { troubleId } from "./trouble.ts";
import { Verification } from "./verification.ts";

/** One sentence over everything, until it is dismissed or another comes. */
export interface Notice {
  readonly id: string;
  readonly args?: Args;
  readonly tone: "plain" | "amber" | "go";
}

export class Controller {
  readonly backend: Backend;
  readonly router: Router;
  readonly preferences: Preferences;
  readonly drafts: Drafts;
  readonly files: Files;
  readonly membership: Membership;
  readonly verification: Verification;
  readonly pictures: Pictures;
  readonly me: PersonId;
  readonly #overview: Overview;
  readonly #profile = signal<Profile>({ name: "", flag: "", delegation: "" });
  readonly #connection = signal<ConnectionView>({ peers: 0, viaHub: 0, direct: 0, addresses: [], hubs: [] });
  readonly #kind = signal<Backend["kind"]>("page");
  readonly #ready = signal(false);
  readonly #notice = signal<Notice | undefined>(undefined);
  readonly #heard = signal<MessageView | undefined>(undefined);
  readonly #conversation = signal<Conversation | undefined>(undefined);
  /** Whether the list is being searched. */
  readonly searching = signal(false);
  /** An invite code that an address brought and nobody has agreed to follow yet; the sheet `code` offers it. */
  readonly pending = signal<string | undefined>(undefined);
  /** The identity (`move=…`) that an address brought; the sheet `move` asks before it replaces the one that is here. */
  readonly moving = signal<string | undefined>(undefined);
  readonly reach: ReadonlySignal<Reach>;
  readonly sorted: ReadonlySignal<readonly CaucusView[]>;
  readonly #stops: (() => void)[] = [];

  constructor(backend: Backend, router: Router, preferences: Preferences) {
    this.backend = backend;
    this.router = router;
    this.preferences = preferences;
    this.#overview = new Overview(backend.api, (error) => this.say(troubleId(error), undefined, "amber"));
    this.drafts = new Drafts(backend.api, backend.slip);
    this.files = new Files(this);
    this.membership = new Membership(this);
    this.verification = new Verification(this);
    this.pictures = new Pictures(backend.api);
    this.me = backend.api.person;
    this.#kind.value = backend.kind;
    this.reach = computed(() => reachOf(this.#overview.people.value, this.#connection.value));
    this.sorted = computed(() => byRecency(this.#overview.caucuses.value, compare));
  }

  get profile(): ReadonlySignal<Profile> {
    return this.#profile;
  }
  get caucuses(): ReadonlySignal<readonly CaucusView[]> {
    return this.#overview.caucuses;
  }
  /** Everybody who has shown themselves in this venue, blocked ones included, this person not. */
  get people(): ReadonlySignal<readonly PersonView[]> {
    return this.#overview.people;
  }
  get invitations(): ReadonlySignal<readonly InvitationView[]> {
    return this.#overview.invitations;
  }
  /** Open caucuses that one may join. */
  get listed(): ReadonlySignal<readonly Listed[]> {
    return this.#overview.listed;
  }
  get connection(): ReadonlySignal<ConnectionView> {
    return this.#connection;
  }
  /** Who holds the keys; a tab may become the page. */
  get kind(): ReadonlySignal<Backend["kind"]> {
    return this.#kind;
  }
  /** Whether everything was loaded once. */
  get ready(): ReadonlySignal<boolean> {
    return this.#ready;
  }
  get notice(): ReadonlySignal<Notice | undefined> {
    return this.#notice;
  }
  /** The last line that came into the open caucus, for screen readers. */
  get heard(): ReadonlySignal<MessageView | undefined> {
    return this.#heard;
  }
  /** The caucus that is open. */
  get conversation(): ReadonlySignal<Conversation | undefined> {
    return this.#conversation;
  }

  caucus(id: GroupId): CaucusView | undefined {
    return this.#overview.caucuses.value.find((one) => one.caucus === id);
  }
  /** Lines that stand out, in all caucuses. */
  get unread(): number {
    return this.caucuses.value.reduce((sum, one) => sum + this.preferences.standsOut(one), 0);
  }
  person(id: PersonId): PersonView | undefined {
    return this.#overview.people.value.find((one) => one.person === id);
  }
  member(caucus: GroupId, person: PersonId): CaucusMember | undefined {
    return this.caucus(caucus)?.members.find((one) => one.person === person);
  }
  title(caucus: CaucusView): string {
    return titleOf(caucus, this.me);
  }

  /** Subscribes, then loads. Rejects when the backend cannot even be read. */
  async start(): Promise<void> {
    const { api } = this.backend;
    this.#stops.push(
      api.on("message", (line) => {
        this.#conversation.peek()?.take(line);
        if (line.sender === this.me) {
          this.drafts.said(line.caucus, line.text);
          this.files.heard(line);
        }
        if (
          line.caucus === this.#conversation.peek()?.caucus &&
          line.sender !== this.me &&
          line.kind !== "pin" &&
          !CHANGES.has(line.kind)
        )
          this.#heard.value = line;
        this.#overview.refresh();
      }),
      api.on("receipt", (line) => {
        this.#conversation.peek()?.take(line);
        if (line.kind === "withdrawn") this.#unhear(line.message);
        this.#overview.refresh();
      }),
      api.on("erased", ({ caucus, message }) => {
        const open = this.#conversation.peek();
        if (open?.caucus === caucus) open.drop(message);
        this.pictures.forget(caucus, message);
        this.#unhear(message);
        this.#overview.refresh();
      }),
      api.on("transfer", (transfer) => this.#conversation.peek()?.takeTransfer(transfer)),
      api.on("caucus", () => this.#overview.refresh()),
      api.on("invitation", () => this.#overview.refresh()),
      api.on("person", (person) => {
        this.#overview.takePerson(person);
      }),
      this.backend.onMissed(() => {
        this.#overview.refresh();
        void this.act(() => this.verification.load());
        void this.act(async () => this.#conversation.peek()?.load());
      }),
      this.verification.follow(),
      api.on("remembered", ({ name }) => {
        void this.act(() => Promise.all([this.drafts.changed(name), this.preferences.changed(name, api)]));
      }),
      this.backend.onConnection((view) => {
        this.#connection.value = view;
        this.#kind.value = this.backend.kind;
      }),
      effect(() => {
        const { place } = this.router.route.value;
        const view = place.at === "caucus" ? this.caucus(place.caucus) : undefined;
        this.#open(view);
      }),
    );
    const [profile, connection] = await Promise.all([
      api.profile(),
      this.backend.connection(),
      this.load(),
      this.verification.load(),
      this.preferences.load(api),
    ]);
    this.#profile.value = profile;
    this.#connection.value = connection;
    const left = await this.drafts.load(this.#overview.caucuses.peek().map((one) => one.caucus));
    this.#ready.value = true;
    void this.act(() => this.drafts.resume(left));
  }

  /** Nothing is left of a line: not for screen readers either. */
  #unhear(message: MessageId): void {
    if (this.#heard.peek()?.message === message) this.#heard.value = undefined;
  }

  #open(view: CaucusView | undefined): void {
    const now = this.#conversation.peek();
    if (now?.caucus === view?.caucus) return;
    now?.close();
    this.#conversation.value = view && new Conversation(this.backend.api, view);
    void this.act(async () => this.#conversation.peek()?.load());
  }

  /** Reads anew who and what there is. */
  async load(): Promise<void> {
    await this.#overview.load();
  }

  say(id: string, args?: Args, tone: Notice["tone"] = "plain"): void {
    this.#notice.value = { id, tone, ...(args && { args }) };
  }
  dismiss(): void {
    this.#notice.value = undefined;
  }

  /** Runs an action; a failure becomes a notice. `undefined` when it failed. */
  async act<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      this.say(troubleId(error), undefined, "amber");
      return undefined;
    }
  }

  readonly openCaucus = (caucus: GroupId): void => this.router.go({ at: "caucus", caucus });

  async markRead(caucus: GroupId): Promise<void> {
    if ((this.caucus(caucus)?.unread ?? 0) > 0) await this.act(() => this.backend.api.markRead(caucus));
  }

  receipts(caucus: GroupId, message: MessageId): Promise<readonly Receipt[] | undefined> {
    return this.act(() => this.backend.api.receipts(caucus, message));
  }

  async setProfile(profile: Profile): Promise<boolean> {
    const done = await this.act(async () => {
      await this.backend.api.setProfile(profile);
      this.#profile.value = profile;
      return true;
    });
    return done ?? false;
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#conversation.peek()?.close();
    this.drafts.stop();
    this.files.stop();
    this.pictures.close();
  }
}
