/** Taking a device out, everywhere: a list that names it, and an operation in each of its caucuses. */
import { usage } from "../../errors.ts";
import { isMember, unseatDevices } from "../../protocol/group.ts";
import type { DeviceId, DeviceView, GroupId } from "../../types.ts";
import { freshChain, say } from "../chains.ts";
import { tellCaucus } from "../offices.ts";
import { ownDevice } from "../own.ts";
import { changeList, deviceViews, nextOwnList } from "./ownList.ts";
import type { Held } from "../parts.ts";
import { rootOf } from "../selfRecord.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { unseatings } from "./unseating.ts";

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

/** As with a removal: the operation goes out on the chain that still served the device, the next one does not. */
const unseat = async (
  step: Step,
  group: GroupId,
  { device, devices }: { readonly device: DeviceId; readonly devices: Uint8Array },
): Promise<void> => {
  const seated = [...(step.held(group) as Held).state.view.members.values()];
  if (!seated.some(({ card }) => card.device === device)) return;
  await freshChain(step, group);
  for (const one of unseatings((step.held(group) as Held).state, { device, devices })) {
    const by = { root: rootOf(step.session.self), now: step.now };
    const done = unseatDevices((step.held(group) as Held).state, { devices, ...one }, by);
    if (!done) return;
    step.hold(done.state);
    say(step, group, { kind: "ops", ops: [done.op.bytes] });
  }
  tellCaucus(step, group);
};
