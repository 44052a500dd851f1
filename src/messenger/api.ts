/** What a program (the daemon, a page, a bot) does with a messenger. The implementation is `Messenger`. */
import type { LinkStatus } from "../net/link.ts";
import type {
  CaucusView,
  CodeView,
  ComparisonView,
  DeviceId,
  DeviceView,
  Granted,
  GroupId,
  GuestPolicy,
  InvitationView,
  LinkId,
  LinkView,
  MessageId,
  MessageView,
  MessengerEvents,
  Millis,
  OpId,
  PersonId,
  PersonView,
  Picture,
  Voice,
  Pin,
  Profile,
  Receipt,
  Role,
  RoomCodeView,
  ToolWord,
  WaitingView,
  Wording,
} from "../types.ts";
import type { CallView, TableView, ToolView } from "../types/tools.ts";
import type { HistoryOptions, SearchAnswer, SearchOptions } from "./paging.ts";

export interface Invite {
  /** What the other side types or scans: `couloir:…` without spaces. */
  readonly code: string;
  readonly expires: Millis;
  /** What it is called in `codes`. */
  readonly invite: OpId;
}

/** The venue that this device is in. */
export interface VenueView {
  readonly name: string;
  /** 1 or 8. */
  readonly buckets: number;
  /** Whether this device has the venue's key. */
  readonly keyed: boolean;
  /** All of it to hand on, the key included: `couloir-venue:…`. */
  readonly code: string;
}

/** The sealed mail that this device keeps, for whomever. */
export interface MailHeld {
  readonly envelopes: number;
  readonly bytes: number;
  /** Bytes that it may take up. */
  readonly room: number;
  /** Messages of this person that wait for somebody to be there: they are not sealed yet, and in no file. */
  readonly unsealed: number;
}

/** What became of a file of mail, by number of envelopes. */
export interface MailImport {
  readonly new: number;
  /** Here already, or looked at before. */
  readonly known: number;
  readonly expired: number;
  /** No envelopes. */
  readonly refused: number;
  /** Of another venue, or of one in another number of parts. */
  readonly elsewhere: number;
  /** `false`: it breaks off or is damaged, and what came before counts. */
  readonly whole: boolean;
}

/** An open caucus of the venue. */
export interface Listed {
  readonly caucus: GroupId;
  readonly name: string;
  readonly code: string;
}

/** What of the past somebody who is brought in may read; nothing by default. */
export interface GrantOptions {
  readonly history?: Granted;
  /** Of `last`, and only there: how many lines, at most 2000; 100 by default. */
  readonly last?: number;
}

/** `history` and `last`: for those of `with`. */
export interface NewCaucus extends GrantOptions {
  /** Listed in the venue; anybody may ask to join. `false` by default. */
  readonly open?: boolean;
  /** Invited at once. */
  readonly with?: readonly PersonId[];
  /** `refuse`: nobody comes in whose keys were ever on a page that came over plain http. `ask` by default. */
  readonly guests?: GuestPolicy;
}

/** What an admin may change for everybody. */
export interface PolicyChange {
  /** Who may bring people in. */
  readonly invite?: "members" | "admins";
  readonly guests?: GuestPolicy;
  /** For how many seconds what is said from then on stays with everybody: 300 to 2592000, or 0 for good. */
  readonly lasts?: number;
}

export interface InviteOptions extends GrantOptions {
  /** How many persons may use it; 1 by default. */
  readonly uses?: number;
  /** Milliseconds until it expires, or until it is revoked and no sooner; an hour by default. */
  readonly ttl?: number | "never";
  /** A member has to admit who comes; `false` by default. */
  readonly approval?: boolean;
}

export interface JoinResult {
  readonly caucus: GroupId;
  readonly state: "joined" | "pending";
}

/** A file to send. */
export interface NewFile {
  /** At most 255 bytes; a name only, no path. */
  readonly name: string;
  /** MIME, at most 127 bytes. */
  readonly type: string;
  /** Bytes, exactly; at most 200 MB. */
  readonly size: number;
  /** The bytes, in pieces of any size; read once, and never faster than they are on disk. */
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly picture?: Picture;
  /** Of photos that are sent together: the same 16 hex digits for all, random. */
  readonly together?: string;
  /** Of a voice note. */
  readonly voice?: Voice;
  /** Whoever gets it sees it once: a picture without a thumbnail, at most 16 MB. */
  readonly once?: boolean;
  /** A caption. */
  readonly text?: string;
  readonly reply?: MessageId;
  /**
   * As of `send`: under the nonce of a file that was sent before, this is that message, and nothing is read. When `bytes`
   * fails or the program ends, what was sealed under the nonce stays for a day, and the same file sent again goes on behind
   * it. Other bytes then are `usage` `file-source`, once; `bytes` that end too soon give up what there is.
   */
  readonly nonce?: string;
}

