/** The codes by which somebody may still come into a group. What stands in its operations everybody there sees. SPEC.md §11. */
import { refused, usage } from "../errors.ts";
import { actsAsAdmin } from "../protocol/admins.ts";
import { equalBytes } from "../protocol/codec.ts";
import { act } from "../protocol/group.ts";
import type { GroupState } from "../protocol/group.ts";
import { inviteKeys } from "../protocol/hail.ts";
import type { SignedOp } from "../protocol/membership.ts";
import type { View } from "../protocol/resolve.ts";
import type { OpenInvite } from "../protocol/draft.ts";
import type { CodeView, GroupId, MemberId, OpId, PersonId } from "../types.ts";
import { freshChain } from "./chains.ts";
import { CODE, LISTING_USES } from "./codes.ts";
import { readCode } from "./inviteCode.ts";
import { nameOf } from "./lines.ts";
import { tellCaucus } from "./offices.ts";
import type { Held } from "./parts.ts";
import { share, sharedJson, stampKey, valueKey } from "./remembered.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** The text of an invite's code, as it was kept here or as another device of this person says: of this invite and no other. */
const codeOf = async (session: Session, { invite, hail }: OpenInvite): Promise<string | undefined> => {
  const json = await sharedJson(session, `${CODE}${invite}`);
  try {
    const code: unknown = JSON.parse(json ?? "null");
    if (typeof code !== "string" || !hail) return undefined;
    return equalBytes(inviteKeys(readCode(code).secret).hail, hail) ? code : undefined;
  } catch {
    return undefined;
  }
};

const forgetCode = async (step: Step, invite: OpId): Promise<void> => {
  const name = `${CODE}${invite}`;
  if (await step.session.store.get(stampKey(name))) await share(step, name, undefined);
  else step.erase(valueKey(name));
  step.after(() => step.session.codes.delete(invite));
};

/** Forgets the codes of this device by which nobody comes in any more. */
export const forgetCodes = async (step: Step): Promise<void> => {
  const { groups, codes } = step.session;
  for (const invite of codes) {
    const state = [...groups.values()].find((one) => one.state.dag.has(invite))?.state;
    if (!state || !isOpen(state.view, invite, step.now)) await forgetCode(step, invite);
  }
};

const isOpen = (view: View, invite: OpId, now: number): boolean => {
  const open = view.invites.get(invite);
  return open?.hail !== undefined && now <= open.expires;
};

const personAt = ({ view }: GroupState, member: MemberId): PersonId | undefined =>
  (view.members.get(member) ?? view.gone.get(member))?.person;

const mayRevoke = (session: Session, { view, seat, ...state }: GroupState, { by }: OpenInvite): boolean =>
  actsAsAdmin(view, seat.member) || personAt({ view, seat, ...state }, by) === session.person;

const codeView = async (session: Session, state: GroupState, open: OpenInvite): Promise<CodeView | undefined> => {
  const { op } = state.dag.get(open.invite) as SignedOp;
  const by = personAt(state, open.by);
  if (op.body.kind !== "invite" || by === undefined) return undefined;
  const { uses, approval, history, last, expires } = op.body;
  const listed = state.view.policy.open && uses === LISTING_USES;
  const code = by === session.person ? await codeOf(session, open) : undefined;
  return {
    invite: open.invite,
    kind: listed ? "listing" : uses === 1 ? "personal" : "poster",
    by,
    name: nameOf(session.people, state.view, by),
    madeAt: op.at,
    uses,
    used: uses - open.left,
    expires,
    approval,
    history,
    ...(last !== undefined && { last }),
    ...(code !== undefined && { code }),
    mayRevoke: mayRevoke(session, state, open),
  };
};

export const codesOf = async (session: Session, { state }: Held): Promise<readonly CodeView[]> => {
  const open = [...state.view.invites.values()].filter(({ invite }) => isOpen(state.view, invite, session.clock.now()));
  const views = await Promise.all(open.map((one) => codeView(session, state, one)));
  return views.filter((one) => one !== undefined).toSorted((a, b) => a.madeAt - b.madeAt);
};

export const revokeCode = async (step: Step, group: GroupId, invite: OpId): Promise<void> => {
  const { state } = step.held(group) as Held;
  const open = state.view.invites.get(invite);
  if (!open?.hail)
    throw usage("unknown-code", "no code of that id is open in this caucus: it is used up, expired or revoked");
  if (!mayRevoke(step.session, state, open))
    throw refused("may-not-revoke", "only whoever made a code, or an admin, can revoke it");
  const done = act(state, { kind: "revoke", invite }, step.now);
  if (!done) throw refused("may-not-revoke", "this caucus does not let you revoke codes; ask an admin of it");
  step.hold(done.state);
  await forgetCode(step, invite);
  // Whoever comes in by it just now is kept out by those who hear of this.
  await freshChain(step, group);
  tellCaucus(step, group);
};
