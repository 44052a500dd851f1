/** Who is an admin of a group, what takes two of them, and what everybody there agreed on. */
import { refused, usage } from "../errors.ts";
import { actingAdmins, actsAsAdmin, seconded, standing, weightOf } from "../protocol/admins.ts";
import { act, type GroupState } from "../protocol/group.ts";
import { LASTS } from "../protocol/limits.ts";
import type { OpBody } from "../protocol/membership.ts";
import type { GroupId, MemberId, PersonId, Role } from "../types.ts";
import type { PolicyChange } from "./api.ts";
import { caucusView } from "./caucuses.ts";
import { freshChain } from "./chains.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** Tells how a group looks now. */
export const emitCaucus = (session: Session, group: GroupId): void => {
  const view = caucusView(session, group);
  if (view) session.events.emit("caucus", view);
};

/** The same, once what this step changed is on disk. */
export const tellCaucus = (step: Step, group: GroupId): void => step.after(() => emitCaucus(step.session, group));

/**
 * Where an operation takes two admins and no second one has spoken: says that this one is for it, and no more. Whether it
 * did, and a second one is awaited.
 */
export const moveInstead = async (step: Step, group: GroupId, body: OpBody): Promise<boolean> => {
  const { state } = step.held(group) as Held;
  const { view } = state;
  const { member } = state.seat;
  const weight = weightOf(view, { author: member, body });
  if (!weight || !actsAsAdmin(view, member) || actingAdmins(view).size < weight.from) return false;
  if (seconded(view, { author: member, at: step.now }, weight)) return false;
  const { lines, to } = weight;
  const own = standing(view, step.now).filter((one) => one.mover === step.session.person && one.to === to);
  const unsaid = lines.filter((line) => !own.some((one) => one.line === line));
  for (const line of unsaid) {
    const moved = act((step.held(group) as Held).state, { kind: "motion", line, to }, step.now);
    if (!moved) return false;
    step.hold(moved.state);
  }
  if (unsaid.length > 0) await freshChain(step, group);
  return true;
};

/**
 * Whether a device of this line has shown whose it is. Anybody with a code can come in under another's card, which is no
 * secret: such a seat must not become an admin along with that person's own.
 */
const isProved = ({ seat, view, peers }: GroupState, line: MemberId): boolean =>
  [...view.members.values()].some(
    (one) => one.line === line && (one.member === seat.member || peers.get(one.member)?.confirmed === true),
  );

/** Makes somebody an admin, or a member again; where that takes two, the first of them only says so. */
export const giveRole = async (
  step: Step,
  group: GroupId,
  { person, role }: { readonly person: PersonId; readonly role: Role },
): Promise<void> => {
  const { state } = step.held(group) as Held;
  const all = [...state.view.members.values()].filter((one) => one.person === person);
  if (all.length === 0) throw usage("not-in", "they are not in that caucus");
  const seats = role === "admin" ? all.filter(({ line }) => isProved(state, line)) : all;
  if (seats.length === 0)
    throw refused("not-confirmed", "their device has not shown yet that it is theirs; make them an admin once it has");
  for (const { member } of seats) {
    // Others of their line may have come to it with the one before.
    if ((step.held(group) as Held).state.view.members.get(member)?.role === role) continue;
    const body = { kind: "role", member, role } as const;
    // About each line of their devices a word of its own.
    if (await moveInstead(step, group, body)) continue;
    const done = act((step.held(group) as Held).state, body, step.now);
    if (!done) throw refused("may-not-give-role", "only an admin of this caucus can say who else is one");
    step.hold(done.state);
  }
  await freshChain(step, group);
  tellCaucus(step, group);
};

/** Usage error for a time that messages cannot last. */
const checkLasts = (lasts: number): void => {
  if (lasts !== 0 && (!Number.isSafeInteger(lasts) || lasts < LASTS.least || lasts > LASTS.most))
    throw usage("bad-lasts", "messages last from 300 seconds to 30 days (2592000), or for good (0)");
};

/** Changes what the caucus agreed on; what is not named stays. */
export const changePolicy = async (
  step: Step,
  group: GroupId,
  { lasts = (step.held(group) as Held).state.view.policy.lasts ?? 0, ...change }: PolicyChange,
): Promise<void> => {
  checkLasts(lasts);
  const { state } = step.held(group) as Held;
  const { lasts: _before, ...before } = state.view.policy;
  const policy = { ...before, ...change, ...(lasts > 0 && { lasts }) };
  const done = act(state, { kind: "policy", policy }, step.now);
  if (!done)
    throw refused("may-not-change-policy", "only an admin of this caucus can change what holds for everybody in it");
  step.hold(done.state);
  await freshChain(step, group);
  tellCaucus(step, group);
};
