/** What takes a device's seats out of a caucus: in as many operations as they and what counts of theirs need. */
import type { GroupState } from "../../protocol/group.ts";
import { MAX_OP_BYTES } from "../../protocol/limits.ts";
import type { Cut } from "../../protocol/membership.ts";
import type { DeviceId, MemberId } from "../../types.ts";
import { cutOf, SEATS } from "../changes.ts";

/** Bytes of an operation beside its list, seats and cut: heads of a wide view above all. */
const BESIDE = 1_270;
/** Bytes of a seat, and of a chain in a cut. */
const SEAT = 34;
const CUT = 21;

export interface Unseating {
  readonly members: readonly MemberId[];
  readonly cut: Cut;
}

/** Whoever has a code can bear the card of a lost device, which is public: it may have seats without end. */
const seatsOf = ({ view }: GroupState, device: DeviceId): readonly MemberId[] =>
  [...view.members.values()].filter(({ card }) => card.device === device).map(({ member }) => member);

/** Seats of a device that fit one operation with this list, and their newest chains; other chains come in another one, of the same list. */
export const unseatings = (
  state: GroupState,
  { device, devices }: { readonly device: DeviceId; readonly devices: Uint8Array },
): readonly Unseating[] => {
  const all = seatsOf(state, device);
  const out: Unseating[] = [];
  for (let at = 0; at < all.length; at += SEATS) {
    const members = all.slice(at, at + SEATS);
    const most = Math.floor((MAX_OP_BYTES - BESIDE - devices.length - SEAT * members.length) / CUT);
    const cut = cutOf(state, members);
    let end = cut.length;
    do {
      out.push({ members, cut: cut.slice(Math.max(0, end - most), end) });
      end -= most;
    } while (end > 0);
  }
  return out;
};