/** What two persons or a room say of the emoji that they see; `cancel` says nothing. */
export type Outcome = "match" | "differ" | "cancel";
/** What somebody who takes a device in decides. */
export interface LinkOptions {
  /** Of every caucus, the newest so many lines are handed over: 0 (the default) to `ALL_LINES`, which is all there may be. */
  readonly history?: number;
  /** Gives it the key of the identity: it may link and revoke then, and can never be revoked in earnest. `false` by default. */
  readonly main?: boolean;
}
/** Lines of a caucus that are handed over at most. */
export const ALL_LINES = 2000;
/** When a code ends that is good until it is revoked: 2^48 ms. */
export const NEVER: Millis = 281_474_976_710_656;

export interface RememberOptions {
  /** Kept in step with this person's other devices; the last change wins. `false` by default. */
  readonly shared?: boolean;
  /**
   * Changes one entry of the object under the name, which is forgotten with its last one: whoever changes another at the same
   * time undoes nothing. Not of what is shared.
   */
  readonly entry?: string;
}

/**
 * Every promise rejects with a `CouloirError` and nothing else. Everything is on disk before a promise resolves. A
 * `nonce` is 32 random hex digits of the caller: the same words under the same nonce are one message, so that whoever
 * did not see the answer (a tab or a daemon went away) may ask again.
 */
export interface MessengerApi {
  readonly person: PersonId;
  profile(): Profile;
  setProfile(profile: Profile): Promise<void>;

  people(): readonly PersonView[];
  block(person: PersonId): Promise<void>;

  /** This device's code for others to scan in person: `couloir-verify:…`; behind `#` in a link to the app as well. */
  verifyCode(): Promise<string>;
  /**
   * Takes what another device shows, scanned or typed: that person is verified by this device from then on. `usage` for
   * a garbled code (`bad-code`), one's own (`own-code`), somebody who is not known here (`unknown-person`); `refused` when
   * the code is another person's than `person` (`code-of-another`), when a device of theirs is known here that
   * the code leaves out (`devices-differ`: what it does cover is verified), or when their lists contradict each other
   * (`devices-forked`: where one of the lists was compared before, the code changes nothing until `acceptKeys`; else what
   * it covers is verified).
   */
  verify(code: string, person?: PersonId): Promise<PersonView>;
  /** Asks somebody to compare emoji, or agrees to when they asked. Their caucus of two is made when there is none. */
  compare(person: PersonId): Promise<ComparisonView>;
  /**
   * `match` verifies them, and rejects like `verify` where devices differ or contradict each other; `differ` marks them and
   * warns. `usage` `no-comparison` when there is none to end like that.
   */
  endComparison(person: PersonId, outcome: Outcome): Promise<PersonView>;
  comparisons(): readonly ComparisonView[];
  /** Begins a room code in a caucus, or takes part in the one that somebody began. */
  roomCode(caucus: GroupId): Promise<RoomCodeView>;
  /** Everybody is in: nobody comes in later, and all open theirs. Whoever began it closes it. */
  closeRoomCode(caucus: GroupId): Promise<RoomCodeView>;
  /** What the room said. `usage` `no-room-code` when there is none to end like that. */
  endRoomCode(caucus: GroupId, outcome: Outcome): Promise<CaucusView>;
  roomCodes(): readonly RoomCodeView[];
  /** "I have looked at the app that they use", or no longer. Members of shared caucuses are told. `refused` `guest-app`. */
  vouch(person: PersonId, looked: boolean): Promise<PersonView>;
  /** Takes somebody's keys as they are now, without comparing: unverified, and nothing is held for them. */
  acceptKeys(person: PersonId): Promise<PersonView>;

