/** Codes that this device has made for others to come in by. They are kept, to be shown again. SPEC.md §11. */
import { equalBytes } from "../protocol/codec.ts";
import { inviteKeys } from "../protocol/hail.ts";
import type { View } from "../protocol/resolve.ts";
import { put } from "../store/record.ts";
import type { GroupId, OpId } from "../types.ts";
import { readCode } from "./inviteCode.ts";
import { share, valueKey } from "./remembered.ts";
import type { Step } from "./step.ts";

/** Persons that the code of an open caucus is for. */
export const LISTING_USES = 10_000;
/** Where the code is that an open caucus is listed with. */
export const openCodeName = (group: GroupId): string => `open ${group}`;
/** With an invite behind it: the code that this person made. */
export const CODE = "couloir/code/";
const RECORD = valueKey(CODE).name;

/** Keeps a code, to be shown again: one for several is there on this person's other devices too. */
export const keepCode = async (
  step: Step,
  invite: OpId,
  { code, uses }: { readonly code: string; readonly uses: number },
): Promise<void> => {
  const json = JSON.stringify(code);
  if (uses > 1) await share(step, `${CODE}${invite}`, json);
  else step.write(put(valueKey(`${CODE}${invite}`), json));
  step.after(() => step.session.codes.add(invite));
};

/** The invite that a record is the code of, if it is one. */
export const inviteOfRecord = (name: string): OpId | undefined =>
  name.startsWith(RECORD) ? (name.slice(RECORD.length) as OpId) : undefined;

/** Whether a group's code still brings somebody in. */
export const stillGood = (view: View, code: string): boolean => {
  const { hail } = inviteKeys(readCode(code).secret);
  return [...view.invites.values()].some((one) => one.hail !== undefined && equalBytes(one.hail, hail));
};
