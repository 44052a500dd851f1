/** What a device shows of a caucus, in 32 bytes: the same on two devices that show the same. SPEC.md §16. */
import type { DeviceId, GroupId, PersonId } from "../types.ts";
import { unhex } from "./codec.ts";
import { label, sha256, u32 } from "./primitives.ts";

/** A device of a caucus as its members see it: the key that it is served by, whose it is, which it is. */
export interface RoomDevice {
  readonly key: string;
  readonly person: PersonId;
  readonly device: DeviceId;
}

/** Names what a device shows of a caucus: all persons with all their devices, in whatever order. 32 bytes. */
export const roomDigest = (group: GroupId, devices: readonly RoomDevice[]): Uint8Array => {
  const rows = devices.map(({ key, person, device }) => `${key}${person}${device}`).sort();
  return sha256(label("room view"), unhex(group), u32(rows.length), ...rows.map(unhex));
};
