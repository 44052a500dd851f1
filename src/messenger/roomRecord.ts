/** That a group's room code was the same, as it lies in the store; and whether what is shown of the group is still that. */
import type { Shape } from "../protocol/codec.ts";
import { bytes, equalBytes, id, struct, uint } from "../protocol/codec.ts";
import type { GroupState } from "../protocol/group.ts";
import { devicesOf } from "../protocol/group.ts";
import { roomDigest } from "../protocol/roomView.ts";
import type { Change } from "../store/record.ts";
import { put } from "../store/record.ts";
import type { GroupId, Millis } from "../types.ts";
import type { Compared, Session } from "./session.ts";

export const COMPARED = "compared ";
const shape: Shape<Compared & { readonly group: GroupId }> = struct({
  group: id<GroupId>(32),
  digest: bytes(32),
  at: uint(),
});
export const readCompared = (raw: unknown): (Compared & { readonly group: GroupId }) | undefined => shape.from(raw);
export const putCompared = (group: GroupId, compared: Compared): Change =>
  put({ space: "profile", name: `${COMPARED}${group}` }, shape.to({ ...compared, group }));

/** What this device shows of a group: all persons with all their devices. */
export const digestOf = ({ group, view }: Pick<GroupState, "group" | "view">): Uint8Array =>
  roomDigest(
    group,
    devicesOf(view).map(({ key, person, card }) => ({ key, person, device: card.device })),
  );

/** When the room code was the same, while persons and devices are those of then. */
export const comparedView = (session: Session, state: GroupState): { readonly comparedAt?: Millis } => {
  const compared = session.compared.get(state.group);
  return compared && equalBytes(compared.digest, digestOf(state)) ? { comparedAt: compared.at } : {};
};
