/**
 * What a session knows of its person's other devices. The work is in `devices/`, which is loaded when there is any: most
 * people have one device, and a page should not carry what it does not need.
 */
import type { DeviceId, DeviceView, GroupId, LinkId, LinkView, MemberId } from "../types.ts";
import type { AckChange } from "../protocol/acks.ts";
import { equalBytes, hex } from "../protocol/codec.ts";
import type { Self } from "../protocol/identity.ts";
import type { OwnPlace } from "../protocol/own.ts";
import type { LinkOptions } from "./api.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import type { Place } from "./tagBook.ts";

/** The group that this person's devices alone are in. */
export interface OwnGroup {
  readonly group: GroupId;
  /** A frame of another device. */
  take(step: Step, from: MemberId, body: Uint8Array): Promise<void>;
  /** Whether there is something to say in the next slot. */
  due(): boolean;
  speak(step: Step): Promise<void>;
  /** A value that is shared has changed here. */
  changed(name: string): void;
  /** Another device has shown itself. */
  heard(device: DeviceId): void;
  lastHeard(device: DeviceId): number | undefined;
  /** Another device of this person has read so far. */
  read(step: Step, group: GroupId, changes: readonly AckChange[]): Promise<void>;
  /** A device has just been linked: of each caucus so many lines are for it. */
  promise(step: Step, device: DeviceId, history: number): void;
  /** Caucuses that this device is in, and as whom. */
  places(): readonly OwnPlace[];
  /** Caucuses that another device is in: this one asks it to come in. */
  offered(step: Step, places: readonly OwnPlace[]): void;
}

/** Devices that are being linked. */
export interface Links {
  /** This device is offered to somebody: it shows nobody that it is here. */
  readonly offering: boolean;
  views(): readonly LinkView[];
  offer(name: string): Promise<LinkView>;
  read(code: string): Promise<LinkView>;
  confirm(link: LinkId, options: LinkOptions): Promise<LinkView>;
  cancel(link: LinkId): Promise<LinkView>;
  take(step: Step, place: Extract<Place, { readonly kind: "link" }>, frame: Uint8Array): Promise<void>;
  revoke(device: DeviceId): Promise<readonly DeviceView[]>;
}

const OWN = { space: "profile", name: "own group" } as const;

/** Remembers which group is that of this person's devices, and begins to look after it. */
export const openOwnGroup = async (session: Session, group: GroupId): Promise<void> => {
  const { Devices } = await import("./devices/apart.ts");
  session.own = await Devices.open(session, group);
};

/** The same for a group of an earlier run. */
export const restoreOwnGroup = async (session: Session): Promise<void> => {
  const group = await session.store.get(OWN);
  if (typeof group === "string" && session.groups.has(group as GroupId)) await openOwnGroup(session, group as GroupId);
};

export const putOwnGroup = (group: GroupId) => ({ type: "put", key: OWN, value: group }) as const;

/** What links devices, from the first time on that somebody asks for it. */
export const linksOf = async (session: Session): Promise<Links> => {
  const { Linking } = await import("./devices/apart.ts");
  return (session.links ??= new Linking(session));
};

export const ownDevice = ({ device }: Self): DeviceId => hex(device.public) as DeviceId;

/** Looks whether this person's list of devices is another one by now, or a device is lost; called when this device may have heard of one. */
export const adoptList = async (step: Step): Promise<void> => {
  const { session } = step;
  const known = session.people.devices.get(session.person);
  const same = !known || equalBytes(known.list, session.self.devices);
  // Also a list that is not the newest revokes.
  if (same && !known?.revoked.size) return;
  const { adoptNewest, dropLostChecks } = await import("./devices/apart.ts");
  if (same) dropLostChecks(step);
  else adoptNewest(step, known);
};

/** This person's devices, as far as this one has heard. */
export const ownDevices = async (session: Session): Promise<readonly DeviceView[]> =>
  (await import("./devices/apart.ts")).deviceViews(session);

/** Whether a group is no caucus of people, and shown to nobody. */
export const isOwnGroup = ({ own }: Session, group: GroupId): boolean => own?.group === group;
