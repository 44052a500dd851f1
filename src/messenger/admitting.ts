/** Deciding about those who ask to come in by a code with approval: letting in, and turning away. SPEC.md §11. */
import { usage } from "../errors.ts";
import type { GroupId, PersonId } from "../types.ts";
import { admitAsking, mayNotAdmit, placeOf, sendRefusal } from "./answers.ts";
import { sayAnew } from "./chains.ts";
import { tellCaucus } from "./offices.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";
import { askOf, isHost, openAsks, type Asking } from "./waiting.ts";

const asking = (step: Step, group: GroupId, person: PersonId): Asking => {
  const found = askOf(step.session, group, person);
  if (!found) throw usage("not-waiting", "they do not wait to be let in, or somebody has decided already");
  return found;
};

export const approve = async (step: Step, group: GroupId, person: PersonId): Promise<void> => {
  await admitAsking(step, group, asking(step, group, person));
  tellCaucus(step, group);
};

/** Turns a person away, by whatever they ask: says so to them, and to the members, who would let them wait. */
export const turnAway = async (step: Step, group: GroupId, person: PersonId): Promise<void> => {
  const { state } = step.held(group) as Held;
  if (!isHost(state.view, state.seat.member)) throw mayNotAdmit();
  asking(step, group, person);
  for (const one of openAsks(step.session, group)) {
    if (one.card.person !== person) continue;
    step.after(() => step.session.waiting.decline(group, one.member));
    await sayAnew(step, group, { kind: "declined", invite: one.invite, member: one.member });
    const after = (step.held(group) as Held).state;
    sendRefusal(step, after, placeOf(after, one).at, "declined");
  }
  tellCaucus(step, group);
};
