/** Several devices of one person in a group: how one comes in beside another, and how a lost one is taken out. */
import { hex } from "../../src/protocol/codec.ts";
import { nextList } from "../../src/protocol/devices.ts";
import { fromOps, newSeat } from "../../src/protocol/group.ts";
import { newDeviceOf } from "../../src/protocol/identity.ts";
import type { OpBody } from "../../src/protocol/membership.ts";
import { proveDevice } from "../../src/protocol/membership.ts";
import type { DeviceId } from "../../src/types.ts";
import { graphOf, Person, publicOf, seeded, UNPROVED } from "./room.ts";

const rootOf = (one: Person): Uint8Array => one.self.person.secret as Uint8Array;
const deviceOf = ({ self }: Pick<Person, "self">): DeviceId => hex(self.device.public) as DeviceId;
/** A list that names these as revoked. */
export const revoking = (one: Person, ...lost: readonly Person[]): Uint8Array =>
  nextList(one.self.devices, rootOf(one), { revoke: lost.map(deviceOf) }) as Uint8Array;

/** Another device of a person, in no group yet. */
export const another = (one: Person, name: string): Person => {
  const seed = seeded(name);
  return new Person(name, seed, newDeviceOf({ seed: rootOf(one), devices: one.self.devices, guest: false }, seed)!);
};

/** Seats another device of a person, which knows what they know from then on. Whether that is permitted. */
export const trySeat = (one: Person, device: Person): boolean => {
  const place = newSeat(device.random);
  const { group } = one.state;
  const proof = proveDevice(place.secret, group, one.member);
  const body = {
    kind: "device",
    member: place.member,
    card: device.card.bytes,
    prekey: publicOf(place),
    proof,
  } as const;
  if (!one.tryAct(body)) return false;
  device.state = fromOps(graphOf(one.ops), place)!;
  return true;
};
export const seat = (one: Person, device: Person): void => {
  if (!trySeat(one, device)) throw new Error("device is not permitted");
};

export const unseat = (
  one: Person,
  lost: readonly Person[],
  {
    devices = revoking(one, ...lost),
    cut = [],
  }: Partial<Pick<Extract<OpBody, { kind: "unseat" }>, "devices" | "cut">> = {},
): OpBody => ({
  kind: "unseat",
  devices,
  members: lost.map(({ member }) => member),
  cut,
  proof: UNPROVED,
});
