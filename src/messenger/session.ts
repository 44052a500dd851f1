/**
 * The messenger's memory and its one queue of steps. A step works on drafts; then everything that it changed goes to
 * disk in one batch; then the drafts become the truth, events are told and frames leave. A step that fails changes
 * nothing.
 */
import type { Link } from "../net/link.ts";
import type { Kem } from "../protocol/hybrid.ts";
import type { Card, Self } from "../protocol/identity.ts";
import { makeCard, personOf } from "../protocol/identity.ts";
import type { Store } from "../store/store.ts";
import type { Clock, DeviceId, GroupId, MemberId, Millis, OpId, Pause, PersonId, Profile, Random } from "../types.ts";
import type { Ask } from "./asks.ts";
import { Budget } from "./budget.ts";
import { Emitter } from "./emitter.ts";
import { ExchangeBook } from "./exchangeBook.ts";
import { Fading } from "./fading.ts";
import { FileBook } from "./fileBook.ts";
import { Fetches } from "./fetches.ts";
import { GroupTags } from "./groupTags.ts";
import type { Handouts } from "./handouts.ts";
import type { Invitation } from "./invitations.ts";
import type { Mailbox } from "./mailbox.ts";
import type { OutboxEntry } from "./outboxBook.ts";
import type { Held } from "./parts.ts";
import { loadGroup } from "./parts.ts";
import type { People } from "./people.ts";
import { expectPointers } from "./pointers.ts";
import type { Asking as RecallAsking } from "./recalling.ts";
import { Seeking } from "./seeking.ts";
import { Step } from "./step.ts";
import type { Place } from "./tagBook.ts";
import type { Told } from "./trustNews.ts";
import type { Comparison } from "./comparisons.ts";
import type { Round } from "./rounds.ts";
import { TagBook } from "./tagBook.ts";
import type { Venue } from "./venue.ts";
import type { VenueDoor } from "./venueDoor.ts";
import { WaitingRoom } from "./waiting.ts";
import type { ToolBook } from "./tools/toolBook.ts";
import { VerificationLoader } from "./verificationLoader.ts";
import type { Links, OwnGroup } from "./own.ts";
import type { Wants } from "./wants.ts";
import type { Worded } from "./wording.ts";
import type { Target } from "./changeBook.ts";

export interface SessionOptions {
  readonly store: Store;
  readonly link: Link;
  readonly clock: Clock;
  readonly random: Random;
  readonly venue: Venue;
  readonly hears: "all" | "own";
  /** Shows nobody that this person is here. */
  readonly hidden: boolean;
  /** Invitations of people wait for an answer. */
  readonly ask: boolean;
  /** For exchanges against a later quantum computer; without it none are made. */
  readonly kem?: Kem;
  /** Where a person waits for the thread that this runs on. */
  readonly pause?: Pause;
}

/** A group whose room code was read aloud and was the same. */
export interface Compared {
  readonly digest: Uint8Array;
  readonly at: Millis;
}

/** Opens a frame whose tag leads to `place`. Total: whatever the bytes are, it resolves. */
export type Opener = (step: Step, place: Place, frame: Uint8Array) => Promise<void>;