  caucuses(): readonly CaucusView[];
  /** Open caucuses that others list, with a code to join each. */
  listed(): readonly Listed[];
  createCaucus(name: string, options?: NewCaucus): Promise<GroupId>;
  /** A code for somebody whose card this device need not know. `refused` where policy forbids it. */
  invite(caucus: GroupId, options?: InviteOptions): Promise<Invite>;
  /** The codes by which somebody may still come in, the oldest first. */
  codes(caucus: GroupId): Promise<readonly CodeView[]>;
  /**
   * Nobody comes in by it any more, nor who is coming in just now where that is not known here yet. `usage`
   * `unknown-code` for one that is not open; `refused` `may-not-revoke` for whoever neither made it nor is an admin.
   */
  revokeCode(caucus: GroupId, invite: OpId): Promise<readonly CodeView[]>;
  /** Who asks to come in by a code with approval, and waits; who waits longest first. */
  waiting(caucus: GroupId): Promise<readonly WaitingView[]>;
  /** Lets somebody in who waits. `usage` `not-waiting`; `refused` `may-not-admit` for whoever may bring nobody in. */
  approve(caucus: GroupId, person: PersonId): Promise<CaucusView>;
  /** Turns somebody away who waits; they are told so, and the others here no longer see them wait. Errors as of `approve`. */
  refuse(caucus: GroupId, person: PersonId): Promise<readonly WaitingView[]>;
  /**
   * Follows an invite code. Resolves when this device has joined or waits for approval. `usage` for a garbled code;
   * `refused` for an expired, used or revoked one; `timeout` when no member answered within `wait` ms (the request stays
   * and is tried again as long as the code is valid).
   */
  join(code: string, wait: Millis): Promise<JoinResult>;
  invitations(): readonly InvitationView[];
  accept(caucus: GroupId): Promise<JoinResult>;
  decline(caucus: GroupId): Promise<void>;
  /** Brings somebody in whose card is known here, or lets in somebody who waits. */
  add(caucus: GroupId, person: PersonId, options?: GrantOptions): Promise<CaucusView>;
  /**
   * Of three admins and more, one alone removes none: the first only moves it (`motions` of the caucus), and it is done when
   * a second one removes the same person.
   */
  remove(caucus: GroupId, person: PersonId): Promise<CaucusView>;
  /** Makes somebody an admin, or a member again. With two admins and more it takes two of them, as with `remove`. */
  setRole(caucus: GroupId, person: PersonId, role: Role): Promise<CaucusView>;
  /** For admins. */
  setPolicy(caucus: GroupId, change: PolicyChange): Promise<CaucusView>;
  leave(caucus: GroupId): Promise<void>;
  /** Everybody's device begins a new chain with new keys: who copied keys before opens nothing that is said after. */
  heal(caucus: GroupId): Promise<void>;

  /** The caucus of two with this person, made when there is none. */
  direct(person: PersonId): Promise<GroupId>;
  /** Resolves when the message is saved on this device, with its line; `reached` grows later. */
  send(
    caucus: GroupId,
    text: string,
    options?: {
      readonly reply?: MessageId;
      readonly nonce?: string;
      /** Signed with the person key too: evidence that anybody can check and quote, for ever. */
      readonly onRecord?: boolean;
    },
  ): Promise<MessageView>;
  /** The evidence of a message on record, as text; `usage` `not-on-record` for any other. */
  recordOf(caucus: GroupId, message: MessageId): Promise<string>;
  /**
   * Gives what this person said, or wrote under a file, other words: the former stay to be seen (`wordings`). `refused`
   * `not-yours`, `on-record`; `usage` `not-changeable`, `empty-message`.
   */
  revise(caucus: GroupId, message: MessageId, text: string): Promise<MessageView>;
  /** What a message has said: its first words and the newest 32; nothing of one that was taken back. */
  wordings(caucus: GroupId, message: MessageId): Promise<readonly Wording[]>;
  /**
   * Takes back what this person said: its words and its file leave this device now, and every other when that hears of it.
   * Whoever has it may have kept it. What was never sent is `erased`. Errors as of `revise`.
   */
  withdraw(caucus: GroupId, message: MessageId): Promise<void>;
  /** Takes a message off this device alone, whoever said it: it is `erased`. `refused` `not-sent` for what others still wait for. */
  forget(caucus: GroupId, message: MessageId): Promise<void>;
  /** Pins a message for everybody, or takes the pin off. */
  pin(caucus: GroupId, message: MessageId, on: boolean): Promise<MessageView>;
  /** What is pinned and is here, the newest pin first. */
  pins(caucus: GroupId): Promise<readonly Pin[]>;
  react(
    caucus: GroupId,
    message: MessageId,
    emoji: string,
    options?: { readonly nonce?: string },
  ): Promise<MessageView>;
  /**
   * Says a word of a tool: calls, answers, puts a proposition, says where a delegation stands, calls a huddle or the roll.
   * `usage` for what belongs to nothing here (`unknown-tool`) or is no word to say (`bad-tool`, `empty-message`, `no-place`,
   * `bad-delegation`, `told-by-whom`: hearsay needs a source, `own-call`); `refused` for what is another's (`not-yours`) or of
   * the wrong time (`too-soon`: one call a minute, `too-late`, `board-closed`).
   */
  sayTool(caucus: GroupId, word: ToolWord, options?: { readonly nonce?: string }): Promise<MessageView>;
  /** What lies on a caucus's table. It changes with `tool`, with `caucus` (who is gone is not counted), and as time passes. */
  table(caucus: GroupId): Promise<TableView>;
  /** One thing on it, whole; `usage` `unknown-tool` for a message that laid nothing there. */
  tool(caucus: GroupId, message: MessageId): Promise<ToolView>;
  /** Calls that are to ring on this device now, in all caucuses: for a program that has just begun. */
  ringing(): Promise<readonly CallView[]>;
  markRead(caucus: GroupId): Promise<void>;
  /**
   * Sends a file; it is sealed and on disk, whole, before this resolves. `usage` for an empty name (`file-name`), more
   * than 200 MB (`file-too-large`), a source that is longer or shorter than it says (`file-size`); what the source
   * throws comes back as `usage` `file-source`. Nothing of it stays then.
   */
  sendFile(caucus: GroupId, file: NewFile): Promise<MessageView>;
  /** Asks for a file. Resolves at once with how it stands; `transfer` tells how it goes. It is resumed by itself. */
  fetchFile(caucus: GroupId, message: MessageId): Promise<MessageView>;
  /** Asks no longer; what came stays, and `fetchFile` goes on from there. */
  cancelFile(caucus: GroupId, message: MessageId): Promise<MessageView>;
  /**
   * The whole file, piece by piece, each verified; `usage` `file-not-here` when it is not. What is shown once is erased
   * before its first piece comes, and is `usage` `file-viewed` from then on; whoever sent it cannot read it either,
   * `usage` `file-once`.
   */
  readFile(caucus: GroupId, message: MessageId): AsyncIterable<Uint8Array>;
  /** Whom a message was for, and how far it has come with each. */
  receipts(caucus: GroupId, message: MessageId): Promise<readonly Receipt[]>;

