/** What other members say of those whom they have turned away. SPEC.md §11. */
import type { Control } from "../protocol/control.ts";
import type { GroupId, MemberId } from "../types.ts";
import { emitCaucus } from "./offices.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";
import { isHost, tellWaiting } from "./waiting.ts";

/** A member has turned somebody away; counts of those who might have let them in. */
export const takeDeclined = (
  step: Step,
  group: GroupId,
  from: MemberId,
  { invite, member }: Extract<Control, { readonly kind: "declined" }>,
): void => {
  const { view } = (step.held(group) as Held).state;
  const open = view.invites.get(invite);
  if (!isHost(view, from) || !open?.approval) return;
  step.after(() => {
    step.session.waiting.decline(group, member);
    if (tellWaiting(step.session, group)) emitCaucus(step.session, group);
  });
};