export class Session {
  readonly options: SessionOptions;
  readonly open: Opener;
  readonly store: Store;
  readonly link: Link;
  readonly clock: Clock;
  readonly venue: Venue;
  readonly people: People;
  readonly mailbox: Mailbox;
  readonly door: VenueDoor;
  readonly events = new Emitter();
  readonly tags = new TagBook();
  readonly groupTags: GroupTags;
  readonly groups = new Map<GroupId, Held>();
  readonly outbox = new Map<GroupId, readonly OutboxEntry[]>();
  readonly invitations = new Map<GroupId, Invitation>();
  /** Requests of this device to come in, by the pseudonym that it asks with. */
  readonly asks = new Map<MemberId, Ask>();
  /** Who waits for a group's approval. */
  readonly waiting = new WaitingRoom();
  /** Invitations that are accepted unasked: so many in an hour, the rest waits for the person. */
  readonly welcomes = new Budget(64, 3_600_000);
  /** Answers to those who ask by an invite code. */
  readonly answers = new Map<OpId, Budget>();
  /** Places of invites that are kept for somebody who was answered, and until when. */
  readonly places = new Map<OpId, ReadonlyMap<MemberId, Millis>>();
  /** Invites whose code this device keeps. */
  readonly codes = new Set<OpId>();
  /** Codes of the open caucuses that this device made. */
  readonly openCodes = new Map<GroupId, string>();
  readonly wants = new Map<GroupId, Wants>();
  readonly handouts = new Map<GroupId, Handouts>();
  /** Codes of what was said of the venue in this run. */
  readonly saidOfVenue = new Set<string>();
  /** Whom this device asks for history that it is granted. */
  readonly recalls = new Map<GroupId, RecallAsking>();
  /** Proofs against members that are to be told to the group. */
  readonly proofs = new Map<GroupId, Map<MemberId, Uint8Array>>();
  /** Messages whose new words were just told, and whether there are newer ones. */
  readonly changing = new Map<string, boolean>();
  /** The newest line of each group that is no reaction. */
  readonly newest = new Map<GroupId, Worded>();
  readonly exchanges: ExchangeBook;
  /** Room codes that were the same, and what was shown of the group then. */
  readonly compared = new Map<GroupId, Compared>();
  /** Emoji that are being compared with somebody, and in a group. */
  readonly comparisons = new Map<PersonId, Comparison>();
  readonly rounds = new Map<GroupId, Round>();
  /** What was told last of those of whom anything is remembered. */
  readonly told = new Map<PersonId, Told>();
  readonly verification = new VerificationLoader(this);
  readonly files = new FileBook();
  readonly fetches = new Fetches(this);
  readonly seeking = new Seeking();
  readonly fading = new Fading(this);
  /** Words of tools, from the first time on that somebody says one or looks; see `toolLoader.ts`. */
  tools: ToolBook | undefined;
  /** Operations in every group that are on disk. */
  readonly #stored = new Map<GroupId, number>();
  /** What this person's devices are called. */
  readonly deviceWords = new Map<DeviceId, { readonly name: string; readonly main: boolean }>();
  /** Where there is more than one device; see `own.ts`. */
  own: OwnGroup | undefined;
  /** From the first time on that a device is linked. */
  links: Links | undefined;
  /** Another device of this person has taken this one out. */
  revoked = false;
  self: Self;
  profile: Profile;
  /** A link is up, and one catch-up has come to its end since. */
  ready = false;
  /** When there were links last, and since when there are after too long without any; see `apart.ts`. */
  linkedAt: Millis | undefined;
  returnedAt: Millis | undefined;
  /** Told of each group that a step changed. */
  onChange: (group: GroupId) => void = () => {};
  /** Told when there is something new to show to the venue. */
  onSelf: () => void = () => {};
  /** Told when files began or ceased to be missing, or to be worth a word. */
  onFiles: () => void = () => {};
  /** Told when an exchange with another device has come further. */
  onExchange: () => void = () => {};
  /** More of a message that was taken back is on disk than should be. */
  onLeft: (target: Target) => void = () => {};
  closed = false;
  #card: Card | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #busy = 0;
  readonly #idle: (() => void)[] = [];

  constructor(
    options: SessionOptions,
    parts: {
      readonly self: Self;
      readonly profile: Profile;
      readonly people: People;
      readonly mailbox: Mailbox;
      readonly door: VenueDoor;
      readonly open: Opener;
    },
  ) {
    this.options = options;
    this.open = parts.open;
    this.store = options.store;
    this.link = options.link;
    this.clock = options.clock;
    this.venue = options.venue;
    this.exchanges = new ExchangeBook(options.kem);
    this.self = parts.self;
    this.profile = parts.profile;
    this.people = parts.people;
    this.mailbox = parts.mailbox;
    this.door = parts.door;
    this.groupTags = new GroupTags(this.tags, () => this.self);
  }

  get person(): PersonId {
    return personOf(this.self);
  }

  /** This device's card; made anew when the profile or the prekey changed. */
  get card(): Card {
    this.#card ??= makeCard(this.self, this.profile, this.clock.now());
    return this.#card;
  }
  changeSelf(self: Self, profile: Profile): void {
    this.self = self;
    this.profile = profile;
    this.#card = undefined;
  }

  stored(group: GroupId): number {
    return this.#stored.get(group) ?? 0;
  }

  /** Takes a group that is on disk into memory. */
  hold(group: GroupId, held: Held): void {
    this.groups.set(group, held);
    this.#stored.set(group, held.state.dag.size);
  }

  /** Runs `work` alone, commits what it drafted, then lets it out. Rejects with what `work` or the disk said. */
  step<T>(work: (step: Step) => Promise<T>): Promise<T> {
    return this.background(async () => {
      const step = new Step(this);
      try {
        const result = await work(step);
        await step.follow();
        await step.commit();
        for (const group of step.touched()) this.onChange(group);
        return result;
      } catch (error) {
        await this.#revert(step);
        throw error;
      }
    });
  }

  /** Queues work behind everything that was asked before. */
  background<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(work);
    this.track(run);
    this.#queue = run.catch(() => undefined);
    return run;
  }

  /** Counts a promise as work under way, for `idle`. */
  track(work: Promise<unknown>): void {
    this.#busy++;
    const end = (): void => {
      if (--this.#busy === 0) for (const resolve of this.#idle.splice(0)) resolve();
    };
    work.then(end, end);
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#busy === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  /** The operation graphs and the tag book grew while the step ran; the groups that it touched are read again. */
  async #revert(step: Step): Promise<void> {
    for (const group of step.touched()) {
      this.tags.drop(group);
      this.groups.delete(group);
      const held = await loadGroup(this.store, group, this.options.pause).catch(() => undefined);
      if (!held) continue;
      this.hold(group, held);
      this.groupTags.update(undefined, held.state, this.clock.now());
      expectPointers(this, group, held.marks.pointers);
    }
  }
}
