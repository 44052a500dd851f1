/**
 * Branded ids and the data that crosses layers. Imports nothing.
 *
 * Ids are lower-case hex strings of the bytes named beside them, so that they sort, compare and print without helpers.
 */

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** A person: hex of the 32-byte Ed25519 root key (`UK`). */
export type PersonId = Brand<string, "PersonId">;
/** One device of a person: hex of the 32-byte Ed25519 device key (`DK`). */
export type DeviceId = Brand<string, "DeviceId">;
/** A device's pseudonym in one group: hex of the 32-byte Ed25519 key `GK`. */
export type MemberId = Brand<string, "MemberId">;
/** A group (a caucus, in protocol code): hex of the 32-byte hash of its CREATE operation. */
export type GroupId = Brand<string, "GroupId">;
/** A membership operation: hex of its 32-byte hash. */
export type OpId = Brand<string, "OpId">;
/** A view: hex of the 32-byte hash of a group's membership heads. */
export type ViewId = Brand<string, "ViewId">;
/** A sender-key chain: hex of 16 random bytes. */
export type ChainId = Brand<string, "ChainId">;
/** A message: hex of 16 bytes, bound to its author. */
export type MessageId = Brand<string, "MessageId">;
/** A file: hex of 16 bytes, from its key and its content. */
export type FileId = Brand<string, "FileId">;
/** One act of linking a device: hex of 16 bytes, the same on both sides. */
export type LinkId = Brand<string, "LinkId">;
/** An envelope: hex of the 32-byte SHA-256 of its bytes. */
export type EnvelopeId = Brand<string, "EnvelopeId">;
/** An envelope's tag: hex of 16 bytes. */
export type Tag = Brand<string, "Tag">;
/** A gossip topic. */
export type Topic = Brand<string, "Topic">;
/** Milliseconds since 1970-01-01T00:00Z. */
export type Millis = number;

/** Time, timers and randomness come from outside, so that the whole messenger can run in virtual time from a seed. */
export interface Clock {
  now(): Millis;
  /** Calls `fn` once after `ms`; the result cancels it. */
  after(ms: number, fn: () => void): () => void;
}
/** Lets others have the thread when the work under way has had it for long; a host that has no person at it needs none. */
export type Pause = () => Promise<void>;
/** `n` unpredictable bytes (from a seed in tests only). */
export type Random = (n: number) => Uint8Array;

/** What a person says of themselves. Names never stand for an identity. */
export interface Profile {
  readonly name: string;
  /** ISO 3166 alpha-2 or empty. */
  readonly flag: string;
  readonly delegation: string;
}

/**
 * What this device holds of a person's keys. `verified`: compared in person, and the devices are those of then.
 * `changed`: they were, and a device has come since that nobody compared. `forked`: two lists of their devices contradict
 * each other. `mismatch`: compared, and not the same. The last three hold back what is written where such a device would
 * read it, until somebody compares again, accepts it unchecked, or removes the person.
 */
export type Trust = "unverified" | "verified" | "changed" | "forked" | "mismatch";

/** `guest`: says of itself that its keys were on a page of plain http. `vouched`: somebody looked at the app in person. */
export type AppMark = "guest" | "unchecked" | "vouched";

/** How far somebody is known; of a member it is about their devices in the caucus. */
export interface Standing {
  readonly trust: Trust;
  /** `trust` is `"verified"`. */
  readonly verified: boolean;
  readonly app: AppMark;
  /** Who looked at the app, this person perhaps among them; members of the caucus, where it is about a caucus. */
  readonly vouchedBy: readonly PersonId[];
}

