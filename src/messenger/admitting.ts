/** Deciding about those who ask to come in by a code with approval: letting in, and turning away. SPEC.md §11. */
import { refused, usage } from "../errors.ts";
import type { EnvelopeKey } from "../protocol/envelope.ts";
import { act } from "../protocol/group.ts";
import type { GroupState } from "../protocol/group.ts";
import { answerKey } from "../protocol/hail.ts";
import type { SignedOp } from "../protocol/membership.ts";
import type { GroupId, PersonId } from "../types.ts";
import { sendRefusal, welcomeIn } from "./answers.ts";
import { freshChain, sayAnew } from "./chains.ts";
import { tellCaucus } from "./offices.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";
import { askOf, isHost, openAsks, type Asking } from "./waiting.ts";

const mayNot = () => refused("may-not-admit", "this caucus does not let you bring people in; ask an admin of it");

const asking = (step: Step, group: GroupId, person: PersonId): Asking => {
  const found = askOf(step.session, group, person);
  if (!found) throw usage("not-waiting", "they do not wait to be let in, or somebody has decided already");
  return found;
};

const placeOf = (
  state: GroupState,
  { invite, member }: Asking,
): { readonly op: SignedOp; readonly at: EnvelopeKey } => {
  const op = state.dag.get(invite) as SignedOp;
  const body = op.op.body as Extract<SignedOp["op"]["body"], { kind: "invite" }>;
  return { op, at: answerKey(body.hail as Uint8Array, member) };
};

/** Lets somebody in who waits. */
export const admitAsking = async (step: Step, group: GroupId, asked: Asking): Promise<void> => {
  const { state } = step.held(group) as Held;
  const { invite, member, card } = asked;
  const done = act(state, { kind: "admit", invite, member, person: card.person }, step.now);
  if (!done) throw mayNot();
  step.hold(done.state);
  await freshChain(step, group);
  const after = (step.held(group) as Held).state;
  await welcomeIn(step, after, { ...placeOf(after, asked), card });
};

export const approve = async (step: Step, group: GroupId, person: PersonId): Promise<void> => {
  await admitAsking(step, group, asking(step, group, person));
  tellCaucus(step, group);
};

/** Turns a person away, by whatever they ask: says so to them, and to the members, who would let them wait. */
export const turnAway = async (step: Step, group: GroupId, person: PersonId): Promise<void> => {
  const { state } = step.held(group) as Held;
  if (!isHost(state.view, state.seat.member)) throw mayNot();
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
