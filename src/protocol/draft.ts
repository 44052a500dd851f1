/** A view while operations are applied to it, and what is in it. SPEC.md §8. */
import type { ChainId, DeviceId, MemberId, Millis, OpId, PersonId, Role } from "../types.ts";
import type { Motion } from "./admins.ts";
import type { Card, Prekey } from "./identity.ts";
import type { Policy } from "./membership.ts";

export interface Member {
  readonly member: MemberId;
  readonly person: PersonId;
  readonly card: Card;
  readonly prekey: Prekey;
  readonly role: Role;
  /** The operation that brought it in. */
  readonly by: OpId;
  /**
   * The seat that began the line of DEVICEs which seated this one: its own where it came by itself. A JOIN may bear
   * anybody's card, so what a person has a right to as one who is in already goes by this.
   */
  readonly line: MemberId;
}

export interface OpenInvite {
  readonly invite: OpId;
  readonly by: MemberId;
  readonly key: Uint8Array;
  readonly hail?: Uint8Array;
  /** By card: this device is served until its person joins. */
  readonly card?: Card;
  readonly role: Role;
  readonly left: number;
  readonly expires: number;
  readonly approval: boolean;
  readonly admitted: ReadonlyMap<MemberId, PersonId>;
}

/** Somebody who was in: how many messages of each of their chains count. */
export interface Gone {
  readonly member: MemberId;
  readonly person: PersonId;
  readonly line: MemberId;
  readonly card: Card;
  readonly how: "removed" | "left";
  /** The earliest and the latest signed time of the operations that say so. */
  readonly since: Millis;
  readonly at: Millis;
  readonly cut: ReadonlyMap<ChainId, number>;
}

/** A device that was invited by card and is not any more, without having come in. */
export interface Withdrawn {
  readonly card: Card;
  readonly at: Millis;
}

/** What a view says. */
export interface Drafted {
  readonly name: string;
  readonly bucket: Uint8Array;
  readonly policy: Policy;
  /** The newest operations by which it changed how long messages last, in order. */
  readonly lasting: readonly OpId[];
  /** The newest operations by which a person came, went, or became an admin or none, in order. */
  readonly comings: readonly OpId[];
  readonly members: ReadonlyMap<MemberId, Member>;
  readonly invites: ReadonlyMap<OpId, OpenInvite>;
  readonly gone: ReadonlyMap<MemberId, Gone>;
  readonly withdrawn: ReadonlyMap<OpId, Withdrawn>;
  /** What waits for a second admin. */
  readonly motions: ReadonlyMap<OpId, Motion>;
  /** Devices that their own persons have revoked in this group: `person/device`. */
  readonly revoked: ReadonlySet<string>;
}

/** A view while operations are applied to it. */
export interface Draft extends Drafted {
  policy: Policy;
  lasting: readonly OpId[];
  comings: readonly OpId[];
  readonly members: Map<MemberId, Member>;
  readonly invites: Map<OpId, OpenInvite>;
  readonly gone: Map<MemberId, Gone>;
  readonly withdrawn: Map<OpId, Withdrawn>;
  readonly motions: Map<OpId, Motion>;
  readonly revoked: Set<string>;
}

/** What a view says once more, to be changed. */
export const draftOf = ({
  name,
  bucket,
  policy,
  lasting,
  comings,
  members,
  invites,
  gone,
  withdrawn,
  motions,
  revoked,
}: Drafted): Draft => ({
  name,
  bucket,
  policy,
  lasting,
  comings,
  members: new Map(members),
  invites: new Map(invites),
  gone: new Map(gone),
  withdrawn: new Map(withdrawn),
  motions: new Map(motions),
  revoked: new Set(revoked),
});

/** Of a person's own: nobody can name another's device. */
export const revocation = (person: PersonId, device: DeviceId): string => `${person}/${device}`;

/** Whether somebody may come in with this card at all. */
export const welcome = ({ policy }: Drafted, card: Card | undefined): boolean =>
  policy.guests === "ask" || card?.guest !== true;
