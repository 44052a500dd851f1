/** This person's own list of devices: taken over when it is newer, made whole where two contradict each other. */
import type { DeviceEntry, KnownDevices, ListChange } from "../../protocol/devices.ts";
import { deviceLists, mergeLists, nextList } from "../../protocol/devices.ts";
import { ownDevice } from "../own.ts";
import type { DeviceId, DeviceView } from "../../types.ts";
import { putSelf, rootOf } from "../selfRecord.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { dropLostChecks } from "./checks.ts";

/** What a shared value says of a device: how it is called, and whether it has the root key. */
export const DEVICE_WORDS = "couloir/device/";

/** This person's devices, as far as this one has heard. */
export const deviceViews = (session: Session): readonly DeviceView[] => {
  const { self, people, own, deviceWords } = session;
  const known = people.devices.get(session.person);
  const here = ownDevice(self);
  const view = (device: DeviceId, state: DeviceView["state"]): DeviceView => {
    const { name, main } = deviceWords.get(device) ?? { name: "", main: false };
    const lastHeard = device === here ? session.clock.now() : own?.lastHeard(device);
    return {
      device,
      name,
      here: device === here,
      main: device === here ? self.person.secret !== undefined : main,
      state,
      ...(lastHeard !== undefined && { lastHeard }),
    };
  };
  const revoked = known?.revoked ?? new Set<DeviceId>();
  const listed = (known?.body.devices ?? []).map((one) => one.device).filter((one) => !revoked.has(one));
  const linked = [...new Set([...(revoked.has(here) ? [] : [here]), ...listed])];
  return [...linked.map((one) => view(one, "linked")), ...[...revoked].map((one) => view(one, "revoked"))];
};

export const tellDevices = (step: Step): void =>
  step.after(() => step.session.events.emit("devices", deviceViews(step.session)));

/** The list after the newest that is known; this device stands in it whatever that one says. Needs the root key. */
export const nextOwnList = ({ self, people, person }: Session, change: ListChange): Uint8Array => {
  const own: DeviceEntry = { device: ownDevice(self), agreement: self.agreement.public };
  const before = people.devices.get(person)?.list ?? self.devices;
  return nextList(before, rootOf(self), { ...change, add: [...(change.add ?? []), own] }) as Uint8Array;
};

/** Puts a list in the place of this device's own, once the step is on disk. */
export const changeList = (step: Step, devices: Uint8Array): void => {
  const { session } = step;
  const self = { ...session.self, devices };
  step.write(putSelf(self), ...session.people.devices.learn(session.person, devices));
  step.after(() => session.changeSelf({ ...session.self, devices }, session.profile));
  dropLostChecks(step);
  tellDevices(step);
};

/** Goes by the newest list that this device has heard of. */
export const adoptNewest = (step: Step, known: KnownDevices): void => {
  const { session } = step;
  const { self } = session;
  const here = ownDevice(self);
  if (known.revoked.has(here)) return tellRevoked(step);
  // Revoked is revoked, whichever list this device comes to go by.
  dropLostChecks(step);
  if (known.body.devices.some(({ device }) => device === here)) return changeList(step, known.list);
  // Where lists contradict each other the other one may be a thief's: its devices come into this one's list, which people
  // compare in person, by nothing less than a word of this device's person.
  if (session.people.devices.forked(session.person)) return;
  // Pushed out by a list that did not know of this device: whoever has the root key puts that right.
  const merged = self.person.secret && mergeLists(known, self.devices, self.person.secret);
  const kept = merged && deviceLists.open(merged)?.body.devices.some(({ device }) => device === here);
  if (merged && kept) changeList(step, merged);
};

const tellRevoked = (step: Step): void => {
  const { session } = step;
  if (session.revoked) return;
  session.revoked = true;
  tellDevices(step);
  step.after(() =>
    session.events.emit("notice", {
      level: "warn",
      code: "device-revoked",
      text: "This device was taken out by another one of yours; it is in no caucus any more.",
    }),
  );
};