export interface PersonView extends Profile, Standing {
  readonly person: PersonId;
  /** When and how they were last compared with what is known of them. */
  readonly checkedAt?: Millis;
  readonly checkedBy?: "code" | "emoji";
  /** The name that they had then, if it is another now. */
  readonly knownAs?: string;
  /** Others, this person perhaps among them, whose name looks like theirs; at most 8, known longest first. */
  readonly looksLike: readonly PersonId[];
  readonly online: boolean;
  /** How they were last heard: `"direct"`, `"mesh"` or `"none"`. */
  readonly path: "direct" | "mesh" | "none";
  readonly blocked: boolean;
  /** Says of itself that its keys have been where whoever ran the network could have read them. `false` proves nothing. */
  readonly guest: boolean;
  /** When they last showed themselves, by this device's clock. */
  readonly lastHeard?: Millis;
}

export type Role = "admin" | "member";
/** Whether persons with the mark of a guest may come into a caucus. */
export type GuestPolicy = "ask" | "refuse";
/** `invited`: may read, has not joined yet. `asked`: joined, waits for a member's approval. */
export type MemberState = "joined" | "invited" | "asked";

export interface CaucusMember extends Profile, Standing {
  readonly person: PersonId;
  readonly role: Role;
  readonly state: MemberState;
  /** The person's devices have proved to this device that they are that person. */
  readonly confirmed: boolean;
  readonly online: boolean;
  /** As in `PersonView`. */
  readonly guest: boolean;
  /** Something of theirs has come that this device cannot open. Its key is asked for, and it opens by itself. */
  readonly unopened?: true;
  /** There is a proof that a device of theirs signed two different things in one place: copied, restored, or two-faced. */
  readonly equivocated?: true;
}

/** What an admin would have done, which takes a second one: that somebody goes, or takes a role. */
export interface MotionView {
  readonly by: PersonId;
  readonly about: PersonId;
  readonly to: "out" | Role;
  /** Until then another admin may act on it, by doing the same. */
  readonly until: Millis;
}

/** Who said, and when by their clock, how long messages stay. */
export interface LastingView {
  readonly by: PersonId;
  readonly name: string;
  readonly at: Millis;
  /** Seconds; absent: they stay. */
  readonly lasts?: number;
}

/**
 * Who came or went, or became an admin or a member again; by whom, and when by their clock. `opened`: the caucus. `added`: by
 * name. `came`: by a code of `by`'s. `left`: by themselves.
 */
export interface ComingView {
  readonly op: OpId;
  readonly kind: "opened" | "added" | "came" | "left" | "removed" | Role;
  readonly at: Millis;
  readonly by: PersonId;
  readonly byName: string;
  /** Who it is about; of `opened` and `left` the same as `by`. */
  readonly person: PersonId;
  readonly name: string;
  /** What of the past whoever was added or came may read; of `last`, how many lines. */
  readonly granted?: Granted;
  readonly lines?: number;
}

/** An invite that more came in by, at once, than it was for: who is in, and who is not. */
export interface ContestView {
  readonly kept: readonly PersonId[];
  readonly lost: readonly PersonId[];
}

export interface CaucusView {
  readonly caucus: GroupId;
  readonly name: string;
  readonly open: boolean;
  /** A direct conversation: a caucus of two. */
  readonly direct: boolean;
  readonly members: readonly CaucusMember[];
  /** Lines of others that nobody has read here; reactions are none. */
  readonly unread: number;
  /** The first of them, and its signed time. */
  readonly unreadFrom?: MessageId;
  readonly unreadSince?: Millis;
  /** How many of them name this person. Absent for none. */
  readonly mentioned?: number;
  /** The newest line that is no reaction. */
  readonly last?: MessageView;
  /** This person may bring others in. */
  readonly mayInvite: boolean;
  /** This person may remove others. */
  readonly admin: boolean;
  /**
   * Closed to a later quantum computer: what is said in it now is sealed, by everybody in it, so that whoever records it and
   * breaks X25519 one day reads nothing. As far as this device can tell; of what was said before it says nothing.
   */
  readonly quantum: boolean;
  /** Only admins bring people in. Absent: every member may. */
  readonly adminsInvite?: true;
  /** Persons with the mark of a guest cannot come in. Absent: they can. */
  readonly noGuests?: true;
  /** For how many seconds what is said from now on stays with everybody. Absent: for good. */
  readonly lasts?: number;
  /** The last times that this changed, oldest first. Absent for never. */
  readonly lastings?: readonly LastingView[];
  /**
   * The last times that somebody came or went, or that a role changed, in the order in which they count. Absent for a direct
   * conversation.
   */
  readonly comings?: readonly ComingView[];
  /** What waits for a second admin. Absent for nothing. */
  readonly motions?: readonly MotionView[];
  /** Absent for none. */
  readonly contests?: readonly ContestView[];
  /** What this device is in it. `gone`: removed or left; history stays readable. */
  readonly state: "joined" | "gone";
  /** Whose keys hold back what this person writes here; absent when nobody's do. */
  readonly heldFor?: readonly PersonId[];
  /** When its room code was read aloud and was the same; absent once persons or devices have changed since. */
  readonly comparedAt?: Millis;
}

