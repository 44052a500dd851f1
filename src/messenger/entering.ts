/** How a person comes in: by a code that they follow, or by an invitation that they answer. */
import { CouloirError, usage } from "../errors.ts";
import { isMember } from "../protocol/group.ts";
import type { GroupId, Millis } from "../types.ts";
import type { JoinResult } from "./api.ts";
import { ask } from "./asks.ts";
import type { Invitation } from "./invitations.ts";
import { enter, invitationName } from "./invitations.ts";
import { readCode } from "./inviteCode.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** Asks by a code; the request outlives the `wait`. */
export const followCode = async (session: Session, code: string, wait: Millis): Promise<JoinResult> => {
  const read = readCode(code);
  session.link.hint(read.addresses);
  const open = await session.step((step) => ask(step, read));
  if (!open) return { caucus: read.group, state: "joined" };
  return new Promise<JoinResult>((resolve, reject) => {
    const cancel = session.clock.after(wait, () =>
      reject(
        new CouloirError(
          "timeout",
          "no-answer",
          "no member answered yet; the request stays and is tried again while the invite is good",
        ),
      ),
    );
    open.settle.push((outcome) => {
      cancel();
      if (outcome instanceof CouloirError) reject(outcome);
      else resolve(outcome);
    });
  });
};

const waiting = (session: Session, caucus: GroupId): Invitation => {
  const invitation = session.invitations.get(caucus);
  if (!invitation) throw usage("no-invitation", "no invitation to that caucus waits here");
  return invitation;
};

const drop = (step: Step, caucus: GroupId): void => {
  step.erase({ space: "profile", name: invitationName(caucus) });
  step.after(() => step.session.invitations.delete(caucus));
};

export const acceptInvitation = async (session: Session, caucus: GroupId): Promise<JoinResult> => {
  const invitation = waiting(session, caucus);
  await session.step(async (step) => {
    const held = step.held(caucus);
    // In by a code meanwhile: a second seat would lose what was sealed to the first.
    if (held && isMember(held.state)) drop(step, caucus);
    else await enter(step, invitation, invitation.secret);
  });
  return { caucus, state: "joined" };
};

/** Sends nothing: a decline is silent. */
export const declineInvitation = async (session: Session, caucus: GroupId): Promise<void> => {
  waiting(session, caucus);
  await session.step(async (step) => drop(step, caucus));
};
