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
/** `n` unpredictable bytes (from a seed in tests only). */
export type Random = (n: number) => Uint8Array;

/** What a person says of themselves. Names never stand for an identity. */
export interface Profile {
  readonly name: string;
  /** ISO 3166 alpha-2 or empty. */
  readonly flag: string;
  readonly delegation: string;
}

export interface PersonView extends Profile {
  readonly person: PersonId;
  readonly verified: boolean;
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

export interface CaucusMember extends Profile {
  readonly person: PersonId;
  readonly role: Role;
  readonly state: MemberState;
  /** The person's devices have proved to this device that they are that person. */
  readonly confirmed: boolean;
  readonly verified: boolean;
  readonly online: boolean;
  /** As in `PersonView`. */
  readonly guest: boolean;
  /** A device of theirs signed two operations at one place: a restored copy, or a lie. Nothing else follows from it. */
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
  /** The newest line that is no reaction. */
  readonly last?: MessageView;
  /** This person may bring others in. */
  readonly mayInvite: boolean;
  /** This person may remove others. */
  readonly admin: boolean;
  /** Only admins bring people in. Absent: every member may. */
  readonly adminsInvite?: true;
  /** Persons with the mark of a guest cannot come in. Absent: they can. */
  readonly noGuests?: true;
  /** What waits for a second admin. Absent for nothing. */
  readonly motions?: readonly MotionView[];
  /** Absent for none. */
  readonly contests?: readonly ContestView[];
  /** What this device is in it. `gone`: removed or left; history stays readable. */
  readonly state: "joined" | "gone";
}

export interface InvitationView {
  readonly caucus: GroupId;
  readonly name: string;
  readonly from: PersonId;
  readonly fromName: string;
  readonly members: number;
  readonly receivedAt: Millis;
}

/** A picture is a file with `picture`. */
export type MessageKind = "text" | "reaction" | "notice" | "file";

/** What a picture shows before it is here. */
export interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** A small JPEG or WebP, base64, of at most 12 KiB. */
  readonly thumbnail: string;
}

/** `here`: whole and verified. `coming`: being fetched. `waiting`: asked for, and nobody who has it is in reach.
 *  `away`: not asked for. */
export type FileState = "here" | "coming" | "waiting" | "away";

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
}

/** How far a message has come with one person. */
export interface Receipt {
  readonly person: PersonId;
  readonly name: string;
  readonly reached: boolean;
  readonly read: boolean;
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
  /** Of a file: what its author wrote under it, perhaps nothing. */
  readonly text: string;
  readonly file?: FileView;
  /** The message this one answers or reacts to. */
  readonly reply?: MessageId;
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
}

export interface MessengerEvents {
  /** A message was committed (own or received). */
  message: MessageView;
  /** A message's receipts or state changed. */
  receipt: MessageView;
  /** A caucus appeared or its members, name or state changed. */
  caucus: CaucusView;
  /** Somebody invites this person and waits for an answer. */
  invitation: InvitationView;
  /** A person appeared, changed, or went. */
  person: PersonView;
  /** A file is coming: now and then, and always when its state changed. */
  transfer: Transfer;
  /** The number of links changed. */
  peers: number;
  /** Something was refused or is wrong; words for a person, without secrets. */
  notice: { readonly level: "info" | "warn"; readonly code: string; readonly text: string };
}