/** What of the past an invite lets its newcomer read. */
export type Granted = "none" | "pinned" | "last" | "all";

/** A code by which somebody may still come in, whoever of the caucus made it. */
export interface CodeView {
  readonly invite: OpId;
  /** `personal`: for one person. `poster`: for several. `listing`: what an open caucus is listed with. */
  readonly kind: "personal" | "poster" | "listing";
  /** Who made it, by name as well, and when by their clock. */
  readonly by: PersonId;
  readonly name: string;
  readonly madeAt: Millis;
  /** How many persons it is for, and how many of them have come in. */
  readonly uses: number;
  readonly used: number;
  /** `NEVER`: only when it is revoked. */
  readonly expires: Millis;
  /** Somebody has to let each newcomer in. */
  readonly approval: boolean;
  readonly history: Granted;
  /** With `last`: how many lines. */
  readonly last?: number;
  /** `couloir:…`; here on the device that made it, and of one for several on its person's other devices. */
  readonly code?: string;
  /** This person may revoke it. */
  readonly mayRevoke: boolean;
}

/** Somebody who asks to come in by a code with approval, and waits. What they say of themselves is hostile text. */
export interface WaitingView extends Profile {
  readonly person: PersonId;
  /** The code that they asked by. */
  readonly invite: OpId;
  /** When this device first and last heard them ask. */
  readonly since: Millis;
  readonly lastHeard: Millis;
  readonly trust: Trust;
  /** As in `PersonView`. */
  readonly guest: boolean;
}

export interface InvitationView {
  readonly caucus: GroupId;
  readonly name: string;
  readonly from: PersonId;
  readonly fromName: string;
  /** To a conversation of two; `name` is `fromName` then. */
  readonly direct: boolean;
  readonly members: number;
  readonly receivedAt: Millis;
}

/**
 * A picture is a file with `picture`. `withdrawn`: its author took it back, nothing of it is left. `revision`: new words for
 * another message, never a line of its own. The others are words of a tool: `tool` has them.
 */
export type MessageKind = "text" | "reaction" | "notice" | "file" | "pin" | "withdrawn" | "revision" | ToolWord["kind"];

/** What a call asks for: interrupt, take the floor, support something, come outside. */
export type CallAct = "interrupt" | "floor" | "support" | "outside";
/**
 * To a call: `has` it, `cannot`, or (its caller alone) it is `over`. To a huddle: `coming`, five minutes `late`, `absent`. To
 * a roll call: `read`.
 */
export type Answer = "has" | "cannot" | "over" | "coming" | "late" | "absent" | "read";
/** Where a delegation stands; `none` takes back what its author said before. */
export type Stand = "sponsor" | "support" | "leaning" | "awaiting" | "silent" | "against" | "none";

/** What decides over a proposition. */
export interface BoardTerms {
  /** So many delegations have to be for it; 0 where nothing is counted up to. At most 999. */
  readonly needs: number;
  /** ISO 3166 alpha-2, or a name of at most 64 bytes; at most 256, none twice. */
  readonly delegations: readonly string[];
  /** What is said afterwards does not count. */
  readonly closed: boolean;
}

