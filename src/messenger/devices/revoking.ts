/** Taking a device out, everywhere: a list that names it, and an operation in each of its caucuses. */
import { usage } from "../../errors.ts";
import type { GroupState } from "../../protocol/group.ts";
import { isMember, unseatDevices } from "../../protocol/group.ts";
import { MAX_OP_BYTES } from "../../protocol/limits.ts";
import type { DeviceId, DeviceView, GroupId, MemberId } from "../../types.ts";
import { cutOf } from "../changes.ts";
import { freshChain, say } from "../chains.ts";
import { tellCaucus } from "../offices.ts";
import { ownDevice } from "../own.ts";
import { changeList, deviceViews, nextOwnList } from "./ownList.ts";
import type { Held } from "../parts.ts";
import { rootOf } from "../selfRecord.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";

/** Bytes of an operation beside its list, seats and cut: heads of a wide view above all. */
const BESIDE = 1_360;
/** Bytes of a seat, and of a chain in a cut. */
const SEAT = 34;
const CUT = 21;

export const revokeDevice = async (session: Session, device: DeviceId): Promise<readonly DeviceView[]> => {
  rootOf(session.self);
  const views = deviceViews(session);
  if (device === ownDevice(session.self))
    throw usage("this-device", "that is this device; to take it out, use another one, or wipe it");
  const known = views.find((one) => one.device === device);
  if (!known) throw usage("unknown-device", "you have no such device");
  if (known.state === "revoked") return views;
  await session.step(async (step) => {
    const devices = nextOwnList(session, { revoke: [device] });
    changeList(step, devices);
    for (const [group, { state }] of session.groups)
      if (isMember(state)) await unseat(step, group, { device, devices });
  });
  session.onSelf();
  return deviceViews(session);
};

const seatsOf = ({ view }: GroupState, device: DeviceId): readonly MemberId[] =>
  [...view.members.values()].filter(({ card }) => card.device === device).map(({ member }) => member);

/** As with a removal: the operation goes out on the chain that still served the device, the next one does not. */
const unseat = async (
  step: Step,
  group: GroupId,
  { device, devices }: { readonly device: DeviceId; readonly devices: Uint8Array },
): Promise<void> => {
  const members = seatsOf((step.held(group) as Held).state, device);
  if (members.length === 0) return;
  await freshChain(step, group);
  const { state } = step.held(group) as Held;
  const room = MAX_OP_BYTES - BESIDE - SEAT * members.length - devices.length;
  const most = Math.max(1, Math.floor(room / CUT));
  const cut = cutOf(state, members);
  // Chains that do not fit one operation come in another one, of the same list.
  for (let end = cut.length; end >= 0; end -= most) {
    const some = cut.slice(Math.max(0, end - most), end);
    if (end < cut.length && some.length === 0) break;
    const by = { root: rootOf(step.session.self), now: step.now };
    const done = unseatDevices((step.held(group) as Held).state, { devices, members, cut: some }, by);
    if (!done) return;
    step.hold(done.state);
    say(step, group, { kind: "ops", ops: [done.op.bytes] });
  }
  tellCaucus(step, group);
};
