/** What is said in bare operations, of seats that have a name. */
import type { DeviceList } from "../../src/protocol/devices.ts";
import type { Card } from "../../src/protocol/identity.ts";
import { HOUR } from "../../src/protocol/limits.ts";
import type { OpBody } from "../../src/protocol/membership.ts";
import type { View } from "../../src/protocol/resolve.ts";
import type { DeviceId, MemberId, OpId, PersonId } from "../../src/types.ts";
import type { Bare } from "./bareGraph.ts";
import { KEY, none, PREKEY } from "./bareGraph.ts";
import { NOW } from "./room.ts";

export interface Seat {
  readonly key: MemberId;
  readonly name: string;
  readonly card: Card;
}

/** The card of somebody's device. */
export const cardOf = (person: PersonId, device: DeviceId): Card =>
  ({ person, device, guest: false, bytes: none }) as unknown as Card;
/** Everything by which a person is in. */
export const removalOf = (view: View, person: PersonId): Extract<OpBody, { kind: "remove" }> => ({
  kind: "remove",
  person,
  members: [...view.members.values()]
    .filter((one) => one.person === person)
    .map(({ member }) => member)
    .sort(),
  invites: [...view.invites.values()].filter(({ card }) => card?.person === person).map(({ invite }) => invite),
  cut: [],
});
export const inviteOf = (role: "admin" | "member", uses: number): OpBody => {
  const said = { approval: false, history: "none" } as const;
  return { kind: "invite", key: KEY, hail: KEY, role, uses, expires: NOW + 1000 * HOUR, ...said };
};
export const joinOf = ({ key: by, card }: Seat, invite: OpId): Bare => {
  const body = { kind: "join", invite, card: none, prekey: PREKEY, proof: none } as const;
  return { by, body, card, proof: { key: KEY, good: true } };
};
export const deviceBy = (by: MemberId, { key: member, card }: Seat): Bare => {
  const body = { kind: "device", member, card: none, prekey: PREKEY, proof: none } as const;
  return { by, body, card, proof: { good: true } };
};
export const unseatBy = (by: MemberId, members: readonly MemberId[], devices: DeviceList): Bare => {
  const body = { kind: "unseat", devices: none, members: [...members].sort(), cut: [], proof: none } as const;
  return { by, body, devices };
};
export const listOf = (person: PersonId, device: DeviceId): DeviceList =>
  ({ person, revoked: [device] }) as unknown as DeviceList;