/** Where and when a huddle is. */
export interface HuddlePlan {
  /** At most 120 bytes. */
  readonly place: string;
  readonly starts: Millis;
  /** At most 480. */
  readonly minutes: number;
  /** It does not take place. */
  readonly off: boolean;
}

/** One word of a tool, as it is said. `to`: what it belongs to, a message that laid something on the table. */
export type ToolWord =
  | {
      readonly kind: "call";
      readonly act: CallAct;
      /** What for: at most 280 bytes, perhaps nothing. */
      readonly text: string;
      /** How long it rings: 60 to 120. */
      readonly seconds: number;
    }
  | { readonly kind: "answer"; readonly to: MessageId; readonly answer: Answer }
  /** A proposition, of at most 2000 bytes. */
  | { readonly kind: "board"; readonly text: string; readonly terms: BoardTerms }
  /** New terms for a board; only its author's count. */
  | { readonly kind: "terms"; readonly to: MessageId; readonly terms: BoardTerms }
  | {
      readonly kind: "stand";
      readonly to: MessageId;
      readonly delegation: string;
      readonly stand: Stand;
      /** Hearsay: who said so (at most 64 bytes), and to whom, if not to the author. Absent: their own word. */
      readonly told?: { readonly by: string; readonly to?: PersonId };
      /** When capital is expected to answer. */
      readonly due?: Millis;
    }
  /** The author asks this delegation, or (`on` false) no longer. */
  | { readonly kind: "asking"; readonly to: MessageId; readonly delegation: string; readonly on: boolean }
  /** A topic, of at most 280 bytes, perhaps nothing. */
  | { readonly kind: "huddle"; readonly text: string; readonly plan: HuddlePlan }
  /** A new plan for a huddle; only its author's counts. */
  | { readonly kind: "plan"; readonly to: MessageId; readonly plan: HuddlePlan }
  /** Of at most 4000 bytes. `again`: said once more for those whom that one has not reached; only its author's counts. */
  | { readonly kind: "rollCall"; readonly text: string; readonly again?: MessageId };

/** What a picture shows before it is here. */
export interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** A small JPEG or WebP, base64, of at most 12 KiB. */
  readonly thumbnail: string;
}

/** `here`: whole and verified. `coming`: being fetched. `waiting`: asked for, and nobody who has it is in reach.
 *  `away`: not asked for. `viewed`: it was shown once, and is gone. */
export type FileState = "here" | "coming" | "waiting" | "away" | "viewed";

/** What a voice note looks like before it is heard. */
export interface Voice {
  /** Milliseconds, at most 300 000. */
  readonly length: number;
  /** How loud each 64th of it is, 0 to 255; 64 of them. */
  readonly bars: readonly number[];
}

export interface FileView {
  readonly name: string;
  /** MIME, as its author says. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly picture?: Picture;
  /** Bytes that are on this device. */
  readonly have: number;
  readonly state: FileState;
  /** Persons who are known to keep it whole, the author and this one included. */
  readonly keptBy: number;
  /** Who they are, the author first. */
  readonly keepers: readonly PersonId[];
  /** Photos with the same one were sent together by one person: 16 hex digits. */
  readonly together?: string;
  readonly voice?: Voice;
  /** It is shown once, and gone from this device then. */
  readonly once?: true;
}

/** Somebody who is named in a text: wherever `@` stands before `as`. */
export interface Mention {
  readonly person: PersonId;
  /** What they were called when it was written. */
  readonly as: string;
}

/** One of the wordings that a message has had. */
export interface Wording {
  readonly text: string;
  readonly mentions?: readonly Mention[];
  /** The author's signed time. */
  readonly at: Millis;
}

/** How far a message has come with one person. */
export interface Receipt {
  readonly person: PersonId;
  readonly name: string;
  readonly reached: boolean;
  readonly read: boolean;
}

