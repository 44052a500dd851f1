/** What was compared in person, for the other devices of this device's person. SPEC.md §16. */
import { base64urlnopad } from "@scure/base";
import { makeChecked } from "../protocol/checked.ts";
import { hex } from "../protocol/codec.ts";
import type { ListSeen } from "../protocol/deviceHistory.ts";
import type { DeviceId, PersonId } from "../types.ts";
import { share } from "./remembered.ts";
import type { Step } from "./step.ts";
import type { Check } from "./trustBook.ts";

/** With a person behind it: they were compared, with this list. */
export const CHECKED = "couloir/checked/";
/** With a person behind it: what was compared was not the same. */
export const MISMATCHED = "couloir/mismatch/";

/** They were compared here, and it was the same. */
export const shareCheck = async (
  step: Step,
  seen: ListSeen,
  { at, by, name }: Omit<Check, "devices">,
): Promise<void> => {
  const { device } = step.session.self;
  const body = { device: hex(device.public) as DeviceId, person: seen.person, at, by, name, list: seen.bytes };
  const value = base64urlnopad.encode(makeChecked(body, device.secret));
  await share(step, `${CHECKED}${seen.person}`, JSON.stringify(value));
  await share(step, `${MISMATCHED}${seen.person}`, undefined);
};

export const shareMismatch = (step: Step, person: PersonId): Promise<void> =>
  share(step, `${MISMATCHED}${person}`, "true");

/** Nothing counts that was compared before. Each device accepts keys for itself: the others only tell no further device. */
export const shareAccepted = async (step: Step, person: PersonId): Promise<void> => {
  await share(step, `${CHECKED}${person}`, undefined);
  await share(step, `${MISMATCHED}${person}`, undefined);
};
