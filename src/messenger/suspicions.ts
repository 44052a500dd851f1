/** Tells a person, once, of what shows that something is wrong with a member's device or with an invite. */
import { backdated } from "../protocol/evidence.ts";
import type { SignedOp } from "../protocol/membership.ts";
import type { GroupId, MemberId } from "../types.ts";
import { nameOf } from "./lines.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";

/** Warnings that are remembered of one group; more than that tells nobody anything. */
const MAX_WARNED = 512;

/** Once for `about`, in this run and all others. */
const warn = (
  step: Step,
  group: GroupId,
  { code, about, text }: { readonly code: string; readonly about: string; readonly text: string },
): void => {
  const { state, marks } = step.held(group) as Held;
  const key = `${code} ${about}`;
  if (marks.warned.has(key) || marks.warned.size >= MAX_WARNED) return;
  step.hold(state, { ...marks, warned: new Set([...marks.warned, key]) });
  step.after(() => step.session.events.emit("notice", { level: "warn", code, text }));
};

const named = (step: Step, { state }: Held, member: MemberId): string => {
  const seat = state.view.members.get(member) ?? state.view.gone.get(member);
  const [own] = state.dag.by(member).map((i) => state.dag.at(i).card?.person ?? []);
  const person = seat?.person ?? [own ?? []].flat()[0];
  return (person && nameOf(step.session.people, state.view, person)) || "Somebody";
};

/** A member signed an operation as if they had not known what they had acknowledged. */
export const suspectBackdating = (step: Step, group: GroupId, member: MemberId): void => {
  const held = step.held(group);
  if (!held || member === held.state.seat.member) return;
  if (backdated(held.state, member).length === 0) return;
  warn(step, group, {
    code: "backdated",
    about: member,
    text: `A device of ${named(step, held, member)} signed a change of “${held.state.view.name}” as if it were older than it is: a restored copy of it, or a lie.`,
  });
};

/** What newly added operations show. */
export const suspect = (step: Step, group: GroupId, added: readonly SignedOp[]): void => {
  const held = step.held(group) as Held;
  const { view } = held.state;
  for (const member of new Set(added.map(({ op }) => op.author))) suspectBackdating(step, group, member);
  for (const { invite, kept, lost } of view.contests)
    warn(step, group, {
      code: "invite-used-twice",
      about: invite,
      text: `An invitation to “${view.name}” was used by more people at once than it was for: ${kept.map((one) => named(step, held, one)).join(", ")} came in, ${lost.map((one) => named(step, held, one)).join(", ")} did not.`,
    });
};