/** A pinned message, who pinned it and when. */
export interface Pin {
  readonly by: PersonId;
  readonly name: string;
  readonly at: Millis;
  readonly line: MessageView;
}

/** How a file is coming along. */
export interface Transfer {
  readonly caucus: GroupId;
  readonly message: MessageId;
  readonly have: number;
  readonly size: number;
  readonly state: FileState;
}

/** One line of history, in its final order once `state` is not `"saved"`. */
export interface MessageView {
  readonly message: MessageId;
  readonly caucus: GroupId;
  readonly sender: PersonId;
  readonly name: string;
  /** The author's signed time. */
  readonly sentAt: Millis;
  readonly kind: MessageKind;
  /** Of a file: what its author wrote under it, perhaps nothing. Of a pin: `pinned` or `unpinned`. Of a tool: a few
   *  words of English. */
  readonly text: string;
  readonly file?: FileView;
  /** The message this one answers, reacts to, pins, or belongs to. */
  readonly reply?: MessageId;
  /** Who is named in it. Absent for nobody. */
  readonly mentions?: readonly Mention[];
  readonly tool?: ToolWord;
  /** When its author last gave it other words. Absent: `text` is as it was sent. */
  readonly revisedAt?: Millis;
  /** With `"withdrawn"`: when. */
  readonly withdrawnAt?: Millis;
  /** With `"notice"`: this version cannot show it; or it claims to be on record, and is not signed. `text` says so in English. */
  readonly notice?: "unknown" | "unsigned";
  /** Persons other than the author whose device acknowledged it; of how many. */
  readonly reached: number;
  readonly read: number;
  readonly of: number;
  /** `saved`: on this device only. `sent`: a neighbour took it. `received`: somebody else's. */
  readonly state: "saved" | "sent" | "received";
  /** Causal parents that this device has not got (yet). */
  readonly missing: number;
  /** Persons who could read it though they were out: it was sent before its sender learned that. Absent for none. */
  readonly alsoRead?: readonly PersonId[];
  /** Devices that could read it though their person, who is not out, had revoked them by then. Absent for none. */
  readonly lostDevices?: readonly LostDevice[];
  /** Its author's person has signed it too: evidence that anybody can check and quote. */
  readonly onRecord?: true;
  /** Said before this device came in, and granted to it by its invite. */
  readonly granted?: true;
  /** When this device lets go of it. Absent: it stays. */
  readonly goesAt?: Millis;
  /** Whose keys hold it back; only with `saved`, absent when nobody's do. */
  readonly heldFor?: readonly PersonId[];
}

/** A device that its person has revoked. */
export interface LostDevice {
  readonly person: PersonId;
  readonly device: DeviceId;
  /** What it was called, of this person's own. */
  readonly name?: string;
}

/**
 * Two persons comparing seven emoji. `asked`: they ask, and wait for this person. `waiting`: this person asked or agreed,
 * and the other device has yet to answer. `compare`: the emoji are there. `ended`: over, told once.
 */
export interface ComparisonView {
  readonly person: PersonId;
  readonly name: string;
  readonly caucus: GroupId;
  readonly state: "asked" | "waiting" | "compare" | "ended";
  /** Seven numbers below 64, into the table of emoji; with `compare` only. */
  readonly emoji?: readonly number[];
  readonly expires: Millis;
  /** Of what has ended. `broken`: their device did not open what it had committed to. */
  readonly reason?: "match" | "differ" | "cancelled" | "expired" | "broken";
}

/**
 * A caucus comparing its room code. `asked`: somebody began, and waits for this person. `gathering`: this person takes
 * part; others come in until whoever began closes it. `opening`: closed, and not all have opened theirs. `compare`: the
 * emoji are there. `ended`: over, told once.
 */
