/** Who could read a message besides those who are meant: it was sealed before its sender learned who is out. SPEC.md §9. */
import type { DeviceId, MemberId, Millis, OpId, PersonId } from "../types.ts";
import type { Dag } from "./dag.ts";
import type { Card } from "./identity.ts";
import type { View } from "./resolve.ts";
import { resolve } from "./resolve.ts";
import { revocation } from "./draft.ts";

/** Seats that were taken by an invite and count, or counted. */
const seatsBy = (dag: Dag, now: View): ReadonlyMap<OpId, readonly MemberId[]> => {
  const out = new Map<OpId, MemberId[]>();
  for (const { op } of dag.all()) {
    if (op.body.kind !== "join" || !(now.members.has(op.author) || now.gone.has(op.author))) continue;
    out.set(op.body.invite, [...(out.get(op.body.invite) ?? []), op.author]);
  }
  return out;
};

interface Outside {
  readonly seats: ReadonlyMap<OpId, readonly MemberId[]>;
  /** Nobody is out, and nothing of anybody's coming in is void. */
  readonly none: boolean;
}
const outsides = new WeakMap<View, Outside>();
const outsideOf = (dag: Dag, now: View): Outside => {
  const known = outsides.get(now);
  if (known) return known;
  const seats = seatsBy(dag, now);
  const stands = ({ id, op }: ReturnType<Dag["at"]>): boolean =>
    op.body.kind === "join"
      ? now.members.has(op.author)
      : op.body.kind === "device"
        ? now.members.has(op.body.member)
        : op.body.kind !== "invite" || !op.body.card || now.invites.has(id) || seats.has(id);
  const made = { seats, none: now.gone.size === 0 && dag.all().every(stands) };
  outsides.set(now, made);
  return made;
};

/** Where a message was sealed, and when it says that it was. */
export interface Sealing {
  /** Heads of the view that its chain serves. */
  readonly heads: readonly OpId[];
  readonly time: Millis;
}

/** Who could read it besides: persons who are out, and lost devices of persons who are not. */
export interface Outsiders {
  readonly persons: ReadonlySet<PersonId>;
  readonly devices: ReadonlyMap<DeviceId, PersonId>;
}

/**
 * Whose device it was sealed for that, by all that is known `now`, was out before its time, or whose coming in turned out
 * void. A device that its person has revoked stands for itself. The same on every replica that has the same operations.
 */
export const alsoReadBy = (dag: Dag, now: View, { heads, time }: Sealing): Outsiders => {
  const out = { persons: new Set<PersonId>(), devices: new Map<DeviceId, PersonId>() };
  const { seats, none } = outsideOf(dag, now);
  const then = none ? undefined : resolve(dag, heads);
  if (!then) return out;
  const late = (member: MemberId): boolean => {
    const gone = now.gone.get(member);
    return gone ? gone.since < time : !now.members.has(member);
  };
  const add = ({ person, device }: Card): void => {
    if (now.revoked.has(revocation(person, device))) out.devices.set(device, person);
    else out.persons.add(person);
  };
  for (const { member, card } of then.members.values()) if (late(member)) add(card);
  for (const { invite, card } of then.invites.values()) {
    if (!card || now.invites.has(invite)) continue;
    const withdrawn = now.withdrawn.get(invite);
    const taken = seats.get(invite);
    if (taken ? taken.every(late) : !withdrawn || withdrawn.at < time) add(card);
  }
  return out;
};