  /**
   * Keeps something small of a program's own, sealed, on this device: JSON, at most 64 KiB a name. `undefined` forgets it.
   * What is `shared` has at most 24 KiB, the newest 1024 of them, and a name is shared or it is not: use one way for each.
   */
  remember(name: string, value: unknown, options?: RememberOptions): Promise<void>;
  remembered(name: string): Promise<unknown>;

  /** This person's devices, this one first; the revoked last. */
  devices(): Promise<readonly DeviceView[]>;
  /** Links under way, and those that ended since this process began. */
  links(): readonly LinkView[];
  /**
   * The new side: offers this device to somebody, who reads the code on a device of theirs. `name` is what it is called
   * there. `refused` "not-empty" when its own person is in a caucus: what that one has would be lost. The person of this
   * device is another one once the link is `linked`.
   */
  offerLink(name: string): Promise<LinkView>;
  /** The old side: reads a code. `usage` "link-garbled" or "other-venue"; `refused` "link-expired", "not-main", "too-many-devices". */
  readLink(code: string): Promise<LinkView>;
  /** This side's person has compared the signs and says yes. The options count on the old side. */
  confirmLink(link: LinkId, options?: LinkOptions): Promise<LinkView>;
  /** This side's person says no, or has had enough. */
  cancelLink(link: LinkId): Promise<LinkView>;
  /**
   * Takes a device out, in every caucus and for ever. `usage` "unknown-device" or "this-device"; `refused` "not-main" where
   * the key of the identity is not here.
   */
  revokeDevice(device: DeviceId): Promise<readonly DeviceView[]>;

  /** Lines in their one order: sealed messages by `(time, id)`, then what is still only saved here. */
  history(caucus: GroupId, options?: HistoryOptions): AsyncIterable<MessageView>;
  message(caucus: GroupId, message: MessageId): Promise<MessageView | undefined>;
  /**
   * The newest lines in which all words stand: in what they say, in the name of their file or of their sender, whatever the
   * case and the accents. It reads some thousand lines and says where to go on. `usage` `no-words`.
   */
  search(words: string, options?: SearchOptions): Promise<SearchAnswer>;

  /** Subscribes; the result unsubscribes. Events come after commit. A handler that throws harms nothing. */
  on<E extends keyof MessengerEvents>(event: E, handler: (value: MessengerEvents[E]) => void): () => void;
  status(): LinkStatus;
  /** What this device keeps. */
  mail(): Promise<MailHeld>;
  /** All sealed mail that is kept, as a file, piece by piece; of a moment `since` when, to the hour. No name is in it. */
  exportMail(since?: Millis): AsyncIterable<Uint8Array>;
  /** Takes such a file in, by the way that the network's mail comes. `invalid` "not-mail" for any other file. */
  importMail(source: AsyncIterable<Uint8Array>): Promise<MailImport>;
  /** The venue as this device knows it. Its code holds the venue's key: for those who are to count as vouched for. */
  venue(): VenueView;
  /**
   * Takes from a venue's code what this device does not know of the venue that it is in: the key, hubs. `usage`
   * "venue-garbled" or "other-venue"; `refused` "venue-differs" where the number of buckets is another.
   */
  joinVenue(code: string): Promise<VenueView>;
  /** Stops timers and the link, waits for what is under way. The store stays open; its owner closes it. */
  close(): Promise<void>;
}