export interface RoomCodeView {
  readonly caucus: GroupId;
  readonly startedBy: PersonId;
  readonly state: "asked" | "gathering" | "opening" | "compare" | "ended";
  /** Members who take part, this person included. */
  readonly committed: readonly PersonId[];
  /** Those who have opened what they committed to. */
  readonly opened: readonly PersonId[];
  /** Those whose device shows other persons or devices in this caucus than this one does. */
  readonly differs: readonly PersonId[];
  /** Eight numbers below 64, into the table of emoji; with `compare` only. */
  readonly emoji?: readonly number[];
  readonly expires: Millis;
  readonly reason?: "match" | "differ" | "cancelled" | "expired" | "broken";
}

/** A device of this person. */
export interface DeviceView {
  readonly device: DeviceId;
  /** What it was called when it was linked, as it says itself; perhaps nothing. */
  readonly name: string;
  /** The one that answers. */
  readonly here: boolean;
  /** It has the key of the identity: it may link and revoke others. What it says itself. */
  readonly main: boolean;
  /** `revoked`: for ever; others are told, and take nothing from it any more. */
  readonly state: "linked" | "revoked";
  /** When this device heard it last, by its own clock; absent for one that was never heard. */
  readonly lastHeard?: Millis;
}

/**
 * How far a link has come. `waiting`: the code is shown (or was read), and the other side has not answered. `compare`: both
 * sides show the same signs, and this one waits for its person. `confirmed`: this side's person has said yes. `linked`,
 * `failed`: over.
 */
export type LinkState = "waiting" | "compare" | "confirmed" | "linked" | "failed";

/** A device that is being linked, as either side sees it. */
export interface LinkView {
  readonly link: LinkId;
  /** `new`: this device is to become one of somebody's. `old`: it is to take the other one in. */
  readonly side: "new" | "old";
  readonly state: LinkState;
  /** On the new side: what the other device scans, `couloir-link:…`. */
  readonly code?: string;
  readonly expires: Millis;
  /** From `compare` on: seven signs, the same on both screens if nobody stands between them. */
  readonly signs: readonly string[];
  /** From `compare` on. On the new side the person's name, on the old side the device's. Hostile text until compared. */
  readonly name: string;
  /** On the new side, from `compare` on: whose device it would be. */
  readonly person?: PersonId;
  /** On the old side: the new device's program came over plain http. */
  readonly guest: boolean;
  /** Why it failed: `link-expired`, `link-cancelled`, `link-refused`, … */
  readonly problem?: { readonly code: string; readonly text: string };
}

export interface MessengerEvents {
  /** A message was committed (own or received). */
  message: MessageView;
  /** A message's receipts, state or words changed, or it was taken back. */
  receipt: MessageView;
  /** Nothing of a message is left on this device: it is shown no more. */
  erased: { readonly caucus: GroupId; readonly message: MessageId };
  /** A caucus appeared or its members, name or state changed. */
  caucus: CaucusView;
  /** The codes by which somebody may come into a caucus changed: read them again. */
  codes: { readonly caucus: GroupId };
  /** Who waits to be let into a caucus changed: read it again. */
  waiting: { readonly caucus: GroupId };
  /** Somebody invites this person and waits for an answer. */
  invitation: InvitationView;
  /** A person appeared, changed, or went. */
  person: PersonView;
  /** A file is coming: now and then, and always when its state changed. */
  transfer: Transfer;
  /** A device is being linked, and something about it changed. */
  link: LinkView;
  /** The devices of this person changed. */
  devices: readonly DeviceView[];
  /** Another device of this person changed a shared value: read it with `remembered`. */
  remembered: { readonly name: string };
  /** Something on a caucus's table is new or has changed: read it again with `tool`. */
  tool: { readonly caucus: GroupId; readonly message: MessageId };
  /** The number of links changed. */
  peers: number;
  /** Something was refused or is wrong; words for a person, without secrets. */
  notice: {
    readonly level: "info" | "warn";
    readonly code: string;
    readonly text: string;
    /** Whom it is about. */
    readonly person?: PersonId;
  };
  /** A comparison of emoji with somebody began, went on or ended. */
  comparison: ComparisonView;
  /** A caucus's room code began, went on or ended. */
  roomCode: RoomCodeView;
}
